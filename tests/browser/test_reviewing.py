"""The queue of suggestions, worked through with the keys, by one editor and by two at once."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_playwright.pytest_playwright import CreateContextCallback

from annotations.models import Act, Entity, State
from archive.models import Article, User
from tests.support.frames import settle
from tests.support.making import MakeArticle
from tests.support.marking import make_person, mention
from tests.support.signing_in import SignIn


@pytest.fixture
def serik(db: None) -> Entity:
    return make_person("Dina Serik", "Serik", description="Harbour master in 2011")


@pytest.fixture
def article(make_article: MakeArticle, serik: Entity) -> Article:
    """Three suggestions of one name in the first article of the queue, and one of another after
    them."""
    article = make_article(
        "The boats",
        "<p>Serik left. Then Serik came. Serik and Omarov!</p>",
        published="2011-12-16",
    )
    for nth in range(3):
        mention(article, "Serik", serik, State.SUGGESTED, nth)
    mention(article, "Omarov", make_person("Aset Omarov", "Omarov"), State.SUGGESTED)
    return article


@pytest.fixture
def second(make_article: MakeArticle, serik: Entity) -> Article:
    article = make_article(
        "The pier", "<p>They saw Serik on the pier.</p>", published="2012-01-16"
    )
    mention(article, "Serik", serik, State.SUGGESTED)
    return article


@pytest.fixture
def queue(
    page: Page, live_server: LiveServer, article: Article, editor: User, sign_in: SignIn
) -> Page:
    """The editor's window, in which the first question has been asked."""
    sign_in(page.context, editor)
    page.goto(f"{live_server.url}/review/")
    return page


@pytest.fixture
def other(
    new_context: CreateContextCallback,
    live_server: LiveServer,
    curator: User,
    sign_in: SignIn,
) -> Page:
    """The window of somebody else, who has just come."""
    context = new_context()
    sign_in(context, curator)
    return context.new_page()


def states(article: Article) -> str:
    """The states of an article's mentions in the text's order, by their first letters."""
    return "".join(
        state[0]
        for state in article.annotations.in_text_order().values_list("state", flat=True)
    )


def press(page: Page, key: str, left: int) -> None:
    """Press a key, and wait for the page on which so many suggestions are left, and for its
    script."""
    page.keyboard.press(key)
    expect(page.locator(".summary")).to_contain_text(f"{left} suggestion")
    page.wait_for_load_state()


def skip(page: Page, to: str) -> None:
    page.keyboard.press("s")
    expect(page.locator(".question")).to_contain_text(to)
    page.wait_for_load_state()


def asked(page: Page) -> str:
    """The text before the words that are asked about; where there is none, those words."""
    return " ".join(
        page.locator(".waiting blockquote")
        .evaluate("(quote) => quote.firstChild.textContent")
        .split()
    )


def test_the_whole_queue_by_keys_alone(queue: Page, article: Article) -> None:
    press(queue, "a", 3)
    press(queue, "r", 2)
    skip(queue, "Aset Omarov")
    press(queue, "a", 1)
    expect(queue.locator(".question")).to_have_text("This is the end of the queue.")
    skip(queue, "Dina Serik")
    press(queue, "a", 0)
    expect(queue.locator(".question")).to_have_text(
        "Nothing is waiting for a judgement."
    )
    assert states(article) == "crcc"


def test_one_key_judges_all_of_one_name_in_the_article(
    queue: Page, article: Article
) -> None:
    press(queue, "Shift+A", 1)
    assert states(article) == "cccs"
    expect(queue.get_by_role("status")).to_contain_text(
        "Confirmed “Serik” (3 passages)."
    )


def test_undoing_by_key_works_after_a_reload_and_back_to_the_beginning(
    queue: Page, article: Article
) -> None:
    press(queue, "r", 3)
    press(queue, "Shift+R", 1)
    queue.reload()
    press(queue, "Control+z", 3)
    assert states(article) == "rsss"
    press(queue, "Control+z", 4)
    assert states(article) == "ssss"
    expect(queue.locator("#history").get_by_role("button", name="Undo")).to_have_count(
        0
    )


def test_what_was_undone_is_done_again_by_key_after_a_reload_and_in_another_browser(
    queue: Page,
    new_context: CreateContextCallback,
    live_server: LiveServer,
    article: Article,
    editor: User,
    sign_in: SignIn,
) -> None:
    press(queue, "r", 3)
    press(queue, "a", 2)
    press(queue, "Control+z", 3)
    press(queue, "Control+z", 4)
    queue.reload()
    press(queue, "Control+Shift+Z", 3)
    assert states(article) == "rsss"
    elsewhere = new_context()
    sign_in(elsewhere, editor)
    journal = elsewhere.new_page()
    journal.goto(f"{live_server.url}/journal/")
    expect(
        journal.get_by_role("button", name="Redo: confirmed “Serik”")
    ).to_be_visible()
    journal.keyboard.press("Control+Shift+Z")
    expect(journal.get_by_role("status")).to_contain_text(
        "Did again: confirmed “Serik”"
    )
    assert states(article) == "rcss"
    expect(journal.get_by_role("button", name="Redo")).to_have_count(0)


