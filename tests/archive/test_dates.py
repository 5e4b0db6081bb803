from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.dates import display_date, earliest_day, latest_day, read_written_day

MONTHS = [date(2011, month, 1).strftime("%B") for month in range(1, 13)]


@pytest.mark.parametrize(
    "words",
    [
        "December 16, 2011",
        "december 16 2011",
        "Dec. 16, 2011",
        "December 16th, 2011",
        "Friday, December 16, 2011",
        "16 December 2011",
        "16th December, 2011",
        "Friday 16 December 2011",
        "16 декабря 2011",
        "16 декабря 2011 г.",
        "16 декабря 2011 года",
        "2011 жылғы 16 желтоқсан",
        "2011 ж. 16 желтоқсан",
        "16 желтоқсан 2011",
        "16.12.2011",
        "2011-12-16",
        "  December 16, 2011 ",
    ],
)
def test_a_whole_date_is_read_in_every_form_that_sources_write(words: str) -> None:
    assert read_written_day(words) == "2011-12-16"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "01/02/2012",
        "12/16/2011",
        "last week",
        "Friday",
        "2011",
        "December 2011",
        "December 16",
        "February 30, 2012",
        "2011-02-29",
        "32.01.2012",
        "16.13.2011",
        "16 Smarch 2011",
        "December 16, 2011, in the evening",
        "On December 16, 2011",
        "16-17 December 2011",
        "0000-01-01",
    ],
)
def test_what_is_not_exactly_one_day_is_not_read(words: str) -> None:
    assert read_written_day(words) == ""


@given(st.dates())
def test_every_day_is_read_back_from_its_words(day: date) -> None:
    written = f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"

    assert (
        read_written_day(written)
        == day.isoformat()
        == read_written_day(day.isoformat())
    )


@given(st.text(max_size=30))
@example("² 12 2011")
@example("12 ① 2011")
def test_whatever_the_words_are_reading_a_date_gives_an_answer(words: str) -> None:
    found = read_written_day(words)

    assert found == "" or date.fromisoformat(found).isoformat() == found


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2011-12-16", date(2011, 12, 16)),
        ("2011-12", date(2011, 12, 1)),
        ("2011", date(2011, 1, 1)),
        ("2011-12~", date(2011, 12, 1)),
        ("2011?", date(2011, 1, 1)),
        ("201X", date(2010, 1, 1)),
        ("2011-12-16/2011-12-17", date(2011, 12, 16)),
        ("2011-12-16/..", date(2011, 12, 16)),
        ("2011-21", date(2011, 3, 1)),
    ],
)
def test_an_uncertain_date_sorts_by_the_first_day_that_it_can_mean(
    edtf: str, day: date
) -> None:
    assert earliest_day(edtf) == day


@pytest.mark.parametrize("edtf", ["", "../2011-12-17", "/2011-12-17", "[..2011-12-17]"])
def test_a_date_that_is_unknown_or_open_at_its_start_has_no_first_day(
    edtf: str,
) -> None:
    assert earliest_day(edtf) is None


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("", None),
        ("2011-12-16", date(2011, 12, 16)),
        ("2011-12~", date(2011, 12, 31)),
        ("2011", date(2011, 12, 31)),
        ("2011-12-16/2011-12-17", date(2011, 12, 17)),
        ("../2011-12", date(2011, 12, 31)),
        ("2011-12-16/..", None),
        ("2011-12-16/", None),
        ("[2011-12-16..]", None),
    ],
)
def test_a_date_has_a_last_day_unless_it_is_unknown_or_open_at_its_end(
    edtf: str, day: date | None
) -> None:
    assert latest_day(edtf) == day


@pytest.mark.parametrize(
    "words",
    [
        "last week",
        "2011-02-30",
        "2011-13",
        "16.12.2011",
        "20111216",
        "2011-W50-5",
        "Y170000002",
        "((((",
        "/",
    ],
)
def test_what_is_no_date_in_edtf_is_refused_with_examples(words: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date in EDTF\. Write 2011-12-19"):
        earliest_day(words)


@pytest.mark.parametrize(
    "words",
    [
        "Y1E999999999",
        "Y-1E999999999",
        "2011/Y1E999999999",
        "{2011, Y1E999999999}",
        "Y17E7S3",
        "1E999999999",
        "20111",
        "1950S99999999",
        "{" + ",".join(["2000"] * 1000) + "}",
        "[" * 100_000,
        "1" * 100_000,
    ],
)
def test_what_would_take_long_is_refused_before_it_is_parsed(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    monkeypatch.setattr("edtf.parse_edtf", parsed.append)
    with pytest.raises(ValueError, match="is not a date in EDTF"):
        earliest_day(words)
    assert not parsed


@given(st.text("0123456789-/.~?%XYES[]{},T: u", max_size=20))
def test_any_words_are_an_edtf_date_or_are_refused(words: str) -> None:
    try:
        latest_day(words)
    except ValueError as refusal:
        told = str(refusal)
    else:
        told = display_date(words)

    assert told.strip() or not words.strip()


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("", ""),
        ("2011-12-16", "16 December 2011"),
        ("2011-12", "December 2011"),
        ("2011", "2011"),
        ("2011-12~", "about December 2011"),
        ("2011-12-16?", "16 December 2011 (uncertain)"),
        ("2011-21", "spring 2011"),
        ("2011-12-16/2011-12-17", "16 December 2011 to 17 December 2011"),
        ("2011-12-16/..", "from 16 December 2011"),
        ("../2011-12", "until December 2011"),
        ("2011-12-16%", "about 16 December 2011 (uncertain)"),
        ("2011-XX", "2011, exactly when is not known"),
        ("2011-12-XX", "December 2011, exactly when is not known"),
        ("201X", "the 2010s"),
        ("2011-24", "winter 2011"),
    ],
)
def test_a_date_is_shown_as_a_reader_would_write_it(edtf: str, words: str) -> None:
    assert display_date(edtf) == words
