"""The figures of a measure as a picture: time across, value up, one mark a figure, shaped by its qualifier.

    >>> from annotations.comparing import Days, Given
    >>> from annotations.figures import Amount
    >>> day = date(2011, 12, 19)
    >>> least = Given("a", Amount(Decimal(15), None, "at_least"), "a doctor", "a doctor", Days(day, day))
    >>> picture = range_chart([("", [least])])
    >>> [(mark.shape, mark.label) for mark in picture.panels[0].marks]
    [('up', '≥ 15')]

A measure and its parts have a panel each, above each other, with one axis of time. Places across are in per cent of
the width, so that words and lines keep their size on a phone; all else is in pixels. Figures of no known day stand
at the right.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal, NamedTuple

from django.utils import formats

from annotations.comparing import Days, Given
from annotations.figures import number

Shape = Literal["dot", "about", "up", "above", "down", "below", "range"]
Anchor = Literal["start", "middle", "end"]

MOST_COLOURS = 4
"""Speakers with a colour of their own, those with most figures; the others share one more."""
_TALL, _LOW = 240, 96
_TOP, _BOTTOM = 26, 18
_LEFT, _RIGHT, _UNDATED = 10.0, 84.0, 96.0
_NEAR = 9
"""Marks nearer than this, in pixels, are set beside each other."""
_LINE = 15
_WIDTH = 360
"""Pixels across on a phone, where labels have least room."""
_LETTER = 6.4
_MOST_NAMED, _MOST_LABELLED = 14, 40
_SIGNS = {"at_least": "≥ ", "more_than": "> ", "at_most": "≤ ", "fewer_than": "< ", "about": "≈ "}
_SHAPES: dict[str, Shape] = {
    "at_least": "up",
    "more_than": "above",
    "at_most": "down",
    "fewer_than": "below",
    "about": "about",
}


@dataclass(frozen=True)
class Mark:
    """`x` is in per cent; `y` and `low_y`, the lower end of a range, in pixels, `shift` to the right of `x` too."""

    given: Given
    shape: Shape
    colour: int
    x: float
    shift: int
    y: float
    low_y: float
    label: str
    speaker: str
    label_y: float
    anchor: Anchor

    @property
    def length(self) -> float:
        return round(self.low_y - self.y, 1)


class Tick(NamedTuple):
    place: float
    label: str
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Panel:
    """The figures of one measure; `height` in pixels, `ticks` from the top."""

    name: str
    marks: list[Mark]
    ticks: list[Tick]
    height: int


@dataclass(frozen=True)
class RangeChart:
    """`voices` are the speakers that have a colour, each with its number; `has_others` says whether some share one."""

    panels: list[Panel]
    days: list[Tick]
    voices: list[tuple[int, str]]
    has_others: bool
    has_undated: bool

    undated_x = _UNDATED


def range_chart(measures: Sequence[tuple[str, Sequence[Given]]]) -> RangeChart | None:
    """Return the picture of measures, each with its name and figures; None where there are no figures."""
    everything = [one for _name, given in measures for one in given]
    if not everything:
        return None
    voices = _voices(everything)
    days = _Axis(day for one in everything if (day := _middle(one.days)))
    panels = [
        _panel(name, given, days, voices, _LOW if nth else _TALL) for nth, (name, given) in enumerate(measures) if given
    ]
    return RangeChart(
        panels,
        days.ticks(),
        [(colour, speaker) for colour, speaker in voices.values() if colour < MOST_COLOURS],
        any(colour == MOST_COLOURS for colour, _speaker in voices.values()),
        any(one.days is None for one in everything),
    )


def _voices(given: Iterable[Given]) -> dict[str, tuple[int, str]]:
    """Return a colour and a name for each speaker, those with most figures first."""
    counted: dict[str, list[str]] = {}
    for one in given:
        counted.setdefault(one.voice, []).append(one.speaker)
    ordered = sorted(counted.items(), key=lambda row: -len(row[1]))
    return {voice: (min(nth, MOST_COLOURS), names[0]) for nth, (voice, names) in enumerate(ordered)}


def _middle(days: Days | None) -> date | None:
    """Return the day at which a figure is drawn: the middle of those that its date can mean."""
    if days is None:
        return None
    if days.first == date.min:
        return days.last
    return days.first if days.last == date.max else days.first + (days.last - days.first) / 2


class _Axis:
    """Where days stand across the picture."""

    def __init__(self, days: Iterable[date]) -> None:
        known = sorted(set(days))
        self._first, self._last = (known[0], known[-1]) if known else (date.min, date.min)
        self._is_empty = not known

    def place(self, day: date | None) -> float:
        if day is None:
            return _UNDATED
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
        return [ends[0], Tick(self.place(middle), _day(middle), "middle"), ends[1]] if span > 60 else ends


def _day(day: date) -> str:
    return formats.date_format(day, "j N Y")


def _panel(name: str, given: Sequence[Given], days: _Axis, voices: dict[str, tuple[int, str]], height: int) -> Panel:
    scale = _Scale([value for one in given for value in (one.amount.low, _top(one))], height)
    times = Counter(map(_alike, given))
    given = list({_alike(one): one for one in reversed(given)}.values())
    marks: list[Mark] = []
    placed: list[tuple[float, float, float]] = []
    for one in sorted(given, key=lambda one: (days.place(_middle(one.days)), -_top(one))):
        x, y = days.place(_middle(one.days)), scale.place(_top(one))
        there = [mark for mark in marks if abs(mark.x - x) * _WIDTH / 100 < _NEAR and abs(mark.y - y) < _NEAR]
        anchor: Anchor = "end" if x > 55 else "start"
        label = _label(one) if len(given) <= _MOST_LABELLED else ""
        speaker = _speaker(one, times[_alike(one)]) if label and len(given) <= _MOST_NAMED else ""
        shift = 14 * len(there) * (1 if anchor == "end" else -1)  # away from the labels
        marks.append(
            Mark(
                given=one,
                shape=_shape(one),
                colour=voices[one.voice][0],
                x=x,
                shift=shift,
                y=y,
                low_y=scale.place(one.amount.low),
                label=label,
                speaker=speaker,
                label_y=_free(placed, x, y, len(label) + len(speaker) + 3, anchor) if label else y,
                anchor=anchor,
            )
        )
    return Panel(name, marks, scale.ticks, height)


def _alike(one: Given) -> tuple[object, ...]:
    """Figures that are one mark: the same amount, of the same speaker and day."""
    return one.amount, one.voice, one.days, one.sum_in_words, bool(one.replaced_by)


def _speaker(one: Given, times: int) -> str:
    return f"{one.speaker} ×{times}" if times > 1 else one.speaker


def _free(placed: list[tuple[float, float, float]], x: float, y: float, letters: int, anchor: Anchor) -> float:
    """Return the height nearest below `y` at which a label has room on a phone, and take it."""
    begin = x * _WIDTH / 100 + (-12 if anchor == "end" else 12)
    begin, end = (begin - letters * _LETTER, begin) if anchor == "end" else (begin, begin + letters * _LETTER)
    while any(abs(y - other) < _LINE and begin < right and left < end for left, right, other in placed):
        y += 3
    placed.append((begin, end, y))
    return y


def _top(one: Given) -> Decimal:
    return one.amount.low if one.amount.high is None else one.amount.high


def _shape(one: Given) -> Shape:
    return "range" if one.amount.high is not None else _SHAPES.get(one.amount.qualifier, "dot")


def _label(one: Given) -> str:
    """Return an amount in signs: `≥ 15`, `16–20`, `≈ 300`; a total as its sum."""
    if one.sum_in_words:
        return f"{one.sum_in_words} = {_SIGNS.get(one.amount.qualifier, '')}{number(one.amount.low)}"
    high = f"–{number(one.amount.high)}" if one.amount.high is not None else ""
    return f"{_SIGNS.get(one.amount.qualifier, '')}{number(one.amount.low)}{high}"


class _Scale:
    """Where values stand, from the top: from nought unless that would press the differences together."""

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
    """Return the least of 1, 2, 5, 10, 20 … (or 0.5, 0.2 …) of which at most so many make the span."""
    size = Decimal(1).scaleb((span / most).adjusted())
    return next(size * times for times in (1, 2, 5, 10) if span <= size * times * most)
