"""Full-text search over titles and current texts: one function, two engines after it.

    >>> search(Article.objects.public(), "kasymov aktau")

A bare word of three letters or more also finds the words that begin with it (Касым finds
Касымова); words in quotation marks are found as they stand, side by side. All of them must be
there. What a user types is never passed to an engine as its query language: it is split into words
here.

`index` is called where a title or a current version changes; nothing else writes the index.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from archive.models import Article, ArticleQuerySet
from archive.search import postgresql, sqlite

_TERM = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»|(\S+)')
_SHORTEST_PREFIX = 3
# What the engines put around found words; made into `<mark>` only after the snippet is
# escaped.
START, END = "\x02", "\x03"
TooManyWords = postgresql.TooManyWords


@dataclass(frozen=True)
class SearchTerm:
    """Words that must stand side by side; `prefix` lets the last of them go on."""

    words: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True)
class SearchHit:
    article: Article
    title_html: SafeString
    snippet_html: SafeString


def words_of(text: str) -> list[str]:
    """Return the words of `text`, composed (NFC): letters and digits, with the marks on
    them."""
    characters = map(_word_character, unicodedata.normalize("NFC", text))
    words = "".join(characters).split()
    # A mark without a letter is no word.
    return [word for word in words if any(map(str.isalnum, word))]


def _word_character(character: str) -> str:
    """Return a character of a word, or a blank for any other."""
    if character.isalnum() or unicodedata.category(character)[0] == "M":
        return character
    return " "


def terms_of(query: str) -> list[SearchTerm]:
    """Split what a user typed into terms; words without a letter or digit vanish."""
    terms = []
    for *quoted, bare in _TERM.findall(query):
        words = tuple(words_of(bare or "".join(quoted)))
        if not words:
            continue
        is_prefix = bool(bare) and len(words[-1]) >= _SHORTEST_PREFIX
        terms.append(SearchTerm(words, is_prefix))
    return terms


def search(
    articles: ArticleQuerySet, query: str, *, limit: int = 20, offset: int = 0
) -> list[SearchHit]:
    """Return the best `limit` of `articles` in which all terms of `query` stand, best first."""
    terms = terms_of(query)
    if not terms:
        return []
    rows = _engine().find(articles, terms, limit, offset)
    by_key = Article.objects.for_list().in_bulk([pk for pk, _title, _snippet in rows])
    hits = []
    for pk, title, snippet in rows:
        if pk in by_key:  # else it was deleted between the two queries
            hits.append(SearchHit(by_key[pk], _marked(title), _marked(snippet)))
    return hits


def articles_with_words(words: str, *, as_beginnings: bool = False) -> set[int]:
    """Return the keys of all articles whose title or text holds every word of `words`, in any
    order.

    `as_beginnings` takes each for the beginning of a word.
    """
    wanted = words_of(words)
    if not wanted:
        return set()
    keys: set[int] = _engine().with_words(wanted, as_beginnings)
    return keys


def index(article_ids: Iterable[int]) -> None:
    """Bring the index up to date for these articles. Raises TooManyWords, in PostgreSQL, beyond
    1 MB of words."""
    _engine().index(list(article_ids))


def _engine() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql


def _marked(snippet: str) -> SafeString:
    """Return a snippet as HTML: escaped first, so that no `<mark>` of the text counts."""
    html = escape(snippet).replace(START, "<mark>").replace(END, "</mark>")
    return mark_safe(html)
