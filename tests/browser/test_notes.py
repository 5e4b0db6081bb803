"""Notes stand beside their marks where there is room, and below their paragraph where there is
not."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from annotations.models import Annotation
from archive.models import Article
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 844}

HTML = (
    "<p>There were 3 boats, then 4 nets, then 5 oars, and somebody said that the harbour master took them all. "
    "He denied it.</p>"
    + "<p>A long paragraph in which nothing is counted and nobody is accused of anything at all. </p>"
    * 3
    + "<blockquote><p>I saw 6 men.</p><p>They carried 7 oars.</p></blockquote>"
    "<ul><li>8 ropes</li><li>no sails</li></ul>"
    "<p>In the end 9 boats came back.</p>"
)


@dataclass(frozen=True)
class Box:
    top: float
    bottom: float
    left: float
    right: float

    def overlaps(self, other: "Box") -> bool:
        return (
            min(self.bottom, other.bottom) - max(self.top, other.top) > 1
            and min(self.right, other.right) - max(self.left, other.left) > 1
        )


@dataclass(frozen=True)
class Layout:
    """Where everything is on the page, in CSS pixels; `blocks` are the text's children, `lines`
    the lines of words."""

    notes: list[Box]
    marks: list[Box]
    blocks: list[Box]
    block_of: list[int]
    lines: list[Box]
    footer: Box

    @classmethod
    def of(cls, page: Page) -> "Layout":
        page.evaluate(
            "document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 100)))"
        )
        found: dict[str, Any] = page.evaluate(
            """() => {
              const box = ({ top, bottom, left, right }) =>
                ({ top: top + scrollY, bottom: bottom + scrollY, left: left + scrollX, right: right + scrollX });
              const text = document.getElementById("text");
              const notes = [...document.querySelectorAll(".note")];
              const marks = notes.map((note) => document.getElementById(note.dataset.for));
              const blocks = [...text.children];
              const words = document.createRange();
              words.selectNodeContents(text);
              return {
                notes: notes.map((note) => box(note.getBoundingClientRect())),
                marks: marks.map((mark) => box(mark.getClientRects()[0])),
                blocks: blocks.map((block) => box(block.getBoundingClientRect())),
                block_of: marks.map((mark) => blocks.findIndex((block) => block.contains(mark))),
                lines: [...words.getClientRects()].filter((line) => line.width > 1).map(box),
                footer: box(document.querySelector(".reading > footer").getBoundingClientRect()),
              };
            }"""
        )
        boxes = {
            name: [Box(**one) for one in found[name]]
            for name in ("notes", "marks", "blocks")
        }
        # A block's own box is no line of words: it holds the notes' place as well.
        lines = [
            box
            for box in (Box(**one) for one in found["lines"])
            if box not in boxes["blocks"]
        ]
        return cls(
            **boxes,
            lines=lines,
            block_of=found["block_of"],
            footer=Box(**found["footer"]),
        )


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    article = make_article(title="The boats", html=HTML)
    for words in (
        "3 boats",
        "4 nets",
        "5 oars",
        "6 men",
        "7 oars",
        "8 ropes",
        "9 boats",
    ):
        low, counted = words.split()
        figure(
            article,
            words,
            low=low,
            counted=counted,
            said_by="a fisherman who did not give his name",
        )
    allegation(
        article,
        "the harbour master took them all",
        "The harbour master took boats, nets and oars",
        accused="he",
    )
    return article


@pytest.fixture
def address(live_server: LiveServer, article: Article) -> str:
    return f"{live_server.url}{article.get_absolute_url()}"


def test_beside_the_text_each_note_begins_at_its_mark_or_below_the_note_before(
    page: Page, address: str
) -> None:
    page.goto(address)
    layout = Layout.of(page)
    assert len(layout.notes) == 8
    free = 0.0
    for note, mark in zip(layout.notes, layout.marks, strict=True):
        assert note.top >= free
        assert abs(note.top - mark.top) <= 4 or note.top - free <= 16
        free = note.bottom
    _assert_nothing_is_covered(layout)


def test_below_the_text_each_note_stands_between_its_paragraph_and_the_next(
    page: Page, address: str
) -> None:
    page.set_viewport_size(NARROW)
    page.goto(address)
    layout = Layout.of(page)
    assert len(layout.notes) == 8
    for note, at in zip(layout.notes, layout.block_of, strict=True):
        assert note.top >= layout.blocks[at].bottom
        if at + 1 < len(layout.blocks):
            assert note.bottom <= layout.blocks[at + 1].top
    _assert_nothing_is_covered(layout)


@pytest.mark.parametrize(
    ("before", "after"), [(WIDE, NARROW), (NARROW, WIDE)], ids=["narrower", "wider"]
)
def test_a_window_that_changes_its_width_is_as_if_it_had_always_had_it(
    page: Page, address: str, before: ViewportSize, after: ViewportSize
) -> None:
    page.set_viewport_size(after)
    page.goto(address)
    always = Layout.of(page)
    page.set_viewport_size(before)
    page.goto(address)
    page.set_viewport_size(after)
    assert Layout.of(page) == always


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
def test_no_article_of_the_demonstration_has_its_notes_over_its_words(
    page: Page, live_server: LiveServer, demo: None, viewport: ViewportSize
) -> None:
    page.set_viewport_size(viewport)
    for article in Article.objects.all():
        page.goto(f"{live_server.url}{article.get_absolute_url()}")
        layout = Layout.of(page)
        assert (
            len(layout.notes)
            == Annotation.objects.filter(article=article, entity=None).count()
        )
        _assert_nothing_is_covered(layout)


def test_a_note_and_its_mark_light_up_together(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("mark.allegation").first.hover()
    assert page.locator(".lit").evaluate_all(
        "all => all.map((one) => one.className.split(' ')[0])"
    ) == ["mark", "note"]


def _assert_nothing_is_covered(layout: Layout) -> None:
    for n, note in enumerate(layout.notes):
        assert not any(note.overlaps(other) for other in layout.notes[n + 1 :])
        assert not any(note.overlaps(line) for line in layout.lines)
        assert note.bottom <= layout.footer.top
