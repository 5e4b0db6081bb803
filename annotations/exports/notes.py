"""Footnotes: the Chicago note of an excerpt, in pieces that a document can set, with its addresses as links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.excerpts import Excerpt
from archive.citing import STYLES

STYLE = "chicago"


@dataclass(frozen=True)
class Piece:
    text: str
    italic: bool = False
    is_address: bool = False


def note(excerpt: Excerpt) -> Iterator[Piece]:
    """Yield the pieces of the note that cites an excerpt."""
    addresses = sorted(filter(None, {excerpt.permalink, excerpt.original_address}), key=len, reverse=True)
    parts = re.compile(f"({'|'.join(map(re.escape, addresses))})")
    for run in STYLES[STYLE].cite(excerpt.reference):
        for text in filter(None, parts.split(run.text)):
            yield Piece(text, run.italic, text in addresses)
