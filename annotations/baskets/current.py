"""Which basket is somebody's current one, and where it is kept.

Whoever reads has one, which needs no account: it is in the session of their browser, and
nothing is kept before something is put into it. An editor may open one that has a name; then
that is the current one until it is closed.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from annotations.core.basket_contents import BasketContents
from annotations.models import Basket
from archive.permissions import signed_in_user
from archive.roles import Role, role_of

_CONTENTS, _OPEN = "basket", "open-basket"


class UnnamedBasket:
    """The basket of a browser, in its session."""

    name = ""

    def __init__(self, session: SessionBase) -> None:
        self._session = session

    @property
    def contents(self) -> BasketContents:
        return BasketContents.read(self._session.get(_CONTENTS, {}))

    def change(
        self, how: Callable[[BasketContents], BasketContents]
    ) -> tuple[BasketContents, BasketContents]:
        """Do something to what the basket holds by now; return what that was, and what it holds
        then.

        The session was read when the request began, and another request may have changed it
        since. So it is read again, and saved while nobody else can.
        """
        before = self.contents
        key = self._session.session_key
        if key is None:
            after = how(before)
            if after != before:
                self._session[_CONTENTS] = after.kept
            return before, after
        with transaction.atomic():
            Session.objects.select_for_update().filter(pk=key).first()
            now = type(self._session)(key)
            before = BasketContents.read(now.get(_CONTENTS, {}))
            after = how(before)
            if after != before:
                now[_CONTENTS] = after.kept
                now.save()
        self._know(after)
        return before, after

    def _know(self, contents: BasketContents) -> None:
        """Have the session of this request say the same, without saving it a second time at the
        end."""
        modified = self._session.modified
        self._session[_CONTENTS] = contents.kept
        self._session.modified = modified


def current_basket(request: HttpRequest) -> Basket | UnnamedBasket:
    """Return the named basket that is open or else that of the browser. One query at most."""
    key = request.session.get(_OPEN)
    if key and _may_name(request):
        opened = Basket.objects.filter(pk=key, owner=request.user.pk).first()
        if opened is not None:
            return opened
    return UnnamedBasket(request.session)


def open_basket(request: HttpRequest, basket: Basket | None) -> None:
    """Make a named basket the current one or, with none, that of the browser."""
    if basket is None:
        request.session.pop(_OPEN, None)
    else:
        request.session[_OPEN] = str(basket.pk)


def keep_under(request: HttpRequest, name: str) -> Basket:
    """Make a named basket of what is in the browser's, which is empty then, and open it."""
    with transaction.atomic():
        handed, _nothing = UnnamedBasket(request.session).change(
            lambda _contents: BasketContents()
        )
        basket = Basket.objects.create(
            owner=signed_in_user(request), name=name, kept=handed.kept
        )
    open_basket(request, basket)
    return basket


def renew_cookie(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser keep its session as long as the server does since the basket was changed
    last."""
    if key := request.session.session_key:
        response.set_cookie(
            settings.SESSION_COOKIE_NAME,
            key,
            max_age=request.session.get_expiry_age(),
            domain=settings.SESSION_COOKIE_DOMAIN,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=settings.SESSION_COOKIE_HTTPONLY,
            samesite=settings.SESSION_COOKIE_SAMESITE,
        )


def _may_name(request: HttpRequest) -> bool:
    return role_of(request.user).includes(Role.EDITOR)
