"""The figures of a measure as a picture: time across, value up, one mark a figure, shaped by
its qualifier.

    >>> from datetime import date
    >>> from annotations.core.figures.conflicts import Days, Given
    >>> from annotations.core.figures.parser import Amount
    >>> day = date(2011, 12, 19)
    >>> least = Given("a", Amount(Decimal(15), None, "at_least"), "a doctor", "a doctor", Days(day, day), day)
    >>> picture = range_chart([("", [least])])
    >>> [(mark.shape, mark.label) for mark in picture.panels[0].marks]
    [('up', '≥ 15')]

A measure and its parts have a panel each, above each other, with one axis of time: when each
figure was published. Places across are in per cent of the width, so that words and lines keep
their size on a phone; all else is in pixels. Figures of articles without a date stand at the
right.

Who says so is written beside a mark and coloured; where names have no room, a letter stands for
each. Marks that cannot both be true have a ring, and a line between them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.core.figures.axes import Anchor, DayAxis, Scale, Tick
from annotations.core.figures.conflicts import Conflict, GivenFigure
from annotations.core.figures.parser import number

Shape = Literal["dot", "about", "up", "above", "down", "below", "range"]

MOST_COLOURS = 4
"""Speakers with a colour of their own, those with most figures; the others share one more."""
_TALL, _LOW = 240, 96
_NEAR = 9
"""Marks nearer than this, in pixels, are set beside each other."""
_LINE = 15
_WIDTH = 360
"""Pixels across on a phone, where labels have least room."""
_LETTER = 6.4
_MOST_NAMED, _MOST_LABELLED, _MOST_CLASHES = 14, 40, 8
"""Marks of a panel that have a name, and an amount, beside them; lines between those that
cannot both be true."""
_SIGNS = {
    "at_least": "≥ ",
    "more_than": "> ",
    "at_most": "≤ ",
    "fewer_than": "< ",
    "about": "≈ ",
}
_SHAPES: dict[str, Shape] = {
    "at_least": "up",
    "more_than": "above",
    "at_most": "down",
    "fewer_than": "below",
    "about": "about",
}


class Speaker(NamedTuple):
    """A speaker, with the number of a colour and a letter; the letter is empty from the 27th
    on."""

    colour: int
    letter: str
    name: str


@dataclass(frozen=True)
class ChartMark:
    """`x` is in per cent; `y` and `low_y`, the lower end of a range, in pixels, `shift` to the
    right of `x` too."""

    given: GivenFigure
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
    is_disputed: bool

    @property
    def length(self) -> float:
        return round(self.low_y - self.y, 1)


class ConflictLine(NamedTuple):
    """A line between two marks that cannot both be true; places as of `ChartMark`."""

    x: float
    shift: int
    y: float
    other_x: float
    other_shift: int
    other_y: float

    @property
    def is_upright(self) -> bool:
        return self.x == self.other_x

    @property
    def middle(self) -> tuple[float, float, float]:
        """Across, the shift, and down."""
        return (
            round((self.x + self.other_x) / 2, 2),
            (self.shift + self.other_shift) / 2,
            round((self.y + self.other_y) / 2, 1),
        )


@dataclass(frozen=True)
class ChartPanel:
    """The figures of one measure; `height` in pixels, `ticks` from the top."""

    name: str
    marks: list[ChartMark]
    clashes: list[ConflictLine]
    ticks: list[Tick]
    height: int


@dataclass(frozen=True)
class RangeChart:
    """`voices` are the speakers to be told apart, those with most figures first; `has_others`
    if they are not all."""

    panels: list[ChartPanel]
    days: list[Tick]
    voices: list[Speaker]
    has_others: bool
    has_undated: bool

    @property
    def has_letters(self) -> bool:
        """Whether letters stand for speakers."""
        return any(len(panel.marks) > _MOST_NAMED for panel in self.panels)

    @property
    def has_disputed(self) -> bool:
        return any(mark.is_disputed for panel in self.panels for mark in panel.marks)

    @property
    def has_replaced(self) -> bool:
        return any(mark.given.replaced_by for panel in self.panels for mark in panel.marks)

    @property
    def has_sums(self) -> bool:
        return any(mark.given.sum_in_words for panel in self.panels for mark in panel.marks)

    @property
    def in_words(self) -> list[str]:
        """The same for who cannot see it: what each panel shows, mark by mark."""
        return [_panel_in_words(panel) for panel in self.panels]


def range_chart(
    measures: Sequence[tuple[str, Sequence[GivenFigure]]], conflicts: Sequence[Conflict] = ()
) -> RangeChart | None:
    """Return the picture of measures, each with its name and figures; None where there are no
    figures."""
    everything = [one for _name, given in measures for one in given]
    if not everything:
        return None
    voices = _voices(everything)
    days = DayAxis(one.said_on for one in everything if one.said_on)
    panels = [
        _panel(name, given, days, voices, conflicts, _LOW if nth else _TALL)
        for nth, (name, given) in enumerate(measures)
        if given
    ]
    told_apart = [voice for voice in voices.values() if voice.letter]
    return RangeChart(
        panels,
        days.ticks(),
        told_apart,
        len(told_apart) < len(voices),
        any(one.said_on is None for one in everything),
    )


def _voices(given: Iterable[GivenFigure]) -> dict[str, Speaker]:
    """Return a colour, a letter and a name for each speaker, those with most figures first."""
    counted: dict[str, list[str]] = {}
    for one in given:
        counted.setdefault(one.voice, []).append(one.speaker)
    ordered = sorted(counted.items(), key=lambda row: -len(row[1]))
    return {
        voice: Speaker(min(nth, MOST_COLOURS), ascii_uppercase[nth : nth + 1], names[0])
        for nth, (voice, names) in enumerate(ordered)
    }


def _panel_in_words(panel: ChartPanel) -> str:
    given = [mark.given for mark in panel.marks]
    told = [
        f"{one.told} ({one.speaker}, {one.day_in_words or _('undated')})"
        for one in given[:_MOST_LABELLED]
    ]
    words, more = f"{panel.name}: {'; '.join(told)}", len(given) - len(told)
    if more:
        words += ngettext("; and %(count)d more", "; and %(count)d more", more) % {
            "count": more
        }
    return f"{words}."


def _panel(
    name: str,
    given: Sequence[GivenFigure],
    days: DayAxis,
    voices: Mapping[str, Speaker],
    conflicts: Sequence[Conflict],
    height: int,
) -> ChartPanel:
    scale = Scale([value for one in given for value in (one.amount.low, _top(one))], height)
    times = Counter(map(_alike, given))
    keys = {one.key: _alike(one) for one in given}
    disputed = {
        keys[one.key] for each in conflicts for one in (each.less, each.more) if one.key in keys
    }
    drawn = list({_alike(one): one for one in reversed(given)}.values())
    marks: dict[tuple[object, ...], ChartMark] = {}
    placed: list[tuple[float, float, float]] = []
    for one in sorted(drawn, key=lambda one: (days.place(one.said_on), -_top(one))):
        x, y = days.place(one.said_on), scale.place(_top(one))
        there = [
            mark
            for mark in marks.values()
            if abs(mark.x - x) * _WIDTH / 100 < _NEAR and abs(mark.y - y) < _NEAR
        ]
        sides: tuple[Anchor, Anchor] = ("end", "start") if x > 55 else ("start", "end")
        voice = voices[one.voice]
        label = _label(one) if len(drawn) <= _MOST_LABELLED else ""
        speaker = _times(
            voice.name if len(drawn) <= _MOST_NAMED else voice.letter, times[_alike(one)]
        )
        letters = len(label) + len(speaker) + 3
        room = ((side, _free(placed, x, y, letters, side, height)) for side in sides)
        anchor, label_y = next(
            (found for found in room if found[1] is not None), (sides[0], None)
        )
        marks[_alike(one)] = ChartMark(
            given=one,
            shape=_shape(one),
            colour=voice.colour,
            x=x,
            shift=14 * len(there) * (1 if sides[0] == "end" else -1),  # away from the labels
            y=y,
            low_y=scale.place(one.amount.low),
            label=label if label_y is not None else "",
            speaker=speaker if label_y is not None else "",
            label_y=y if label_y is None else label_y,
            anchor=anchor,
            is_disputed=_alike(one) in disputed,
        )
    return ChartPanel(
        name, [*marks.values()], _clashes(conflicts, keys, marks), scale.ticks, height
    )


def _clashes(
    conflicts: Sequence[Conflict],
    keys: Mapping[str, tuple[object, ...]],
    marks: Mapping[tuple[object, ...], ChartMark],
) -> list[ConflictLine]:
    """The lines between marks of one panel that cannot both be true; none where they are too
    many to tell apart."""
    pairs = {
        (keys[each.less.key], keys[each.more.key]): None
        for each in conflicts
        if each.less.key in keys and each.more.key in keys
    }
    if len(pairs) > _MOST_CLASHES:
        return []
    both = [(marks[less], marks[more]) for less, more in pairs]
    return [
        ConflictLine(less.x, less.shift, less.y, more.x, more.shift, more.low_y)
        for less, more in both
    ]


def _alike(one: GivenFigure) -> tuple[object, ...]:
    """Figures that are one mark: the same amount, of the same speaker, for the same day and
    said on the same."""
    return one.amount, one.voice, one.days, one.said_on, one.sum_in_words, bool(one.replaced_by)


def _times(speaker: str, times: int) -> str:
    return f"{speaker} ×{times}" if times > 1 else speaker


def _free(
    placed: list[tuple[float, float, float]],
    x: float,
    y: float,
    letters: int,
    anchor: Anchor,
    height: int,
) -> float | None:
    """Return the height nearest to `y` at which a label has room on a phone, and take it; None
    where none has."""
    begin = x * _WIDTH / 100 + (-12 if anchor == "end" else 12)
    begin, end = (
        (begin - letters * _LETTER, begin)
        if anchor == "end"
        else (begin, begin + letters * _LETTER)
    )
    taken = [other for left, right, other in placed if begin < right and left < end]
    nearest = (y + step * sign for step in range(0, height, 3) for sign in (1, -1))
    free = (
        at
        for at in nearest
        if _LINE / 2 < at <= height and all(abs(at - other) >= _LINE for other in taken)
    )
    if (found := next(free, None)) is not None:
        placed.append((begin, end, found))
    return found


def _top(one: GivenFigure) -> Decimal:
    return one.amount.low if one.amount.high is None else one.amount.high


def _shape(one: GivenFigure) -> Shape:
    return "range" if one.amount.high is not None else _SHAPES.get(one.amount.qualifier, "dot")


def _label(one: GivenFigure) -> str:
    """Return an amount in signs: `≥ 15`, `16–20`, `≈ 300`; a total as its sum."""
    if one.sum_in_words:
        return f"{one.sum_in_words} = {_SIGNS.get(one.amount.qualifier, '')}{number(one.amount.low)}"
    high = f"–{number(one.amount.high)}" if one.amount.high is not None else ""
    return f"{_SIGNS.get(one.amount.qualifier, '')}{number(one.amount.low)}{high}"
