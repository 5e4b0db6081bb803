"""Merging two people (or places) that are one, and splitting one that is two.

Both move spellings, mentions and roles in figures and allegations from one entity to another,
in one act with a reason, and link again wherever one of their names stands. The entity that was
merged stays as a signpost, so that its address leads to the other.

Where both have a mention at one place only one can stay there: what an editor said of it goes
before what the machine thinks, and a yes before a no.
"""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import journal
from annotations.allegations.embargoes import take_over
from annotations.core.names.matcher import KnownSpelling, Matcher
from annotations.journal.recorder import Recorder
from annotations.linking.linker import link_spellings
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    Entity,
    Figure,
    Party,
    Spelling,
    State,
)
from archive.batches import batched
from archive.models import User, lock_articles

# Where a name is typed, and the columns that point at who bears it and at the passage.
ROLES: tuple[tuple[type[Model], str, str, str], ...] = (
    (Figure, "said_by", "said_by_entity", "annotation_id"),
    (Party, "name", "entity", "allegation_id"),
    (Allegation, "place", "place_entity", "annotation_id"),
)
_FROM_STRONGEST = (State.CONFIRMED, State.REJECTED, State.LINKED, State.SUGGESTED)


class CannotMerge(ValueError):
    """These entities cannot be merged or split so; its words say why."""


def merge(entity: Entity, into: Entity, by: User, reason: str) -> Act:
    """Make `entity` a part of `into`: all that is of it moves, and its address leads there.
    Raises CannotMerge."""
    with transaction.atomic():
        entity, into = _locked(entity, into)
        if entity.pk == into.pk:
            raise CannotMerge(_("These are one already."))
        if entity.kind != into.kind:
            raise CannotMerge(_("A person and a place cannot be merged."))
        what = f"{entity} → {into}"
        with journal.record(
            Act.Kind.MERGED, by=by, what=what, reason=reason
        ) as recorder:
            texts = _move_spellings(recorder, entity.spellings.all(), into)
            recorder.act.passages = _move_mentions(
                recorder, entity.mentions.all(), into
            )
            _move_roles(recorder, entity, into, lambda _name: True)
            take_over(recorder, entity, into)
            recorder.update([entity], merged_into_id=into.pk)
            recorder.note(into)
            link_spellings(texts | _texts_of(into), recorder)
    return recorder.act


def split(
    entity: Entity,
    into: Entity,
    by: User,
    reason: str,
    *,
    spellings: Iterable[Spelling] = (),
    mentions: Iterable[Annotation] = (),
) -> Act:
    """Move some spellings and mentions of `entity` to `into`, which may be new. Raises
    CannotMerge.

    With a spelling go the mentions that are written with it, and the roles in which it was
    typed. A mention that is picked by itself is confirmed: an editor has said whose it is.
    """
    picked_keys = {mention.pk for mention in mentions}
    spelling_keys = [spelling.pk for spelling in spellings]
    with transaction.atomic():
        if into._state.adding:
            [entity] = _locked(entity)
        else:
            entity, into = _locked(entity, into)
        moving = list(entity.spellings.filter(pk__in=spelling_keys))
        if entity.pk == into.pk or entity.kind != into.kind:
            raise CannotMerge(_("Choose somebody else to move them to."))
        if not moving and not picked_keys:
            raise CannotMerge(_("Choose at least one spelling or mention to move."))
        if entity.spellings.count() == len(moving):
            raise CannotMerge(
                _("One spelling at least must stay with “%(name)s”.") % {"name": entity}
            )
        # Known before the spellings move: the mentions that are written with one that moves.
        moving_texts = {spelling.text for spelling in moving}
        is_moving = _written_with(moving_texts, _texts_of(entity))
        what = f"{entity} → {into}"
        with journal.record(
            Act.Kind.SPLIT, by=by, what=what, reason=reason
        ) as recorder:
            if into._state.adding:
                recorder.save(into)
            written_so = [m for m in entity.mentions.all() if is_moving(m.exact)]
            texts = _move_spellings(recorder, moving, into)
            if into.name not in _texts_of(into):
                recorder.save(Spelling(entity=into, text=into.name))
            picked = list(entity.mentions.filter(pk__in=picked_keys))
            confirmed = {"state": State.CONFIRMED, "reason": "", "named_in": None}
            recorder.update_each((mention, confirmed) for mention in picked)
            others = [
                mention for mention in written_so if mention.pk not in picked_keys
            ]
            recorder.act.passages = _move_mentions(recorder, [*picked, *others], into)
            _move_roles(
                recorder, entity, into, lambda name: name in texts or name == into.name
            )
            take_over(recorder, entity, into)
            recorder.note(entity)
            recorder.note(into)
            link_spellings(texts | _texts_of(into) | _texts_of(entity), recorder)
    return recorder.act


