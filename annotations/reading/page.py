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
from annotations.models import Annotation, Kind
from annotations.reading.marks import Mark, Mention, marks_among
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
    def marks(self) -> list[Mark]:
        """The marks in the order of the text."""
        annotations = Annotation.objects.filter(version=self._version)
        return marks_among(annotations.visible_to(self._user))

    @cached_property
    def text_html(self) -> SafeString:
        spans = []
        for mark in self.marks:
            spans.append(span_of(mark, _entity_address(mark)))
        return mark_safe(overlay(self._version.html, spans))

    @cached_property
    def notes(self) -> list[Annotation]:
        """The figures and allegations, which stand in the margin."""
        notes = [mark for mark in self.marks if isinstance(mark, Annotation)]
        return with_responses(notes, self._user)

    @property
    def mentioned(self) -> list[tuple[Mention, int]]:
        """Whom the text names, each by one mention with the number of all, most first."""
        mentions: dict[int, Mention] = {}
        counts: Counter[int] = Counter()
        for mark in self.marks:
            if isinstance(mark, Mention):
                mentions[mark.entity_id] = mark
                counts[mark.entity_id] += 1
        return [(mentions[key], count) for key, count in counts.most_common()]


def span_of(mark: Mark, href: str) -> HighlightSpan:
    """Return how an annotation is marked in a text; with an address it is a link."""
    kind = mark.get_kind_display()
    return HighlightSpan(
        id=str(mark.pk),
        start=mark.start,
        end=mark.end,
        classes=f"mark {mark.kind} {mark.state}",
        href=href,
        says=f"{kind}: {mark.tag} — {mark.get_state_display()}",
        ends=_("end of %(kind)s") % {"kind": kind},
        entity=str(mark.entity_id or ""),
    )


def _entity_address(mark: Mark) -> str:
    """Return where a mark leads: to the page of who or what it is, at this mention."""
    if isinstance(mark, Mention):
        return f"{mark.get_entity_url()}?at={mark.pk}#a-{mark.pk}"
    return ""
