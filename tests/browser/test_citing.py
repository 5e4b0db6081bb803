"""Citing in Chromium: any selection with one key, and the buttons that copy."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Annotation
from archive.models import Article
from tests.support.axe import bring_axe, sticking_out, violations
from tests.support.making import MakeArticle
from tests.support.marking import figure
from tests.support.selecting import await_bar, select


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    html = "<p>Сәлем 🙂, әлем.</p><p>Aset Omarov counted 12 boats.</p><p>They were all gone.</p>"
    return make_article("The boats", html, publisher="The Post", published="2011-12-19")


@pytest.fixture
def reading(page: Page, live_server: LiveServer, article: Article) -> Page:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}{article.get_absolute_url()}")
    return page


def test_a_reader_cites_a_selection_with_one_key(
    reading: Page, article: Article
) -> None:
    select(reading, "counted 12", "all gone")
    await_bar(reading)
    reading.keyboard.press("c")
    start = article.version.text.index("counted 12")
    end = article.version.text.index("all gone") + len("all gone")
    reading.wait_for_url(f"**/versions/1/{start}-{end}/")
    assert article.version.text[start:end] == "counted 12 boats.\n\nThey were all gone"
    expect(reading.locator("blockquote")).to_contain_text("counted 12 boats.")


def test_with_nothing_selected_the_key_leads_to_the_citation_of_the_article(
    reading: Page,
) -> None:
    reading.keyboard.press("c")
    expect(reading.locator("#cite-heading")).to_be_focused()


def test_each_button_copies_what_stands_beside_it(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mark: Annotation = figure(article, "12 boats", "12", counted="boats")
    page.goto(f"{live_server.url}{mark.get_absolute_url()}")
    citation = page.locator("#cite-apa")
    words = citation.inner_text()
    citation.locator("xpath=following-sibling::button").click()
    expect(citation.locator("xpath=following-sibling::button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == words
    html = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())"
    )
    assert "<i>The Post</i>" in html
    page.locator("#permanent-address + button").click()
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == f"{live_server.url}{mark.get_absolute_url()}"
    )


def test_where_the_clipboard_is_closed_the_words_are_selected(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
    )
    page.goto(f"{live_server.url}{article.get_absolute_url()}")
    button = page.locator("#cite-apa + button")
    button.click()
    expect(button).to_have_text("Selected: press Ctrl C")
    assert (
        page.evaluate("getSelection().toString()")
        == page.locator("#cite-apa").inner_text()
    )


def test_the_page_of_a_passage_has_no_barriers(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    bring_axe(page)
    figure(article, "12 boats", "12", counted="boats")
    start = article.version.text.index("counted 12")
    page.goto(
        f"{live_server.url}/articles/{article.slug}/versions/1/{start}-{start + 16}/"
    )
    assert violations(page) == {}
    assert sticking_out(page, 390) == []
