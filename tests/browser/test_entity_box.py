"""The entity box at the desk: an editable combobox with a list, as the ARIA Authoring Practices
describe it."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Annotation, Entity, State
from archive.models import Article, User
from tests.support.frames import settle, wait_until
from tests.support.making import MakeArticle
from tests.support.marking import make_person, mention
from tests.support.selecting import select
from tests.support.signing_in import SignIn

HTML = "<p>Then Kassymov spoke, and Kasymbekova wrote it down. Somebody Else left.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(title="The hearing", html=HTML)


@pytest.fixture
def people(db: None) -> dict[str, Entity]:
    known = ("Kalmukhambet Kasymov", "Janar Kasymbekova", "Ivan Petrov")
    return {
        name.split()[0]: make_person(
            name, name.split()[1], description=f"Number {number}"
        )
        for number, name in enumerate(known)
    }


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    article: Article,
    people: dict[str, Entity],
    editor: User,
    sign_in: SignIn,
) -> Page:
    sign_in(page.context, editor)
    return opened(page, live_server, article)


def opened(page: Page, live_server: LiveServer, article: Article) -> Page:
    page.goto(f"{live_server.url}{article.get_absolute_url()}annotate/")
    expect(page.get_by_role("button", name="Caret")).to_be_visible()
    return page


def box_for(page: Page, words: str) -> Locator:
    """Select `words`, say that they are a person, and wait for the proposals."""
    select(page, words, words)
    expect(page.get_by_role("toolbar", name="Tag the selection as")).to_be_visible()
    page.keyboard.press("1")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    expect_open(box)
    return box


def expect_open(box: Locator, is_open: bool = True) -> None:
    expect(box).to_have_attribute("aria-expanded", str(is_open).lower())
    expect(box.page.get_by_role("listbox")).to_be_visible(visible=is_open)


def expect_active(box: Locator, words: str) -> None:
    """One option is selected, the box points at it, and it says `words`."""
    selected = box.page.locator("[role=option][aria-selected=true]")
    expect(selected).to_have_count(1)
    expect(selected).to_contain_text(words)
    assert box.get_attribute("aria-activedescendant") == selected.get_attribute("id")


def expect_tagged(page: Page, name: str) -> None:
    expect(page.locator(".desk-status")).to_contain_text(f"Tagged as Person: {name}")
    assert Annotation.objects.get(state=State.CONFIRMED).tag == name


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def test_the_arrows_go_round_the_list_and_the_focus_stays_in_the_box(
    desk: Page,
) -> None:
    box = box_for(desk, "Kassymov")
    box.fill("kas")
    expect(options(desk)).to_have_count(3)
    expect_active(box, "Janar Kasymbekova")
    for key, words in (
        ("ArrowDown", "Kalmukhambet Kasymov"),
        ("ArrowDown", "Create “kas”"),
        ("ArrowDown", "Janar Kasymbekova"),
        ("ArrowUp", "Create “kas”"),
        ("ArrowUp", "Kalmukhambet Kasymov"),
    ):
        desk.keyboard.press(key)
        expect_active(box, words)
        expect(box).to_be_focused()
    desk.keyboard.press("Enter")
    expect_tagged(desk, "Kalmukhambet Kasymov")


def test_escape_closes_the_list_first_and_then_the_form(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    desk.keyboard.press("Escape")
    expect_open(box, is_open=False)
    expect(box).not_to_have_attribute("aria-activedescendant", "")
    assert box.get_attribute("aria-activedescendant") is None
    expect(box).to_have_value("Kassymov")
    desk.keyboard.press("Escape")
    expect(box).to_have_count(0)


def test_a_closed_list_is_opened_by_down_alt_down_up_and_a_click_and_closed_by_alt_up(
    desk: Page,
) -> None:
    box = box_for(desk, "Kassymov")
    for key, words in (
        ("ArrowDown", "Kasymov"),
        ("Alt+ArrowDown", "Kasymov"),
        ("ArrowUp", "Create"),
    ):
        desk.keyboard.press("Alt+ArrowUp")
        expect_open(box, is_open=False)
        desk.keyboard.press(key)
        expect_open(box)
        expect_active(box, words)
    desk.keyboard.press("Alt+ArrowDown")
    expect_active(box, "Create")
    desk.keyboard.press("Escape")
    box.click()
    expect_open(box)
    expect_active(box, "Kasymov")


def test_home_and_end_move_the_caret_in_the_box(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    at = "box => [box.selectionStart, box.selectionEnd]"
    desk.keyboard.press("Home")
    assert box.evaluate(at) == [0, 0]
    desk.keyboard.press("End")
    assert box.evaluate(at) == [8, 8]
    expect_active(box, "Kalmukhambet Kasymov")


def test_tab_leaves_the_box_and_chooses_nobody(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    desk.keyboard.press("Tab")
    expect(box).not_to_be_focused()
    expect_open(box, is_open=False)
    expect(box).to_have_value("Kassymov")
    assert not Annotation.objects.exists()


def test_how_many_are_proposed_is_announced(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    status = desk.locator(".entity-box [role=status]")
    expect(status).to_have_text("1 proposal")
    box.fill("kas")
    expect(status).to_have_text("2 proposals")
    box.fill("zzz")
    expect(status).to_have_text("0 proposals")
    expect_active(box, "Create “zzz”")
    box.fill("")
    expect_open(box, is_open=False)


def test_what_is_known_of_each_stands_in_its_line(
    desk: Page, article: Article, people: dict[str, Entity], live_server: LiveServer
) -> None:
    people["Kalmukhambet"].spellings.create(text="Касымов")
    mention(article, "Somebody Else", people["Kalmukhambet"])
    opened(desk, live_server, article)
    box = box_for(desk, "Kassymov")
    box.fill("касы")
    expect(options(desk).first).to_have_text(
        "Kalmukhambet Kasymov Number 0 also Касымов 1 mention"
    )


def test_the_mouse_takes_an_option(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    box.fill("kas")
    options(desk).filter(has_text="Number 0").click()
    expect_tagged(desk, "Kalmukhambet Kasymov")


def test_the_button_below_stays_where_it_is_while_it_is_pressed(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    desk.get_by_role("button", name="Tag as Person").hover()
    desk.mouse.down()
    expect(box).not_to_be_focused()
    settle(desk)
    expect_open(box)
    desk.mouse.up()
    expect_tagged(desk, "Kalmukhambet Kasymov")


def test_saving_at_once_takes_the_proposal_that_is_active(desk: Page) -> None:
    box_for(desk, "Kassymov")
    desk.keyboard.press("Control+Enter")
    expect_tagged(desk, "Kalmukhambet Kasymov")
    assert Entity.objects.count() == 3


def test_a_click_on_another_field_closes_the_list(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    box.click()
    expect_open(box)
    desk.get_by_label("What tells them apart").click()
    expect_open(box, is_open=False)


def test_a_finger_takes_an_option(
    browser: Browser,
    browser_context_args: dict[str, Any],
    live_server: LiveServer,
    article: Article,
    people: dict[str, Entity],
    editor: User,
    sign_in: SignIn,
) -> None:
    context = browser.new_context(
        **browser_context_args
        | {"has_touch": True, "viewport": {"width": 390, "height": 800}}
    )
    sign_in(context, editor)
    page = opened(context.new_page(), live_server, article)
    box = box_for(page, "Kassymov")
    box.fill("kas")
    options(page).filter(has_text="Number 0").tap()
    expect_tagged(page, "Kalmukhambet Kasymov")
    context.close()


# What is typed faster than the server answers


def held_back(page: Page) -> list[Route]:
    """Keep what is asked of the server from now on, to be let through later."""
    held: list[Route] = []
    page.route("**/entities/options/**", lambda route: held.append(route))
    return held


def await_asked(page: Page, held: list[Route], words: str) -> None:
    def is_asked() -> bool:
        return any(f"q={words}" in route.request.url for route in held)

    wait_until(page, is_asked, f"{words} is asked for")


def test_what_is_typed_lets_go_of_a_proposal_for_something_else(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    held = held_back(desk)
    desk.keyboard.press("End")
    desk.keyboard.type("z")
    expect(desk.locator("[role=option][aria-selected=true]")).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    await_asked(desk, held, "Kassymovz")
    for route in held:
        route.continue_()
    expect_active(box, "Create “Kassymovz”")


@pytest.mark.parametrize("key", ["Enter", "Control+Enter"])
def test_enter_before_the_answer_takes_the_first_for_what_was_typed(
    desk: Page, key: str
) -> None:
    box = box_for(desk, "Kassymov")
    held = held_back(desk)
    box.fill("petr")
    desk.keyboard.press(key)
    await_asked(desk, held, "petr")
    assert not Annotation.objects.exists()
    held[-1].continue_()
    expect_tagged(desk, "Ivan Petrov")


def test_up_before_the_answer_goes_to_the_last(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    held = held_back(desk)
    box.fill("petr")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    await_asked(desk, held, "petr")
    held[-1].continue_()
    expect(desk.get_by_label("What tells them apart")).to_be_focused()
    expect(desk.get_by_label("Name", exact=True)).to_have_value("petr")


def test_an_answer_to_what_stands_there_no_more_is_not_shown(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    held = held_back(desk)
    box.fill("petr")
    await_asked(desk, held, "petr")
    desk.evaluate("window.setTimeout = () => 0")  # the next is not asked for
    desk.keyboard.type("z")
    desk.keyboard.press("Enter")
    with desk.expect_response("**/entities/options/**"):
        held[-1].continue_()
    settle(desk)
    expect(options(desk).filter(has_text="Ivan Petrov")).to_have_count(0)
    assert not Annotation.objects.exists()


def test_an_answer_that_comes_after_the_choice_changes_nothing(desk: Page) -> None:
    box = box_for(desk, "Somebody Else")
    held = held_back(desk)
    box.fill("Somebod")
    await_asked(desk, held, "Somebod")
    options(desk).last.click()
    description = desk.get_by_label("What tells them apart")
    expect(description).to_be_focused()
    held[-1].continue_()
    settle(desk)
    expect_open(box, is_open=False)
    expect(description).to_be_focused()
    expect(box).to_have_value("Somebody Else")


@pytest.mark.parametrize("answer", ["error", "sign in"])
def test_what_is_no_list_of_proposals_is_not_shown_as_one(
    desk: Page, live_server: LiveServer, answer: str
) -> None:
    box = box_for(desk, "Kassymov")
    if answer == "error":
        desk.route(
            "**/entities/options/**",
            lambda route: route.fulfill(status=500, body="<h1>Broken</h1>"),
        )
    else:
        desk.context.clear_cookies()
    box.fill("zzz")
    expect(options(desk)).to_have_text(["Create “zzz”"])
    expect(desk.get_by_role("listbox").locator("h1, form")).to_have_count(0)


# Composing letters with an input method


def press_unseen(box: Locator, key: dict[str, Any]) -> None:
    """Send a key as a browser does to a page while an input method uses it."""
    event = "new KeyboardEvent('keydown', {bubbles: true, cancelable: true, ...key})"
    box.evaluate(f"(box, key) => box.dispatchEvent({event})", key)


def test_enter_and_escape_while_composing_belong_to_the_input_method(
    desk: Page,
) -> None:
    box = box_for(desk, "Kassymov")
    box.fill("")
    session = desk.context.new_cdp_session(desk)
    session.send(
        "Input.imeSetComposition",
        {"text": "petr", "selectionStart": 4, "selectionEnd": 4},
    )
    expect_active(box, "Ivan Petrov")
    for key, more in (
        ("Enter", {"isComposing": True}),
        ("Enter", {"keyCode": 229}),
        ("Escape", {"isComposing": True}),
    ):
        press_unseen(box, {"key": key, **more})
    expect_open(box)
    assert not Annotation.objects.exists()
    session.send("Input.insertText", {"text": "Petr"})
    expect_active(box, "Ivan Petrov")
    desk.keyboard.press("Enter")
    expect_tagged(desk, "Ivan Petrov")


# Somebody new who is much alike


def test_somebody_much_alike_is_told_and_made_when_it_is_said_twice(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    new = options(desk).last
    expect(new).to_have_text(
        "Create “Kassymov” much like Kalmukhambet Kasymov, which is known already"
    )
    expect(new).to_have_class("near")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    desk.keyboard.type("A cousin")
    desk.keyboard.press("Enter")
    another = desk.get_by_label(
        "This is another person of this name, not Kalmukhambet Kasymov"
    )
    expect(another).to_be_focused()
    expect(desk.get_by_label("What tells them apart")).to_have_value("A cousin")
    expect(desk.get_by_label("Name", exact=True)).to_have_value("Kassymov")
    expect(box).to_have_value("Kassymov")
    assert Entity.objects.filter(description="A cousin").count() == 0
    desk.keyboard.press("Space")
    desk.keyboard.press("Control+Enter")
    expect_tagged(desk, "Kassymov")
    assert Entity.objects.get(name="Kassymov").description == "A cousin"
    expect(desk.locator(".outbox")).to_be_hidden()


def test_what_was_typed_of_somebody_new_is_there_after_a_reload(desk: Page) -> None:
    box_for(desk, "Somebody Else")
    desk.keyboard.press("Enter")
    desk.keyboard.type("A stranger")
    desk.reload()
    expect(desk.get_by_label("What tells them apart")).to_have_value("A stranger")
    desk.keyboard.press("Control+Enter")
    expect_tagged(desk, "Somebody Else")
    assert Entity.objects.get(name="Somebody Else").description == "A stranger"


def test_whom_they_are_much_like_can_be_taken_after_all(desk: Page) -> None:
    box = box_for(desk, "Kassymov")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("This is another person")).to_be_focused()
    box.click()
    expect_active(box, "Kalmukhambet Kasymov")
    desk.keyboard.press("Enter")
    expect_tagged(desk, "Kalmukhambet Kasymov")
    expect(desk.locator(".outbox")).to_be_hidden()
