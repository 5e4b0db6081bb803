"""CSV as RFC 4180 has it, in UTF-8, with one line of names; safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets
do not show: `=1+1` becomes `'=1+1`. A cell that itself begins with an apostrophe gets another,
so that taking one away always gives the words back.
"""

import csv
from collections.abc import Iterable, Iterator
from operator import attrgetter

from annotations.export.excerpts import Excerpt

COLUMNS = (
    "kind",
    "words",
    "before",
    "after",
    "tag",
    "state",
    "paragraph",
    "start",
    "end",
    "version",
    "title",
    "authors",
    "credit",
    "publisher",
    "published",
    "language",
    "original_address",
    "accessed",
    "permalink",
    "text_address",
    "text_sha256",
    "capture_sha256",
    "entity",
    "value",
    "value_to",
    "qualifier",
    "counted",
    "said_by",
    "allegation",
    "claimant",
    "accused",
    "status",
    "conduct",
    "basis",
    "happened",
    "place",
    "answer",
    "note",
)
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_ROWS_AT_ONCE = 200


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    lines: list[str] = []
    writer = csv.writer(_LineBuffer(lines))
    writer.writerow(COLUMNS)
    values = attrgetter(*COLUMNS)
    for excerpt in excerpts:
        writer.writerow(
            [safe(value) if type(value) is str else value for value in values(excerpt)]
        )
        if len(lines) >= _ROWS_AT_ONCE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def safe(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


class _LineBuffer:
    """What csv.writer needs of a file: it hands each finished line over."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
