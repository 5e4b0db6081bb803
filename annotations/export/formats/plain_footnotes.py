"""Plain text: each excerpt as a quotation with a number, and under it the note of that number
in one of the styles.

“At least 15 people were killed.”[1]

1. Ivan Petrov, “Day Three,” The Post, December 19, 2011, para. 2, https://…, archived at
https://….
   Characters 9–18 of text version 1, SHA-256 ….
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from annotations.export.excerpts import Excerpt


def in_style(style: str) -> Callable[[Iterable[Excerpt]], Iterator[str]]:
    """Return the `write` of one of `archive.citations.citation.STYLES`."""
    return partial(_write, style)


def _write(style: str, excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for number, excerpt in enumerate(excerpts, start=1):
        label = f"{number}. "
        characters = f"Characters {excerpt.start}–{excerpt.end}"
        offsets = f"{characters} of text version {excerpt.source.version}"
        noted = f"{excerpt.note}\n\n" if excerpt.note else ""
        yield (
            f"“{excerpt.words}”[{number}]\n\n{noted}"
            f"{label}{excerpt.citation(style)}\n"
            f"{' ' * len(label)}{offsets}, SHA-256 {excerpt.source.text_sha256}.\n\n\n"
        )
