"""Allegations as they are read: as turns of an exchange, each with what it answers and what
answers it.

`exchange_of` gives the whole exchange from any of its turns; `with_responses` gives each
allegation of a list what was last said to it, so that none is shown without. Both ask a fixed
number of queries. Claims that stand in copies of one agency's text are one turn: `fold_copies` puts
them together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter
from uuid import UUID

from annotations.allegations.thread_order import thread_order
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
    # What it answers.
    answers: list[Link]
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
    connected = Allegation.objects.in_exchange_with(annotation.allegation.wording)
    others = (
        _allegations(user).filter(allegation__in=connected).exclude(pk=annotation.pk)
    )
    others_read = list(others.with_sources().in_reading_order()[: MOST_TURNS + 1])
    groups = fold_copies([annotation, *others_read[:MOST_TURNS]])
    groups.sort(key=_reading_position)
    turns = _turns(groups, annotation, user)
    return Exchange(turns, left_out=len(others_read) > MOST_TURNS)


def _turns(
    groups: list[list[Annotation]], annotation: Annotation, user: Viewer
) -> list[Turn]:
    """Return the turns that answers connect with `annotation`, in the order of an exchange.

    A turn is a group of copies; its first copy, the head, stands for it.
    """
    groups_by_head = {group[0].pk: group for group in groups}
    head_of = {}
    for group in groups:
        group[0].allegation.copies = group[1:]
        for copy in group:
            head_of[copy.pk] = group[0].pk
    answers = Answer.objects.visible_to(user).filter(
        claim__in=head_of, answer__in=head_of
    )
    links = [
        (head_of[link.answer_id], head_of[link.claim_id], link) for link in answers
    ]
    days = {head: _first_day(group) for head, group in groups_by_head.items()}
    pairs = [(answer, claim) for answer, claim, _link in links]
    order = thread_order(days, pairs, head_of[annotation.pk])
    numbers = {head: number for number, head in enumerate(order, start=1)}

    answered: dict[UUID, list[Link]] = defaultdict(list)
    answered_by: dict[UUID, list[Link]] = defaultdict(list)
    for answer, claim, link in links:
        # Both ends are connected with the annotation, or neither is.
        if answer in numbers:
            claim_head = groups_by_head[claim][0]
            answer_head = groups_by_head[answer][0]
            answered[answer].append(Link(link, numbers[claim], claim_head))
            answered_by[claim].append(Link(link, numbers[answer], answer_head))
    turns = []
    for head in order:
        first, *copies = groups_by_head[head]
        responses = sorted(answered_by[head], key=attrgetter("turn"))
        turns.append(Turn(numbers[head], first, copies, answered[head], responses))
    return turns


def fold_copies(annotations: Sequence[Annotation]) -> list[list[Annotation]]:
    """Put allegations together that are copies of one another, the first of them first.

    Copies have one wording, the same parties as they were typed and the same act, and stand in
    different articles: of two claims on the same words in one article each has copies of its
    own.
    """
    groups_by_identity = defaultdict[tuple[str, ...], list[list[Annotation]]](list)
    for annotation in annotations:
        groups = groups_by_identity[copy_identity(annotation.allegation)]
        for group in groups:
            if all(copy.article_id != annotation.article_id for copy in group):
                group.append(annotation)
                break
        else:
            groups.append([annotation])
    return list(chain.from_iterable(groups_by_identity.values()))


def copy_identity(allegation: Allegation) -> tuple[str, ...]:
    """Return what all copies of an allegation have in common."""
    return (
        allegation.wording,
        allegation.claimant,
        allegation.accused,
        allegation.conduct,
    )


def with_responses(annotations: Iterable[Annotation], user: Viewer) -> list[Annotation]:
    """Give each allegation among these what `user` may see of the answers to it and to its
    copies. Costs one query; none where nothing is alleged."""
    annotations = list(annotations)
    claims = _only_allegations(annotations)
    answers: dict[tuple[str, ...], list[Answer]] = defaultdict(list)
    if claims:
        wordings = {claim.allegation.wording for claim in claims}
        links = Answer.objects.visible_to(user).filter(claim__wording__in=wordings)
        for link in links.select_related(
            "claim__annotation", "answer__annotation__article"
        ):
            answers[copy_identity(link.claim)].append(link)
    for claim in claims:
        own = []
        for link in answers[copy_identity(claim.allegation)]:
            # A twin in the same article is another claim, not a copy.
            is_twin = link.claim.annotation.article_id == claim.article_id
            if link.claim_id == claim.pk or not is_twin:
                own.append(link)
        own.sort(key=lambda link: (link.answer.annotation.sort_date, link.pk))
        claim.allegation.response = Response(own)
    return annotations


def with_claims(annotations: Iterable[Annotation], user: Viewer) -> list[Annotation]:
    """Give each allegation among these what it answers, as far as `user` may see it. Costs one
    query; none where nothing is alleged."""
    annotations = list(annotations)
    answers = _only_allegations(annotations)
    links_by_answer: dict[UUID, list[Answer]] = defaultdict(list)
    if answers:
        keys = [answer.pk for answer in answers]
        links = Answer.objects.visible_to(user).filter(answer__in=keys)
        for link in links.select_related("claim__annotation"):
            links_by_answer[link.answer_id].append(link)
    for answer in answers:
        answer.allegation.claims_answered = links_by_answer[answer.pk]
    return annotations


def with_copies(annotations: Iterable[Annotation], user: Viewer) -> list[Annotation]:
    """Give each allegation among these its copies that `user` may see. Costs one query; none
    where nothing is alleged."""
    annotations = list(annotations)
    claims = _only_allegations(annotations)
    others: Iterable[Annotation] = []
    if claims:
        wordings = {claim.allegation.wording for claim in claims}
        same_words = _allegations(user).filter(allegation__wording__in=wordings)
        same_words = same_words.exclude(pk__in=[claim.pk for claim in claims])
        others = same_words.select_related("article__publisher", "allegation")
        others = others.in_reading_order()
    for group in fold_copies([*claims, *others]):
        for claim in group:
            claim.allegation.copies = [copy for copy in group if copy is not claim]
    return annotations


def _only_allegations(annotations: Iterable[Annotation]) -> list[Annotation]:
    allegations = []
    for annotation in annotations:
        if annotation.kind == Kind.ALLEGATION and hasattr(annotation, "allegation"):
            allegations.append(annotation)
    return allegations


def _allegations(user: Viewer) -> AnnotationQuerySet:
    annotations = Annotation.objects.visible_to(user).current()
    return annotations.filter(kind=Kind.ALLEGATION, allegation__isnull=False)


def _first_day(group: list[Annotation]) -> date | None:
    """Return the first day on which any of the copies was published; None where none is
    dated."""
    days = [copy.sort_date for copy in group if copy.sort_date != Article.NO_DATE]
    return min(days, default=None)


def _reading_position(group: list[Annotation]) -> tuple[date, int, int]:
    return group[0].sort_date, group[0].article_id, group[0].start
