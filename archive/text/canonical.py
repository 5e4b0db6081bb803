"""Canonical text: from any HTML to one strict HTML and the text that annotations point into.

Every offset in the archive is a position in `CanonicalText.text`, so text and HTML must agree
to the letter:

    >>> canonicalise("<p>Two  <b>words</b><p>More").html
    '<p>Two <b>words</b></p>\\n\\n<p>More</p>'
    >>> canonicalise("<p>Two  <b>words</b><p>More").text
    'Two words\\n\\nMore'

`text` is exactly the `textContent` of `html`. The blank line between two blocks stands in the
HTML too, between the end tag of one and the start tag of the next, where a browser keeps it and
shows nothing. A line break inside a block is `<br>` followed by a line feed. White space is
folded as a browser would fold it, so nothing that a reader sees is changed. Each run of
characters is in Unicode's composed form (NFC).

The writer below holds start tags back until a word follows them: an element that stays empty is
never written, and a blank line can be put in front of the tags of the block that it introduces.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from typing import NamedTuple

from archive.text.sanitise import BLOCKS, CONTAINERS, RENAMED, SEPARATORS, clean

PARAGRAPH_BREAK = "\n\n"
_TAG = re.compile(r"<[^>]*>")
_ELEMENT_OR_BREAK = re.compile(r"<(/?)(?!br>)[^>]*>|\n\n")
_FOLDED_SPACE = re.compile(r"[ \t\n\f\r]+")


@dataclass(frozen=True)
class CanonicalText:
    """One readable text in two forms, where `text` is the `textContent` of `html`."""

    html: str
    text: str


def canonicalise(html: str) -> CanonicalText:
    """Sanitise `html` and bring it into canonical form. Idempotent; the cost grows with its
    length."""
    writer = _CanonicalWriter()
    writer.feed(clean(html))
    writer.close()
    return writer.finished()


def paragraph_of(text: str, offset: int) -> int:
    """Return the number, from 1, of the block of `text` that holds the code point at
    `offset`."""
    return text.count(PARAGRAPH_BREAK, 0, offset) + 1


def paragraphs(text: str) -> list[tuple[int, str]]:
    """Return each block of `text` with the code point at which it starts."""
    blocks, start = [], 0
    for block in text.split(PARAGRAPH_BREAK):
        blocks.append((start, block))
        start += len(block) + len(PARAGRAPH_BREAK)
    return blocks


class HtmlPiece(NamedTuple):
    """An outermost element of canonical HTML, with what stands in it."""

    # The number, from 1, of its first block.
    paragraph: int
    # The code point of the text at which its words start.
    start: int
    html: str


def pieces(html: str) -> list[HtmlPiece]:
    """Cut canonical HTML at the blank lines between its outermost elements.

    >>> pieces("<p>One</p>\\n\\n<ul><li>A</li>\\n\\n<li>B</li></ul>")[1]
    HtmlPiece(paragraph=2, start=5, html='<ul><li>A</li>\\n\\n<li>B</li></ul>')
    """
    cut: list[HtmlPiece] = []
    depth, begin = 0, 0
    paragraph, start = 1, 0
    for match in _ELEMENT_OR_BREAK.finditer(html):
        if match[0] != PARAGRAPH_BREAK:
            depth += -1 if match[1] else 1
        elif depth == 0:
            element = html[begin : match.start()]
            cut.append(HtmlPiece(paragraph, start, element))
            start += _letters(element) + len(PARAGRAPH_BREAK)
            # A list holds as many blocks as it has blank lines, and one more.
            paragraph += element.count(PARAGRAPH_BREAK) + 1
            begin = match.end()
    cut.append(HtmlPiece(paragraph, start, html[begin:]))
    return cut


def _letters(html: str) -> int:
    """Return the number of code points of the `textContent`."""
    return len(unescape(_TAG.sub("", html)))


class _CanonicalWriter(HTMLParser):
    """Rewrites sanitised HTML; see the module's first paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._html: list[str] = []
        self._text: list[str] = []
        # Words between two tags that are not written yet, to be composed (NFC) as one.
        self._run: list[str] = []
        # Elements that are open, outermost first.
        self._open: list[str] = []
        # The start tags of the last len(_held) of them, not written yet.
        self._held: list[str] = []
        # What must stand before the next word: a blank line, a line feed, a space.
        self._between = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = RENAMED.get(tag, tag)
        if tag == "br":
            if self._between != PARAGRAPH_BREAK:
                self._between = "\n"
            return
        if tag in SEPARATORS:
            self._end_block()
            return
        if tag in BLOCKS or tag in CONTAINERS:
            self._end_block(outside_item=tag == "li")
        elif tag in self._open:
            return  # an inline element inside itself says nothing new; a link in a link would be no HTML
        self._open.append(tag)
        self._held.append(_start_tag(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in SEPARATORS:
            self._end_block()
        if tag not in self._open:
            return
        while self._open:
            closed = self._open[-1]
            self._close_innermost()
            if closed == tag:
                break
        if tag in BLOCKS or tag in CONTAINERS:
            self._between = PARAGRAPH_BREAK

    def handle_data(self, data: str) -> None:
        words = _FOLDED_SPACE.sub(" ", data)
        if words.startswith(" ") and not self._between:
            self._between = " "
        trailing = words.endswith(" ")
        words = words.strip(" ")
        if not words:
            return
        self._open_paragraph()
        self._write(words)
        if trailing:
            self._between = " "

    def finished(self) -> CanonicalText:
        while self._open:
            self._close_innermost()
        return CanonicalText("".join(self._html), "".join(self._text))

    def _write(self, words: str) -> None:
        if self._between == " ":
            self._run.append(" ")
        elif self._between and (self._text or self._run):
            self._end_run()
            self._text.append(self._between)
            self._html.append(
                PARAGRAPH_BREAK if self._between == PARAGRAPH_BREAK else "<br>\n"
            )
        self._between = ""
        if self._held:
            self._end_run()
            self._html.extend(self._held)
            self._held.clear()
        self._run.append(words)

    def _end_run(self) -> None:
        if not self._run:
            return
        words = unicodedata.normalize("NFC", "".join(self._run))
        self._run.clear()
        # Composed before it is escaped, so that text and HTML stay the same to the letter.
        self._text.append(words)
        self._html.append(escape(words, quote=False))

    def _open_paragraph(self) -> None:
        """Put loose words into a block of their own: those in no block, and those after a block
        in an item."""
        depth = self._block_depth()
        parent = self._open[depth - 1] if depth else ""
        if parent in BLOCKS:
            is_written = depth <= len(self._open) - len(self._held)
            is_after_block = is_written and self._between == PARAGRAPH_BREAK
            if parent != "li" or not is_after_block:
                return
        block = "li" if parent in ("ul", "ol") else "p"
        # The block goes outside the inline elements that are open: <p><b>, not <b><p>.
        inline = len(self._open) - depth
        self._open.insert(depth, block)
        self._held.insert(len(self._held) - inline, f"<{block}>")
        self._between = PARAGRAPH_BREAK

    def _block_depth(self) -> int:
        """Return how many elements are open down to the innermost block or container."""
        for depth in range(len(self._open), 0, -1):
            tag = self._open[depth - 1]
            if tag in BLOCKS or tag in CONTAINERS:
                return depth
        return 0

    def _end_block(self, *, outside_item: bool = False) -> None:
        """Close what cannot hold a block: an open paragraph or heading, inline elements, and
        (as told) an item."""
        keep = 0
        for depth, tag in enumerate(self._open, start=1):
            if tag in CONTAINERS or (tag == "li" and not outside_item):
                keep = depth
        while len(self._open) > keep:
            self._close_innermost()
        self._between = PARAGRAPH_BREAK

    def _close_innermost(self) -> None:
        tag = self._open.pop()
        if self._held:
            self._held.pop()
        else:
            self._end_run()
            self._html.append(f"</{tag}>")


def _start_tag(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    written = ""
    for name, value in sorted(attrs):
        written += f' {name}="{escape(value or "", quote=True)}"'
    return f"<{tag}{written}>"
