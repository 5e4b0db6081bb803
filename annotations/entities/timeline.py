"""How often something was mentioned, by month or year: counts by day become the bars of a small
picture.

    >>> line = timeline([(date(2011, 12, 17), 3), (date(2011, 12, 19), 2), (date(2012, 1, 26), 1)])
    >>> line.unit, len(line.bars), [(bar.label, bar.count) for bar in line.bars if bar.count]
    ('month', 24, [('December 2011', 5), ('January 2012', 1)])

The unit is the smallest with which all bars still stand side by side on a phone. Places across
the picture are in per cent of its width, so that words and lines keep their size; heights are
in pixels.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import formats

from annotations.models.cursors import key_before

Unit = Literal["month", "year", "decade", "century"]

MOST_BARS = 60
HEIGHT = 88
# Pixels of the highest bar, and above it.
TOP = 14
_YEARS: dict[Unit, int] = {"year": 1, "decade": 10, "century": 100}
# Per cent of the width.
_WIDEST = 3.0
# Pixels of a bar that is not empty, so that it can be seen.
_LOWEST = 2.0
_LABELS = 7
_NEAR_THE_EDGE = 6


@dataclass(frozen=True)
class Bar:
    """`x`, `width`, and `slot_x` (where the bar's share of the width begins) are per cent, the
    others pixels."""

    # The first day that it stands for.
    day: date
    label: str
    count: int
    slot_x: float
    x: float
    width: float
    height: float
    # What stands below it on the axis; mostly nothing.
    tick: str
    tick_x: float
    tick_anchor: Literal["start", "middle", "end"]

    @property
    def y(self) -> float:
        return round(TOP + HEIGHT - self.height, 1)

    @property
    def key(self) -> str:
        """The key of the page of mentions that begins here."""
        return key_before(self.day)


@dataclass(frozen=True)
class Timeline:
    unit: Unit
    bars: list[Bar]

    @property
    def slot(self) -> float:
        """The share of the width that each bar stands in, in per cent."""
        return round(100 / len(self.bars), 3)

    @property
    def peak(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def filled(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.count]


def timeline(counts: Iterable[tuple[date, int]]) -> Timeline | None:
    """Return the picture of how much there was on which day; None where there was nothing."""
    by_day = dict(counts)
    if not by_day:
        return None
    unit = unit_of(min(by_day), max(by_day))
    totals: Counter[date] = Counter()
    for day, count in by_day.items():
        totals[_first_day_of(day, unit)] += count
    starts = _first_days(min(totals), max(totals), unit)
    ticks = _ticks(starts, unit)
    slot = 100 / len(starts)
    width = min(slot * 0.8, _WIDEST)
    highest = max(totals.values())
    bars = []
    for number, day in enumerate(starts):
        slot_x = number * slot
        tick_x, anchor = _tick_position(slot_x, slot, unit)
        height = 0.0
        if totals[day]:
            height = max(_LOWEST, HEIGHT * totals[day] / highest)
        bar = Bar(
            day=day,
            label=name_of(day, unit),
            count=totals[day],
            slot_x=round(slot_x, 3),
            x=round(slot_x + (slot - width) / 2, 3),
            width=round(width, 3),
            height=round(height, 1),
            tick=ticks.get(day, ""),
            tick_x=round(tick_x, 3),
            tick_anchor=anchor,
        )
        bars.append(bar)
    return Timeline(unit, bars)


def unit_of(first: date, last: date) -> Unit:
    """Return the smallest unit in which the span has at most MOST_BARS bars, whole years of
    months."""
    years = last.year - first.year + 1
    if years * 12 <= MOST_BARS:
        return "month"
    if years <= MOST_BARS:
        return "year"
    return "decade" if years <= MOST_BARS * 10 - 10 else "century"


def name_of(day: date, unit: Unit) -> str:
    """Return the month, year, or years that begin on `day`, for reading."""
    if unit == "month":
        return formats.date_format(day, "F Y")
    length = _YEARS[unit]
    if length == 1:
        return str(day.year)
    last_year = day.year // length * length + length - 1
    return f"{day.year}–{last_year}"


def _first_day_of(day: date, unit: Unit) -> date:
    """Return the first day of the unit in which `day` is. There is no year 0."""
    if unit == "month":
        return day.replace(day=1)
    return date(max(1, day.year - day.year % _YEARS[unit]), 1, 1)


def _first_days(first: date, last: date, unit: Unit) -> list[date]:
    """Return the first days of all units in a span; of months, those of whole years."""
    if unit == "month":
        years = range(first.year, last.year + 1)
        return [date(year, month, 1) for year in years for month in range(1, 13)]
    length = _YEARS[unit]
    first_year = first.year // length * length
    starts = []
    for year in range(first_year, last.year + 1, length):
        starts.append(date(max(1, year), 1, 1))
    return starts


def _ticks(starts: list[date], unit: Unit) -> dict[date, str]:
    """Choose few bars to name on the axis: round ones, so many that they fit on a phone."""
    if unit == "month" and len(starts) > 12:
        return {day: str(day.year) for day in starts[::12]}
    if unit == "month":
        ticks = {}
        for day in starts[::3]:
            ticks[day] = formats.date_format(day, "N Y" if day.month == 1 else "N")
        return ticks
    bars_per_tick = next(n for n in (1, 2, 5, 10, 20) if len(starts) <= n * _LABELS)
    step = bars_per_tick * _YEARS[unit]
    return {day: str(day.year) for day in starts if day.year % step == 0}


def _tick_position(
    slot_x: float, slot: float, unit: Unit
) -> tuple[float, Literal["start", "middle", "end"]]:
    """Put the name of a year below its bar, that of its first month where it begins, and none
    outside the picture."""
    middle = slot_x + slot / 2
    if unit == "month" or middle < _NEAR_THE_EDGE:
        return slot_x, "start"
    return (
        (slot_x + slot, "end") if middle > 100 - _NEAR_THE_EDGE else (middle, "middle")
    )
