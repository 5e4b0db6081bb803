"""EDTF dates in the words of citations."""

import pytest
from django.utils import translation

from archive.citations.styles.dates import (
    day_first,
    display_span,
    month_first,
    read,
    year_first,
)


@pytest.mark.parametrize(
    ("edtf", "chicago", "mla", "apa"),
    [
        ("2011-12-19", "December 19, 2011", "19 Dec. 2011", "2011, December 19"),
        ("2011-12", "December 2011", "Dec. 2011", "2011, December"),
        ("2011-12-XX", "December 2011", "Dec. 2011", "2011, December"),
        ("2011", "2011", "2011", "2011"),
        ("2011-XX-XX", "2011", "2011", "2011"),
        ("201X", "2010s", "2010s", "2010s"),
        ("19XX", "1900s", "1900s", "1900s"),
        ("2011-22", "Summer 2011", "Summer 2011", "2011, Summer"),
        (
            "2011-12-17/2011-12-19",
            "December 17–19, 2011",
            "17–19 Dec. 2011",
            "2011, December 17–19",
        ),
        (
            "2011-11-30/2011-12-02",
            "November 30–December 2, 2011",
            "30 Nov.–2 Dec. 2011",
            "2011, November 30–December 2",
        ),
        (
            "2011-12/2012-01",
            "December 2011–January 2012",
            "Dec. 2011–Jan. 2012",
            "2011, December–2012, January",
        ),
        ("[2011,2012]", "2011–2012", "2011–2012", "2011–2012"),
        ("2011/2012", "2011–2012", "2011–2012", "2011–2012"),
        (
            "2011-12-17/",
            "not before December 17, 2011",
            "not before 17 Dec. 2011",
            "not before 2011, December 17",
        ),
        (
            "../2011-12",
            "not after December 2011",
            "not after Dec. 2011",
            "not after 2011, December",
        ),
    ],
)
def test_each_style_has_its_order(edtf: str, chicago: str, mla: str, apa: str) -> None:
    span = read(edtf)
    assert span
    assert [
        display_span(span, write) for write in (month_first, day_first, year_first)
    ] == [
        chicago,
        mla,
        apa,
    ]


@pytest.mark.parametrize(
    ("edtf", "is_about", "is_unsure"),
    [
        ("2011-12", False, False),
        ("2011-12~", True, False),
        ("2011?", False, True),
        ("2011%", True, True),
        ("2011-12~/2012", True, False),
    ],
)
def test_what_is_not_sure_is_known(edtf: str, is_about: bool, is_unsure: bool) -> None:
    span = read(edtf)
    assert span
    assert (span.is_about, span.is_unsure) == (is_about, is_unsure)


@pytest.mark.parametrize("edtf", ["", "/", "..", "soon", "Y170000"])
def test_what_has_no_place_in_a_citation_is_no_date(edtf: str) -> None:
    assert read(edtf) is None


def test_months_are_english_on_a_russian_page() -> None:
    span = read("2011-12-19")
    assert span
    with translation.override("ru"):
        assert display_span(span, month_first) == "December 19, 2011"
