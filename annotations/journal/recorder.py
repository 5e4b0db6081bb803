"""The journal: what people do to annotations and names, so that nothing is lost and every act
can be undone.

An `Act` is one thing that somebody did. While it lasts, whatever changes a row goes through its
`Recorder`:

    with journal.record(Act.Kind.CONFIRMED, by=editor, what="Kasymov") as lines:
        annotation.confirm()
        lines.save(annotation)

When the block ends the act is written with one `Change` for each row that is not what it was;
if it raises, neither the act nor its changes have happened. `annotations.editing.undo` reads
the lines back.

What the machine links is not written down: it can be found again from the text and the names.
What it takes back is, for the address that the mention had.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import CASCADE, SET_NULL, F, ForeignKey, Model, QuerySet
from django.utils import timezone

from annotations.models import (
    MENTIONS,
    Act,
    Addend,
    Allegation,
    Annotation,
    Answer,
    Change,
    Embargo,
    Entity,
    Figure,
    Measure,
    NameForm,
    Party,
    RefusedSpelling,
    StatusChange,
    Succession,
    Total,
)
from archive.models import Article, User

Snapshot = dict[str, Any]
"""The columns of a row by name, as JSON has them; other rows by their keys."""

MODELS: dict[str, type[Model]] = {
    Change.Table.ENTITY: Entity,
    Change.Table.FORM: NameForm,
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
"""What is journaled; each may point at those before it."""
_DERIVED = ("changed_at", "sort_date", "wording")
"""Columns that follow from other rows."""
ONLY_RISE = ("revision", "changed_at")
"""Columns by which pages notice a change: they are no part of what a row says, and undoing
raises them too."""
_GO_WITH: dict[type[Model], list[tuple[type[Model], str]]] = {
    Figure: [(Total, "addends__figure")]
}
"""What would not be true without one of these rows, beside what points at them: a total without
one of its figures."""
_ALWAYS_KEPT = {
    "annotation": ("entity", "state"),
    "party": ("allegation",),
    "statuschange": ("allegation",),
}
"""Kept with every change: what an editor may judge anew, to see whether one did; and what a row
is of."""
_AT_ONCE = 500
_FEW = 10


class Recorder:
    """The rows that an act has changed so far: each as it was before, None if it was not there,
    and as it is."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self._before: dict[tuple[str, str], Snapshot | None] = {}
        self._after: dict[tuple[str, str], Snapshot | None] = {}
        self._noted: set[tuple[str, str]] = set()

    def save(self, row: Model) -> None:
        """Save a row, new or changed."""
        there = None if row._state.adding else type(row)._base_manager.get(pk=row.pk)
        before = None if there is None else snapshot(there)
        row.save()
        self._put(row, before, snapshot(row))

    def delete(self, rows: Iterable[Model]) -> None:
        """Delete rows of one model, and what hangs on them: of an annotation its figure or
        allegation.

        What only points at them lets go of them.
        """
        rows = list(rows)
        for model, path in _hanging_on(rows):
            for some in batched(rows, _AT_ONCE):
                self.delete(model._base_manager.filter(**{f"{path}__in": some}).distinct())
        for column in _columns_to(rows, SET_NULL):
            for some in batched(rows, _AT_ONCE):
                pointing = column.model._base_manager.filter(**{f"{column.name}__in": some})
                self.update(pointing, **{column.attname: None})
        for row in rows:
            self._put(row, snapshot(row), None)
        for some in batched(rows, _AT_ONCE):
            type(some[0])._base_manager.filter(pk__in=[row.pk for row in some]).delete()

    def update(self, rows: Iterable[Model], **values: Any) -> int:
        """Set columns, given as attributes, to the same in all rows of one model; return how
        many there were."""
        found = list(rows)
        for row in found:
            self._put(row, *_changed(row, values))
        _set_alike(found, values)
        return len(found)

    def add(self, rows: Iterable[Model]) -> None:
        """Save new rows of one model, in bulk."""
        rows = list(rows)
        if rows:
            type(rows[0])._base_manager.bulk_create(rows, batch_size=_AT_ONCE)
        for row in rows:
            self._put(row, None, snapshot(row))

    def create(self, rows: Iterable[Model]) -> None:
        """Put rows of one model back, times and keys included; a form that saw one before it
        went is stale."""
        rows = list(rows)
        if not rows:
            return
        model = type(rows[0])
        if model is Annotation:
            _make_current(cast("list[Annotation]", rows))
        times = {row.pk: getattr(row, "made_at", None) for row in rows}
        self.add(rows)
        if any(times.values()):  # auto_now_add has set them to now
            for row in rows:
                row.made_at = times[row.pk]  # type: ignore[attr-defined]
            model._base_manager.bulk_update(rows, ["made_at"], batch_size=_AT_ONCE)
        for row in rows:
            self._put(row, None, snapshot(row))

    def alter(self, rows: Iterable[tuple[Model, Snapshot]]) -> None:
        """Set in each row of one model the columns of a snapshot, in bulk: where few differ, by
        an update for each."""
        alike: dict[frozenset[tuple[str, Any]], list[Model]] = defaultdict(list)
        names: set[str] = set()
        for row, values in rows:
            self._put(row, *_changed(row, as_fields(type(row), values)))
            alike[frozenset(values.items())].append(row)
            names |= values.keys() | _rising(row)
        changed = [row for some in alike.values() for row in some]
        if len(alike) <= _FEW:
            for key, some in alike.items():
                _set_alike(some, as_fields(type(some[0]), dict(key)))
        elif names:
            type(changed[0])._base_manager.bulk_update(
                changed, sorted(names), batch_size=_AT_ONCE
            )

    def note(self, row: Model) -> None:
        """Say that the act was about a row, though it did not change it."""
        self._noted.add(_key(row))

    def write(self) -> None:
        lines: dict[tuple[str, str], tuple[Snapshot | None, Snapshot | None]] = {
            key: ({}, {}) for key in self._noted
        }
        for key, before in self._before.items():
            if line := _difference(key[0], before, self._after[key]):
                lines[key] = line
        Change.objects.bulk_create(
            (
                Change(act=self.act, table=table, key=key, before=before, after=after)
                for (table, key), (before, after) in lines.items()
            ),
            batch_size=_AT_ONCE,
        )
        self._before, self._after, self._noted = {}, {}, set()

    def _put(self, row: Model, before: Snapshot | None, after: Snapshot | None) -> None:
        key = _key(row)
        self._before.setdefault(key, before)
        self._after[key] = after


