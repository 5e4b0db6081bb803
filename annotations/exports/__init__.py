"""Export formats: one format, one module, one function `write(excerpts) -> lines`, one line in `FORMATS`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotations.excerpts import Excerpt
from annotations.exports import bibtex, csv, json, markdown


@dataclass(frozen=True)
class Format:
    """A way to write excerpts: `write` yields the file piece by piece, as text."""

    label: str
    ending: str
    media_type: str
    write: Callable[[Iterable[Excerpt]], Iterator[str]]


FORMATS: dict[str, Format] = {
    "csv": Format("CSV", "csv", "text/csv; charset=utf-8", csv.write),
    "json": Format("JSON", "json", "application/json", json.write),
    "markdown": Format("Markdown", "md", "text/markdown; charset=utf-8", markdown.write),
    "bibtex": Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex.write),
}
