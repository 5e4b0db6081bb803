"""Footnotes: the Chicago note of an excerpt, in pieces that a document can set, with its
addresses as links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.export.excerpts import Excerpt
from archive.citations.citation import STYLES

STYLE = "chicago"


@dataclass(frozen=True)
class NotePiece:
    text: str
    italic: bool = False
    is_address: bool = False


def note(excerpt: Excerpt) -> Iterator[NotePiece]:
    """Yield the pieces of the note that cites an excerpt."""
    addresses = sorted(
        filter(None, (excerpt.permalink, excerpt.original_address)), key=len, reverse=True
    )
    for run in STYLES[STYLE].cite(excerpt.reference):
        yield from (
            NotePiece(text, run.italic, text in addresses)
            for text in _parted(run.text, addresses)
        )


def _parted(text: str, addresses: Sequence[str]) -> Iterator[str]:
    """Yield `text` cut before and after each of `addresses`, of which the longest comes
    first."""
    before, found, after = text.partition(addresses[0]) if addresses else (text, "", "")
    if before:
        yield from _parted(before, addresses[1:]) if addresses else (before,)
    if found:
        yield found
        yield from _parted(after, addresses)
