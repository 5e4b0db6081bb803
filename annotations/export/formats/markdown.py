"""Markdown: each excerpt as a quotation with what was noted on it and its tag, and a footnote
that cites it.

CommonMark with the footnotes that Pandoc, GitHub, Obsidian and others have in common: `[^1]`,
and `[^1]: …`.
"""

import re
from collections.abc import Iterable, Iterator

from annotations.export.excerpts import Excerpt
from annotations.export.formats.footnote_parts import NotePiece, note
from annotations.export.formats.xml import visible

_SYNTAX = re.compile(
    r"([\\`*_{}\[\]<>#|~&^]|^(?:[-+]|\d+[.)])(?=\s|$)|^[=-]+$)", re.MULTILINE
)
_PARAGRAPHS = re.compile(r"\n{2,}")
_IN_ADDRESSES = str.maketrans(
    {"<": "%3C", ">": "%3E", " ": "%20", "\n": "%0A", "\\": "%5C"}
)


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for number, excerpt in enumerate(excerpts, start=1):
        comment = f"{_on_one_line(excerpt.note)}\n\n" if excerpt.note else ""
        citation = "".join(_piece(piece) for piece in note(excerpt))
        yield (
            f"{_quotation(excerpt.words)}[^{number}]\n\n"
            f"{comment}"
            f"**{excerpt.kind.capitalize()}:** {_on_one_line(excerpt.tag)}\n\n"
            f"[^{number}]: {citation}\n\n"
        )


def literal(words: str) -> str:
    """Return `words` so that Markdown shows them as they are."""
    return _SYNTAX.sub(_escape, visible(words))


def _escape(syntax: re.Match[str]) -> str:
    """Put a backslash before each sign; the number of a list item needs none."""
    return "".join(sign if sign.isalnum() else f"\\{sign}" for sign in syntax[0])


def _on_one_line(words: str) -> str:
    return literal(" ".join(words.split()))


def _quotation(words: str) -> str:
    paragraphs = []
    for paragraph in _PARAGRAPHS.split(words):
        paragraphs.append(literal(paragraph).replace("\n", "\\\n> "))
    return "> " + "\n>\n> ".join(paragraphs)


def _piece(piece: NotePiece) -> str:
    if piece.is_address:
        return f"<{piece.text.translate(_IN_ADDRESSES)}>"
    return f"*{literal(piece.text)}*" if piece.italic else literal(piece.text)
