"""What an act only made: passages that nobody has touched since.

An import makes tens of thousands of rows. As long as they are what it made, they say so
themselves, and the journal holds no copy of them: each of its passages names the act in
`made_in`, and the figure or allegation, the parties and the first status belong to the passage.

When an act touches such a passage, or anything that is said of it, the `Recorder` first writes
down what it was when it was made, as changes of the act that made it, and empties `made_in`.
From then on it is journaled like any other. So whoever reads the journal finds either the
changes or the rows themselves, and both say the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from uuid import UUID

from django.db.models import Model

from annotations.journal.snapshots import (
    RowKey,
    Snapshot,
    key_of,
    snapshot,
)
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    AnnotationQuerySet,
    Change,
    Figure,
    Kind,
    Party,
    StatusChange,
)
from archive.batches import BATCH_SIZE, batched

# The tables of a passage and of what is said of it, with the column of the passage's key.
PASSAGE_COLUMNS: dict[str, str] = {
    Change.Table.ANNOTATION: "id",
    Change.Table.FIGURE: "annotation",
    Change.Table.ALLEGATION: "annotation",
    Change.Table.PARTY: "allegation",
    Change.Table.STATUS: "allegation",
}
_MODELS_BY_KIND: dict[str, tuple[type[Model], ...]] = {
    Kind.FIGURE: (Figure,),
    Kind.ALLEGATION: (Allegation, Party, StatusChange),
}


def made_by(act: Act) -> AnnotationQuerySet:
    """Return what an act made and nobody has touched since, an article after the other."""
    return Annotation.objects.filter(made_in=act).order_by("article_id", "start", "pk")


def passage_of_row(table: str, row: Snapshot) -> UUID | None:
    """Return the key of the passage that a row is or belongs to, if it is such a row."""
    return _passage_of(table, row) if table in PASSAGE_COLUMNS else None


def creations(
    passages: Mapping[UUID, int], before: Mapping[RowKey, Snapshot | None] | None = None
) -> list[Change]:
    """Return, not saved, the changes by which acts made these passages and all that is said of
    them, in the order of `passages`, which gives the act of each by key.

    `before` has the rows that are no longer as they were made: what they were, or None where
    they came later. Costs a query, and up to four more where figures or allegations are among
    them.
    """
    if not passages:
        return []
    made: dict[RowKey, Snapshot] = {}
    for row in _rows_of(list(passages)):
        made[key_of(row)] = snapshot(row)
    for key, was in (before or {}).items():
        if was is None:
            made.pop(key, None)
        elif passage_of_row(key[0], was) in passages:
            made[key] = was
    changes: dict[UUID, list[Change]] = {passage: [] for passage in passages}
    for (table, key_in_table), row_made in made.items():
        passage = _passage_of(table, row_made)
        change = Change(act_id=passages[passage], table=table, key=key_in_table)
        change.after = row_made
        changes[passage].append(change)
    return list(chain.from_iterable(changes.values()))


def write_down(passages: AnnotationQuerySet) -> None:
    """Write into the journal what acts made of these passages, before that is lost: what they
    say is about to change without an act, or the act that made them is to be undone."""
    made = passages.filter(made_in__isnull=False).order_by()
    acts = dict(made.values_list("pk", "made_in"))
    for keys in batched(list(acts)):
        batch = {key: acts[key] for key in keys}
        Change.objects.bulk_create(creations(batch), batch_size=BATCH_SIZE)
        forget(keys)


def forget(passages: Iterable[UUID]) -> None:
    """Let passages no longer say in which act they were made: the journal does."""
    for keys in batched(list(passages)):
        Annotation.objects.filter(pk__in=keys).update(made_in=None)


def _passage_of(table: str, row: Snapshot) -> UUID:
    return UUID(row[PASSAGE_COLUMNS[table]])


def _rows_of(passages: list[UUID]) -> Iterator[Model]:
    """Yield these passages and all that is said of them."""
    for keys in batched(passages):
        keys_by_kind: dict[str, list[UUID]] = {}
        for annotation in Annotation.objects.filter(pk__in=keys):
            keys_by_kind.setdefault(annotation.kind, []).append(annotation.pk)
            yield annotation
        for kind, keys_of_kind in keys_by_kind.items():
            for model in _MODELS_BY_KIND.get(kind, ()):
                column = PASSAGE_COLUMNS[str(model._meta.model_name)]
                yield from model._base_manager.filter(**{f"{column}__in": keys_of_kind})
