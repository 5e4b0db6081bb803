"""Comparing figures that are given for one measure: which cannot both be true, how they
changed, what is agreed.

Nothing is averaged, and nobody is believed more than others. Two figures contradict each other
only where no number fits both, of the same day; how counts rise from day to day is no
contradiction. What is said of it all in sentences is in `annotations.core.figures.summary`.

    >>> day = DayRange(date(2011, 12, 16), date(2011, 12, 16))
    >>> fourteen = Amount(Decimal(14), None, "exactly")
    >>> at_least_fifteen = Amount(Decimal(15), None, "at_least")
    >>> given = [
    ...     GivenFigure("a", fourteen, "officials", "officials", day),
    ...     GivenFigure("b", at_least_fifteen, "a doctor", "a doctor", day),
    ... ]
    >>> [conflict] = find_conflicts(given)
    >>> conflict.less.key, conflict.more.key, conflict.why.value
    ('a', 'b', 'same day')
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext, gettext_lazy

from annotations.core.figures.parser import Amount, number

# How far off the number a figure of `about` can be, as a share of it: about 300 is
# taken as 240 to 360.
ABOUT = Decimal("0.2")

OPEN_ABOVE = frozenset({"at_least", "more_than"})
OPEN_BELOW = frozenset({"at_most", "fewer_than"})


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
        if self.high == other.low:
            return self.high_is_open or other.low_is_open
        return self.high < other.low


def bounds_of(amount: Amount) -> ValueBounds:
    """Return the numbers that fit an amount."""
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
    later figure by which the same speaker replaced it. `sum_label` tells a total as what was
    added: `16 plus 1`.
    """

    key: str
    amount: Amount
    speaker: str
    voice: str
    days: DayRange | None
    said_on: date | None = None
    day_display: str = ""
    replaced_by: str = ""
    sum_label: str = ""

    @property
    def label(self) -> str:
        return self.sum_label or str(self.amount)


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

    def sentence(self) -> str:
        """Why, for reading: with both amounts, what each allows, and of which day they are."""
        less, more = bounds_of(self.less.amount), bounds_of(self.more.amount)
        return str(_SENTENCES[self.why]) % {
            "less": self.less.label,
            "more": self.more.label,
            "highest": _highest_allowed(less),
            "lowest": _lowest_allowed(more),
            "day": self.less.day_display,
            "other_day": self.more.day_display,
        }


def _highest_allowed(bounds: ValueBounds) -> str:
    highest = "" if bounds.high is None else number(bounds.high)
    if bounds.high_is_open:
        return gettext("less than %(highest)s") % {"highest": highest}
    return gettext("at most %(highest)s") % {"highest": highest}


def _lowest_allowed(bounds: ValueBounds) -> str:
    lowest = "" if bounds.low is None else number(bounds.low)
    if bounds.low_is_open:
        return gettext("more than %(lowest)s") % {"lowest": lowest}
    return gettext("at least %(lowest)s") % {"lowest": lowest}


_SENTENCES = {
    ConflictReason.SAME_DAY: gettext_lazy(
        "“%(less)s” and “%(more)s” cannot both be true of %(day)s: the one is %(highest)s, the other %(lowest)s."
    ),
    ConflictReason.MAYBE_SAME_DAY: gettext_lazy(
        "“%(less)s” (%(day)s) and “%(more)s” (%(other_day)s) cannot both be true if they are of the same day: "
        "the one is %(highest)s, the other %(lowest)s."
    ),
    ConflictReason.FELL: gettext_lazy(
        "“%(less)s” (%(day)s) is later than “%(more)s” (%(other_day)s), but this count can only rise: "
        "the one is %(highest)s, the other %(lowest)s."
    ),
    ConflictReason.PART: gettext_lazy(
        "“%(more)s” is given for a part, “%(less)s” for the whole, which cannot be less: "
        "the whole is %(highest)s, the part %(lowest)s."
    ),
}


def find_conflicts(
    given: Sequence[GivenFigure], *, only_rises: bool = False
) -> list[Conflict]:
    """Return all pairs of figures of one measure that cannot both be true.

    A figure that its speaker replaced is corrected, not contradicted, by what they say
    otherwise.
    """
    replaced_by = {
        figure.key: figure.replaced_by for figure in given if figure.replaced_by
    }
    found = []
    for figure, other in combinations(given, 2):
        excluding = _excluding(figure, other)
        if excluding is None or _is_corrected(figure, other):
            continue
        reason = _reason(*excluding, only_rises)
        if reason is None or _are_successive(figure.key, other.key, replaced_by):
            continue
        found.append(Conflict(*excluding, reason))
    return found


