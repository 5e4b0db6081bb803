"""Search on PostgreSQL: a table of `tsvector`s beside the articles.

The vector is made from words that are taken apart here: PostgreSQL's own parser would keep
`Aktau/Zhanaozen` as the name of a file and find neither town. It keeps the word as it stands
(`simple`): stemming would take Касымов and Касымова apart. Accents are folded on both sides, as
SQLite's tokenizer does.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.db import OperationalError, connection
from psycopg.errors import ProgramLimitExceeded

if TYPE_CHECKING:
    from archive.models import ArticleQuerySet
    from archive.search import SearchTerm

CREATE = """
CREATE TABLE archive_search (
    article_id bigint PRIMARY KEY,
    words tsvector NOT NULL
);
CREATE INDEX archive_search_words ON archive_search USING gin (words);
"""
DROP = "DROP TABLE archive_search"

_PART = 100_000
"""Code points in one vector. A vector must stay under 1 MB and knows no position beyond 16,383:
the parts of a longer text are joined without positions, so that all its words are found, if not
its phrases."""

_SIGNS, _BLANKS = "<>&/", "\x04\x05\x06\x07"
"""Signs in which PostgreSQL's parser sees tags, entities and paths, and what stands for them
while it looks."""
_SIGN_OF = str.maketrans(_BLANKS, _SIGNS)


class TooManyWords(ValueError):
    """The different words of one text do not fit into one vector."""


def index(article_ids: list[int]) -> None:
    try:
        _index(article_ids)
    except OperationalError as error:
        if isinstance(error.__cause__, ProgramLimitExceeded):
            raise TooManyWords from error
        raise


def _index(article_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT a.id, a.title, v.text FROM archive_article a
            JOIN archive_textversion v ON v.id = a.current_version_id WHERE a.id = ANY(%s)""",
            [article_ids],
        )
        for pk, title, text in cursor.fetchall():
            body = folded(text)
            parts = [body[start : start + _PART] for start in range(0, len(body), _PART)]
            vector = "to_tsvector('simple', %s)"
            if len(parts) > 1:
                # A word across the seam of two parts is added whole.
                parts += [_around(body, start) for start in range(_PART, len(body), _PART)]
                vector = f"strip({vector})"
            vectors = " || ".join([f"setweight({vector}, 'B')"] * len(parts))
            cursor.execute(
                f"""INSERT INTO archive_search (article_id, words)
                VALUES (%s, setweight(to_tsvector('simple', %s), 'A') || {vectors})
                ON CONFLICT (article_id) DO UPDATE SET words = excluded.words""",  # noqa: S608 only marks
                [pk, folded(title), *parts],
            )


def find(
    articles: "ArticleQuerySet", terms: "list[SearchTerm]", limit: int, offset: int
) -> list[tuple[int, str, str]]:
    here = articles.order_by().extra(where=["archive_article.id = s.article_id"])
    allowed, parameters = here.values("pk").query.sql_with_params()
    marks = "StartSel=\x02, StopSel=\x03"
    in_title, in_text = (
        f"{marks}, HighlightAll=true",
        f"{marks}, MaxWords=40, MinWords=25, MaxFragments=1",
    )
    expression = " & ".join(map(_expression, terms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT a.id, ts_headline('simple', translate(a.title, %s, %s), q, %s),
                ts_headline('simple', translate(v.text, %s, %s), q, %s)
            FROM (
                SELECT s.article_id, q, ts_rank(s.words, q) AS rank
                FROM archive_search s, to_tsquery('simple', %s) q
                WHERE s.words @@ q AND EXISTS ({allowed})
                ORDER BY rank DESC, s.article_id DESC LIMIT %s OFFSET %s
            ) best
            JOIN archive_article a ON a.id = best.article_id
            JOIN archive_textversion v ON v.id = a.current_version_id
            ORDER BY best.rank DESC, a.id DESC""",  # noqa: S608 Django's SQL
            [
                _SIGNS,
                _BLANKS,
                in_title,
                _SIGNS,
                _BLANKS,
                in_text,
                expression,
                *parameters,
                limit,
                offset,
            ],
        )
        return [
            (pk, title.translate(_SIGN_OF), snippet.translate(_SIGN_OF))
            for pk, title, snippet in cursor
        ]


def with_words(words: list[str], as_beginnings: bool) -> set[int]:
    with connection.cursor() as cursor:
        query = " & ".join(
            f"'{part}'" + ":*" * as_beginnings
            for word in words
            for part in folded(word).split()
        )
        cursor.execute(
            "SELECT article_id FROM archive_search WHERE words @@ to_tsquery('simple', %s)",
            [query],
        )
        return {pk for (pk,) in cursor.fetchall()}


def folded(words: str) -> str:
    """Return `words` without accents, parted by blanks alone."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", words) if unicodedata.category(c) != "Mn"
    )
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", bare))


def _around(body: str, seam: int) -> str:
    """Return the word that stands across `seam`, or nothing."""
    before = re.search(r"\w*$", body[max(0, seam - 200) : seam])
    after = re.match(r"\w*", body[seam : seam + 200])
    return (before[0] if before else "") + (after[0] if after else "")


def _expression(term: "SearchTerm") -> str:
    """A term as a tsquery of quoted words, which hold nothing but letters and digits."""
    words = [f"'{folded(word)}'" for word in term.words]
    words[-1] += ":*" if term.prefix else ""
    return " <-> ".join(words)
