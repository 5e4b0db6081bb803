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
    addresses = [excerpt.permalink]
    if excerpt.source.original_address:
        addresses.append(excerpt.source.original_address)
    addresses.sort(key=len, reverse=True)
    for run in STYLES[STYLE].cite(excerpt.reference):
        for text in _split_at_addresses(run.text, addresses):
            yield NotePiece(text, run.italic, text in addresses)


def _split_at_addresses(text: str, addresses: Sequence[str]) -> Iterator[str]:
    """Yield `text` cut before and after each of `addresses`, of which the longest comes
    first: a shorter one may be the beginning of a longer one."""
    if not addresses:
        if text:
            yield text
        return
    before, address, after = text.partition(addresses[0])
    yield from _split_at_addresses(before, addresses[1:])
    if address:
        yield address
        yield from _split_at_addresses(after, addresses)
