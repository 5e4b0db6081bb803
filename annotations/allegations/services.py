"""What editors say of allegations: whose they are, where they stand, what answers them. Each
change is one act.

Three things follow from others and are set here alone: the parties from the names as typed, the
status from its history, the wording from the passage and its article's credit.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import journal
from annotations.journal.recorder import Recorder
from annotations.models import (
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


class CannotAnswer(ValueError):
    """The one allegation cannot answer the other; its words say why."""


def save_allegation(allegation: Allegation, recorder: Recorder) -> None:
    """Save an allegation as its form has it: `status` is where it stands by its own passage."""
    typed = allegation.status
    allegation.place_entity = Entity.objects.named(allegation.place, kinds=(Kind.PLACE,))
    recorder.save(allegation)
    own = allegation.statuses.filter(passage=allegation.pk).first()
    if own is None or own.status != typed:
        own = own or StatusChange(
            allegation=allegation, passage=allegation.annotation, made_by=recorder.act.by
        )
        own.status = typed
        recorder.save(own)
    follow(allegation, recorder)


def follow(allegation: Allegation, recorder: Recorder) -> None:
    """Let the parties of an allegation follow from its names, its status from its history, and
    its wording."""
    _set_parties(allegation, recorder)
    history = allegation.statuses.select_related("passage__article")
    newest = max(history, key=lambda change: change.place_in_history, default=None)
    if newest and allegation.status != newest.status:
        allegation.status = newest.status
        recorder.save(allegation)
    set_wordings([allegation])


def follow_all(keys: Iterable[UUID | str], recorder: Recorder) -> None:
    """Let follow, of these allegations, those that are there."""
    for allegation in Allegation.objects.select_related("annotation__article").filter(
        pk__in=list(keys)
    ):
        follow(allegation, recorder)


def set_wordings(allegations: Iterable[Allegation]) -> None:
    """Write the wordings that are not what they should be; nobody says them, so they are no
    lines of the journal."""
    for allegation in allegations:
        if allegation.wording != (wording := allegation.wording_now):
            Allegation.objects.filter(pk=allegation.pk).update(wording=wording)


def set_wordings_in(article: Article) -> None:
    """The same for all allegations of an article, whose credit may have been corrected."""
    set_wordings(
        Allegation.objects.filter(annotation__article=article).select_related(
            "annotation__article"
        )
    )


def change_status(change: StatusChange, by: User) -> Act:
    """Record where an allegation stands, or stood, since some day."""
    with _act(
        Act.Kind.STATED, change.allegation, f"{change}: {change.allegation.summary}", by
    ) as recorder:
        change.made_by = by
        recorder.save(change)
        follow_all([change.allegation_id], recorder)
    return recorder.act


def take_back_status(change: StatusChange, by: User) -> Act:
    """Say that an allegation did not stand so after all."""
    with _act(
        Act.Kind.UNSTATED, change.allegation, f"{change}: {change.allegation.summary}", by
    ) as recorder:
        recorder.delete([change])
        follow_all([change.allegation_id], recorder)
    return recorder.act


def answer(claim: Allegation, by_this: Allegation, relation: str, by: User) -> Act:
    """Say that one allegation answers another. Raises CannotAnswer."""
    link = Answer(claim=claim, answer=by_this, relation=relation)
    with _act(Act.Kind.ANSWERED, claim, str(link), by) as recorder:
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
    _touch(link)


def unlink_answer(link: Answer, by: User) -> Act:
    """Say that one allegation does not answer another after all."""
    with _act(Act.Kind.UNANSWERED, link.claim, str(link), by) as recorder:
        recorder.delete([link])
        _touch(link)
    return recorder.act


@contextmanager
def _act(kind: Act.Kind, allegation: Allegation, what: str, by: User) -> Iterator[Recorder]:
    """Do one thing to an allegation, with nobody else at work on it meanwhile; pages that show
    it notice."""
    with transaction.atomic():
        annotation = (
            Annotation.objects.select_for_update(of=("self",))
            .select_related("article")
            .get(pk=allegation.pk)
        )
        with journal.record(
            kind, by=by, what=what, passages=1, article=annotation.article
        ) as recorder:
            yield recorder
            recorder.update_each([(annotation, {})])
            recorder.note(annotation)


def _touch(link: Answer) -> None:
    """Let pages that keep what they made of either end notice."""
    Annotation.objects.filter(pk__in=[link.claim_id, link.answer_id]).update(
        changed_at=timezone.now()
    )


def parties_named(allegation: Allegation) -> list[Party]:
    """Return the parties that the names of an allegation say, not saved, and not yet known to
    be anybody."""
    return [
        Party(
            id=Party.key_of(allegation.pk, role, position),
            allegation=allegation,
            role=role,
            position=position,
            name=name,
        )
        for role in Party.Role
        for position, name in enumerate(names_in(getattr(allegation, role)))
    ]


def _set_parties(allegation: Allegation, recorder: Recorder) -> None:
    """Make the parties those that the names say: whose name stays keeps whom it is known to
    be."""
    there = {party.pk: party for party in Party.objects.filter(allegation=allegation)}
    known = {(party.role, party.name): party.entity for party in there.values() if party.entity}
    for named in parties_named(allegation):
        party = there.pop(named.pk, named)
        entity = known.get((named.role, named.name)) or Entity.objects.named(named.name)
        if party is named or (party.name, party.entity) != (named.name, entity):
            party.name, party.entity = named.name, entity
            recorder.save(party)
    recorder.delete(there.values())
