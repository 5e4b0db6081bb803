"""Marks and notes keep WCAG 2.2's contrast (AA) in both themes, lit or not: 4.5 for words, 3
for lines."""

from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from archive.models import User
from tests.support.browser_walk import everything_marked
from tests.support.signing_in import SignIn

WORDS, LINES = 4.5, 3.0

Colour = tuple[int, int, int]

_LOOK = """
(state) => {
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
  const seen = [];
  const see = (element, part, ink, on) => {
    const alpha = ground(on ?? element), under = pixel();
    paint(ink, alpha);
    seen.push({ name: `${element.className || element.localName}, ${part}`, on: under, ink: pixel() });
  };
  const look = (marks, notes) => {
    for (const mark of marks) {
      const style = getComputedStyle(mark), badge = getComputedStyle(mark, "::before");
      see(mark, "words", style.color);
      if (badge.content !== "none") see(mark, "badge", badge.color);
      if (style.borderBottomStyle !== "none") see(mark, "line", style.borderBottomColor, mark.parentElement);
    }
    for (const note of notes) {
      see(note, "line", getComputedStyle(note).borderLeftColor);
      for (const part of [note, ...note.querySelectorAll("*")]) {
        const own = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (own) see(part, "words in a note", getComputedStyle(part).color);
      }
    }
  };
  const all = [...document.querySelectorAll(".text .mark")];
  if (state === "still") look(all, document.querySelectorAll(".note"));
  else for (const id of new Set(all.map((mark) => mark.dataset.annotation))) {
    const marks = all.filter((mark) => mark.dataset.annotation === id);
    const notes = [...document.querySelectorAll(`[id="n-${id}"]`)];
    for (const one of [...marks, ...notes]) one.classList.add("lit");
    look(all.filter((mark) => mark.closest(".lit")), notes);
    for (const one of [...marks, ...notes]) one.classList.remove("lit");
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
    page: Page,
    live_server: LiveServer,
    curator: User,
    sign_in: SignIn,
    theme: Any,
    state: str,
) -> None:
    sign_in(page.context, curator)
    page.emulate_media(color_scheme=theme)
    page.goto(f"{live_server.url}{everything_marked()}")
    seen = [
        Seen(one["name"], tuple(one["on"]), tuple(one["ink"]))
        for one in page.evaluate(_LOOK, state)
    ]
    kinds = {
        kind
        for kind in ("person", "place", "figure", "allegation")
        for one in seen
        if kind in one.name
    }
    assert (len(kinds), len(seen) > 30) == (4, True)
    faint = [
        f"{one.contrast:.2f} {one.name}: {one.ink} on {one.on}"
        for one in seen
        if one.contrast < one.wanted
    ]
    assert not faint, "\n".join(faint)


@pytest.mark.parametrize(
    ("seen", "contrast"),
    [
        (Seen("", (0, 0, 0), (255, 255, 255)), 21.0),
        (Seen("", (255, 255, 255), (118, 118, 118)), 4.54),
    ],
)
def test_the_ratio_is_that_of_wcag(seen: Seen, contrast: float) -> None:
    assert round(seen.contrast, 2) == contrast


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
