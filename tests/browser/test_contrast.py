"""Marks and notes keep WCAG 2.2's contrast (AA) in both themes, lit or not: 4.5 for words, 3 for lines."""

from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from archive.models import User
from tests.browser.conftest import SignIn
from tests.browser.walk import everything_marked

WORDS, LINES = 4.5, 3.0

Colour = tuple[int, int, int]

_LOOK = """
() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (colour, alpha) => {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
  };
  const pixel = () => [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  const ground = (element) => {
    if (!element) return paint("white", 1), 1;
    const style = getComputedStyle(element);
    const alpha = ground(element.parentElement) * Number(style.opacity);
    paint(style.backgroundColor, alpha);
    return alpha;
  };
  const over = (element, colour) => {
    const alpha = ground(element);
    const on = pixel();
    paint(colour, alpha);
    return { on, ink: pixel() };
  };
  const seen = [];
  const see = (name, part, colours) => seen.push({ name: `${name} ${part}`, ...colours });
  for (const mark of document.querySelectorAll(".text .mark")) {
    const style = getComputedStyle(mark), badge = getComputedStyle(mark, "::before");
    see(mark.className, "words", over(mark, style.color));
    if (badge.content !== "none") see(mark.className, "badge", over(mark, badge.color));
    if (style.borderBottomStyle !== "none") see(mark.className, "line", over(mark.parentElement, style.borderBottomColor));
  }
  for (const part of document.querySelectorAll(".note, .note *")) {
    const own = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (own) see(part.className || part.localName, "words in a note", over(part, getComputedStyle(part).color));
    else if (part.matches(".note")) see(part.className, "line", over(part, getComputedStyle(part).borderLeftColor));
  }
  return seen;
}
"""


class Seen(NamedTuple):
    name: str
    on: Colour
    ink: Colour

    @property
    def contrast(self) -> float:
        """WCAG 2.2's contrast ratio, 1 to 21."""
        darker, lighter = sorted((_luminance(self.on), _luminance(self.ink)))
        return (lighter + 0.05) / (darker + 0.05)

    @property
    def wanted(self) -> float:
        return LINES if self.name.endswith("line") else WORDS


@pytest.mark.parametrize("state", ["still", "lit"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_notes_stand_out_from_their_ground(
    page: Page, live_server: LiveServer, curator: User, sign_in: SignIn, theme: Any, state: str
) -> None:
    sign_in(page.context, curator)
    page.emulate_media(color_scheme=theme)
    page.goto(f"{live_server.url}{everything_marked()}")
    if state == "lit":
        page.evaluate("document.querySelectorAll('.text .mark, .note').forEach((one) => one.classList.add('lit'))")
    seen = [Seen(one["name"], tuple(one["on"]), tuple(one["ink"])) for one in page.evaluate(_LOOK)]
    kinds = {kind for kind in ("person", "place", "figure", "allegation") for one in seen if kind in one.name}
    assert (len(kinds), len(seen) > 40) == (4, True)
    assert [f"{one.name}: {one.contrast:.2f} {one.ink} on {one.on}" for one in seen if one.contrast < one.wanted] == []


@pytest.mark.parametrize(
    ("seen", "contrast"),
    [(Seen("", (0, 0, 0), (255, 255, 255)), 21.0), (Seen("", (255, 255, 255), (118, 118, 118)), 4.54)],
)
def test_the_ratio_is_that_of_wcag(seen: Seen, contrast: float) -> None:
    assert round(seen.contrast, 2) == contrast


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
