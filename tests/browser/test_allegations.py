"""Allegations in the browser: more of them said at the desk, and their exchange read by
keyboard and without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Allegation, Annotation, Answer
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation
from tests.support.selecting import select
from tests.support.signing_in import SignIn


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        "The pier",
        "<p>The clerk fired first. He denied it.</p>",
        published="2011-12-19",
    )


@pytest.fixture
def claim(article: Article) -> Annotation:
    return allegation(
        article, "The clerk fired first", "The clerk fired first", accused="the clerk"
    )


def test_what_it_answers_is_said_at_the_desk_and_outlives_a_reload(
    page: Page,
    live_server: LiveServer,
    article: Article,
    claim: Annotation,
    editor: User,
    sign_in: SignIn,
) -> None:
    sign_in(page.context, editor)
    page.goto(f"{live_server.url}{article.get_absolute_url()}annotate/")
    expect(page.get_by_role("button", name="Caret")).to_be_visible()
    select(page, "He denied it", "He denied it")
    page.keyboard.press("4")
    page.get_by_label("What is alleged").fill("He did not fire")
    page.get_by_label("Who says so").fill("the clerk; his wife")
    expect(page.get_by_label("The act")).to_be_hidden()
    page.get_by_text("More: the act").click()
    page.get_by_label("The act").fill("shooting")
    page.get_by_label("What it answers").select_option(str(claim.pk))
    page.reload()
    expect(page.get_by_label("The act")).to_have_value("shooting")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Say what it does")).to_be_visible()
    page.get_by_label("What it does to that").select_option("denies")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".desk-status")).to_contain_text("Saved")
    link = Answer.objects.get()
    assert (link.claim_id, link.answer.conduct, link.answer.parties.count()) == (
        claim.pk,
        "shooting",
        2,
    )


def test_the_exchange_is_walked_with_the_keyboard(
    page: Page, live_server: LiveServer, article: Article, claim: Annotation
) -> None:
    denial = allegation(
        article, "He denied it", "He did not fire", claimant="the clerk"
    )
    Answer.objects.create(
        claim=claim.allegation, answer=denial.allegation, relation="denies"
    )
    page.goto(f"{live_server.url}{denial.allegation.get_absolute_url()}")
    to_claim = page.locator("#turn-2").get_by_role(
        "link", name="1. The clerk fired first"
    )
    to_claim.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#turn-1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#turn-1') !== null")
    page.get_by_role("link", name="The clerk fired first", exact=True).first.press(
        "Enter"
    )
    page.wait_for_url(f"**{claim.allegation.get_absolute_url()}")
    expect(page.locator(".turn.current")).to_have_attribute("id", "turn-1")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_ledger_and_the_exchange_fit_the_page_and_the_paper(
    browser: Browser,
    live_server: LiveServer,
    article: Article,
    claim: Annotation,
    width: int,
    tmp_path: Path,
) -> None:
    denial = allegation(
        article, "He denied it", "D" * 120, claimant="the clerk; " + "x" * 90
    )
    Answer.objects.create(
        claim=claim.allegation, answer=denial.allegation, relation="denies"
    )
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    for address in ("/allegations/", claim.allegation.get_absolute_url()):
        page.goto(f"{live_server.url}{address}")
        expect(
            page.get_by_text("no response recorded")
            .or_(page.get_by_text("denied by"))
            .first
        ).to_be_visible()
        assert page.locator("html").bounding_box()["width"] <= width  # type: ignore[index]
    page.emulate_media(media="print")
    expect(page.locator(".turn").first).to_be_visible()
    expect(page.locator("header.site")).to_be_hidden()
    expect(page.locator("button.into-basket").first).to_be_hidden()
    assert Allegation.objects.count() == 2
    context.close()
