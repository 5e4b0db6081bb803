"""What holds for every page: it fits its window, breaks no rule of its own, and can be read by everyone."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Request, Response
from pytest_django.live_server_helper import LiveServer

from annotations.models import State
from archive.models import User
from tests.browser.conftest import SignIn
from tests.browser.selecting import await_bar, select
from tests.browser.walk import Stop, stops
from tests.making import MakeArticle
from tests.marking import make_person, mention

Theme = Literal["light", "dark"]
WIDTHS = (1280, 390)
THEMES: tuple[Theme, ...] = ("light", "dark")

NOT_MET = {
    *("403.html", "500.html", "annotations/annotation_conflict.html", "annotations/annotation_changed.html"),
    *("annotations/_desk_changes.html", "annotations/_desk_part.html"),
}
"""Templates of pages that no mere visit shows, and of parts that a script asks for."""


class Look(NamedTuple):
    width: int
    theme: Theme


QUICK = {"preload": False, "resultTypes": ["violations"]}
LOOKS: dict[Look, dict[str, Any]] = {
    Look(1280, "light"): {"rules": {"target-size": {"enabled": True}}, **QUICK},
    Look(390, "dark"): {"runOnly": ["color-contrast", "scrollable-region-focusable", "target-size"], **QUICK},
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
    wide: dict[tuple[str, int], list[str]] = {}
    for stop in walk:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            sticking_out = page.evaluate(
                """() => {
                  const root = document.documentElement;
                  const sticksOut = (one) => one.getBoundingClientRect().right > innerWidth + 1;
                  if (root.scrollWidth <= innerWidth) return [];
                  const all = [...document.querySelectorAll("body *")].filter(sticksOut);
                  const names = all.slice(0, 5).map((one) => `${one.localName}.${one.className}`);
                  return [`${root.scrollWidth} px`, ...names];
                }"""
            )
            if sticking_out:
                wide[stop.address, width] = sticking_out
    assert not wide, "\n".join(f"{address} at {width}: {', '.join(what)}" for (address, width), what in wide.items())


def test_no_page_has_an_error_in_its_console(page: Page, live_server: LiveServer, walk: Iterator[Stop]) -> None:
    """Nor does any, light or dark, break the Content-Security-Policy, miss a file or ask another server."""
    heard: list[str] = []
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
    for _stop in walk:
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
    assert heard == []


def test_axe_finds_nothing_on_any_page(page: Page, walk: Iterator[Stop]) -> None:
    """The script comes by way of the debugger, so that the Content-Security-Policy need not allow it."""
    found: dict[str, set[str]] = defaultdict(set)
    page.add_init_script(AXE_SCRIPT)
    for stop in walk:
        for look, options in LOOKS.items():
            page.set_viewport_size({"width": look.width, "height": 800})
            page.emulate_media(color_scheme=look.theme)
            for violation in _violations(page, options):
                found[violation].add(f"{stop.address} ({look.width}, {look.theme})")
    assert not found, "\n".join(f"{what}\n    on {', '.join(sorted(where))}" for what, where in found.items())


def test_axe_finds_nothing_while_words_are_selected(
    page: Page, live_server: LiveServer, make_article: MakeArticle, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.add_init_script(AXE_SCRIPT)
    page.goto(f"{live_server.url}{make_article(html='<p>There were 15 boats.</p>').get_absolute_url()}")
    select(page, "15 boats", "15 boats")
    await_bar(page)
    assert _violations_in_all_looks(page) == []


def test_axe_finds_nothing_after_a_verdict_nor_where_the_keys_are_listed(
    page: Page, live_server: LiveServer, make_article: MakeArticle, editor: User, sign_in: SignIn
) -> None:
    article, serik = make_article(html="<p>Serik left. Serik came.</p>"), make_person("Dina Serik", "Serik")
    for nth in range(2):
        mention(article, "Serik", serik, State.SUGGESTED, nth)
    sign_in(page.context, editor)
    page.add_init_script(AXE_SCRIPT)
    page.goto(f"{live_server.url}/review/")
    page.keyboard.press("a")
    page.get_by_role("status").wait_for()
    assert _violations_in_all_looks(page) == []
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    assert _violations_in_all_looks(page) == []


def test_the_walk_meets_every_template(demo: None, curator: User, client: Client) -> None:
    met = set()
    for stop in stops():
        if stop.signed_in:
            client.force_login(curator)
        met |= {template.name for template in client.get(stop.address).templates}
    folder = settings.BASE_DIR / "templates"
    assert {str(file.relative_to(folder)) for file in folder.rglob("*.html")} - met == NOT_MET


def _violations_in_all_looks(page: Page) -> list[str]:
    found = []
    for look, options in LOOKS.items():
        page.set_viewport_size({"width": look.width, "height": 800})
        page.emulate_media(color_scheme=look.theme)
        found += _violations(page, options)
    return found


def _violations(page: Page, options: dict[str, Any]) -> list[str]:
    violations = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [f"{violation['id']}: {node['html'][:200]}" for violation in violations for node in violation["nodes"]]
