"""Search on SQLite: an FTS5 table with a copy of title and text, whose `rowid` is the article's
key."""

from typing import TYPE_CHECKING

from django.db import connection

from archive.batches import batched

if TYPE_CHECKING:
    from archive.models import ArticleQuerySet
    from archive.search import SearchTerm

CREATE = """
CREATE VIRTUAL TABLE archive_search USING fts5(
    title, body, tokenize = "unicode61 remove_diacritics 2", prefix = '3'
)
"""
DROP = "DROP TABLE archive_search"


def index(article_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        for batch in batched(article_ids):
            marks = _marks(batch)
            # Only question marks are put into the statements.
            delete = f"DELETE FROM archive_search WHERE rowid IN ({marks})"  # noqa: S608
            cursor.execute(delete, batch)
            cursor.execute(
                f"""INSERT INTO archive_search (rowid, title, body)
                SELECT a.id, a.title, v.text FROM archive_article a
                JOIN archive_textversion v ON v.id = a.current_version_id WHERE a.id IN ({marks})""",  # noqa: S608
                batch,
            )


def find(
    articles: "ArticleQuerySet", terms: "list[SearchTerm]", limit: int, offset: int
) -> list[tuple[int, str, str]]:
    """Rank first, then make snippets of the best alone: a snippet costs a hundred times as much
    as a rank.

    Each hit is checked for whether the reader may see it: a list of all articles that may be
    seen would cost more.
    """
    hits = articles.order_by().extra(
        where=["archive_article.id = archive_search.rowid"]
    )
    allowed, parameters = hits.values("pk").query.sql_with_params()
    words = " ".join(map(_expression, terms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT rowid FROM archive_search
            WHERE archive_search MATCH %s AND EXISTS ({allowed})
            ORDER BY bm25(archive_search, 4.0, 1.0), rowid DESC LIMIT %s OFFSET %s""",  # noqa: S608 Django's SQL
            [words, *parameters, limit, offset],
        )
        best = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(
            f"""SELECT rowid, highlight(archive_search, 0, char(2), char(3)),
                snippet(archive_search, 1, char(2), char(3), '…', 40)
            FROM archive_search WHERE archive_search MATCH %s AND rowid IN ({_marks(best)})""",  # noqa: S608
            [words, *best],
        )
        snippets = {row[0]: row for row in cursor.fetchall()}
    return [snippets[pk] for pk in best]


def with_words(words: list[str], as_beginnings: bool) -> set[int]:
    suffix = "*" if as_beginnings else ""
    query = " ".join(f'"{word}"{suffix}' for word in words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM archive_search WHERE archive_search MATCH %s", [query]
        )
        return {pk for (pk,) in cursor.fetchall()}


def _marks(values: list[int]) -> str:
    return ",".join(["%s"] * len(values))


def _expression(term: "SearchTerm") -> str:
    """Return a term as an FTS5 string, which holds nothing but letters, digits and blanks."""
    words = " ".join(term.words)
    suffix = "*" if term.prefix else ""
    return f'"{words}"{suffix}'
