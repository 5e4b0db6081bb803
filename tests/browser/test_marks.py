"""From mark to mark by key, marks shown or not, what a screen reader hears of them, and keys
that are switched off."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Annotation
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.selecting import select
from tests.support.signing_in import SignIn

HTML = "<p>Omarov met Serik, and 12 boats were gone.</p><p>Omarov said <em>that Serik</em> left.</p><p>Omarov.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    article = make_article(html=HTML)
    omarov, serik = make_person("Omarov"), make_person("Serik")
    for nth in range(3):
        mention(article, "Omarov", omarov, nth=nth)
    mention(article, "Serik", serik)
    mention(article, "said that Serik", serik)
    figure(article, "12 boats", low="12", counted="boats")
    return article


@pytest.fixture(params=["", "annotate/"], ids=["reading", "desk"])
def text(
    request: pytest.FixtureRequest,
    page: Page,
    live_server: LiveServer,
    article: Article,
    editor: User,
    sign_in: SignIn,
) -> Page:
    sign_in(page.context, editor)
    page.goto(f"{live_server.url}{article.get_absolute_url()}{request.param}")
    expect(page.get_by_role("toolbar", name="Marks")).to_be_visible()
    return page


def focused(page: Page) -> str:
    key: str = page.evaluate("document.activeElement.dataset.annotation")
    mark = Annotation.objects.get(pk=key)
    return f"{mark.exact}@{mark.paragraph}"


def press(page: Page, *keys: str) -> list[str]:
    seen = []
    for key in keys:
        page.keyboard.press(key)
        seen.append(focused(page))
    return seen


def test_j_and_k_go_from_mark_to_mark_and_round(text: Page) -> None:
    assert press(text, *"jjjj") == ["Omarov@1", "Serik@1", "12 boats@1", "Omarov@2"]
    assert press(text, *"kk") == ["12 boats@1", "Serik@1"]
    assert press(text, *"kk") == ["Omarov@1", "Omarov@3"]
    expect(
        text.get_by_role("toolbar", name="Marks").get_by_role("status")
    ).to_have_text("mark 6 of 6")


def test_n_goes_to_the_next_mention_of_the_same(text: Page) -> None:
    assert press(text, "j", "n", "n", "n") == [
        "Omarov@1",
        "Omarov@2",
        "Omarov@3",
        "Omarov@1",
    ]
    assert press(text, "j", "Shift+N", "Shift+N") == [
        "Serik@1",
        "said that Serik@2",
        "Serik@1",
    ]
    text.get_by_role("button", name="Next mention of the same").click()
    assert focused(text) == "said that Serik@2"


def test_a_figure_is_no_mention_of_anybody(text: Page) -> None:
    press(text, *"jjjn")
    assert focused(text) == "12 boats@1"
    expect(
        text.get_by_role("toolbar", name="Marks").get_by_role("status")
    ).to_contain_text("Go to a mention first")


def test_marks_are_hidden_and_stay_so_until_they_are_shown(text: Page) -> None:
    mark = text.locator("#text .mark").first
    shown = mark.evaluate("(mark) => getComputedStyle(mark).borderBottomColor")
    text.keyboard.press("h")
    text.reload()
    expect(text.get_by_role("button", name="Hide marks")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert (
        mark.evaluate("(mark) => getComputedStyle(mark).borderBottomColor")
        == "rgba(0, 0, 0, 0)"
    )
    text.keyboard.press("h")
    assert mark.evaluate("(mark) => getComputedStyle(mark).borderBottomColor") == shown


def test_keys_that_are_single_characters_can_be_switched_off(text: Page) -> None:
    text.keyboard.press("?")
    text.get_by_role("checkbox", name="Single characters are keys").uncheck()
    text.keyboard.press("Escape")
    text.reload()
    for key in ("j", "h", "?", "/", "e", "v"):
        text.keyboard.press(key)
    select(text, "met Serik", "met Serik")
    text.keyboard.press("1")
    assert not text.evaluate("Boolean(document.activeElement.closest('.mark, input'))")
    expect(text.get_by_role("button", name="Hide marks")).to_have_attribute(
        "aria-pressed", "false"
    )
    expect(text.locator("dialog[open]")).to_have_count(0)
    expect(text.get_by_role("combobox")).to_have_count(0)
    text.get_by_role("button", name="Keys on this page").click()
    text.get_by_role("checkbox", name="Single characters are keys").check()
    text.keyboard.press("Escape")
    text.keyboard.press("h")
    expect(text.get_by_role("button", name="Hide marks")).to_have_attribute(
        "aria-pressed", "true"
    )


def heard(page: Page) -> list[str]:
    """What is exposed to a screen reader of the text, run by run."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    document = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    text = session.send("DOM.querySelector", {"nodeId": document, "selector": "#text"})[
        "nodeId"
    ]
    backend = session.send("DOM.describeNode", {"nodeId": text})["node"][
        "backendNodeId"
    ]
    runs: list[str] = []

    def listen(node: dict[str, object]) -> None:
        if node["role"]["value"] == "StaticText":  # type: ignore[index]
            runs.append(str(node["name"]["value"]).strip())  # type: ignore[index]
        for child in node.get("childIds", []):  # type: ignore[attr-defined]
            listen(by_id[child])

    listen(next(node for node in nodes if node.get("backendDOMNodeId") == backend))
    return runs


def test_a_screen_reader_hears_where_a_mark_starts_and_ends_and_what_it_is(
    text: Page,
) -> None:
    runs = heard(text)

    assert runs[:4] == [
        "Person: Omarov — confirmed by an editor.",
        "Omarov",
        "end of Person.",
        "met",
    ]
    at = runs.index("Figure: 12 boats — confirmed by an editor.")
    assert runs[at + 1 : at + 3] == ["12 boats", "end of Figure."]
    at = runs.index("said")
    assert runs[at - 1 : at + 3] == [
        "Person: Serik — confirmed by an editor.",
        "said",
        "that Serik",
        "end of Person.",
    ]


def test_with_alt_or_on_other_layouts_a_key_is_the_same(text: Page) -> None:
    pressed = text.get_by_role("button", name="Hide marks")
    pressing = "(key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...key }))"
    text.evaluate(pressing, {"key": "р", "code": "KeyH"})
    expect(pressed).to_have_attribute("aria-pressed", "true")
    text.evaluate(pressing, {"key": "h", "code": "KeyH", "altKey": True})
    expect(pressed).to_have_attribute("aria-pressed", "true")


def test_c_leads_to_the_citation_and_other_keys_go_on_working(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    page.goto(f"{live_server.url}{article.get_absolute_url()}")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Cite this article")).to_be_focused()
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Hide marks")).to_have_attribute(
        "aria-pressed", "true"
    )
