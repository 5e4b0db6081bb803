"""What figures of one measure agree on and what not, in sentences for people in a hurry; never
an average.

>>> fourteen, seventeen = (Amount(Decimal(n), None, "exactly") for n in (14, 17))
>>> given = [
...     GivenFigure("a", fourteen, "officials", "officials", None, date(2011, 12, 19)),
...     GivenFigure("b", seventeen, "officials", "officials", None, date(2012, 1, 26)),
... ]
>>> summary_sentences(given, [], unit="people")
['Between 14 and 17 people.', 'The count of officials rose from 14 to 17 in about five weeks.']
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.core.figures.conflicts import (
    OPEN_ABOVE,
    OPEN_BELOW,
    Conflict,
    GivenFigure,
    bounds_of,
    highest,
)
from annotations.core.figures.parser import Amount, number

_DAYS_OF_A_MONTH, _DAYS_OF_A_YEAR = 30.44, 365.25
# From these on a span of time is given in weeks, months and years.
_MOST_DAYS, _MOST_DAYS_IN_WEEKS, _MOST_MONTHS = 14, 70, 24
_SMALL_NUMBERS = (
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
)


def summary_sentences(
    given: Sequence[GivenFigure], conflicts: Sequence[Conflict], unit: str = ""
) -> list[str]:
    """Return sentences: between what the figures lie, how each speaker's changed, who agrees,
    what cannot be."""
    if not given:
        return []
    amounts = [figure.amount for figure in given]
    sentences = [range_sentence(amounts, unit), *_change_sentences(given)]
    agreement = _agreement_sentence(given)
    if agreement:
        sentences.append(agreement)
    if len(conflicts) == 1:
        less, more = conflicts[0].less, conflicts[0].more
        sentences.append(
            _("“%(less)s” (%(who)s) and “%(more)s” (%(other)s) cannot both be true.")
            % {
                "less": less.label,
                "who": less.speaker,
                "more": more.label,
                "other": more.speaker,
            }
        )
    elif conflicts:
        sentences.append(
            _("%(count)d pairs of them cannot both be true.")
            % {"count": len(conflicts)}
        )
    return sentences


def range_sentence(given: Sequence[Amount], unit: str = "") -> str:
    """Return the sentence that says between what amounts lie, which are at least one."""
    # Each once, in their order: of amounts with the same number the first is taken.
    amounts = list(dict.fromkeys(given))
    if len(amounts) == 1:
        pattern = ngettext(
            "One figure is given: %(amount)s.",
            "All %(count)d figures say %(amount)s.",
            len(given),
        )
        return pattern % {"amount": _with_unit(amounts[0], unit), "count": len(given)}
    low = min(
        amounts, key=lambda amount: (amount.low, amount.qualifier not in OPEN_BELOW)
    )
    high = max(
        amounts, key=lambda amount: (highest(amount), amount.qualifier in OPEN_ABOVE)
    )
    if low.qualifier == high.qualifier == "exactly":
        return _("Between %(low)s and %(high)s.") % {
            "low": number(low.low),
            "high": _with_unit(number(highest(high)), unit),
        }
    low_end = Amount(low.low, None, low.qualifier)
    high_end = Amount(highest(high), None, high.qualifier)
    return _("From %(low)s to %(high)s.") % {
        "low": low_end,
        "high": _with_unit(high_end, unit),
    }


def _with_unit(amount: Amount | str, unit: str) -> str:
    return f"{amount} {unit}".rstrip()


def _change_sentences(given: Sequence[GivenFigure]) -> list[str]:
    """Return how the count of each speaker changed, from the first that they gave to the last;
    those that rose or fell first.

    In the order in which they were said, of whatever day they were: a count that is corrected a
    year later changed in that year.
    """
    by_voice: dict[str, list[tuple[date, GivenFigure]]] = {}
    for figure in given:
        if figure.said_on:
            by_voice.setdefault(figure.voice, []).append((figure.said_on, figure))
    clear_changes = []
    other_changes = []  # `about 15` after `at least 14` neither rose nor fell
    for dated_figures in by_voice.values():
        dated_figures.sort(key=lambda dated: dated[0])
        first_day, first = dated_figures[0]
        last_day, last = dated_figures[-1]
        if first_day == last_day or first.amount == last.amount:
            continue
        words = {
            "who": first.speaker,
            "first": first.label,
            "last": last.label,
            "span": display_duration((last_day - first_day).days),
        }
        first_bounds, last_bounds = bounds_of(first.amount), bounds_of(last.amount)
        if first_bounds.lies_below(last_bounds):
            pattern = _(
                "The count of %(who)s rose from %(first)s to %(last)s in %(span)s."
            )
            clear_changes.append(pattern % words)
        elif last_bounds.lies_below(first_bounds):
            pattern = _(
                "The count of %(who)s fell from %(first)s to %(last)s in %(span)s."
            )
            clear_changes.append(pattern % words)
        else:
            pattern = _(
                "The count of %(who)s went from %(first)s to %(last)s in %(span)s."
            )
            other_changes.append(pattern % words)
    return clear_changes + other_changes


def display_duration(days: int) -> str:
    """Return how long some days are, for reading: in days up to two weeks, then about so many
    weeks, months or years.

    >>> [display_duration(days) for days in (1, 13, 14, 38)]
    ['1 day', '13 days', 'two weeks', 'about five weeks']
    >>> [display_duration(days) for days in (120, 800)]
    ['about four months', 'about two years']
    """
    if days < _MOST_DAYS:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if days < _MOST_DAYS_IN_WEEKS:
        weeks = round(days / 7)
        span = ngettext("%(count)s week", "%(count)s weeks", weeks)
        span %= {"count": _small_number(weeks)}
        return span if days % 7 == 0 else _("about %(span)s") % {"span": span}
    months = round(days / _DAYS_OF_A_MONTH)
    if months < _MOST_MONTHS:
        span = ngettext("%(count)s month", "%(count)s months", months)
        span %= {"count": _small_number(months)}
    else:
        years = round(days / _DAYS_OF_A_YEAR)
        span = ngettext("%(count)s year", "%(count)s years", years)
        span %= {"count": _small_number(years)}
    return _("about %(span)s") % {"span": span}


def _small_number(count: int) -> str:
    """Return a number in words up to ten."""
    if 0 < count <= len(_SMALL_NUMBERS):
        return str(_SMALL_NUMBERS[count - 1])
    return number(Decimal(count))


def _agreement_sentence(given: Sequence[GivenFigure]) -> str:
    """Return on which amount most speakers agree, and who; empty where no two do, or all."""
    speakers_by_amount: dict[Amount, dict[str, str]] = {}
    for figure in given:
        speakers_by_amount.setdefault(figure.amount, {})[figure.voice] = figure.speaker
    amount = max(speakers_by_amount, key=lambda amount: len(speakers_by_amount[amount]))
    speakers = speakers_by_amount[amount]
    if len(speakers) < 2 or len(speakers_by_amount) < 2:
        return ""
    return _("%(who)s agree on %(amount)s.") % {
        "amount": amount,
        "who": get_text_list([*speakers.values()], _("and")),
    }
