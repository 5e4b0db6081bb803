"""A ledger as CSV: one line of names, one line a row; safe to open in a spreadsheet, as
`export.formats.csv`."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from annotations.export.formats.csv import safe
from annotations.export.ledgers.table import Table


def write(table: Table) -> Iterator[str]:
    yield _line(table.columns)
    for row in table.rows:
        yield _line([safe(row[name]) for name in table.columns])


def _line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
