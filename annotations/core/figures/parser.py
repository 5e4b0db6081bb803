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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from django.utils.translation import gettext_lazy as _

from annotations.core.figures.counted_nouns import (
    ONE,
    NumberSpan,
    counted_words,
    may_be_year,
    number_spans,
    verb_after,
)
from annotations.core.figures.numerals import Number, NumeralToken, lower_at, tokenize
from annotations.core.figures.qualifiers import (
    ON_TOP,
    QualifierMatch,
    is_read_freely,
    qualifier_added,
    qualifier_after,
    qualifier_before,
)
from annotations.core.names.inflection import is_cyrillic

_SINGLE_AMOUNTS = {
    "about": _("about %(low)s"),
    "at_least": _("at least %(low)s"),
    "at_most": _("at most %(low)s"),
    "more_than": _("more than %(low)s"),
    "fewer_than": _("fewer than %(low)s"),
}
_RANGES = {
    "about": _("about %(low)s to %(high)s"),
    "between": _("between %(low)s and %(high)s"),
}
_ANY_RANGE = _("%(low)s to %(high)s")

_KAZAKH = re.compile(r"[әғқңөұүһі]|\bастам\b", re.IGNORECASE)
# What may stand before `dozens` without saying that there may be fewer.
_MEANINGS_OF_BOUNDS = frozenset({"exactly", "at_least", "more_than", "about"})
# Nouns that make a number after them a rough one: `человек пятнадцать`.
_BEFORE_ITS_NUMBER = frozenset(
    "человек раз рублей долларов тенге тонн дней лет минут часов".split()
)
# Words by which a clause does not say that it is so.
_UNCERTAIN = frozenset(
    "may might could would reportedly allegedly possibly perhaps maybe probably likely not never no"
    " может могут могли мог возможно вероятно предположительно якобы не бы".split()
)
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
            pattern = _RANGES.get(self.qualifier, _ANY_RANGE)
            return str(pattern % {"low": low, "high": number(self.high)})
        if self.qualifier in _SINGLE_AMOUNTS:
            return str(_SINGLE_AMOUNTS[self.qualifier] % {"low": low})
        return low


def number(value: Decimal) -> str:
    """Return `value` with thousands parted by commas and without zeros at its end."""
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def plain(value: Decimal | None) -> str:
    """Return `value` as a field takes it: all its digits, but no zeros at its end; empty where
    there is none."""
    if value is None:
        return ""
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
        return str(_DOUBTS[self.why] % {"words": self.words})


_DOUBTS = {
    DoubtReason.BOUND: _(
        "“%(words)s” gives no number: only that there are more is sure."
    ),
    DoubtReason.READ_AS: _(
        "“%(words)s” was read freely: does the qualifier say the same?"
    ),
    DoubtReason.SHARE: _("“%(words)s” is a share, and not a number of its own."),
    DoubtReason.YEAR: _("“%(words)s” could be a year."),
    DoubtReason.ONE: _("“%(words)s” may count nothing here."),
    DoubtReason.ON_TOP: _(
        "“%(words)s”: these may come on top of others that were named before."
    ),
    DoubtReason.OPEN: _("“%(words)s”: it may not be said to be so."),
    DoubtReason.ANOTHER: _("The passage gives another number too: “%(words)s”."),
    DoubtReason.UNSAID: _("The words do not say what is counted."),
}


