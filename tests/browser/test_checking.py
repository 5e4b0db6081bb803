"""Checking a manuscript in Chromium: files that it prints itself, every look of the findings,
the link to a passage."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.support.axe import bring_axe, sticking_out, violations
from tests.support.crawling import CHECKED
from tests.support.fonts import serif_faces
from tests.support.making import MakeArticle

HTML = (
    "<p>First of all he thanked the harbour master.</p>"
    + "<p>The weather was fair.</p>" * 60
    + "<p>«Никто не отдавал "
    "приказа выйти в море», — сказал капитан. “Nobody in the office gave the first order to leave the harbour,” "
    "he said.</p>"
)


def check(page: Page, live_server: LiveServer, file: Path) -> None:
    page.goto(f"{live_server.url}/check/")
    page.get_by_label("A file").set_input_files(file)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".finding").first).to_be_visible()


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    file = tmp_path / "manuscript.md"
    file.write_text(
        f"# A manuscript\n\n{CHECKED}\n\n> A block that nobody wrote, anywhere.\n",
        encoding="utf-8",
    )
    return file


def test_findings_break_no_rule_in_any_look(
    page: Page, live_server: LiveServer, demo: None, manuscript: Path
) -> None:
    bring_axe(page)
    check(page, live_server, manuscript)
    assert page.locator(".check-group").count() >= 6
    assert violations(page) == {}


def test_findings_fit_a_phone(
    page: Page, live_server: LiveServer, demo: None, manuscript: Path
) -> None:
    check(page, live_server, manuscript)
    assert [sticking_out(page, width) for width in (1280, 390)] == [[], []]


def test_on_paper_the_findings_stand_without_the_form(
    page: Page, live_server: LiveServer, demo: None, manuscript: Path
) -> None:
    check(page, live_server, manuscript)
    page.emulate_media(media="print")
    expect(page.locator(".check-form")).to_be_hidden()
    expect(page.locator(".finding").first).to_be_visible()


def test_a_pdf_that_the_browser_prints_is_read_back(
    page: Page, live_server: LiveServer, make_article: MakeArticle, tmp_path: Path
) -> None:
    make_article("The Harbour", HTML)
    # Each script has a font file of its own, so the font changes within the line.
    page.set_content(
        f"<style>{serif_faces()}</style>"
        "<body style='width: 9cm; font: 12pt \"Source Serif 4\"'><p>He wrote that «никто не отдавал приказа "
        "выйти в море» and “nobody in the office gave the ﬁrst order to leave the har-<br>bour” in that year.</p>"
    )
    page.evaluate("document.fonts.ready")
    file = tmp_path / "printed.pdf"
    page.pdf(path=file)
    check(page, live_server, file)
    expect(page.locator("#q-verbatim .finding")).to_have_count(2)
    expect(page.locator(".check-group")).to_have_count(1)


def test_the_link_of_a_finding_opens_the_article_at_the_words(
    page: Page, live_server: LiveServer, make_article: MakeArticle, tmp_path: Path
) -> None:
    make_article("The Harbour", HTML)
    file = tmp_path / "a.txt"
    file.write_text(
        "He said “nobody in the office gave the first order” then.", encoding="utf-8"
    )
    check(page, live_server, file)
    page.get_by_role("link", name="The Harbour").click()
    expect(page.get_by_text("Nobody in the office")).to_be_in_viewport()


def test_without_javascript_it_is_checked_as_well(
    page: Page, live_server: LiveServer, demo: None, manuscript: Path
) -> None:
    assert page.context.browser
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    check(plain, live_server, manuscript)
    assert plain.locator(".finding").count() >= 6
    context.close()
