"""The demonstration of the first version comes through all migrations, row for row.

`first_demo.jsonl` has every row of the archive that `make run` filled at the first version: a
JSON object a line, as `dumpdata` writes it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import models, transaction

from annotations.models import Annotation
from archive.compression import compress
from tests.support.migrating import migrate, migrate_to_newest

DEMO = Path(__file__).with_name("first_demo.jsonl")

Row = dict[str, Any]
# Rows by the name of their model and by primary key.
Rows = dict[str, dict[Any, Row]]

# What models and columns are called now.
MODELS_NOW = {"annotations.nameform": "annotations.spelling"}
COLUMNS_NOW = {"annotations.nameform": {"alone": "linkable"}}
# Columns whose values have rows of their own now (`annotations.party`), or follow from texts.
MOVED_TO_PARTIES = ("claimant_entity_id", "accused_entity_id")
CONTEXT_THEN = ("prefix", "suffix")


@pytest.fixture
def newest_afterwards(transactional_db: None) -> Iterator[None]:
    yield
    migrate_to_newest()


def load(apps: Apps) -> None:
    with transaction.atomic():
        for line in DEMO.read_text(encoding="utf-8").splitlines():
            stored = json.loads(line)
            model = apps.get_model(stored["model"])
            values = {}
            related = {}
            for name, value in stored["fields"].items():
                field = model._meta.get_field(name)
                if field.many_to_many:
                    related[name] = value
                else:
                    values[field.attname] = field.to_python(value)
            row = model(pk=model._meta.pk.to_python(stored["pk"]), **values)
            model._base_manager.bulk_create([row])
            for name, keys in related.items():
                getattr(row, name).set(keys)


def rows_of(apps: Apps) -> Rows:
    rows: Rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in ("archive", "annotations"):
            rows[model._meta.label_lower] = rows_of_model(model)
    return rows


def rows_of_model(model: type[models.Model]) -> dict[Any, Row]:
    rows = {}
    for row in model._base_manager.values():
        for name, value in row.items():
            if isinstance(value, memoryview):  # PostgreSQL
                row[name] = bytes(value)
        rows[row[model._meta.pk.attname]] = row
    return rows


def as_now(name: str, row: Row) -> Row:
    """Return a row of the first version as it is stored now, without what was moved."""
    columns = COLUMNS_NOW.get(name, {})
    expected = {columns.get(column, column): value for column, value in row.items()}
    for column in (*MOVED_TO_PARTIES, *CONTEXT_THEN):
        expected.pop(column, None)
    if name == "archive.capture":
        expected["compressed"] = compress(expected.pop("content"))
    return expected


def test_every_row_of_the_first_demonstration_is_still_there(
    newest_afterwards: None,
) -> None:
    first_version = migrate("0001_initial", archive="0002_search")
    load(first_version)
    before = rows_of(first_version)
    after = rows_of(migrate_to_newest())

    assert sum(map(len, before.values())) > 500
    for name, rows in before.items():
        rows_now = after[MODELS_NOW.get(name, name)]
        assert rows_now.keys() == rows.keys()
        for key, row in rows.items():
            expected = as_now(name, row)
            shared = {column: rows_now[key][column] for column in expected}
            assert shared == expected


def test_whom_the_first_allegations_point_at_are_their_parties_now(
    newest_afterwards: None,
) -> None:
    first_version = migrate("0001_initial", archive="0002_search")
    load(first_version)
    allegations = rows_of(first_version)["annotations.allegation"]
    expected = set()
    for key, row in allegations.items():
        for role in ("claimant", "accused"):
            if row[role]:
                expected.add((key, role, row[role], row[f"{role}_entity_id"]))

    parties = rows_of(migrate_to_newest())["annotations.party"].values()

    columns = ("allegation_id", "role", "name", "entity_id")
    assert {tuple(row[name] for name in columns) for row in parties} == expected
    assert len(parties) == len(expected) > 50


def test_what_stood_around_the_first_passages_follows_from_their_texts(
    newest_afterwards: None,
) -> None:
    first_version = migrate("0001_initial", archive="0002_search")
    load(first_version)
    annotations = rows_of(first_version)["annotations.annotation"]

    migrate_to_newest()

    assert len(annotations) > 100
    for mark in Annotation.objects.select_related("version"):
        context = (mark.selector.prefix, mark.selector.suffix)
        assert context == tuple(annotations[mark.pk][name] for name in CONTEXT_THEN)
