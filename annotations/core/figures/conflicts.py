"""Comparing figures that are given for one measure: which cannot both be true, how they
changed, what is agreed.

Nothing is averaged, and nobody is believed more than others. Two figures contradict each other
only where no number fits both, of the same day; how counts rise from day to day is no
contradiction. What is said of it all in sentences is in `annotations.core.figures.summary`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext as _

from annotations.core.figures.parser import Amount, number

ABOUT = Decimal("0.2")
"""How far off the number a figure of `about` can be, as a share of it: about 300 is taken as
240 to 360."""

UP, DOWN = {"at_least", "more_than"}, {"at_most", "fewer_than"}


class ValueBounds(NamedTuple):
    """The numbers that fit an amount: from `low` to `high`, None for no limit; an open end does
    not fit itself."""

    low: Decimal | None
    high: Decimal | None
    low_is_open: bool = False
    high_is_open: bool = False

    def lies_below(self, other: "ValueBounds") -> bool:
        """Say whether every number that fits this is less than any that fits `other`."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (
            self.high == other.low and (self.high_is_open or other.low_is_open)
        )


def bounds_of(amount: Amount) -> ValueBounds:
    low, high = amount.low, highest(amount)
    match amount.qualifier:
        case "about":
            return ValueBounds(low - abs(low) * ABOUT, high + abs(high) * ABOUT)
        case "at_least":
            return ValueBounds(low, None)
        case "more_than":
            return ValueBounds(low, None, low_is_open=True)
        case "at_most":
            return ValueBounds(None, high)
        case "fewer_than":
            return ValueBounds(None, high, high_is_open=True)
    return ValueBounds(low, high)


class DayRange(NamedTuple):
    """The first and the last day that a date can mean; `date.min` and `date.max` where it is
    open.

    A date that is said to be rough or uncertain is not `certain`: it may mean other days too.
    """

    first: date
    last: date
    certain: bool = True

    @property
    def is_one(self) -> bool:
        return self.first == self.last and self.certain


@dataclass(frozen=True)
class GivenFigure:
    """A figure as it is compared: who gives how much, and of which day, as far as that is
    known.

    `speaker` is a name for reading; `voice` tells speakers apart. `days` are those of which it
    is given, `said_on` is the day on which it was published. `replaced_by` is the key of a
    later figure by which the same speaker replaced it. `sum_in_words` tells a total as what was
    added: `16 plus 1`.
    """

    key: str
    amount: Amount
    speaker: str
    voice: str
    days: DayRange | None
    said_on: date | None = None
    day_in_words: str = ""
    replaced_by: str = ""
    sum_in_words: str = ""

    @property
    def told(self) -> str:
        return self.sum_in_words or str(self.amount)


class ConflictReason(StrEnum):
    """Why two figures cannot both be true."""

    SAME_DAY = "same day"
    MAYBE_SAME_DAY = "maybe same day"
    FELL = "fell"
    PART = "part"


@dataclass(frozen=True)
class Conflict:
    """Two figures that cannot both be true; every number that fits `less` is below all that fit
    `more`."""

    less: GivenFigure
    more: GivenFigure
    why: ConflictReason

    def other(self, key: str) -> GivenFigure:
        return self.more if self.less.key == key else self.less

    def in_words(self) -> str:
        """Why, for reading: with both amounts, what each allows, and of which day they are."""
        less, more = bounds_of(self.less.amount), bounds_of(self.more.amount)
        words = {
            "less": self.less.told,
            "more": self.more.told,
            "highest": number(less.high) if less.high is not None else "",
            "lowest": number(more.low) if more.low is not None else "",
            "day": self.less.day_in_words,
            "other_day": self.more.day_in_words,
        }
        highest = _("less than %(highest)s") if less.high_is_open else _("at most %(highest)s")
        lowest = _("more than %(lowest)s") if more.low_is_open else _("at least %(lowest)s")
        words |= {"highest": highest % words, "lowest": lowest % words}
        return _SENTENCES[self.why]() % words


_SENTENCES = {
    ConflictReason.SAME_DAY: lambda: _(
        "“%(less)s” and “%(more)s” cannot both be true of %(day)s: the one is %(highest)s, the other %(lowest)s."
    ),
    ConflictReason.MAYBE_SAME_DAY: lambda: _(
        "“%(less)s” (%(day)s) and “%(more)s” (%(other_day)s) cannot both be true if they are of the same day: "
        "the one is %(highest)s, the other %(lowest)s."
    ),
    ConflictReason.FELL: lambda: _(
        "“%(less)s” (%(day)s) is later than “%(more)s” (%(other_day)s), but this count can only rise: "
        "the one is %(highest)s, the other %(lowest)s."
    ),
    ConflictReason.PART: lambda: _(
        "“%(more)s” is given for a part, “%(less)s” for the whole, which cannot be less: "
        "the whole is %(highest)s, the part %(lowest)s."
    ),
}


