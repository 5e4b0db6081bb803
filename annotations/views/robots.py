"""Keeping allegations out of search engines, unless the archive's settings say otherwise.

A claim about somebody is to be read with its status and its answers, on the page where they
stand, and not as the first line that a search for a name gives. The header is that of the
Robots Exclusion Protocol's extensions; it holds for files too.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def keep_out(response: HttpResponseBase) -> None:
    """Ask robots not to index what `response` holds, unless they may index allegations."""
    if not settings.ALLEGATIONS_INDEXED:
        response["X-Robots-Tag"] = "noindex"


def kept_from_robots(view: View[P]) -> View[P]:
    """Ask robots not to index anything that `view` gives."""

    @wraps(view)
    def asking(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        keep_out(response)
        return response

    return asking
