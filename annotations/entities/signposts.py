"""Signposts: what is left of an entity that was merged. Its address leads to the other, for those
who may know that the two are one."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet

from annotations.entities.merging import ROLES
from annotations.models import Annotation, Change, Entity
from archive.batches import batched
from archive.models import Viewer
from archive.roles import Role, role_of


def survivor_at(kind: str, slug: str, user: Viewer) -> Entity | None:
    """Return the entity into which the one of this kind and slug was merged; None where none
    was, or where `user` may not know.

    Readers know of those that were said to be in a passage which they see. To lead from others
    to somebody would tell them a name that stands in hidden texts alone.
    """
    merged = Entity.objects.exclude(merged_into=None)
    signpost = merged.filter(kind=kind, slug=slug).first()
    if signpost is None or not _is_known(signpost, user):
        return None
    return signpost.survivor


def _is_known(signpost: Entity, user: Viewer) -> bool:
    if role_of(user).includes(Role.EDITOR):
        return True
    seen = Annotation.objects.visible_to(user).current()
    passages = batched(_passages_of(signpost))
    return any(seen.filter(pk__in=batch).exists() for batch in passages)


def _passages_of(signpost: Entity) -> Iterator[Any]:
    """Yield the keys of passages in which it was, before its mentions and roles moved away."""
    # The acts that merged it, undid that, or did it again have changed its own row.
    own = Change.objects.filter(table=Change.Table.ENTITY, key=str(signpost.pk))
    changes = Change.objects.filter(act__in=own.values("act"))
    yield from _keys(changes, Annotation, "entity", signpost)
    for model, _name, column, passage in ROLES:
        for batch in batched(_keys(changes, model, column, signpost)):
            rows = model._base_manager.filter(pk__in=batch)
            yield from rows.values_list(passage, flat=True)


def _keys(
    changes: QuerySet[Change], model: type[Model], column: str, signpost: Entity
) -> Iterator[str]:
    """Return the keys of the rows that pointed at it before they were changed."""
    pointing = {f"before__{column}": signpost.pk}
    rows = changes.filter(table=str(model._meta.model_name), **pointing)
    return rows.values_list("key", flat=True).iterator()
