"""An article as it is read: its text with the marks on it, and the notes that stand in the
margin.

    TextVersion + its annotations ── overlay ──> text_html, notes

A fixed number of queries, whatever the number of marks: one where nothing is alleged.
"""

from collections import Counter
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from annotations.allegations.threads import with_responses
from annotations.core.anchoring.highlighter import HighlightSpan, overlay
from annotations.models import Annotation, Entity, Kind, entity_url
from archive.models import TextVersion, Viewer


class MarkedText:
    """A version of a text with the marks on it that `user` may see; each part is made when it
    is first shown."""

    # What a selection can be tagged as.
    kinds = Kind

    def __init__(self, version: TextVersion, user: Viewer) -> None:
        self._version = version
        self._user = user

    @cached_property
    def marks(self) -> list[Annotation]:
        """The marks in the order of the text."""
        visible = Annotation.objects.filter(version=self._version).visible_to(
            self._user
        )
        return with_responses(visible.with_details().in_text_order(), self._user)

    @cached_property
    def text_html(self) -> SafeString:
        spans = [span_of(mark, _entity_address(mark)) for mark in self.marks]
        return mark_safe(overlay(self._version.html, spans))

    @property
    def notes(self) -> list[Annotation]:
        """The figures and allegations, which stand in the margin."""
        notes = (Kind.FIGURE, Kind.ALLEGATION)
        return [mark for mark in self.marks if mark.kind in notes]

    @property
    def mentioned(self) -> list[tuple[Entity, int]]:
        """Whom the text names, most often first."""
        return _mention_counts(self.marks)


def _mention_counts(marks: list[Annotation]) -> list[tuple[Entity, int]]:
    """Return whom marks mention, and how often, most first."""
    entities = {}
    counts: Counter[int] = Counter()
    for mark in marks:
        if mark.entity is not None:
            entities[mark.entity.pk] = mark.entity
            counts[mark.entity.pk] += 1
    return [(entities[key], count) for key, count in counts.most_common()]


def span_of(mark: Annotation, href: str) -> HighlightSpan:
    """Return how an annotation is marked in a text; with an address it is a link."""
    return HighlightSpan(
        id=str(mark.pk),
        start=mark.start,
        end=mark.end,
        classes=f"mark {mark.kind} {mark.state}",
        href=href,
        says=f"{mark.get_kind_display()}: {mark.tag} — {mark.get_state_display()}",
        ends=_("end of %(kind)s") % {"kind": mark.get_kind_display()},
        entity=str(mark.entity_id or ""),
    )


def _entity_address(mark: Annotation) -> str:
    """Return where a mark leads: to the page of who or what it is, at this mention."""
    if mark.entity is None:
        return ""
    return f"{entity_url(mark.entity.kind, mark.entity.slug)}?at={mark.pk}#a-{mark.pk}"
