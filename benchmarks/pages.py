"""How fast a server answers pages, beside an empty view behind the same middleware, what
Datasette shows of the same, where it is installed, and, for searches, the query that they cannot
do without.

Each page is asked for by a reader where pages are kept, by one where nothing is kept, and by
an editor where nothing is kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse

from annotations.models import Entity, EntityQuerySet, Kind
from archive.models import Article, Publisher, User
from archive.roles import Role
from benchmarks import datasette, news
from benchmarks.corpus import entity_keys
from benchmarks.datasette import Datasette
from benchmarks.measure import Query, Subject, interleaved
from benchmarks.news import World
from benchmarks.server import Visitor, served
from benchmarks.table import Row, at_most
from benchmarks.tagging import session_cookie
from benchmarks.urls import EMPTY

# Mentions of the person whose page stands for the usual one.
ABOUT = 50
# What a page may take, times an empty view: kept, made anew, made anew for an editor.
KEPT, ANEW, FOR_EDITOR = 1.0, 15.0, 20.0
# What is a fault, on any machine and whatever else it does: a page that is several times
# slower than when these were set.
MOST = {"kept": 4.0, "anew": 150.0, "editor": 150.0}
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
    """`datasette` are the addresses at which Datasette shows as much, if it does; `bare` is the
    query that a page cannot do without, where it is measured too."""

    name: str
    address: str
    datasette: tuple[str, ...] = ()
    bare: Query | None = None


@dataclass(frozen=True)
class Ports:
    """Where pages are kept, where nothing is kept, and where Datasette is, if it is
    installed."""

    kept: int
    anew: int
    datasette: int | None


def measure_pages(world: World, peer: Datasette | None = None) -> Iterator[Row]:
    """Measure every page by turns with an empty view, with Datasette and with its bare
    query."""
    keys = entity_keys(world)
    pages = [*article_pages(), *entity_pages(keys), *list_pages(keys), *search_pages()]
    with (
        served() as kept,
        served(KEEP_PAGES="false") as anew,
        peer.served() if peer else nullcontext() as datasette_port,
    ):
        ports = Ports(kept, anew, datasette_port)
        for page in pages:
            yield _measure(page, ports)


def too_slow(rows: Iterable[Row]) -> list[str]:
    """Return a sentence on each page that takes more than `MOST`."""
    sentences = []
    for row in rows:
        for how, most in MOST.items():
            ratio = row[f"× empty, {how}"]
            if isinstance(ratio, float) and ratio > most:
                sentences.append(
                    f"{row['page']}: {ratio:.1f} empty views ({how}), where {most:g} "
                    "are the limit."
                )
    return sentences


def article_pages() -> list[Page]:
    article = Article.objects.in_reading_order()[Article.objects.count() // 2]
    provenance = reverse("archive:article-provenance", args=[article.slug])
    return [
        Page(
            "reading page, 40 marks",
            article.get_absolute_url(),
            datasette.article(story_number(article.slug)),
        ),
        Page("provenance of an article", provenance),
        Page("home", reverse("archive:home")),
    ]


def entity_pages(keys: Mapping[str, int]) -> list[Page]:
    people, places = Entity.objects.people(), Entity.objects.places()
    named = {
        "person": _named(people, ABOUT),
        "busiest person": _named(people, 10**9),
        "busiest place": _named(places, 10**9),
    }
    pages = []
    for who, entity in named.items():
        name = f"{who}, {_count(entity):,} mentions"
        mentions = datasette.mentions(keys[entity.name])
        pages.append(Page(name, entity.get_absolute_url(), mentions))
    return pages


def list_pages(keys: Mapping[str, int]) -> list[Page]:
    articles = reverse("archive:article-list")
    publisher = Publisher.objects.earliest("pk").name
    person = _named(Entity.objects.people(), 10**9)
    figures = reverse("annotations:figure-list")
    allegations = reverse("annotations:allegation-list")
    return [
        Page("list of articles", articles, datasette.articles()),
        Page(
            "… of one publisher",
            f"{articles}?{urlencode({'publisher': publisher})}",
            datasette.articles(publisher=publisher),
        ),
        Page(
            "… that mention the busiest person",
            f"{articles}?person={person.slug}",
            datasette.articles_with(keys[person.name]),
        ),
        Page(
            "list of people",
            reverse("annotations:person-list"),
            datasette.entities(Kind.PERSON.value),
        ),
        Page(
            "list of places",
            reverse("annotations:place-list"),
            datasette.entities(Kind.PLACE.value),
        ),
        Page("figures", figures, datasette.tagged("figure", facet="qualifier")),
        Page("allegations", allegations, datasette.tagged("allegation", "status")),
        Page("export page", reverse("annotations:export")),
    ]


def search_pages() -> list[Page]:
    return [
        _search_page("a rare word", [news.RARE]),
        _search_page("a common word", [news.COMMON]),
        _search_page("two words", [news.COMMON, "council"]),
    ]


def story_number(slug: str) -> int:
    """Return the number of the story of which an article was made (see `load`)."""
    return int(slug.rpartition("-")[2])


def _search_page(name: str, words: list[str]) -> Page:
    if connection.vendor == "sqlite":
        terms = " ".join(f'"{word}"*' for word in words)
    else:
        terms = " & ".join(f"'{word}':*" for word in words)
    address = f"{reverse('archive:search')}?q={'+'.join(words)}"
    bare = Query(_SEARCH[connection.vendor], {"terms": terms})
    found = datasette.search(" ".join(words))
    return Page(f"search: {name}", address, found, bare)


def _measure(page: Page, ports: Ports) -> Row:
    editor = {"Cookie": session_cookie(_editor())}
    subjects: dict[str, Subject] = {
        "empty": Visitor(ports.kept).getting(EMPTY),
        "kept": Visitor(ports.kept).getting(page.address),
        "anew": Visitor(ports.anew).getting(page.address),
        "editor": Visitor(ports.anew, editor).getting(page.address),
    }
    if ports.datasette and page.datasette:
        subjects["datasette"] = Visitor(ports.datasette).getting(*page.datasette)
    if page.bare:
        subjects["bare"] = _again(page.bare)
    times = interleaved(subjects, on_the_wall=True)
    medians = {name: 1000 * timing.median for name, timing in times.items()}
    row: dict[str, Any] = {
        "page": page.name,
        "kB": len(Visitor(ports.kept).get(page.address)) / 1000,
        "empty view ms": medians["empty"],
    }
    for name, aim in (("kept", KEPT), ("anew", ANEW), ("editor", FOR_EDITOR)):
        ratio = medians[name] / medians["empty"]
        row[f"{name} ms"] = medians[name]
        row[f"× empty, {name}"] = ratio
        row[f"aim {name}"] = at_most(ratio, aim)
    row["bare SQL ms"] = medians.get("bare")
    if ports.datasette:
        row["Datasette ms"] = medians.get("datasette")
    return row


def _editor() -> User:
    editor = User.objects.filter(username="measurer").first()
    return editor or User.objects.create_user("measurer", role=Role.EDITOR)


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
