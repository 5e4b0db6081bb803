"""Tables of the ledgers: one format, one module, one function `write(table) -> pieces`, one
line in `FORMATS`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotations.export.ledgers import csv, json, markdown
from annotations.export.ledgers.table import Table


@dataclass(frozen=True)
class Format:
    """A way to write a ledger: `write` yields the file piece by piece, as text."""

    label: str
    ending: str
    media_type: str
    write: Callable[[Table], Iterator[str]]


FORMATS: dict[str, Format] = {
    "csv": Format("CSV", "csv", "text/csv; charset=utf-8", csv.write),
    "json": Format("JSON", "json", "application/json", json.write),
    "markdown": Format("Markdown", "md", "text/markdown; charset=utf-8", markdown.write),
}
