"""Merging two people (or places) that are one, and splitting one that is two.

Both move spellings, mentions and roles in figures and allegations from one entity to another,
in one act with a reason, and link again wherever one of their names stands. The entity that was
merged stays as a signpost, so that its address leads to the other.

Where both have a mention at one place only one can stay there: what an editor said of it goes
before what the machine thinks, and a yes before a no.
"""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import journal
from annotations.allegations.embargoes import take_over
from annotations.core.names.matcher import KnownSpelling, Matcher
from annotations.journal.recorder import Recorder
from annotations.linking.linker import link_spellings, lock_articles
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    Entity,
    Figure,
    NameForm,
    Party,
    State,
)
from archive.batches import batched
from archive.models import User

ROLES: tuple[tuple[type[Model], str, str, str], ...] = (
    (Figure, "said_by", "said_by_entity", "annotation_id"),
    (Party, "name", "entity", "allegation_id"),
    (Allegation, "place", "place_entity", "annotation_id"),
)
"""Where a name is typed, and the columns that point at who bears it and at the passage."""
_RANK = (State.CONFIRMED, State.REJECTED, State.LINKED, State.SUGGESTED)


class CannotMerge(ValueError):
    """These entities cannot be merged or split so; its words say why."""


def merge(entity: Entity, into: Entity, by: User, reason: str) -> Act:
    """Make `entity` a part of `into`: all that is of it moves, and its address leads there.
    Raises CannotMerge."""
    with transaction.atomic():
        entity, into = _held(entity, into)
        if entity.pk == into.pk:
            raise CannotMerge(_("These are one already."))
        if entity.kind != into.kind:
            raise CannotMerge(_("A person and a place cannot be merged."))
        what = f"{entity} → {into}"
        with journal.record(Act.Kind.MERGED, by=by, what=what, reason=reason) as recorder:
            texts = _move_forms(recorder, entity.forms.all(), into)
            recorder.act.passages = _move_mentions(recorder, entity.mentions.all(), into)
            _move_roles(recorder, entity, into, lambda _name: True)
            take_over(recorder, entity, into)
            recorder.update([entity], merged_into_id=into.pk)
            recorder.note(into)
            link_spellings(texts | _spellings(into), recorder)
    return recorder.act


def split(
    entity: Entity,
    into: Entity,
    by: User,
    reason: str,
    *,
    forms: Iterable[NameForm] = (),
    mentions: Iterable[Annotation] = (),
) -> Act:
    """Move some spellings and mentions of `entity` to `into`, which may be new. Raises
    CannotMerge.

    With a spelling go the mentions that are written with it, and the roles in which it was
    typed. A mention that is picked by itself is confirmed: an editor has said whose it is.
    """
    picked = list(mentions)
    with transaction.atomic():
        entity, *others = _held(entity, *([into] if into.pk else []))
        into = others[0] if others else into
        moving = list(entity.forms.filter(pk__in=[form.pk for form in forms]))
        if entity.pk == into.pk or entity.kind != into.kind:
            raise CannotMerge(_("Choose somebody else to move them to."))
        if not moving and not picked:
            raise CannotMerge(_("Choose at least one spelling or mention to move."))
        if entity.forms.count() == len(moving):
            raise CannotMerge(
                _("One spelling at least must stay with “%(name)s”.") % {"name": entity}
            )
        is_moving = _written_with({form.text for form in moving}, _spellings(entity))
        with journal.record(
            Act.Kind.SPLIT, by=by, what=f"{entity} → {into}", reason=reason
        ) as recorder:
            if into._state.adding:
                recorder.save(into)
            going = [mention for mention in entity.mentions.all() if is_moving(mention.exact)]
            texts = _move_forms(recorder, moving, into)
            if into.name not in _spellings(into):
                recorder.save(NameForm(entity=into, text=into.name))
            keys = {mention.pk for mention in picked}
            mine = list(entity.mentions.filter(pk__in=keys))
            recorder.update_each(
                (mention, {"state": State.CONFIRMED, "reason": "", "named_in": None})
                for mention in mine
            )
            going = [mention for mention in going if mention.pk not in keys]
            recorder.act.passages = _move_mentions(recorder, [*mine, *going], into)
            _move_roles(recorder, entity, into, lambda name: name in texts or name == into.name)
            take_over(recorder, entity, into)
            recorder.note(entity)
            recorder.note(into)
            link_spellings(texts | _spellings(into) | _spellings(entity), recorder)
    return recorder.act


def _held(*entities: Entity) -> list[Entity]:
    """Return these entities as they are now, held until the transaction ends. Raises
    CannotMerge."""
    keys = [entity.pk for entity in entities]
    now = {
        entity.pk: entity
        for entity in Entity.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    for key in keys:
        if key not in now or now[key].merged_into_id:
            raise CannotMerge(_("One of the two is gone, or was merged meanwhile."))
    return [now[key] for key in keys]


def _spellings(entity: Entity) -> set[str]:
    return set(entity.forms.values_list("text", flat=True))


def _written_with(moving: set[str], spellings: set[str]) -> Callable[[str], bool]:
    """Return a function that says of a mention's words whether one of the moving spellings
    stands in them."""
    matcher = Matcher(KnownSpelling(int(text in moving), text, full=True) for text in spellings)
    return lambda words: any(mention.entity for mention in matcher.mentions(words))


def _move_forms(recorder: Recorder, forms: Iterable[NameForm], into: Entity) -> set[str]:
    """Move spellings; those that `into` has already go. Returns their texts."""
    known, moving = _spellings(into), list(forms)
    recorder.delete(form for form in moving if form.text in known)
    recorder.update([form for form in moving if form.text not in known], entity_id=into.pk)
    return {form.text for form in moving}


def _move_mentions(recorder: Recorder, mentions: Iterable[Annotation], into: Entity) -> int:
    """Move mentions; where `into` has one at the same place, the weaker of the two goes.
    Returns how many moved."""
    coming = list(mentions)
    lock_articles({mention.article_id for mention in coming})
    versions = sorted({mention.version_id for mention in coming})
    there = {
        _place(mention): mention
        for some in batched(versions)
        for mention in into.mentions.filter(version__in=some)
    }
    weaker = [
        max(mention, there[_place(mention)], key=lambda each: _RANK.index(State(each.state)))
        for mention in coming
        if _place(mention) in there
    ]
    going = {mention.pk for mention in weaker}
    recorder.delete(weaker)
    return recorder.update(
        [mention for mention in coming if mention.pk not in going], entity_id=into.pk
    )


def _place(mention: Annotation) -> tuple[int, int, int]:
    return mention.version_id, mention.start, mention.end


def _move_roles(
    recorder: Recorder, entity: Entity, into: Entity, is_moving: Callable[[str], bool]
) -> None:
    """Move roles in figures and allegations, where the name as it was typed is one that
    moves."""
    for model, name, whose, passage in ROLES:
        rows: QuerySet[Model] = model._base_manager.filter(**{whose: entity})
        moving = [row for row in rows if is_moving(getattr(row, name))]
        recorder.update(moving, **{f"{whose}_id": into.pk})
        passages = [getattr(row, passage) for row in moving]
        Annotation.objects.filter(pk__in=passages).update(changed_at=timezone.now())
