"""The lines of the journal as people read them: names instead of keys, and of each row only
what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.figures.parser import plain
from annotations.journal.recorder import MODELS, Snapshot
from annotations.models import Allegation, Annotation, Change, Entity, Figure, Measure, NameForm
from archive.models import TextVersion

_SILENT = frozenset(
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
    }
    | {"revision", "made_by", "made_at"}
)
"""Columns that follow from others, or that say nothing to a reader."""
_LABELS = {
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

_TELLING = ("exact", "text", "name", "note")
"""Columns of which one says best what a row is."""


@dataclass(frozen=True)
class ActDisplay:
    """A line for reading: of which words or name it is, and what the row said before and after,
    by label.

    Both are None where the row was not there, and empty where it stayed as it was.
    """

    line: Change
    words: str
    before: dict[str, str] | None
    after: dict[str, str] | None


def tell(lines: Iterable[Change], passages: Mapping[str, str]) -> list[ActDisplay]:
    """Put lines into words; `passages` gives the words of annotations by key. Costs six
    queries."""
    lines = list(lines)
    values = [values for line in lines for values in (line.before, line.after) if values]
    entities = Entity.objects.in_bulk(
        [*_keys(lines, Change.Table.ENTITY), *_pointed_at(values, Entity)]
    )
    versions = TextVersion.objects.only("number").in_bulk(_pointed_at(values, TextVersion))
    forms = NameForm.objects.only("text").in_bulk(_keys(lines, Change.Table.FORM))
    pointed_at = _pointed_at(values, Annotation) | _pointed_at(values, Figure)
    found = Annotation.objects.filter(pk__in=pointed_at).values_list("pk", "exact")
    passages = _there(lines, Change.Table.ANNOTATION, "exact") | dict(passages)
    passages |= {str(key): exact for key, exact in found}
    known_as = _there(lines, Change.Table.ENTITY, "name")
    known_as |= {str(key): entity.name for key, entity in entities.items()}
    names: dict[type[Any], dict[Any, str]] = {
        Entity: {int(key): name for key, name in known_as.items()},
        TextVersion: {key: str(version.number) for key, version in versions.items()},
        Measure: _measures(lines, values),
        Figure: passages,
        Annotation: passages,
        Allegation: _summaries(lines, values),
    }
    words = {
        Change.Table.ENTITY: known_as,
        Change.Table.FORM: {str(key): form.text for key, form in forms.items()},
    }

    def told(line: Change) -> ActDisplay:
        kept = line.before or line.after or {}
        here = words.get(Change.Table(line.table), passages).get(line.key, "")
        before, after = line.before, line.after
        if before is not None and after is not None:
            differing = [name for name in before if before[name] != after.get(name)]
            before, after = ({name: row[name] for name in differing} for row in (before, after))
        else:
            before, after = (
                row and {name: value for name, value in row.items() if value}
                for row in (before, after)
            )
        here = here or names[Allegation].get(
            kept.get("allegation", kept.get("claim", line.key)), ""
        )
        return ActDisplay(
            line,
            str(next((kept[name] for name in _TELLING if kept.get(name)), here)),
            *(
                None if row is None else _in_words(line.table, row, names)
                for row in (before, after)
            ),
        )

    return [told(line) for line in lines]


def _measures(lines: Iterable[Change], values: Iterable[Snapshot]) -> dict[int, str]:
    """Return the names of all measures that are pointed at, also of those that are gone."""
    gone = {int(key): name for key, name in _there(lines, Change.Table.MEASURE, "name").items()}
    return gone | dict(
        Measure.objects.filter(pk__in=_pointed_at(values, Measure)).values_list("pk", "name")
    )


def _summaries(lines: Iterable[Change], values: Iterable[Snapshot]) -> dict[str, str]:
    """Return what is alleged in all allegations that are pointed at, also in those that are
    gone."""
    found = Allegation.objects.filter(pk__in=_pointed_at(values, Allegation)).values_list(
        "pk", "summary"
    )
    return _there(lines, Change.Table.ALLEGATION, "summary") | {
        str(key): summary for key, summary in found
    }


def _in_words(
    table: str, row: Snapshot, names: Mapping[type[Any], Mapping[Any, str]]
) -> dict[str, str]:
    fields = {field.name: field for field in MODELS[table]._meta.concrete_fields}
    said = [
        (fields[name], value)
        for name, value in row.items()
        if name in fields and name not in _SILENT
    ]
    return {
        str(_LABELS.get(field.name, field.verbose_name)): _value(field, value, names)
        for field, value in said
    }


def _value(field: Any, value: Any, names: Mapping[type[Any], Mapping[Any, str]]) -> str:
    if value is None or value == "":
        return "—"
    if field.is_relation:
        return names.get(field.related_model, {}).get(value, str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, DecimalField):
        return plain(Decimal(value))
    return str(dict(field.flatchoices).get(value, value))


def _there(lines: Iterable[Change], table: Change.Table, name: str) -> dict[str, str]:
    """Return what the lines themselves say of rows that may be gone: one column, by the rows'
    keys."""
    rows = [
        (line.key, line.after or line.before or {}) for line in lines if line.table == table
    ]
    return {key: row[name] for key, row in rows if name in row}


def _keys(lines: Iterable[Change], table: Change.Table) -> list[int]:
    return [int(line.key) for line in lines if line.table == table]


def _pointed_at(rows: Iterable[Snapshot], model: type[Any]) -> set[Any]:
    """Return the keys of all rows of `model` at which these rows point."""
    pointing = {
        field.name
        for source in MODELS.values()
        for field in source._meta.concrete_fields
        if _is_to(field, model)
    }
    return {row[name] for row in rows for name in pointing & row.keys() if row[name]}


def _is_to(field: "Field[Any, Any]", model: type[Any]) -> bool:
    return field.is_relation and field.related_model is model
