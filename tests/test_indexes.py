"""Indexes cost room and time with each row that is written."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

APPS = ("annotations", "archive")
TABLES = sorted(
    model._meta.db_table
    for app in APPS
    for model in apps.get_app_config(app).get_models()
)


def indexed_columns(table: str) -> dict[str, list[str]]:
    """Return the columns of each index of `table`, by its name."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    indexed = {}
    for name, constraint in constraints.items():
        # PostgreSQL has such an index of a text beside its usual one, for searches by LIKE.
        is_for_patterns = name.endswith("_like")
        has_index = constraint["index"] or constraint["unique"]
        if has_index and not is_for_patterns:
            indexed[name] = constraint["columns"]
    return indexed


@pytest.mark.parametrize("table", TABLES)
def test_no_index_is_only_the_beginning_of_another(table: str) -> None:
    indexed = indexed_columns(table)
    doubled = []
    for name, columns in indexed.items():
        others = [indexed[other] for other in indexed if other != name]
        if any(other[: len(columns)] == columns for other in others):
            doubled.append(name)
    assert doubled == []


def test_the_indexes_of_a_table_are_seen_here() -> None:
    columns = indexed_columns("annotations_party").values()
    assert ["allegation_id", "role", "position"] in columns
    assert ["entity_id"] in columns
