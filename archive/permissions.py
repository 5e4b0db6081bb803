"""Who may use a page. Every view says so in one line above it, and a test walks all addresses
to see that it does:

@open_to(Role.EDITOR)
def annotation_create(request, slug): ...

A page that stays open and sends by itself says in the header X-Sent-By whose it is (the
account's key): if somebody else has signed in in that browser since, nothing is done in their
name.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from archive.models import User
from archive.roles import Role, role_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def open_to(role: Role) -> Callable[[View[P]], View[P]]:
    """Open a view to `role` and those above it: others are asked to sign in or, signed in, get
    a 403."""

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if role_of(request.user).includes(role):
                _check_sender(request)
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(
                _("This page is for the role “%(role)s”. Ask an admin of this archive.")
                % {"role": role.label}
            )

        # A test reads the attribute, to see that no view lacks a role.
        guarded.open_to = role  # type: ignore[attr-defined]
        return guarded

    return declare


def _check_sender(request: HttpRequest) -> None:
    """Raise PermissionDenied where a page sends for another account than the one signed in."""
    account = str(request.user.pk)
    if request.headers.get("X-Sent-By", account) != account:
        raise PermissionDenied(_("Somebody else has signed in in this browser since."))


def signed_in_user(request: HttpRequest) -> User:
    """Return the account of a request that `open_to` has let in for its role.

    Raises PermissionDenied where nobody is signed in, which `open_to` prevents.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def from_this_site(view: View[P]) -> View[P]:
    """Accept a POST from a page of this archive only, known by headers that a browser sets and
    no page can set.

    For what a reader without a cookie may post: Django's token would need a cookie on each page
    that has the button, and would make each copy of a page differ from the one before.
    `Sec-Fetch-Site` is W3C Fetch Metadata, section 2.3; a browser that does not send it says in
    `Origin` where a form stood. Who sends neither is no browser, and nobody's session can be
    misused through it.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not _is_from_here(
            request
        ):
            raise PermissionDenied(
                _("This was sent from a page of another site, so nothing was done.")
            )
        return view(request, *args, **kwargs)

    return guarded


def _is_from_here(request: HttpRequest) -> bool:
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"