class AlreadyDone(Exception):
    """This was asked for before, and done: `act` is what was done then."""

    def __init__(self, act: Act) -> None:
        super().__init__("done already")
        self.act = act


@contextmanager
def record(
    kind: Act.Kind,
    *,
    by: User | None,
    what: str = "",
    passages: int = 0,
    reason: str = "",
    article: Article | None = None,
    undoes: Act | None = None,
    origin: Act | None = None,
    key: UUID | None = None,
) -> Iterator[Recorder]:
    """Do something as one act of `by`, in one transaction; its `what` and `passages` may be set
    while it lasts.

    What is asked for with a `key` belongs inside `once(key)`.
    """
    with transaction.atomic():
        kept = {
            "kind": kind,
            "by": by,
            "reason": reason,
            "article": article,
            "undoes": undoes,
            "origin": origin,
        }
        recorder = Recorder(
            Act.objects.create(what=what[:300], passages=passages, key=key, **kept)
        )
        yield recorder
        recorder.write()
        recorder.act.save(update_fields=["what", "passages"])


@contextmanager
def once(key: UUID | None, by: User) -> Iterator[None]:
    """Do what `by` asks for under `key` unless it was done before, so that who hears no answer
    may ask again.

    Raises AlreadyDone, also where the same was asked for twice at the same moment.
    """
    _refuse_what_is_done(key, by)
    try:
        yield
    except Exception:
        _refuse_what_is_done(key, by)
        raise


def _refuse_what_is_done(key: UUID | None, by: User) -> None:
    if done := done_under(key, by):
        raise AlreadyDone(done)


def done_under(key: UUID | None, by: User) -> Act | None:
    """Return what `by` asked for under `key`, if it is done."""
    return Act.objects.filter(key=key, by=by).first() if key else None


