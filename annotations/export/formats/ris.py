"""RIS: each excerpt is a record of its own. The words stand in the note (N1), with what they
are tagged as."""

from collections.abc import Iterable, Iterator

from annotations.export.excerpts import Excerpt
from archive.citations.formats.ris import line, lines, note, notes, record


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for excerpt in excerpts:
        yield record(_record(excerpt))


def _record(excerpt: Excerpt) -> Iterator[tuple[str, str]]:
    yield "ID", excerpt.permalink.rstrip("/").rpartition("/")[2]
    yield from lines(excerpt.reference)
    yield "KW", excerpt.kind
    yield "KW", line(excerpt.entity)
    yield "N1", note(_note(excerpt))


def _note(excerpt: Excerpt) -> Iterator[str]:
    """Yield the lines of a note: the words, what they are tagged as, and what the record has no
    field for."""
    yield from (line(words) for words in f"“{excerpt.words}”".split("\n"))
    yield f"{excerpt.kind.capitalize()}: {line(excerpt.tag)}"
    if excerpt.note:
        yield f"Note: {line(excerpt.note)}"
    yield from notes(excerpt.reference)
    yield excerpt.locator.capitalize()
    yield f"SHA-256 of the text: {excerpt.source.text_sha256}"
    if excerpt.source.capture_sha256:
        yield f"SHA-256 of the capture: {excerpt.source.capture_sha256}"
