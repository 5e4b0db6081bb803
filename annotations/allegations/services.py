"""What editors say of allegations: whose they are, where they stand, what answers them. Each
change is one act.

Three things follow from others and are set here alone: the parties from the names as typed, the
status from its history, the wording from the passage and its article's credit.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import journal
from annotations.core.quotes.fingerprint import wording_of
from annotations.journal.recorder import Recorder
from annotations.models import (
    MENTIONS,
    Act,
    Allegation,
    Annotation,
    Answer,
    Entity,
    Kind,
    Party,
    StatusChange,
    names_in,
)
from archive.models import Article, User

# Finds whom a name means among these kinds.
EntityNamed = Callable[[str, Sequence[Kind]], Entity | None]
_STATUS_COLUMNS = ("allegation", "passage", "status", "made_by", "made_at")
_PARTY_COLUMNS = ("id", "allegation", "role", "position", "name", "entity")


class CannotAnswer(ValueError):
    """The one allegation cannot answer the other; its words say why."""


def save_allegation(allegation: Allegation, recorder: Recorder) -> None:
    """Save an allegation as its form has it: `status` is where it stands by its own passage."""
    status_typed = allegation.status
    allegation.place_entity = Entity.objects.named(
        allegation.place, kinds=(Kind.PLACE,)
    )
    recorder.save(allegation)
    own = allegation.statuses.filter(passage=allegation.pk).first()
    if own is None:
        own = StatusChange(
            allegation=allegation,
            passage=allegation.annotation,
            made_by=recorder.act.by,
            status=status_typed,
        )
        recorder.save(own)
    elif own.status != status_typed:
        own.status = status_typed
        recorder.save(own)
    update_derived(allegation, recorder)


@dataclass(frozen=True)
class NewAllegation:
    """An allegation that is to be made: its annotation, by key, the words, the credit of the
    article, and the columns that somebody says, by name."""

    annotation: UUID
    words: str
    credit: str
    columns: Mapping[str, str]


def make_allegations(
    new: Sequence[NewAllegation], recorder: Recorder, entity_named: EntityNamed
) -> None:
    """Make many allegations, of annotations that this act made, with all that `save_allegation`
    sets: parties, status, wording. `entity_named` does what `EntityQuerySet.named` does.

    Costs three statements, however many there are.
    """
    rows, parties, statuses = [], [], []
    now = timezone.now()
    for one in new:
        columns = one.columns
        place = entity_named(columns["place"], (Kind.PLACE,))
        wording = wording_of(one.words, one.credit) or one.annotation.hex
        place_key = place.pk if place else None
        rows.append((one.annotation, *columns.values(), place_key, wording))
        for role in Party.Role.values:
            for position, name in enumerate(names_in(columns[role])):
                party = entity_named(name, MENTIONS)
                key = Party.key_of(one.annotation, role, position)
                party_key = party.pk if party else None
                parties.append((key, one.annotation, role, position, name, party_key))
        status = (columns["status"], recorder.act.by_id, now)
        statuses.append((one.annotation, one.annotation, *status))
    if not new:
        return
    names = tuple(new[0].columns)
    recorder.make(Allegation, ("annotation", *names, "place_entity", "wording"), rows)
    recorder.make(Party, _PARTY_COLUMNS, parties)
    recorder.make(StatusChange, _STATUS_COLUMNS, statuses)


def update_derived(allegation: Allegation, recorder: Recorder) -> None:
    """Set what follows from other things: the parties from the names as typed, the status from
    its history, and the wording."""
    _set_parties(allegation, recorder)
    history = allegation.statuses.select_related("passage__article")
    newest = max(history, key=lambda change: change.place_in_history, default=None)
    if newest is not None and allegation.status != newest.status:
        allegation.status = newest.status
        recorder.save(allegation)
    set_wordings([allegation])


def update_all_derived(keys: Iterable[UUID | str], recorder: Recorder) -> None:
    """Do the same for the allegations with these keys, as far as they still exist."""
    allegations = Allegation.objects.select_related("annotation__article")
    for allegation in allegations.filter(pk__in=list(keys)):
        update_derived(allegation, recorder)


def set_wordings(allegations: Iterable[Allegation]) -> None:
    """Write the wordings that differ from what they should be.

    They are not journaled: nobody says them, and they can be computed again.
    """
    for allegation in allegations:
        wording = allegation.wording_now
        if allegation.wording != wording:
            Allegation.objects.filter(pk=allegation.pk).update(wording=wording)


def set_wordings_in(article: Article) -> None:
    """Do the same for all allegations of an article, whose credit may have been corrected."""
    allegations = Allegation.objects.filter(annotation__article=article)
    set_wordings(allegations.select_related("annotation__article"))


def change_status(change: StatusChange, by: User) -> Act:
    """Record where an allegation stands, or stood, since some day."""
    what = f"{change}: {change.allegation.summary}"
    with _allegation_act(Act.Kind.STATED, change.allegation, what, by) as recorder:
        change.made_by = by
        recorder.save(change)
        update_all_derived([change.allegation_id], recorder)
    return recorder.act


def take_back_status(change: StatusChange, by: User) -> Act:
    """Say that an allegation did not stand so after all."""
    what = f"{change}: {change.allegation.summary}"
    with _allegation_act(Act.Kind.UNSTATED, change.allegation, what, by) as recorder:
        recorder.delete([change])
        update_all_derived([change.allegation_id], recorder)
    return recorder.act


def answer(claim: Allegation, by_this: Allegation, relation: str, by: User) -> Act:
    """Say that one allegation answers another. Raises CannotAnswer."""
    link = Answer(claim=claim, answer=by_this, relation=relation)
    with _allegation_act(Act.Kind.ANSWERED, claim, str(link), by) as recorder:
        link_answer(link, recorder)
    return recorder.act


def link_answer(link: Answer, recorder: Recorder) -> None:
    """Save an answer as a part of an act. Raises CannotAnswer."""
    if link.claim_id == link.answer_id:
        raise CannotAnswer(_("An allegation cannot answer itself."))
    if Answer.objects.filter(claim=link.claim_id, answer=link.answer_id).exists():
        raise CannotAnswer(_("It is linked as an answer to that already."))
    link.made_by = recorder.act.by
    recorder.save(link)
    _touch_ends(link)


def unlink_answer(link: Answer, by: User) -> Act:
    """Say that one allegation does not answer another after all."""
    with _allegation_act(Act.Kind.UNANSWERED, link.claim, str(link), by) as recorder:
        recorder.delete([link])
        _touch_ends(link)
    return recorder.act


@contextmanager
def _allegation_act(
    kind: Act.Kind, allegation: Allegation, what: str, by: User
) -> Iterator[Recorder]:
    """Do one thing to an allegation, with nobody else at work on it meanwhile.

    Its annotation gets a further revision, so that pages which show it notice.
    """
    with transaction.atomic():
        locked = Annotation.objects.select_for_update(of=("self",)).select_related(
            "article"
        )
        annotation = locked.get(pk=allegation.pk)
        with journal.record(
            kind, by=by, what=what, passages=1, article=annotation.article
        ) as recorder:
            yield recorder
            recorder.update_each([(annotation, {})])
            recorder.note(annotation)


def _touch_ends(link: Answer) -> None:
    """Make pages that cache either end of an answer notice it."""
    ends = Annotation.objects.filter(pk__in=[link.claim_id, link.answer_id])
    ends.update(changed_at=timezone.now())


def parties_named(allegation: Allegation) -> list[Party]:
    """Return the parties that the names of an allegation say, not saved, and not yet known to
    be anybody."""
    parties = []
    for role in Party.Role:
        names_typed = getattr(allegation, role)
        for position, name in enumerate(names_in(names_typed)):
            party = Party(
                id=Party.key_of(allegation.pk, role, position),
                allegation=allegation,
                role=role,
                position=position,
                name=name,
            )
            parties.append(party)
    return parties


def _set_parties(allegation: Allegation, recorder: Recorder) -> None:
    """Make the parties those that the names say.

    Whose name stays keeps whom it is known to be, also where it moves to another position.
    """
    stored = {party.pk: party for party in Party.objects.filter(allegation=allegation)}
    known = {}
    for party in stored.values():
        if party.entity is not None:
            known[party.role, party.name] = party.entity
    parties = parties_named(allegation)
    for named in parties:
        entity = known.get((named.role, named.name)) or Entity.objects.named(named.name)
        if named.pk not in stored:
            named.entity = entity
            recorder.save(named)
            continue
        party = stored[named.pk]
        if (party.name, party.entity) != (named.name, entity):
            party.name, party.entity = named.name, entity
            recorder.save(party)
    named_keys = {party.pk for party in parties}
    recorder.delete(party for key, party in stored.items() if key not in named_keys)
