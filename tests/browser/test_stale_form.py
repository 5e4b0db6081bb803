"""Two editors change the same tag at the same time: the later one sees both versions, and
nothing is lost."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_playwright.pytest_playwright import CreateContextCallback

from annotations.models import Annotation, Figure
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import figure, lines_of
from tests.support.signing_in import SignIn


@pytest.fixture
def tagged(make_article: MakeArticle) -> Annotation:
    return figure(
        make_article(html="<p>The clerk said that 15 boats sank.</p>"),
        "15 boats",
        counted="boats",
    )


@pytest.fixture
def form_address(live_server: LiveServer, tagged: Annotation) -> str:
    return f"{live_server.url}/annotations/{tagged.pk}/edit/"


@pytest.fixture
def other(new_context: CreateContextCallback, curator: User, sign_in: SignIn) -> Page:
    """The window of somebody else."""
    context = new_context()
    sign_in(context, curator)
    return context.new_page()


@pytest.fixture
def stale(
    page: Page, other: Page, form_address: str, editor: User, sign_in: SignIn
) -> Page:
    """The editor's window, whose form was opened before somebody else saved, and sent after."""
    sign_in(page.context, editor)
    page.goto(form_address)
    other.goto(form_address)
    other.get_by_label("What is counted").fill("boats sunk")
    other.get_by_role("button", name="Save").click()
    expect(other.locator(".messages")).to_contain_text("Changed to")
    page.get_by_label("According to").fill("the clerk")
    page.get_by_label("Value", exact=True).fill("16")
    page.get_by_role("button", name="Save").click()
    return page


def test_the_later_one_sees_both_versions(stale: Page) -> None:
    expect(stale.get_by_role("heading", level=1)).to_have_text(
        "This tag was changed while you were editing it"
    )
    theirs, mine = stale.locator(".theirs"), stale.locator(".mine")
    expect(theirs).to_contain_text("Saved meanwhile by curator")
    expect(theirs).to_contain_text("15 boats sunk")
    expect(mine.get_by_label("What is counted")).to_have_value("boats")
    expect(mine.get_by_label("According to")).to_have_value("the clerk")
    expect(mine.get_by_label("Value", exact=True)).to_have_value("16")


def test_nothing_of_the_later_one_is_saved_before_they_choose(stale: Page) -> None:
    stale.get_by_role("link", name="Keep theirs").click()
    expect(stale.locator(".note")).to_contain_text("15 boats sunk")
    assert Figure.objects.get().said_by == ""


def test_saving_over_it_keeps_the_other_version_in_the_journal(
    stale: Page, tagged: Annotation
) -> None:
    stale.get_by_role("button", name="Save mine over it").click()
    expect(stale.locator(".note")).to_contain_text("16 boats according to the clerk")
    of_figure = lines_of(tagged).filter(table="figure")
    lines = list(
        of_figure.values_list("act__by__username", "before__counted", "after__counted")
    )
    assert lines == [
        ("curator", "boats", "boats sunk"),
        ("editor", "boats sunk", "boats"),
    ]


def test_a_tag_deleted_meanwhile_can_be_brought_back(
    page: Page, other: Page, form_address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(form_address)
    other.goto(form_address.replace("/edit/", "/delete/"))
    other.get_by_role("button", name="Delete it").click()
    expect(other.locator(".messages")).to_contain_text("Deleted.")
    page.get_by_label("What is counted").fill("boats and rafts")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("boats and rafts")).to_be_visible()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".note")).to_contain_text("15 boats")
