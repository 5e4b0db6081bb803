"""The marked-up page: annotations laid over a text's HTML, in one pass.

The HTML is that of `archive.text.canonical`: it is cut into tags and runs of words, and the
runs are cut again where a span starts or ends. What is open at a place is a stack, longest span
outermost; where a span ends below the top, those above it are closed and opened again. So spans
may nest, cross and go over paragraphs, the result is valid HTML, and its `textContent` is still
the text. The cost grows with text plus spans.

    >>> overlay("<p>At least 15 died</p>", [Span("x", 3, 11, "figure")])
    '<p id="p1">At <mark id="a-x" class="figure lane1 starts ends" data-annotation="x">least 15</mark> died</p>'

A span that has an address becomes a link, unless it stands inside another link already: HTML
has no links inside links. Then it is a `mark`, and the note in the margin leads on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import TypeVar

from archive.text.canonical import PARAGRAPH_BREAK, HtmlPiece
from archive.text.sanitise import BLOCKS

K = TypeVar("K")
MOST_LANES = 3
"""Underlines that are drawn below one another; what is deeper is only counted."""
_TOKEN = re.compile(r"<[^>]+>|\n\n|\n?[^<\n]+|\n")
_TAG = re.compile(r"<(/?)([a-z0-9]+)")


@dataclass(frozen=True)
class HighlightSpan:
    """A passage to mark: code points into the text, end exclusive; `classes` and `href` go into
    the HTML."""

    id: str
    start: int
    end: int
    classes: str
    href: str = ""
    says: str = ""
    """What the mark is, in words, for who hears it where it starts; with a mouse it is the
    tooltip."""
    ends: str = ""
    """What is heard where it ends."""
    entity: str = ""
    """Whom or which place it mentions, the same for all that mention the same."""


def overlay(html: str, spans: Iterable[HighlightSpan]) -> str:
    """Return canonical `html` with `spans` marked, each paragraph's number as its `id`, and the
    same words."""
    spans = list(spans)
    return _Overlay(spans, lanes_of((span.id, span.start, span.end) for span in spans)).run(
        HtmlPiece(1, 0, html), ""
    )


def overlay_piece(
    piece: HtmlPiece, spans: Iterable[HighlightSpan], lanes: Mapping[str, int], stamp: str
) -> str:
    """Do the same for one piece of a text, its spans given by their places in the text, with
    their `lanes` in it.

    The first paragraph says `stamp`, for whoever asks later whether the piece is still the
    same.
    """
    return _Overlay(spans, lanes).run(piece, f' data-stamp="{escape(stamp)}"')


class _Overlay:
    def __init__(self, spans: Iterable[HighlightSpan], lanes: Mapping[str, int]) -> None:
        self._waiting = sorted(
            spans, key=lambda span: (-span.start, span.end)
        )  # the next one is the last
        self._lanes = lanes
        self._active: list[HighlightSpan] = []
        self._open: list[
            tuple[HighlightSpan, str]
        ] = []  # what is written and not closed, and with which element
        self._started: set[str] = set()
        self._out: list[str] = []
        self._links = 0  # open <a> of the text itself

    def run(self, piece: HtmlPiece, first: str) -> str:
        """Write `piece`; `first` are further attributes of its first paragraph."""
        paragraph, at, html = piece
        self._started = {
            span.id for span in self._waiting if span.start < at - len(PARAGRAPH_BREAK)
        }
        numbered = False
        for token in _TOKEN.findall(html):
            if token[0] == "<":
                self._close_down_to(0)
                slash, tag = _TAG.match(token).groups()  # type: ignore[union-attr]  # canonical HTML has no other tags
                if tag == "a":
                    self._links += -1 if slash else 1
                if not numbered and not slash and tag in BLOCKS:
                    token = f'<{tag} id="p{paragraph}"{first}{token[len(tag) + 1 :]}'
                    numbered, first = True, ""
                self._out.append(token)
            elif token == PARAGRAPH_BREAK:
                self._close_down_to(0)
                self._out.append(token)
                at += len(token)
                paragraph, numbered = paragraph + 1, False
            else:
                at = self._write(unescape(token) if "&" in token else token, at)
        self._close_down_to(0)
        return "".join(self._out)

    def _write(self, words: str, at: int) -> int:
        """Write one run of words that begins at the code point `at`, marked; return where it
        ends."""
        start, end = at, at + len(words)
        while at < end:
            while self._waiting and self._waiting[-1].start <= at:
                self._active.append(self._waiting.pop())
            if self._active:
                self._active = [span for span in self._active if span.end > at]
            upto = min([end, *(span.end for span in self._active)])
            if self._waiting:
                upto = min(upto, self._waiting[-1].start)
            self._open_active(end)
            piece = words[at - start : upto - start]
            self._out.append(escape(piece, quote=False))
            at = upto
        return at

    def _open_active(self, run_end: int) -> None:
        same = 0
        closes = run_end  # an element is closed with the run of words and with each element that it stands in
        for (opened, _element), span in zip(self._open, self._active, strict=False):
            if opened is not span:
                break
            same += 1
            closes = min(closes, span.end)
        self._close_down_to(same)
        for span in self._active[same:]:
            closes = min(closes, span.end)
            self._open_span(span, ends=closes == span.end)

    def _open_span(self, span: HighlightSpan, *, ends: bool) -> None:
        linked = (
            span.href
            and not self._links
            and all(element != "a" for _span, element in self._open)
        )
        element = "a" if linked else "mark"
        lane = self._lanes[span.id]
        classes = (
            f"{span.classes} lane{lane}" if lane <= MOST_LANES else f"{span.classes} deeper"
        )
        starts = span.id not in self._started
        self._started.add(span.id)
        classes += (" starts" if starts else "") + (" ends" if ends else "")
        attributes = f' id="a-{escape(span.id)}"' if starts else ""
        attributes += f' class="{escape(classes)}" data-annotation="{escape(span.id)}"'
        if linked:
            attributes += f' href="{escape(span.href)}"'
        if span.entity:
            attributes += f' data-entity="{escape(span.entity)}"'
        if span.says and starts:
            attributes += f' data-says="{escape(span.says)}"'
        if span.ends and ends:
            attributes += f' data-ends="{escape(span.ends)}"'
        self._out.append(f"<{element}{attributes}>")
        self._open.append((span, element))

    def _close_down_to(self, depth: int) -> None:
        while len(self._open) > depth:
            _span, element = self._open.pop()
            self._out.append(f"</{element}>")


def lanes_of(places: Iterable[tuple[K, int, int]]) -> dict[K, int]:
    """Give each span, by its key, start and end, the first underline, counted from 1, that is
    free where it starts."""
    lanes: dict[K, int] = {}
    ends: list[int] = []  # where each lane is free again
    for key, start, end in sorted(places, key=lambda place: (place[1], -place[2])):
        lane = next((n for n, free in enumerate(ends) if free <= start), len(ends))
        ends[lane : lane + 1] = [end]
        lanes[key] = lane + 1
    return lanes
