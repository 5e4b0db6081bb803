"""One passage: its permanent address, and the way from one mention to the next."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from annotations.baskets.contents import may_be_collected
from annotations.export.excerpts import excerpts_of
from annotations.figures.ledger import replacing
from annotations.journal.recorder import changes_of
from annotations.models import SHOWN, Annotation, AnnotationQuerySet, Kind
from annotations.reading.passage import proof_of
from annotations.views import jsonld
from annotations.views.export import file_of
from annotations.views.robots import keep_out
from archive.kept_pages import kept
from archive.models import TextVersion
from archive.pagination import following
from archive.permissions import open_to
from archive.roles import Role

# Mentions before or after one, up to which it is said which of how many it is: counting
# costs what is counted.
MOST_COUNTED = 500


@dataclass(frozen=True)
class Neighbours:
    """The mentions of the same entity around one. `number` of `count` is None where they are
    too many to count."""

    previous: UUID | None
    next: UUID | None
    number: int | None
    count: int | None


@open_to(Role.READER)
@kept
def annotation_detail(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The words, where they stand, and how to cite them; for programs that ask for JSON-LD,
    that."""
    as_jsonld = reverse("annotations:annotation-jsonld", args=[pk])
    if jsonld.is_preferred(request):
        response: HttpResponseBase = jsonld.annotation_jsonld(request, pk)
        response["Content-Location"] = as_jsonld
    else:
        response = _page(request, pk)
        response["Link"] = f'<{as_jsonld}>; rel="alternate"; type="application/ld+json"'
    patch_vary_headers(response, ["Accept"])
    return response


def _page(request: HttpRequest, pk: UUID) -> HttpResponse:
    passages = Annotation.objects.visible_to(request.user)
    annotation = get_object_or_404(passages.with_sources(), pk=pk)
    version = TextVersion.objects.for_reading().get(pk=annotation.version_id)
    start, end = annotation.start, annotation.end
    base = request.build_absolute_uri("/")
    context = {
        "annotation": annotation,
        "passport": proof_of(version, start, end, request.user, base, annotation),
        "neighbours": None,
        "changes": changes_of(annotation),
        "replacing": None,
    }
    if annotation.entity:
        context["neighbours"] = _neighbours(
            annotation, _mentions_like(request, annotation)
        )
    if annotation.kind == Kind.FIGURE:
        context["replacing"] = replacing(annotation, request.user)
    response = render(request, "annotations/annotation_detail.html", context)
    if annotation.kind == Kind.ALLEGATION:
        keep_out(response)
    return response


@open_to(Role.READER)
def annotation_export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The passage alone as a file: RIS unless another format is asked for."""
    passages = may_be_collected(request.user, [pk])
    get_object_or_404(passages)
    excerpts = excerpts_of(passages, request.build_absolute_uri("/"))
    chosen = request.GET.get("format", "ris")
    return file_of(excerpts, chosen, f"testimonia-{str(pk)[:8]}")


@open_to(Role.READER)
def annotation_next(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go to the next mention of the same entity through the whole archive; after the last comes
    the first."""
    return _go_on(request, pk, backwards=False)


@open_to(Role.READER)
def annotation_previous(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go to the mention before; before the first comes the last."""
    return _go_on(request, pk, backwards=True)


def _go_on(request: HttpRequest, pk: UUID, *, backwards: bool) -> HttpResponse:
    visible = Annotation.objects.visible_to(request.user).select_related(
        "article", "entity"
    )
    annotation = get_object_or_404(visible, pk=pk)
    if annotation.entity is None:
        return redirect(annotation.get_passage_url())
    mentions = _mentions_like(request, annotation).select_related("article")
    if backwards:
        mentions = mentions.reverse()
    # After the last one the first comes again.
    mention = following(mentions, annotation).first() or mentions.first() or annotation
    return redirect(mention.get_passage_url())


def _mentions_like(request: HttpRequest, annotation: Annotation) -> AnnotationQuerySet:
    """The mentions of the same entity that readers may follow, in reading order."""
    seen = Annotation.objects.visible_to(request.user).current().shown()
    return seen.filter(entity=annotation.entity_id).in_reading_order()


def _neighbours(annotation: Annotation, mentions: AnnotationQuerySet) -> Neighbours:
    before = _keys_following(mentions.reverse(), annotation)
    after = _keys_following(mentions, annotation)
    is_among_them = annotation.is_current and annotation.state in SHOWN
    number = count = None
    if is_among_them and max(len(before), len(after)) < MOST_COUNTED:
        number = len(before) + 1
        count = number + len(after)
    previous = before[0] if before else None
    next_one = after[0] if after else None
    return Neighbours(previous, next_one, number, count)


def _keys_following(mentions: AnnotationQuerySet, annotation: Annotation) -> list[UUID]:
    keys = following(mentions, annotation).values_list("pk", flat=True)
    return list(keys[:MOST_COUNTED])
