"""What a page costs: its exact number of queries, which does not grow with what it shows.

A change that makes a page ask more or less changes a number here, so that its author notices.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from annotations.models import Annotation, Answer, Entity, Measure, State
from archive.models import Article
from tests.support.crawling import number_of_queries
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, make_place, mention
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db

# Queries by address, of a page of which nothing is cached. Readers are not signed in.
READER_QUERIES = {
    "/": 16,
    "/articles/": 14,
    "/articles/marks/": 9,
    "/articles/marks/cite/": 2,
    "/articles/marks/provenance/": 6,
    "/people/": 4,
    "/places/": 4,
    "/people/petrov/": 21,
    "/places/aktau/": 15,
    "/figures/": 11,
    "/figures/killed/": 9,
    "/allegations/": 17,
    "/basket/": 2,
    "/check/": 1,
    "/export/": 4,
    "/search/?q=petrov": 4,
}
# Beside the session and its user, who is a curator.
CURATOR_QUERIES = {
    "/": 12,
    "/articles/": 11,
    "/articles/marks/": 9,
    "/articles/marks/cite/": 3,
    "/articles/marks/provenance/": 7,
    "/people/": 3,
    "/places/": 3,
    "/people/petrov/": 19,
    "/places/aktau/": 15,
    "/figures/": 8,
    "/figures/killed/": 8,
    "/allegations/": 14,
    "/basket/": 2,
    "/check/": 2,
    "/export/": 3,
    "/search/?q=petrov": 5,
    "/articles/marks/annotate/": 13,
    "/articles/marks/edit/": 5,
    "/articles/marks/correct/": 3,
    "/articles/import/": 2,
    "/people/new/": 2,
    "/people/petrov/edit/": 4,
    "/people/petrov/merge/": 9,
    "/people/petrov/split/": 9,
    "/people/petrov/spellings/": 6,
    "/journal/": 6,
    "/review/": 17,
    "/embargoes/": 3,
}
# More on PostgreSQL: its search is one query instead of two; a review locks what it holds.
MORE_ON_POSTGRESQL = {"/search/?q=petrov": -1, "/review/": 1}


def queries_here(address: str, queries: int) -> int:
    if connection.vendor == "postgresql":
        return queries + MORE_ON_POSTGRESQL.get(address, 0)
    return queries


@pytest.fixture
def grow(make_article: MakeArticle) -> Callable[[int], None]:
    """`grow(20)` adds twenty marks of each kind to one article, and an article with one of
    each."""
    petrov, aktau, olga = (
        make_person("Petrov"),
        make_place("Aktau"),
        make_person("Olga"),
    )
    article = make_article(
        "Marks",
        "<p>" + "Petrov Aktau figure claim guess. " * 100 + "</p>",
        authors=["Olga"],
    )
    killed = Measure.objects.create(name="killed", unit="people", slug="killed")
    added = 0

    def tag(article: Article, nth: int, speaker: Entity) -> None:
        mention(article, "Petrov", petrov, nth=nth)
        mention(article, "Aktau", aktau, State.LINKED, nth=nth)
        mention(article, "guess", petrov, State.SUGGESTED, nth=nth)
        figure(
            article,
            "figure",
            nth=nth,
            said_by="Petrov",
            said_by_entity=petrov,
            counted=f"killed {nth}",
            measure=killed,
        )
        parties: dict[str, Any] = {
            "claimant_entity": petrov,
            "accused": "O",
            "accused_entity": speaker,
        }
        claim = allegation(article, "claim", nth=nth, **parties)
        last = allegation(
            article,
            "claim guess",
            nth=nth,
            claimant_entity=speaker,
            accused="P",
            accused_entity=petrov,
        )
        Answer.objects.create(
            claim=claim.allegation, answer=last.allegation, relation="denies"
        )

    def add(count: int) -> None:
        nonlocal added
        for nth in range(added, added + count):
            tag(article, nth, olga)
            other = make_article(
                f"Other {nth}",
                "<p>Petrov Aktau figure claim guess.</p>",
                publisher=f"P{nth}",
                authors=[f"A{nth}"],
            )
            tag(other, 0, make_person(f"Speaker {nth}"))
        added += count

    return add


@pytest.mark.parametrize(("address", "queries"), READER_QUERIES.items())
def test_a_page_costs_a_reader_as_many_queries_whatever_it_shows(
    client: Client, grow: Callable[[int], None], address: str, queries: int
) -> None:
    queries = queries_here(address, queries)
    grow(1)
    assert number_of_queries(client, address) == queries
    grow(12)
    assert number_of_queries(client, address) == queries


@pytest.mark.parametrize(("address", "queries"), CURATOR_QUERIES.items())
def test_a_page_costs_a_curator_as_many_queries_whatever_it_shows(
    as_curator: Client, grow: Callable[[int], None], address: str, queries: int
) -> None:
    queries = queries_here(address, queries)
    grow(1)
    assert number_of_queries(as_curator, address) == queries
    grow(12)
    assert number_of_queries(as_curator, address) == queries


def test_the_reading_page_costs_a_fixed_number_of_queries_with_three_marks_and_with_sixty(
    client: Client, make_article: MakeArticle, django_assert_num_queries: Any
) -> None:
    petrov = make_person("Petrov")
    for count in (3, 60):
        article = make_article(html=f"<p>{'Petrov ' * count}</p>")
        for nth in range(count):
            mention(article, "Petrov", petrov, nth=nth)
        with django_assert_num_queries(6):
            page = page_of(client.get(article.get_absolute_url()))
        assert len(page.one(id="text").all("a")) == count


def test_a_passage_and_its_form_cost_a_fixed_number_of_queries(
    as_editor: Client, grow: Callable[[int], None]
) -> None:
    grow(1)
    marks = list(Annotation.objects.filter(article__slug="marks"))
    addresses = [
        f"{mark.get_absolute_url()}{page}"
        for mark in marks
        for page in ("", "edit/", "delete/")
    ]
    few = [number_of_queries(as_editor, address) for address in addresses]
    grow(12)
    assert [number_of_queries(as_editor, address) for address in addresses] == few
