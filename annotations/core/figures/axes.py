"""The axes of a picture: where days stand across it, in per cent, and values up it, in pixels
from the top.

>>> DayAxis([date(2011, 12, 19), date(2012, 1, 26)]).position(date(2011, 12, 19))
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

# Per cent: where what has no day stands.
UNDATED = 96.0
# Per cent: where the first and the last day stand.
_LEFT, _RIGHT = 10.0, 84.0
# Pixels left free above the highest and below the lowest value.
_TOP, _BOTTOM = 26, 18
# Days between the ends up to which there is no room for a date in the middle.
_SHORTEST_WITH_MIDDLE = 60
# Pixels of height up to which a scale has few ticks.
_LOW = 96


class Tick(NamedTuple):
    place: float
    label: str
    anchor: Anchor = "start"


class DayAxis:
    """Where days stand across the picture."""

    def __init__(self, days: Iterable[date]) -> None:
        known_days = set(days)
        self._is_empty = not known_days
        self._first = min(known_days, default=date.min)
        self._last = max(known_days, default=date.min)

    def position(self, day: date | None) -> float:
        """Return where a day stands, in per cent of the width."""
        if day is None:
            return UNDATED
        days = self._days()
        share = (day - self._first).days / days if days else 0.5
        width = _RIGHT - _LEFT
        return round(_LEFT + width * share, 2)

    def _days(self) -> int:
        return (self._last - self._first).days

    def ticks(self) -> list[Tick]:
        """Return the first and the last day, and the middle where it has room."""
        if self._is_empty:
            return []
        days = self._days()
        if not days:
            return [self._middle_tick(self._first)]
        ticks = [Tick(_LEFT, _display_day(self._first), "start")]
        if days > _SHORTEST_WITH_MIDDLE:
            ticks.append(self._middle_tick(self._first + timedelta(days=days // 2)))
        ticks.append(Tick(_RIGHT, _display_day(self._last), "end"))
        return ticks

    def _middle_tick(self, day: date) -> Tick:
        return Tick(self.position(day), _display_day(day), "middle")


def _display_day(day: date) -> str:
    return formats.date_format(day, "j N Y")


class Scale:
    """Where values stand, from the top: from nought unless that would press the differences
    together."""

    def __init__(self, values: Sequence[Decimal], height: int) -> None:
        low, high = min(values), max(values)
        span = high - low
        if not span:  # one value alone
            span = max(abs(high), Decimal(1)) / 4
        step = _step(span, most=4 if height > _LOW else 2)
        if all(value == value.to_integral_value() for value in values):
            step = max(step, Decimal(1))
        if low > 0 and low * 3 < high:
            low = Decimal(0)
        self._height = height
        self._low = (low / step).to_integral_value(ROUND_FLOOR) * step
        self._high = (high / step).to_integral_value(ROUND_CEILING) * step
        if self._low == self._high:
            self._low -= step
            self._high += step
        self.ticks = []
        for nth in range(int((self._high - self._low) / step) + 1):
            value = self._low + step * nth
            self.ticks.append(Tick(self.position(value), number(value.normalize())))

    def position(self, value: Decimal) -> float:
        """Return where a value stands, in pixels from the top."""
        share = float((value - self._low) / (self._high - self._low))
        drawn_height = self._height - _TOP - _BOTTOM
        from_top = drawn_height * (1 - share)
        return round(_TOP + from_top, 1)


def _step(span: Decimal, most: int) -> Decimal:
    """Return the least of 1, 2, 5, 10, 20 … (or 0.5, 0.2 …) of which at most so many make the
    span."""
    step = power_of_ten = Decimal(1).scaleb((span / most).adjusted())
    for factor in (1, 2, 5, 10):
        step = power_of_ten * factor
        if span <= step * most:
            break
    return step
