"""An article as it is read: its text with the marks on it, and the notes that stand in the
margin.

    TextVersion + its annotations ── overlay ──> text_html, notes

A fixed number of queries, whatever the number of marks: one where nothing is alleged.
"""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q, Subquery, Sum
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from annotations.allegations.threads import with_responses
from annotations.core.anchoring.highlighter import HighlightSpan, overlay
from annotations.models import Annotation, Embargo, Entity, Kind, entity_url
from archive.models import TextVersion, Viewer, sha256_of


@dataclass(frozen=True)
class MarkedText:
    """A text for reading. `notes` are its figures and allegations, `mentioned` whom it names,
    most often first."""

    text_html: SafeString
    marks: list[Annotation]
    notes: list[Annotation]
    mentioned: list[tuple[Entity, int]]
    kinds = Kind
    """What a selection can be tagged as."""


def marked_text(version: TextVersion, user: Viewer) -> MarkedText:
    """Lay over `version` the marks on it that `user` may see."""
    seen = Annotation.objects.filter(version=version).visible_to(user)
    marks = with_responses(seen.with_details().in_text_order(), user)
    entities = {mark.entity_id: mark.entity for mark in marks if mark.entity is not None}
    counts = Counter(mark.entity_id for mark in marks if mark.entity_id)
    return MarkedText(
        text_html=mark_safe(
            overlay(version.html, (span_of(mark, _page_of(mark)) for mark in marks))
        ),
        marks=marks,
        notes=[mark for mark in marks if mark.kind in (Kind.FIGURE, Kind.ALLEGATION)],
        mentioned=[(entities[pk], count) for pk, count in counts.most_common()],
    )


def stamp_of(version: TextVersion) -> str:
    """Return what changes whenever a mark on `version`, the name of somebody mentioned in it,
    or an embargo changes.

    So it does whenever readers see another answer to what is alleged in it, for two queries
    where anything is.
    """
    marks, embargoes = (
        Annotation.objects.filter(version=version).order_by(),
        Embargo.objects.in_force(),
    )
    stamp = marks.aggregate(
        Count("pk"),
        Sum("revision"),
        Sum("start"),  # what is imported keeps its old time
        Max("changed_at"),
        Max("entity__changed_at"),
        claims=Count("pk", filter=Q(kind=Kind.ALLEGATION)),
        embargoes=Max(Subquery(embargoes.counted())),
        newest=Max(Subquery(embargoes.newest())),
    )
    answers: list[str] = []
    if stamp["claims"]:
        allegations = marks.filter(
            kind=Kind.ALLEGATION, allegation__isnull=False
        ).select_related("allegation")
        told = with_responses(allegations.order_by("pk"), AnonymousUser())
        answers = [one.allegation.response.stamp for one in told if one.allegation.response]
    return sha256_of("-".join(map(str, [*stamp.values(), *answers])).encode())


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


def _page_of(mark: Annotation) -> str:
    """Return where a mark leads: to the page of who or what it is, at this mention."""
    if mark.entity is None:
        return ""
    return f"{entity_url(mark.entity.kind, mark.entity.slug)}?at={mark.pk}#a-{mark.pk}"
