"""Taking back the changes of one act.

Each row becomes what it was before, in an order that the keys between the tables allow. What
somebody has changed since stays, and so does what others have built on since: those changes are
left out and reported. Which mentions the machine finds is not kept in the journal: where names
or judgements come back, the texts are linked again.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import SET_NULL, ForeignKey, Model, Q, QuerySet

from annotations.allegations.services import update_all_derived
from annotations.journal import (
    JOURNALED_MODELS,
    REVISION_COLUMNS,
    Recorder,
    Snapshot,
    as_attributes,
    made_by,
    snapshot,
    write_down,
)
from annotations.linking.linker import articles_with, link_now_or_queue
from annotations.models import (
    MACHINE,
    Act,
    Allegation,
    Annotation,
    Answer,
    Change,
    Embargo,
    Entity,
    Kind,
    Measure,
    RefusedSpelling,
    Spelling,
)
from archive.batches import batched
from archive.models import lock_articles
from archive.slugs import free_slug

# Rows of one model by their keys, as the journal has them.
Rows = dict[str, Model]
Step = Callable[[type[Model], list[Change], Rows], None]

_PASSAGE_TABLES = (
    Change.Table.ANNOTATION,
    Change.Table.FIGURE,
    Change.Table.ALLEGATION,
)
# Tables of which each row belongs to an allegation.
_ALLEGATION_TABLES = (Change.Table.PARTY, Change.Table.STATUS)
# By model: rows on which other people's work stands, and which therefore stay.
_BUILT_ON: dict[type[Model], Q] = {
    Measure: Q(figures__isnull=False)
    | Q(totals__isnull=False)
    | Q(parts__isnull=False),
    Allegation: Q(answers__isnull=False) | Q(claims__isnull=False),
}
# Columns that no two rows of a model have alike.
_UNIQUE_COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Entity: ("kind", "slug"),
    Annotation: ("version", "start", "end", "entity"),
    Spelling: ("entity", "text"),
    RefusedSpelling: ("entity", "text"),
    Answer: ("claim", "answer"),
}
_SET_BY_MACHINE = {"reason", "named_in", "made_at"}
_MOVED_BY_NEW_VERSION = {"version_id", "start", "end", "paragraph"}


class Reversal:
    """Takes back the changes of one act through a recorder."""

    def __init__(self, act: Act, recorder: Recorder) -> None:
        self.recorder = recorder
        self._left_out: list[Change] = []
        self._articles_to_link: set[int] = set()
        self._spellings_to_link: set[str] = set()
        self._changes: dict[str, list[Change]] = defaultdict(list)
        write_down(made_by(act))
        for change in _one_per_row(act):
            self._changes[change.table].append(change)

    def run(self) -> list[Change]:
        """Take everything back; return the changes that were left out."""
        self._keep_entities_in_use()
        # Entities come back first and go last, because all other tables point at them.
        entities = self._changes.pop(Change.Table.ENTITY, [])
        self._run_step(_deletions(entities), self._restore)
        for table in reversed(JOURNALED_MODELS):
            self._run_step(_creations(self._changes[table]), self._delete)
        self._run_step(_alterations(entities), self._alter)
        for table in JOURNALED_MODELS:
            if table != Change.Table.STATUS:
                self._run_step(_alterations(self._changes[table]), self._alter)
        for table in JOURNALED_MODELS:
            self._run_step(_deletions(self._changes[table]), self._restore)
        # A status may point at a passage that has only now come back.
        self._run_step(_alterations(self._changes[Change.Table.STATUS]), self._alter)
        self._run_step(_notes(self._changes[Change.Table.ANNOTATION]), self._note)

        update_all_derived(self._affected_allegations(), self.recorder)
        with_spellings = articles_with(self._spellings_to_link)
        link_now_or_queue(self._articles_to_link | with_spellings, self.recorder)

        made = _creations(entities)
        made_keys = [int(change.key) for change in made]
        # What the machine linked of them on earlier versions of texts.
        linked = Annotation.objects.filter(entity__in=made_keys, state__in=MACHINE)
        self.recorder.delete(linked)
        self._run_step(made, self._delete)
        return _without_mentions_of_the_machine(self._left_out)

    def _keep_entities_in_use(self) -> None:
        """Leave out the making of an entity, and of its spellings, where others have used it
        since."""
        own_keys: dict[str, list[str]] = {}
        for table, changes in self._changes.items():
            own_keys[table] = [_passage_key(change) for change in changes]
        made = _creations(self._changes[Change.Table.ENTITY])
        used = _used_elsewhere([int(change.key) for change in made], own_keys)
        if not used:
            return
        self._left_out += [change for change in made if int(change.key) in used]
        self._changes[Change.Table.ENTITY] = [
            change
            for change in self._changes[Change.Table.ENTITY]
            if int(change.key) not in used
        ]
        self._changes[Change.Table.SPELLING] = [
            change
            for change in self._changes[Change.Table.SPELLING]
            if (change.after or {}).get("entity") not in used
        ]

    def _run_step(self, changes: list[Change], step: Step) -> None:
        """Do one step with changes of one table, a batch at a time, with the rows as they are
        now."""
        for batch in batched(changes):
            model = JOURNALED_MODELS[batch[0].table]
            keys = [change.key for change in batch]
            rows = {}
            for key, row in model._base_manager.in_bulk(keys).items():
                rows[str(key)] = row
            if model is Annotation:
                lock_articles(_articles_of(batch, rows))
            step(model, batch, rows)

    def _restore(self, model: type[Model], changes: list[Change], rows: Rows) -> None:
        wanted = []
        for change in changes:
            if change.key not in rows:
                wanted.append((change, change.before or {}))
        restored = []
        for _change, values in self._that_fit(model, wanted):
            restored.append(model(**as_attributes(model, values)))
        self.recorder.restore(restored)

    def _alter(self, model: type[Model], changes: list[Change], rows: Rows) -> None:
        wanted = []
        for change in changes:
            row = rows.get(change.key)
            if row is None or not _is_as_left(row, change):
                self._left_out.append(change)
                continue
            now = snapshot(row)
            self._remember_to_link(now)
            wanted.append((change, {**now, **(change.before or {})}))
        updates = []
        for change, values in self._that_fit(model, wanted):
            columns = {name: values[name] for name in change.before or {}}
            updates.append((rows[change.key], columns))
        self.recorder.update_each(updates)

    def _note(self, _model: type[Model], changes: list[Change], rows: Rows) -> None:
        """Increment the revision of annotations of which only the figure or the allegation was
        changed."""
        annotations = [rows[change.key] for change in changes if change.key in rows]
        self.recorder.update_each((annotation, {}) for annotation in annotations)
        for annotation in annotations:
            self.recorder.note(annotation)

    def _delete(self, model: type[Model], changes: list[Change], rows: Rows) -> None:
        passages_left_out = {_passage_key(change) for change in self._left_out}
        built_on = _built_on(model, rows)
        deleted = []
        for change in changes:
            row = rows.get(change.key)
            if row is None:
                continue
            is_free = change.key not in passages_left_out and row not in built_on
            if is_free and _is_as_left(row, change):
                self._remember_to_link(snapshot(row))
                deleted.append(row)
            else:
                self._left_out.append(change)
        self.recorder.delete(deleted)

    def _that_fit(
        self, model: type[Model], wanted: list[tuple[Change, Snapshot]]
    ) -> list[tuple[Change, Snapshot]]:
        """Return the rows that can become what they were, with values that the database takes.

        A mention of the machine that stands in the way is deleted. The other rows are left out.
        """
        snapshots = [values for _change, values in wanted]
        occupied = _occupied(model, snapshots)
        references = _references_to_deleted(model, snapshots)
        fitting = []
        in_the_way: list[Model] = []
        for change, values in wanted:
            dangling = [
                reference
                for reference in references
                if values.get(reference.column) in reference.deleted_keys
            ]
            if not all(reference.may_be_null for reference in dangling):
                self._left_out.append(change)
                continue
            for reference in dangling:
                values[reference.column] = None
            other = occupied.get(_unique_values(model, values))
            if other is not None and str(other.pk) != change.key:
                if isinstance(other, Entity):
                    # Somebody else has the address now.
                    values["slug"] = free_slug(
                        Entity, values["name"], kind=values["kind"]
                    )
                elif isinstance(other, Annotation) and other.state in MACHINE:
                    in_the_way.append(other)
                else:
                    self._left_out.append(change)
                    continue
            fitting.append((change, values))
            self._remember_to_link(values)
        self.recorder.delete(in_the_way)
        return fitting

    def _affected_allegations(self) -> set[str]:
        """Return the keys of the allegations of whose parties, status or words anything may
        differ now."""
        keys = set()
        for table in (Change.Table.ALLEGATION, *_ALLEGATION_TABLES):
            for change in self._changes[table]:
                keys.add(_passage_key(change))
        for change in self._changes[Change.Table.ANNOTATION]:
            row = change.before or change.after or {}
            may_be_allegation = row.get("kind", Kind.ALLEGATION) == Kind.ALLEGATION
            if "exact" in row and may_be_allegation:
                keys.add(change.key)
        return keys

    def _remember_to_link(self, row: Snapshot) -> None:
        """Remember which texts to link again: the article of a mention, and those with a
        spelling."""
        if row.get("entity") and row.get("article"):
            self._articles_to_link.add(row["article"])
        if "text" in row:
            self._spellings_to_link.add(row["text"])


def _creations(changes: list[Change]) -> list[Change]:
    return [change for change in changes if change.before is None]


def _deletions(changes: list[Change]) -> list[Change]:
    return [change for change in changes if change.after is None]


def _alterations(changes: list[Change]) -> list[Change]:
    return [change for change in changes if change.before and change.after]


def _notes(changes: list[Change]) -> list[Change]:
    """Return the changes that only say what the act was about."""
    return [change for change in changes if change.before == change.after == {}]


def _one_per_row(act: Act) -> list[Change]:
    """Return one change for each row, though the act may have written several of a row."""
    combined: dict[tuple[str, str], Change] = {}
    for change in act.changes.order_by("pk"):
        first = combined.setdefault((change.table, change.key), change)
        if first is change:
            continue
        if first.before is not None:
            first.before = {**(change.before or {}), **first.before}
        if change.after is None:
            first.after = None
        else:
            first.after = {**(first.after or {}), **change.after}
    changes = []
    for change in combined.values():
        came_and_went = change.before is None and change.after is None
        if not came_and_went:
            changes.append(change)
    return changes


def _articles_of(changes: list[Change], rows: Rows) -> set[int]:
    """Return the articles in which annotations stand now, or stood before the act."""
    articles = set()
    for row in rows.values():
        if isinstance(row, Annotation):
            articles.add(row.article_id)
    for change in changes:
        if change.before and "article" in change.before:
            articles.add(change.before["article"])
    return articles


def _is_as_left(row: Model, change: Change) -> bool:
    """Tell whether a row is as the act left it, apart from what no person has said since."""
    left = as_attributes(type(row), change.after or {})
    now = as_attributes(type(row), snapshot(row))
    ignored = {*REVISION_COLUMNS, *_SET_BY_MACHINE}
    version_now = now.get("version_id")
    is_on_new_version = left.get("version_id", version_now) != version_now
    if is_on_new_version and left.get("exact") == now["exact"]:
        ignored |= _MOVED_BY_NEW_VERSION
    if now.get("state") in MACHINE and left.get("state") in MACHINE:
        ignored.add("state")
    return all(
        now[name] == value for name, value in left.items() if name not in ignored
    )


def _without_mentions_of_the_machine(changes: list[Change]) -> list[Change]:
    """Leave out the changes of mentions on which no editor has spoken: it is the machine's to
    know where those belong now."""
    keys = set()
    for change in changes:
        if (change.after or change.before or {}).get("state") in MACHINE:
            keys.add(change.key)
    judged = set()
    for batch in batched(sorted(keys)):
        by_editors = Annotation.objects.filter(pk__in=batch).exclude(state__in=MACHINE)
        judged |= {str(key) for key in by_editors.values_list("pk", flat=True)}
    of_the_machine = keys - judged
    return [change for change in changes if change.key not in of_the_machine]


def _used_elsewhere(entities: list[int], own_keys: dict[str, list[str]]) -> set[int]:
    """Return on which of these entities more depends than `own_keys`, which are rows by table;
    what only the machine linked does not count.

    Of parties and statuses the keys are those of their allegations. Costs seven queries a
    batch.
    """
    own_passages: set[str] = set()
    for table in (*_PASSAGE_TABLES, *_ALLEGATION_TABLES):
        own_passages.update(own_keys.get(table, []))
    own_spellings = set(own_keys.get(Change.Table.SPELLING, []))
    own_embargoes = set(own_keys.get(Change.Table.EMBARGO, []))
    judged = Annotation.objects.exclude(state__in=MACHINE)
    # Where an entity is named: rows, the path to it, and the keys that do not count.
    uses: list[tuple[QuerySet[Any], str, set[str]]] = [
        (judged, "entity", own_passages),
        (judged, "figure__said_by_entity", own_passages),
        (judged, "allegation__place_entity", own_passages),
        (judged, "allegation__parties__entity", own_passages),
        (Spelling.objects.all(), "entity", own_spellings),
        (Embargo.objects.all(), "entity", own_embargoes),
        (Entity.objects.all(), "merged_into", set()),
    ]
    used = set()
    for batch in batched(entities):
        for rows, path, own in uses:
            found = rows.filter(**{f"{path}__in": batch}).order_by()
            for entity, key in found.values_list(path, "pk").iterator():
                if str(key) not in own:
                    used.add(entity)
    return used


def _passage_key(change: Change) -> str:
    """Return the key of the passage that a change is about."""
    if change.table not in _ALLEGATION_TABLES:
        return change.key
    row = change.after or change.before or {}
    return str(row["allegation"])


def _built_on(model: type[Model], rows: Rows) -> set[Model]:
    """Return those of `rows` on which somebody has built since: by a figure, a total, an
    answer."""
    if model not in _BUILT_ON:
        return set()
    keys = [row.pk for row in rows.values()]
    return set(model._base_manager.filter(_BUILT_ON[model], pk__in=keys))


def _unique_values(model: type[Model], values: Snapshot) -> tuple[Any, ...]:
    return tuple(values[name] for name in _UNIQUE_COLUMNS.get(model, ()))


def _occupied(
    model: type[Model], wanted: list[Snapshot]
) -> dict[tuple[Any, ...], Model]:
    """Return the rows that have the unique values of any of the rows wanted, by those."""
    if model not in _UNIQUE_COLUMNS or not wanted:
        return {}
    # Narrowed column by column, so some rows share only one value: they harm nothing.
    candidates = {}
    for name in _UNIQUE_COLUMNS[model]:
        values = {row[name] for row in wanted}
        candidates[f"{name}__in"] = values - {None}
    occupied = {}
    for row in model._base_manager.filter(**candidates):
        occupied[_unique_values(model, snapshot(row))] = row
    return occupied


@dataclass(frozen=True)
class _Reference:
    """A column that points at other rows, and which of those are deleted."""

    column: str
    may_be_null: bool
    deleted_keys: set[Any]


def _references_to_deleted(
    model: type[Model], wanted: list[Snapshot]
) -> list[_Reference]:
    references = []
    for column in model._meta.concrete_fields:
        if not isinstance(column, ForeignKey):
            continue
        # Changes from before a column was added lack it.
        keys = {row.get(column.name) for row in wanted} - {None}
        manager = column.related_model._base_manager
        existing = {
            str(key) for key in manager.filter(pk__in=keys).values_list("pk", flat=True)
        }
        deleted = {key for key in keys if str(key) not in existing}
        may_be_null = column.remote_field.on_delete is SET_NULL
        references.append(_Reference(column.name, may_be_null, deleted))
    return references
