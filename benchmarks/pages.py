"""How fast pages are, beside an empty view behind the same middleware and the one query that
they cannot do without."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from annotations.models import Entity, EntityQuerySet
from archive.models import Article, Publisher
from benchmarks import news
from benchmarks.measure import Query, Subject, Timing, interleaved, queries
from benchmarks.web import Site

ABOUT = 50
"""Mentions of the person whose page stands for the usual one."""

_SEARCH = {
    "sqlite": """SELECT rowid, highlight(archive_search, 0, '<', '>'), snippet(archive_search, 1, '<', '>', '…', 40)
        FROM archive_search WHERE archive_search MATCH %(terms)s AND rowid IN (
            SELECT rowid FROM archive_search s WHERE archive_search MATCH %(terms)s
            AND EXISTS (SELECT 1 FROM archive_article a WHERE a.id = s.rowid AND a.is_public)
            ORDER BY bm25(archive_search, 4.0, 1.0) LIMIT 26)""",
    "postgresql": """SELECT a.id, ts_headline('simple', a.title, q, 'HighlightAll=true'),
        ts_headline('simple', v.text, q, 'MaxWords=40, MinWords=25, MaxFragments=1') FROM (
            SELECT s.article_id, q FROM archive_search s JOIN archive_article a ON a.id = s.article_id AND a.is_public,
            to_tsquery('simple', %(terms)s) q WHERE s.words @@ q ORDER BY ts_rank(s.words, q) DESC LIMIT 26) best
        JOIN archive_article a ON a.id = best.article_id JOIN archive_textversion v ON v.id = a.current_version_id""",
}
"""The floor of searches: the same 25 hits and one more, with their snippets, asked for as
directly as can be."""


@dataclass(frozen=True)
class Page:
    """`aim` is a ratio to the empty view, `bare_aim` one to the empty view plus the bare query.

    `bare` is that query, or words by which it is known among those of the page.
    """

    name: str
    address: str
    aim: float | None = None
    bare: str | Query = ""
    bare_aim: float | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    before: Callable[[], object] | None = None


@dataclass(frozen=True)
class Measured:
    page: Page
    subject: Timing
    empty: Timing
    bare: Timing | None
    queries: int
    size: int


def measure_pages(only: set[str]) -> Iterator[Measured]:
    site = Site()
    for page in reading_pages(site) if "pages" in only else []:
        yield _measure(site, page)
    for page in search_pages() if "search" in only else []:
        yield _measure(site, page)


def measure_people(seldom: Entity, often: Entity) -> Iterator[Measured]:
    """Measure the page of somebody with few mentions and of somebody with many: first, later,
    and nothing kept."""
    site = Site()
    middle = often.mentions.in_reading_order()[often.mentions.count() // 2].key_before
    few, many = (
        f"person with {entity.mentions.count():,} mentions"
        for entity in (seldom, often)
    )
    address = often.get_absolute_url()
    for page in (
        Page(few, seldom.get_absolute_url(), bare="LIMIT 51"),
        Page(many, address, bare="LIMIT 51"),
        Page(
            "… its middle page",
            f"{address}?{urlencode({'after': middle})}",
            bare="LIMIT 51",
        ),
        Page(f"{few}, nothing kept", seldom.get_absolute_url(), before=cache.clear),
        Page(f"{many}, nothing kept", address, before=cache.clear),
        Page(
            "… its middle page, nothing kept",
            f"{address}?{urlencode({'after': middle})}",
            before=cache.clear,
        ),
    ):
        yield _measure(site, page)


def reading_pages(site: Site) -> list[Page]:
    article = Article.objects.in_reading_order()[Article.objects.count() // 2]
    address = article.get_absolute_url()
    tag = site.get(address).headers["ETag"]
    articles = reverse("archive:article-list")
    usual, busiest = (
        _named(Entity.objects.people(), ABOUT),
        _named(Entity.objects.people(), 10**9),
    )
    place = _named(Entity.objects.places(), 10**9)
    publisher = Publisher.objects.earliest("pk")
    return [
        Page("reading page, 40 marks", address, aim=3),
        Page(
            "the same, not modified (304)",
            address,
            aim=3,
            headers={"If-None-Match": tag},
            status=304,
        ),
        Page(
            "provenance of an article",
            reverse("archive:article-provenance", args=[article.slug]),
        ),
        Page(
            f"person with {_count(usual):,} mentions", usual.get_absolute_url(), aim=4
        ),
        Page(
            f"busiest person, {_count(busiest):,} mentions",
            busiest.get_absolute_url(),
            aim=4,
        ),
        Page(
            f"busiest place, {_count(place):,} mentions",
            place.get_absolute_url(),
            aim=4,
        ),
        Page("list of articles", articles, aim=4, bare="LIMIT 26"),
        Page(
            "… of one publisher",
            f"{articles}?publisher={publisher.name}",
            aim=4,
            bare="LIMIT 26",
        ),
        Page(
            "… that mention the busiest person",
            f"{articles}?person={busiest.slug}",
            aim=4,
            bare="LIMIT 26",
        ),
        Page(
            "list of people", reverse("annotations:person-list"), aim=4, bare="LIMIT 51"
        ),
        Page(
            "list of places", reverse("annotations:place-list"), aim=4, bare="LIMIT 51"
        ),
        Page("figures", reverse("annotations:figure-list"), aim=4, bare="LIMIT 51"),
        Page(
            "allegations",
            reverse("annotations:allegation-list"),
            aim=4,
            bare="LIMIT 51",
        ),
        Page("home", reverse("archive:home")),
        Page("home, its counts not kept", reverse("archive:home"), before=cache.clear),
    ]


def search_pages() -> list[Page]:
    asked = {
        "a rare word": [news.RARE],
        "a common word": [news.COMMON],
        "two words": [news.COMMON, "council"],
    }
    return [_search_page(f"search: {name}", words) for name, words in asked.items()]


def _search_page(name: str, words: list[str]) -> Page:
    address = f"{reverse('archive:search')}?q={'+'.join(words)}"
    sqlite = connection.vendor == "sqlite"
    terms = (
        " ".join(f'"{w}"*' for w in words)
        if sqlite
        else " & ".join(f"'{w}':*" for w in words)
    )
    return Page(
        name,
        address,
        bare=Query(_SEARCH[connection.vendor], {"terms": terms}),
        bare_aim=1.5,
    )


def _measure(site: Site, page: Page) -> Measured:
    get = site.getting(page.address, page.status, **page.headers)
    get()
    if page.before:
        page.before()
    with queries() as made:
        answer = site.get(page.address, **page.headers)
    subjects = {
        "page": _after(page.before, get) if page.before else get,
        "empty": site.empty(),
    }
    if page.bare:
        subjects["bare"] = _again(_bare_query(page.bare, made))
    times = interleaved(subjects)
    return Measured(
        page, times["page"], times["empty"], times.get("bare"), len(made), answer.size
    )


def _after(before: Callable[[], object], get: Subject) -> Subject:
    def both() -> None:
        before()
        get()

    return both


def _bare_query(known_by: str | Query, made: list[Query]) -> Query:
    return (
        next(q for q in made if known_by in q.sql)
        if isinstance(known_by, str)
        else known_by
    )


def _again(query: Query) -> Subject:
    """Return what runs `query` again and reads its rows, on a connection that no request
    closes."""
    bare = connection.copy()

    def run() -> None:
        with bare.cursor() as cursor:
            cursor.execute(query.sql, query.parameters)
            cursor.fetchall()

    return run


def _named(entities: EntityQuerySet, times: int) -> Any:
    """Return the entity that is mentioned so often, or nearly."""
    return min(
        entities.with_mentions(AnonymousUser()),
        key=lambda entity: abs(_count(entity) - times),
    )


def _count(entity: Any) -> int:
    """The number that `with_mentions` added, of which mypy cannot know."""
    return int(entity.mention_count)
