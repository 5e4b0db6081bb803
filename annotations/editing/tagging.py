"""Making, changing and taking back tags: each of them one act, with its lines in the journal.

A change carries the revision that its author saw. If the annotation is no longer at it,
`StaleRevision` is raised and nothing is saved: the page then shows both versions.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from annotations import journal
from annotations.core.anchoring.selectors import Selector
from annotations.editing.apply_to_all import ApplyCandidate, SpanKey, still_there
from annotations.journal.recorder import Recorder, once
from annotations.linking.linker import link_articles, link_version, lock_articles
from annotations.models import MENTIONS, Act, Annotation, Kind, State
from archive.models import TextVersion, User

VERDICTS = {State.CONFIRMED: Act.Kind.CONFIRMED, State.REJECTED: Act.Kind.REJECTED}


class TagDetails(Protocol):
    """What is said of a passage, checked already: a form, or anything that can save itself.

    Of a mention, `cleaned_data["entity"]` is the key of the entity, or another word for a new
    one.
    """

    cleaned_data: dict[str, Any]

    def save(self, annotation: Annotation, recorder: Recorder) -> None:
        """Save `annotation` and what is said of it through `recorder`."""


class StaleRevision(Exception):
    """The annotation was changed since; `current` is what it is now, None if it was deleted."""

    def __init__(self, current: Annotation | None) -> None:
        super().__init__("changed meanwhile")
        self.current = current


@dataclass(frozen=True)
class ApplyResult:
    """To how many places a tag was applied, and how many were left out; the act is None if all
    were."""

    act: Act | None
    count: int
    left_out: int


def tag(
    version: TextVersion,
    selector: Selector,
    kind: Kind,
    details: TagDetails,
    by: User,
    key: UUID | None = None,
) -> tuple[Annotation, Act]:
    """Tag a passage. A mention that stands there already, whatever its state, is confirmed
    instead.

    Raises AlreadyDone if this was asked for before, under the same `key`.
    """
    with once(key, by), _act(Act.Kind.TAGGED, version, selector.exact, by, key) as recorder:
        annotation = _same_mention(version, selector, kind, details) or Annotation(
            kind=kind, made_by=by
        )
        if not annotation._state.adding:
            annotation.revision += 1
        annotation.place(version, selector)
        annotation.confirm()
        details.save(annotation, recorder)
        _linked_again(annotation, recorder)
    return annotation, recorder.act


def change(
    pk: UUID,
    revision: int,
    version: TextVersion,
    selector: Selector,
    details: TagDetails,
    by: User,
    key: UUID | None = None,
) -> tuple[Annotation, Act]:
    """Change what is said of a passage, or which words it is. Raises Stale, and AlreadyDone as
    `tag` does."""
    with once(key, by), _act(Act.Kind.CHANGED, version, selector.exact, by, key) as recorder:
        annotation = _at_revision(pk, revision)
        recorder.note(annotation)
        standing = _same_mention(version, selector, Kind(annotation.kind), details)
        if standing and standing.pk != annotation.pk:
            recorder.delete([standing])
        annotation.place(version, selector)
        annotation.confirm()
        annotation.revision += 1
        details.save(annotation, recorder)
        _linked_again(annotation, recorder)
    return annotation, recorder.act


def judge(seen: Mapping[UUID, int], state: State, by: User) -> tuple[Act | None, int]:
    """Confirm or reject mentions as one act, each given with the revision at which it was seen.

    Those that are no longer at it stay as they are. Returns the act, None if nothing was left
    to judge, and how many stayed.
    """
    with transaction.atomic():
        lock_articles(Annotation.objects.filter(pk__in=seen).values_list("article", flat=True))
        found = (
            Annotation.objects.select_for_update()
            .filter(pk__in=seen, kind__in=MENTIONS)
            .in_text_order()
        )
        mentions = [mention for mention in found if mention.revision == seen[mention.pk]]
        return _judge(mentions, state, by) if mentions else None, len(seen) - len(mentions)


def delete(pk: UUID, revision: int, by: User, key: UUID | None = None) -> Act:
    """Take a tag away, and return the act, which can be undone.

    A mention is rejected and kept, so that it is never proposed again. A figure or an
    allegation goes. Raises Stale, and AlreadyDone as `tag` does.
    """
    with once(key, by), transaction.atomic():
        annotation = _at_revision(pk, revision)
        if annotation.kind in MENTIONS:
            return _judge([annotation], State.REJECTED, by, key)
        with _act(Act.Kind.DELETED, annotation.version, annotation.exact, by, key) as recorder:
            recorder.delete([annotation])
        return recorder.act


def apply(
    pk: UUID, revision: int, places: Collection[SpanKey], by: User, key: UUID | None = None
) -> ApplyResult:
    """Tag the same words at other places as they are tagged in the mention `pk`, as one act.

    Mentions that stand there are confirmed or, if they are somebody else's, become this one's.
    Places that are not as they were shown are left out. Raises Stale, and AlreadyDone as `tag`
    does.
    """
    with once(key, by), transaction.atomic():
        own = Annotation.objects.filter(pk=pk).values_list("article", flat=True)
        lock_articles({place.article for place in places}.union(own))
        annotation = _at_revision(pk, revision)
        found, article = still_there(annotation, places), annotation.article
        left_out = len(set(places)) - len(found)
        if not found:
            return ApplyResult(None, 0, left_out)
        what, count = annotation.exact, len(found)
        with journal.record(
            Act.Kind.APPLIED, by=by, what=what, passages=count, article=article, key=key
        ) as recorder:
            _apply(annotation, found, by, recorder)
            link_articles({each.version.article_id for each in found}, recorder)
    return ApplyResult(recorder.act, count, left_out)


def _apply(
    annotation: Annotation, found: list[ApplyCandidate], by: User, recorder: Recorder
) -> None:
    whose = {"kind": annotation.kind, "entity": annotation.entity_id}
    taken = {each.mark.pk for each in found if each.mark}
    refuted = {mark.pk for each in found for mark in each.refuted}
    rows = Annotation.objects.select_for_update().in_bulk(taken | refuted)
    unsaid = {"reason": "", "named_in": None}
    recorder.alter((rows[mark], {"state": State.REJECTED, **unsaid}) for mark in refuted)
    recorder.alter(
        (rows[mark], {**whose, "state": State.CONFIRMED, **unsaid}) for mark in taken
    )
    fresh = []
    for each in found:
        if each.mark is None:
            mention = Annotation(
                kind=annotation.kind, entity_id=annotation.entity_id, made_by=by
            )
            mention.place(each.version, each.place)
            fresh.append(mention)
    recorder.add(fresh)


def _judge(mentions: list[Annotation], state: State, by: User, key: UUID | None = None) -> Act:
    articles = {mention.article_id for mention in mentions}
    article = mentions[0].article if len(articles) == 1 else None
    what = mentions[0].exact
    with journal.record(
        VERDICTS[state], by=by, what=what, passages=len(mentions), article=article, key=key
    ) as recorder:
        recorder.alter(
            (mention, {"state": state, "reason": "", "named_in": None}) for mention in mentions
        )
        link_articles(articles, recorder)
    return recorder.act


@contextmanager
def _act(
    kind: Act.Kind, version: TextVersion, words: str, by: User, key: UUID | None
) -> Iterator[Recorder]:
    """Do one thing to one passage, with nobody else at work in its article meanwhile."""
    with transaction.atomic():
        lock_articles([version.article_id])
        with journal.record(
            kind, by=by, what=words, passages=1, article=version.article, key=key
        ) as recorder:
            yield recorder


def _at_revision(pk: UUID, revision: int) -> Annotation:
    current = Annotation.objects.select_for_update().filter(pk=pk).first()
    if current is None or current.revision != revision:
        raise StaleRevision(current)
    return current


def _same_mention(
    version: TextVersion, selector: Selector, kind: Kind, details: TagDetails
) -> Annotation | None:
    if kind not in MENTIONS:
        return None
    chosen = details.cleaned_data["entity"]
    if not chosen.isdecimal():
        return None
    there = Annotation.objects.select_for_update().filter(
        version=version, start=selector.start, end=selector.end
    )
    return there.filter(entity=chosen).first()


def _linked_again(annotation: Annotation, recorder: Recorder) -> None:
    """Let the machine take back what it thought of this place: an editor has spoken."""
    if annotation.kind in MENTIONS:
        link_version(annotation.version, recorder)
