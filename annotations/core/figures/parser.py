"""Figures: what a number in a source says, written in words, and read from the words of a
passage.

    >>> str(Amount(Decimal(15), None, "at_least"))
    'at least 15'
    >>> reading = read("at least 15 people", after=" were killed.")
    >>> str(reading.amount), reading.counted, reading.confidence
    ('at least 15', 'people killed', <Confidence.SURE: 'sure'>)
    >>> str(read("от двух до трёх тысяч человек").amount)
    'between 2,000 and 3,000'
    >>> read("the fourth floor") is None
    True

`read` takes the first number that counts something, in English or Russian, for an editor to see
and correct. Nothing is guessed: a number that could be two different ones gives no figure, and
of `dozens` only what is sure is taken, more than 12. Where the words leave room for another
reading, the reading says so: it has a doubt, and its confidence is CHECK. Not covered: Kazakh,
of which a passage with its own letters is not read at all.

What counts nothing is in `counted_nouns`, what makes a number `at least` in `qualifiers`, and
numbers themselves in `numerals`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import islice, takewhile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.figures.counted_nouns import (
    ONE,
    NumberSpan,
    counted_words,
    may_be_year,
    number_spans,
    verb_behind,
)
from annotations.core.figures.numerals import NumeralToken, lower_at, tokenize
from annotations.core.figures.qualifiers import (
    ON_TOP,
    QualifierMatch,
    is_read_freely,
    qualifier_added,
    qualifier_before,
    qualifier_behind,
)
from annotations.core.names.inflection import is_cyrillic

_ONE = {
    "about": gettext_lazy("about %(low)s"),
    "at_least": gettext_lazy("at least %(low)s"),
    "at_most": gettext_lazy("at most %(low)s"),
    "more_than": gettext_lazy("more than %(low)s"),
    "fewer_than": gettext_lazy("fewer than %(low)s"),
}
_RANGE = {
    "about": gettext_lazy("about %(low)s to %(high)s"),
    "between": gettext_lazy("between %(low)s and %(high)s"),
}
_ANY_RANGE = gettext_lazy("%(low)s to %(high)s")

_KAZAKH = re.compile(r"[әғқңөұүһі]|\bастам\b", re.IGNORECASE)
_BELOW = frozenset({"exactly", "at_least", "more_than", "about"})
"""What may stand before `dozens` without saying that there may be fewer."""
_BEFORE_ITS_NUMBER = frozenset(
    "человек раз рублей долларов тенге тонн дней лет минут часов".split()
)
"""Nouns that make a number behind them a rough one: `человек пятнадцать`."""
_OPEN = frozenset(
    "may might could would reportedly allegedly possibly perhaps maybe probably likely not never no"
    " может могут могли мог возможно вероятно предположительно якобы не бы".split()
)
"""Words by which a clause does not say that it is so."""
_CLAUSE_ENDS = frozenset([*".;:!?,\n", "but", "а", "но"])


@dataclass(frozen=True)
class Amount:
    """A value or, with `high`, a range; `qualifier` is one of `annotations.models.Qualifier`'s
    values."""

    low: Decimal
    high: Decimal | None
    qualifier: str

    def __str__(self) -> str:
        """For reading: `at least 15`, `between 20 and 30`, `about 1,400`."""
        low = number(self.low)
        if self.high is not None:
            return str(
                _RANGE.get(self.qualifier, _ANY_RANGE) % {"low": low, "high": number(self.high)}
            )
        return str(_ONE[self.qualifier] % {"low": low}) if self.qualifier in _ONE else low


def number(value: Decimal) -> str:
    """Return `value` with thousands parted by commas and without zeros at its end."""
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def plain(value: Decimal) -> str:
    """Return `value` as a field takes it: all its digits, but no zeros at its end."""
    return format(value.normalize(), "f")


class Confidence(StrEnum):
    """SURE: the words have one reading only. CHECK: they have another, and a doubt says which
    words."""

    SURE = "sure"
    CHECK = "check"


class DoubtReason(StrEnum):
    """Why a reading is to be checked."""

    BOUND = "bound"
    READ_AS = "read as"
    SHARE = "share"
    YEAR = "year"
    ONE = "one"
    ON_TOP = "on top"
    OPEN = "open"
    ANOTHER = "another"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Doubt:
    """Another reading that the words leave room for; `words` are those of the passage that
    do."""

    why: DoubtReason
    words: str = ""

    def __str__(self) -> str:
        return _IN_WORDS[self.why]() % {"words": self.words}


_IN_WORDS: dict[DoubtReason, Callable[[], str]] = {
    DoubtReason.BOUND: lambda: _(
        "“%(words)s” gives no number: only that there are more is sure."
    ),
    DoubtReason.READ_AS: lambda: _(
        "“%(words)s” was read freely: does the qualifier say the same?"
    ),
    DoubtReason.SHARE: lambda: _("“%(words)s” is a share, and not a number of its own."),
    DoubtReason.YEAR: lambda: _("“%(words)s” could be a year."),
    DoubtReason.ONE: lambda: _("“%(words)s” may count nothing here."),
    DoubtReason.ON_TOP: lambda: _(
        "“%(words)s”: these may come on top of others that were named before."
    ),
    DoubtReason.OPEN: lambda: _("“%(words)s”: it may not be said to be so."),
    DoubtReason.ANOTHER: lambda: _("The passage gives another number too: “%(words)s”."),
    DoubtReason.UNSAID: lambda: _("The words do not say what is counted."),
}


@dataclass(frozen=True)
class FigureReading:
    """What words were read as; `counted` is the noun behind the number with what is said of it,
    empty where unsure."""

    amount: Amount
    counted: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def confidence(self) -> Confidence:
        return Confidence.CHECK if self.doubts else Confidence.SURE


def read(words: str, after: str = "") -> FigureReading | None:
    """Return the figure that the passage `words` gives; None where it gives none, or none that
    is sure.

    What is counted may go on in the text `after` the passage: `15 people` of `15 people were
    killed`. A number that goes on there is not read: `15` of `15 thousand`.
    """
    if _KAZAKH.search(words):
        return None
    alone, tokens = tokenize(words), tokenize(words + after)
    inside = len(alone)
    if not alone or tokens[: inside - 1] != alone[:-1]:
        return None
    if alone[-1].kind == "digits" and tokens[inside - 1] != alone[-1]:
        return None
    passage = _Passage(words + after, tokens, inside, is_cyrillic(words))
    spans = list(number_spans(tokens, inside, is_russian=passage.is_russian))
    first = None
    for span in spans:
        reading = passage.read(span, spans)
        if reading is None or reading.counted:
            return reading
        first = first or reading
    return first


@dataclass(frozen=True)
class CountedFigure:
    """A figure in a text: `reading` is what it says, and the number stands in `text[start:end]`
    (code points)."""

    reading: FigureReading
    start: int
    end: int


def figures_in(text: str) -> Iterator[CountedFigure]:
    """Yield every figure that a sentence or a paragraph gives of something that it names.

    >>> [(str(each.reading.amount), each.reading.counted) for each in figures_in("14 people died, and 3 cars burned.")]
    [('14', 'people died'), ('3', 'cars burned')]
    """
    if _KAZAKH.search(text):
        return
    tokens = tokenize(text)
    passage = _Passage(text, tokens, len(tokens), is_cyrillic(text))
    for span in number_spans(tokens, len(tokens), is_russian=passage.is_russian):
        reading = passage.read(span, [span])
        if reading and not reading.counted:
            reading = replace(
                reading, counted=" ".join(verb_behind(tokens, span.end) or [])
            )  # 14 were killed
        if reading and reading.counted:
            first = tokens[span.number.start]
            yield CountedFigure(reading, first.end - len(first.text), tokens[span.end - 1].end)


@dataclass(frozen=True)
class _Passage:
    """The tokens of a passage, `tokens[:inside]`, and of what follows it."""

    text: str
    tokens: Sequence[NumeralToken]
    inside: int
    is_russian: bool

    def read(self, span: NumberSpan, spans: Sequence[NumberSpan]) -> FigureReading | None:
        amount, qualified = self._amount(span)
        if amount is None:
            return None
        end = qualified.end if qualified.start == span.end else span.end  # 15 or more people
        what = counted_words(self.tokens, self.inside, span, end, is_russian=self.is_russian)
        before = lower_at(self.tokens, span.number.start - 1)
        if (
            not what
            and before in _BEFORE_ITS_NUMBER
            and amount.qualifier == "exactly"
            and amount.high is None
        ):
            start = span.number.start
            amount, what = Amount(amount.low, None, "about"), before
            qualified = QualifierMatch("about", start - 1, start)
        doubts = list(self._doubts(span, qualified, what))
        doubts += [
            Doubt(DoubtReason.ANOTHER, self._words(one.number.start, one.end))
            for one in spans
            if one is not span
        ][:1]
        doubts += [] if what else [Doubt(DoubtReason.UNSAID)]
        return FigureReading(amount, what, tuple(doubts))

    def _amount(self, span: NumberSpan) -> tuple[Amount | None, QualifierMatch]:
        """The amount of a number and of the words around it, and where those words stand."""
        number, high = span
        qualified = qualifier_before(self.tokens, number.start)
        low, upper = number.value, high.value if high else None
        if low is None or (high and upper is None):
            return None, qualified
        if number.is_bound:
            return (
                Amount(low, None, "more_than") if qualified.meaning in _BELOW else None
            ), qualified
        if high and upper is not None:
            if number.scale == 1 and low * high.scale < upper and low < 1000:
                low *= high.scale  # 1.2 to 1.5 million
            qualifier = "about" if qualified.meaning == "about" else "between"
            return (Amount(low, upper, qualifier) if low < upper else None), qualified
        if behind := qualifier_behind(self.tokens, number.end):
            qualified = behind
        elif qualified.meaning == "exactly":
            qualified = qualifier_added(self.tokens, number.end, is_russian=self.is_russian)
            qualified = (
                qualified._replace(end=number.end)
                if qualified.meaning == "exactly"
                else qualified
            )
        return Amount(low, None, qualified.meaning), qualified

    def _doubts(
        self, span: NumberSpan, qualified: QualifierMatch, what: str
    ) -> Iterator[Doubt]:
        """Other readings that the number itself leaves room for, and the words around it."""
        start, end = span.number.start, span.end
        told, said = self._words(start, end), self._words(qualified.start, qualified.end)
        if span.number.is_bound:
            yield Doubt(DoubtReason.BOUND, told)
        if is_read_freely(said) or said.lower() in _BEFORE_ITS_NUMBER:
            yield Doubt(DoubtReason.READ_AS, said)
        if (
            span.number.value is not None
            and span.number.value < 1
            and self.tokens[start].kind == "word"
        ):
            yield Doubt(DoubtReason.SHARE, told)
        if end == start + 1 and may_be_year(self.tokens[start]):
            yield Doubt(DoubtReason.YEAR, told)
        if end == start + 1 and lower_at(self.tokens, start) in ONE and " " not in what:
            yield Doubt(DoubtReason.ONE, told)
        for token in self._on_top(span, qualified):
            yield Doubt(DoubtReason.ON_TOP, token.text)
        for token in self._open(span, qualified):
            yield Doubt(DoubtReason.OPEN, token.text)

    def _on_top(self, span: NumberSpan, qualified: QualifierMatch) -> list[NumeralToken]:
        """Words beside a number by which it may come on top of another."""
        start, end = span.number.start, max(span.end, qualified.end)
        return [
            token
            for token in (*self.tokens[max(0, start - 2) : start], *self.tokens[end : end + 1])
            if token.lower in ON_TOP
            and token not in self.tokens[qualified.start : qualified.end]
        ]

    def _open(self, span: NumberSpan, qualified: QualifierMatch) -> list[NumeralToken]:
        """The first word in the clause of a number, beside those that qualify it, by which it
        is not said to be so."""
        start, end = min(span.number.start, qualified.start), max(span.end, qualified.end)
        before = takewhile(_goes_on, reversed(self.tokens[:start]))
        behind = takewhile(_goes_on, self.tokens[end:])
        found = (
            token
            for token in (*before, *behind)
            if token.lower in _OPEN and token.text != "May"
        )
        return list(islice(found, 1))

    def _words(self, start: int, end: int) -> str:
        """The words of `tokens[start:end]` as they stand in the text."""
        if start >= end:
            return ""
        first = self.tokens[start]
        return self.text[first.end - len(first.text) : self.tokens[end - 1].end]


def _goes_on(token: NumeralToken) -> bool:
    return token.lower not in _CLAUSE_ENDS
