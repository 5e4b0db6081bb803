"""Everything can be reached and done with the keys alone."""

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Annotation
from archive.models import Article, User
from tests.support.frames import settle
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.selecting import await_bar, bar, select
from tests.support.signing_in import SignIn

MOST_TABS = 40


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        title="The boats",
        html="<p>Aset Omarov counted 12 boats.</p><p>They were all gone.</p>",
    )


@pytest.fixture
def named(article: Article) -> Annotation:
    return mention(article, "Aset Omarov", make_person("Aset Omarov"))


@pytest.fixture
def address(live_server: LiveServer, article: Article) -> str:
    return f"{live_server.url}{article.get_absolute_url()}"


def test_from_a_mark_to_the_person_and_back_to_the_passage(
    page: Page, address: str, named: Annotation
) -> None:
    page.goto(address)
    _tab_to(page, page.locator("a.mark.person"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aset Omarov")
    mentioned = page.locator(f"li#a-{named.pk}:target")
    expect(mentioned).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(mentioned.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}#a-{named.pk}")
    expect(page.locator("a.mark.person:target")).to_be_in_viewport()


def test_what_has_the_focus_can_be_seen(
    page: Page, address: str, named: Annotation, editor: User
) -> None:
    page.goto(address)
    hidden = []
    for _tab in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if not page.evaluate(
            """() => {
              const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
              return box.width > 2 && box.height > 2 && box.bottom > 0 && box.top < innerHeight
                && (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
            }"""
        ):
            hidden.append(page.evaluate("document.activeElement.outerHTML"))
    assert hidden == []


def test_the_first_tab_skips_to_the_content(
    page: Page, address: str, named: Annotation
) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.querySelector('main').contains(document.activeElement)"
    )


def test_a_note_leads_to_its_mark(page: Page, address: str, article: Article) -> None:
    mark = figure(article, "12 boats", low="12", counted="boats")
    page.goto(address)
    _tab_to(page, page.locator(".note a.to-mark"))
    page.keyboard.press("Enter")
    expect(page.locator(f"mark#a-{mark.pk}:target")).to_be_in_viewport()


def test_the_bar_is_one_tab_from_the_selection(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(address)
    select(page, "12 boats", "12 boats")
    await_bar(page)
    page.keyboard.press("Tab")
    expect(bar(page).get_by_role("link", name="person")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("blockquote mark")).to_have_text("12 boats")
    expect(page.locator(".kinds .figure")).to_have_attribute("aria-current", "true")


def test_escape_closes_the_bar_and_deselects(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(address)
    select(page, "12 boats", "12 boats")
    await_bar(page)
    page.keyboard.press("Escape")
    expect(page.locator(".tag-bar")).to_be_hidden()
    assert page.evaluate("getSelection().isCollapsed")
    page.keyboard.press("3")
    settle(page)
    assert page.url == address


def test_a_digit_in_the_search_field_is_a_digit(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(address)
    select(page, "12 boats", "12 boats")
    await_bar(page)
    page.evaluate("document.getElementById('site-search').focus()")
    page.keyboard.press("3")
    settle(page)
    assert page.url == address
    expect(page.locator("#site-search")).to_have_value("3")


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab from the top of the page until `wanted` has the focus."""
    for _tab in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_TABS} tabs did not reach {wanted}")
