"""The journal: what people do to annotations and names, so that nothing is lost and every act
can be undone.

An `Act` is one thing that somebody did. While it lasts, whatever changes a row goes through its
`Recorder`:

    with journal.record(Act.Kind.CONFIRMED, by=editor, what="Kasymov") as recorder:
        recorder.update([annotation], state=State.CONFIRMED)

When the block ends the act is written with one `Change` for each row that is not what it was.
If the block raises, neither the act nor its changes have happened. `annotations.editing.undo`
reads the changes back.

What the machine links is not written down: it can be found again from the text and the names.
What the machine takes back is written down, because a mention has an address of its own.

What an act makes in bulk (`Recorder.make`) is not copied: `made` says how it is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import CASCADE, SET_NULL, F, ForeignKey, Model, QuerySet
from django.utils import timezone

from annotations.journal.bulk import insert_rows
from annotations.journal.made import creations, forget, made_by, passage_of_row
from annotations.journal.snapshots import (
    JOURNALED_MODELS,
    REVISION_COLUMNS,
    RowKey,
    Snapshot,
    as_attributes,
    fields_by_name,
    key_of,
    snapshot,
    to_python,
)
from annotations.models import (
    MENTIONS,
    Act,
    Annotation,
    Change,
    Figure,
    Kind,
    TagCount,
    Total,
)
from archive.batches import BATCH_SIZE, batched
from archive.models import Article, User, raise_articles, raise_everything

# Columns that every change of a row has: what an editor may judge anew, so that undoing
# can see whether one did, and which allegation a row belongs to.
_ALWAYS_WRITTEN = {
    "annotation": ("entity", "state"),
    "party": ("allegation",),
    "statuschange": ("allegation",),
}
# What would be untrue without a row, beside what points at it: a total without a figure
# in it.
_DELETED_WITH: dict[type[Model], list[tuple[type[Model], str]]] = {
    Figure: [(Total, "addends__figure")]
}
# Up to so many different changes are made by an UPDATE each, which is quicker than one
# bulk_update with a CASE for every row.
_FEW_DIFFERENT_CHANGES = 10


class Recorder:
    """Changes rows for an act, and remembers what each row was before and is now."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self._before: dict[RowKey, Snapshot | None] = {}
        self._after: dict[RowKey, Snapshot | None] = {}
        self._noted: set[RowKey] = set()
        # In which acts those passages were made that are touched.
        self._made_in: dict[UUID, int] = {}
        # What readers see of the rows: in the pages of these articles, or anywhere.
        self._articles: set[int] = set()
        self._is_seen_anywhere = False
        # The articles in which something is tagged otherwise than before.
        self._tagged: set[int] = set()

    def save(self, row: Model) -> None:
        """Save a row, new or changed.

        Hazard: unlike `update`, it does not increment the revision of an annotation. Whoever
        changes one and saves it does so, or forms that saw it before would overwrite it.
        """
        before = None
        if not row._state.adding:
            stored = type(row)._base_manager.get(pk=row.pk)
            before = snapshot(stored)
        row.save()
        self._remember(row, before, snapshot(row))

    def delete(self, rows: Iterable[Model]) -> None:
        """Delete rows of one model, and what cannot be without them: of an annotation its
        figure or allegation. What only points at them is set to null.
        """
        rows = list(rows)
        for model, path in _dependents_of(rows):
            for batch in batched(rows):
                self.delete(
                    model._base_manager.filter(**{f"{path}__in": batch}).distinct()
                )
        for column in _columns_pointing_at(rows, SET_NULL):
            for batch in batched(rows):
                pointing = column.model._base_manager.filter(
                    **{f"{column.name}__in": batch}
                )
                self.update(pointing, **{column.attname: None})
        for row in rows:
            self._remember(row, snapshot(row), None)
        for batch in batched(rows):
            keys = [row.pk for row in batch]
            type(batch[0])._base_manager.filter(pk__in=keys).delete()

    def update(self, rows: Iterable[Model], **values: Any) -> int:
        """Set the same values, by attribute name, in all rows of one model. Returns how many
        rows there were."""
        rows = list(rows)
        for row in rows:
            self._set_attributes(row, values)
        _update_rows(rows, values)
        return len(rows)

    def update_each(self, changes: Iterable[tuple[Model, Snapshot]]) -> None:
        """Set in each row of one model the columns that its snapshot gives.

        An empty snapshot only increments the row's revision.
        """
        rows_by_change = defaultdict[frozenset[tuple[str, Any]], list[Model]](list)
        columns: set[str] = set()
        rows = []
        for row, values in changes:
            self._set_attributes(row, as_attributes(type(row), values))
            rows_by_change[frozenset(values.items())].append(row)
            columns |= values.keys() | _revision_columns_of(row)
            rows.append(row)
        if len(rows_by_change) <= _FEW_DIFFERENT_CHANGES:
            for change, alike in rows_by_change.items():
                _update_rows(alike, as_attributes(type(alike[0]), dict(change)))
        elif columns:
            manager = type(rows[0])._base_manager
            manager.bulk_update(rows, sorted(columns), batch_size=BATCH_SIZE)

    def bulk_create(self, rows: Iterable[Model]) -> None:
        """Save new rows of one model."""
        rows = list(rows)
        if rows:
            type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH_SIZE)
        for row in rows:
            self._remember(row, None, snapshot(row))

    def make(
        self,
        model: type[Model],
        columns: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
    ) -> None:
        """Insert many new rows of one model, each a tuple of the values of `columns`, in which
        relations are keys. Nothing else is set: a column that is not given gets its default.

        They are not copied into the journal (see `made`). Annotations come first; figures,
        allegations, parties and statuses must be of annotations that this act made.
        """
        if model is Annotation:
            columns = (*columns, "made_in")
            rows = [(*row, self.act.pk) for row in rows]
            article = columns.index("article")
            self._tagged.update(row[article] for row in rows)
        insert_rows(model, columns, rows)
        self._is_seen_anywhere = True

    def restore(self, rows: Iterable[Model]) -> None:
        """Bring rows of one model back with their keys and times.

        The revision of an annotation is incremented, so that a form which saw it before it was
        deleted is out of date.
        """
        rows = list(rows)
        if not rows:
            return
        model = type(rows[0])
        annotations = [row for row in rows if isinstance(row, Annotation)]
        _bring_up_to_date(annotations)
        times = [getattr(row, "made_at", None) for row in rows]
        self.bulk_create(rows)
        if any(times):
            # auto_now_add has just set made_at to now.
            for row, made_at in zip(rows, times, strict=True):
                row.made_at = made_at  # type: ignore[attr-defined]
            model._base_manager.bulk_update(rows, ["made_at"], batch_size=BATCH_SIZE)
        for row in rows:
            self._remember(row, None, snapshot(row))

    def note(self, row: Model) -> None:
        """Record that the act was about a row, even if it did not change it."""
        self._noted.add(key_of(row))

    def write(self) -> None:
        """Write a `Change` for each row that is not what it was, and for each that was noted."""
        differences: dict[RowKey, tuple[Snapshot | None, Snapshot | None]] = {}
        for key in self._noted:
            differences[key] = ({}, {})
        own_passages = self._write_down_touched()
        for key, before in self._before.items():
            after = self._after[key]
            difference = _difference(key[0], before, after)
            if difference is None or _passage(key, before, after) in own_passages:
                continue
            differences[key] = difference
        changes = []
        for (table, key_in_table), (before, after) in differences.items():
            change = Change(act=self.act, table=table, key=key_in_table)
            change.before = before
            change.after = after
            changes.append(change)
        Change.objects.bulk_create(changes, batch_size=BATCH_SIZE)
        self._before, self._after, self._noted = {}, {}, set()
        self._made_in = {}
        TagCount.objects.recount(self._tagged)
        self._tagged = set()
        self._raise_generations()

    def _write_down_touched(self) -> set[UUID]:
        """Write down what other acts made of the passages that were touched, before what this
        act did to them. Return the passages that this act made itself: of those nothing is
        written."""
        touched = set()
        for key, before in self._before.items():
            passage = _passage(key, before, self._after[key])
            if passage is not None:
                touched.add(passage)
        annotations = {key for table, key in self._before if table == "annotation"}
        # Of annotations that were touched themselves it is known already.
        others = [passage for passage in touched if str(passage) not in annotations]
        for batch in batched(others):
            made = Annotation.objects.filter(pk__in=batch, made_in__isnull=False)
            self._made_in.update(made.values_list("pk", "made_in"))
        own, others_made = set(), {}
        for passage, act in self._made_in.items():
            if act == self.act.pk:
                own.add(passage)
            else:
                others_made[passage] = act
        if others_made:
            changes = creations(others_made, self._before)
            Change.objects.bulk_create(changes, batch_size=BATCH_SIZE)
            forget(others_made)
        return own

    def _set_attributes(self, row: Model, values: dict[str, Any]) -> None:
        """Set attributes of `row` and its revision, and remember the change. Saves nothing."""
        before = snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        if isinstance(row, Annotation):
            row.revision += 1
        if hasattr(row, "changed_at"):
            row.changed_at = timezone.now()
        self._remember(row, before, snapshot(row))

    def _remember(
        self, row: Model, before: Snapshot | None, after: Snapshot | None
    ) -> None:
        if isinstance(row, Annotation) and row.made_in_id is not None:
            self._made_in[row.pk] = row.made_in_id
            if row.made_in_id != self.act.pk:
                # Saved again, it is not to say what `write` makes it forget.
                row.made_in_id = None
        # A row may be changed several times in one act: what it was first is what counts.
        key = key_of(row)
        self._before.setdefault(key, before)
        self._after[key] = after
        if isinstance(row, Annotation):
            self._tagged.add(row.article_id)
        if isinstance(row, Annotation) and row.kind != Kind.ALLEGATION:
            self._articles.add(row.article_id)
        elif not self._is_detail_of_changed(row):
            self._is_seen_anywhere = True

    def _is_detail_of_changed(self, row: Model) -> bool:
        """Say whether a row is the figure of an annotation that the act changes too."""
        key = (Change.Table.ANNOTATION.value, str(row.pk))
        return isinstance(row, Figure) and key in self._before

    def _raise_generations(self) -> None:
        """Let readers see what the act has changed with their next request."""
        if self._is_seen_anywhere:
            raise_everything()
        elif self._articles:
            raise_articles(*self._articles)
        self._articles, self._is_seen_anywhere = set(), False


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
    """Do something as one act of `by`, in one transaction.

    `recorder.act.what` and `.passages` may be set while it lasts. What is asked for with a
    `key` belongs inside `once(key)`.
    """
    with transaction.atomic():
        act = Act.objects.create(
            kind=kind,
            by=by,
            what=what[:300],
            passages=passages,
            reason=reason,
            article=article,
            undoes=undoes,
            origin=origin,
            key=key,
        )
        recorder = Recorder(act)
        yield recorder
        recorder.write()
        act.save(update_fields=["what", "passages"])


