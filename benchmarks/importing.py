"""How fast files become articles, beside hashing them and inserting the very same rows by hand.

The rows for the floor are those that the archive made of other stories of the same kind: they
are read back from the database and taken away before anything is measured.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from annotations.models import Annotation, State
from archive.ingest.pipeline import take_in
from archive.models import Article, Byline, Capture, Event, TextVersion, sha256_of
from benchmarks.measure import Timing, interleaved
from benchmarks.news import Story

_WARM_UP = 5


@dataclass(frozen=True)
class Imported:
    """What was measured, for one article each; `mentions` are those linked in it, on
    average."""

    subject: Timing
    floor: Timing
    mentions: float


@dataclass(frozen=True)
class _Insert:
    sql: str
    rows: list[tuple[Any, ...]]


def measure_import(stories: list[Story]) -> Imported:
    """Import one half of `stories`, in turns with inserting the rows of the other half."""
    half = len(stories) // 2
    floor = iter([(story, _rows_of(story)) for story in stories[:half]])
    _forget([story.filename for story in stories[:half]])
    subject = iter(stories[half:])
    times = interleaved(
        {
            "import": lambda: _import(next(subject)),
            "inserts": lambda: _insert(*next(floor)),
        },
        runs=half - _WARM_UP,
        warm_up=_WARM_UP,
        seconds=600,
    )
    linked = Annotation.objects.filter(
        version__capture__filename__in=[story.filename for story in stories[half:]]
    )
    return Imported(
        times["import"],
        times["inserts"],
        linked.filter(state=State.LINKED).count() / half,
    )


def _import(story: Story) -> None:
    take_in(story.source, story.filename)


def _insert(story: Story, inserts: list[_Insert]) -> None:
    sha256_of(story.source)
    sha256_of(story.text.encode())
    with transaction.atomic(), connection.cursor() as cursor:
        for insert in inserts:
            cursor.executemany(insert.sql, insert.rows)


def _rows_of(story: Story) -> list[_Insert]:
    """Import a story and return its rows as statements that would insert them."""
    article = take_in(story.source, story.filename).article
    if article.version.html != story.html:
        raise ValueError(
            f"Story {story.number} was imported as another text than benchmarks.news foresees."
        )
    with connection.cursor() as cursor:
        found = []
        for table, key, columns in _tables():
            select = f"SELECT {columns} FROM {table} WHERE {key} = %s"  # noqa: S608
            cursor.execute(select, [article.pk])
            names = [
                connection.ops.quote_name(column[0]) for column in cursor.description
            ]
            marks = ", ".join(["%s"] * len(names))
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
            found.append(_Insert(sql, cursor.fetchall()))
    return found


def _forget(filenames: list[str]) -> None:
    articles = list(
        Capture.objects.filter(filename__in=filenames).values_list("article", flat=True)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for table, key, _columns in reversed(_tables()):
            statement = f"DELETE FROM {table} WHERE {key} = %s"  # noqa: S608 our own names
            cursor.executemany(statement, [[pk] for pk in articles])
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO archive_search (archive_search) VALUES ('optimize')"
            )


def _tables() -> list[tuple[str, str, str]]:
    """Every table that an import writes to, the column that names the article, and the columns
    to copy."""
    models = (Byline, Article.topics.through, Capture, TextVersion, Event, Annotation)
    on_article = [(model._meta.db_table, "article_id", "*") for model in models]
    is_sqlite = connection.vendor == "sqlite"
    search = (
        ("archive_search", "rowid", "rowid, title, body")
        if is_sqlite
        else ("archive_search", "article_id", "*")
    )
    return [(Article._meta.db_table, "id", "*"), *on_article, search]
