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
    locator = tex(excerpt.locator.capitalize())
    yield "note", f"“{tex(excerpt.words)}”: {tex(excerpt.tag)}. {locator}"
    # BibLaTeX's; classic BibTeX passes over it.
    yield "annotation", tex(excerpt.note)
    capture = f"capture SHA-256: {excerpt.source.capture_sha256}"
    yield "annote", f"Permalink: {excerpt.permalink}; {capture}"


def _key(excerpt: Excerpt) -> str:
    """Return the article's key with the first digits of the passage's own."""
    passage = excerpt.permalink.rstrip("/").rpartition("/")[2]
    return f"{key_of(excerpt.reference)}-{passage[:12]}"