def part_conflicts(
    whole: Sequence[GivenFigure],
    parts: Sequence[GivenFigure],
    *,
    only_rises: bool = False,
) -> list[Conflict]:
    """Return the figures given for a part that are greater than one given for the whole of that
    day."""
    found = []
    for less in whole:
        bounds = bounds_of(less.amount)
        for more in parts:
            if not bounds.lies_below(bounds_of(more.amount)) or _is_corrected(
                less, more
            ):
                continue
            # That the two may be of one day is too little to say so of a part.
            if _reason(less, more, only_rises) in (
                ConflictReason.SAME_DAY,
                ConflictReason.FELL,
            ):
                found.append(Conflict(less, more, ConflictReason.PART))
    return found


def _excluding(
    figure: GivenFigure, other: GivenFigure
) -> tuple[GivenFigure, GivenFigure] | None:
    """Return the lesser and the greater of two figures that no number fits both of; None where
    one does."""
    bounds, other_bounds = bounds_of(figure.amount), bounds_of(other.amount)
    if bounds.lies_below(other_bounds):
        return figure, other
    if other_bounds.lies_below(bounds):
        return other, figure
    return None


def _reason(
    less: GivenFigure, more: GivenFigure, only_rises: bool
) -> ConflictReason | None:
    if less.days is None or more.days is None:
        return None
    if less.days == more.days and less.days.is_one:
        return ConflictReason.SAME_DAY
    are_certain = less.days.certain and more.days.certain
    if only_rises and are_certain and more.days.last <= less.days.first:
        return ConflictReason.FELL
    if less.days.first <= more.days.last and more.days.first <= less.days.last:
        return ConflictReason.MAYBE_SAME_DAY
    return None


def _is_corrected(figure: GivenFigure, other: GivenFigure) -> bool:
    """Say whether two figures are of one speaker, who replaced either."""
    return figure.voice == other.voice and bool(figure.replaced_by or other.replaced_by)


def _are_successive(key: str, other: str, replaced_by: Mapping[str, str]) -> bool:
    """Say whether one figure replaced the other, at once or in several steps."""
    return key in _successors(other, replaced_by) or other in _successors(
        key, replaced_by
    )


def _successors(key: str, replaced_by: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys of all by which a figure was replaced, one after the other."""
    seen = {key}  # against a circle
    key = replaced_by.get(key, "")
    while key and key not in seen:
        seen.add(key)
        yield key
        key = replaced_by.get(key, "")


class CannotAdd(ValueError):
    """These amounts have no sum that says no more than they do; its words say why."""


def add_amounts(amounts: Sequence[Amount]) -> Amount:
    """Return the sum of amounts, with the qualifier that is true of it. Raises CannotAdd.

    >>> sixteen = Amount(Decimal(16), None, "exactly")
    >>> one_or_more = Amount(Decimal(1), None, "at_least")
    >>> str(add_amounts([sixteen, one_or_more]))
    'at least 17'
    """
    qualifiers = {amount.qualifier for amount in amounts}
    is_open_above, is_open_below = qualifiers & OPEN_ABOVE, qualifiers & OPEN_BELOW
    is_about = "about" in qualifiers
    if (is_open_above and is_open_below) or (
        is_about and (is_open_above or is_open_below)
    ):
        raise CannotAdd(
            gettext("These cannot be added: of “%(amounts)s” nothing sure follows.")
            % {"amounts": "”, “".join(map(str, amounts))}
        )
    low = sum((amount.low for amount in amounts), Decimal(0))
    high = sum(map(highest, amounts), Decimal(0))
    if is_open_above:
        return Amount(
            low, None, "more_than" if "more_than" in qualifiers else "at_least"
        )
    if is_open_below:
        return Amount(
            high, None, "fewer_than" if "fewer_than" in qualifiers else "at_most"
        )
    if all(amount.high is None for amount in amounts):
        return Amount(low, None, "about" if is_about else "exactly")
    return Amount(low, high, "about" if is_about else "between")


def display_sum(amounts: Iterable[Amount]) -> str:
    """Return amounts as a sum, for reading: `16 plus 1`."""
    return gettext(" plus ").join(map(str, amounts))


def highest(amount: Amount) -> Decimal:
    """Return the upper end of an amount as it is written: its only value, where that is no
    range."""
    return amount.low if amount.high is None else amount.high