def conflicts(given: Sequence[GivenFigure], *, only_rises: bool = False) -> list[Conflict]:
    """Return all pairs of figures of one measure that cannot both be true.

    A figure that its speaker replaced is corrected, not contradicted, by what they say
    otherwise.
    """
    following = {one.key: one.replaced_by for one in given if one.replaced_by}
    found = []
    for one, other in combinations(given, 2):
        is_linked = one.key in _after(other.key, following) or other.key in _after(
            one.key, following
        )
        if is_linked or _is_corrected(one, other):
            continue
        less, more = (
            (one, other)
            if bounds_of(one.amount).lies_below(bounds_of(other.amount))
            else (other, one)
        )
        if bounds_of(less.amount).lies_below(bounds_of(more.amount)) and (
            why := _why(less, more, only_rises)
        ):
            found.append(Conflict(less, more, why))
    return found


def part_conflicts(
    whole: Sequence[GivenFigure], parts: Sequence[GivenFigure], *, only_rises: bool = False
) -> list[Conflict]:
    """Return the figures given for a part that are greater than one given for the whole of that
    day."""
    return [
        Conflict(less, more, ConflictReason.PART)
        for less in whole
        for more in parts
        if bounds_of(less.amount).lies_below(bounds_of(more.amount))
        and _why(less, more, only_rises) in (ConflictReason.SAME_DAY, ConflictReason.FELL)
        and not _is_corrected(less, more)
    ]


def _why(less: GivenFigure, more: GivenFigure, only_rises: bool) -> ConflictReason | None:
    if less.days is None or more.days is None:
        return None
    if less.days == more.days and less.days.is_one:
        return ConflictReason.SAME_DAY
    if (
        only_rises
        and more.days.last <= less.days.first
        and more.days.certain
        and less.days.certain
    ):
        return ConflictReason.FELL
    overlap = less.days.first <= more.days.last and more.days.first <= less.days.last
    return ConflictReason.MAYBE_SAME_DAY if overlap else None


def _is_corrected(one: GivenFigure, other: GivenFigure) -> bool:
    """Say whether two figures are of one speaker, who replaced either."""
    return one.voice == other.voice and bool(one.replaced_by or other.replaced_by)


def _after(key: str, following: dict[str, str]) -> Iterator[str]:
    """Yield the keys of all by which a figure was replaced, one after the other."""
    seen = {key}
    while (key := following.get(key, "")) and key not in seen:
        seen.add(key)
        yield key


class CannotAdd(ValueError):
    """These amounts have no sum that says no more than they do; its words say why."""


def added(amounts: Sequence[Amount]) -> Amount:
    """Return the sum of amounts, with the qualifier that is true of it. Raises CannotAdd.

    >>> str(added([Amount(Decimal(16), None, "exactly"), Amount(Decimal(1), None, "at_least")]))
    'at least 17'
    """
    qualifiers = {amount.qualifier for amount in amounts}
    is_range = any(amount.high is not None for amount in amounts)
    if (qualifiers & UP and qualifiers & DOWN) or (
        qualifiers & (UP | DOWN) and "about" in qualifiers
    ):
        raise CannotAdd(
            _("These cannot be added: of “%(amounts)s” nothing sure follows.")
            % {"amounts": "”, “".join(map(str, amounts))}
        )
    low = sum((amount.low for amount in amounts), Decimal(0))
    high = sum(map(highest, amounts), Decimal(0))
    if qualifiers & UP:
        return Amount(low, None, "more_than" if "more_than" in qualifiers else "at_least")
    if qualifiers & DOWN:
        return Amount(high, None, "fewer_than" if "fewer_than" in qualifiers else "at_most")
    qualifier = "about" if "about" in qualifiers else "between" if is_range else "exactly"
    return Amount(low, high if is_range else None, qualifier)


def plus(amounts: Iterable[Amount]) -> str:
    """Return amounts as a sum, for reading: `16 plus 1`."""
    return _(" plus ").join(map(str, amounts))


def highest(amount: Amount) -> Decimal:
    """Return the upper end of an amount as it is written: its only value, where that is no
    range."""
    return amount.low if amount.high is None else amount.high