@contextmanager
def once(key: UUID | None, by: User) -> Iterator[None]:
    """Do what `by` asks for under `key` unless it was done before.

    Whoever hears no answer may so ask again. Raises AlreadyDone, also where the same was asked
    for twice at the same moment: the database then refuses the second, because an account has
    each key once.
    """
    _raise_if_done(key, by)
    try:
        yield
    except Exception:
        _raise_if_done(key, by)
        raise


def _raise_if_done(key: UUID | None, by: User) -> None:
    act = act_under(key, by)
    if act is not None:
        raise AlreadyDone(act)


def act_under(key: UUID | None, by: User) -> Act | None:
    """Return what `by` asked for under `key`, if it is done."""
    if key is None:
        return None
    return Act.objects.filter(key=key, by=by).first()


def changes_of(annotation: Annotation) -> list[Change]:
    """Return the changes of an annotation, oldest first."""
    changes = list(changes_under(annotation.pk))
    if annotation.made_in_id is not None:
        acts = Act.objects.select_related("by", "origin")
        making = Change(table=Change.Table.ANNOTATION, key=str(annotation.pk))
        making.act = acts.get(pk=annotation.made_in_id)
        making.after = snapshot(annotation)
        changes.append(making)
        changes.sort(key=attrgetter("act_id"))
    return changes


