"""The list of articles and the ways to narrow it."""

from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse

from annotations.filters import TaggedArticleFilter
from archive.models import Article
from archive.views import articles
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, make_place, mention
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db

ARTICLES = reverse("archive:article-list")


def titles(page: Node) -> list[str]:
    return [heading.words for heading in page.one("ul", cls="articles").all("h2")]


def listed(client: Client, **query: str) -> list[str]:
    return titles(page_of(client.get(ARTICLES, query)))


def facet(page: Node, name: str) -> dict[str, int]:
    options = page.one("ul", **{"aria-labelledby": f"facet-{name}"}).all("li")
    return {option.one("a").text: int(option.one("span").text) for option in options}


@pytest.fixture
def reports(make_article: MakeArticle) -> None:
    for title, fields in {
        "One": {
            "publisher": "The Post",
            "published": "2011-12-19",
            "authors": ["Olga"],
            "topics": ["Oil"],
        },
        "Two": {
            "publisher": "The Post",
            "published": "2012-01-26",
            "authors": ["Olga", "Ivan"],
            "language": "ru",
        },
        "Three": {"publisher": "Вести", "topics": ["Oil", "Police"], "language": "kk"},
    }.items():
        make_article(title, "<p>Ivan Petrov came to Aktau, 15 died.</p>", **fields)


def test_the_newest_stand_first_and_those_without_a_date_last(
    client: Client, reports: None
) -> None:
    assert listed(client) == ["Two", "One", "Three"]


def test_each_line_says_who_published_what_when_and_in_which_language(
    client: Client, reports: None
) -> None:
    lines = [
        line.one("p").words
        for line in page_of(client.get(ARTICLES)).one("ul", cls="articles").all("li")
    ]
    assert lines == [
        "The Post 26 January 2012 Olga; Ivan Russian",
        "The Post 19 December 2011 Olga English",
        "Вести undated Kazakh",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"publisher": "The Post"}, ["Two", "One"]),
        ({"author": "Olga"}, ["Two", "One"]),
        ({"author": "Ivan"}, ["Two"]),
        ({"language": "kk"}, ["Three"]),
        ({"topic": "Oil"}, ["One", "Three"]),
        ({"since": "2012-01-01"}, ["Two"]),
        ({"until": "2012-01-01"}, ["One"]),
        ({"since": "2011-12-19", "until": "2011-12-19"}, ["One"]),
        ({"publisher": "The Post", "topic": "Oil"}, ["One"]),
        ({"language": "ru", "topic": "Oil"}, []),
    ],
)
def test_it_is_narrowed_by_each_facet_and_by_several_at_once(
    client: Client, reports: None, query: dict[str, str], expected: list[str]
) -> None:
    assert listed(client, **query) == expected


def test_it_is_narrowed_by_who_and_what_is_tagged(
    client: Client, reports: None
) -> None:
    one, two = Article.objects.get(title="One"), Article.objects.get(title="Two")
    mention(one, "Ivan Petrov", make_person("Ivan Petrov"))
    mention(two, "Aktau", make_place("Aktau"))
    figure(two, "15 died")
    assert listed(client, person="ivan-petrov") == ["One"]
    assert listed(client, place="aktau") == ["Two"]
    assert listed(client, kind="figure") == ["Two"]
    assert listed(client, kind="allegation") == []
    page = page_of(client.get(ARTICLES))
    assert (facet(page, "person"), facet(page, "kind")) == (
        {"Ivan Petrov": 1},
        {"Figure": 1, "Person": 1, "Place": 1},
    )


def test_a_facet_counts_what_each_of_its_options_would_leave(
    client: Client, reports: None
) -> None:
    page = page_of(client.get(ARTICLES, {"topic": "Oil"}))
    assert facet(page, "publisher") == {"The Post": 1, "Вести": 1}
    assert facet(page, "topic") == {"Oil": 2, "Police": 1}
    for name in ("publisher", "author", "language", "topic"):
        for label, count in facet(page, name).items():
            narrower = page_of(client.get(ARTICLES + page.link(label)))
            taken_away = name == "topic" and label == "Oil"
            assert len(titles(narrower)) == (3 if taken_away else count), label


def test_a_chosen_option_is_marked_and_can_be_given_up(
    client: Client, reports: None
) -> None:
    page = page_of(client.get(ARTICLES, {"publisher": "The Post", "language": "ru"}))
    chosen = page.all("a", cls="chosen")
    assert [link.text for link in chosen] == ["The Post", "Russian"]
    assert parse_qs(chosen[0]["href"].removeprefix("?")) == {"language": ["ru"]}
    assert page.link("Show all articles") == ARTICLES


def test_setting_dates_keeps_the_other_choices(client: Client, reports: None) -> None:
    form = page_of(client.get(ARTICLES, {"publisher": "The Post"})).one(
        "form", cls="dates"
    )
    assert listed(client, **form.fields() | {"since": "2012-01-01"}) == ["Two"]


def test_a_date_that_is_none_is_told(client: Client, reports: None) -> None:
    page = page_of(client.get(ARTICLES, {"since": "soon"}))
    assert "Enter a valid date" in page.one("form", cls="dates").words


def test_choices_that_nothing_fits_say_so(client: Client, reports: None) -> None:
    assert (
        "No article fits these choices"
        in page_of(client.get(ARTICLES, {"language": "fr"})).words
    )


def test_long_lists_are_paged_and_keep_the_choices(
    client: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "PAGE_SIZE", 2)
    for n in range(5):
        make_article(f"Report {n}", published="2011-12-19", publisher="The Post")
    make_article("Another", publisher="Вести")
    page = page_of(client.get(f"{ARTICLES}?publisher=The+Post"))
    seen = titles(page)
    while page.all("a", rel="next"):
        page = page_of(client.get(ARTICLES + page.one("a", rel="next")["href"]))
        seen += titles(page)
    assert seen == [f"Report {n}" for n in (4, 3, 2, 1, 0)]
    assert page.link("Back to the first page") == "?publisher=The+Post"


def test_titles_carry_their_language_and_its_direction(
    client: Client, make_article: MakeArticle
) -> None:
    make_article("تقرير", language="ar")
    link = page_of(client.get(ARTICLES)).one("ul", cls="articles").one("h2").one("a")
    assert (link["lang"], link["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("facet", TaggedArticleFilter.faceted)
def test_the_form_of_dates_keeps_what_is_chosen(client: Client, facet: str) -> None:
    page = page_of(client.get("/articles/", {facet: "chosen"}))
    [kept] = page.one("form", cls="dates").all("input", type="hidden")
    assert (kept["name"], kept["value"]) == (facet, "chosen")
