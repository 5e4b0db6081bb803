"""The desk in each of its states: axe finds nothing in either theme, it fits a narrow window,
and the focus is seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.editing import tagging
from annotations.models import Annotation, Kind
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.axe import bring_axe, sticking_out, violations
from tests.support.browser_walk import everything_marked
from tests.support.selecting import bar, select
from tests.support.signing_in import SignIn

Bring = Callable[[Page, User], None]
STATES: dict[str, Bring] = {}


def state(bring: Bring) -> Bring:
    STATES[bring.__name__] = bring
    return bring


def open_form(page: Page, kind: int, words: str = "Nobody saw") -> None:
    select(page, words, words)
    page.keyboard.press(str(kind))
    expect(page.locator("form.tag-form")).to_be_visible()


def allege(page: Page, words: str = "Nobody saw") -> None:
    open_form(page, 4, words)
    page.get_by_label("What is alleged").fill("Nobody did")
    page.get_by_label("Who says so").fill("Omarov")
    page.keyboard.press("Control+Enter")


def mark_of(kind: Kind) -> Annotation:
    return Annotation.objects.filter(
        kind=kind, article__title="Everything at once"
    ).in_text_order()[0]


@state
def just_opened(page: Page, _other: User) -> None:
    expect(page.locator("#groups .group li").first).to_be_visible()


@state
def listed_by_name(page: Page, _other: User) -> None:
    page.get_by_role("button", name="By name").click()
    expect(page.locator("#by-name h2").first).to_be_visible()


@state
def words_selected(page: Page, _other: User) -> None:
    select(page, "Nobody saw", "Nobody saw")
    expect(bar(page)).to_be_visible()


@state
def caret(page: Page, _other: User) -> None:
    page.keyboard.press("v")
    expect(page.locator(".caret")).to_be_visible()


@state
def person_proposed(page: Page, _other: User) -> None:
    open_form(page, 1, "Serik were")
    page.get_by_role("combobox").fill("Seri")
    expect(page.get_by_role("option").first).to_contain_text("Dina Serik")


@state
def somebody_new(page: Page, _other: User) -> None:
    open_form(page, 1)
    page.get_by_role("option").last.click()
    expect(page.get_by_label("What tells them apart")).to_be_visible()


@state
def much_like_somebody_known(page: Page, _other: User) -> None:
    open_form(page, 1)
    page.get_by_role("combobox").fill("Dina Serik")
    page.get_by_role("option", name="Create “Dina Serik”").click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="This is another person")).to_be_visible()


@state
def applying_to_all(page: Page, _other: User) -> None:
    page.locator(f"#m-{mark_of(Kind.PLACE).pk} a").focus()
    page.keyboard.press("Alt+a")
    expect(
        page.get_by_role("dialog", name="Apply to all").get_by_role("checkbox").first
    ).to_be_visible()


@state
def place(page: Page, _other: User) -> None:
    open_form(page, 2)


@state
def figure_read(page: Page, _other: User) -> None:
    open_form(page, 3, "15 boats")
    expect(page.get_by_label("Value", exact=True)).to_have_value("15")


@state
def allegation(page: Page, _other: User) -> None:
    open_form(page, 4)


@state
def changing(page: Page, _other: User) -> None:
    page.locator(f"#m-{mark_of(Kind.PERSON).pk} a").click()
    expect(page.get_by_role("heading", name="Edit a tag")).to_be_visible()


@state
def saved(page: Page, _other: User) -> None:
    allege(page)
    expect(page.locator(".desk-status")).to_contain_text("Saved")


@state
def refused(page: Page, _other: User) -> None:
    open_form(page, 4)
    page.locator("form.tag-form").evaluate("(form) => form.noValidate = true")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".desk-side .errorlist").first).to_be_visible()


@state
def changed_by_two(page: Page, other: User) -> None:
    mark = mark_of(Kind.FIGURE)
    page.locator(f"#m-{mark.pk} a").click()
    page.get_by_label("Value", exact=True).fill("16")
    tagging.delete(mark.pk, mark.revision, other)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#desk-form")).to_contain_text("deleted")


@state
def changed_by_both(page: Page, _other: User) -> None:
    mark = mark_of(Kind.FIGURE)
    page.locator(f"#m-{mark.pk} a").click()
    page.get_by_label("Value", exact=True).fill("16")
    Annotation.objects.filter(pk=mark.pk).update(revision=mark.revision + 1)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".theirs")).to_be_visible()


@state
def text_corrected(page: Page, other: User) -> None:
    article = Article.objects.get(title="Everything at once")
    open_form(page, 4)
    page.get_by_label("What is alleged").fill("Nobody did")
    page.get_by_label("Who says so").fill("Omarov")
    # So that it does not look first.
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    correct_text(
        article,
        article.version.html.replace("Nobody saw", "No one saw"),
        other,
        "A slip",
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#desk-form")).to_contain_text("corrected meanwhile")


@state
def server_away(page: Page, _other: User) -> None:
    page.context.set_offline(True)
    allege(page)
    expect(page.locator(".outbox")).to_be_visible()


@state
def signed_out(page: Page, _other: User) -> None:
    page.context.clear_cookies(name="sessionid")
    allege(page)
    expect(page.get_by_role("link", name="Sign in again")).to_be_visible()


@state
def keys_listed(page: Page, _other: User) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.fixture(params=STATES)
def desk(
    request: pytest.FixtureRequest,
    page: Page,
    live_server: LiveServer,
    editor: User,
    curator: User,
    sign_in: SignIn,
) -> Page:
    sign_in(page.context, editor)
    bring_axe(page)
    page.goto(f"{live_server.url}{everything_marked()}annotate/")
    expect(page.get_by_role("button", name="Caret")).to_be_visible()
    STATES[request.param](page, curator)
    return page


def test_axe_finds_nothing_and_it_fits_a_narrow_window(desk: Page) -> None:
    assert violations(desk) == {}
    assert sticking_out(desk, 390) == []
    assert sticking_out(desk, 320) == []  # as wide as 1280 is at 400 %


def test_what_has_the_focus_is_seen(desk: Page) -> None:
    """Wherever the Tab key goes, a good part of what it reaches is not after something else
    (WCAG 2.2, 2.4.11)."""
    covered = []
    for width in (1280, 390):
        desk.set_viewport_size({"width": width, "height": 800})
        for _step in range(40):
            desk.keyboard.press("Tab")
            covered += desk.evaluate(
                """(width) => {
                  const one = document.activeElement;
                  if (one === document.body || one.matches("dialog")) return [];
                  const boxes = [...one.getClientRects()].filter((box) => box.width && box.height);
                  const along = ({ left, top, width, height }) =>
                    [0.15, 0.5, 0.85].map((part) => [left + part * width, top + height / 2]);
                  const places = boxes.flatMap(along);
                  const isSeen = places.some(([x, y]) => {
                    const top = document.elementFromPoint(x, y);
                    return top && (one.contains(top) || top.contains(one));
                  });
                  return isSeen ? [] : [`${width}: ${one.outerHTML.slice(0, 160)}`];
                }""",
                width,
            )
    assert covered == []


@pytest.mark.parametrize("desk", ["just_opened"], indirect=True)
def test_on_a_phone_the_passage_stands_above_the_form_until_one_scrolls_on(
    desk: Page, curator: User
) -> None:
    def is_seen() -> bool:
        seen: bool = desk.evaluate(
            """() => {
              const [words] = CSS.highlights.get("chosen");
              const { top, bottom } = words.getBoundingClientRect();
              const { bottom: head } = document.querySelector(".desk-head").getBoundingClientRect();
              return top >= head && bottom <= document.querySelector(".desk-side").getBoundingClientRect().top;
            }"""
        )
        return seen

    desk.set_viewport_size({"width": 390, "height": 800})
    open_form(desk, 1, "Serik were")
    expect(desk.get_by_role("option").first).to_be_visible()
    assert is_seen()
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert not is_seen()
    mark = mark_of(Kind.FIGURE)
    tagging.delete(mark.pk, mark.revision, curator)
    expect(desk.locator(f"#m-{mark.pk}")).to_have_count(0)
    assert not is_seen()


@pytest.mark.parametrize("desk", ["person_proposed"], indirect=True)
def test_with_forced_colours_what_is_chosen_and_what_is_marked_differs(
    desk: Page,
) -> None:
    def drawn(selector: str, what: str) -> str:
        look: str = desk.locator(selector).first.evaluate(
            "(one, what) => getComputedStyle(one)[what]", what
        )
        return look

    desk.emulate_media(forced_colors="active")
    for chosen, other in (
        ("[role=option][aria-selected=true]", "[role=option][aria-selected=false]"),
        (".kinds [aria-pressed=true]", ".kinds [aria-pressed=false]"),
        (".list-order [aria-pressed=true]", ".list-order [aria-pressed=false]"),
    ):
        assert drawn(chosen, "backgroundColor") != drawn(other, "backgroundColor")
    styles = {
        drawn(f"#text .mark.{kind}.confirmed", "borderBottomStyle")
        for kind in Kind.values
    }
    assert styles == {"solid", "dotted", "dashed", "double"}
