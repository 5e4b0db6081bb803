"""The ledgers: which figures are given, and what is alleged, each with the passage that says so."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from annotations.filters import narrowed
from annotations.models import Annotation, Kind, Measure, Status
from archive.access import open_to
from archive.models import Article
from archive.paging import page_asked
from archive.roles import Role

PAGE_SIZE = 50
MOST_MEASURES = 60


@open_to(Role.READER)
def figure_list(request: HttpRequest) -> HttpResponse:
    """Figures in the order of what they count, so that what differs stands together."""
    excerpts = narrowed(
        Annotation.objects.visible_to(request.user), request.GET, Article.objects.visible_to(request.user)
    )
    counted = request.GET.get("counted", "")
    figures = excerpts.qs.filter(kind=Kind.FIGURE, figure__isnull=False).with_sources()
    counts = figures.order_by().values("figure__counted").annotate(count=Count("pk")).order_by("-count")[:30]
    if counted:
        figures = figures.filter(figure__counted=counted)
    ordered = figures.order_by("figure__counted", "sort_date", "article_id", "start", "pk")
    context = {
        "page": page_asked(request, ordered, PAGE_SIZE),
        "counts": counts,
        "measures_here": _measures(request),
        "counted": counted,
        "filter": excerpts,
    }
    return render(request, "annotations/figure_list.html", context)


def _measures(request: HttpRequest) -> QuerySet[Measure]:
    """Measures with the number of their figures that the reader may see, those with most first."""
    seen = Annotation.objects.visible_to(request.user).current().filter(figure__measure=OuterRef("pk")).order_by()
    count = seen.values("figure__measure").annotate(n=Count("pk")).values("n")
    measures = Measure.objects.visible_to(request.user).select_related("part_of")
    return measures.annotate(count=Coalesce(Subquery(count), 0)).order_by("-count", "name")[:MOST_MEASURES]


@open_to(Role.READER)
def allegation_list(request: HttpRequest) -> HttpResponse:
    excerpts = narrowed(
        Annotation.objects.visible_to(request.user), request.GET, Article.objects.visible_to(request.user)
    )
    allegations = excerpts.qs.filter(kind=Kind.ALLEGATION, allegation__isnull=False).with_sources()
    context = {
        "page": page_asked(request, allegations, PAGE_SIZE),
        "filter": excerpts,
        "statuses": Status,
    }
    return render(request, "annotations/allegation_list.html", context)


@open_to(Role.READER)
def allegation_detail(request: HttpRequest, pk: str) -> HttpResponse:
    """One allegation, with its claimant, its accused, its status in words and its passage."""
    passages = Annotation.objects.visible_to(request.user).with_sources()
    annotation = get_object_or_404(passages, pk=pk, kind=Kind.ALLEGATION)
    return render(request, "annotations/allegation_detail.html", {"annotation": annotation})
