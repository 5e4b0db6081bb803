"""Paging by key: a page begins after the last row of the one before it, so page 1,000 costs what page 1 costs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """Some rows; `after` is the key to pass on for the next ones, empty on the last page."""

    items: list[M]
    after: str
    is_first: bool

    def __len__(self) -> int:
        return len(self.items)


def keyset_page(queryset: QuerySet[M], after: str, size: int) -> KeysetPage[M]:
    """Return the `size` rows of `queryset` that follow the key `after` (empty: the first ones).

    The queryset must be ordered by fields that together are unique, such as `-sort_date, -pk`. A key that was
    not made here gives the first page.
    """
    order = [str(name) for name in queryset.query.order_by]
    values = _read(after, len(order))
    page = queryset
    if values:
        try:
            page = queryset.filter(_following(order, values))
        except (ValueError, ValidationError, TypeError, OverflowError, FieldDoesNotExist):
            values = []
    rows = list(page[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    key = json.dumps([_value(rows[-1], name) for name in order], cls=DjangoJSONEncoder) if more else ""
    return KeysetPage(rows, key, is_first=not values)


def with_parameter(query: QueryDict, **changes: str) -> str:
    """Return the query string of this page with some parameters changed or, where empty, taken away."""
    changed = query.copy()
    changed.pop("after", None)
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


def _following(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after `values`: beyond in the first field, or equal there and beyond in the next, and so on."""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.removeprefix("-")
        condition |= equal & Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{field: value})
    first, beyond = order[0].removeprefix("-"), "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{beyond}": values[0]}) & condition  # the first part is what an index can use


def _read(after: str, length: int) -> list[Any]:
    try:
        values = json.loads(after)
    except (ValueError, RecursionError):
        return []
    return values if isinstance(values, list) and len(values) == length and all(map(_is_storable, values)) else []


def _is_storable(value: Any) -> bool:
    """Say whether a database can compare with `value`: a text without NUL and without halves of surrogate pairs."""
    return not isinstance(value, str) or ("\0" not in value and value.encode(errors="ignore").decode() == value)


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for part in name.removeprefix("-").split("__"):
        value = getattr(value, part)
    return value
