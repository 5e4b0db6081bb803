"""How fast files become articles, beside hashing them and inserting the very same rows by hand.

The rows for the floor are those that the archive made of other stories of the same kind: they
are read back from the database and taken away before anything is measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from annotations.models import Annotation, State
from archive.ingest.pipeline import take_in
from archive.models import Article, Byline, Capture, Event, TextVersion, sha256_of
from benchmarks.measure import interleaved
from benchmarks.news import Story, World, html_of
from benchmarks.table import Row, at_least

AIM = 0.5
# Articles that are imported one by one, as files.
IMPORTED = 300
_WARM_UP = 5


@dataclass(frozen=True)
class Insert:
    """Rows of a table as a statement that would insert them."""

    sql: str
    rows: list[tuple[Any, ...]]

    def run(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self.sql, self.rows)


def measure_import(world: World, first: int) -> Iterator[Row]:
    """Import stories from number `first` on, in turns with inserting the rows of others."""
    stories = [world.story(number) for number in range(first, first + 2 * IMPORTED)]
    imported, inserted = stories[:IMPORTED], stories[IMPORTED:]
    floor = iter([(story, _rows_of(story)) for story in inserted])
    _forget(inserted)
    subject = iter(imported)
    times = interleaved(
        {
            "import": lambda: _import(next(subject)),
            "inserts": lambda: _insert(*next(floor)),
        },
        runs=IMPORTED - _WARM_UP,
        warm_up=_WARM_UP,
        seconds=600,
    )
    linked = Annotation.objects.filter(
        version__capture__filename__in=[story.filename for story in imported],
        state=State.LINKED,
    )
    median, floor_median = times["import"].median, times["inserts"].median
    yield {
        "articles/s": 1 / median,
        **times["import"].cells,
        "mentions in each": linked.count() / len(imported),
        "bare inserts/s": 1 / floor_median,
        "bare median ms": 1000 * floor_median,
        "of the bare rate": floor_median / median,
        "aim": at_least(floor_median / median, AIM),
    }


def rows_of(table: str, column: str, key: Any, columns: str = "*") -> Insert:
    """Return the rows in whose `column` stands `key`; the names are our own."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {column} = %s", [key])  # noqa: S608
        names = [connection.ops.quote_name(column[0]) for column in cursor.description]
        marks = ", ".join(["%s"] * len(names))
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
        return Insert(sql, cursor.fetchall())


def _import(story: Story) -> None:
    take_in(story.source, story.filename)


def _insert(story: Story, inserts: list[Insert]) -> None:
    sha256_of(story.source)
    sha256_of(story.text.encode())
    with transaction.atomic():
        for insert in inserts:
            insert.run()


def _rows_of(story: Story) -> list[Insert]:
    """Import a story and return its rows."""
    article = take_in(story.source, story.filename).article
    if article.version.html != html_of(story.text):
        raise ValueError(
            f"Story {story.number} was imported as another text than was foreseen."
        )
    found = []
    for table, column, columns in _tables():
        found.append(rows_of(table, column, article.pk, columns))
    return found


def _forget(stories: list[Story]) -> None:
    filenames = [story.filename for story in stories]
    captures = Capture.objects.filter(filename__in=filenames)
    articles = list(captures.values_list("article"))
    with transaction.atomic(), connection.cursor() as cursor:
        for table, column, _columns in reversed(_tables()):
            statement = f"DELETE FROM {table} WHERE {column} = %s"  # noqa: S608 our own names
            cursor.executemany(statement, articles)
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO archive_search (archive_search) VALUES ('optimize')"
            )


def _tables() -> list[tuple[str, str, str]]:
    """Every table that an import writes to, the column that names the article, and the columns
    to copy."""
    models = (Byline, Article.topics.through, Capture, TextVersion, Event, Annotation)
    search = ("archive_search", "article_id", "*")
    if connection.vendor == "sqlite":
        search = ("archive_search", "rowid", "rowid, title, body")
    return [
        (Article._meta.db_table, "id", "*"),
        *((model._meta.db_table, "article_id", "*") for model in models),
        search,
    ]
