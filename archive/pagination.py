"""Pagination by key: a page begins after the last row of the one before it, so page 1,000 costs
as much as page 1.

The key is compared as one row value, `(a, b, c) > (x, y, z)`, which an index over a, b, c
answers with one search.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
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
    """Rows of a list. `after` is the key of the next page, `before` that of the page in front;
    each is empty at its end."""

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

    def read_from(self, queryset: QuerySet[M]) -> "KeysetPage[M]":
        """Return the page with its rows as `queryset` has them; those that are gone meanwhile
        are left out.

        For a list in an order that no index has: all its rows are sorted for each page, so they
        should have no more than the columns of the order.
        """
        keys = [row.pk for row in self.items]
        rows = queryset.in_bulk(keys)
        items = [rows[key] for key in keys if key in rows]
        return replace(self, items=items)


def page_asked(request: HttpRequest, queryset: QuerySet[M], size: int) -> KeysetPage[M]:
    """Return the page of `queryset` that the address asks for with `after` or `before`."""
    after = request.GET.get("after", "")
    before = request.GET.get("before", "")
    return keyset_page(queryset, after, size, before=before)


def keyset_page(
    queryset: QuerySet[M], after: str, size: int, *, before: str = ""
) -> KeysetPage[M]:
    """Return the `size` rows of `queryset` that follow the key `after`, or lead up to `before`;
    by default the first.

    The queryset must be ordered by fields that together are unique, all rising or all falling,
    such as `-sort_date, -pk`. A key that was not made here gives the first page; a page with
    too few rows in front of it to fill it is the first one.
    """
    if after:
        return _page_after(queryset, after, size)
    if before:
        return _page_before(queryset, before, size)
    return _first_page(queryset, size)


def _first_page(queryset: QuerySet[M], size: int) -> KeysetPage[M]:
    rows = list(queryset[: size + 1])
    return KeysetPage(rows[:size], after=_next_key(queryset, rows, size), before="")


def _page_after(queryset: QuerySet[M], key: str, size: int) -> KeysetPage[M]:
    rows = _rows(queryset, key, size + 1)
    if rows is None:
        return _first_page(queryset, size)
    # Beyond the last row there is an empty page, from which its own key leads back.
    before = key_of(queryset, rows[0]) if rows else key
    return KeysetPage(rows[:size], after=_next_key(queryset, rows, size), before=before)


def _page_before(queryset: QuerySet[M], key: str, size: int) -> KeysetPage[M]:
    rows = _rows(queryset.reverse(), key, size + 1)
    if rows is None or len(rows) <= size:
        return _first_page(queryset, size)
    shown = rows[:size]
    shown.reverse()  # they were read from the key backwards
    after, before = key_of(queryset, shown[-1]), key_of(queryset, shown[0])
    return KeysetPage(shown, after=after, before=before)


def _next_key(queryset: QuerySet[M], rows: list[M], size: int) -> str:
    """Return the key of the last row shown, if one more row was read after it."""
    if len(rows) <= size:
        return ""
    return key_of(queryset, rows[size - 1])


def key_of(queryset: QuerySet[M], row: M) -> str:
    """Return the key of a row in the order of `queryset`, to pass as `after` or `before`."""
    return json.dumps(_values(queryset, row), cls=DjangoJSONEncoder)


def following(queryset: QuerySet[M], row: M) -> QuerySet[M]:
    """Return the rows that come after `row` in the order of `queryset`, of which it need not be
    one."""
    return queryset.filter(_beyond(queryset, _values(queryset, row)))


def with_parameter(query: QueryDict, **changes: str) -> str:
    """Return the query string of this page with some parameters changed or, where empty,
    removed."""
    changed = query.copy()
    # Another list has other pages: begin at its first.
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
    """Return the condition that a row comes after the one with these values."""
    order = [str(name) for name in queryset.query.order_by]
    # Django uses these lookups for composite primary keys; of other tuples its documentation
    # says nothing.
    fields = Tuple(*(F(name.removeprefix("-")) for name in order))
    # A reversed queryset keeps its names and clears `standard_ordering`.
    is_descending = order[0].startswith("-") == queryset.query.standard_ordering
    if is_descending:
        return _Before(fields, values)
    return _After(fields, values)


def _read(key: str, length: int) -> list[Any]:
    """Return the values of a key; none where it is no list of `length` values."""
    try:
        values = json.loads(key)
    except (ValueError, RecursionError):
        return []
    if not isinstance(values, list) or len(values) != length:
        return []
    if not all(map(_is_storable, values)):
        return []
    return values


def _is_storable(value: Any) -> bool:
    """Say whether a database can compare with `value`: no text with NUL or half a surrogate
    pair, no huge number."""
    if isinstance(value, str):
        return "\0" not in value and value.encode(errors="ignore").decode() == value
    return isinstance(value, int) and abs(value) < _LARGEST


def _values(queryset: QuerySet[M], row: M) -> list[Any]:
    """Return what `row` is ordered by; a name such as `article__sort_date` is followed."""
    values = []
    for name in queryset.query.order_by:
        follow_name = attrgetter(str(name).removeprefix("-").replace("__", "."))
        values.append(follow_name(row))
    return values
