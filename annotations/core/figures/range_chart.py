"""The figures of a measure as a picture: time across, value up, one mark a figure, shaped by
its qualifier.

    >>> from datetime import date
    >>> from annotations.core.figures.conflicts import DayRange, GivenFigure
    >>> from annotations.core.figures.parser import Amount
    >>> day = date(2011, 12, 19)
    >>> at_least_15 = Amount(Decimal(15), None, "at_least")
    >>> days = DayRange(day, day)
    >>> figure = GivenFigure("a", at_least_15, "a doctor", "a doctor", days, said_on=day)
    >>> chart = draw_range_chart([("", [figure])])
    >>> [(mark.shape, mark.label) for mark in chart.panels[0].marks]
    [('up', '≥ 15')]

A measure and its parts have a panel each, above each other, with one axis of time: when each
figure was published. Places across are in per cent of the width, so that words and lines keep
their size on a phone; all else is in pixels. Figures of articles without a date stand at the
right.

Who says so is written beside a mark and coloured; where names have no room, a letter stands for
each. Marks that cannot both be true have a ring, and a line between them.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.core.figures.axes import Anchor, DayAxis, Scale, Tick
from annotations.core.figures.conflicts import Conflict, GivenFigure, highest
from annotations.core.figures.parser import number

Shape = Literal["dot", "about", "up", "above", "down", "below", "range"]

# Speakers with a colour of their own, those with most figures; the others share one
# more.
MOST_COLOURS = 4
# Pixels of height of the first panel, and of each of the others.
_TALL, _LOW = 240, 96
# Marks nearer than this, in pixels, are set beside each other.
_NEAR = 9
# Pixels by which marks that are set beside each other are apart.
_BESIDE = 14
# Pixels of height of a label.
_LINE = 15
# Pixels between a mark and its label.
_LABEL_GAP = 12
# Pixels by which a label is moved until it has room.
_LABEL_STEP = 3
# Per cent: to the right of it labels stand to the left of their marks.
_MIDDLE = 55
# Pixels across on a phone, where labels have least room.
_WIDTH = 360
# Pixels of width of a letter.
_LETTER = 6.4
# Marks of a panel that have a name, and an amount, beside them; lines between those
# that cannot both be true.
_MOST_NAMED, _MOST_LABELLED, _MOST_CLASHES = 14, 40, 8
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
        x = round((self.x + self.other_x) / 2, 2)
        shift = (self.shift + self.other_shift) / 2
        y = round((self.y + self.other_y) / 2, 1)
        return x, shift, y


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
        return any(mark.is_disputed for mark in self._marks)

    @property
    def has_replaced(self) -> bool:
        return any(mark.given.replaced_by for mark in self._marks)

    @property
    def has_sums(self) -> bool:
        return any(mark.given.sum_label for mark in self._marks)

    @property
    def _marks(self) -> list[ChartMark]:
        marks = []
        for panel in self.panels:
            marks += panel.marks
        return marks

    @property
    def descriptions(self) -> list[str]:
        """The same for who cannot see it: what each panel shows, mark by mark."""
        return [_panel_sentence(panel) for panel in self.panels]


_MarkKey = tuple[object, ...]


def draw_range_chart(
    measures: Sequence[tuple[str, Sequence[GivenFigure]]],
    conflicts: Sequence[Conflict] = (),
) -> RangeChart | None:
    """Return the picture of measures, each with its name and figures; None where there are no
    figures."""
    figures: list[GivenFigure] = []
    for _name, given in measures:
        figures += given
    if not figures:
        return None
    speakers = _speakers(figures)
    days = DayAxis(figure.said_on for figure in figures if figure.said_on)
    panels = []
    for nth, (name, given) in enumerate(measures):
        if given:
            height = _LOW if nth else _TALL
            panels.append(_panel(name, given, days, speakers, conflicts, height))
    with_letters = [speaker for speaker in speakers.values() if speaker.letter]
    has_others = len(with_letters) < len(speakers)
    has_undated = any(figure.said_on is None for figure in figures)
    return RangeChart(panels, days.ticks(), with_letters, has_others, has_undated)


def _speakers(given: Iterable[GivenFigure]) -> dict[str, Speaker]:
    """Return a colour, a letter and a name for each voice, those with most figures first."""
    names_by_voice: dict[str, list[str]] = {}
    for figure in given:
        names_by_voice.setdefault(figure.voice, []).append(figure.speaker)
    most_first = sorted(
        names_by_voice.items(), key=lambda item: len(item[1]), reverse=True
    )
    speakers = {}
    for nth, (voice, names) in enumerate(most_first):
        letter = ascii_uppercase[nth : nth + 1]
        speakers[voice] = Speaker(min(nth, MOST_COLOURS), letter, names[0])
    return speakers


def _panel_sentence(panel: ChartPanel) -> str:
    figures = [mark.given for mark in panel.marks]
    descriptions = []
    for figure in figures[:_MOST_LABELLED]:
        day = figure.day_display or _("undated")
        descriptions.append(f"{figure.label} ({figure.speaker}, {day})")
    sentence = f"{panel.name}: {'; '.join(descriptions)}"
    more = len(figures) - len(descriptions)
    if more:
        pattern = ngettext("; and %(count)d more", "; and %(count)d more", more)
        sentence += pattern % {"count": more}
    return f"{sentence}."


def _panel(
    name: str,
    given: Sequence[GivenFigure],
    days: DayAxis,
    speakers: Mapping[str, Speaker],
    conflicts: Sequence[Conflict],
    height: int,
) -> ChartPanel:
    # Several figures may share a mark; lines and rings are those of the mark.
    keys = {figure.key: _mark_key(figure) for figure in given}
    drawer = _PanelDrawer(given, days, speakers, height)
    drawer.draw(_disputed(conflicts, keys))
    lines = _conflict_lines(conflicts, keys, drawer.marks)
    return ChartPanel(name, [*drawer.marks.values()], lines, drawer.scale.ticks, height)


def _disputed(
    conflicts: Iterable[Conflict], keys: Mapping[str, _MarkKey]
) -> set[_MarkKey]:
    """Return the keys of marks that cannot be true beside another figure."""
    disputed = set()
    for conflict in conflicts:
        for figure in (conflict.less, conflict.more):
            if figure.key in keys:
                disputed.add(keys[figure.key])
    return disputed


def _conflict_lines(
    conflicts: Sequence[Conflict],
    keys: Mapping[str, _MarkKey],
    marks: Mapping[_MarkKey, ChartMark],
) -> list[ConflictLine]:
    """Return the lines between marks of one panel that cannot both be true; none where they are
    too many to tell apart."""
    pairs = set()
    lines = []
    for conflict in conflicts:
        less_key, more_key = keys.get(conflict.less.key), keys.get(conflict.more.key)
        if less_key is None or more_key is None or (less_key, more_key) in pairs:
            continue
        pairs.add((less_key, more_key))
        less, more = marks[less_key], marks[more_key]
        line = ConflictLine(less.x, less.shift, less.y, more.x, more.shift, more.low_y)
        lines.append(line)
    return lines if len(lines) <= _MOST_CLASHES else []


def _mark_key(figure: GivenFigure) -> _MarkKey:
    """Return what figures of one mark have in common: the same amount, of the same speaker, for
    the same day and said on the same."""
    return (
        figure.amount,
        figure.voice,
        figure.days,
        figure.said_on,
        figure.sum_label,
        bool(figure.replaced_by),
    )


class _PanelDrawer:
    """Draws the marks of one panel from left to right, and finds room for their labels."""

    def __init__(
        self,
        given: Sequence[GivenFigure],
        days: DayAxis,
        speakers: Mapping[str, Speaker],
        height: int,
    ) -> None:
        values = [highest(figure.amount) for figure in given]
        values += [figure.amount.low for figure in given]
        self.scale = Scale(values, height)
        self.marks: dict[_MarkKey, ChartMark] = {}
        self._given, self._days, self._speakers = given, days, speakers
        self._repetitions = Counter(map(_mark_key, given))
        self._room = _LabelRoom(height)

    # The order matters: each mark and each label takes room that later ones go without.
    def draw(self, disputed: Container[_MarkKey]) -> None:
        # Of figures with one mark the first stands for all of them.
        firsts = {_mark_key(figure): figure for figure in reversed(self._given)}
        ordered = sorted(firsts.items(), key=lambda item: self._drawing_order(item[1]))
        for key, figure in ordered:
            self.marks[key] = self._mark(key, figure, is_disputed=key in disputed)

    def _drawing_order(self, figure: GivenFigure) -> tuple[float, Decimal]:
        """From left to right, and from the top down."""
        return self._days.position(figure.said_on), -highest(figure.amount)

    def _mark(
        self, key: _MarkKey, figure: GivenFigure, *, is_disputed: bool
    ) -> ChartMark:
        x = self._days.position(figure.said_on)
        y = self.scale.position(highest(figure.amount))
        speaker = self._speakers[figure.voice]
        amount_label, speaker_label = self._labels(key, figure, speaker)
        sides: tuple[Anchor, Anchor] = ("start", "end")
        away_from_labels = -1
        if x > _MIDDLE:
            sides, away_from_labels = ("end", "start"), 1
        letters = len(amount_label) + len(speaker_label) + 3
        anchor, label_y = self._room.take(x, y, letters, sides)
        if label_y is None:
            amount_label = speaker_label = ""
            label_y = y
        return ChartMark(
            given=figure,
            shape=_shape(figure),
            colour=speaker.colour,
            x=x,
            shift=_BESIDE * self._count_near(x, y) * away_from_labels,
            y=y,
            low_y=self.scale.position(figure.amount.low),
            label=amount_label,
            speaker=speaker_label,
            label_y=label_y,
            anchor=anchor,
            is_disputed=is_disputed,
        )

    def _labels(
        self, key: _MarkKey, figure: GivenFigure, speaker: Speaker
    ) -> tuple[str, str]:
        """Return an amount and a speaker, as far as so many marks have room for them."""
        marks = len(self._repetitions)
        amount_label = _amount_in_signs(figure) if marks <= _MOST_LABELLED else ""
        speaker_label = speaker.name if marks <= _MOST_NAMED else speaker.letter
        times = self._repetitions[key]
        if times > 1:
            speaker_label += f" ×{times}"
        return amount_label, speaker_label

    def _count_near(self, x: float, y: float) -> int:
        """Count the marks so far that would lie on one at this place."""
        count = 0
        for mark in self.marks.values():
            if abs(mark.x - x) * _WIDTH / 100 < _NEAR and abs(mark.y - y) < _NEAR:
                count += 1
        return count


class _LabelRoom:
    """Where the labels of a panel of this height stand on a phone."""

    def __init__(self, height: int) -> None:
        self._height = height
        self._taken: list[tuple[float, float, float]] = []  # left, right, y

    def take(
        self, x: float, y: float, letters: int, sides: tuple[Anchor, Anchor]
    ) -> tuple[Anchor, float | None]:
        """Take the room nearest to a mark, on the first side that has any; return the side and
        the height, None where neither side has room."""
        for side in sides:
            left, right = _label_span(x, letters, side)
            label_y = self._nearest_free(y, left, right)
            if label_y is not None:
                self._taken.append((left, right, label_y))
                return side, label_y
        return sides[0], None

    def _nearest_free(self, y: float, left: float, right: float) -> float | None:
        others = []
        for other_left, other_right, other_y in self._taken:
            if left < other_right and other_left < right:
                others.append(other_y)
        for distance in range(0, self._height, _LABEL_STEP):
            for label_y in (y + distance, y - distance):
                if not _LINE / 2 < label_y <= self._height:
                    continue
                if all(abs(label_y - other_y) >= _LINE for other_y in others):
                    return label_y
        return None


def _label_span(x: float, letters: int, side: Anchor) -> tuple[float, float]:
    """Return from where to where a label goes, in pixels across; `x` is in per cent."""
    mark, width = x * _WIDTH / 100, letters * _LETTER
    if side == "end":
        right = mark - _LABEL_GAP
        return right - width, right
    left = mark + _LABEL_GAP
    return left, left + width


def _shape(figure: GivenFigure) -> Shape:
    if figure.amount.high is not None:
        return "range"
    return _SHAPES.get(figure.amount.qualifier, "dot")


def _amount_in_signs(figure: GivenFigure) -> str:
    """Return an amount in signs: `≥ 15`, `16–20`, `≈ 300`; a total as its sum."""
    amount = figure.amount
    label = _SIGNS.get(amount.qualifier, "") + number(amount.low)
    if figure.sum_label:
        return f"{figure.sum_label} = {label}"
    if amount.high is not None:
        return f"{label}–{number(amount.high)}"
    return label
