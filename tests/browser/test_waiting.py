"""The page that counts what is still to be read keeps itself up to date, and does not
reload."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Annotation, PendingRelink
from annotations.views import journal as acts
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import make_person
from tests.support.signing_in import SignIn

MANY = 3


@pytest.fixture
def waiting(
    page: Page,
    live_server: LiveServer,
    make_article: MakeArticle,
    curator: User,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> Page:
    """The page on which three articles wait; whoever looks next reads them all."""
    make_person("Aset Omarov")
    for n in range(MANY):
        PendingRelink.objects.create(
            article=make_article(f"Day {n}", "<p>Aset Omarov came.</p>")
        )
    monkeypatch.setattr(acts, "LOOK_SECONDS", 0)
    sign_in(page.context, curator)
    page.goto(f"{live_server.url}/journal/waiting/")
    expect(page.get_by_role("status")).to_contain_text(
        "3 articles are still to be read"
    )
    monkeypatch.setattr(acts, "LOOK_SECONDS", 60)
    return page


def test_the_count_goes_down_by_itself(waiting: Page) -> None:
    waiting.evaluate("document.body.dataset.stays = 1")
    expect(waiting.get_by_role("status")).to_contain_text("Every article has been read")
    expect(waiting.get_by_role("link", name="Look again")).to_be_hidden()
    assert waiting.evaluate("document.body.dataset.stays") == "1"
    assert Annotation.objects.count() == MANY


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_a_script_one_looks_again(waiting: Page) -> None:
    waiting.get_by_role("link", name="Look again").click()
    expect(waiting.get_by_role("status")).to_contain_text("Every article has been read")
