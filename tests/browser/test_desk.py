"""Annotating at the desk: select, press, done; by keyboard alone, beside others, and while the
server is away."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from annotations.editing import tagging
from annotations.models import Act, Annotation, Entity, Figure, Kind, State
from archive.ingest.pipeline import take_in
from archive.models import Article, User
from tests.support.frames import settle
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.selecting import drag_over, select, served_bytes, text_bytes
from tests.support.signing_in import SignIn

HTML = """
<p>The harbour office counted again 🧮. According to Ivan Petrov, at least 15 people were gone when the pier fell.</p>
<p>Әйгерім Қасымова walked to <a href="https://example.org/">the yard in Ақтау</a> and back.</p>
<p>The clerk fired first, said Petrov. Nobody else saw it.</p>
"""


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(title="The pier", html=HTML)


@pytest.fixture
def petrov() -> Entity:
    return make_person("Ivan Petrov", "Petrov")


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    article: Article,
    petrov: Entity,
    editor: User,
    sign_in: SignIn,
) -> Page:
    """The article on the desk, open before an editor."""
    sign_in(page.context, editor)
    return opened(page, live_server, article)


def opened(page: Page, live_server: LiveServer, article: Article) -> Page:
    page.goto(f"{live_server.url}{article.get_absolute_url()}annotate/")
    expect(page.get_by_role("button", name="Caret")).to_be_visible()
    return page


def status(page: Page) -> Locator:
    return page.locator(".desk-status")


def expect_saved(page: Page, words: str = "") -> None:
    expect(status(page)).to_contain_text("Saved")
    expect(status(page)).to_contain_text(words)


def box(page: Page) -> Locator:
    return page.get_by_role("combobox")


def expect_selected(page: Page, words: str) -> None:
    """The browser sets the selection, and the desk snaps it, a moment after the mouse is let go."""
    page.wait_for_function("(words) => getSelection().toString() === words", arg=words)


def selected(page: Page) -> str:
    words: str = page.evaluate("getSelection().toString()")
    return words


def marked(page: Page, kind: Kind) -> list[str]:
    return page.locator(f"#text .mark.{kind}").all_text_contents()


def caret_to(page: Page, words: str) -> None:
    """Put the caret where `words` begin, as the arrow keys would: they are tried elsewhere."""
    page.evaluate(
        """(words) => {
          const root = document.getElementById("text");
          const at = root.textContent.indexOf(words);
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          let before = 0;
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (at < before + node.length) return getSelection().collapse(node, at - before);
            before += node.length;
          }
        }""",
        words,
    )


def test_a_known_person_is_tagged_with_two_keys(
    desk: Page, article: Article, petrov: Entity
) -> None:
    select(desk, "Ivan Petrov", "Ivan Petrov")
    desk.keyboard.press("1")
    desk.keyboard.press("Enter")
    expect_saved(desk, "Tagged as Person: Ivan Petrov.")
    mark = Annotation.objects.get(state=State.CONFIRMED)
    assert (mark.entity, mark.exact) == (petrov, "Ivan Petrov")
    assert marked(desk, Kind.PERSON) == ["Ivan Petrov", "Petrov"]
    assert text_bytes(desk) == served_bytes(desk, desk.url.removesuffix("annotate/"))
    expect(desk.locator("#text")).to_be_focused()


def test_a_selection_snaps_to_words_unless_alt_is_held(desk: Page) -> None:
    drag_over(desk, "bour off", "bour off")
    expect_selected(desk, "harbour office")
    desk.keyboard.press("Escape")
    desk.keyboard.down("Alt")
    drag_over(desk, "bour off", "bour off")
    desk.keyboard.up("Alt")
    settle(desk)
    expect_selected(desk, "bour off")
    desk.keyboard.press("4")
    expect(desk.locator(".chosen-words")).to_have_text("bour off")


def test_a_passage_may_be_drawn_from_inside_a_link(
    desk: Page, article: Article
) -> None:
    drag_over(desk, "yard in", "back")
    expect_selected(desk, "yard in Ақтау and back")
    drag_over(desk, "yard in", "yard")
    expect_selected(desk, "yard")
    assert desk.url.endswith("/annotate/")
    desk.keyboard.press("4")
    expect(desk.locator(".chosen-words")).to_have_text("yard")


def test_the_caret_goes_through_the_text_and_its_edges_move_by_words(
    desk: Page,
) -> None:
    desk.keyboard.press("v")
    expect(desk.locator(".caret")).to_be_visible()
    caret_to(desk, "people were")
    for key in ("ArrowRight", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight"):
        desk.keyboard.press(key)
    assert selected(desk) == "pe"
    steps = {"]": "people", "[": "15 people", "Shift+[": "people", "Shift+]": "people"}
    for key, words in steps.items():
        desk.keyboard.press(key)
        assert selected(desk) == words, key
    for key, words in {
        "]": "people were",
        "[": "15 people were",
        "Shift+]": "15 people",
    }.items():
        desk.keyboard.press(key)
        assert selected(desk) == words, key
    desk.keyboard.press("Escape")
    expect(desk.locator(".caret")).to_be_hidden()
    assert selected(desk) == ""


def test_a_figure_is_read_and_can_be_corrected(desk: Page) -> None:
    select(desk, "at least 15 people", "at least 15 people")
    desk.keyboard.press("3")
    expect(desk.get_by_label("Value", exact=True)).to_have_value("15")
    expect(desk.get_by_label("Qualifier")).to_have_value("at_least")
    desk.get_by_label("What is counted").fill("people missing")
    desk.keyboard.press("Control+Enter")
    expect_saved(desk, "at least 15 people missing")
    assert Annotation.objects.get(kind=Kind.FIGURE).tag == "at least 15 people missing"


def test_crossing_passages_and_one_over_two_paragraphs_stand_where_they_were_selected(
    desk: Page, article: Article
) -> None:
    chosen = {
        "Ivan Petrov, at least 15 people": ("Ivan Petrov", "15 people"),
        "15 people were gone": ("15 people", "gone"),
        "the pier fell.\n\nӘйгерім": ("the pier", "Әйгерім"),
        "yard in Ақтау and back": ("yard", "back"),
        "again 🧮": ("again", "🧮"),
    }
    for words, (first, last) in chosen.items():
        select(desk, first, last)
        desk.keyboard.press("4")
        desk.get_by_label("What is alleged").fill(words.replace("\n\n", " "))
        desk.get_by_label("Who says so").fill("The clerk")
        desk.keyboard.press("Control+Enter")
        expect(desk.locator(".desk-side form")).to_have_count(0)
        expect_saved(desk, words.replace("\n\n", " "))
    text = article.version.text
    marks = Annotation.objects.filter(kind=Kind.ALLEGATION)
    assert {mark.exact for mark in marks} == set(chosen)
    assert all(text[mark.start : mark.end] == mark.exact for mark in marks)
    assert text_bytes(desk) == served_bytes(desk, desk.url.removesuffix("annotate/"))


def test_a_new_person_is_made_at_the_end_of_the_list(desk: Page) -> None:
    select(desk, "Әйгерім Қасымова", "Әйгерім Қасымова")
    desk.keyboard.press("1")
    expect(desk.get_by_role("option").last).to_have_text("Create “Әйгерім Қасымова”")
    desk.keyboard.press("ArrowUp")
    expect(desk.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("What tells them apart")).to_be_focused()
    desk.keyboard.type("A neighbour")
    desk.keyboard.press("Enter")
    expect_saved(desk, "Әйгерім Қасымова")
    assert Entity.objects.get(name="Әйгерім Қасымова").description == "A neighbour"


def test_a_mark_is_changed_and_taken_away_from_the_list_and_comes_back(
    desk: Page, live_server: LiveServer
) -> None:
    mark = figure(Article.objects.get(), "15 people")
    opened(desk, live_server, mark.article)
    line = desk.locator(f"#m-{mark.pk}")
    line.get_by_role("link").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("Value", exact=True).fill("16")
    desk.keyboard.press("Control+Enter")
    expect(line).to_contain_text("16 people killed")
    line.get_by_role("link").focus()
    desk.keyboard.press("Delete")
    expect(line).to_have_count(0)
    assert not Annotation.objects.filter(pk=mark.pk).exists()
    desk.keyboard.press("Control+z")
    expect(line).to_contain_text("16 people killed")
    desk.keyboard.press("Control+z")
    expect(line).to_contain_text("15 people killed")
    desk.reload()
    desk.keyboard.press("Control+Shift+z")
    expect(line).to_contain_text("16 people killed")


def test_a_mark_is_put_on_other_words_and_keeps_what_was_typed(
    desk: Page, article: Article, live_server: LiveServer
) -> None:
    mark = figure(article, "15 people")
    opened(desk, live_server, article)
    desk.locator(f"#m-{mark.pk} a").click()
    desk.get_by_label("What is counted").fill("people missing")
    select(desk, "at least", "15 people were")
    desk.locator("#text").focus()
    desk.keyboard.press("m")
    expect(desk.locator(".chosen-words")).to_have_text("at least 15 people were")
    expect(desk.get_by_label("What is counted")).to_have_value("people missing")
    desk.keyboard.press("Control+Enter")
    expect_saved(desk, "people missing")
    moved = Annotation.objects.get(pk=mark.pk)
    assert (
        moved.exact
        == article.version.text[moved.start : moved.end]
        == "at least 15 people were"
    )
    assert marked(desk, Kind.FIGURE) == ["at least 15 people were"]
    select(desk, "fired first", "fired first")
    expect(
        desk.get_by_role("button", name="Move the open tag to the selected words")
    ).to_be_hidden()


def test_what_was_typed_of_an_earlier_state_of_a_mark_shows_both_versions(
    desk: Page, article: Article, live_server: LiveServer, curator: User
) -> None:
    mark = figure(article, "15 people")
    opened(desk, live_server, article)
    line = desk.locator(f"#m-{mark.pk}")
    line.get_by_role("link").click()
    desk.get_by_label("Value", exact=True).fill("16")
    desk.keyboard.press("Escape")
    Figure.objects.filter(annotation=mark).update(low="17")
    Annotation.objects.filter(pk=mark.pk).update(revision=mark.revision + 1)
    expect(line).to_contain_text("17 people killed")
    line.get_by_role("link").click()
    expect(desk.get_by_label("Value", exact=True)).to_have_value("16")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".theirs")).to_contain_text("17")
    desk.locator(".theirs").get_by_role("button", name="Keep theirs").click()
    expect(desk.locator(".outbox")).to_be_hidden()
    assert Figure.objects.get(annotation=mark).low == 17


def test_what_was_typed_outlives_a_reload_and_a_wrong_key(desk: Page) -> None:
    select(desk, "fired first", "fired first")
    desk.keyboard.press("4")
    desk.get_by_label("What is alleged").fill("The clerk began")
    desk.reload()
    expect(desk.get_by_label("What is alleged")).to_have_value("The clerk began")
    expect(desk.locator(".chosen-words")).to_have_text("fired first")
    desk.keyboard.press("Escape")
    expect(desk.locator(".desk-side form")).to_have_count(0)
    select(desk, "fired first", "fired first")
    desk.keyboard.press("4")
    expect(desk.get_by_label("What is alleged")).to_have_value("The clerk began")


def test_what_is_tagged_while_the_server_is_away_goes_out_later_once(
    desk: Page, context: BrowserContext
) -> None:
    context.set_offline(True)
    for words in ("15 people", "Nobody else"):
        select(desk, words, words)
        desk.keyboard.press("4")
        desk.get_by_label("What is alleged").fill(f"About {words}")
        desk.get_by_label("Who says so").fill("The clerk")
        desk.keyboard.press("Control+Enter")
    expect(status(desk)).to_contain_text("cannot be reached")
    expect(desk.locator(".outbox li")).to_have_count(2)
    assert not Annotation.objects.filter(kind=Kind.ALLEGATION).exists()
    context.set_offline(False)
    expect_saved(desk)
    expect(desk.locator(".outbox")).to_be_hidden()
    expect(desk.locator("#text .mark.allegation")).to_have_count(2)
    assert Annotation.objects.filter(kind=Kind.ALLEGATION).count() == 2


def test_a_person_is_tagged_while_the_server_is_away(
    desk: Page, context: BrowserContext, article: Article
) -> None:
    mention(article, "Ivan Petrov", Entity.objects.get())
    desk.reload()
    context.set_offline(True)
    select(desk, "Petrov. Nobody", "Petrov. Nobody")
    desk.keyboard.press("1")
    box(desk).fill("petr")
    expect(desk.get_by_role("option").first).to_have_text("Ivan Petrov")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_contain_text("cannot be reached")
    context.set_offline(False)
    expect_saved(desk)
    assert Annotation.objects.get(exact="Petrov. Nobody").entity == Entity.objects.get()


def test_what_was_done_is_not_done_again_because_the_answer_was_lost(
    desk: Page,
) -> None:
    lost = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    desk.route("**/tag/", lose, times=1)
    select(desk, "Nobody else", "Nobody else")
    desk.keyboard.press("4")
    desk.get_by_label("What is alleged").fill("Nobody saw it")
    desk.get_by_label("Who says so").fill("The clerk")
    desk.keyboard.press("Control+Enter")
    expect(status(desk)).to_contain_text("cannot be reached")
    expect_saved(desk, "Tagged “Nobody else”")
    assert lost == [200]
    assert Annotation.objects.filter(kind=Kind.ALLEGATION).count() == 1


def test_what_waits_survives_a_reload(
    desk: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    desk.route("**/tag/", lambda route: route.abort())
    select(desk, "Ivan Petrov", "Ivan Petrov")
    desk.keyboard.press("1")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_contain_text("cannot be reached")
    desk.unroute("**/tag/")
    desk.reload()
    expect_saved(desk, "Ivan Petrov")
    assert Annotation.objects.filter(state=State.CONFIRMED).count() == 1


def test_who_is_signed_out_loses_nothing(
    desk: Page, context: BrowserContext, editor: User, sign_in: SignIn
) -> None:
    context.clear_cookies(name="sessionid")
    select(desk, "Ivan Petrov", "Ivan Petrov")
    desk.keyboard.press("1")
    box(desk).press("Enter")
    desk.keyboard.press("Escape")
    select(desk, "fired first", "fired first")
    desk.keyboard.press("4")
    desk.get_by_label("What is alleged").fill("The clerk began")
    desk.get_by_label("Who says so").fill("Petrov")
    desk.keyboard.press("Control+Enter")
    expect(status(desk)).to_contain_text("signed out")
    expect(desk.get_by_role("link", name="Sign in again")).to_be_visible()
    sign_in(context, editor)
    expect_saved(desk)
    expect(desk.locator(".outbox")).to_be_hidden()
    assert Annotation.objects.filter(kind=Kind.ALLEGATION).count() == 1


def test_nothing_is_saved_in_the_name_of_whoever_signed_in_since(
    desk: Page, context: BrowserContext, editor: User, curator: User, sign_in: SignIn
) -> None:
    sign_in(context, curator)
    select(desk, "Ivan Petrov", "Ivan Petrov")
    desk.keyboard.press("1")
    box(desk).press("Enter")
    expect(status(desk)).to_contain_text("signed out")
    assert not Annotation.objects.filter(state=State.CONFIRMED).exists()
    sign_in(context, editor)
    expect_saved(desk)
    assert Annotation.objects.get(state=State.CONFIRMED).made_by == editor


def test_what_the_server_fails_at_again_and_again_does_not_hold_up_the_rest(
    desk: Page,
) -> None:
    def fail(route: Route) -> None:
        if "The+clerk" in (route.request.post_data or ""):
            route.fulfill(status=500, body="<h1>Server error</h1>")
        else:
            route.continue_()

    desk.route("**/tag/", fail)
    select(desk, "fired first", "fired first")
    desk.keyboard.press("4")
    desk.get_by_label("What is alleged").fill("The clerk began")
    desk.get_by_label("Who says so").fill("Petrov")
    desk.keyboard.press("Control+Enter")
    select(desk, "Ivan Petrov", "Ivan Petrov")
    desk.keyboard.press("1")
    box(desk).press("Enter")
    expect_saved(desk)
    expect(desk.locator(".outbox li")).to_contain_text(
        "“fired first” — the server failed at it"
    )
    assert Annotation.objects.filter(state=State.CONFIRMED).count() == 1
    desk.unroute("**/tag/")
    desk.locator(".outbox li").get_by_role("button", name="Try now").click()
    expect(desk.locator(".outbox")).to_be_hidden()
    assert Annotation.objects.filter(kind=Kind.ALLEGATION).count() == 1


def test_of_two_editors_of_one_mark_the_later_sees_both(
    desk: Page, live_server: LiveServer, curator: User
) -> None:
    mark = mention(Article.objects.get(), "Ivan Petrov", Entity.objects.get())
    other = make_person("Pyotr Ivanov")
    opened(desk, live_server, mark.article)
    desk.locator(f"#m-{mark.pk} a").click()
    expect(box(desk)).to_be_focused()
    tagging.delete(mark.pk, mark.revision, curator)
    Annotation.objects.filter(pk=mark.pk).update(entity=other, state=State.CONFIRMED)
    desk.keyboard.press("Enter")
    expect(desk.locator(".theirs")).to_contain_text("Pyotr Ivanov")
    expect(desk.get_by_role("heading", name="Changed meanwhile")).to_be_focused()
    desk.locator(".mine").get_by_role("button", name="Save").click()
    expect_saved(desk)
    expect(desk.locator(".outbox")).to_be_hidden()
    assert Annotation.objects.get(pk=mark.pk).tag == "Ivan Petrov"


def test_two_editors_of_one_article_see_each_others_marks(
    desk: Page,
    browser: Browser,
    live_server: LiveServer,
    article: Article,
    curator: User,
    sign_in: SignIn,
) -> None:
    second = browser.new_context()
    sign_in(second, curator)
    other = opened(second.new_page(), live_server, article)
    select(other, "fired first", "fired first")
    select(desk, "Ivan Petrov", "Ivan Petrov")
    desk.keyboard.press("1")
    desk.keyboard.press("Enter")
    expect_saved(desk)
    expect(other.locator("#text .mark.confirmed")).to_have_text("Ivan Petrov")
    assert selected(other) == "fired first"
    second.close()


def test_marks_are_listed_by_place_or_by_name(
    desk: Page, article: Article, petrov: Entity, live_server: LiveServer
) -> None:
    for nth in range(2):
        mention(article, "Petrov", petrov, nth=nth)
    made = figure(article, "15 people")
    opened(desk, live_server, article)
    desk.get_by_role("button", name="By name").click()
    expect(desk.locator("#by-name h2")).to_have_text(["Ivan Petrov 2", "Figures 1"])
    desk.reload()
    desk.locator(f"#by-name [data-mark='{made.pk}'] a").click()
    desk.get_by_label("What is counted").fill("people missing")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#by-name li")).to_contain_text(
        ["Petrov", "Petrov", "people missing"]
    )
    desk.locator("#by-name a").first.focus()
    desk.keyboard.press("Delete")
    expect(desk.locator("#by-name h2")).to_have_text(["Ivan Petrov 1", "Figures 1"])
    desk.get_by_role("button", name="By place").click()
    expect(desk.locator("#groups li:visible")).to_have_count(2)


def test_the_passage_that_a_form_is_about_is_shown_in_the_text(desk: Page) -> None:
    def shown() -> list[str]:
        found: list[str] = desk.evaluate(
            "[...(CSS.highlights.get('chosen') ?? [])].map(String)"
        )
        return found

    select(desk, "Nobody", "Nobody")
    desk.keyboard.press("4")
    assert shown() == ["Nobody"]
    desk.keyboard.press("Escape")
    assert shown() == []


def test_every_key_of_the_desk_is_listed(desk: Page) -> None:
    desk.keyboard.press("?")
    listed = desk.get_by_role("dialog", name="Keys on this page")
    keys = ["".join(row.split()) for row in listed.locator("dt").all_inner_texts()]
    assert {
        "1",
        "2",
        "3",
        "4",
        "[",
        "⇧[",
        "]",
        "⇧]",
        "v",
        "m",
        "j",
        "k",
        "n",
        "⇧N",
        "h",
        "/",
        "?",
    } <= set(keys)
    assert {"AltA", "Ctrl⏎", "⏎", "Del", "Esc"} <= set(keys)
    assert len(keys) == len(set(keys))
    expect(listed).to_contain_text("Tag the selection as Person")


# By keyboard alone, on a real report


@pytest.fixture
def report(request: pytest.FixtureRequest, live_server: LiveServer) -> Article:
    folder: Path = request.getfixturevalue("seeds")
    texts = [
        file
        for file in sorted(folder.iterdir())
        if "Kasymov" in file.read_text(encoding="utf-8")
    ]
    return take_in(texts[0].read_bytes(), texts[0].name).article


def test_ten_passages_of_all_four_kinds_without_the_mouse(
    page: Page, live_server: LiveServer, report: Article, editor: User
) -> None:
    page.goto(f"{live_server.url}{report.get_absolute_url()}annotate/")
    page.keyboard.type("editor")
    page.keyboard.press("Tab")
    page.keyboard.type("editor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Caret")).to_be_visible()
    page.keyboard.press("v")
    text, words = report.version.text, []
    for number in range(10):
        kind = list(Kind)[number % 4]
        for _step in range(7):
            page.keyboard.press("Control+ArrowRight")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("]")
        page.keyboard.press(str(number % 4 + 1))
        words.append(page.locator(".chosen-words").inner_text())
        if kind in (Kind.PERSON, Kind.PLACE):
            page.keyboard.press("ArrowUp")  # to the last option: somebody new
            page.keyboard.press("Enter")
            expect(page.get_by_label("What tells them apart")).to_be_focused()
            page.keyboard.press("Shift+Tab")
            page.keyboard.type(f"Invented {kind} {'abcdefghij'[number] * 5}")
        elif kind == Kind.FIGURE:
            page.keyboard.press("Tab")
            page.keyboard.type("15")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.type("people")
        else:
            page.keyboard.type("Something is alleged")
            page.keyboard.press("Tab")
            page.keyboard.type("The report")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".desk-side form")).to_have_count(0)
        expect(page.locator("#text .mark.confirmed.starts")).to_have_count(number + 1)
    marks = Annotation.objects.filter(state=State.CONFIRMED).order_by("made_at")
    assert [mark.kind for mark in marks] == [
        list(Kind)[number % 4] for number in range(10)
    ]
    assert [mark.exact for mark in marks] == words
    assert all(text[mark.start : mark.end] == mark.exact for mark in marks)
    assert Act.objects.filter(by=editor, kind=Act.Kind.TAGGED).count() == 10
