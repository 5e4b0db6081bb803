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

_SPECIAL = {
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
_IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
_SPECIAL_CHARACTERS = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
_EDTF = re.compile(
    r"(?:\d[\dX]{3}(?:-[\dX]{2}){0,2}[~?%]?|\.\.)?(?:/(?:\d[\dX]{3}(?:-[\dX]{2}){0,2}[~?%]?|\.\.)?)?"
)
"""Dates that biber reads, of levels 0 and 1."""
_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "ar:arabic be:belarusian cs:czech de:german el:greek en:english es:spanish fa:persian fr:french he:hebrew "
        "it:italian kk:kazakh nl:dutch pl:polish pt:portuguese ru:russian tr:turkish uk:ukrainian"
    ).split()
)
"""The names that babel and polyglossia have for languages."""
_IN_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`!?])(?=`)")
"""Between two signs that TeX would set as one: `--` is a dash to it."""


def write(reference: Reference) -> str:
    """Return the entry of an article, with its address in this archive."""
    return entry(
        reference,
        key_of(reference),
        [*fields(reference), ("annote", f"Archived: {tex(reference.archived)}")],
    )


def entry(reference: Reference, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return an entry of these fields; the empty ones are left out."""
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@{'article' if reference.publisher else 'online'}{{{key},\n{lines}\n}}\n\n"


def tex(words: str) -> str:
    """Return `words` so that TeX sets them as they are, on one line."""
    escaped = _SPECIAL_CHARACTERS.sub(lambda found: _SPECIAL[found[0]], " ".join(words.split()))
    return _IN_LIGATURES.sub("{}", escaped)


def fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield what is known of an article, escaped, by the names of the fields."""
    begun = _YEAR_AND_MONTH.match(reference.published)
    year, month = begun.groups(default="") if begun else ("", "")
    yield "author", " and ".join(map(_name, reference.authors))
    yield "title", f"{{{tex(reference.title)}}}"
    yield "titleaddon", _titles_beside(reference)
    yield "journal", tex(reference.publisher)
    yield "entrysubtype", "newspaper" if reference.publisher else ""
    yield "organization", tex(reference.credit)
    yield "year", year
    yield "month", month.lstrip("0")
    yield "date", reference.published if _EDTF.fullmatch(reference.published) else ""
    yield "url", reference.address.translate(_IN_ADDRESSES)
    yield "urldate", reference.accessed.isoformat() if reference.accessed else ""
    yield "language", tex(reference.language)
    yield "langid", _LANGUAGES.get(reference.language.split("-")[0], "")


def key_of(reference: Reference) -> str:
    """Return author or publisher and year: the same in every export."""
    authors = reference.authors
    name = slug_of(
        (authors[0].family if authors else "") or reference.publisher or reference.title
    ).split("-")[0]
    begun = _YEAR_AND_MONTH.match(reference.published)
    return f"{name}{begun[1] if begun else ''}"


def _name(name: PersonName) -> str:
    """`Petrov, Ivan` or `King, Jr., Martin`; whatever is no person's name, or would be taken
    for two, is in braces."""
    parts = [tex(part) for part in (name.whole_family, name.suffix, name.given) if part]
    if name.is_literal:
        return f"{{{parts[0]}}}"
    return ", ".join(
        f"{{{part}}}" if "," in part or " and " in f" {part} " else part for part in parts
    )


def _titles_beside(reference: Reference) -> str:
    translated = f"[{tex(reference.title_translated)}]" if reference.title_translated else ""
    return " ".join(filter(None, (tex(reference.title_transliterated), translated)))
