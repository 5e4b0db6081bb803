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
from annotations.models import (
    Annotation,
    AnnotationQuerySet,
    Embargo,
    Entity,
    Kind,
    entity_url,
)
from archive.models import TextVersion, Viewer, sha256_of


@dataclass(frozen=True)
class MarkedText:
    """A text for reading. `notes` are its figures and allegations, `mentioned` whom it names,
    most often first."""

    text_html: SafeString
    marks: list[Annotation]
    notes: list[Annotation]
    mentioned: list[tuple[Entity, int]]
    # What a selection can be tagged as.
    kinds = Kind


def marked_text(version: TextVersion, user: Viewer) -> MarkedText:
    """Lay over `version` the marks on it that `user` may see."""
    annotations = Annotation.objects.filter(version=version).visible_to(user)
    marks = with_responses(annotations.with_details().in_text_order(), user)
    spans = [span_of(mark, _entity_address(mark)) for mark in marks]
    html = overlay(version.html, spans)
    return MarkedText(
        text_html=mark_safe(html),
        marks=marks,
        notes=[mark for mark in marks if mark.kind in (Kind.FIGURE, Kind.ALLEGATION)],
        mentioned=_mention_counts(marks),
    )


def _mention_counts(marks: list[Annotation]) -> list[tuple[Entity, int]]:
    """Return whom marks mention, and how often, most first."""
    entities = {}
    counts: Counter[int] = Counter()
    for mark in marks:
        if mark.entity is not None:
            entities[mark.entity.pk] = mark.entity
            counts[mark.entity.pk] += 1
    return [(entities[key], count) for key, count in counts.most_common()]


def stamp_of(version: TextVersion) -> str:
    """Return a key that changes whenever a mark on `version`, the name of somebody mentioned in
    it, or an embargo changes; also whenever readers see another answer to what is alleged.

    Costs one query, and one more where anything is alleged.
    """
    annotations = Annotation.objects.filter(version=version).order_by()
    embargoes = Embargo.objects.in_force()
    values = annotations.aggregate(
        Count("pk"),
        Sum("revision"),
        # An imported annotation keeps its old time of change.
        Sum("start"),
        Max("changed_at"),
        Max("entity__changed_at"),
        claims=Count("pk", filter=Q(kind=Kind.ALLEGATION)),
        embargoes=Max(Subquery(embargoes.counted())),
        newest=Max(Subquery(embargoes.newest())),
    )
    parts = [str(value) for value in values.values()]
    if values["claims"]:
        parts += _response_stamps(annotations)
    return sha256_of("-".join(parts).encode())


def _response_stamps(annotations: AnnotationQuerySet) -> list[str]:
    """Return a stamp of what readers see in answer to each allegation among these."""
    allegations = annotations.filter(kind=Kind.ALLEGATION, allegation__isnull=False)
    allegations = allegations.select_related("allegation").order_by("pk")
    stamps = []
    for claim in with_responses(allegations, AnonymousUser()):
        if claim.allegation.response:
            stamps.append(claim.allegation.response.stamp)
    return stamps


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
