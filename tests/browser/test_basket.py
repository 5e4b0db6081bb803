"""Collecting excerpts: with the keys alone, with the mouse, and without JavaScript."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.core.basket_contents import BasketContents, BasketItem
from annotations.models import Annotation, Basket
from archive.models import Article, User
from tests.support.axe import bring_axe, sticking_out, violations
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, mention
from tests.support.signing_in import SignIn

HTML = "<p>Aset Omarov counted 12 boats.</p><p>The harbour took them, he said.</p>"
WORDS = ["Aset Omarov", "12 boats", "The harbour took them"]

without_script = pytest.mark.browser_context_args(java_script_enabled=False)


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    article = make_article(title="The boats", html=HTML)
    mention(article, "Aset Omarov", make_person("Aset Omarov"))
    figure(article, "12 boats", low="12", counted="boats")
    allegation(article, "The harbour took them", summary="The harbour took boats")
    return article


@pytest.fixture
def address(live_server: LiveServer, article: Article) -> str:
    return f"{live_server.url}{article.get_absolute_url()}"


@pytest.fixture
def basket(live_server: LiveServer) -> str:
    return f"{live_server.url}/basket/"


@pytest.fixture
def fill(page: Page, address: str) -> Callable[[], None]:
    """`fill()` puts all three marks into the basket, in the order of the text."""

    def by_key() -> None:
        page.goto(address)
        for count in (1, 2, 3):
            page.keyboard.press("j")
            page.keyboard.press("b")
            expect(header(page)).to_have_text(f"Basket {count}")

    return by_key


def header(page: Page) -> Locator:
    return page.locator(".to-basket")


def order(page: Page) -> list[str]:
    return page.locator("ol.basket mark").all_text_contents()


def exported(page: Page) -> list[tuple[str, str]]:
    """The words of each excerpt with its note, as the JSON has them."""
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON", exact=True).click()
    rows = json.loads(download.value.path().read_text(encoding="utf-8"))
    return [(row["words"], row.get("note", "")) for row in rows]


def move(page: Page, words: str, key: str) -> None:
    page.keyboard.press(key)
    expect(page.locator(".basket-status")).to_have_text(words)


# With JavaScript


def test_with_the_keys_alone_from_a_mark_to_an_export(
    page: Page, fill: Callable[[], None]
) -> None:
    fill()
    assert page.locator("#text .at").text_content() == WORDS[2]
    header(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Basket")
    page.wait_for_load_state()  # without its script the page is sent by forms
    page.get_by_role("button", name="Move excerpt 3 up").focus()
    move(page, "Moved: 2 of 3.", "Enter")
    move(page, "Moved: 1 of 3.", "Space")
    expect(page.get_by_role("button", name="Move excerpt 1 up")).to_be_focused()
    page.get_by_label("Note on excerpt 1").focus()
    page.keyboard.type("First of all")
    page.get_by_role("link", name="JSON", exact=True).focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    rows = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [(row["words"], row.get("note")) for row in rows] == [
        (WORDS[2], "First of all"),
        (WORDS[0], None),
        (WORDS[1], None),
    ]


def test_b_takes_out_what_is_in_and_says_where_there_is_no_mark(
    page: Page, address: str
) -> None:
    page.goto(address)
    status = page.get_by_role("toolbar", name="Marks").get_by_role("status")
    page.keyboard.press("b")
    expect(status).to_have_text("Go to a mark first, with j")
    page.keyboard.press("j")
    for told in (
        "Put into the basket.",
        "1 excerpt is taken out.",
        "Put into the basket.",
    ):
        page.keyboard.press("b")
        expect(status).to_have_text(told)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text(
        "Put this mark into the basket, or take it out"
    )


def test_a_button_says_whether_its_passage_is_in_the_basket_also_after_a_reload(
    page: Page, address: str
) -> None:
    page.goto(address)
    button = page.get_by_role("button", name=re.compile("Basket.*12 boats"))
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(header(page)).to_have_text("Basket 1")
    assert page.url == address
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(header(page)).to_have_text("Basket")


def test_presses_in_quick_succession_are_all_done(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(
        "document.querySelectorAll('.note .into-basket').forEach((button) => button.click())"
    )
    expect(header(page)).to_have_text("Basket 2")


def test_without_the_server_it_is_said_that_nothing_was_put_in(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.context.set_offline(True)
    button = page.get_by_role("button", name=re.compile("Basket.*12 boats"))
    button.click()
    expect(page.locator("#basket-said")).to_have_text(
        "Not put into the basket: the server cannot be reached."
    )
    expect(button).to_have_attribute("aria-pressed", "false")
    page.context.set_offline(False)
    button.click()
    expect(header(page)).to_have_text("Basket 1")


def test_an_excerpt_is_dragged_to_its_place(
    page: Page, fill: Callable[[], None], basket: str
) -> None:
    fill()
    page.goto(basket)
    lines = page.locator("ol.basket > li")
    with page.expect_response(lambda response: response.request.method == "POST"):
        lines.nth(2).locator(".handle").drag_to(
            lines.nth(0), target_position={"x": 60, "y": 4}
        )
    assert order(page) == [WORDS[2], WORDS[0], WORDS[1]]
    page.reload()
    assert order(page) == [WORDS[2], WORDS[0], WORDS[1]]


def test_notes_save_themselves(
    page: Page, fill: Callable[[], None], basket: str
) -> None:
    fill()
    page.goto(basket)
    for words in ("Compare", "Compare with the list"):
        page.get_by_label("Note on excerpt 2").fill(words)
        expect(page.locator(".basket-status")).to_contain_text("Saved")
        page.locator(".basket-status").evaluate("(status) => (status.textContent = '')")
    page.get_by_label("Note on excerpt 3").fill("typed and left at once")
    page.goto("about:blank")
    # What is sent by a page that goes away is on its way a moment longer than the page.
    for _try in range(20):
        page.goto(basket)
        if page.get_by_label("Note on excerpt 3").input_value():
            break
    expect(page.get_by_label("Note on excerpt 2")).to_have_value(
        "Compare with the list"
    )
    expect(page.get_by_label("Note on excerpt 3")).to_have_value(
        "typed and left at once"
    )


def test_a_note_that_could_not_be_saved_stays_in_its_field(
    page: Page, fill: Callable[[], None], basket: str
) -> None:
    fill()
    page.goto(basket)
    page.context.set_offline(True)
    page.get_by_label("Note on excerpt 1").fill("kept")
    expect(page.locator(".basket-status")).to_contain_text("Not saved")
    page.context.set_offline(False)
    page.get_by_label("Note on excerpt 1").blur()
    expect(page.locator(".basket-status")).to_contain_text("Saved")
    page.reload()
    expect(page.get_by_label("Note on excerpt 1")).to_have_value("kept")


def test_another_window_that_puts_something_in_is_not_undone(
    page: Page, fill: Callable[[], None], basket: str, article: Article
) -> None:
    fill()
    page.goto(basket)
    later = mention(article, "he said", make_person("He"))
    other = page.context.new_page()
    other.goto(f"{basket.removesuffix('/basket/')}{later.get_absolute_url()}")
    other.keyboard.press("b")
    expect(header(other)).to_have_text("Basket 4")
    page.get_by_role("button", name="Move excerpt 1 down").click()
    expect(page.locator("ol.basket mark")).to_have_text(
        [WORDS[1], WORDS[0], WORDS[2], "he said"]
    )


def test_axe_finds_nothing_on_a_basket_that_is_full(
    page: Page, fill: Callable[[], None], basket: str
) -> None:
    bring_axe(page)
    fill()
    assert violations(page) == {}
    page.goto(basket)
    page.get_by_label("Note on excerpt 1").fill("kept")
    expect(page.locator(".basket-status")).to_contain_text("Saved")
    assert violations(page) == {}
    assert [sticking_out(page, width) for width in (1280, 390)] == [[], []]


def test_an_editor_keeps_it_under_a_name_and_shares_it(
    page: Page, fill: Callable[[], None], basket: str, editor: User, sign_in: SignIn
) -> None:
    bring_axe(page)
    sign_in(page.context, editor)
    fill()
    page.goto(basket)
    page.get_by_label("Name").fill("Chapter 2")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chapter 2")
    assert violations(page) == {}
    page.get_by_role("link", name="Share, rename or delete it").click()
    page.get_by_label("Shared").check()
    page.get_by_role("button", name="Save", exact=True).click()
    assert violations(page) == {}
    address = page.url
    page.context.clear_cookies()
    page.goto(address)
    assert order(page) == WORDS
    page.get_by_role("button", name="Copy to your own basket").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Basket")
    assert order(page) == WORDS


# Without


@without_script
def test_without_javascript_everything_goes_by_buttons(
    page: Page, address: str, basket: str
) -> None:
    page.goto(address)
    for words in ("12 boats", "The harbour took them"):
        page.get_by_role("button", name=re.compile(f"Basket.*{words}")).click()
        expect(page.get_by_role("status")).to_contain_text("Put into the basket.")
        assert page.url.startswith(f"{address}#a-")
    header(page).click()
    page.get_by_label("Note on excerpt 1").fill("first")
    page.get_by_role("button", name="Move excerpt 2 up").click()
    assert order(page) == [WORDS[2], WORDS[1]]
    page.get_by_label("Note on excerpt 1").fill("second")
    page.get_by_role("button", name="Save the notes").click()
    assert exported(page) == [(WORDS[2], "second"), (WORDS[1], "first")]
    page.get_by_role("button", name="Empty the basket").click()
    assert order(page) == []
    page.get_by_role("button", name="Put back the 2 excerpts").click()
    assert order(page) == [WORDS[2], WORDS[1]]
    page.get_by_role("button", name="Take out excerpt 1").click()
    assert order(page) == [WORDS[1]]


@without_script
def test_a_shared_basket_is_read_and_copied_without_javascript(
    page: Page, live_server: LiveServer, article: Article, editor: User
) -> None:
    keys = Annotation.objects.in_text_order().values_list("pk", flat=True)
    kept = BasketContents().put(BasketItem(key, "Compare") for key in keys).kept
    shared = Basket.objects.create(
        owner=editor, name="Chapter 2", is_shared=True, kept=kept
    )
    page.goto(f"{live_server.url}{shared.get_absolute_url()}")
    assert exported(page) == [(words, "Compare") for words in WORDS]
    page.get_by_role("button", name="Copy to your own basket").click()
    assert order(page) == WORDS
