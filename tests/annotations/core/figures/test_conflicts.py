"""Which figures cannot both be true, what their sum is, and the sentences that say so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from annotations.core.figures.conflicts import (
    CannotAdd,
    ConflictReason,
    DayRange,
    GivenFigure,
    ValueBounds,
    add_amounts,
    bounds_of,
    display_sum,
    find_conflicts,
    part_conflicts,
)
from annotations.core.figures.parser import Amount
from annotations.core.figures.summary import display_duration, summary_sentences

QUALIFIERS = {
    "": "exactly",
    "≥": "at_least",
    "≤": "at_most",
    ">": "more_than",
    "<": "fewer_than",
    "~": "about",
}


def amount(written: str) -> Amount:
    """Read `15`, `≥15`, `>15`, `~15`, `10-20`, `~10-20`."""
    sign = written[0] if written[0] in QUALIFIERS else ""
    low, _dash, high = written.removeprefix(sign).partition("-")
    qualifier = "between" if high and not sign else QUALIFIERS[sign]
    return Amount(Decimal(low), Decimal(high) if high else None, qualifier)


def one(
    written: str, day: str = "2011-12-19", speaker: str = "officials", **known: str
) -> GivenFigure:
    """A figure of a day, of two that a date lies between (`2011-12-01/2011-12-31`), or of
    none."""
    first, _slash, last = day.partition("/")
    days = (
        DayRange(date.fromisoformat(first), date.fromisoformat(last or first))
        if day
        else None
    )
    key = known.pop("key", f"{written} {day} {speaker}")
    said_on = days.first if days else None
    return GivenFigure(
        key, amount(written), speaker, speaker, days, said_on, day_display=day, **known
    )


def pairs(
    *given: GivenFigure, only_rises: bool = False
) -> list[tuple[str, str, ConflictReason]]:
    return [
        (found.less.label, found.more.label, found.why)
        for found in find_conflicts(given, only_rises=only_rises)
    ]


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("14", "≥15"),
        ("14", "15"),
        ("14", ">14"),
        ("<15", "15"),
        ("<15", ">15"),
        ("≤14", "≥15"),
        ("10-14", "15-20"),
        ("~100", "300"),
        ("~100", "≥121"),
        ("14", "14.5"),
    ],
)
def test_no_number_fits_both(less: str, more: str) -> None:
    low, high = bounds_of(amount(less)), bounds_of(amount(more))
    assert low.lies_below(high)
    assert not high.lies_below(low)
    assert pairs(one(more), one(less, speaker="a doctor")) == [
        (str(amount(less)), str(amount(more)), ConflictReason.SAME_DAY),
    ]


@pytest.mark.parametrize(
    ("one_way", "other"),
    [
        ("15", "≥15"),
        ("15", "≤15"),
        ("14-16", "15"),
        ("≥15", ">100"),
        ("~300", "250"),
        ("≤15", "≥15"),
        (">14", "15"),
    ],
)
def test_some_number_fits_both(one_way: str, other: str) -> None:
    assert pairs(one(one_way), one(other, speaker="a doctor")) == []


@for_all(
    st.lists(st.sampled_from(["", "≥", "≤", ">", "<"]), min_size=2, max_size=2),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_two_amounts_conflict_just_where_no_number_is_in_both(
    signs: list[str], one_way: int, other: int
) -> None:
    def fits(value: Decimal, bounds: ValueBounds) -> bool:
        above = (
            bounds.low is None
            or value > bounds.low
            or (value == bounds.low and not bounds.low_is_open)
        )
        below = (
            bounds.high is None
            or value < bounds.high
            or (value == bounds.high and not bounds.high_is_open)
        )
        return above and below

    ends = [
        bounds_of(amount(f"{sign}{value}"))
        for sign, value in zip(signs, (one_way, other), strict=True)
    ]
    tried = [Decimal(half) / 2 for half in range(-2, 24)]
    assert any(all(fits(value, end) for end in ends) for value in tried) != (
        ends[0].lies_below(ends[1]) or ends[1].lies_below(ends[0])
    )


def test_what_rises_from_day_to_day_is_no_contradiction() -> None:
    assert pairs(one("14", "2011-12-17"), one("16", "2012-01-26")) == []
    assert (
        pairs(one("14", "2011-12-17"), one("16", "2012-01-26"), only_rises=True) == []
    )


def test_a_count_that_can_only_rise_contradicts_itself_where_it_falls() -> None:
    later = one("14", "2012-01-26", "prosecutors")
    assert pairs(one("≥15"), later, only_rises=True) == [
        ("14", "at least 15", ConflictReason.FELL)
    ]
    assert pairs(one("≥15"), later) == []


def test_of_a_day_that_is_not_known_nothing_is_said() -> None:
    assert pairs(one("14", ""), one("≥15")) == []


def test_of_days_that_may_be_the_same_it_is_said_so() -> None:
    month = one("14", "2011-12-01/2011-12-31", "prosecutors")
    assert pairs(month, one("≥15")) == [
        ("14", "at least 15", ConflictReason.MAYBE_SAME_DAY)
    ]


def test_of_a_day_that_is_uncertain_nothing_is_said_for_sure() -> None:
    rough = replace(
        one("14"), days=DayRange(date(2011, 12, 19), date(2011, 12, 19), certain=False)
    )
    assert pairs(rough, one("≥15"), only_rises=True) == [
        ("14", "at least 15", ConflictReason.MAYBE_SAME_DAY)
    ]
    assert pairs(rough, one("≥15", "2011-12-18", "a doctor"), only_rises=True) == []


def test_a_correction_by_the_same_speaker_is_no_contradiction() -> None:
    last = one("17", key="last")
    middle = one("16", key="middle", replaced_by="last")
    first = one("14", key="first", replaced_by="middle")
    assert pairs(first, middle, last) == []
    assert pairs(first, last, one("≥15", speaker="a doctor")) == [
        ("14", "at least 15", ConflictReason.SAME_DAY)
    ]


def test_what_a_speaker_replaced_is_not_held_against_what_they_say_elsewhere() -> None:
    first = one("14", key="first", replaced_by="last")
    assert pairs(first, one("17", key="last"), one("16", key="copy")) == [
        ("16", "17", ConflictReason.SAME_DAY)
    ]
    assert part_conflicts([first], [one("16", key="town")]) == []
    assert len(part_conflicts([first], [one("16", speaker="a doctor")])) == 1


def test_corrections_that_go_round_in_a_circle_end() -> None:
    assert (
        pairs(one("14", key="a", replaced_by="b"), one("16", key="b", replaced_by="a"))
        == []
    )


def test_a_part_cannot_be_more_than_the_whole() -> None:
    [found] = part_conflicts([one("14"), one("17")], [one("16"), one("1")])
    assert (found.less.label, found.more.label, found.why) == (
        "14",
        "16",
        ConflictReason.PART,
    )
    assert found.sentence() == (
        "“16” is given for a part, “14” for the whole, which cannot be less: "
        "the whole is at most 14, the part at least 16."
    )


def test_a_part_of_another_day_is_compared_only_where_the_count_can_only_rise() -> None:
    whole, part = [one("14", "2012-01-26")], [one("16")]
    assert part_conflicts(whole, part) == []
    assert len(part_conflicts(whole, part, only_rises=True)) == 1


def test_a_conflict_says_why() -> None:
    [found] = find_conflicts(
        [one("14", day="2011-12-19"), one("≥15", speaker="a doctor")]
    )
    assert found.sentence() == (
        "“14” and “at least 15” cannot both be true of 2011-12-19: the one is at most 14, the other at least 15."
    )
    [found] = find_conflicts([one("<15"), one(">20", speaker="a doctor")])
    assert found.sentence().endswith("the one is less than 15, the other more than 20.")


@pytest.mark.parametrize(
    ("written", "sum_of"),
    [
        ("16 1", "17"),
        ("16 ≥1", "at least 17"),
        ("≥16 >1", "more than 17"),
        ("≤16 1", "at most 17"),
        ("<16 ≤1", "fewer than 17"),
        ("~300 50", "about 350"),
        ("10-20 5", "between 15 and 25"),
        ("~10-20 5", "about 15 to 25"),
        ("≥10-20 5", "at least 15"),
        ("1.5 2.5", "4"),
    ],
)
def test_a_sum_says_no_more_than_its_parts(written: str, sum_of: str) -> None:
    assert str(add_amounts([amount(part) for part in written.split()])) == sum_of


@pytest.mark.parametrize("written", ["≥16 ≤1", ">3 <2", "~300 ≥5"])
def test_what_has_no_sum_is_not_added(written: str) -> None:
    with pytest.raises(CannotAdd, match="nothing sure follows"):
        add_amounts([amount(part) for part in written.split()])


def test_a_sum_is_told_as_it_was_made() -> None:
    assert display_sum([amount("16"), amount("≥1")]) == "16 plus at least 1"


def test_what_is_agreed_and_what_is_not_is_said() -> None:
    given = [
        one("≥15", speaker="The Moscow Times"),
        one("14"),
        one("17", "2012-01-26", "The Moscow Times"),
        one("17", "2012-01-26", sum_label="16 plus 1"),
    ]
    assert summary_sentences(given, find_conflicts(given), "people") == [
        "Between 14 and 17 people.",
        "The count of officials rose from 14 to 16 plus 1 in about five weeks.",
        "The count of The Moscow Times went from at least 15 to 17 in about five weeks.",
        "The Moscow Times and officials agree on 17.",
        "“14” (officials) and “at least 15” (The Moscow Times) cannot both be true.",
    ]


def test_of_several_contradictions_the_number_is_said() -> None:
    given = [one("14"), one("≥15", speaker="a doctor"), one("16", speaker="a nurse")]
    assert (
        summary_sentences(given, find_conflicts(given))[-1]
        == "2 pairs of them cannot both be true."
    )


def test_counts_change_in_the_order_in_which_they_were_said_whatever_day_they_are_of() -> (
    None
):
    corrected = replace(one("16", "2011-12-16"), said_on=date(2012, 1, 26))
    assert summary_sentences([one("14"), corrected], [])[1] == (
        "The count of officials rose from 14 to 16 in about five weeks."
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (13, "13 days"),
        (14, "two weeks"),
        (38, "about five weeks"),
        (42, "six weeks"),
        (70, "about two months"),
        (400, "about 13 months"),
        (3650, "about ten years"),
    ],
)
def test_a_span_of_days_is_told_as_people_tell_it(days: int, words: str) -> None:
    assert display_duration(days) == words


def test_the_ends_of_a_range_keep_their_qualifiers() -> None:
    assert summary_sentences([one("≤10"), one("≥20", speaker="a doctor")], []) == [
        "From at most 10 to at least 20."
    ]
    assert summary_sentences(
        [one("10"), one("≥20", speaker="a doctor"), one("20", speaker="x")], []
    )[0] == ("From 10 to at least 20.")


def test_figures_that_agree_are_said_to() -> None:
    assert summary_sentences([one("14")], []) == ["One figure is given: 14."]
    assert summary_sentences([one("14"), one("14", speaker="a doctor")], []) == [
        "All 2 figures say 14."
    ]
    assert summary_sentences([], []) == []


def test_a_count_that_falls_is_said_to_fall() -> None:
    assert summary_sentences([one("16"), one("14", "2011-12-20")], [])[1] == (
        "The count of officials fell from 16 to 14 in 1 day."
    )
    assert summary_sentences([one("16"), one("≥14", "2011-12-21")], [])[1] == (
        "The count of officials went from 16 to at least 14 in 2 days."
    )


def test_a_figure_that_another_speaker_replaced_is_not_held_against_it() -> None:
    last = one("17", speaker="prosecutors", key="last")
    middle = one("16", speaker="the ministry", key="middle", replaced_by="last")
    first = one("14", speaker="officials", key="first", replaced_by="middle")

    assert pairs(first, middle, last) == []
    assert pairs(last, middle, first) == []


def test_of_two_figures_each_has_the_other() -> None:
    less, more = one("14"), one("15", speaker="a doctor")
    [found] = find_conflicts([more, less])

    assert found.other(less.key) == more
    assert found.other(more.key) == less


def test_a_conflict_of_two_days_names_both() -> None:
    [fell] = find_conflicts(
        [one("≥15"), one("14", "2012-01-26", "prosecutors")], only_rises=True
    )
    assert fell.sentence() == (
        "“14” (2012-01-26) is later than “at least 15” (2011-12-19), but this count "
        "can only rise: the one is at most 14, the other at least 15."
    )
    [maybe] = find_conflicts(
        [one("14", "2011-12-01/2011-12-31"), one(">15", speaker="a doctor")]
    )
    assert maybe.sentence() == (
        "“14” (2011-12-01/2011-12-31) and “more than 15” (2011-12-19) cannot both be "
        "true if they are of the same day: the one is at most 14, the other more than 15."
    )


def test_days_that_do_not_meet_are_never_the_same() -> None:
    month = one("14", "2011-11-01/2011-11-30")

    assert pairs(month, one("≥15", "2011-12-01/2011-12-31")) == []
    assert pairs(one("≥15", "2011-12-01/2011-12-31"), month) == []
    assert len(pairs(month, one("≥15", "2011-11-30/2011-12-31"))) == 1
    assert len(pairs(one("14", "2011-12-31"), one("15", "2011-12-01/2011-12-31"))) == 1


def test_of_a_count_that_can_only_rise_the_later_may_be_of_the_same_last_day() -> None:
    before = one("15", "2011-12-01/2011-12-19", "a doctor")

    assert pairs(one("14", "2011-12-19"), before, only_rises=True) == [
        ("14", "15", ConflictReason.FELL)
    ]
    assert pairs(one("14", "2011-12-18"), before, only_rises=True) == [
        ("14", "15", ConflictReason.MAYBE_SAME_DAY)
    ]


def test_the_lowest_figure_that_is_open_below_is_told_as_such() -> None:
    given = [one("10"), one("<10", speaker="a doctor"), one("20", speaker="x")]

    assert summary_sentences(given, [])[0] == "From fewer than 10 to 20."


def test_a_speaker_who_says_two_things_on_one_day_changed_nothing() -> None:
    given = [one("16", key="a"), one("14", key="b")]

    assert summary_sentences(given, []) == ["Between 14 and 16."]


def test_a_speaker_who_says_the_same_later_changed_nothing() -> None:
    given = [one("14"), one("16", "2011-12-20"), one("14", "2011-12-21")]

    assert summary_sentences(given, []) == ["Between 14 and 16."]


def test_counts_that_rose_or_fell_are_told_before_those_that_may_have() -> None:
    given = [
        one("≥14"),
        one("15", "2011-12-21"),
        one("14", speaker="a doctor"),
        one("15", "2011-12-22", "a doctor"),
    ]

    assert summary_sentences(given, [])[1:3] == [
        "The count of a doctor rose from 14 to 15 in 3 days.",
        "The count of officials went from at least 14 to 15 in 2 days.",
    ]


def test_what_was_said_on_no_known_day_changed_nothing() -> None:
    assert len(summary_sentences([one("14", ""), one("16", "2011-12-20")], [])) == 1


def test_who_agrees_is_said_unless_all_do() -> None:
    two = [one("14"), one("14", speaker="a doctor")]

    assert summary_sentences([*two, one("15", speaker="a nurse")], [])[-1] == (
        "officials and a doctor agree on 14."
    )
    assert summary_sentences([one("15"), one("15", key="again"), one("14")], []) == [
        "Between 14 and 15."
    ]


def test_a_unit_stands_behind_the_highest_figure() -> None:
    assert summary_sentences([one("14")], [], "people") == [
        "One figure is given: 14 people."
    ]
    assert summary_sentences([one("≥14"), one("15", speaker="x")], [], "people") == [
        "From at least 14 to 15 people."
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (69, "about ten weeks"),
        (715, "about 23 months"),
        (731, "about two years"),
        (3800, "about ten years"),
        (4018, "about 11 years"),
    ],
)
def test_a_span_changes_its_unit_where_people_would(days: int, words: str) -> None:
    assert display_duration(days) == words
