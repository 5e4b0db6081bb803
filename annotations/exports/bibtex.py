"""BibTeX with the fields of BibLaTeX: each excerpt as an entry of its own, with the words quoted in its note.

What an outlet published is an `@article`, anything else is `@online`, which classic BibTeX sets as `@misc`. For
BibLaTeX there are `date`, which is EDTF here as there (its manual, section 2.3.8), `langid`, by which it chooses
hyphenation and quotation marks, and `titleaddon`; classic BibTeX has `year` and `month`.
Values are in braces, and what TeX would run is escaped; they are UTF-8, as BibLaTeX's biber expects.
"""

import re
from collections.abc import Iterable, Iterator

from annotations.excerpts import Excerpt
from archive.reference import Name
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
_EDTF = re.compile(r"(?:\d[\dX]{3}(?:-[\dX]{2}){0,2}[~?%]?|\.\.)?(?:/(?:\d[\dX]{3}(?:-[\dX]{2}){0,2}[~?%]?|\.\.)?)?")
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


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for excerpt in excerpts:
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(excerpt) if value)
        yield f"@{'article' if excerpt.publisher else 'online'}{{{_key(excerpt)},\n{lines}\n}}\n\n"


def tex(words: str) -> str:
    """Return `words` so that TeX sets them as they are, on one line."""
    escaped = _SPECIAL_CHARACTERS.sub(lambda found: _SPECIAL[found[0]], " ".join(words.split()))
    return _IN_LIGATURES.sub("{}", escaped)


def _fields(excerpt: Excerpt) -> Iterator[tuple[str, str]]:
    begun = _YEAR_AND_MONTH.match(excerpt.published)
    year, month = begun.groups(default="") if begun else ("", "")
    reference = excerpt.reference
    yield "author", " and ".join(map(_name, reference.authors))
    yield "title", f"{{{tex(excerpt.title)}}}"
    yield "titleaddon", _titles_beside(excerpt)
    yield "journal", tex(excerpt.publisher)
    yield "entrysubtype", "newspaper" if excerpt.publisher else ""
    yield "organization", tex(excerpt.credit)
    yield "year", year
    yield "month", month.lstrip("0")
    yield "date", excerpt.published if _EDTF.fullmatch(excerpt.published) else ""
    yield "url", excerpt.original_address.translate(_IN_ADDRESSES)
    yield "urldate", excerpt.accessed.isoformat() if excerpt.accessed else ""
    yield "language", tex(excerpt.language)
    yield "langid", _LANGUAGES.get(excerpt.language.split("-")[0], "")
    yield "note", f"“{tex(excerpt.words)}”: {tex(excerpt.tag)}. {tex(excerpt.locator.capitalize())}"
    yield "annote", f"Permalink: {excerpt.permalink}; capture SHA-256: {excerpt.capture_sha256}"


def _name(name: Name) -> str:
    """`Petrov, Ivan` or `King, Jr., Martin`; whatever is no person's name, or would be taken for two, is in braces."""
    parts = [tex(part) for part in (name.family, name.suffix, name.given) if part]
    if name.is_literal:
        return f"{{{parts[0]}}}"
    return ", ".join(f"{{{part}}}" if "," in part or " and " in f" {part} " else part for part in parts)


def _titles_beside(excerpt: Excerpt) -> str:
    translated = f"[{tex(excerpt.title_translated)}]" if excerpt.title_translated else ""
    return " ".join(filter(None, (tex(excerpt.title_transliterated), translated)))


def _key(excerpt: Excerpt) -> str:
    """A key that is the same in every export: publisher or author, year, and the passage's own number."""
    authors = excerpt.reference.authors
    name = slug_of((authors[0].family if authors else "") or excerpt.publisher or excerpt.title).split("-")[0]
    year = begun[1] if (begun := _YEAR_AND_MONTH.match(excerpt.published)) else ""
    return f"{name}{year}-{excerpt.permalink.rstrip('/').rsplit('/', 1)[-1][:12]}"
