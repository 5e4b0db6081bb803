"""JSON: one array of objects, each an excerpt with its fields' own names, written one to a line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal

from annotations.excerpts import Excerpt
from annotations.figures import plain

_NAMES = tuple(field.name for field in fields(Excerpt))


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
    separator = "[\n"
    for excerpt in excerpts:
        known = {name: value for name in _NAMES if (value := getattr(excerpt, name)) not in ("", None)}
        yield separator + encode(known | {"tag": excerpt.tag, "citation": excerpt.citation()})
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def _plain(value: object) -> str:
    """Decimals as strings, so that none of their digits is lost; days as ISO 8601."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")
