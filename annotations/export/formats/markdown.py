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

_SYNTAX = re.compile(r"([\\`*_{}\[\]<>#|~&^]|^(?:[-+]|\d+[.)])(?=\s|$)|^[=-]+$)", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n{2,}")
_IN_ADDRESSES = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", "\n": "%0A", "\\": "%5C"})


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for number, excerpt in enumerate(excerpts, start=1):
        noted = f"{literal(' '.join(excerpt.note.split()))}\n\n" if excerpt.note else ""
        yield (
            f"{_quoted(excerpt.words)}[^{number}]\n\n"
            f"{noted}"
            f"**{excerpt.kind.capitalize()}:** {literal(' '.join(excerpt.tag.split()))}\n\n"
            f"[^{number}]: {''.join(map(_set, note(excerpt)))}\n\n"
        )


def literal(words: str) -> str:
    """Return `words` so that Markdown shows them as they are."""
    return _SYNTAX.sub(
        lambda found: "".join(f"\\{c}" if not c.isalnum() else c for c in found[0]),
        visible(words),
    )


def _quoted(words: str) -> str:
    paragraphs = (
        literal(paragraph).replace("\n", "\\\n> ") for paragraph in _PARAGRAPHS.split(words)
    )
    return "> " + "\n>\n> ".join(paragraphs)


def _set(piece: NotePiece) -> str:
    if piece.is_address:
        return f"<{piece.text.translate(_IN_ADDRESSES)}>"
    return f"*{literal(piece.text)}*" if piece.italic else literal(piece.text)