def changes_under(key: UUID | str) -> QuerySet[Change]:
    """Return the changes of an annotation that are written down, given its key, oldest first;
    all of them, if it is gone."""
    changes = Change.objects.filter(table=Change.Table.ANNOTATION, key=str(key))
    return changes.select_related("act__by", "act__origin")


def passage_of(act: Act) -> Annotation | None:
    """Return the annotation that an act was of, if it was one and still exists."""
    changed = act.changes.filter(table=Change.Table.ANNOTATION)
    keys: list[Any] = list(changed.values_list("key", flat=True)[:2])
    keys += made_by(act).values_list("pk", flat=True)[:2]
    if len(keys) != 1:
        return None
    return Annotation.objects.select_related("article").filter(pk=keys[0]).first()


def _passage(
    key: RowKey, before: Snapshot | None, after: Snapshot | None
) -> UUID | None:
    """Return the key of the passage to which a row belongs, if it belongs to one."""
    row = before or after
    return passage_of_row(key[0], row) if row else None


def _dependents_of(rows: list[Model]) -> list[tuple[type[Model], str]]:
    """Return which journaled models are deleted with these rows of one model, each with the
    path by which it is found from them."""
    # Nothing depends on a mention: this saves its queries where thousands are deleted.
    if all(isinstance(row, Annotation) and row.kind in MENTIONS for row in rows):
        return []
    dependents = list(_DELETED_WITH.get(type(rows[0]), []))
    for column in _columns_pointing_at(rows, CASCADE):
        dependents.append((column.model, column.name))
    return dependents


