"""Inserting many rows at once, several times faster than `bulk_create`: no model instance is
made, and a value that many rows have is made ready for the database once."""

from collections.abc import Hashable, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import (
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)


def insert_rows(
    model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Hashable, ...]]
) -> None:
    """Insert `rows`, each a tuple of the values of `columns`, which are names of fields;
    relations are given as keys.

    Columns that are not given get the default of their field. `save()` and `auto_now` have no
    part in it.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    given = set(columns)
    values = dict(zip(columns, zip(*rows, strict=True), strict=True))
    names, prepared = [], []
    for field in model._meta.concrete_fields:
        if field.name in given:
            column = _prepared(field, values[field.name], connection)
        elif field.primary_key:
            continue  # the database counts
        else:
            default = field.get_db_prep_save(field.get_default(), connection)
            column = [default] * len(rows)
        names.append(connection.ops.quote_name(str(field.column)))
        prepared.append(column)
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(names))
    into = f"{table} ({', '.join(names)})"
    statement = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*prepared, strict=True)))


def existing_keys(model: type[Model], keys: Sequence[Hashable]) -> list[Any]:
    """Return those of these primary keys that rows of a model have. Of a thousand that it has
    not, this takes a fifth of the time of a queryset."""
    if not keys:
        return []
    connection = connections[router.db_for_read(model)]
    field = model._meta.pk
    prepared = {field.get_db_prep_value(key, connection): key for key in keys}
    table = connection.ops.quote_name(model._meta.db_table)
    column = connection.ops.quote_name(str(field.column))
    marks = ", ".join(["%s"] * len(prepared))
    statement = f"SELECT {column} FROM {table} WHERE {column} IN ({marks})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, list(prepared))
        return [prepared[key] for (key,) in cursor.fetchall()]


def _prepared(
    field: "Field[Any, Any]", values: Sequence[Hashable], connection: Any
) -> Sequence[Any]:
    """Return the values of one column as the database takes them."""
    if isinstance(field, CharField | TextField | IntegerField):
        return values  # drivers take them as they are
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, UUIDField):  # hardly any is twice among them
        return [field.get_db_prep_save(value, connection) for value in values]
    prepared = {}
    for value in set(values):
        prepared[value] = field.get_db_prep_save(value, connection)
    return [prepared[value] for value in values]
