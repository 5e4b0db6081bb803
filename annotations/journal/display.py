"""The changes of an act as people read them: names instead of keys, and of each row only what
differs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.figures.parser import plain
from annotations.journal.snapshots import JOURNALED_MODELS, Snapshot
from annotations.models import (
    Allegation,
    Annotation,
    Change,
    Entity,
    Figure,
    Measure,
    Spelling,
)
from archive.models import TextVersion

# Columns that follow from others, or that say nothing to a reader.
_HIDDEN_COLUMNS = frozenset(
    {
        "id",
        "article",
        "annotation",
        "allegation",
        "position",
        "prefix",
        "suffix",
        "paragraph",
        "slug",
        "script",
        "named_in",
        "revision",
        "made_by",
        "made_at",
    }
)
_COLUMN_LABELS = {
    "entity": gettext_lazy("who or where is meant"),
    "version": gettext_lazy("text version"),
    "start": gettext_lazy("from character"),
    "end": gettext_lazy("to character"),
    "exact": gettext_lazy("words"),
    "reason": gettext_lazy("why the machine thinks so"),
    "merged_into": gettext_lazy("merged into"),
    "said_by_entity": gettext_lazy("according to, as known here"),
    "place_entity": gettext_lazy("where it is said to have happened, as known here"),
    "claim": gettext_lazy("what is answered"),
    "answer": gettext_lazy("the answer"),
}
# Columns of which the first that is filled says best which row it is.
_IDENTIFYING_COLUMNS = ("exact", "text", "name", "note")


@dataclass(frozen=True)
class ChangeDisplay:
    """A change for reading: of which words or name it is, and what the row said before and
    after, by label.

    `before` is None where the row was not there yet, `after` where it is gone; both are empty
    where it stayed as it was.
    """

    line: Change
    words: str
    before: dict[str, str] | None
    after: dict[str, str] | None


def display_changes(
    changes: Iterable[Change], passages: Mapping[str, str]
) -> list[ChangeDisplay]:
    """Put changes into words; `passages` gives the words of annotations by key.

    Costs seven queries, however many changes there are.
    """
    changes = list(changes)
    names = _names_in(changes, passages)
    return [_display(change, names) for change in changes]


@dataclass
class _Names:
    """What rows are called, by their keys, also where they are gone."""

    by_model: dict[type[Model], dict[Any, str]]
    by_table: dict[str, dict[str, str]]
    passages: dict[str, str]


def _names_in(changes: list[Change], passages: Mapping[str, str]) -> _Names:
    """Look up the names of all rows that changes are of, or point at."""
    snapshots = []
    for change in changes:
        snapshots += [row for row in (change.before, change.after) if row]

    entity_names = _recorded(changes, Change.Table.ENTITY, "name")
    entity_ids = _keys(changes, Change.Table.ENTITY) | _pointed_at(snapshots, Entity)
    for key, name in Entity.objects.filter(pk__in=entity_ids).values_list("pk", "name"):
        entity_names[str(key)] = name

    measure_names = {}
    for recorded_key, name in _recorded(changes, Change.Table.MEASURE, "name").items():
        measure_names[int(recorded_key)] = name
    measures = Measure.objects.filter(pk__in=_pointed_at(snapshots, Measure))
    measure_names.update(measures.values_list("pk", "name"))

    summaries = _recorded(changes, Change.Table.ALLEGATION, "summary")
    allegations = Allegation.objects.filter(pk__in=_pointed_at(snapshots, Allegation))
    for allegation_key, summary in allegations.values_list("pk", "summary"):
        summaries[str(allegation_key)] = summary

    words = _recorded(changes, Change.Table.ANNOTATION, "exact") | dict(passages)
    passage_ids = _pointed_at(snapshots, Annotation) | _pointed_at(snapshots, Figure)
    annotations = Annotation.objects.filter(pk__in=passage_ids)
    for annotation_key, exact in annotations.values_list("pk", "exact"):
        words[str(annotation_key)] = exact

    versions = TextVersion.objects.filter(pk__in=_pointed_at(snapshots, TextVersion))
    numbers = {key: str(number) for key, number in versions.values_list("pk", "number")}

    spellings = Spelling.objects.filter(pk__in=_keys(changes, Change.Table.SPELLING))
    texts = {str(key): text for key, text in spellings.values_list("pk", "text")}

    return _Names(
        by_model={
            Entity: {int(key): name for key, name in entity_names.items()},
            TextVersion: numbers,
            Measure: measure_names,
            Figure: words,
            Annotation: words,
            Allegation: summaries,
        },
        by_table={Change.Table.ENTITY: entity_names, Change.Table.SPELLING: texts},
        passages=words,
    )


def _display(change: Change, names: _Names) -> ChangeDisplay:
    if change.before is not None and change.after is not None:
        differing = []
        for name, value in change.before.items():
            if value != change.after.get(name):
                differing.append(name)
        before: Snapshot | None = {name: change.before[name] for name in differing}
        after: Snapshot | None = {name: change.after[name] for name in differing}
    else:
        before, after = _filled(change.before), _filled(change.after)
    return ChangeDisplay(
        change,
        _words_of(change, names),
        _labelled(change.table, before, names),
        _labelled(change.table, after, names),
    )


def _filled(row: Snapshot | None) -> Snapshot | None:
    if row is None:
        return None
    return {name: value for name, value in row.items() if value}


def _words_of(change: Change, names: _Names) -> str:
    """Return by which words or name a reader knows the row of a change."""
    row = change.before or change.after or {}
    for column in _IDENTIFYING_COLUMNS:
        if row.get(column):
            return str(row[column])
    known_names = names.by_table.get(change.table, names.passages)
    if known_names.get(change.key):
        return known_names[change.key]
    allegation = row.get("allegation", row.get("claim", change.key))
    return names.by_model[Allegation].get(allegation, "")


def _labelled(table: str, row: Snapshot | None, names: _Names) -> dict[str, str] | None:
    """Return label -> value for the columns of a row that mean something to a reader."""
    if row is None:
        return None
    fields = {
        field.name: field for field in JOURNALED_MODELS[table]._meta.concrete_fields
    }
    labelled = {}
    for column, value in row.items():
        # A column that a later migration removed is still in old changes.
        if column in _HIDDEN_COLUMNS or column not in fields:
            continue
        label = _COLUMN_LABELS.get(column, fields[column].verbose_name)
        labelled[str(label)] = _display_value(fields[column], value, names)
    return labelled


def _display_value(field: Any, value: Any, names: _Names) -> str:
    if value is None or value == "":
        return "—"
    if field.is_relation:
        return names.by_model.get(field.related_model, {}).get(value, str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, DecimalField):
        return plain(Decimal(value))
    return str(dict(field.flatchoices).get(value, value))


def _recorded(
    changes: list[Change], table: Change.Table, column: str
) -> dict[str, str]:
    """Return what the changes themselves say of rows that may be gone: one column, by key."""
    recorded = {}
    for change in changes:
        row = change.after or change.before or {}
        if change.table == table and column in row:
            recorded[change.key] = row[column]
    return recorded


def _keys(changes: list[Change], table: Change.Table) -> set[int]:
    return {int(change.key) for change in changes if change.table == table}


def _pointed_at(rows: list[Snapshot], model: type[Model]) -> set[Any]:
    """Return the keys of all rows of `model` at which these rows point."""
    columns = set(_columns_to(model))
    keys = set()
    for row in rows:
        for column in columns & row.keys():
            if row[column]:
                keys.add(row[column])
    return keys


def _columns_to(model: type[Model]) -> Iterator[str]:
    """Yield the names of all columns in which a journaled model points at `model`."""
    for source in JOURNALED_MODELS.values():
        for field in source._meta.concrete_fields:
            if field.is_relation and field.related_model is model:
                yield field.name
