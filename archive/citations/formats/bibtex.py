"""BibTeX with the fields of BibLaTeX: an entry for an article.

What an outlet published is an `@article`, anything else is `@online`, which classic BibTeX sets
as `@misc`. For BibLaTeX there are `date`, which is EDTF here as there (its manual, section
2.3.8), `langid`, by which it chooses hyphenation and quotation marks, and `titleaddon`; classic
BibTeX has `year` and `month`. Values are in braces, and what TeX would run is escaped; they are
UTF-8, as BibLaTeX's biber expects.
"""

import re
from collections.abc import Iterable, Iterator

from archive.citations.reference import PersonName, Reference
from archive.slugs import slug_of

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Not \{ and \}: BibTeX counts braces whether or not a backslash stands before them.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
# Dates that biber reads, of levels 0 and 1.
_EDTF = re.compile(
    r"(?:\d[\dX]{3}(?:-[\dX]{2}){0,2}[~?%]?|\.\.)?(?:/(?:\d[\dX]{3}(?:-[\dX]{2}){0,2}[~?%]?|\.\.)?)?"
)
# The names that babel and polyglossia have for languages.
_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "ar:arabic be:belarusian cs:czech de:german el:greek en:english es:spanish fa:persian fr:french he:hebrew "
        "it:italian kk:kazakh nl:dutch pl:polish pt:portuguese ru:russian tr:turkish uk:ukrainian"
    ).split()
)
# Between two signs that TeX would set as one: `--` is a dash to it.
_IN_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`!?])(?=`)")


def write(reference: Reference) -> str:
    """Return the entry of an article, with its address in this archive."""
    archived = ("annote", f"Archived: {tex(reference.archived)}")
    return entry(reference, key_of(reference), [*fields(reference), archived])


def entry(reference: Reference, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return an entry of these fields; the empty ones are left out."""
    kind = "article" if reference.publisher else "online"
    lines = []
    for name, value in fields:
        if value:
            lines.append(f"  {name} = {{{value}}}")
    body = ",\n".join(lines)
    return f"@{kind}{{{key},\n{body}\n}}\n\n"


def tex(words: str) -> str:
    """Return `words` on one line, escaped so that TeX sets them as they are."""
    escaped = " ".join(words.split()).translate(_ESCAPES)
    return _IN_LIGATURES.sub("{}", escaped)


def fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the names of the fields and their escaped values; an unknown value may be empty."""
    year, month = _year_and_month(reference.published)
    yield "author", " and ".join(map(_name, reference.authors))
    # Braces within the braces keep the capitals of the title.
    yield "title", f"{{{tex(reference.title)}}}"
    yield "titleaddon", _titles_beside(reference)
    if reference.publisher:
        yield "journal", tex(reference.publisher)
        yield "entrysubtype", "newspaper"
    yield "organization", tex(reference.credit)
    yield "year", year
    yield "month", month.lstrip("0")
    if _EDTF.fullmatch(reference.published):
        yield "date", reference.published
    yield "url", reference.address.translate(_IN_ADDRESSES)
    if reference.accessed:
        yield "urldate", reference.accessed.isoformat()
    yield "language", tex(reference.language)
    yield "langid", _LANGUAGES.get(reference.language.split("-")[0], "")


def key_of(reference: Reference) -> str:
    """Return the first word of author or publisher, and the year: the same in every export."""
    name = reference.publisher or reference.title
    if reference.authors:
        name = reference.authors[0].family or name
    first_word = slug_of(name).split("-")[0]
    year, _month = _year_and_month(reference.published)
    return f"{first_word}{year}"


def _year_and_month(edtf: str) -> tuple[str, str]:
    """Return the digits with which a date begins: `2011` and `12`, or empty strings."""
    begin = _YEAR_AND_MONTH.match(edtf)
    if not begin:
        return "", ""
    return begin[1], begin[2] or ""


def _name(name: PersonName) -> str:
    """Return `Petrov, Ivan` or `King, Jr., Martin`; a literal name is in braces."""
    if name.is_literal:
        return f"{{{tex(name.whole_family)}}}"
    parts = filter(None, (name.whole_family, name.suffix, name.given))
    return ", ".join(_undivided(tex(part)) for part in parts)


def _undivided(part: str) -> str:
    """Return a part of a name, in braces where BibTeX would take it for two."""
    if "," in part or " and " in f" {part} ":
        return f"{{{part}}}"
    return part


def _titles_beside(reference: Reference) -> str:
    titles = tex(reference.title_transliterated)
    if reference.title_translated:
        titles = f"{titles} [{tex(reference.title_translated)}]"
    return titles.strip()