@dataclass(frozen=True)
class FigureReading:
    """What words were read as; `counted` is the noun after the number with what is said of it,
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
    own_tokens, tokens = tokenize(words), tokenize(words + after)
    if not _is_cut_between_words(own_tokens, tokens):
        return None
    inside = len(own_tokens)
    passage = _Passage(words + after, tokens, inside, is_cyrillic(words))
    spans = list(number_spans(tokens, inside, is_russian=passage.is_russian))
    first_reading = None
    for span in spans:
        reading = passage.read(span, spans)
        if reading is None or reading.counted:
            return reading
        first_reading = first_reading or reading
    return first_reading


def _is_cut_between_words(
    own_tokens: Sequence[NumeralToken], tokens: Sequence[NumeralToken]
) -> bool:
    """Say whether a passage has the same tokens, but perhaps the end of its last word, with the
    text after it as without."""
    if not own_tokens:
        return False
    last = len(own_tokens) - 1
    if tokens[:last] != own_tokens[:last]:
        return False
    return own_tokens[last].kind != "digits" or tokens[last] == own_tokens[last]


@dataclass(frozen=True)
class CountedFigure:
    """A figure in a text: `reading` is what it says, and the number stands in `text[start:end]`
    (code points)."""

    reading: FigureReading
    start: int
    end: int


def figures_in(text: str) -> Iterator[CountedFigure]:
    """Yield every figure that a sentence or a paragraph gives of something that it names.

    >>> figures = figures_in("14 people died, and 3 cars burned.")
    >>> [(str(figure.reading.amount), figure.reading.counted) for figure in figures]
    [('14', 'people died'), ('3', 'cars burned')]
    """
    if _KAZAKH.search(text):
        return
    tokens = tokenize(text)
    passage = _Passage(text, tokens, len(tokens), is_cyrillic(text))
    for span in number_spans(tokens, len(tokens), is_russian=passage.is_russian):
        reading = passage.read(span, [span])
        if reading is None:
            continue
        if not reading.counted:  # 14 were killed
            verb = verb_after(tokens, span.end) or []
            reading = replace(reading, counted=" ".join(verb))
        if reading.counted:
            first = tokens[span.number.start]
            yield CountedFigure(reading, _start_of(first), tokens[span.end - 1].end)


@dataclass(frozen=True)
class _Passage:
    """The tokens of a passage, `tokens[:inside]`, and of what follows it."""

    text: str
    tokens: Sequence[NumeralToken]
    inside: int
    is_russian: bool

    def read(
        self, span: NumberSpan, spans: Sequence[NumberSpan]
    ) -> FigureReading | None:
        """Return the reading of one of `spans`, the numbers of the passage."""
        amount, qualifier = self._amount(span)
        if amount is None:
            return None
        end = span.end
        if qualifier.start == end:  # 15 or more people
            end = qualifier.end
        counted = counted_words(
            self.tokens, self.inside, span, end, is_russian=self.is_russian
        )
        start = span.number.start
        noun_before = lower_at(self.tokens, start - 1)
        is_exact = amount.qualifier == "exactly" and amount.high is None
        if not counted and is_exact and noun_before in _BEFORE_ITS_NUMBER:
            amount, counted = Amount(amount.low, None, "about"), noun_before
            qualifier = QualifierMatch("about", start - 1, start)
        doubts = list(self._doubts(span, qualifier, counted))
        others = [other for other in spans if other is not span]
        if others:
            words = self._words(others[0].number.start, others[0].end)
            doubts.append(Doubt(DoubtReason.ANOTHER, words))
        if not counted:
            doubts.append(Doubt(DoubtReason.UNSAID))
        return FigureReading(amount, counted, tuple(doubts))

    def _amount(self, span: NumberSpan) -> tuple[Amount | None, QualifierMatch]:
        """Return the amount of a number and of the words around it, and which words these
        are."""
        number = span.number
        qualifier = qualifier_before(self.tokens, number.start)
        if number.value is None:
            return None, qualifier
        if number.is_bound:
            if qualifier.meaning not in _MEANINGS_OF_BOUNDS:
                return None, qualifier
            return Amount(number.value, None, "more_than"), qualifier
        if span.high is not None:
            is_about = qualifier.meaning == "about"
            return _range(number, span.high, is_about=is_about), qualifier
        after = qualifier_after(self.tokens, number.end)
        if after is not None:
            qualifier = after
        elif qualifier.meaning == "exactly":
            qualifier = qualifier_added(
                self.tokens, number.end, is_russian=self.is_russian
            )
        return Amount(number.value, None, qualifier.meaning), qualifier

    def _doubts(
        self, span: NumberSpan, qualifier: QualifierMatch, counted: str
    ) -> Iterator[Doubt]:
        """Yield other readings that the number itself leaves room for, and the words around
        it."""
        number, first = span.number, self.tokens[span.number.start]
        number_words = self._words(number.start, span.end)
        qualifier_words = self._words(qualifier.start, qualifier.end)
        if number.is_bound:
            yield Doubt(DoubtReason.BOUND, number_words)
        if (
            is_read_freely(qualifier_words)
            or qualifier_words.lower() in _BEFORE_ITS_NUMBER
        ):
            yield Doubt(DoubtReason.READ_AS, qualifier_words)
        if number.value is not None and number.value < 1 and first.kind == "word":
            yield Doubt(DoubtReason.SHARE, number_words)
        is_one_token = span.end == number.start + 1
        if is_one_token and may_be_year(first):
            yield Doubt(DoubtReason.YEAR, number_words)
        if is_one_token and first.lower in ONE and " " not in counted:
            yield Doubt(DoubtReason.ONE, number_words)
        for token in self._tokens_on_top(span, qualifier):
            yield Doubt(DoubtReason.ON_TOP, token.text)
        for token in self._clause_around(span, qualifier):
            if token.lower in _UNCERTAIN and token.text != "May":
                yield Doubt(DoubtReason.OPEN, token.text)
                break

    def _tokens_on_top(
        self, span: NumberSpan, qualifier: QualifierMatch
    ) -> Iterator[NumeralToken]:
        """Yield words beside a number by which it may come on top of another."""
        start, end = span.number.start, max(span.end, qualifier.end)
        for at in (start - 2, start - 1, end):
            is_of_qualifier = qualifier.start <= at < qualifier.end
            if lower_at(self.tokens, at) in ON_TOP and not is_of_qualifier:
                yield self.tokens[at]

    def _clause_around(
        self, span: NumberSpan, qualifier: QualifierMatch
    ) -> Iterator[NumeralToken]:
        """Yield the tokens in the clause of a number, beside those that qualify it: first those
        before it, from right to left, then those that follow it."""
        start = min(span.number.start, qualifier.start)
        end = max(span.end, qualifier.end)
        yield from takewhile(_is_in_clause, reversed(self.tokens[:start]))
        yield from takewhile(_is_in_clause, self.tokens[end:])

    def _words(self, start: int, end: int) -> str:
        """Return the words of `tokens[start:end]` as they stand in the text."""
        if start >= end:
            return ""
        return self.text[_start_of(self.tokens[start]) : self.tokens[end - 1].end]


def _range(low_number: Number, high_number: Number, *, is_about: bool) -> Amount | None:
    """Return the amount from one number to another; None where they are no range."""
    low, high = low_number.value, high_number.value
    if low is None or high is None:
        return None
    scale = high_number.scale
    if low_number.scale == 1 and low * scale < high and low < 1000:
        low *= scale  # 1.2 to 1.5 million
    if low >= high:
        return None
    return Amount(low, high, "about" if is_about else "between")


def _is_in_clause(token: NumeralToken) -> bool:
    return token.lower not in _CLAUSE_ENDS


def _start_of(token: NumeralToken) -> int:
    return token.end - len(token.text)
