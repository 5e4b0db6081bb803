"""The search page."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.views import articles
from tests.support.making import MakeArticle
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db

SEARCH = reverse("archive:search")


def titles(page: Node) -> list[str]:
    return [heading.words for heading in page.one("main").all("h2")]


def test_a_hit_shows_its_words_where_they_stand_and_where_it_comes_from(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        "Day three",
        "<p>Rain.</p><p>The police fired in Aktau.</p>",
        publisher="The Post",
        published="2011-12-19",
    )
    page = page_of(client.get(SEARCH, {"q": "police aktau"}))
    hit = page.one("ol", cls="hits").one("li")
    assert hit.link("Day three") == article.get_absolute_url()
    assert [mark.text for mark in hit.all("mark")] == ["police", "Aktau"]
    assert hit.one("p", cls="origin").words == "The Post 19 December 2011 English"
    assert page.one("input", id="search-again")["value"] == "police aktau"


def test_words_in_a_title_are_found_and_marked_too(
    client: Client, make_article: MakeArticle
) -> None:
    make_article("Fire in Aktau", "<p>Rain.</p>")
    hit = page_of(client.get(SEARCH, {"q": "fire"})).one("ol", cls="hits").one("li")
    assert hit.one("h2").one("mark").text == "Fire"


def test_html_in_a_text_stays_words_in_the_snippet(
    client: Client, make_article: MakeArticle
) -> None:
    make_article("<b>Fire</b>", "<p>&lt;script&gt;fire()&lt;/script&gt; &amp;amp;</p>")
    hit = page_of(client.get(SEARCH, {"q": "fire"})).one("ol", cls="hits").one("li")
    assert hit.one("h2").text == "<b>Fire</b>"
    assert "script>fire()</script" in hit.one("p", cls="snippet").text
    assert {node.text for node in hit.all("mark")} == {"Fire", "fire"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("zebra", "Nothing found for “zebra”."),
        ("…", "There is no letter or digit"),
        ("<b>", "Nothing found for “<b>”."),
    ],
)
def test_what_is_not_found_is_told(
    client: Client, make_article: MakeArticle, query: str, told: str
) -> None:
    make_article()
    assert told in page_of(client.get(SEARCH, {"q": query})).one("main").words


def test_without_words_there_is_only_the_form(client: Client) -> None:
    page = page_of(client.get(SEARCH))
    assert page.one("title").words.startswith("Search ·")
    assert not page.all("p", cls="none")


def test_many_hits_are_paged_and_numbered(
    client: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "PAGE_SIZE", 2)
    for n in range(5):
        make_article(f"Report {n}", "<p>Fire.</p>")
    seen, address = [], f"{SEARCH}?q=fire"
    starts = []
    while address:
        page = page_of(client.get(address))
        starts.append(page.one("ol", cls="hits")["start"])
        seen += titles(page)
        following = page.all("a", rel="next")
        address = SEARCH + following[0]["href"] if following else ""
    assert sorted(seen) == [f"Report {n}" for n in range(5)]
    assert starts == ["1", "3", "5"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "1" * 5000, "99"])
def test_a_page_that_is_none_is_no_error(
    client: Client, make_article: MakeArticle, number: str
) -> None:
    make_article(html="<p>Fire.</p>")
    assert client.get(SEARCH, {"q": "fire", "page": number}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "* AND OR NOT",
        "fire)",
        "title:fire",
        "NEAR(a b)",
        "fire & | !",
        "a" * 5000,
    ],
)
def test_nothing_that_is_typed_is_taken_for_a_query_language(
    client: Client, make_article: MakeArticle, query: str
) -> None:
    make_article(html="<p>Fire.</p>")
    assert client.get(SEARCH, {"q": query}).status_code == 200
