"""What the browser tests share: a window of one size, and a way in that does not type a
password each time."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from annotations import demo as demonstration
from archive.models import User
from tests.support.signing_in import SignIn


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A laptop's window, and nothing that moves: what is measured stands still."""
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 800},
        "reduced_motion": "reduce",
        "locale": "en-GB",
    }


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """`sign_in(context, user)` brings a session along; only one test goes through the form."""

    def bring(context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies(
            [
                {
                    "name": name,
                    "value": client.cookies[name].value,
                    "url": live_server.url,
                }
            ]
        )

    return bring


@pytest.fixture
def demo(live_server: LiveServer) -> None:
    """The demonstration's nine digests, tagged throughout."""
    demonstration.load()
