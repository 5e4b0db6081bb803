"""An editor at the desk, without a browser: the session, and the request that tags a figure."""

from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse

from archive.models import User

# Code points of the words that are tagged.
LENGTH = 5
# Any secret does, as long as cookie and header have the same.
_TOKEN = "0123456789abcdefghijklmnopqrstuv" * 2


def session_cookie(user: User) -> str:
    """Sign a user in, and return the cookie of the session."""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def desk_headers(user: User) -> dict[str, str]:
    """Sign a user in, and return what the desk's script sends with a form."""
    return {
        "Cookie": f"{session_cookie(user)}; csrftoken={_TOKEN}",
        "X-CSRFToken": _TOKEN,
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def tag_address(slug: str) -> str:
    return reverse("annotations:annotation-create", args=[slug])


def figure_form(text: str, start: int) -> str:
    """Return the form that tags the words at `start` in version 1 as a figure, encoded."""
    end = start + LENGTH
    fields = {
        "version": 1,
        "start": start,
        "end": end,
        "exact": text[start:end],
        "kind": "figure",
        "low": "3",
        "qualifier": "exactly",
        "counted": "things",
    }
    return urlencode(fields)
