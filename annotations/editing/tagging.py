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
from annotations.editing.apply_to_all import (
    ApplyCandidate,
    SpanKey,
    unchanged_candidates,
)
from annotations.journal.recorder import Recorder, once
from annotations.linking.linker import link_articles, link_version
from annotations.models import MENTIONS, Act, Annotation, Kind, State
from archive.models import TextVersion, User, lock_articles

ACT_OF_JUDGEMENT = {
    State.CONFIRMED: Act.Kind.CONFIRMED,
    State.REJECTED: Act.Kind.REJECTED,
}
# What a mention has once an editor has spoken on it.
NOT_BY_MACHINE = {"reason": "", "named_in": None}


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
    with (
        once(key, by),
        _passage_act(Act.Kind.TAGGED, version, selector.exact, by, key) as recorder,
    ):
        annotation = _same_mention(version, selector, kind, details)
        if annotation is None:
            annotation = Annotation(kind=kind, made_by=by)
        else:
            annotation.revision += 1
        annotation.put_on(version, selector)
        annotation.confirm()
        details.save(annotation, recorder)
        _link_around(annotation, recorder)
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
    """Change what is said of a passage, or which words it is.

    Raises StaleRevision, and AlreadyDone as `tag` does.
    """
    with (
        once(key, by),
        _passage_act(Act.Kind.CHANGED, version, selector.exact, by, key) as recorder,
    ):
        annotation = _at_revision(pk, revision)
        recorder.note(annotation)
        duplicate = _same_mention(version, selector, Kind(annotation.kind), details)
        if duplicate is not None and duplicate.pk != annotation.pk:
            recorder.delete([duplicate])
        annotation.put_on(version, selector)
        annotation.confirm()
        annotation.revision += 1
        details.save(annotation, recorder)
        _link_around(annotation, recorder)
    return annotation, recorder.act


def judge(seen: Mapping[UUID, int], state: State, by: User) -> tuple[Act | None, int]:
    """Confirm or reject mentions as one act, each given with the revision at which it was seen.

    Those that are no longer at it stay as they are. Returns the act, None if nothing was left
    to judge, and how many stayed.
    """
    with transaction.atomic():
        lock_articles(
            Annotation.objects.filter(pk__in=seen).values_list("article", flat=True)
        )
        locked = Annotation.objects.select_for_update()
        candidates = locked.filter(pk__in=seen, kind__in=MENTIONS).in_text_order()
        mentions = [
            mention for mention in candidates if mention.revision == seen[mention.pk]
        ]
        act = _judge(mentions, state, by) if mentions else None
        return act, len(seen) - len(mentions)


def delete(pk: UUID, revision: int, by: User, key: UUID | None = None) -> Act:
    """Take a tag away, and return the act, which can be undone.

    A mention is rejected and kept, so that it is never proposed again. A figure or an
    allegation goes. Raises StaleRevision, and AlreadyDone as `tag` does.
    """
    with once(key, by), transaction.atomic():
        annotation = _at_revision(pk, revision)
        if annotation.kind in MENTIONS:
            return _judge([annotation], State.REJECTED, by, key)
        with _passage_act(
            Act.Kind.DELETED, annotation.version, annotation.exact, by, key
        ) as recorder:
            recorder.delete([annotation])
        return recorder.act


def apply(
    pk: UUID,
    revision: int,
    places: Collection[SpanKey],
    by: User,
    key: UUID | None = None,
) -> ApplyResult:
    """Tag the same words at other places as they are tagged in the mention `pk`, as one act.

    Mentions that stand there are confirmed or, if they are somebody else's, become this one's.
    Places that are not as they were shown are left out. Raises StaleRevision, and AlreadyDone
    as `tag` does.
    """
    with once(key, by), transaction.atomic():
        article_ids = {place.article for place in places}
        article_ids.update(
            Annotation.objects.filter(pk=pk).values_list("article", flat=True)
        )
        lock_articles(article_ids)
        annotation = _at_revision(pk, revision)
        candidates = unchanged_candidates(annotation, places)
        left_out = len(set(places)) - len(candidates)
        if not candidates:
            return ApplyResult(None, 0, left_out)
        with journal.record(
            Act.Kind.APPLIED,
            by=by,
            what=annotation.exact,
            passages=len(candidates),
            article=annotation.article,
            key=key,
        ) as recorder:
            _apply_to(candidates, annotation, by, recorder)
            tagged = {candidate.version.article_id for candidate in candidates}
            link_articles(tagged, recorder)
    return ApplyResult(recorder.act, len(candidates), left_out)


def _apply_to(
    candidates: list[ApplyCandidate],
    annotation: Annotation,
    by: User,
    recorder: Recorder,
) -> None:
    replaced_keys: set[UUID] = set()
    refuted_keys: set[UUID] = set()
    created = []
    for candidate in candidates:
        refuted_keys.update(mention.pk for mention in candidate.refuted)
        if candidate.mark is not None:
            replaced_keys.add(candidate.mark.pk)
            continue
        mention = Annotation(
            kind=annotation.kind, entity_id=annotation.entity_id, made_by=by
        )
        mention.put_on(candidate.version, candidate.place)
        created.append(mention)
    rows = Annotation.objects.select_for_update().in_bulk(replaced_keys | refuted_keys)
    rejected = {"state": State.REJECTED, **NOT_BY_MACHINE}
    recorder.update_each((rows[key], rejected) for key in refuted_keys)
    confirmed = {
        "kind": annotation.kind,
        "entity": annotation.entity_id,
        "state": State.CONFIRMED,
        **NOT_BY_MACHINE,
    }
    recorder.update_each((rows[key], confirmed) for key in replaced_keys)
    recorder.bulk_create(created)


def _judge(
    mentions: list[Annotation], state: State, by: User, key: UUID | None = None
) -> Act:
    article_ids = {mention.article_id for mention in mentions}
    with journal.record(
        ACT_OF_JUDGEMENT[state],
        by=by,
        what=mentions[0].exact,
        passages=len(mentions),
        article=mentions[0].article if len(article_ids) == 1 else None,
        key=key,
    ) as recorder:
        judgement = {"state": state, **NOT_BY_MACHINE}
        recorder.update_each((mention, judgement) for mention in mentions)
        link_articles(article_ids, recorder)
    return recorder.act


@contextmanager
def _passage_act(
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
    same_span = Annotation.objects.select_for_update().filter(
        version=version, start=selector.start, end=selector.end
    )
    return same_span.filter(entity=chosen).first()


def _link_around(annotation: Annotation, recorder: Recorder) -> None:
    """Let the machine take back what it thought of a passage on which an editor has spoken."""
    if annotation.kind in MENTIONS:
        link_version(annotation.version, recorder)
