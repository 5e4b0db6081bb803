"""JSON: one array of objects, each an excerpt with its fields' own names, written one to a
line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal

from annotations.core.figures.parser import plain
from annotations.export.excerpts import Excerpt

_NAMES = tuple(
    field.name
    for field in fields(Excerpt)
    if field.name not in ("read_text", "version_id")
)


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
    separator = "[\n"
    for excerpt in excerpts:
        values = {name: getattr(excerpt, name) for name in _NAMES}
        values["tag"] = excerpt.tag
        values["original_link"] = excerpt.original_link
        values["citation"] = excerpt.citation()
        filled = {
            name: value for name, value in values.items() if value not in ("", None)
        }
        yield separator + encode(filled)
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def _plain(value: object) -> str:
    """Decimals as strings, so that none of their digits is lost; days as ISO 8601."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")
