"""The axes of a picture: where days stand across it, in per cent, and values up it, in pixels
from the top.

>>> DayAxis([date(2011, 12, 19), date(2012, 1, 26)]).place(date(2011, 12, 19))
10.0
>>> [tick.label for tick in Scale([Decimal(14), Decimal(17)], height=240).ticks]
['14', '15', '16', '17']
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal, NamedTuple

from django.utils import formats

from annotations.core.figures.parser import number

Anchor = Literal["start", "middle", "end"]

UNDATED = 96.0
"""Where what has no day stands."""
_LEFT, _RIGHT = 10.0, 84.0
_TOP, _BOTTOM = 26, 18
_LOW = 96
"""Pixels of height up to which a scale has few ticks."""


class Tick(NamedTuple):
    place: float
    label: str
    anchor: Anchor = "start"


class DayAxis:
    """Where days stand across the picture."""

    def __init__(self, days: Iterable[date]) -> None:
        known = sorted(set(days))
        self._first, self._last = (known[0], known[-1]) if known else (date.min, date.min)
        self._is_empty = not known

    def place(self, day: date | None) -> float:
        if day is None:
            return UNDATED
        span = (self._last - self._first).days
        share = (day - self._first).days / span if span else 0.5
        return round(_LEFT + (_RIGHT - _LEFT) * share, 2)

    def ticks(self) -> list[Tick]:
        """The first and the last day, and the middle where it has room."""
        if self._is_empty:
            return []
        span = (self._last - self._first).days
        if not span:
            return [Tick(self.place(self._first), _day(self._first), "middle")]
        ends = [Tick(_LEFT, _day(self._first), "start"), Tick(_RIGHT, _day(self._last), "end")]
        middle = self._first + timedelta(days=span // 2)
        return (
            [ends[0], Tick(self.place(middle), _day(middle), "middle"), ends[1]]
            if span > 60
            else ends
        )


def _day(day: date) -> str:
    return formats.date_format(day, "j N Y")


class Scale:
    """Where values stand, from the top: from nought unless that would press the differences
    together."""

    def __init__(self, values: Sequence[Decimal], height: int) -> None:
        low, high = min(values), max(values)
        step = _step((high - low) or max(abs(high), Decimal(1)) / 4, 4 if height > _LOW else 2)
        if all(value == value.to_integral_value() for value in values):
            step = max(step, Decimal(1))
        if low > 0 and low * 3 < high:
            low = Decimal(0)
        self._low = (low / step).to_integral_value(ROUND_FLOOR) * step
        self._high = (high / step).to_integral_value(ROUND_CEILING) * step
        if self._low == self._high:
            self._low, self._high = self._low - step, self._high + step
        self._height = height
        count = int((self._high - self._low) / step)
        values = [self._low + step * nth for nth in range(count + 1)]
        self.ticks = [Tick(self.place(value), number(value.normalize())) for value in values]

    def place(self, value: Decimal) -> float:
        share = float((value - self._low) / (self._high - self._low))
        return round(_TOP + (self._height - _TOP - _BOTTOM) * (1 - share), 1)


def _step(span: Decimal, most: int) -> Decimal:
    """Return the least of 1, 2, 5, 10, 20 … (or 0.5, 0.2 …) of which at most so many make the
    span."""
    size = Decimal(1).scaleb((span / most).adjusted())
    return next(size * times for times in (1, 2, 5, 10) if span <= size * times * most)
