"""The ledgers: which figures are given, and what is alleged, each with the passage that says so."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from annotations.exports import FORMATS
from annotations.filters import narrowed
from annotations.measure_ledger import measures_for
from annotations.models import Annotation, Kind, Status
from annotations.robots import kept_from_robots
from archive.access import open_to
from archive.models import Article
from archive.paging import page_asked
from archive.roles import Role

PAGE_SIZE = 50
LEDGER_FORMATS = ("csv", "json", "markdown")
"""Formats that are offered beside the list of figures, of all that there are."""


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
        "measures_here": measures_for(request.user),
        "counted": counted,
        "filter": excerpts,
        "formats": {name: FORMATS[name] for name in LEDGER_FORMATS},
    }
    return render(request, "annotations/figure_list.html", context)


@open_to(Role.READER)
@kept_from_robots
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
@kept_from_robots
def allegation_detail(request: HttpRequest, pk: str) -> HttpResponse:
    """One allegation, with its claimant, its accused, its status in words and its passage."""
    passages = Annotation.objects.visible_to(request.user).with_sources()
    annotation = get_object_or_404(passages, pk=pk, kind=Kind.ALLEGATION)
    return render(request, "annotations/allegation_detail.html", {"annotation": annotation})
