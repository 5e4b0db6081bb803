"""RIS, read back with rispy."""

from typing import Any

import pytest
import rispy
from hypothesis import given

from annotations.export.excerpts import Excerpt
from annotations.export.formats.ris import write
from tests.support.hard_excerpts import allegation, excerpt, words


def read(*excerpts: Excerpt) -> list[dict[str, Any]]:
    written = "".join(write(excerpts))
    assert written.count("\n") == written.count("\r\n")
    return list(rispy.loads(written, newline="\r\n"))


@given(words)
def test_titles_names_and_words_are_read_back(hard: str) -> None:
    record, following = read(excerpt(hard, title=hard, publisher=hard), excerpt())
    line = " ".join(hard.split())
    assert (record["title"], record["secondary_title"]) == (line, line)
    count = len(hard.split("\n"))
    assert "\n".join(record["notes"][:count]) == f"“{hard}”"
    assert following["title"] == "Day three"


@pytest.mark.parametrize(
    "words",
    ["ER  - ", "a\nER  - \nTY  - BOOK", "a\r\nTI  - Another", "one\x85TI  - two"],
)
def test_words_that_look_like_a_tag_begin_and_end_nothing(words: str) -> None:
    (record,) = read(excerpt(words, title=words, said_by=words, credit=words))
    assert record["type_of_reference"] == "NEWS"
    assert record["title"] == " ".join(words.split())


def test_a_record_says_who_wrote_what_where_and_when() -> None:
    (record,) = read(excerpt())
    assert record["authors"] == ["Petrov, Ivan", "Smirnova, Olga"]
    names = (
        "title",
        "secondary_title",
        "year",
        "date",
        "language",
        "urls",
        "access_date",
        "start_page",
        "keywords",
    )
    assert [record[name] for name in names] == [
        "Day three",
        "The Post",
        "2011",
        "2011/12/19/",
        "en",
        ["https://post.example/day-three"],
        "2026/03/01/",
        "para. 2",
        ["figure"],
    ]
    assert record["notes"] == [
        "“15 people”",
        "Figure: at least 15 people killed",
        "Credit: Reuters",
        "Para. 2, characters 9–18 of text version 1",
        f"SHA-256 of the text: {'a' * 64}",
        f"SHA-256 of the capture: {'b' * 64}",
    ]


@pytest.mark.parametrize(
    ("published", "year", "date", "is_told"),
    [
        ("2011-12", "2011", "2011/12//", False),
        ("2011", "2011", "2011///", False),
        ("2011-12-19~", "2011", "2011/12/19/", True),
        ("2011-12-17/2011-12-19", "2011", "2011/12/17/", True),
        ("2011-21", "2011", "2011///", True),
        ("../2011", None, None, True),
        ("", None, None, False),
    ],
)
def test_a_date_that_ris_cannot_hold_is_told_in_the_note(
    published: str, year: str | None, date: str | None, is_told: bool
) -> None:
    (record,) = read(excerpt(published=published))
    assert (record.get("year"), record.get("date")) == (year, date)
    assert (f"Published (EDTF): {published}" in record["notes"]) is is_told


def test_an_organisation_is_not_turned_round() -> None:
    (record,) = read(allegation("They fired", authors="Human Rights Watch"))
    assert record["authors"] == ["Human Rights Watch,"]


def test_an_agency_names_no_author() -> None:
    (record,) = read(excerpt(authors="", credit="Reuters, AP"))
    assert "authors" not in record
    assert "Credit: Reuters, AP" in record["notes"]
