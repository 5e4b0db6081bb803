"""Without JavaScript everything can be read, and a passage can be tagged step by step."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Annotation, Entity
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, mention
from tests.support.signing_in import SignIn

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)

HTML = """
<p>Aset Omarov counted the boats.</p>
<p>He said that 12 boats were gone, and that 12 boats had come. The harbour took them, he said.</p>
"""


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(title="The boats", html=HTML)


@pytest.fixture
def address(live_server: LiveServer, article: Article) -> str:
    return f"{live_server.url}{article.get_absolute_url()}"


@pytest.mark.parametrize("width", [390, 1280])
def test_marks_and_notes_are_there_to_read(
    page: Page, address: str, article: Article, width: int
) -> None:
    mention(article, "Aset Omarov", make_person("Aset Omarov"))
    figure(article, "12 boats were gone", low="12", counted="boats gone")
    allegation(article, "The harbour took them", summary="The harbour took boats")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    expect(page.locator("a.mark.person:visible")).to_have_text("Aset Omarov")
    expect(page.locator("mark.figure:visible")).to_have_text("12 boats were gone")
    expect(page.locator("mark.allegation:visible")).to_have_text(
        "The harbour took them"
    )
    notes = page.locator(".note:visible")
    expect(notes).to_contain_text(["12 boats gone", "The harbour took boats alleged"])
    text, first, second = (
        page.locator("#text").bounding_box(),
        *(note.bounding_box() for note in notes.all()),
    )
    assert text
    assert first
    assert second
    assert first["y"] + first["height"] <= second["y"]
    assert width > 1000 or first["y"] >= text["y"] + text["height"]


def test_a_paragraph_then_words_then_the_form(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(address)
    page.get_by_role("link", name="Tag a passage").click()
    page.get_by_role("button", name="Aset Omarov counted the boats.").click()
    page.get_by_label("The words, just as they stand there").fill("Aset Omarov")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("blockquote mark")).to_have_text("Aset Omarov")
    page.get_by_label("Name", exact=True).fill("Aset Omarov")
    page.get_by_role("button", name="Tag as Person").click()
    expect(page.locator("a.mark.person")).to_have_text("Aset Omarov")
    expect(page.get_by_role("status")).to_contain_text("Tagged as Person: Aset Omarov")
    assert Entity.objects.get().name == "Aset Omarov"


def test_words_that_stand_there_twice_are_asked_about(
    page: Page, address: str, article: Article, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(f"{address}tag/?kind=figure")
    page.get_by_role("button", name="He said").click()
    page.get_by_label("The words, just as they stand there").fill("12 boats")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="had come").last.click()
    page.get_by_label("Value", exact=True).fill("12")
    page.get_by_label("What is counted").fill("boats come")
    page.get_by_role("button", name="Tag as Figure").click()
    expect(page.locator(".note")).to_contain_text("12 boats come")
    assert Annotation.objects.get().start == article.version.text.rindex("12 boats")


def test_words_that_do_not_stand_there_are_said_to_be_missing(
    page: Page, address: str, editor: User, sign_in: SignIn
) -> None:
    sign_in(page.context, editor)
    page.goto(f"{address}tag/?paragraph=1")
    page.get_by_label("The words, just as they stand there").fill("no such words")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "“no such words” does not stand in this paragraph"
    )


def test_a_form_that_is_sent_back_keeps_what_was_typed(
    page: Page, address: str, article: Article, editor: User, sign_in: SignIn
) -> None:
    start = article.version.text.index("12 boats")
    sign_in(page.context, editor)
    page.goto(f"{address}tag/?version=1&start={start}&end={start + 8}&kind=figure")
    page.get_by_label("Value", exact=True).fill("12")
    page.get_by_label("Upper value").fill("3")
    page.get_by_label("What is counted").fill("boats")
    page.get_by_role("button", name="Tag as Figure").click()
    expect(page.get_by_role("alert")).to_contain_text("The upper value must be greater")
    expect(page.get_by_label("What is counted")).to_have_value("boats")
