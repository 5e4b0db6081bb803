"""How fast pages are, beside an empty view behind the same middleware and the one query that
they cannot do without."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from annotations.models import Entity, EntityQuerySet
from archive.models import Article, Publisher
from benchmarks import news
from benchmarks.load import load_mentioned, settle
from benchmarks.measure import Query, Subject, interleaved, queries
from benchmarks.table import Row, at_most
from benchmarks.web import Site

# Mentions of the person whose page stands for the usual one.
ABOUT = 50
# The floor of searches: the same 25 hits and one more, with their snippets, asked for as
# directly as can be.
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
    before: Callable[[], object] = lambda: None


def measure_pages() -> Iterator[Row]:
    return _measure_each([*article_pages(), *entity_pages(), *list_pages()])


def measure_search() -> Iterator[Row]:
    return _measure_each(search_pages())


def measure_people() -> Iterator[Row]:
    """Measure the page of somebody with few mentions and of somebody with many: first, later,
    and nothing kept."""
    articles = Article.objects.count()
    seldom = load_mentioned("Seldom Seen", articles=10, each=10)
    often = load_mentioned("Often Seen", articles=articles, each=100_000 // articles)
    settle()
    address = often.get_absolute_url()
    middle = often.mentions.in_reading_order()[often.mentions.count() // 2].key_before
    later = f"{address}?{urlencode({'after': middle})}"
    pages = [
        Page("100 mentions", seldom.get_absolute_url(), bare="LIMIT 51"),
        Page(f"{often.mentions.count():,} mentions", address, bare="LIMIT 51"),
        Page("… the middle page", later, bare="LIMIT 51"),
    ]
    for page in list(pages):
        name = f"{page.name}, nothing kept"
        pages.append(replace(page, name=name, bare="", before=cache.clear))
    return _measure_each(pages)


def article_pages() -> list[Page]:
    article = Article.objects.in_reading_order()[Article.objects.count() // 2]
    address = article.get_absolute_url()
    known = {"If-None-Match": Site().get(address).headers["ETag"]}
    provenance = reverse("archive:article-provenance", args=[article.slug])
    return [
        Page("reading page, 40 marks", address, 3),
        Page("… not modified (304)", address, 3, headers=known, status=304),
        Page("provenance of an article", provenance),
        Page("home", reverse("archive:home")),
        Page("home, its counts not kept", reverse("archive:home"), before=cache.clear),
    ]


def entity_pages() -> list[Page]:
    people, places = Entity.objects.people(), Entity.objects.places()
    named = {
        "person": _named(people, ABOUT),
        "busiest person": _named(people, 10**9),
        "busiest place": _named(places, 10**9),
    }
    return [
        Page(f"{who}, {_count(one):,} mentions", one.get_absolute_url(), 4)
        for who, one in named.items()
    ]


def list_pages() -> list[Page]:
    articles = reverse("archive:article-list")
    of_publisher = f"{articles}?publisher={Publisher.objects.earliest('pk').name}"
    with_person = f"{articles}?person={_named(Entity.objects.people(), 10**9).slug}"
    people = reverse("annotations:person-list")
    places = reverse("annotations:place-list")
    figures = reverse("annotations:figure-list")
    allegations = reverse("annotations:allegation-list")
    return [
        Page("list of articles", articles, 4, "LIMIT 26"),
        Page("… of one publisher", of_publisher, 4, "LIMIT 26"),
        Page("… that mention the busiest person", with_person, 4, "LIMIT 26"),
        Page("list of people", people, 4, "LIMIT 51"),
        Page("list of places", places, 4, "LIMIT 51"),
        Page("figures", figures, 4, "LIMIT 51"),
        Page("allegations", allegations, 4, "LIMIT 51"),
    ]


def search_pages() -> list[Page]:
    return [
        _search_page("a rare word", [news.RARE]),
        _search_page("a common word", [news.COMMON]),
        _search_page("two words", [news.COMMON, "council"]),
    ]


def _search_page(name: str, words: list[str]) -> Page:
    if connection.vendor == "sqlite":
        terms = " ".join(f'"{word}"*' for word in words)
    else:
        terms = " & ".join(f"'{word}':*" for word in words)
    address = f"{reverse('archive:search')}?q={'+'.join(words)}"
    bare = Query(_SEARCH[connection.vendor], {"terms": terms})
    return Page(f"search: {name}", address, bare=bare, bare_aim=1.5)


def _measure_each(pages: Iterable[Page]) -> Iterator[Row]:
    site = Site()
    for page in pages:
        yield _measure(site, page)


def _measure(site: Site, page: Page) -> Row:
    get = site.getting(page.address, page.status, **page.headers)
    get()
    page.before()
    with queries() as made:
        answer = site.get(page.address, **page.headers)
    subjects: dict[str, Subject] = {
        "page": lambda: (page.before(), get()),
        "empty": site.empty(),
    }
    if page.bare:
        subjects["bare"] = _again(_bare_query(page.bare, made))
    times = interleaved(subjects)
    median, empty = times["page"].median, times["empty"].median
    row: dict[str, Any] = {
        "page": page.name,
        **times["page"].cells,
        "queries": len(made),
        "kB": answer.size / 1000,
        "empty view ms": 1000 * empty,
        "× empty": median / empty,
        "aim": at_most(median / empty, page.aim),
        "bare SQL ms": None,
        "× (empty + SQL)": None,
        "its aim": None,
    }
    if page.bare:
        bare = times["bare"].median
        ratio = median / (empty + bare)
        row["bare SQL ms"] = 1000 * bare
        row["× (empty + SQL)"] = ratio
        row["its aim"] = at_most(ratio, page.bare_aim)
    return row


def _bare_query(known_by: str | Query, made: list[Query]) -> Query:
    if isinstance(known_by, Query):
        return known_by
    return next(query for query in made if known_by in query.sql)


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
