"""Pages that are kept for readers: whole, under a generation, and answered before anything else
of a request is looked at.

A view says with `@kept` that its answer to somebody without a session may be kept. The address
says which generations the page belongs to: an article's pages to that of the article, all
others to that of the lists. A page that was kept is never asked for again once one of its
generations was raised (`archive.models.generations`); nothing is kept for a time.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response

from archive.models import edition_of_article, edition_of_lists, sha256_of

# The cache of `CACHES` in which pages are kept.
CACHE = "pages"
# Bytes of a page; a larger one is made anew each time.
LARGEST = 256 * 1024
_OF_AN_ARTICLE = re.compile(r"/articles/([-\w]+)/.*")
# A page may differ by these headers: the key holds the language, and whoever has a
# cookie that could change a page gets a page of their own.
_MAY_VARY_BY = {"cookie", "accept-language"}
# Cookies by which a reader is somebody in particular, or is to be told something.
_OF_SOMEBODY = (settings.SESSION_COOKIE_NAME, "messages")

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]
Handler = Callable[[HttpRequest], HttpResponseBase]


class _KeptPage(NamedTuple):
    """What is kept of an answer with the status 200."""

    content: bytes
    headers: dict[str, str]


def kept(view: View[P, R]) -> View[P, R]:
    """Let the answers of a view be kept for readers without a session.

    Such a view shows nothing but what its generations cover: no time of day, no file that is
    checked now, nothing of a session.
    """

    @wraps(view)
    def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        response = view(request, *args, **kwargs)
        response.may_be_kept = True  # type: ignore[attr-defined]
        return response

    return marked


class KeptPages:
    """The middleware, outermost of all: keeps whole answers with their headers, and answers
    with them."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.KEEP_PAGES:
            raise MiddlewareNotUsed
        self._get_response = get_response
        self._cache = caches[CACHE]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_of_nobody(request):
            return self._get_response(request)
        # Before the page is made: what is raised while it is made must make it old.
        key = _key(request)
        page: _KeptPage | None = self._cache.get(key)
        if page is None:
            response = self._get_response(request)
            page = _page_to_keep(response)
            if page is not None:
                self._cache.set(key, page, None)
            return response
        answer = HttpResponse(page.content, headers=page.headers)
        etag = page.headers["ETag"]
        return get_conditional_response(request, etag, response=answer) or answer


def _is_of_nobody(request: HttpRequest) -> bool:
    """Say whether a page is asked for by somebody of whom nothing is known."""
    return (
        request.method == "GET"
        and not request.path.startswith(settings.STATIC_URL)
        and "HTTP_HX_REQUEST" not in request.META
        and not any(name in request.COOKIES for name in _OF_SOMEBODY)
    )


def _key(request: HttpRequest) -> str:
    """Return the key of a page: all that it can differ by."""
    article = _OF_AN_ARTICLE.fullmatch(request.path)
    parts = (
        edition_of_article(article[1]) if article else edition_of_lists(),
        translation.get_language_from_request(request),
        request.scheme or "",
        request.get_host(),
        request.path,
        _in_order(request.META.get("QUERY_STRING", "")),
    )
    return sha256_of("\n".join(parts).encode())


def _in_order(query: str) -> str:
    """Return a query string with its parameters in order of their names; those of one name stay
    in theirs, because the last one counts."""
    return "&".join(sorted(query.split("&"), key=lambda part: part.partition("=")[0]))


def _page_to_keep(response: HttpResponseBase) -> _KeptPage | None:
    """Return what is to be kept of an answer; None if it may not be kept."""
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return None
    if not getattr(response, "may_be_kept", False) or response.cookies:
        return None
    if "no-store" in response.get("Cache-Control", "") or "ETag" not in response:
        return None
    varies_by = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    if varies_by - _MAY_VARY_BY - {""} or len(response.content) > LARGEST:
        return None
    return _KeptPage(response.content, dict(response.items()))