def _locked(*entities: Entity) -> list[Entity]:
    """Return these entities as they are now, locked until the transaction ends. Raises
    CannotMerge."""
    keys = [entity.pk for entity in entities]
    rows = Entity.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    current = {entity.pk: entity for entity in rows}
    for key in keys:
        if key not in current or current[key].merged_into_id:
            raise CannotMerge(_("One of the two is gone, or was merged meanwhile."))
    return [current[key] for key in keys]


def _texts_of(entity: Entity) -> set[str]:
    return set(entity.spellings.values_list("text", flat=True))


def _written_with(moving: set[str], spellings: set[str]) -> Callable[[str], bool]:
    """Return a function that tells of a mention's words whether one of the moving spellings
    stands in them."""
    # The matcher knows inflected forms too. Two invented entities tell which spelling it was.
    stays, moves = 0, 1
    known = []
    for text in spellings:
        known.append(KnownSpelling(moves if text in moving else stays, text, full=True))
    matcher = Matcher(known)
    return lambda words: any(
        mention.entity == moves for mention in matcher.mentions(words)
    )


def _move_spellings(
    recorder: Recorder, spellings: Iterable[Spelling], into: Entity
) -> set[str]:
    """Move spellings; those that `into` has already are deleted. Returns their texts."""
    known = _texts_of(into)
    duplicates = []
    moving = []
    for spelling in spellings:
        if spelling.text in known:
            duplicates.append(spelling)
        else:
            moving.append(spelling)
    recorder.delete(duplicates)
    recorder.update(moving, entity_id=into.pk)
    return {spelling.text for spelling in (*duplicates, *moving)}


def _move_mentions(
    recorder: Recorder, mentions: Iterable[Annotation], into: Entity
) -> int:
    """Move mentions; where `into` has one at the same span, the weaker of the two is deleted.

    Returns how many moved.
    """
    coming = list(mentions)
    lock_articles({mention.article_id for mention in coming})
    existing = {}
    for batch in batched(sorted({mention.version_id for mention in coming})):
        for mention in into.mentions.filter(version__in=batch):
            existing[_span(mention)] = mention
    weaker = []
    for mention in coming:
        if _span(mention) in existing:
            weaker.append(max(mention, existing[_span(mention)], key=_weakness))
    recorder.delete(weaker)
    deleted = {mention.pk for mention in weaker}
    moving = [mention for mention in coming if mention.pk not in deleted]
    return recorder.update(moving, entity_id=into.pk)


def _span(mention: Annotation) -> tuple[int, int, int]:
    return mention.version_id, mention.start, mention.end


def _weakness(mention: Annotation) -> int:
    return _FROM_STRONGEST.index(State(mention.state))


def _move_roles(
    recorder: Recorder, entity: Entity, into: Entity, is_moving: Callable[[str], bool]
) -> None:
    """Move roles in figures and allegations, where the name as it was typed is one that
    moves."""
    for model, name_column, entity_column, passage_column in ROLES:
        moving = []
        passages = []
        for row in model._base_manager.filter(**{entity_column: entity}):
            if is_moving(getattr(row, name_column)):
                moving.append(row)
                passages.append(getattr(row, passage_column))
        recorder.update(moving, **{f"{entity_column}_id": into.pk})
        # Pages that cache what they show of these passages must notice.
        Annotation.objects.filter(pk__in=passages).update(changed_at=timezone.now())
