"""Ledgers as files: `allegations` and `measures` make a Table, and a format writes it.

To add a format, write a module with `write(table) -> pieces` and give it a line here.
"""

from annotations.export.format import CSV, JSON, MARKDOWN, Format
from annotations.export.ledgers import csv, json, markdown

LEDGER_FORMATS: dict[str, Format] = {
    "csv": Format(*CSV, csv.write),
    "json": Format(*JSON, json.write),
    "markdown": Format(*MARKDOWN, markdown.write),
}
