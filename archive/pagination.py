"""Paging by key: a page begins after the last row of the one before it, so page 1,000 costs
what page 1 costs.

The key is compared as one row value, `(a, b, c) > (x, y, z)`, which an index over a, b, c
answers with one search.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.lookups import GreaterThan, LessThan
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest, QueryDict

M = TypeVar("M", bound=Model)

_LARGEST = 2**63


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """Some rows. `after` is the key to pass on for the next ones, `before` for those in front;
    empty at the ends."""

    items: list[M]
    after: str
    before: str

    def __len__(self) -> int:
        return len(self.items)

    @property
    def is_first(self) -> bool:
        return not self.before

    @property
    def is_whole(self) -> bool:
        """Say whether there is nothing before it and nothing after it."""
        return not self.before and not self.after


def page_asked(request: HttpRequest, queryset: QuerySet[M], size: int) -> KeysetPage[M]:
    """Return the page of `queryset` that the address asks for with `after` or `before`."""
    return keyset_page(
        queryset, request.GET.get("after", ""), size, before=request.GET.get("before", "")
    )


def keyset_page(
    queryset: QuerySet[M], after: str, size: int, *, before: str = ""
) -> KeysetPage[M]:
    """Return the `size` rows of `queryset` that follow the key `after`, or lead up to `before`;
    by default the first.

    The queryset must be ordered by fields that together are unique, all rising or all falling,
    such as `-sort_date, -pk`. A key that was not made here gives the first page; a page with
    too few rows in front of it to fill it is the first one.
    """
    if before and not after:
        rows = _rows(queryset.reverse(), before, size + 1)
        if rows is not None and len(rows) > size:
            rows = rows[:size][::-1]
            return KeysetPage(
                rows, after=key_of(queryset, rows[-1]), before=key_of(queryset, rows[0])
            )
        after = ""
    found = _rows(queryset, after, size + 1) if after else None
    rows = list(queryset[: size + 1]) if found is None else found
    shown = rows[:size]
    return KeysetPage(
        shown,
        after=key_of(queryset, shown[-1]) if len(rows) > size else "",
        before="" if found is None else key_of(queryset, shown[0]) if shown else after,
    )


def key_of(queryset: QuerySet[M], row: M) -> str:
    """Return the key of a row in the order of `queryset`: the rows `after` it are those that
    follow it."""
    return json.dumps(_values(queryset, row), cls=DjangoJSONEncoder)


def following(queryset: QuerySet[M], row: M) -> QuerySet[M]:
    """Return the rows that come after `row` in the order of `queryset`, of which it need not be
    one."""
    return queryset.filter(_beyond(queryset, _values(queryset, row)))


def with_parameter(query: QueryDict, **changes: str) -> str:
    """Return the query string of this page with some parameters changed or, where empty, taken
    away."""
    changed = query.copy()
    for page in ("after", "before", "at"):
        changed.pop(page, None)
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


def _rows(queryset: QuerySet[M], key: str, most: int) -> list[M] | None:
    """Return the first rows beyond a key; None where it was not made here."""
    values = _read(key, len(queryset.query.order_by))
    if not values:
        return None
    try:
        return list(queryset.filter(_beyond(queryset, values))[:most])
    except (ValueError, ValidationError, TypeError, OverflowError, FieldDoesNotExist):
        return None


class _After(TupleGreaterThan):
    """A row value on SQLite too: Django would write ORs there, for which SQLite reads all rows
    of the list."""

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any]:
        return GreaterThan.as_sql(self, compiler, connection)


class _Before(TupleLessThan):
    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any]:
        return LessThan.as_sql(self, compiler, connection)


def _beyond(queryset: QuerySet[M], values: Sequence[Any]) -> _After | _Before:
    order = [str(name) for name in queryset.query.order_by]
    falls = order[0].startswith("-") == queryset.query.standard_ordering
    # Django uses these lookups for composite primary keys; of other tuples its documentation
    # says nothing.
    fields = Tuple(*(F(name.removeprefix("-")) for name in order))
    return _Before(fields, values) if falls else _After(fields, values)


def _read(key: str, length: int) -> list[Any]:
    try:
        values = json.loads(key)
    except (ValueError, RecursionError):
        return []
    return (
        values
        if isinstance(values, list) and len(values) == length and all(map(_is_storable, values))
        else []
    )


def _is_storable(value: Any) -> bool:
    """Say whether a database can compare with `value`: no text with NUL or half a surrogate
    pair, no huge number."""
    if isinstance(value, str):
        return "\0" not in value and value.encode(errors="ignore").decode() == value
    return isinstance(value, int) and abs(value) < _LARGEST


def _values(queryset: QuerySet[M], row: M) -> list[Any]:
    return [
        reduce(getattr, str(name).removeprefix("-").split("__"), row)
        for name in queryset.query.order_by
    ]
