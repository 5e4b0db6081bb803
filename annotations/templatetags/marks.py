"""Tags with which templates lay what is annotated beside the record itself."""

from typing import Any
from uuid import UUID

from django import template
from django.contrib.messages.storage.base import Message
from django.db.models import Sum
from django.template import Context
from django.template.defaultfilters import truncatechars, truncatewords

from annotations.allegations.threads import with_responses
from annotations.baskets.current import current_basket
from annotations.editing.undo import last_undoable, next_redo
from annotations.export.formats import FORMATS, Format
from annotations.models import Annotation, Entity, Kind, Response, TagCount
from annotations.reading.marks import Mark
from annotations.reading.page import MarkedText
from archive.models import Article, TextVersion

register = template.Library()

_MOST = 10


@register.simple_tag(takes_context=True)
def marks_on(context: Context, version: TextVersion) -> MarkedText:
    """`{% marks_on version as marked %}`: the text for reading, with what the user may see
    marked in it. Costs nothing until something of it is shown."""
    return MarkedText(version, context["request"].user)


@register.simple_tag(takes_context=True)
def most_mentioned(context: Context, kind: str) -> list[dict[str, Any]]:
    """`{% most_mentioned "person" as people %}`: who is mentioned most."""
    visible = TagCount.objects.visible_to(context["request"].user)
    # By the entity's kind rather than their own: an index has the rows of each entity.
    of_kind = visible.filter(entity__kind=kind)
    counted = of_kind.values_list("entity").annotate(count=Sum("number"))
    counts = dict(counted.order_by("-count")[:_MOST])
    entities = Entity.objects.in_bulk(counts)
    rows = []
    for key, count in counts.items():
        rows.append({"entity": entities[key], "count": count})
    return rows


@register.simple_tag(takes_context=True)
def newest_passages(context: Context, kind: str, most: int = 4) -> list[Annotation]:
    """`{% newest_passages "figure" as figures %}`: the passages of a kind that were tagged
    last."""
    user = context["request"].user
    visible = Annotation.objects.visible_to(user).current()
    of_kind = visible.filter(kind=kind).with_sources()
    newest = of_kind.order_by("-made_at", "pk").keys_first(most)
    return with_responses(newest, user)


@register.simple_tag(takes_context=True)
def response_to(context: Context, annotation: Annotation) -> Response:
    """`{% response_to annotation as response %}`: what answers an allegation; a query where
    nobody has asked yet."""
    allegation = getattr(annotation, "allegation", None)
    if allegation is None:
        return Response(())
    if allegation.response is None:
        with_responses([annotation], context["request"].user)
    return allegation.response or Response(())


@register.inclusion_tag("annotations/_undo_redo.html", takes_context=True)
def undo_and_redo(context: Context, article: Article | None = None) -> dict[str, Any]:
    """`{% undo_and_redo article %}`: buttons and keys for the last act of who is asking, of all
    or in one article."""
    request = context["request"]
    return {
        "last": last_undoable(request.user, article),
        "redo": next_redo(request.user, article),
        "request": request,
    }


@register.simple_tag(takes_context=True)
def keys_in_basket(context: Context) -> list[UUID]:
    """`{% keys_in_basket as held %}`: what is in the basket of who is asking. Without a session
    it costs nothing."""
    return current_basket(context["request"]).contents.keys


@register.simple_tag
def export_formats() -> dict[str, Format]:
    """`{% export_formats as formats %}`: by the name that the address takes."""
    return FORMATS


@register.filter
def short_tag(mark: Mark) -> str:
    """`{{ mark|short_tag }}`: what a passage is tagged as, in a few words; of an allegation with
    its status.

    A filter and not a part of a page, because a list of marks has it on each line.
    """
    if isinstance(mark, Annotation) and mark.kind == Kind.ALLEGATION:
        allegation = mark.allegation
        summary = truncatechars(truncatewords(allegation.summary, 14), 70)
        return f"{summary} ({allegation.get_status_display()})"
    return str(truncatechars(truncatewords(mark.tag, 14), 90))


@register.filter
def act_of(message: Message) -> int:
    """`{% with act=message|act_of %}`: the act that a message tells of, for a button that
    undoes it; 0 if none."""
    return int((message.extra_tags or "").partition("act-")[2] or 0)
