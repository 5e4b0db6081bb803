"""Export: excerpts in a format that can be cited from, streamed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.export.excerpts import Excerpt, excerpts_of
from annotations.export.format import Format
from annotations.export.formats import FORMATS
from annotations.filters import narrowed
from archive.kept_pages import kept
from archive.permissions import open_to
from archive.roles import Role, role_of


@open_to(Role.READER)
@kept
def export(request: HttpRequest) -> HttpResponseBase:
    """Without a format, or with filters that are not understood, the page on which to choose
    them."""
    excerpts = narrowed(request.GET, request.user)
    asked = request.GET.get("format", "")
    if asked not in FORMATS or not excerpts.is_valid():
        context = {"filter": excerpts, "formats": FORMATS, "asked": asked}
        return render(
            request, "annotations/export.html", context, status=400 if asked else 200
        )
    for_editors = role_of(request.user).includes(Role.EDITOR)
    found = excerpts_of(
        excerpts.qs, request.build_absolute_uri("/"), for_editors=for_editors
    )
    return file_of(found, asked, "testimonia-excerpts")


def format_asked(formats: Mapping[str, Format], name: str) -> Format:
    """Return the format of this name. Raises Http404 with the names that there are."""
    if name not in formats:
        raise Http404(
            _("There is no format “%(asked)s”: choose one of %(formats)s.")
            % {"asked": name, "formats": ", ".join(formats)}
        )
    return formats[name]


def file_response(chosen: Format, stem: str, *content: Any) -> StreamingHttpResponse:
    """Stream `content` in a format, as a file to keep that is called `stem` and its ending."""
    pieces = chosen.encoded(*content)
    response = StreamingHttpResponse(pieces, content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{stem}.{chosen.ending}"'
    return response


def file_of(excerpts: Iterable[Excerpt], asked: str, name: str) -> HttpResponseBase:
    """Stream excerpts, in the format that is asked for, as a file to keep, called by `name` and
    the day."""
    chosen = format_asked(FORMATS, asked)
    return file_response(chosen, f"{name}-{timezone.localdate().isoformat()}", excerpts)