def _columns_pointing_at(
    rows: list[Model], on_delete: Any
) -> "list[ForeignKey[Any, Any]]":
    """Return the columns of journaled models that point at the model of `rows` and do
    `on_delete` where one of them is deleted."""
    if not rows:
        return []
    columns = []
    for model in JOURNALED_MODELS.values():
        for column in model._meta.concrete_fields:
            if not isinstance(column, ForeignKey):
                continue
            points_here = isinstance(rows[0], column.related_model)
            if points_here and column.remote_field.on_delete is on_delete:
                columns.append(column)
    return columns


def _difference(
    table: str, before: Snapshot | None, after: Snapshot | None
) -> tuple[Snapshot | None, Snapshot | None] | None:
    """Return what a `Change` holds of a row before and after; None if the row is what it was."""
    if before is None and after is None:
        return None
    if before is None or after is None:
        return before, after
    fields = fields_by_name(JOURNALED_MODELS[table])
    names = []
    for name in before:
        if name in REVISION_COLUMNS:
            continue
        # Compared as Python values: 15 and 15.0000 are the same number.
        value_before = to_python(fields[name], before[name])
        value_after = to_python(fields[name], after[name])
        if value_before != value_after:
            names.append(name)
    if not names:
        return None
    for name in _ALWAYS_WRITTEN.get(table, ()):
        if name not in names:
            names.append(name)
    changed_before = {name: before[name] for name in names}
    changed_after = {name: after[name] for name in names}
    return changed_before, changed_after


def _update_rows(rows: list[Model], values: dict[str, Any]) -> None:
    """Set the same values in the database in all rows of one model, and increment their
    revisions."""
    for batch in batched(rows):
        last = batch[-1]
        assignments = dict(values)
        for name in _revision_columns_of(last):
            assignments[name] = getattr(last, name)
            if name == "revision":
                assignments[name] = F(name) + 1
        if assignments:
            keys = [row.pk for row in batch]
            type(last)._base_manager.filter(pk__in=keys).update(**assignments)


def _revision_columns_of(row: Model) -> set[str]:
    return {name for name in REVISION_COLUMNS if hasattr(row, name)}


def _bring_up_to_date(annotations: list[Annotation]) -> None:
    """Give annotations that come back a further revision, and the date that their article has
    now."""
    article_ids = {annotation.article_id for annotation in annotations}
    articles = Article.objects.filter(pk__in=article_ids)
    dates = dict(articles.values_list("pk", "sort_date"))
    for annotation in annotations:
        annotation.revision += 1
        annotation.sort_date = dates[annotation.article_id]
