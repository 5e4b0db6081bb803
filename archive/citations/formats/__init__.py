"""The reference of an article as a file: one format, one module, one function
`write(reference)`, one line here."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from archive.citations.formats import bibtex, ris
from archive.citations.formats.csl_json import item_of
from archive.citations.reference import Reference


def _csl_json(reference: Reference) -> str:
    return json.dumps(
        [item_of(reference, reference.archived)], ensure_ascii=False, indent=1
    )


@dataclass(frozen=True)
class ReferenceFormat:
    label: str
    ending: str
    media_type: str
    write: Callable[[Reference], str]


REFERENCE_FORMATS: dict[str, ReferenceFormat] = {
    "ris": ReferenceFormat(
        "RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris.write
    ),
    "bibtex": ReferenceFormat(
        "BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex.write
    ),
    "csl_json": ReferenceFormat(
        "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", _csl_json
    ),
}
