"""Checking a manuscript: it is read, compared and forgotten within one request."""

from pathlib import PurePath

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from annotations.core import manuscripts
from annotations.forms import CheckForm
from annotations.quote_check.checker import check as check_manuscript
from annotations.quote_check.formats import REPORT_FORMATS, phrases
from annotations.views.upload_handlers import HeldInMemory
from archive.permissions import open_to
from archive.roles import Role


@csrf_exempt  # `_check` asks for the token: the middleware would read the POST before this view says how
@open_to(Role.READER)
@sensitive_post_parameters()
def check(request: HttpRequest) -> HttpResponse:
    """Say of each quotation and each figure of a manuscript what the archive has. Nothing of it
    is stored."""
    handler = HeldInMemory(request, manuscripts.MOST_BYTES)
    request.upload_handlers = [handler]
    try:
        response: HttpResponse = _check(request, handler)
    except RequestDataTooBig:
        form = CheckForm({})
        form.refused = manuscripts.too_large()
        response = _page(request, form, status=413)
    response["Cache-Control"] = "no-store"
    return response


@csrf_protect
def _check(request: HttpRequest, handler: HeldInMemory) -> HttpResponse:
    if request.method != "POST":
        return _page(request, CheckForm())
    form = CheckForm(request.POST, request.FILES)
    if handler.is_too_large:  # known once the POST is read
        form.refused = manuscripts.too_large()
    if not form.is_valid():
        return _page(request, form, status=400)
    report = check_manuscript(form.manuscript, request.user)
    if "download" in request.POST:
        chosen = REPORT_FORMATS["markdown"]
        pieces = chosen.write(report, form.name, request.build_absolute_uri("/"))
        response = HttpResponse(pieces, content_type=chosen.media_type)
        name = f"{PurePath(form.name).stem}-checked.{chosen.ending}"
        response["Content-Disposition"] = (
            content_disposition_header(True, name) or "attachment"
        )
        return response
    again = CheckForm(initial={"text": form.manuscript})
    return _page(
        request,
        again,
        report=report,
        name=form.name,
        unknown_letters=phrases.unknown_letters(report),
        quotation_groups=phrases.quotation_groups(report),
        figure_groups=phrases.figure_groups(report),
        base=request.build_absolute_uri("/").rstrip("/"),
    )


def _page(
    request: HttpRequest, form: CheckForm, status: int = 200, **found: object
) -> HttpResponse:
    return render(
        request, "annotations/check.html", {"form": form} | found, status=status
    )