@pytest.mark.parametrize("key", ["a", "r", "s", "Shift+A", "Control+z", "?"])
def test_a_key_in_the_search_field_is_only_typed(
    queue: Page, article: Article, key: str
) -> None:
    address = queue.url
    queue.keyboard.press("/")
    expect(queue.locator("#site-search")).to_be_focused()
    queue.keyboard.press(key)
    settle(queue)
    assert (queue.url, Act.objects.count(), states(article)) == (address, 0, "ssss")
    expect(queue.locator("#site-search")).to_have_value(
        {"Shift+A": "A", "Control+z": ""}.get(key, key)
    )
    expect(queue.get_by_role("dialog")).to_be_hidden()


def test_keys_mean_the_same_on_a_cyrillic_keyboard(
    queue: Page, article: Article
) -> None:
    """There the key that is `a` on a Latin one types `ф`."""
    queue.evaluate(
        """() => document.body.dispatchEvent(
          new KeyboardEvent("keydown", {key: "ф", code: "KeyA", bubbles: true, cancelable: true}))"""
    )
    expect(queue.locator(".summary")).to_contain_text("3 suggestions")
    assert states(article) == "csss"


def test_a_key_that_is_held_or_pressed_twice_judges_once(
    queue: Page, article: Article
) -> None:
    queue.keyboard.down("a")
    queue.keyboard.down("a")
    queue.keyboard.up("a")
    queue.keyboard.press("r")
    expect(queue.locator(".summary")).to_contain_text("3 suggestions")
    settle(queue)
    assert states(article) == "csss"
    expect(queue.get_by_role("status")).not_to_contain_text("meanwhile")


def test_after_a_verdict_the_next_question_has_the_focus_and_the_answers_follow(
    queue: Page, article: Article
) -> None:
    """So that a screen reader reads it out; and where the eyes are nothing scrolls away."""
    for left in (3, 2, 1, 0):
        press(queue, "a", left)
        question = queue.get_by_role("heading", level=2).first
        expect(question).to_be_focused()
        expect(question).to_be_in_viewport()
        expect(queue.get_by_role("status")).to_be_in_viewport()
        assert queue.evaluate("scrollY") == 0
    press(queue, "Control+z", 1)
    queue.keyboard.press("Tab")
    expect(queue.locator(".question a")).to_be_focused()


def test_everything_to_judge_by_and_with_is_seen_without_scrolling(
    queue: Page, make_article: MakeArticle, serik: Entity
) -> None:
    long = make_article(
        "A long report",
        f"<p>{'They counted. ' * 90}</p><p>Serik left.</p>",
        published="2010",
    )
    mention(long, "Serik", serik, State.SUGGESTED)
    for width, height in ((1280, 720), (390, 844)):
        queue.set_viewport_size({"width": width, "height": height})
        queue.reload()
        for seen in (".question", ".waiting mark", ".verdict button[value=confirm]"):
            expect(queue.locator(seen)).to_be_in_viewport(ratio=1)


def test_two_editors_are_asked_about_different_articles(
    queue: Page, other: Page, live_server: LiveServer, article: Article, second: Article
) -> None:
    other.goto(f"{live_server.url}/review/")
    assert (asked(queue), asked(other)) == ("Serik", "They saw")
    expect(other.locator("main")).to_contain_text("editor reviews The boats")
    press(other, "a", 4)
    expect(other.locator(".question")).to_have_text(
        "What is left stands in articles that others review right now."
    )
    press(queue, "a", 3)
    assert (states(article), states(second)) == ("csss", "c")


def test_a_batch_of_which_another_has_judged_one_is_saved_and_told(
    queue: Page, other: Page, live_server: LiveServer, article: Article
) -> None:
    middle = article.annotations.in_text_order()[1]
    other.goto(f"{live_server.url}/annotations/{middle.pk}/delete/")
    other.get_by_role("button", name="Reject it").click()
    expect(other.get_by_role("status").first).to_contain_text("Rejected")
    press(queue, "Shift+A", 1)
    expect(queue.get_by_role("status")).to_contain_text(
        "Confirmed “Serik” (2 passages)."
    )
    expect(queue.get_by_role("status")).to_contain_text(
        "Somebody else has judged 1 of these meanwhile"
    )
    assert states(article) == "crcs"


def test_the_keys_of_the_page_are_listed(queue: Page, article: Article) -> None:
    press(queue, "a", 3)
    queue.keyboard.press("?")
    listed = queue.get_by_role("dialog", name="Keys on this page")
    rows = listed.locator("dl div").all_inner_texts()
    assert ["".join(row.split("\n")) for row in rows] == [
        "/Search titles and texts",
        "aYes",
        "rNo",
        "sSkip",
        "⇧AYes to all 2",
        "⇧RNo to all 2",
        "CtrlZUndo: confirmed “Serik”",
        "?Keys on this page",
    ]
    queue.keyboard.press("a")
    queue.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(queue.locator(".summary")).to_contain_text("3 suggestions")
    press(queue, "a", 2)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_a_script_the_buttons_do_it(queue: Page, article: Article) -> None:
    expect(queue.locator(".question")).to_be_focused()
    queue.get_by_role("button", name="Yes", exact=False).first.click()
    expect(queue.locator(".question")).to_be_focused()
    queue.locator(".verdict").get_by_role("link", name="Skip").click()
    queue.locator("main").get_by_role("button", name="Undo").click()
    assert states(article) == "ssss"
    expect(queue.get_by_role("button", name="Keys on this page")).to_be_hidden()
