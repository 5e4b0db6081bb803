"""Allegations as they are read: as turns of an exchange, each with what it answers and what
answers it.

`exchange_of` gives the whole exchange from any of its turns; `with_responses` gives each
allegation of a list what was last said to it, so that none is shown without. Both ask a fixed
number of queries. Claims that stand in copies of one agency's text are one turn: `folded` puts
them together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from annotations.allegations.thread_order import in_order
from annotations.models import (
    RESPONSES,
    Allegation,
    Annotation,
    AnnotationQuerySet,
    Answer,
    Kind,
    Response,
)
from archive.models import Article, Viewer

MOST_TURNS = 300


@dataclass(frozen=True)
class Link:
    """An answer as one of its ends sees it: `turn` is the number of the other end, which
    `annotation` is."""

    link: Answer
    turn: int
    annotation: Annotation


@dataclass(frozen=True)
class Turn:
    """What was said once, though it may stand in several copies; `number` counts from 1."""

    number: int
    annotation: Annotation
    copies: list[Annotation]
    answers: list[Link]
    """What it answers."""
    answered_by: list[Link]

    @property
    def outlets(self) -> int:
        return self.annotation.allegation.outlets

    @property
    def is_responded_to(self) -> bool:
        return any(link.link.relation in RESPONSES for link in self.answered_by)


@dataclass(frozen=True)
class Exchange:
    """Turns in the order in which they are read; `left_out` says that there were too many to
    show all."""

    turns: list[Turn]
    left_out: bool

    def turn_of(self, annotation: Annotation) -> Turn:
        return next(
            turn for turn in self.turns if annotation in (turn.annotation, *turn.copies)
        )


def exchange_of(annotation: Annotation, user: Viewer) -> Exchange:
    """Return the exchange in which an allegation is a turn, as far as `user` may see it; at
    least its own turn."""
    near = Allegation.objects.in_exchange_with(annotation.allegation.wording)
    seen = _allegations(user).filter(allegation__in=near).exclude(pk=annotation.pk)
    others = list(seen.with_sources().in_reading_order()[: MOST_TURNS + 1])
    groups = folded([annotation, *others[:MOST_TURNS]])
    head = {one.pk: group[0].pk for group in groups for one in group}
    found = Answer.objects.visible_to(user).filter(claim__in=head, answer__in=head)
    links = [(head[link.answer_id], head[link.claim_id], link) for link in found]
    groups.sort(key=lambda group: (group[0].sort_date, group[0].article_id, group[0].start))
    days = {group[0].pk: _day(group) for group in groups}
    order = in_order(
        days, [(answer, claim) for answer, claim, _link in links], head[annotation.pk]
    )
    number = {key: nth for nth, key in enumerate(order, start=1)}
    by_head = {group[0].pk: group for group in groups}
    answers, answered_by = defaultdict(list), defaultdict(list)
    for answer, claim, link in links:
        if answer in number:
            answers[answer].append(Link(link, number[claim], by_head[claim][0]))
            answered_by[claim].append(Link(link, number[answer], by_head[answer][0]))
    for group in groups:
        group[0].allegation.copies = group[1:]
    turns = [
        Turn(
            number[key],
            by_head[key][0],
            by_head[key][1:],
            answers[key],
            _by_turn(answered_by[key]),
        )
        for key in order
    ]
    return Exchange(turns, left_out=len(others) > MOST_TURNS)


def folded(annotations: Sequence[Annotation]) -> list[list[Annotation]]:
    """Put those together that are copies of one another, the first of them first.

    Copies have one wording, the same parties as they were typed and the same act, and stand in
    different articles: of two claims on the same words in one article each has copies of its
    own.
    """
    groups: dict[tuple[str, ...], list[list[Annotation]]] = defaultdict(list)
    for annotation in annotations:
        same = groups[what_copies_share(annotation.allegation)]
        open_to_it = (
            group
            for group in same
            if all(one.article_id != annotation.article_id for one in group)
        )
        if group := next(open_to_it, None):
            group.append(annotation)
        else:
            same.append([annotation])
    return [group for same in groups.values() for group in same]


def what_copies_share(allegation: Allegation) -> tuple[str, ...]:
    return allegation.wording, allegation.claimant, allegation.accused, allegation.conduct


def with_responses(annotations: Iterable[Annotation], user: Viewer) -> list[Annotation]:
    """Give each allegation among these what `user` may see of the answers to it and to its
    copies, in one query."""
    annotations = list(annotations)
    claims = _claims(annotations)
    wordings = {one.allegation.wording for one in claims}
    links = (
        Answer.objects.visible_to(user).filter(claim__wording__in=wordings)
        if wordings
        else Answer.objects.none()
    )
    to: dict[tuple[str, ...], list[Answer]] = defaultdict(list)
    for link in links.select_related("claim__annotation", "answer__annotation__article"):
        to[what_copies_share(link.claim)].append(link)
    for one in claims:
        found = (
            link
            for link in to[what_copies_share(one.allegation)]
            if link.claim_id == one.pk or link.claim.annotation.article_id != one.article_id
        )
        one.allegation.response = Response(
            sorted(found, key=lambda link: (link.answer.annotation.sort_date, link.pk))
        )
    return annotations


def with_claims(annotations: Iterable[Annotation], user: Viewer) -> list[Annotation]:
    """Give each allegation among these what it answers, as far as `user` may see it, in one
    query."""
    annotations = list(annotations)
    claims = {one.pk: one.allegation for one in _claims(annotations)}
    links = (
        Answer.objects.visible_to(user).filter(answer__in=claims)
        if claims
        else Answer.objects.none()
    )
    answered: dict[UUID, list[Answer]] = defaultdict(list)
    for link in links.select_related("claim__annotation"):
        answered[link.answer_id].append(link)
    for pk, allegation in claims.items():
        allegation.claims_answered = answered[pk]
    return annotations


def with_copies(annotations: Iterable[Annotation], user: Viewer) -> list[Annotation]:
    """Give each allegation among these its copies that `user` may see, in one query."""
    annotations = list(annotations)
    claims = _claims(annotations)
    wordings = {one.allegation.wording for one in claims}
    seen = (
        _allegations(user)
        .filter(allegation__wording__in=wordings)
        .exclude(pk__in=[one.pk for one in claims])
    )
    others = (
        seen.select_related("article__publisher", "allegation").in_reading_order()
        if wordings
        else []
    )
    for group in folded([*claims, *others]):
        for one in group:
            one.allegation.copies = [other for other in group if other is not one]
    return annotations


def _claims(annotations: Iterable[Annotation]) -> list[Annotation]:
    return [
        one for one in annotations if one.kind == Kind.ALLEGATION and hasattr(one, "allegation")
    ]


def _allegations(user: Viewer) -> AnnotationQuerySet:
    return (
        Annotation.objects.visible_to(user)
        .current()
        .filter(kind=Kind.ALLEGATION, allegation__isnull=False)
    )


def _day(group: list[Annotation]) -> date | None:
    """Return the first day on which any of the copies was published; None where none is
    dated."""
    return min(
        (one.sort_date for one in group if one.sort_date != Article.NO_DATE), default=None
    )


def _by_turn(links: list[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.turn)
