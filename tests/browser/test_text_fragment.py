"""A link with a text fragment opens the original page at the passage, in a browser that has
never seen our offsets."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from annotations.core.anchoring.text_fragments import link_to_passage
from archive.text.canonical import canonicalise
from tests.support.making import MakeArticle

ADDRESS = "https://post.example/report?part=1"
TEXT = canonicalise(
    """
    <h2>14 people, they said</h2>
    <p>At least 14 people were killed on the square, the mayor said at noon.</p>
    <p>Қалмұханбет Қасымов «ешкім бұйрық берген жоқ» деді. Also: R&amp;D, a-b, (c); 100 %.</p>
    <p>The witness saw it: 14 people were killed<br>on the square, the mayor said at noon. She left.</p>
    <p>Nobody gave the order, 😀 <em>nobody</em> specifically; nobody&nbsp;at all.</p>
    <ul><li>One woman</li><li>One man, one woman</li></ul>
    <p>Long: one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty one two three four five six seven eight nine ten. 14 people were killed.</p>
    <p>Last word: the mayor said.</p>
    """
)
PAGE = f"""<!DOCTYPE html><meta charset="utf-8"><title>14 people were killed</title>
<style>nav, h2, p, li {{ margin: 0 0 3000px; }}</style><nav>Home</nav>{TEXT.html}"""
PASSAGES = [
    *(("14 people", nth) for nth in range(4)),
    *(("14 people were killed", nth) for nth in range(3)),
    *(("the mayor said", nth) for nth in range(3)),
    ("One woman", 0),
    ("one woman", 0),
    ("nobody", 0),
    ("nobody", 1),
    ("Қасымов", 0),
    ("«ешкім бұйрық берген жоқ»", 0),
    ("R&D, a-b, (c); 100 %", 0),
    ("order, 😀 nobody", 0),
    ("seven eight nine ten", 0),
    ("seven eight nine ten", 1),
    (" twelve thirteen fourteen", 0),
    (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
        0,
    ),
    ("killed\non the square", 0),
    ("man, one woman\n\nLong: one two", 0),
    ("ayor sai", 2),
]


def nth_place(words: str, nth: int) -> tuple[int, int]:
    start = -1
    for _n in range(nth + 1):
        start = TEXT.text.index(words, start + 1)
    return start, start + len(words)


def block_of(offset: int) -> int:
    return TEXT.text.count("\n\n", 0, offset)


@pytest.mark.parametrize(("words", "nth"), PASSAGES)
def test_it_scrolls_to_the_passage_and_to_no_other(
    page: Page, words: str, nth: int
) -> None:
    page.route(
        "https://post.example/**",
        lambda route: route.fulfill(body=PAGE, content_type="text/html"),
    )
    start, end = nth_place(words, nth)
    page.goto(link_to_passage(ADDRESS, TEXT.text, start, end))
    page.wait_for_function("scrollY > 0", timeout=5000)
    seen = page.evaluate(
        """() => [...document.querySelectorAll("h2, p, li")].flatMap((block, n) => {
          const { top, bottom } = block.getBoundingClientRect();
          return top < innerHeight && bottom > 0 ? [n] : [];
        })"""
    )
    assert seen == [block_of(start)]


def test_it_scrolls_on_a_reading_page_too(
    page: Page, live_server: LiveServer, make_article: MakeArticle
) -> None:
    filling = (
        "<p>Nothing happened here for a while, and then for another while.</p>" * 60
    )
    said = "<p>He said that 14 people were killed.</p>"
    article = make_article(
        "14 people", f"{said}{filling}{said.replace('He', 'She')}{filling}"
    )
    address = f"{live_server.url}{article.get_absolute_url()}"
    text = article.version.text
    start = text.rindex("14 people")
    page.goto(link_to_passage(address, text, start, start + len("14 people")))
    page.wait_for_function("scrollY > 0", timeout=5000)
    tops = page.locator("p", has_text="14 people were killed").evaluate_all(
        "all => all.map((block) => block.getBoundingClientRect().top)"
    )
    assert tops[0] < 0 < tops[1] < 800
