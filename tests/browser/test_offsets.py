"""The browser counts UTF-16 units in nodes, the archive counts code points in a text: both must
mean the same words."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from archive.models import Article, User
from tests.support.frames import settle
from tests.support.making import MakeArticle
from tests.support.selecting import (
    await_bar,
    bar,
    offered_words,
    select,
    served_bytes,
    text_bytes,
)
from tests.support.signing_in import SignIn

HTML = """
<p class="standfirst">Алғашқы сөз: an invented story.</p>
<p>One face 😀 and a family 👩‍👩‍👧‍👦 came. The flag 🇰🇿 hung there; 𝔊 is a letter.</p>
<h2>Әңгіме Ұлытауда</h2>
<p>Қарт Өмірзақ жылқы бақты. His name has marks: m̃ n̈ q̣̇ at the end.</p>
<p>He <a href="https://example.org/kept">kept a diary</a> for years, and <em>nobody ever</em> read it.</p>
<blockquote><p>We saw the sea.</p><p>Then it went away ☀️.</p></blockquote>
<ul><li>A boat</li><li>A net & a rope</li></ul>
<p>The last words, said twice: said twice.</p>
"""


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(title="The heading outside the text", html=HTML)


@pytest.fixture
def reading(
    page: Page, live_server: LiveServer, article: Article, editor: User, sign_in: SignIn
) -> Page:
    """The article, open before an editor."""
    sign_in(page.context, editor)
    page.goto(f"{live_server.url}{article.get_absolute_url()}")
    return page


SELECTIONS = {
    "after a face and a family": ("came", "came"),
    "a surrogate pair": ("😀", "😀"),
    "a sequence of joined people": ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
    "a flag, and a letter beyond the first plane": ("🇰🇿", "𝔊 is"),
    "Kazakh, over a heading's end": ("Ұлытауда", "Қарт Өмірзақ"),
    "combining marks": ("n̈ q̣̇", "the end"),
    "starts inside a link": ("diary", "for years"),
    "ends inside emphasis": ("for years", "nobody"),
    "from a link into emphasis": ("kept", "ever"),
    "up to a paragraph's end": ("came", "is a letter."),
    "two paragraphs": ("at the end", "He kept"),
    "over a whole quotation": ("read it", "A boat"),
    "two paragraphs of a quotation": ("the sea", "Then it"),
    "two items of a list, with an ampersand": ("A boat", "A net & a"),
    "the whole text": ("Алғашқы", "said twice."),
}


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_the_server_has_the_selected_words_at_these_offsets(
    reading: Page, article: Article, backwards: bool
) -> None:
    text = article.version.text
    selected, offered = {}, {}
    for name, (first, last) in SELECTIONS.items():
        start = text.index(first)
        selected[name] = text[start : text.index(last, start) + len(last)]
        select(reading, first, last, backwards=backwards)
        offered[name] = offered_words(reading, article)
        reading.evaluate("document.querySelector('.tag-bar').hidden = true")
    assert offered == selected


def test_the_text_that_offsets_point_into_is_the_one_that_is_served(
    reading: Page,
) -> None:
    assert text_bytes(reading) == served_bytes(reading, reading.url)


def test_a_second_place_of_the_same_words_is_told_from_the_first(
    reading: Page, article: Article
) -> None:
    reading.evaluate(
        """() => {
          const node = document.getElementById("text").lastElementChild.firstChild;
          const at = node.data.lastIndexOf("said twice");
          getSelection().setBaseAndExtent(node, at, node, at + 10);
        }"""
    )
    await_bar(reading)
    start = article.version.text.rindex("said twice")
    assert f"start={start}&end={start + 10}&" in (
        bar(reading).get_by_role("link").first.get_attribute("href") or ""
    )


def test_a_selection_that_starts_in_the_heading_starts_with_the_text(
    reading: Page, article: Article
) -> None:
    select(reading, "heading outside", "an invented story")
    assert offered_words(reading, article) == "Алғашқы сөз: an invented story"


def test_a_selection_that_ends_below_the_text_ends_with_it(
    reading: Page, article: Article
) -> None:
    select(reading, "The last words", "Cite this article")
    assert (
        offered_words(reading, article).strip()
        == "The last words, said twice: said twice."
    )


def test_a_selection_of_the_whole_page_is_the_whole_text(
    reading: Page, article: Article
) -> None:
    reading.keyboard.press("Control+A")
    assert offered_words(reading, article).strip() == article.version.text


def test_a_selection_outside_the_text_is_offered_nothing(reading: Page) -> None:
    select(reading, "The heading", "outside the text")
    settle(reading)
    expect(bar(reading).get_by_role("link")).to_have_count(0)


def test_white_space_alone_is_offered_nothing(reading: Page) -> None:
    reading.evaluate(
        """() => {
          const gap = document.getElementById("text").firstElementChild.nextSibling;
          getSelection().setBaseAndExtent(gap, 0, gap, gap.length);
        }"""
    )
    settle(reading)
    expect(bar(reading).get_by_role("link")).to_have_count(0)


def test_a_paragraph_clicked_three_times_is_that_paragraph(
    reading: Page, article: Article
) -> None:
    clicked = []
    for block in reading.locator("#text").locator("p, h2, li").all():
        block.click(click_count=3, position={"x": 8, "y": 8})
        clicked.append(offered_words(reading, article).strip())
        reading.evaluate("document.querySelector('.tag-bar').hidden = true")
        reading.keyboard.press("Escape")
    assert clicked == article.version.text.split("\n\n")


def test_spaces_at_the_ends_of_a_selection_are_left_out(reading: Page) -> None:
    select(reading, " for years, ", " for years, ")
    bar(reading).get_by_role("link", name="figure").click()
    expect(reading.locator("blockquote mark")).to_have_text(
        "for years,", use_inner_text=False
    )
    assert reading.locator("input[name=exact]").last.input_value() == "for years,"


def test_a_long_passage_is_offered_by_its_offsets_alone(
    page: Page,
    live_server: LiveServer,
    make_article: MakeArticle,
    editor: User,
    sign_in: SignIn,
) -> None:
    article = make_article(
        html="".join(
            f"<p>Paragraph {n} 😀 {'of many words ' * 40}</p>" for n in range(20)
        )
    )
    sign_in(page.context, editor)
    page.goto(f"{live_server.url}{article.get_absolute_url()}")
    select(page, "Paragraph 3", "Paragraph 18")
    words = offered_words(page, article)
    assert (words.startswith("Paragraph 3 "), words.endswith("Paragraph 18")) == (
        True,
        True,
    )
    bar(page).get_by_role("link", name="allegation").click()
    expect(page.get_by_role("button", name="Tag as Allegation")).to_be_visible()
