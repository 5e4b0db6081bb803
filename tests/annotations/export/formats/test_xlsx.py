"""XLSX, read back with openpyxl."""

import io
import re
from datetime import datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from hypothesis import given
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from annotations.export.excerpts import Excerpt
from annotations.export.formats import xlsx
from annotations.export.formats.csv import COLUMNS
from annotations.export.formats.xlsx import MEANINGS, write
from tests.support.hard_excerpts import HARD, excerpt, words
from tests.support.office_files import faults


def book(*excerpts: Excerpt) -> Workbook:
    return load_workbook(io.BytesIO(b"".join(write(excerpts))))


def cells(sheet: Worksheet, row: int = 2) -> dict[str, object]:
    return dict(zip(COLUMNS, (cell.value for cell in sheet[row]), strict=True))


@given(words)
def test_what_is_written_is_read_back_and_is_no_formula(hard: str) -> None:
    sheet = book(excerpt(hard, title=hard, said_by=hard))["Excerpts"]
    row = cells(sheet)
    assert (row["words"], row["title"], row["said_by"]) == (hard, hard, hard)
    assert "f" not in {cell.data_type for cell in sheet[2]}


def test_a_cell_stays_text_when_it_is_edited() -> None:
    cell = book(excerpt("=1+1"))["Excerpts"]["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")


def test_numbers_and_days_are_numbers_and_days() -> None:
    row = cells(book(excerpt())["Excerpts"])
    assert (row["start"], row["value"], row["accessed"]) == (
        9,
        15,
        datetime(2026, 3, 1),  # noqa: DTZ001
    )
    assert row["value_to"] is None


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_words() -> None:
    row = cells(book(excerpt(value=Decimal("1234567890123456.7")))["Excerpts"])
    assert row["value"] == "1234567890123456.7"


def test_the_permanent_address_is_a_link_and_the_header_stays() -> None:
    sheet = book(excerpt(), excerpt(permalink="https://a.example/annotations/2/?a&b"))[
        "Excerpts"
    ]
    column = COLUMNS.index("permalink") + 1
    assert [sheet.cell(row, column).hyperlink.target for row in (2, 3)] == [
        excerpt().permalink,
        "https://a.example/annotations/2/?a&b",
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:AL3"


def test_a_sheet_says_what_each_column_means() -> None:
    rows = [
        [cell.value for cell in row]
        for row in book()["About"].iter_rows(min_row=2, max_row=len(COLUMNS) + 1)
    ]
    assert rows == [[name, MEANINGS[name]] for name in COLUMNS]


def test_words_that_a_cell_cannot_hold_are_cut_and_say_so() -> None:
    row = cells(book(excerpt("😀" * 20_000))["Excerpts"])
    kept = str(row["words"])
    assert kept.endswith("[…] (cut here: a cell holds no more)")
    assert 32_760 < len(kept.encode("utf-16-le")) // 2 <= 32_767


def test_control_characters_are_seen_and_what_excel_would_decode_is_not_decoded() -> (
    None
):
    with ZipFile(
        io.BytesIO(b"".join(write([excerpt("a\x00\x0bb _x0041_ \ufffe")])))
    ) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "a␀␋b _x005F_x0041_ \ufffd" in sheet


def test_after_so_many_rows_a_new_sheet_begins_and_after_so_many_links_are_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)
    monkeypatch.setattr(xlsx, "_MOST_LINKS", 2)
    made = book(*(excerpt(str(n)) for n in range(7)))
    assert made.sheetnames == ["Excerpts", "Excerpts 2", "Excerpts 3", "About"]
    found = [
        row[1].value
        for name in made.sheetnames[:3]
        for row in made[name].iter_rows(min_row=2)
    ]
    assert found == [str(n) for n in range(7)]
    links = [
        row[COLUMNS.index("permalink")].hyperlink
        for row in made["Excerpts"].iter_rows(min_row=2)
    ]
    assert [bool(link) for link in links] == [True, True, False]


def test_exactly_so_many_rows_fill_one_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)
    assert book(*(excerpt() for _n in range(3))).sheetnames == ["Excerpts", "About"]


def test_every_part_is_xml_and_is_listed() -> None:
    with ZipFile(io.BytesIO(b"".join(write([excerpt()])))) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            etree.fromstring(parts.read(name))
        listed = re.findall(
            r'PartName="/([^"]+)"', parts.read("[Content_Types].xml").decode()
        )
        assert set(listed) == {
            name for name in parts.namelist() if name.endswith(".xml")
        } - {"[Content_Types].xml"}


def test_the_same_excerpts_give_the_same_bytes() -> None:
    assert b"".join(write([excerpt()])) == b"".join(write([excerpt()]))


def test_it_is_in_the_order_of_excels_schema() -> None:
    assert faults(b"".join(write([*map(excerpt, HARD)])), "xlsx") == []
