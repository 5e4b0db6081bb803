"""What holds for every page: it fits its window, breaks no rule of its own, and can be read by
everyone."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Request, Response
from pytest_django.live_server_helper import LiveServer

from annotations.models import State
from archive.models import User
from tests.support.axe import THEMES, bring_axe, sticking_out, violations
from tests.support.browser_walk import Stop, stops
from tests.support.making import MakeArticle
from tests.support.marking import make_person, mention
from tests.support.selecting import await_bar, select
from tests.support.signing_in import SignIn

WIDTHS = (1280, 390)

# Templates of pages that no mere visit shows, and of parts that a script asks for.
NOT_MET = {
    "403.html",
    "500.html",
    "annotations/annotation_conflict.html",
    "annotations/annotation_changed.html",
    "annotations/_desk_changes.html",
    "annotations/_desk_part.html",
    "annotations/_entity_names.html",
    "annotations/_checked_quotation.html",
    "annotations/_checked_figure.html",
    "annotations/_archive_figure.html",
    "annotations/_position_in_manuscript.html",
    "annotations/_quotation_difference.html",
    "annotations/_version_difference.html",
}


# Into so many tests a long walk is split, so that several processes share it.
PARTS = 6


@pytest.fixture
def part() -> slice:
    """Which of the pages a test goes to: all of them, where it is not given another part."""
    return slice(None)


@pytest.fixture
def walk(
    page: Page,
    live_server: LiveServer,
    demo: None,
    curator: User,
    sign_in: SignIn,
    part: slice,
) -> Iterator[Stop]:
    """Go from page to page: each stop is one that has just been loaded."""

    def go() -> Iterator[Stop]:
        signed_in = False
        for stop in stops()[part]:
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
            if found := sticking_out(page, width):
                wide[stop.address, width] = found
    assert not wide, "\n".join(
        f"{address} at {width}: {', '.join(what)}"
        for (address, width), what in wide.items()
    )


def test_no_page_has_an_error_in_its_console(
    page: Page, live_server: LiveServer, walk: Iterator[Stop]
) -> None:
    """Nor does any, light or dark, break the Content-Security-Policy, miss a file or ask
    another server."""
    heard: list[str] = []
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective}`))"
    )

    def said(message: ConsoleMessage) -> None:
        answered = (
            message.text.startswith("Failed to load resource")
            and message.location["url"] == page.url
        )
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


@pytest.mark.parametrize(
    "part", [slice(first, None, PARTS) for first in range(PARTS)], ids=range(PARTS)
)
def test_axe_finds_nothing_on_any_page(page: Page, walk: Iterator[Stop]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    bring_axe(page)
    for stop in walk:
        for violation, look in violations(page).items():
            found[violation].add(f"{stop.address} ({look.width}, {look.theme})")
    assert not found, "\n".join(
        f"{what}\n    on {', '.join(sorted(where))}" for what, where in found.items()
    )


def test_axe_finds_nothing_while_words_are_selected(
    page: Page,
    live_server: LiveServer,
    make_article: MakeArticle,
    editor: User,
    sign_in: SignIn,
) -> None:
    sign_in(page.context, editor)
    bring_axe(page)
    page.goto(
        f"{live_server.url}{make_article(html='<p>There were 15 boats.</p>').get_absolute_url()}"
    )
    select(page, "15 boats", "15 boats")
    await_bar(page)
    assert violations(page) == {}


def test_axe_finds_nothing_after_a_verdict_nor_where_the_keys_are_listed(
    page: Page,
    live_server: LiveServer,
    make_article: MakeArticle,
    editor: User,
    sign_in: SignIn,
) -> None:
    article, serik = (
        make_article(html="<p>Serik left. Serik came.</p>"),
        make_person("Dina Serik", "Serik"),
    )
    for nth in range(2):
        mention(article, "Serik", serik, State.SUGGESTED, nth)
    sign_in(page.context, editor)
    bring_axe(page)
    page.goto(f"{live_server.url}/review/")
    page.keyboard.press("a")
    page.get_by_role("status").wait_for()
    assert violations(page) == {}
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    assert violations(page) == {}


def test_the_walk_meets_every_template(
    demo: None, curator: User, client: Client
) -> None:
    met = set()
    for stop in stops():
        if stop.signed_in:
            client.force_login(curator)
        met |= {template.name for template in client.get(stop.address).templates}
    folder = settings.BASE_DIR / "templates"
    assert {
        str(file.relative_to(folder)) for file in folder.rglob("*.html")
    } - met == NOT_MET
