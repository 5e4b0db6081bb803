"""RIS, as Zotero, EndNote and Mendeley read it: a record of type NEWS for an article.

Lines end in CRLF. A line break in a note goes on in a line that begins with six spaces, as no
tag does: so `ER  - ` in somebody's words ends nothing.
"""

import re
from collections.abc import Iterable, Iterator

from archive.citations.reference import PersonName, Reference

_END = "\r\n"
_GOING_ON = f"{_END}      "
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def write(reference: Reference) -> str:
    """Return the record of an article, with its address in this archive."""
    return record([*lines(reference), ("N1", note(notes(reference)))])


def record(lines: Iterable[tuple[str, str]]) -> str:
    """Return a record of these tags and values; the empty ones are left out."""
    written = (f"{tag}  - {value}{_END}" for tag, value in lines if value)
    return f"TY  - NEWS{_END}{''.join(written)}ER  - {_END}{_END}"


def lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield what is known of an article, by RIS's tags."""
    begun = _DATE.match(reference.published)
    for name in reference.authors:
        yield "AU", line(inverted(name))
    yield "TI", line(reference.title)
    yield "TT", line(reference.title_translated or reference.title_transliterated)
    yield "T2", line(reference.publisher)
    yield "PY", begun[1] if begun else ""
    yield "DA", "/".join(part or "" for part in (*begun.groups(), "")) if begun else ""
    yield "SP", f"para. {reference.paragraph}" if reference.paragraph else ""
    yield "LA", line(reference.language)
    yield "UR", line(reference.address)
    yield "Y2", f"{reference.accessed:%Y/%m/%d/}" if reference.accessed else ""
    yield "AV", line(reference.archived)


def notes(reference: Reference) -> Iterator[str]:
    """Yield, as lines of a note, what the record has no field for."""
    if reference.credit:
        yield f"Credit: {line(reference.credit)}"
    if reference.published and not _DATE.fullmatch(reference.published):
        yield f"Published (EDTF): {line(reference.published)}"


def note(lines: Iterable[str]) -> str:
    """Return the lines of a note as the value of a tag."""
    return _GOING_ON.join(lines)


def inverted(name: PersonName) -> str:
    """`Petrov, Ivan`; an organisation keeps a comma at its end, so that nobody takes its last
    word for a family's."""
    if name.is_literal:
        return f"{name.whole_family},"
    return ", ".join(filter(None, (name.whole_family, name.given, name.suffix)))


def line(words: str) -> str:
    return " ".join(_CONTROL.sub(" ", words).split())
