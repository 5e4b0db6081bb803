"""CSV as RFC 4180 has it, in UTF-8, with one line of names; safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets
do not show: `=1+1` becomes `'=1+1`. A cell that itself begins with an apostrophe gets another,
so that taking one away always gives the words back.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from annotations.export.excerpts import Excerpt

_PASSAGE = (
    "kind",
    "words",
    "before",
    "after",
    "tag",
    "state",
    "paragraph",
    "start",
    "end",
)
_ARTICLE = (
    "version",
    "title",
    "authors",
    "credit",
    "publisher",
    "published",
    "language",
    "original_address",
    "accessed",
)
_TEXT = ("text_address", "text_sha256", "capture_sha256")
_DETAILS = (
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
COLUMNS = (*_PASSAGE, *_ARTICLE, "permalink", *_TEXT, *_DETAILS)
_passage_of = attrgetter(*_PASSAGE)
_article_of = attrgetter(*_ARTICLE)
_text_of = attrgetter(*_TEXT)
_details_of = attrgetter(*_DETAILS)
# First characters of what a spreadsheet would run, and the apostrophe.
_DANGEROUS = frozenset("=+-@\t\r\n'＝＋－＠")
_ROWS_AT_ONCE = 200
_LINE_END = "\r\n"


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    written = _CellWriter()
    lines = [",".join(COLUMNS)]
    for source, passages in groupby(excerpts, attrgetter("source")):
        article = written(_article_of(source))
        text = written(_text_of(source))
        for excerpt in passages:
            passage = written(_passage_of(excerpt))
            permalink = written([excerpt.permalink])
            details = written(_details_of(excerpt))
            lines.append(f"{passage},{article},{permalink},{text},{details}")
            if len(lines) == _ROWS_AT_ONCE:
                yield _LINE_END.join([*lines, ""])
                lines.clear()
    yield _LINE_END.join([*lines, ""])


class _CellWriter:
    """Writes some cells of a line, so that those that many lines share are written once."""

    def __init__(self) -> None:
        self._written: list[str] = []
        file = _LineBuffer(self._written)
        self._writer = csv.writer(file, lineterminator=_LINE_END)

    def __call__(self, values: Iterable[object]) -> str:
        cells = []
        for value in values:
            # Most are empty, and a call for each would take as long as to write them.
            if value and type(value) is str and value[0] in _DANGEROUS:
                value = safe(value)
            cells.append(value)
        self._writer.writerow(cells)
        return self._written.pop().removesuffix(_LINE_END)


def safe(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it."""
    return f"'{cell}" if cell[:1] in _DANGEROUS else cell


class _LineBuffer:
    """What csv.writer needs of a file: it hands each finished line over."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
