"""An editor selects words in the browser and tags them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Act, Annotation, Kind
from archive.ingest.pipeline import take_in
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.selecting import (
    await_bar,
    bar,
    drag_over,
    select,
    served_bytes,
    text_bytes,
)
from tests.support.signing_in import SignIn

PHRASE = "at least 15 people were killed"

OURS = """
<p class="standfirst">An invented report: nothing in it happened.</p>
<p>The harbour office counted again 🧮. According to its clerk, at least 15 people were killed when the pier
fell, and <em>nobody</em> has been charged.</p>
<p>The pier was built by <a href="https://example.org/">a firm in Әлем</a>.</p>
"""


@pytest.fixture
def our_article(make_article: MakeArticle) -> Article:
    return make_article(title="The pier", html=OURS)


@pytest.fixture(params=["ours", "seed"])
def killed_article(request: pytest.FixtureRequest, live_server: LiveServer) -> Article:
    """An article in which the phrase stands: a real report where those are at hand, and one of
    our own."""
    if request.param == "ours":
        article: Article = request.getfixturevalue("our_article")
        return article
    folder: Path = request.getfixturevalue("seeds")
    texts = [
        file
        for file in sorted(folder.iterdir())
        if PHRASE in file.read_text(encoding="utf-8")
    ]
    return take_in(texts[0].read_bytes(), texts[0].name).article


@pytest.fixture
def address(live_server: LiveServer, our_article: Article) -> str:
    return f"{live_server.url}{our_article.get_absolute_url()}"


def test_an_editor_tags_a_figure_and_an_allegation_across_it(
    page: Page, live_server: LiveServer, killed_article: Article, editor: User
) -> None:
    url = f"{live_server.url}{killed_article.get_absolute_url()}"
    page.goto(url)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("editor")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(url)
    assert text_bytes(page) == served_bytes(page, url)

    drag_over(page, PHRASE, PHRASE)
    bar(page).get_by_role("link", name="figure").click()
    expect(page.locator("blockquote mark")).to_have_text(PHRASE)
    page.get_by_label("Qualifier").select_option("at_least")
    page.get_by_label("Value", exact=True).fill("15")
    page.get_by_label("What is counted").fill("people killed")
    page.get_by_role("button", name="Tag as Figure").click()
    expect(page.locator("mark.figure:visible")).to_have_text(PHRASE)

    sentence = _sentence_around(killed_article.version.text, PHRASE)
    select(page, sentence, sentence)
    await_bar(page)
    page.keyboard.press("4")
    expect(page.locator("blockquote mark")).to_have_text(sentence)
    page.get_by_label("What is alleged").fill("People were killed.")
    page.get_by_label("Who says so").fill("the report")
    page.get_by_role("button", name="Tag as Allegation").click()

    expect(page.locator(".text .mark.allegation .mark.figure:visible")).to_have_text(
        PHRASE
    )
    assert (
        "".join(page.locator(".text .mark.allegation").all_text_contents()) == sentence
    )
    assert text_bytes(page) == served_bytes(page, url)
    assert {
        (mark.kind, mark.exact)
        for mark in Annotation.objects.exclude(kind__in=[Kind.PERSON, Kind.PLACE])
    } == {
        ("figure", PHRASE),
        ("allegation", sentence),
    }


def test_a_digit_key_opens_the_form_for_its_kind(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    for key, kind in enumerate(Kind.values, start=1):
        page.goto(address)
        select(page, PHRASE, PHRASE)
        await_bar(page)
        page.keyboard.press(str(key))
        expect(page.locator("blockquote mark")).to_have_text(PHRASE)
        expect(page.locator(f".kinds .{kind}")).to_have_attribute(
            "aria-current", "true"
        )


def test_a_slow_press_on_the_bar_still_tags(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(address)
    select(page, PHRASE, PHRASE)
    bar(page).get_by_role("link", name="person").click(delay=600)
    expect(page.locator("blockquote mark")).to_have_text(PHRASE)


def test_a_passage_over_two_paragraphs_is_tagged_to_the_end(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(address)
    select(page, "has been charged", "The pier was built")
    bar(page).get_by_role("link", name="allegation").click()
    page.get_by_label("What is alleged").fill("Nobody was charged for the pier.")
    page.get_by_label("Who says so").fill("the report")
    page.get_by_role("button", name="Tag as Allegation").click()
    expect(page.locator(".text .mark.allegation").first).to_be_visible()
    assert (
        Annotation.objects.get(kind=Kind.ALLEGATION).exact
        == "has been charged.\n\nThe pier was built"
    )


def test_what_is_tagged_can_be_edited_deleted_and_brought_back(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(address)
    select(page, PHRASE, PHRASE)
    bar(page).get_by_role("link", name="figure").click()
    page.get_by_label("Value", exact=True).fill("15")
    page.get_by_label("What is counted").fill("people killed")
    page.get_by_role("button", name="Tag as Figure").click()
    page.locator(".note").get_by_role("link", name="Edit").click()
    page.get_by_label("Value", exact=True).fill("16")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".note")).to_contain_text("16 people killed")
    page.locator(".note").get_by_role("link", name="Edit").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".note")).to_contain_text("16 people killed")
    assert [act.kind for act in Act.objects.all()] == [
        "tagged",
        "changed",
        "deleted",
        "undone",
    ]


def test_a_reader_is_offered_to_cite_and_not_to_tag(
    page: Page, address: str, reader: User, sign_in: SignIn
) -> None:
    sign_in(page.context, reader)
    page.goto(address)
    select(page, PHRASE, PHRASE)
    await_bar(page)
    expect(bar(page).get_by_role("link")).to_have_text(["c Cite"])


def test_the_bar_takes_no_room_while_nothing_is_selected(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(address)
    expect(page.locator(".tag-bar")).to_be_hidden()


def _sentence_around(text: str, phrase: str) -> str:
    """Return the sentence of `text` that holds `phrase`: up to a full stop, or the paragraph's
    ends."""
    at = text.index(phrase)
    start = max(text.rfind(stop, 0, at) + len(stop) for stop in (". ", "\n\n"))
    return text[start : text.index(".", at) + 1]
