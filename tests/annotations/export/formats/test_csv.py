"""CSV, read back with Python's own reader."""

import csv
import io

import pytest
from hypothesis import given

from annotations.export.excerpts import Excerpt
from annotations.export.formats.csv import COLUMNS, safe, write
from tests.support.hard_excerpts import HARD, excerpt, words

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def rows(*excerpts: Excerpt) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO("".join(write(excerpts)), newline=""), strict=True)
    )


def unquoted(cell: str) -> str:
    return cell.removeprefix("'")


@given(words)
def test_what_is_written_is_read_back(hard: str) -> None:
    (row,) = rows(excerpt(hard, title=hard, authors=hard, said_by=hard))
    assert {
        unquoted(row[name]) for name in ("words", "title", "authors", "said_by")
    } == {hard}


@given(words)
def test_no_cell_is_run_by_a_spreadsheet(hard: str) -> None:
    (row,) = rows(
        excerpt(
            hard,
            title=hard,
            entity=hard,
            publisher=hard,
            before=f"\t{hard}",
            after=f"={hard}",
        )
    )
    assert not [cell for cell in row.values() if cell.startswith(RUN_BY_SPREADSHEETS)]


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"]
)
def test_a_cell_that_begins_as_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert safe(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("cell", [*HARD, "", "'", "''=1", "=", "'=1", "＝1+1"])
def test_taking_one_apostrophe_away_gives_the_words_back(cell: str) -> None:
    assert unquoted(safe(cell)) == cell


def test_numbers_and_days_stay_numbers_and_days() -> None:
    (row,) = rows(excerpt())
    assert (row["start"], row["end"], row["paragraph"], row["accessed"]) == (
        "9",
        "18",
        "2",
        "2026-03-01",
    )
    assert float(row["value"]) == 15
    assert row["value_to"] == ""


def test_without_excerpts_there_are_only_the_names_of_the_columns() -> None:
    assert "".join(write([])) == ",".join(COLUMNS) + "\r\n"


def test_lines_end_as_rfc_4180_has_it_and_many_are_written_together() -> None:
    pieces = list(write(excerpt() for _n in range(1000)))
    assert len(pieces) < 20
    assert "".join(pieces).count("\r\n") == 1001
