"""BibTeX with the fields of BibLaTeX: each excerpt as an entry of its own, with the words
quoted in its note."""

from collections.abc import Iterable, Iterator

from annotations.export.excerpts import Excerpt
from archive.citations.formats.bibtex import entry, fields, key_of, tex


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for excerpt in excerpts:
        yield entry(excerpt.reference, _key(excerpt), _fields(excerpt))


def _fields(excerpt: Excerpt) -> Iterator[tuple[str, str]]:
    yield from fields(excerpt.reference)
    yield (
        "note",
        f"“{tex(excerpt.words)}”: {tex(excerpt.tag)}. {tex(excerpt.locator.capitalize())}",
    )
    yield "annotation", tex(excerpt.note)  # BibLaTeX's; classic BibTeX passes over it
    yield "annote", f"Permalink: {excerpt.permalink}; capture SHA-256: {excerpt.capture_sha256}"


def _key(excerpt: Excerpt) -> str:
    """The article's key with the passage's own number."""
    return (
        f"{key_of(excerpt.reference)}-{excerpt.permalink.rstrip('/').rsplit('/', 1)[-1][:12]}"
    )