def changes_of(annotation: Annotation | Any) -> QuerySet[Change]:
    """Return the lines of an annotation, given itself or its key, oldest first."""
    key = annotation.pk if isinstance(annotation, Annotation) else annotation
    lines = Change.objects.filter(table=Change.Table.ANNOTATION, key=str(key))
    return lines.select_related("act__by", "act__origin")


def snapshot(row: Model) -> Snapshot:
    """Return the columns of a row that undoing brings back, as JSON has them."""
    return {
        field.name: _as_json(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.name not in _DERIVED
    }


def as_fields(model: type[Model], values: Snapshot) -> dict[str, Any]:
    """Return a snapshot's values as `model` takes and holds them: under its attributes' names
    and in their types."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return {
        fields[name].attname: _as_python(fields[name], value) for name, value in values.items()
    }


def batched(items: list[Any], size: int) -> Iterator[list[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _hanging_on(rows: list[Model]) -> list[tuple[type[Model], str]]:
    """Return which journaled rows go with these rows of one model, and by which path; nothing
    hangs on a mention."""
    if all(isinstance(row, Annotation) and row.kind in MENTIONS for row in rows):
        return []
    return _GO_WITH.get(type(rows[0]), []) + [
        (column.model, column.name) for column in _columns_to(rows, CASCADE)
    ]


def _columns_to(rows: list[Model], on_delete: Any) -> "list[ForeignKey[Any, Any]]":
    """Return the columns of journaled rows that point at the model of `rows`, and do this where
    one of them goes."""
    return [
        column
        for model in MODELS.values()
        for column in model._meta.concrete_fields
        if isinstance(column, ForeignKey)
        and isinstance(next(iter(rows), None), column.related_model)
        and column.remote_field.on_delete is on_delete
    ]


def _key(row: Model) -> tuple[str, str]:
    return str(row._meta.model_name), str(row.pk)


def _difference(
    table: str, before: Snapshot | None, after: Snapshot | None
) -> tuple[Snapshot | None, Snapshot | None] | None:
    """What a line holds of a row; None if the row is what it was."""
    if before is None and after is None:
        return None
    if not before or not after:
        return before, after
    fields = {field.name: field for field in MODELS[table]._meta.concrete_fields}
    said = [name for name in before if name not in ONLY_RISE]
    names = [
        name
        for name in said
        if _as_python(fields[name], before[name]) != _as_python(fields[name], after[name])
    ]
    if not names:
        return None
    names += [name for name in _ALWAYS_KEPT.get(table, ()) if name not in names]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _changed(row: Model, values: dict[str, Any]) -> tuple[Snapshot, Snapshot]:
    """Set attributes of `row`, and what pages notice that were opened before; return what it
    was and what it is."""
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Annotation):
        row.revision += 1
    if hasattr(row, "changed_at"):
        row.changed_at = timezone.now()
    return before, snapshot(row)


def _set_alike(rows: list[Model], values: dict[str, Any]) -> None:
    """Set these columns in the database to the same in all rows of one model, and let rise what
    rises."""
    for some in batched(rows, _AT_ONCE):
        risen = {
            name: F(name) + 1 if name == "revision" else getattr(some[-1], name)
            for name in _rising(some[-1])
        }
        if values or risen:
            type(some[0])._base_manager.filter(pk__in=[row.pk for row in some]).update(
                **values, **risen
            )


def _rising(row: Model) -> set[str]:
    return {name for name in ONLY_RISE if hasattr(row, name)}


def _make_current(annotations: list[Annotation]) -> None:
    """Give annotations that come back what others have meanwhile: a further revision, and their
    article's date."""
    dates = dict(
        Article.objects.filter(pk__in={row.article_id for row in annotations}).values_list(
            "pk", "sort_date"
        )
    )
    for row in annotations:
        row.revision += 1
        row.sort_date = dates[row.article_id]


def _as_json(value: Any) -> Any:
    if isinstance(value, str | int | None):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _as_python(field: Any, value: Any) -> Any:
    return (field.target_field if field.is_relation else field).to_python(value)
