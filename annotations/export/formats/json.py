"""JSON: one array of objects, each an excerpt with its fields' own names, written one to a
line.

What is the same for all passages of a text is encoded once for all of them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from json.encoder import encode_basestring
from operator import attrgetter, itemgetter
from typing import Any

from annotations.core.figures.parser import plain
from annotations.export.excerpts import Excerpt

# In the order in which they are written, after the permalink; from `entity` on they stand
# after those of the text.
_PASSAGE = slice(Excerpt._fields.index("kind"), Excerpt._fields.index("entity"))
_TAG = slice(Excerpt._fields.index("entity"), None)
_TEXT = (
    "text_sha256",
    "capture_sha256",
    "title",
    "title_transliterated",
    "title_translated",
    "authors",
    "credit",
    "publisher",
    "published",
    "language",
    "original_address",
)


def _keys(names: Iterable[str]) -> list[str]:
    """Return the beginnings of members that others stand before."""
    return [f', "{name}": ' for name in names]


_PASSAGE_KEYS = _keys(Excerpt._fields[_PASSAGE])
_TAG_KEYS = _keys(Excerpt._fields[_TAG])
_TEXT_KEYS = _keys(_TEXT)
_MADE_UP_KEYS = _keys(["tag", "original_link", "citation"])
_passage_of = itemgetter(_PASSAGE)
_tag_of = itemgetter(_TAG)
_text_of = attrgetter(*_TEXT)


@lru_cache(maxsize=1024)  # the same few come again and again
def _quoted(value: date | datetime) -> str:
    return f'"{value.isoformat()}"'


# Decimals are strings, so that none of their digits is lost; days are ISO 8601.
_ENCODERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    Decimal: lambda value: f'"{plain(value)}"',
    date: _quoted,
    datetime: _quoted,
}


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    separator = "[\n"
    for source, passages in groupby(excerpts, attrgetter("source")):
        address = _members(_keys(["text_address"]), [source.text_address])
        version = _members(
            _keys(["accessed", "version"]), [source.accessed, source.version]
        )
        text = _members(_TEXT_KEYS, _text_of(source))
        for excerpt in passages:
            entity_address = ""
            if excerpt.entity_address:
                entity_address = (
                    f', "entity_address": {encode_basestring(excerpt.entity_address)}'
                )
            yield (
                f'{separator}{{"permalink": {encode_basestring(excerpt.permalink)}'
                f"{address}{entity_address}{version}"
                f"{_members(_PASSAGE_KEYS, _passage_of(excerpt))}{text}"
                f"{_members(_TAG_KEYS, _tag_of(excerpt))}{_made_up(excerpt)}}}"
            )
            separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def _members(keys: Iterable[str], values: Iterable[Any]) -> str:
    """Return the members of an object whose values are known."""
    members = []
    for key, value in zip(keys, values, strict=True):
        # Most are empty; 0 is known.
        if value or value == 0:
            members.append(key + _ENCODERS[type(value)](value))
    return "".join(members)


def _made_up(excerpt: Excerpt) -> str:
    """Return the members that are made of others: the tag in words, a link and a citation."""
    values = (excerpt.tag, excerpt.original_link, excerpt.citation())
    return _members(_MADE_UP_KEYS, values)
