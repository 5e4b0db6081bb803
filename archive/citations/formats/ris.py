"""RIS, as Zotero, EndNote and Mendeley read it: a record of type NEWS for an article.

Lines end in CRLF. A note of several lines continues in lines that begin with six spaces, as no
tag does: so `ER  - ` in somebody's words does not end the record.
"""

import re
from collections.abc import Iterable, Iterator

from archive.citations.reference import PersonName, Reference

_END = "\r\n"
_CONTINUATION = f"{_END}      "
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def write(reference: Reference) -> str:
    """Return the record of an article, with its address in this archive."""
    return record([*lines(reference), ("N1", note(notes(reference)))])


def record(lines: Iterable[tuple[str, str]]) -> str:
    """Return a record of these tags and values; the empty ones are left out."""
    body = ""
    for tag, value in lines:
        if value:
            body += f"{tag}  - {value}{_END}"
    return f"TY  - NEWS{_END}{body}ER  - {_END}{_END}"


def lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the tags of RIS and their values; an unknown value may be empty."""
    for name in reference.authors:
        yield "AU", line(inverted(name))
    yield "TI", line(reference.title)
    yield "TT", line(reference.title_translated or reference.title_transliterated)
    yield "T2", line(reference.publisher)
    published = _DATE.match(reference.published)
    if published:
        year, month, day = published.groups(default="")
        yield "PY", year
        # The slashes stay where month or day is not known: `2011//`.
        yield "DA", f"{year}/{month}/{day}/"
    if reference.paragraph:
        yield "SP", f"para. {reference.paragraph}"
    yield "LA", line(reference.language)
    yield "UR", line(reference.address)
    if reference.accessed:
        yield "Y2", f"{reference.accessed:%Y/%m/%d/}"
    yield "AV", line(reference.archived)


def notes(reference: Reference) -> Iterator[str]:
    """Yield, as lines of a note, what the record has no field for."""
    if reference.credit:
        yield f"Credit: {line(reference.credit)}"
    if reference.published and not _DATE.fullmatch(reference.published):
        yield f"Published (EDTF): {line(reference.published)}"


def note(lines: Iterable[str]) -> str:
    """Return the lines of a note as the value of a tag."""
    # See the module's second paragraph: no line may begin like a tag.
    return _CONTINUATION.join(lines)


def inverted(name: PersonName) -> str:
    """Return `Petrov, Ivan`; an organisation ends in a comma, so that no program takes its last
    word for a family name."""
    if name.is_literal:
        return f"{name.whole_family},"
    return name.inverted


def line(words: str) -> str:
    return " ".join(_CONTROL.sub(" ", words).split())
