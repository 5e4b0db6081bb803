"""RIS, as Zotero, EndNote and Mendeley read it: each excerpt is a record of its own, of type NEWS.

The words stand in the note (N1), with what they are tagged as. Lines end in CRLF. A line break in a note goes on in
a line that begins with six spaces, as no tag does: so `ER  - ` in somebody's words ends nothing.
"""

import re
from collections.abc import Iterable, Iterator

from annotations.excerpts import Excerpt
from archive.reference import Name

_END = "\r\n"
_GOING_ON = f"{_END}      "
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for excerpt in excerpts:
        lines = (f"{tag}  - {value}{_END}" for tag, value in _record(excerpt) if value)
        yield f"TY  - NEWS{_END}{''.join(lines)}ER  - {_END}{_END}"


def _record(excerpt: Excerpt) -> Iterator[tuple[str, str]]:
    begun = _DATE.match(excerpt.published)
    reference = excerpt.reference
    yield "ID", excerpt.permalink.rstrip("/").rpartition("/")[2]
    for name in reference.authors:
        yield "AU", _line(_inverted(name))
    yield "TI", _line(excerpt.title)
    yield "TT", _line(excerpt.title_translated or excerpt.title_transliterated)
    yield "T2", _line(excerpt.publisher)
    yield "PY", begun[1] if begun else ""
    yield "DA", "/".join(part or "" for part in (*begun.groups(), "")) if begun else ""
    yield "SP", f"para. {excerpt.paragraph}"
    yield "LA", _line(excerpt.language)
    yield "UR", _line(excerpt.original_address)
    yield "Y2", f"{excerpt.accessed:%Y/%m/%d/}" if excerpt.accessed else ""
    yield "AV", _line(excerpt.permalink)
    yield "KW", excerpt.kind
    yield "KW", _line(excerpt.entity)
    yield "N1", _GOING_ON.join(_note(excerpt))


def _note(excerpt: Excerpt) -> Iterator[str]:
    """Yield the lines of a note: the words, what they are tagged as, and what the record has no field for."""
    yield from (_line(line) for line in f"“{excerpt.words}”".split("\n"))
    yield f"{excerpt.kind.capitalize()}: {_line(excerpt.tag)}"
    if excerpt.credit:
        yield f"Credit: {_line(excerpt.credit)}"
    if excerpt.published and not re.fullmatch(_DATE, excerpt.published):
        yield f"Published (EDTF): {_line(excerpt.published)}"
    yield excerpt.locator.capitalize()
    yield f"SHA-256 of the text: {excerpt.text_sha256}"
    if excerpt.capture_sha256:
        yield f"SHA-256 of the capture: {excerpt.capture_sha256}"


def _inverted(name: Name) -> str:
    """`Petrov, Ivan`; an organisation keeps a comma at its end, so that nobody takes its last word for a family's."""
    return ", ".join(filter(None, (name.family, name.given, name.suffix))) if name.given else f"{name.family},"


def _line(words: str) -> str:
    return " ".join(_CONTROL.sub(" ", words).split())
