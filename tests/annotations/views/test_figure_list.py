"""The ledger of figures."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Measure
from annotations.views import figures as ledgers
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person
from tests.support.pages import Node, page_of

FIGURES = reverse("annotations:figure-list")


def rows(page: Node) -> list[str]:
    return [row.words for table in page.all("tbody") for row in table.all("tr")]


def test_each_figure_stands_with_who_said_it_its_words_its_day_and_its_source(
    client: Client, make_article: MakeArticle
) -> None:
    speaker = make_person("Ivan Petrov")
    article = make_article(
        html="<p>At least 15 people died.</p>",
        published="2011-12-19",
        publisher="The Post",
    )
    mark = figure(
        article,
        "15 people",
        qualifier="at_least",
        said_by="Petrov",
        said_by_entity=speaker,
    )
    page = page_of(client.get(FIGURES))
    assert rows(page) == [
        "at least 15 Petrov “15 people” 19 December 2011 The Post · ¶ 1 Basket: 15 people"
    ]
    assert page.link("“15 people”") == mark.get_passage_url()
    assert page.link("Petrov") == speaker.get_absolute_url()


def test_what_counts_the_same_stands_together_in_order_of_date(
    client: Client, make_article: MakeArticle
) -> None:
    late = make_article(html="<p>16 died, 64 were hurt.</p>", published="2012-01-26")
    early = make_article(html="<p>14 died.</p>", published="2011-12-19")
    figure(late, "16 died", "16")
    figure(late, "64 were hurt", "64", counted="people injured")
    figure(early, "14 died", "14")
    page = page_of(client.get(FIGURES))
    assert [heading.words for heading in page.all("h2")] == [
        "people injured",
        "people killed",
    ]
    assert [row.split()[0] for row in rows(page)] == ["64", "14", "16"]


def test_one_measure_can_be_chosen_and_given_up(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>16 died, 64 were hurt.</p>")
    figure(article, "16 died", "16")
    figure(article, "64 were hurt", "64", counted="people injured")
    page = page_of(client.get(FIGURES))
    chosen = page_of(client.get(FIGURES + page.link("people injured")))
    assert [row.split()[0] for row in rows(chosen)] == ["64"]
    assert chosen.one("a", cls="chosen")["href"] == "?"


def test_it_is_narrowed_as_the_exports_are(
    client: Client, make_article: MakeArticle
) -> None:
    for title, day in (("One", "2011-12-19"), ("Two", "2012-01-26"), ("Three", "")):
        figure(make_article(title, "<p>15 died.</p>", published=day), "15 died")
    page = page_of(client.get(FIGURES, {"since": "2012-01-01"}))
    assert len(rows(page)) == 1
    assert len(rows(page_of(client.get(FIGURES, {"article": "three"})))) == 1
    assert len(rows(page_of(client.get(FIGURES)))) == 3


def test_an_empty_ledger_says_so(client: Client, db: None) -> None:
    assert "No figure is tagged yet" in page_of(client.get(FIGURES)).words


def test_a_long_ledger_is_paged(
    client: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "PAGE_SIZE", 2)
    article = make_article(html=f"<p>{' '.join(f'n{n}' for n in range(5))}</p>")
    for n in range(5):
        figure(article, f"n{n}", str(n))
    seen, address = [], FIGURES
    while address:
        page = page_of(client.get(address))
        seen += [row.split()[0] for row in rows(page)]
        following = page.all("a", rel="next")
        address = FIGURES + following[0]["href"] if following else ""
    assert seen == ["0", "1", "2", "3", "4"]


def test_measures_stand_first_with_what_is_given_for_them(
    client: Client, make_article: MakeArticle
) -> None:
    deaths = Measure.objects.create(name="Deaths", unit="people")
    article = make_article(html="<p>At least 15 died. 14 died.</p>")
    figure(article, "At least 15", qualifier="at_least", measure=deaths)
    figure(article, "14 died", "14", measure=deaths)
    page = page_of(client.get(FIGURES))
    [line] = page.one("ul", cls="measures").all("li")
    assert line.words == "Deaths From 14 to at least 15 people. 2 figures"


def test_the_list_is_exported_as_it_is_narrowed(
    client: Client, make_article: MakeArticle
) -> None:
    figure(make_article(html="<p>15 died.</p>", published="2012-01-26"), "15 died")
    page = page_of(client.get(FIGURES, {"since": "2012-01-01"}))
    exported = b"".join(client.get(page.link("CSV"))).decode()
    assert "since=2012-01-01" in page.link("JSON")
    assert [line.split(",")[1] for line in exported.splitlines()] == [
        "words",
        "15 died",
    ]


def test_the_list_costs_the_same_queries_whatever_it_shows(
    client: Client, make_article: MakeArticle
) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(FIGURES)
        return len(captured)

    def fill(count: int) -> None:
        for number in range(count):
            article = make_article(
                f"Report {number}",
                f"<p>{number} died.</p>",
                publisher=f"Paper {number}",
            )
            measure = Measure.objects.create(name=f"Deaths {Measure.objects.count()}")
            who = make_person(f"Speaker {number}")
            figure(
                article,
                f"{number} died",
                said_by=who.name,
                said_by_entity=who,
                measure=measure,
            )

    fill(3)
    before = queries()
    fill(57)
    assert queries() == before
