"""Where days and values stand in a picture, and which of them are named at its edges."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from annotations.core.figures.axes import UNDATED, DayAxis, Scale, Tick

FIRST = date(2011, 12, 19)


def after(days: int) -> date:
    return FIRST + timedelta(days=days)


def scale_of(*values: str, height: int = 240) -> Scale:
    return Scale([Decimal(value) for value in values], height)


def labels(*values: str, height: int = 240) -> list[str]:
    return [tick.label for tick in scale_of(*values, height=height).ticks]


# Days


def test_days_stand_between_the_edges_in_the_order_of_time() -> None:
    axis = DayAxis([after(8), FIRST, after(2), after(8)])

    assert axis.position(FIRST) == 10.0
    assert axis.position(after(2)) == 28.5
    assert axis.position(after(8)) == 84.0


def test_a_place_has_two_digits_behind_the_point() -> None:
    assert DayAxis([FIRST, after(7)]).position(after(1)) == 20.57


def test_one_day_alone_stands_in_the_middle() -> None:
    axis = DayAxis([FIRST])

    assert axis.position(FIRST) == 47.0
    assert axis.ticks() == [Tick(47.0, "19 Dec. 2011", "middle")]


def test_what_has_no_day_stands_at_the_right() -> None:
    assert DayAxis([FIRST, after(8)]).position(None) == UNDATED
    assert DayAxis([]).position(None) == UNDATED


def test_no_days_have_no_names() -> None:
    assert DayAxis([]).ticks() == []


def test_up_to_two_months_only_the_first_and_the_last_day_are_named() -> None:
    assert DayAxis([FIRST, after(60)]).ticks() == [
        Tick(10.0, "19 Dec. 2011", "start"),
        Tick(84.0, "17 Feb. 2012", "end"),
    ]


def test_over_a_longer_time_the_day_in_the_middle_is_named_too() -> None:
    assert DayAxis([FIRST, after(61)]).ticks() == [
        Tick(10.0, "19 Dec. 2011", "start"),
        Tick(46.39, "18 Jan. 2012", "middle"),
        Tick(84.0, "18 Feb. 2012", "end"),
    ]


# Values


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["14", "17"], ["14", "15", "16", "17"]),
        (["10", "18"], ["10", "12", "14", "16", "18"]),
        (["10", "29"], ["10", "15", "20", "25", "30"]),
        (["3000", "7000"], ["3,000", "4,000", "5,000", "6,000", "7,000"]),
        (["60", "100"], ["60", "70", "80", "90", "100"]),
        (["1.5", "2"], ["1.4", "1.6", "1.8", "2"]),
        (["-2", "2"], ["-2", "-1", "0", "1", "2"]),
    ],
)
def test_round_values_are_named_from_below_the_least_to_above_the_highest(
    values: list[str], expected: list[str]
) -> None:
    assert labels(*values) == expected


def test_a_low_panel_has_room_for_few_values() -> None:
    assert labels("10", "18", height=97) == ["10", "12", "14", "16", "18"]
    assert labels("10", "18", height=96) == ["10", "15", "20"]


def test_whole_numbers_are_not_divided() -> None:
    assert labels("14", "15") == ["14", "15"]
    assert labels("14", "14.5") == ["14", "14.2", "14.4", "14.6"]


def test_values_far_apart_are_seen_from_nought() -> None:
    assert labels("10", "31") == ["0", "10", "20", "30", "40"]
    assert labels("10", "30") == ["10", "15", "20", "25", "30"]


def test_values_from_nought_or_below_keep_what_is_below() -> None:
    assert labels("0", "4") == ["0", "1", "2", "3", "4"]
    assert labels("-4", "0") == ["-4", "-3", "-2", "-1", "0"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", ["-1", "0", "1"]),
        ("1", ["0", "1", "2"]),
        ("12", ["11", "12", "13"]),
        ("15", ["14", "15", "16"]),
        ("1000", ["900", "1,000", "1,100"]),
        ("-8", ["-9", "-8", "-7"]),
    ],
)
def test_one_value_alone_stands_between_its_neighbours(
    value: str, expected: list[str]
) -> None:
    assert labels(value) == expected


def test_the_highest_value_stands_at_the_top_and_the_lowest_at_the_bottom() -> None:
    scale = scale_of("14", "17")

    assert scale.ticks == [
        Tick(222.0, "14"),
        Tick(156.7, "15"),
        Tick(91.3, "16"),
        Tick(26.0, "17"),
    ]
    assert scale.position(Decimal("15.5")) == 124.0
