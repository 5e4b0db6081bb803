"""What figures of one measure agree on and what not, in sentences for people in a hurry; never
an average.

>>> given = [
...     Given("a", Amount(Decimal(14), None, "exactly"), "officials", "officials", None, date(2011, 12, 19)),
...     Given("b", Amount(Decimal(17), None, "exactly"), "officials", "officials", None, date(2012, 1, 26)),
... ]
>>> summed_up(given, [], unit="people")
['Between 14 and 17 people.', 'The count of officials rose from 14 to 17 in about five weeks.']
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.core.figures.conflicts import (
    DOWN,
    UP,
    Conflict,
    GivenFigure,
    bounds_of,
    highest,
)
from annotations.core.figures.parser import Amount, number


def summed_up(
    given: Sequence[GivenFigure], conflicts: Sequence[Conflict], unit: str = ""
) -> list[str]:
    """Return sentences: between what the figures lie, how each speaker's changed, who agrees,
    what cannot be."""
    if not given:
        return []
    said = [range_in_words([one.amount for one in given], unit), *_changes(given)]
    if agreed := _agreed(given):
        said.append(agreed)
    if len(conflicts) == 1:
        less, more = conflicts[0].less, conflicts[0].more
        said.append(
            _("“%(less)s” (%(who)s) and “%(more)s” (%(other)s) cannot both be true.")
            % {"less": less.told, "who": less.speaker, "more": more.told, "other": more.speaker}
        )
    elif conflicts:
        said.append(
            _("%(count)d pairs of them cannot both be true.") % {"count": len(conflicts)}
        )
    return said


def range_in_words(given: Sequence[Amount], unit: str = "") -> str:
    """Return the sentence that says between what amounts lie, which are at least one."""
    amounts = set(given)
    if len(amounts) == 1:
        words = {"amount": _counted(given[0], unit), "count": len(given)}
        return (
            ngettext(
                "One figure is given: %(amount)s.",
                "All %(count)d figures say %(amount)s.",
                len(given),
            )
            % words
        )
    low = min(amounts, key=lambda amount: (amount.low, amount.qualifier not in DOWN))
    high = max(amounts, key=lambda amount: (highest(amount), amount.qualifier in UP))
    if low.qualifier == high.qualifier == "exactly":
        return _("Between %(low)s and %(high)s.") % {
            "low": number(low.low),
            "high": _counted(number(highest(high)), unit),
        }
    ends = [
        Amount(value, None, one.qualifier)
        for one, value in ((low, low.low), (high, highest(high)))
    ]
    return _("From %(low)s to %(high)s.") % {"low": ends[0], "high": _counted(ends[1], unit)}


def _counted(amount: Amount | str, unit: str) -> str:
    return f"{amount} {unit}".rstrip()


def _changes(given: Sequence[GivenFigure]) -> Iterator[str]:
    """How the count of each speaker changed, from the first that they gave to the last; those
    that rose or fell first.

    In the order in which they were said, of whatever day they were: a count that is corrected a
    year later changed in that year.
    """
    voices: dict[str, list[GivenFigure]] = {}
    for one in given:
        if one.said_on:
            voices.setdefault(one.voice, []).append(one)
    told = []
    for own in voices.values():
        own.sort(key=lambda one: one.said_on or date.max)
        first, last = own[0], own[-1]
        days = ((last.said_on or date.max) - (first.said_on or date.max)).days
        if not days or first.amount == last.amount:
            continue
        if bounds_of(first.amount).lies_below(bounds_of(last.amount)):
            clear, pattern = (
                True,
                _("The count of %(who)s rose from %(first)s to %(last)s in %(span)s."),
            )
        elif bounds_of(last.amount).lies_below(bounds_of(first.amount)):
            clear, pattern = (
                True,
                _("The count of %(who)s fell from %(first)s to %(last)s in %(span)s."),
            )
        else:
            clear, pattern = (
                False,
                _("The count of %(who)s went from %(first)s to %(last)s in %(span)s."),
            )
        words = {
            "who": first.speaker,
            "first": first.told,
            "last": last.told,
            "span": in_words(days),
        }
        told.append((not clear, pattern % words))
    yield from (sentence for _order, sentence in sorted(told, key=itemgetter(0)))


def in_words(days: int) -> str:
    """Return how long some days are, for reading: in days up to two weeks, then about so many
    weeks, months or years.

    >>> [in_words(days) for days in (1, 13, 14, 38, 120, 800)]
    ['1 day', '13 days', 'two weeks', 'about five weeks', 'about four months', 'about two
    years']
    """
    if days < 14:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if days % 7 == 0 and days < 70:
        return _weeks(days // 7)
    if days < 70:
        return _("about %(span)s") % {"span": _weeks(round(days / 7))}
    months = round(days / 30.44)
    if months < 24:
        span = ngettext("%(count)s month", "%(count)s months", months) % {
            "count": _small(months)
        }
    else:
        years = round(days / 365.25)
        span = ngettext("%(count)s year", "%(count)s years", years) % {"count": _small(years)}
    return _("about %(span)s") % {"span": span}


def _weeks(count: int) -> str:
    return ngettext("%(count)s week", "%(count)s weeks", count) % {"count": _small(count)}


def _small(count: int) -> str:
    """Return a number in words up to ten."""
    words = (
        *(_("one"), _("two"), _("three"), _("four"), _("five")),
        *(_("six"), _("seven"), _("eight"), _("nine"), _("ten")),
    )
    return words[count - 1] if 0 < count <= len(words) else number(Decimal(count))


def _agreed(given: Sequence[GivenFigure]) -> str:
    """On which amount most speakers agree, and who; empty where no two do, or all."""
    speakers: dict[Amount, dict[str, str]] = {}
    for one in given:
        speakers.setdefault(one.amount, {})[one.voice] = one.speaker
    amount, agreeing = max(speakers.items(), key=lambda row: len(row[1]))
    if len(agreeing) < 2 or len(speakers) < 2:
        return ""
    return _("%(who)s agree on %(amount)s.") % {
        "amount": amount,
        "who": get_text_list([*agreeing.values()], _("and")),
    }
