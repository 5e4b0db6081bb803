"""The marked-up page: annotations laid over a text's HTML, in one pass.

The HTML is that of `archive.text.canonical`: it is cut into tags and runs of words, and the
runs are cut again where a span starts or ends. What is open at a place is a stack, longest span
outermost; where a span ends below the top, those above it are closed and opened again. So spans
may nest, cross and go over paragraphs, the result is valid HTML, and its `textContent` is still
the text. The cost grows with text plus spans.

    >>> marked = overlay("<p>At least 15 died</p>", [HighlightSpan("x", 3, 11, "figure")])
    >>> marked.removeprefix('<p id="p1">At ').removesuffix(" died</p>")
    '<mark id="a-x" class="figure lane1 starts ends" data-annotation="x">least 15</mark>'

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

Key = TypeVar("Key")
# Underlines that are drawn below one another; what is deeper is only counted.
MOST_LANES = 3
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
    # What the mark is, in words, for who hears it where it starts; with a mouse it is
    # the tooltip.
    says: str = ""
    # What is heard where it ends.
    ends: str = ""
    # Whom or which place it mentions, the same for all that mention the same.
    entity: str = ""


def overlay(html: str, spans: Iterable[HighlightSpan]) -> str:
    """Return canonical `html` with `spans` marked, each paragraph's number as its `id`, and the
    same words."""
    spans = list(spans)
    lanes = lanes_of((span.id, span.start, span.end) for span in spans)
    return _Overlay(spans, lanes).run(HtmlPiece(1, 0, html), "")


def overlay_piece(
    piece: HtmlPiece,
    spans: Iterable[HighlightSpan],
    lanes: Mapping[str, int],
    stamp: str,
) -> str:
    """Do the same for one piece of a text, its spans given by their offsets in the text, with
    their `lanes` in it.

    The first paragraph says `stamp`, for whoever asks later whether the piece is still the
    same.
    """
    return _Overlay(spans, lanes).run(piece, f' data-stamp="{escape(stamp)}"')


class _Overlay:
    def __init__(
        self, spans: Iterable[HighlightSpan], lanes: Mapping[str, int]
    ) -> None:
        # The next one is the last, where it costs nothing to take it away.
        self._waiting = sorted(spans, key=lambda span: (-span.start, span.end))
        self._lanes = lanes
        self._active: list[HighlightSpan] = []
        # What is written and not closed, each with the name of its element.
        self._open: list[tuple[HighlightSpan, str]] = []
        self._started: set[str] = set()
        self._out: list[str] = []
        self._links = 0  # open <a> of the text itself

    def run(self, piece: HtmlPiece, first: str) -> str:
        """Write `piece`; `first` are further attributes of its first paragraph."""
        paragraph, at, html = piece
        # A span that began in an earlier piece does not start again in this one.
        begin = at - len(PARAGRAPH_BREAK)
        self._started = {span.id for span in self._waiting if span.start < begin}
        is_numbered = False
        for token in _TOKEN.findall(html):
            if token[0] == "<":
                slash, tag = self._close_for_tag(token)
                if not is_numbered and not slash and tag in BLOCKS:
                    token = f'<{tag} id="p{paragraph}"{first}{token[len(tag) + 1 :]}'
                    is_numbered, first = True, ""
                self._out.append(token)
            elif token == PARAGRAPH_BREAK:
                self._close_down_to(0)
                self._out.append(token)
                at += len(token)
                paragraph, is_numbered = paragraph + 1, False
            else:
                at = self._write(unescape(token) if "&" in token else token, at)
        self._close_down_to(0)
        return "".join(self._out)

    def _close_for_tag(self, token: str) -> tuple[str, str]:
        """Close all marks before a tag of the text; return its slash, if it has one, and its
        name."""
        self._close_down_to(0)
        slash, tag = _TAG.match(token).groups()  # type: ignore[union-attr]  # canonical HTML has no other tags
        if tag == "a":
            self._links += -1 if slash else 1
        return slash, tag

    def _write(self, words: str, at: int) -> int:
        """Write one run of words that begins at the code point `at`, marked; return where it
        ends."""
        start, end = at, at + len(words)
        while at < end:
            while self._waiting and self._waiting[-1].start <= at:
                self._active.append(self._waiting.pop())
            if self._active:
                self._active = [span for span in self._active if span.end > at]
            # Up to the nearest border of a span the same ones are open.
            border = min([end, *(span.end for span in self._active)])
            if self._waiting:
                border = min(border, self._waiting[-1].start)
            self._open_active(end)
            self._out.append(escape(words[at - start : border - start], quote=False))
            at = border
        return at

    def _open_active(self, run_end: int) -> None:
        """Close what is open and no longer active, and open what is active and not open."""
        same = 0
        # An element is closed with the run of words and with each element that it stands in.
        closes = run_end
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
        starts = span.id not in self._started
        self._started.add(span.id)
        element = "a" if span.href and not self._is_in_link() else "mark"
        attributes = f' id="a-{escape(span.id)}"' if starts else ""
        classes = self._classes(span, starts=starts, ends=ends)
        attributes += f' class="{escape(classes)}" data-annotation="{escape(span.id)}"'
        if element == "a":
            attributes += f' href="{escape(span.href)}"'
        if span.entity:
            attributes += f' data-entity="{escape(span.entity)}"'
        if span.says and starts:
            attributes += f' data-says="{escape(span.says)}"'
        if span.ends and ends:
            attributes += f' data-ends="{escape(span.ends)}"'
        self._out.append(f"<{element}{attributes}>")
        self._open.append((span, element))

    def _classes(self, span: HighlightSpan, *, starts: bool, ends: bool) -> str:
        lane = self._lanes[span.id]
        depth = f"lane{lane}" if lane <= MOST_LANES else "deeper"
        classes = f"{span.classes} {depth}"
        if starts:
            classes += " starts"
        if ends:
            classes += " ends"
        return classes

    def _is_in_link(self) -> bool:
        if self._links:
            return True
        return any(element == "a" for _span, element in self._open)

    def _close_down_to(self, depth: int) -> None:
        while len(self._open) > depth:
            _span, element = self._open.pop()
            self._out.append(f"</{element}>")


def lanes_of(spans: Iterable[tuple[Key, int, int]]) -> dict[Key, int]:
    """Give each span, by its key, start and end, the first underline, counted from 1, that is
    free where it starts."""
    lanes: dict[Key, int] = {}
    free_from: list[int] = []  # by lane
    for key, start, end in sorted(spans, key=_longest_first):
        lane = _first_free(free_from, start)
        if lane == len(free_from):
            free_from.append(end)
        else:
            free_from[lane] = end
        lanes[key] = lane + 1
    return lanes


def _longest_first(span: tuple[object, int, int]) -> tuple[int, int]:
    _key, start, end = span
    return start, -end


def _first_free(free_from: list[int], start: int) -> int:
    for lane, free in enumerate(free_from):
        if free <= start:
            return lane
    return len(free_from)
