"""Requests that are refused before any view is called."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.utils.translation import gettext as _


def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 400 to an address with a NUL character, which no text in a database can hold."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # PostgreSQL refuses such text with an error, which would be a 500.
        if "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(
                _("The address holds a NUL character."), content_type="text/plain"
            )
        return get_response(request)

    return middleware
