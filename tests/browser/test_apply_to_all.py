"""Applying a tag to all at the desk: by keyboard alone, and for everybody."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.editing import tagging
from annotations.models import Act, Annotation, Entity, State
from archive.models import Article, User
from tests.support.axe import bring_axe, violations
from tests.support.making import MakeArticle
from tests.support.marking import everything, make_person, mention
from tests.support.selecting import select
from tests.support.signing_in import SignIn

HTML = """
<p>The harbour office counted again 🧮, and Omarov of the north yard wrote it down.</p>
<p>Before noon Omarov left; the clerk, Erlan Omarov, stayed. Әсет Омаров of Ақтау said nothing.</p>
<p>In the evening Omarov came back. Nobody saw Omarov after that.</p>
"""
ELSEWHERE = "<p>A year later Omarov was asked about it.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    make_article(title="A year later", html=ELSEWHERE)
    return make_article(title="The north yard", html=HTML)


@pytest.fixture
def aset(article: Article) -> Entity:
    """Known by the surname too, so that one key takes him; with a namesake in the same
    article."""
    mention(article, "Erlan Omarov", make_person("Erlan Omarov"))
    return make_person("Aset Omarov", "Omarov")


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    article: Article,
    aset: Entity,
    editor: User,
    sign_in: SignIn,
) -> Page:
    bring_axe(page)
    sign_in(page.context, editor)
    page.goto(f"{live_server.url}{article.get_absolute_url()}annotate/")
    expect(page.get_by_role("button", name="Caret")).to_be_visible()
    return page


def tag_the_first(page: Page) -> None:
    select(page, "Omarov of the north", "Omarov")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-status")).to_contain_text(
        "Tagged as Person: Aset Omarov."
    )


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Apply to all")


def boxes(page: Page) -> Locator:
    return dialog(page).get_by_role("checkbox")


def submit(page: Page) -> Locator:
    return dialog(page).locator("[type=submit]")


def marked(page: Page) -> Locator:
    """The places in the text that are the person's by an editor's word."""
    return page.locator("#text .mark.confirmed.starts", has_text="Omarov").filter(
        has_not_text="Erlan"
    )


def confirmed(entity: Entity) -> int:
    return entity.mentions.filter(state=State.CONFIRMED).count()


def test_one_tag_is_applied_to_all_by_keyboard_and_undone_at_once(
    desk: Page, aset: Entity
) -> None:
    tag_the_first(desk)
    before = everything()
    desk.keyboard.press("Alt+a")
    expect(boxes(desk)).to_have_count(4)
    expect(boxes(desk).first).to_be_focused()
    expect(submit(desk)).to_have_text("Tag 3 places")
    desk.keyboard.press("Space")
    expect(submit(desk)).to_have_text("Tag 2 places")
    desk.keyboard.press("ArrowDown")
    expect(boxes(desk).nth(1)).to_be_focused()
    desk.keyboard.press("Enter")
    expect(dialog(desk)).to_be_hidden()
    expect(desk.locator("#text")).to_be_focused()
    expect(desk.locator(".desk-status")).to_contain_text("Saved")
    expect(desk.locator(".desk-status")).to_contain_text(
        "Tagged 2 places as Aset Omarov."
    )
    expect(marked(desk)).to_have_count(3)
    assert confirmed(aset) == 3
    assert Act.objects.filter(kind=Act.Kind.APPLIED).count() == 1
    desk.keyboard.press("Control+z")
    expect(marked(desk)).to_have_count(1)
    assert everything() == before
    desk.keyboard.press("Control+Shift+z")
    expect(marked(desk)).to_have_count(3)


def test_all_or_none_are_chosen_with_one_key(desk: Page) -> None:
    tag_the_first(desk)
    desk.keyboard.press("Alt+a")
    expect(boxes(desk)).to_have_count(4)
    for key, words in {"n": "Tag 0 places", "a": "Tag 4 places"}.items():
        desk.keyboard.press(key)
        expect(submit(desk)).to_have_text(words)
    # On a Russian keyboard.
    boxes(desk).first.dispatch_event("keydown", {"key": "т", "code": "KeyN"})
    expect(submit(desk)).to_be_disabled()
    desk.keyboard.press("Space")
    expect(submit(desk)).to_have_text("Tag 1 place")
    expect(submit(desk)).to_be_enabled()


def test_the_whole_archive_is_one_link_away(desk: Page, aset: Entity) -> None:
    tag_the_first(desk)
    desk.keyboard.press("Alt+a")
    expect(boxes(desk).first).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    expect(
        dialog(desk).get_by_role("link", name="In the whole archive")
    ).to_be_focused()
    desk.keyboard.press("Enter")
    expect(boxes(desk)).to_have_count(5)
    expect(boxes(desk).first).to_be_focused()
    expect(dialog(desk).get_by_role("link", name="A year later")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.locator(".desk-status")).to_contain_text(
        "Tagged 4 places as Aset Omarov."
    )
    assert confirmed(aset) == 5
    assert desk.url.endswith("/annotate/")


def test_escape_changes_nothing_and_leads_back(
    desk: Page, live_server: LiveServer, aset: Entity
) -> None:
    tag_the_first(desk)
    mark = desk.locator(f"#m-{aset.mentions.get(state=State.CONFIRMED).pk} a")
    mark.focus()
    desk.keyboard.press("Alt+a")
    expect(boxes(desk).first).to_be_focused()
    desk.keyboard.press("Space")
    desk.keyboard.press("Escape")
    expect(dialog(desk)).to_be_hidden()
    expect(mark).to_be_focused()
    assert desk.url.endswith("/annotate/")
    assert confirmed(aset) == 1


def test_a_mark_that_has_the_focus_is_the_one_that_is_applied(desk: Page) -> None:
    expect(desk.get_by_role("button", name="Apply to all")).to_be_hidden()
    mark = Annotation.objects.get(entity__name="Erlan Omarov", state=State.CONFIRMED)
    desk.locator(f"#m-{mark.pk} a").focus()
    desk.keyboard.press("Alt+a")
    expect(dialog(desk)).to_contain_text("Erlan Omarov")
    expect(dialog(desk)).to_contain_text(
        "These words stand at no other place in this article"
    )
    assert violations(desk) == {}
    desk.keyboard.press("Escape")
    expect(desk.locator(f"#m-{mark.pk} a")).to_be_focused()


def test_what_is_chosen_while_the_server_is_away_goes_out_later(
    desk: Page, context: BrowserContext, aset: Entity
) -> None:
    tag_the_first(desk)
    desk.keyboard.press("Alt+a")
    expect(boxes(desk).first).to_be_focused()
    context.set_offline(True)
    desk.keyboard.press("Enter")
    expect(desk.locator(".desk-status")).to_contain_text("cannot be reached")
    expect(desk.locator(".outbox li")).to_contain_text(
        "Apply to all: “Omarov” — Tag 3 places"
    )
    desk.keyboard.press("Alt+a")
    expect(desk.locator(".desk-status")).to_contain_text("could not be fetched")
    context.set_offline(False)
    expect(desk.locator(".desk-status")).to_contain_text(
        "Tagged 3 places as Aset Omarov."
    )
    assert confirmed(aset) == 4


def test_a_tag_that_somebody_changed_meanwhile_is_applied_nowhere(
    desk: Page, aset: Entity, curator: User
) -> None:
    tag_the_first(desk)
    desk.keyboard.press("Alt+a")
    expect(boxes(desk).first).to_be_focused()
    mark = aset.mentions.get(state=State.CONFIRMED)
    tagging.delete(mark.pk, mark.revision, curator)
    desk.keyboard.press("Enter")
    expect(desk.locator(".desk-side")).to_contain_text("it was applied nowhere")
    assert confirmed(aset) == 0


def test_axe_finds_nothing_in_the_dialog(desk: Page, aset: Entity) -> None:
    tag_the_first(desk)
    desk.keyboard.press("Alt+a")
    dialog(desk).get_by_role("link", name="In the whole archive").click()
    expect(boxes(desk)).to_have_count(5)
    assert violations(desk) == {}
