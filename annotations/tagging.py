"""Making, changing and taking back tags: each of them a transaction with its line in the journal.

A change carries the revision that its author saw. If the annotation is no longer at it, `Stale` is raised and
nothing is saved: the page then shows both versions.
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from annotations import journal
from annotations.anchoring import Selector
from annotations.forms import DetailForm, MentionForm
from annotations.mentions import link_version
from annotations.models import MENTIONS, Allegation, Annotation, Change, Figure, Kind, State
from archive.models import TextVersion, User


class Stale(Exception):
    """The annotation was changed since; `current` is what it is now, None if it was deleted."""

    def __init__(self, current: Annotation | None) -> None:
        super().__init__("changed meanwhile")
        self.current = current


def tag(
    version: TextVersion, selector: Selector, kind: Kind, details: MentionForm | DetailForm, by: User
) -> Annotation:
    """Tag a passage. A mention that stands there already, whatever its state, is confirmed instead."""
    with transaction.atomic():
        annotation = _same_mention(version, selector, kind, details) or Annotation(kind=kind, made_by=by)
        before = None if annotation._state.adding else journal.snapshot(annotation)
        annotation.place(version, selector)
        annotation.confirm()
        annotation.revision += 0 if before is None else 1
        details.save(annotation)
        _linked_again(annotation)
        act = Change.Act.MADE if before is None else Change.Act.CHANGED
        journal.record(act, annotation, by, before=before, after=journal.snapshot(annotation))
    return annotation


def change(
    pk: UUID, revision: int, version: TextVersion, selector: Selector, details: MentionForm | DetailForm, by: User
) -> Annotation:
    """Change what is said of a passage, or which words it is. Raises Stale."""
    with transaction.atomic():
        annotation = _at_revision(pk, revision)
        before = journal.snapshot(annotation)
        annotation.place(version, selector)
        annotation.confirm()
        annotation.revision += 1
        details.save(annotation)
        _linked_again(annotation)
        journal.record(Change.Act.CHANGED, annotation, by, before=before, after=journal.snapshot(annotation))
    return annotation


def judge(pk: UUID, revision: int, state: State, by: User) -> Annotation:
    """Confirm or reject a mention. Raises Stale."""
    with transaction.atomic():
        annotation = _at_revision(pk, revision)
        before = journal.snapshot(annotation)
        annotation.state = state
        annotation.revision += 1
        annotation.save(update_fields=["state", "revision", "changed_at"])
        _linked_again(annotation)
        journal.record(Change.Act.CHANGED, annotation, by, before=before, after=journal.snapshot(annotation))
    return annotation


def delete(pk: UUID, revision: int, by: User) -> Change | None:
    """Take a tag away.

    A mention is rejected and kept, so that it is never proposed again. A figure or an allegation goes, and all
    that it was into the journal: that line is returned, for `restore`. Raises Stale.
    """
    with transaction.atomic():
        annotation = _at_revision(pk, revision)
        if annotation.kind in MENTIONS:
            judge(pk, revision, State.REJECTED, by)
            return None
        before = journal.snapshot(annotation)
        line = journal.record(Change.Act.DELETED, annotation, by, before=before, after=None)
        annotation.delete()
        return line


def restore(line: Change, by: User) -> Annotation:
    """Make a deleted annotation again, as it was, under its own address. Does nothing if it is there again."""
    with transaction.atomic():
        existing = Annotation.objects.filter(pk=line.annotation_id).first()
        if existing or line.before is None:
            return existing or Annotation.objects.get(pk=line.annotation_id)
        kept: dict[str, Any] = dict(line.before)
        figure, allegation = kept.pop("figure", None), kept.pop("allegation", None)
        annotation = Annotation.objects.create(**journal.as_fields(Annotation, kept))
        if figure:
            Figure.objects.create(annotation=annotation, **journal.as_fields(Figure, figure))
        if allegation:
            Allegation.objects.create(annotation=annotation, **journal.as_fields(Allegation, allegation))
        journal.record(Change.Act.MADE, annotation, by, before=None, after=line.before)
    return annotation


def _at_revision(pk: UUID, revision: int) -> Annotation:
    current = Annotation.objects.select_for_update().filter(pk=pk).first()
    if current is None or current.revision != revision:
        raise Stale(current)
    return current


def _same_mention(
    version: TextVersion, selector: Selector, kind: Kind, details: MentionForm | DetailForm
) -> Annotation | None:
    if kind not in MENTIONS:
        return None
    chosen = details.cleaned_data["entity"]
    if not chosen.isdecimal():
        return None
    there = Annotation.objects.select_for_update().filter(version=version, start=selector.start, end=selector.end)
    return there.filter(entity=chosen).first()


def _linked_again(annotation: Annotation) -> None:
    """Let the machine take back what it thought of this place: an editor has spoken."""
    if annotation.kind in MENTIONS:
        link_version(annotation.version)
