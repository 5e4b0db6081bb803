"""Rows of the journaled tables as JSON has them, and back."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from annotations.models import (
    Addend,
    Allegation,
    Annotation,
    Answer,
    Change,
    Embargo,
    Entity,
    Figure,
    Measure,
    Party,
    RefusedSpelling,
    Spelling,
    StatusChange,
    Succession,
    Total,
)

# The columns of a row by name, as JSON has them; other rows by their keys.
Snapshot = dict[str, Any]
# The table of a row and its primary key.
RowKey = tuple[str, str]

# Models by table, in an order in which each points only at those before it.
JOURNALED_MODELS: dict[str, type[Model]] = {
    Change.Table.ENTITY: Entity,
    Change.Table.SPELLING: Spelling,
    Change.Table.REFUSED: RefusedSpelling,
    Change.Table.ANNOTATION: Annotation,
    Change.Table.MEASURE: Measure,
    Change.Table.FIGURE: Figure,
    Change.Table.SUCCESSION: Succession,
    Change.Table.TOTAL: Total,
    Change.Table.ADDEND: Addend,
    Change.Table.ALLEGATION: Allegation,
    Change.Table.PARTY: Party,
    Change.Table.STATUS: StatusChange,
    Change.Table.ANSWER: Answer,
    Change.Table.EMBARGO: Embargo,
}

# Columns by which pages notice a change. They say nothing of the row itself, so a
# change of them alone is no change, and undoing increases them as well.
REVISION_COLUMNS = ("revision", "changed_at")
# Columns that are never journaled: those that follow from other rows and are computed
# again, and the one by which an act knows what it only made.
_DERIVED_COLUMNS = ("changed_at", "sort_date", "wording", "made_in")
# Columns that annotations had once: older lines of the journal have them still.
_DROPPED_COLUMNS = ("prefix", "suffix")


def snapshot(row: Model) -> Snapshot:
    """Return the columns of a row that undoing brings back, as JSON has them."""
    columns = {}
    for field in row._meta.concrete_fields:
        if field.name not in _DERIVED_COLUMNS:
            columns[field.name] = _to_json(field.value_from_object(row))
    return columns


def as_attributes(model: type[Model], values: Snapshot) -> dict[str, Any]:
    """Return a snapshot's values under the attributes of `model`, and in their types."""
    fields = fields_by_name(model)
    attributes = {}
    for name, value in values.items():
        if name in _DROPPED_COLUMNS:
            continue
        field = fields[name]
        attributes[field.attname] = to_python(field, value)
    return attributes


def key_of(row: Model) -> RowKey:
    return str(row._meta.model_name), str(row.pk)


def fields_by_name(model: type[Model]) -> dict[str, Any]:
    return {field.name: field for field in model._meta.concrete_fields}


def _to_json(value: Any) -> Any:
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def to_python(field: Any, value: Any) -> Any:
    if field.is_relation:
        field = field.target_field
    return field.to_python(value)
