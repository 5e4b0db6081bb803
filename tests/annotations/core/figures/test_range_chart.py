"""The figures of a measure as a picture: which marks it has, where, and what is beside them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from annotations.core.figures.conflicts import (
    Conflict,
    DayRange,
    GivenFigure,
    find_conflicts,
)
from annotations.core.figures.parser import Amount
from annotations.core.figures.range_chart import (
    ChartMark,
    ConflictLine,
    RangeChart,
    Speaker,
    draw_range_chart,
)

FIRST = date(2011, 12, 19)


def one(
    low: int | str,
    speaker: str = "officials",
    *,
    day: int | None = 0,
    high: int | None = None,
    qualifier: str = "exactly",
    **known: Any,
) -> GivenFigure:
    """A figure that was said so many days after the first, or on no day."""
    said_on = None if day is None else FIRST + timedelta(days=day)
    amount = Amount(Decimal(low), None if high is None else Decimal(high), qualifier)
    key = known.pop("key", f"{low} {speaker} {day}")
    days = DayRange(FIRST, FIRST)
    return GivenFigure(key, amount, speaker, speaker, days, said_on, **known)


def drawn(*given: GivenFigure, conflicts: list[Conflict] | None = None) -> RangeChart:
    chart = draw_range_chart([("Killed", given)], conflicts or [])
    assert chart is not None
    return chart


def marks(
    *given: GivenFigure, conflicts: list[Conflict] | None = None
) -> list[ChartMark]:
    return drawn(*given, conflicts=conflicts).panels[0].marks


# The picture


def test_no_figures_make_no_picture() -> None:
    assert draw_range_chart([("Killed", [])]) is None


def test_a_measure_has_a_high_panel_and_each_of_its_parts_a_low_one() -> None:
    chart = draw_range_chart(
        [("Killed", [one(15)]), ("Hurt", []), ("In town", [one(3)])]
    )

    assert chart is not None
    assert [(panel.name, panel.height) for panel in chart.panels] == [
        ("Killed", 240),
        ("In town", 96),
    ]
    assert [tick.label for tick in chart.panels[0].ticks] == ["14", "15", "16"]


def test_all_panels_have_one_axis_of_time() -> None:
    chart = draw_range_chart([("Killed", [one(15)]), ("In town", [one(3, day=8)])])

    assert chart is not None
    assert [panel.marks[0].x for panel in chart.panels] == [10.0, 84.0]
    assert [tick.label for tick in chart.days] == ["19 Dec. 2011", "27 Dec. 2011"]


def test_what_was_said_on_no_known_day_stands_at_the_right() -> None:
    chart = drawn(one(15), one(16, day=None))

    assert [mark.x for mark in chart.panels[0].marks] == [47.0, 96.0]
    assert chart.has_undated
    assert not drawn(one(15)).has_undated


def test_a_panel_is_told_in_words_mark_by_mark() -> None:
    chart = drawn(
        one(15, day_display="19 December"),
        one(16, "a doctor", day=None, qualifier="at_least"),
    )

    assert chart.descriptions == [
        "Killed: 15 (officials, 19 December); at least 16 (a doctor, undated)."
    ]


def test_of_very_many_marks_the_first_forty_are_told_in_words() -> None:
    [words] = drawn(*(one(low, day_display="a day") for low in range(42))).descriptions

    assert words.count("officials") == 40
    assert words.endswith("; and 2 more.")


# Who says so


def test_who_gives_most_figures_is_first_and_has_the_first_colour_and_letter() -> None:
    chart = drawn(one(15, "prosecutors"), one(16), one(17, day=1))

    assert chart.voices == [
        Speaker(0, "A", "officials"),
        Speaker(1, "B", "prosecutors"),
    ]
    assert not chart.has_others


def test_a_voice_is_called_as_it_was_at_first() -> None:
    renamed = replace(one(16, day=1), speaker="the officials")

    assert [voice.name for voice in drawn(one(15), renamed).voices] == ["officials"]


def test_four_voices_have_a_colour_and_the_others_share_one() -> None:
    chart = drawn(*(one(15 + nth, f"voice {nth}") for nth in range(6)))

    assert [voice.colour for voice in chart.voices] == [0, 1, 2, 3, 4, 4]


def test_voices_from_the_27th_on_have_no_letter() -> None:
    chart = drawn(*(one(nth, f"voice {nth}") for nth in range(27)))

    assert [voice.letter for voice in chart.voices][-2:] == ["Y", "Z"]
    assert chart.has_others


def test_names_stand_beside_up_to_fourteen_marks_and_letters_beside_more() -> None:
    few = drawn(*(one(nth * 100, day=nth) for nth in range(14)))
    many = drawn(*(one(nth * 100, day=nth) for nth in range(15)))

    assert not few.has_letters
    assert {mark.speaker for mark in few.panels[0].marks} == {"officials"}
    assert many.has_letters
    assert {mark.speaker for mark in many.panels[0].marks} == {"A"}


def test_amounts_stand_beside_up_to_forty_marks() -> None:
    forty = marks(*(one(nth, day=nth * 9) for nth in range(40)))
    more = marks(*(one(nth, day=nth * 9) for nth in range(41)))

    assert "39" in [mark.label for mark in forty]
    assert {mark.label for mark in more} == {""}


# Marks


@pytest.mark.parametrize(
    ("qualifier", "shape", "label"),
    [
        ("exactly", "dot", "1,500"),
        ("about", "about", "≈ 1,500"),
        ("at_least", "up", "≥ 1,500"),
        ("more_than", "above", "> 1,500"),
        ("at_most", "down", "≤ 1,500"),
        ("fewer_than", "below", "< 1,500"),
    ],
)
def test_a_qualifier_has_a_shape_and_a_sign(
    qualifier: str, shape: str, label: str
) -> None:
    [mark] = marks(one(1500, qualifier=qualifier))

    assert (mark.shape, mark.label, mark.speaker) == (shape, label, "officials")


def test_a_range_goes_from_its_upper_to_its_lower_value() -> None:
    [mark] = marks(one(14, high=17, qualifier="between"))

    assert (mark.shape, mark.label) == ("range", "14–17")
    assert (mark.y, mark.low_y, mark.length) == (26.0, 222.0, 196.0)


def test_a_total_is_labelled_as_its_sum() -> None:
    chart = drawn(one(17, sum_label="16 plus 1"))

    assert chart.panels[0].marks[0].label == "16 plus 1 = 17"
    assert chart.has_sums
    assert not drawn(one(17)).has_sums


def test_a_figure_that_was_replaced_is_said_to_be() -> None:
    assert drawn(one(17, replaced_by="another")).has_replaced
    assert not drawn(one(17)).has_replaced


def test_the_same_figure_given_twice_is_one_mark_that_says_so() -> None:
    first, again = one(15, key="first"), one(15, key="again")

    [mark, other] = marks(first, again, one(16, day=9))

    assert (mark.given, mark.label, mark.speaker) == (first, "15", "officials ×2")
    assert other.speaker == "officials"


@pytest.mark.parametrize(
    "change",
    [
        {"amount": Amount(Decimal(15), None, "about")},
        {"voice": "a doctor"},
        {"days": None},
        {"said_on": FIRST + timedelta(days=1)},
        {"sum_label": "14 plus 1"},
        {"replaced_by": "another"},
    ],
)
def test_figures_that_differ_have_a_mark_each(change: dict[str, Any]) -> None:
    assert len(marks(one(15), replace(one(15, key="other"), **change))) == 2


def test_marks_go_from_left_to_right_and_from_the_top_down() -> None:
    given = [one(16, day=9), one(14), one(15)]

    assert [mark.label for mark in marks(*given)] == ["15", "14", "16"]


def test_marks_that_would_lie_on_one_are_set_beside_each_other() -> None:
    early = marks(one(15), one(15, "a doctor"), one(15, "a nurse"), one(20, day=9))
    late = marks(one(20), one(15, day=9), one(15, "a doctor", day=9))

    assert [mark.shift for mark in early] == [0, -14, -28, 0]
    assert [mark.shift for mark in late] == [0, 0, 14]


# Labels


def test_labels_stand_right_of_marks_at_the_left_and_left_of_those_at_the_right() -> (
    None
):
    assert [mark.anchor for mark in marks(one(15), one(15, day=9))] == ["start", "end"]


def test_a_label_stands_beside_its_mark_where_there_is_room() -> None:
    [mark] = marks(one(15))

    assert mark.label_y == mark.y == 124.0


def test_a_label_makes_way_for_an_earlier_one_by_a_line() -> None:
    first, second = marks(one(15), one(15, "a doctor"))

    assert first.label_y == 124.0
    assert (second.anchor, second.label_y) == ("start", 139.0)


def test_a_third_label_goes_above() -> None:
    labels = [
        mark.label_y for mark in marks(one(15), one(15, "a doctor"), one(15, "a nurse"))
    ]

    assert labels == [124.0, 139.0, 109.0]


def test_a_label_without_room_on_either_side_is_left_out() -> None:
    crowd = [one(15, f"{nth:>60}") for nth in range(14)]
    chart = draw_range_chart([("Killed", [one(15)]), ("In town", crowd)])

    assert chart is not None
    in_town = chart.panels[1].marks
    assert [mark.anchor for mark in in_town] == ["start"] * 5 + ["end"] * 5 + [
        "start"
    ] * 4
    assert [mark.label for mark in in_town] == ["15"] * 10 + [""] * 4
    assert [mark.speaker for mark in in_town[10:]] == [""] * 4
    assert [mark.label_y for mark in in_town] == [52, 67, 37, 82, 22] * 2 + [52] * 4


# What cannot both be true


def test_marks_that_cannot_both_be_true_have_a_ring_and_a_line() -> None:
    given = [one(14), one(17, "a doctor"), one(14, "a nurse", day=9)]
    conflicts = find_conflicts(given[:2])

    chart = drawn(*given, conflicts=list(conflicts))

    assert [(mark.label, mark.is_disputed) for mark in chart.panels[0].marks] == [
        ("17", True),
        ("14", True),
        ("14", False),
    ]
    assert chart.panels[0].clashes == [ConflictLine(10.0, 0, 222.0, 10.0, 0, 26.0)]
    assert chart.has_disputed
    assert not drawn(*given).has_disputed


def test_a_line_goes_to_the_lower_end_of_a_range() -> None:
    given = [one(10), one(14, "a doctor", high=18, qualifier="between")]

    chart = drawn(*given, conflicts=list(find_conflicts(given)))

    [line] = chart.panels[0].clashes
    assert (line.y, line.other_y) == (222.0, 124.0)


def test_figures_of_one_mark_have_one_line() -> None:
    given = [one(14, key="a"), one(14, key="b"), one(17, "a doctor")]

    chart = drawn(*given, conflicts=list(find_conflicts(given)))

    assert len(chart.panels[0].clashes) == 1


def test_a_line_that_would_leave_its_panel_is_not_drawn() -> None:
    whole, part = one(14), one(17, "a doctor")

    chart = draw_range_chart(
        [("Killed", [whole]), ("In town", [part])], find_conflicts([whole, part])
    )

    assert chart is not None
    assert [panel.clashes for panel in chart.panels] == [[], []]
    assert [panel.marks[0].is_disputed for panel in chart.panels] == [True, True]


def test_more_than_eight_lines_are_too_many_to_tell_apart() -> None:
    one_side = [one(14, f"voice {nth}") for nth in range(8)]
    other = one(17, "a doctor")
    eight = [*one_side, other]
    nine = [*eight, one(14, "voice 8")]

    assert len(drawn(*eight, conflicts=find_conflicts(eight)).panels[0].clashes) == 8
    assert drawn(*nine, conflicts=find_conflicts(nine)).panels[0].clashes == []


def test_the_middle_of_a_line_lies_between_its_ends() -> None:
    line = ConflictLine(10.0, 0, 222.0, 47.0, 14, 26.0)

    assert line.middle == (28.5, 7.0, 124.0)
    assert not line.is_upright
    assert line._replace(other_x=10.0).is_upright
