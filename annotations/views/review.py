"""Review: what the machine suggests, and what a new version left behind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.models import Annotation, State
from archive.access import open_to
from archive.paging import page_asked
from archive.roles import Role

PAGE_SIZE = 30


@open_to(Role.EDITOR)
def review(request: HttpRequest) -> HttpResponse:
    passages = Annotation.objects.with_sources().in_reading_order()
    suggested = passages.current().filter(state=State.SUGGESTED)
    context = {
        "page": page_asked(request, suggested, PAGE_SIZE),
        "orphans": passages.orphaned()[:PAGE_SIZE],
    }
    return render(request, "annotations/review.html", context)
