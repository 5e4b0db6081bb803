"""What holds for every page: it fits its window, breaks no rule of its own, and can be read by everyone."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Request, Response
from pytest_django.live_server_helper import LiveServer

from archive.models import User
from tests.browser.conftest import SignIn
from tests.browser.walk import Stop, stops

WIDTHS = (1280, 390)
THEMES = ("light", "dark")

NOT_MET = {"403.html", "500.html", "annotations/annotation_conflict.html", "annotations/annotation_deleted.html"}
"""Templates of pages that no mere visit shows."""


class Look(NamedTuple):
    width: int
    theme: Literal["light", "dark"]


LOOKS: dict[Look, dict[str, Any]] = {
    Look(1280, "light"): {"rules": {"target-size": {"enabled": True}}},
    Look(390, "dark"): {"runOnly": ["color-contrast", "scrollable-region-focusable", "target-size"]},
}
"""With which options axe runs: every rule once, and again those whose answer depends on the theme or the width."""


@pytest.fixture
def walk(page: Page, live_server: LiveServer, demo: None, curator: User, sign_in: SignIn) -> Iterator[Stop]:
    """Go from page to page: each stop is one that has just been loaded."""

    def go() -> Iterator[Stop]:
        signed_in = False
        for stop in stops():
            if stop.signed_in and not signed_in:
                sign_in(page.context, curator)
                signed_in = True
            page.goto(f"{live_server.url}{stop.address}")
            yield stop

    return go()


def test_no_page_is_wider_than_its_window(page: Page, walk: Iterator[Stop]) -> None:
    wide = {}
    for stop in walk:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            sticking_out = page.evaluate(
                """() => {
                  if (document.documentElement.scrollWidth <= innerWidth) return [];
                  return [...document.querySelectorAll("body *")]
                    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"))
                    .map((one) => `${one.tagName} .${one.className}`).slice(0, 5);
                }"""
            )
            if sticking_out:
                wide[stop.address, width] = sticking_out
    assert wide == {}


@pytest.mark.parametrize("theme", THEMES)
def test_no_page_has_an_error_in_its_console(
    page: Page, live_server: LiveServer, walk: Iterator[Stop], theme: Any
) -> None:
    """Nor does any break the Content-Security-Policy, miss a file or ask another server for anything."""
    heard: list[str] = []
    page.emulate_media(color_scheme=theme)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective}`))"
    )

    def said(message: ConsoleMessage) -> None:
        answered = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
        if message.type in ("error", "warning") and not answered:
            heard.append(f"{page.url}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith(live_server.url):
            heard.append(f"{page.url} asks {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            heard.append(f"{response.url}: {response.status}")

    page.on("console", said)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on("request", asked)
    page.on("response", answered)
    assert len(list(walk)) > 40
    assert heard == []


def test_axe_finds_nothing_on_any_page(page: Page, walk: Iterator[Stop]) -> None:
    """The script is put in by the debugger, so that the Content-Security-Policy need not allow it."""
    found: dict[str, set[str]] = defaultdict(set)
    for stop in walk:
        page.evaluate(f"{AXE_SCRIPT}; null")
        for look, rules in LOOKS.items():
            import time; t0=time.time()
            page.set_viewport_size({"width": look.width, "height": 800})
            page.emulate_media(color_scheme=look.theme)
            result = page.evaluate("(options) => axe.run({ ...options, preload: false, resultTypes: ['violations'] })", rules)
            print(stop.address[:50], look.width, round(time.time()-t0,2), page.evaluate("document.querySelectorAll('*').length"))
            for violation in result["violations"]:
                for node in violation["nodes"]:
                    found[f"{violation['id']}: {node['html'][:200]}"].add(f"{stop.address} {look}")
    assert not found, "\n".join(f"{what}\n    on {', '.join(sorted(where))}" for what, where in found.items())


def test_the_walk_meets_every_template(demo: None, curator: User, client: Client) -> None:
    met = set()
    for stop in stops():
        if stop.signed_in:
            client.force_login(curator)
        met |= {template.name for template in client.get(stop.address).templates}
    folder = settings.BASE_DIR / "templates"
    assert {str(file.relative_to(folder)) for file in folder.rglob("*.html")} - met == NOT_MET
