"""Rows of the archive as statements that would insert them once more: the floor of what writes
them."""

from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Insert:
    """Rows of a table as a statement that would insert them."""

    sql: str
    rows: list[tuple[Any, ...]]

    def run(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self.sql, self.rows)


def rows_of(table: str, column: str, key: Any) -> Insert:
    """Return the rows in whose `column` stands `key`; the names are our own."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s", [key])  # noqa: S608
        names = [connection.ops.quote_name(column[0]) for column in cursor.description]
        marks = ", ".join(["%s"] * len(names))
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
        return Insert(sql, cursor.fetchall())
