"""Search on PostgreSQL: a table of `tsvector`s beside the articles.

The vector is made from words that are split here: PostgreSQL's own parser would keep
`Aktau/Zhanaozen` as the name of a file and find neither town. It keeps the word as it stands
(`simple`): stemming would take Касымов and Касымова apart. Accents are folded on both sides, as
SQLite's tokenizer does.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.db import OperationalError, connection

from archive.batches import batched

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

# Code points in one vector. A vector must stay under 1 MB and knows no position beyond
# 16,383: the parts of a longer text are joined without positions, so that all its words
# are found, if not its phrases.
_PART = 100_000
# Their texts are sent together.
_ARTICLES_PER_QUERY = 50

# Signs in which PostgreSQL's parser sees tags, entities and paths, and what stands for
# them while it looks.
_SIGNS, _BLANKS = "<>&/", "\x04\x05\x06\x07"
_SIGN_OF = str.maketrans(_BLANKS, _SIGNS)


_SELECTED = "StartSel=\x02, StopSel=\x03"
_IN_TITLE = f"{_SELECTED}, HighlightAll=true"
_IN_TEXT = f"{_SELECTED}, MaxWords=40, MinWords=25, MaxFragments=1"


class TooManyWords(ValueError):
    """The different words of one text do not fit into one vector."""


def index(article_ids: list[int]) -> None:
    try:
        _index(article_ids)
    except OperationalError as error:
        # Imported here alone: with SQLite it would take a tenth of every start.
        from psycopg.errors import ProgramLimitExceeded

        if isinstance(error.__cause__, ProgramLimitExceeded):
            raise TooManyWords from error
        raise


def _index(article_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        for batch in batched(article_ids, _ARTICLES_PER_QUERY):
            cursor.execute(
                """SELECT a.id, a.title, v.text FROM archive_article a
                JOIN archive_textversion v ON v.id = a.current_version_id WHERE a.id = ANY(%s)""",
                [batch],
            )
            rows: list[str] = []
            parameters: list[int | str] = []
            for pk, title, text in cursor.fetchall():
                parts = _vector_parts(folded(text))
                rows.append(_row_of_vectors(len(parts)))
                parameters += [pk, folded(title), *parts]
            if rows:
                cursor.execute(
                    f"""INSERT INTO archive_search (article_id, words) VALUES {", ".join(rows)}
                    ON CONFLICT (article_id) DO UPDATE SET words = excluded.words""",  # noqa: S608 only marks
                    parameters,
                )


def _row_of_vectors(parts: int) -> str:
    """Return a row to insert, with marks for an article's key, its title and so many parts of
    its text."""
    vector = "to_tsvector('simple', %s)"
    if parts > 1:
        vector = f"strip({vector})"
    vectors = " || ".join([f"setweight({vector}, 'B')"] * parts)
    return f"(%s, setweight(to_tsvector('simple', %s), 'A') || {vectors})"


def _vector_parts(body: str) -> list[str]:
    """Cut a folded text into parts that fit into one vector each.

    A word across the seam of two parts is added whole, as a part of its own.
    """
    parts = [body[start : start + _PART] for start in range(0, len(body), _PART)]
    for seam in range(_PART, len(body), _PART):
        parts.append(_around(body, seam))
    return parts


def find(
    articles: "ArticleQuerySet", terms: "list[SearchTerm]", limit: int, offset: int
) -> list[tuple[int, str, str]]:
    hits = articles.order_by().extra(where=["archive_article.id = s.article_id"])
    allowed, parameters = hits.values("pk").query.sql_with_params()
    expression = " & ".join(map(_expression, terms))
    in_title = [_SIGNS, _BLANKS, _IN_TITLE]
    in_text = [_SIGNS, _BLANKS, _IN_TEXT]
    # Rank first, then make the headlines of the best alone: a headline parses the whole text.
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
            [*in_title, *in_text, expression, *parameters, limit, offset],
        )
        rows = cursor.fetchall()
    found = []
    for pk, title, snippet in rows:
        hit = pk, title.translate(_SIGN_OF), snippet.translate(_SIGN_OF)
        found.append(hit)
    return found


def with_words(words: list[str], as_beginnings: bool) -> set[int]:
    suffix = ":*" if as_beginnings else ""
    # Folding parts a word that holds an underscore.
    folded_words = folded(" ".join(words)).split()
    query = " & ".join(f"'{word}'{suffix}" for word in folded_words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM archive_search WHERE words @@ to_tsquery('simple', %s)",
            [query],
        )
        return {pk for (pk,) in cursor.fetchall()}


def folded(words: str) -> str:
    """Return `words` without accents, with blanks alone between them."""
    decomposed = unicodedata.normalize("NFD", words)
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", bare))


def _around(body: str, seam: int) -> str:
    """Return the word that stands across `seam`, or nothing."""
    before = body[max(0, seam - 200) : seam]
    after = body[seam : seam + 200]
    # A folded text has no character between words but the blank.
    return before.rpartition(" ")[2] + after.partition(" ")[0]


def _expression(term: "SearchTerm") -> str:
    """Return a term as a tsquery of quoted words, which hold nothing but letters and digits."""
    words = " <-> ".join(f"'{folded(word)}'" for word in term.words)
    return f"{words}:*" if term.prefix else words
