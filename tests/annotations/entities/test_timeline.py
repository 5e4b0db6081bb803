"""The picture of when something was mentioned."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from annotations.entities.timeline import HEIGHT, MOST_BARS, TOP, timeline

days = st.dictionaries(
    st.dates(), st.integers(min_value=1, max_value=10**6), min_size=1, max_size=20
)


def bars(*counts: tuple[date, int]) -> list[tuple[str, int]]:
    line = timeline(counts)
    assert line
    return [(bar.label, bar.count) for bar in line.filled]


def test_a_few_years_are_drawn_by_month_in_whole_years() -> None:
    line = timeline(
        [(date(2011, 12, 17), 3), (date(2011, 12, 31), 2), (date(2012, 1, 26), 1)]
    )
    assert line
    assert [bar.tick for bar in line.bars if bar.tick] == ["2011", "2012"]
    assert (line.bars[0].label, line.bars[-1].label) == (
        "January 2011",
        "December 2012",
    )
    assert bars(
        (date(2011, 12, 17), 3), (date(2011, 12, 31), 2), (date(2012, 1, 26), 1)
    ) == [
        ("December 2011", 5),
        ("January 2012", 1),
    ]


def test_longer_spans_are_drawn_by_year_decade_and_century() -> None:
    assert bars((date(1995, 3, 1), 1), (date(2011, 1, 1), 2)) == [
        ("1995", 1),
        ("2011", 2),
    ]
    assert bars((date(1895, 3, 1), 1), (date(2011, 1, 1), 2)) == [
        ("1890–1899", 1),
        ("2010–2019", 2),
    ]
    assert bars((date(79, 8, 24), 1), (date(2011, 1, 1), 2)) == [
        ("1–99", 1),
        ("2000–2099", 2),
    ]


def test_nothing_is_no_picture() -> None:
    assert timeline([]) is None


@given(days)
def test_no_mention_is_lost_and_no_bar_leaves_the_picture(
    counts: dict[date, int],
) -> None:
    line = timeline(counts.items())
    assert line
    assert sum(bar.count for bar in line.bars) == sum(counts.values())
    assert len(line.bars) <= (100 if line.unit == "century" else MOST_BARS)
    assert [bar.day for bar in line.bars] == sorted(bar.day for bar in line.bars)
    assert sum(bool(bar.tick) for bar in line.bars) <= 8
    for bar in line.bars:
        assert 0 <= bar.slot_x <= bar.x <= bar.x + bar.width <= 100.01
        assert 0 <= bar.height <= HEIGHT
        assert bar.y >= TOP
        assert bool(bar.height) == bool(bar.count)


@given(days)
def test_bars_are_as_high_as_their_counts(counts: dict[date, int]) -> None:
    line = timeline(counts.items())
    assert line
    assert line.peak.height == HEIGHT
    for bar in line.filled:
        assert abs(bar.height - max(2, HEIGHT * bar.count / line.peak.count)) < 0.1
