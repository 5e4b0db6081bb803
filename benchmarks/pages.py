"""How fast a server answers pages, beside an empty view behind the same middleware and, for
searches, the query that they cannot do without.

Each page is asked for by a reader where pages are kept, by one where nothing is kept, and by
an editor where nothing is kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations.models import Entity, EntityQuerySet
from archive.models import Article, Publisher, User
from archive.roles import Role
from benchmarks import news
from benchmarks.measure import Query, Subject, interleaved
from benchmarks.server import Visitor, served
from benchmarks.table import Row, at_most
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
    """`bare` is the query that a page cannot do without, where it is measured too."""

    name: str
    address: str
    bare: Query | None = None


def measure_pages() -> Iterator[Row]:
    """Measure every page by turns with an empty view and with its bare query."""
    with served() as kept, served(KEEP_PAGES="false") as anew:
        for page in [*article_pages(), *entity_pages(), *list_pages(), *search_pages()]:
            yield _measure(page, kept, anew)


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
        Page("reading page, 40 marks", article.get_absolute_url()),
        Page("provenance of an article", provenance),
        Page("home", reverse("archive:home")),
    ]


def entity_pages() -> list[Page]:
    people, places = Entity.objects.people(), Entity.objects.places()
    named = {
        "person": _named(people, ABOUT),
        "busiest person": _named(people, 10**9),
        "busiest place": _named(places, 10**9),
    }
    return [
        Page(f"{who}, {_count(one):,} mentions", one.get_absolute_url())
        for who, one in named.items()
    ]


def list_pages() -> list[Page]:
    articles = reverse("archive:article-list")
    of_publisher = f"{articles}?publisher={Publisher.objects.earliest('pk').name}"
    with_person = f"{articles}?person={_named(Entity.objects.people(), 10**9).slug}"
    return [
        Page("list of articles", articles),
        Page("… of one publisher", of_publisher.replace(" ", "+")),
        Page("… that mention the busiest person", with_person),
        Page("list of people", reverse("annotations:person-list")),
        Page("list of places", reverse("annotations:place-list")),
        Page("figures", reverse("annotations:figure-list")),
        Page("allegations", reverse("annotations:allegation-list")),
        Page("export page", reverse("annotations:export")),
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
    return Page(f"search: {name}", address, bare)


def _measure(page: Page, kept: int, anew: int) -> Row:
    subjects: dict[str, Subject] = {
        "empty": Visitor(kept).getting(EMPTY),
        "kept": Visitor(kept).getting(page.address),
        "anew": Visitor(anew).getting(page.address),
        "editor": Visitor(anew, _session_of_editor()).getting(page.address),
    }
    if page.bare:
        subjects["bare"] = _again(page.bare)
    times = interleaved(subjects, on_the_wall=True)
    empty = times["empty"].median
    row: dict[str, Any] = {
        "page": page.name,
        "kB": len(Visitor(kept).get(page.address)) / 1000,
        "empty view ms": 1000 * empty,
    }
    for name, aim in (("kept", KEPT), ("anew", ANEW), ("editor", FOR_EDITOR)):
        ratio = times[name].median / empty
        row[f"{name} ms"] = 1000 * times[name].median
        row[f"× empty, {name}"] = ratio
        row[f"aim {name}"] = at_most(ratio, aim)
    row["bare SQL ms"] = 1000 * times["bare"].median if page.bare else None
    return row


def _session_of_editor() -> str:
    """Return the key of a session in which an editor has signed in."""
    editor = User.objects.filter(username="measurer").first()
    if editor is None:
        editor = User.objects.create_user("measurer", role=Role.EDITOR)
    client = Client()
    client.force_login(editor)
    return client.session.session_key or ""


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
