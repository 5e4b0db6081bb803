"""The reference of an article as a file: one format, one module, one function `write(reference)`, one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from archive.reference import Reference
from archive.references import bibtex, ris


@dataclass(frozen=True)
class ReferenceFormat:
    label: str
    ending: str
    media_type: str
    write: Callable[[Reference], str]


REFERENCE_FORMATS: dict[str, ReferenceFormat] = {
    "ris": ReferenceFormat("RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris.write),
    "bibtex": ReferenceFormat("BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex.write),
}
