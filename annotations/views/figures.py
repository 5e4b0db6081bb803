"""The ledger of figures, each with the passage that gives it."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.export.formats import FORMATS
from annotations.figures.ledger import measures_for
from annotations.filters import narrowed
from annotations.models import Annotation, Kind
from archive.kept_pages import kept
from archive.pagination import page_asked
from archive.permissions import open_to
from archive.roles import Role

PAGE_SIZE = 50
# No index has this order: what is counted is a column of another table.
_ORDER = ("figure__counted", "sort_date", "article_id", "start", "pk")
# Formats that are offered beside the list of figures, of all that there are.
OFFERED_FORMATS = ("csv", "json", "markdown")


@open_to(Role.READER)
@kept
def figure_list(request: HttpRequest) -> HttpResponse:
    """Figures in the order of what they count, so that what differs stands together."""
    excerpts = narrowed(request.GET, request.user)
    counted = request.GET.get("counted", "")
    figures = excerpts.qs.filter(kind=Kind.FIGURE, figure__isnull=False)
    groups = figures.order_by().values("figure__counted").annotate(count=Count("pk"))
    counts = groups.order_by("-count")[:30]
    if counted:
        figures = figures.filter(figure__counted=counted)
    ordered = figures.order_by(*_ORDER).select_related("figure").only(*_ORDER)
    page = page_asked(request, ordered, PAGE_SIZE)
    context = {
        "page": page.read_from(Annotation.objects.with_sources()),
        "counts": counts,
        "measures_here": measures_for(request.user),
        "counted": counted,
        "filter": excerpts,
        "formats": {name: FORMATS[name] for name in OFFERED_FORMATS},
    }
    return render(request, "annotations/figure_list.html", context)
