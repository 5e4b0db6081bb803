"""BibTeX: each excerpt as an entry of its own, of type `@misc`, with the words quoted in its note.

Classic BibTeX and BibLaTeX both read it: `howpublished` and `year` for the one, `organization` and `date` for the
other. Values are in braces, and what TeX would run is escaped; they are UTF-8, as BibLaTeX's biber expects.
"""

import re
from collections.abc import Iterable, Iterator

from annotations.excerpts import Excerpt
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
_IN_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`!?])(?=`)")
"""Between two signs that TeX would set as one: `--` is a dash to it."""


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for excerpt in excerpts:
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(excerpt) if value)
        yield f"@misc{{{_key(excerpt)},\n{lines}\n}}\n\n"


def tex(words: str) -> str:
    """Return `words` so that TeX sets them as they are, on one line."""
    escaped = _SPECIAL_CHARACTERS.sub(lambda found: _SPECIAL[found[0]], " ".join(words.split()))
    return _IN_LIGATURES.sub("{}", escaped)


def _fields(excerpt: Excerpt) -> Iterator[tuple[str, str]]:
    authors = [tex(name) for name in excerpt.authors.split(";") if name.strip()]
    begun = _YEAR_AND_MONTH.match(excerpt.published)
    year, month = begun.groups(default="") if begun else ("", "")
    yield "author", " and ".join(f"{{{name}}}" if " and " in name else name for name in authors)
    yield "title", f"{{{tex(excerpt.title)}}}"
    yield "howpublished", tex(excerpt.publisher)
    yield "organization", tex(excerpt.credit)
    yield "year", year
    yield "month", month.lstrip("0")
    yield "date", excerpt.published if re.fullmatch(r"[\d-]+[~?]?", excerpt.published) else ""
    yield "url", excerpt.original_address.translate(_IN_ADDRESSES)
    yield "urldate", excerpt.accessed.isoformat() if excerpt.accessed else ""
    yield "language", tex(excerpt.language)
    yield "note", f"“{tex(excerpt.words)}”: {tex(excerpt.tag)}. {tex(excerpt.locator.capitalize())}"
    yield "annote", f"Permalink: {excerpt.permalink}; capture SHA-256: {excerpt.capture_sha256}"


def _key(excerpt: Excerpt) -> str:
    """A key that is the same in every export: publisher or author, year, and the passage's own number."""
    name = slug_of(excerpt.authors.split(";")[0].split(" ")[-1] or excerpt.publisher or excerpt.title).split("-")[0]
    return f"{name}{excerpt.published[:4]}-{excerpt.permalink.rstrip('/').rsplit('/', 1)[-1][:12]}"
