"""Dates as citations write them: in English, whatever the language of the page.

An EDTF date is read into a `DateSpan` of two `Moment`s; each style writes a moment in its own
order.

    2011-12-19     19 December 2011 to the same        2011-12-17/2011-12-19   two moments
    2011-12~       about December 2011                 2011-12-17/             from the 17th, open
    201X           the 2010s                           2011-21                 spring 2011
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.dates import earliest_day, latest_day

MONTHS = "January February March April May June July August September October November December".split()
SHORT_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}

_QUALIFIERS = re.compile(r"[~?%]")
_MOMENT = re.compile(
    r"(?P<year>[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))(?:-(?P<month>[0-9]{2}|XX))?(?:-(?P<day>[0-9]{2}|XX))?"
)


@dataclass(frozen=True)
class Moment:
    """A day, a month, a season or a year. `year` is in words: `2011`, `2010s`, `1900s`."""

    year: str
    month: int = 0
    """1 to 12; a season is 21 to 24; 0 where it is not known."""
    day: int = 0

    @property
    def season(self) -> str:
        return SEASONS.get(self.month, "")


@dataclass(frozen=True)
class DateSpan:
    """When something was published: in one moment, or between two, of which one may not be
    known."""

    first: Moment | None
    last: Moment | None
    is_about: bool = False
    is_unsure: bool = False

    @property
    def moment(self) -> Moment | None:
        """The one moment; None where there are two or one end is open."""
        return self.first if self.first == self.last else None


@lru_cache(maxsize=1024)
def read(edtf: str) -> DateSpan | None:
    """Return what an EDTF date says; None where it is empty or no date.

    A form that citations have no words for, such as “one of” several, becomes the span in which
    it lies.
    """
    first, slash, last = edtf.partition("/")
    begun = _moment(first)
    ended = _moment(last) if slash else begun
    if not (begun or ended):
        return _span_around(edtf)
    return DateSpan(
        begun,
        ended,
        is_about=bool(re.search("[~%]", edtf)),
        is_unsure=bool(re.search("[?%]", edtf)),
    )


def _span_around(edtf: str) -> DateSpan | None:
    try:
        days = (earliest_day(edtf), latest_day(edtf))
    except ValueError:
        return None
    first, last = (Moment(str(day.year), day.month, day.day) if day else None for day in days)
    if first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return DateSpan(Moment(first.year), Moment(last.year))
    return DateSpan(first, last) if first or last else None


def _moment(edtf: str) -> Moment | None:
    found = _MOMENT.fullmatch(_QUALIFIERS.sub("", edtf))
    if not found:
        return None
    year = found["year"]
    year = (
        f"{year[:2]}00s"
        if year.endswith("XX")
        else f"{year[:3]}0s"
        if year.endswith("X")
        else year.lstrip("0")
    )
    month, day = (
        int(part) if part and part.isdecimal() else 0 for part in (found["month"], found["day"])
    )
    moment = Moment(year, month, day)
    if month in SEASONS:
        return replace(moment, day=0)
    return moment if 1 <= month <= 12 else Moment(year)


def month_first(moment: Moment) -> str:
    """Return `December 19, 2011`, `December 2011`, `Spring 2011` or `2011`."""
    if moment.season or not moment.month:
        return f"{moment.season} {moment.year}".strip()
    month = MONTHS[moment.month - 1]
    return f"{month} {moment.day}, {moment.year}" if moment.day else f"{month} {moment.year}"


def day_first(moment: Moment) -> str:
    """Return `19 Dec. 2011`, `Dec. 2011`, `Spring 2011` or `2011`."""
    month = moment.season or (SHORT_MONTHS[moment.month - 1] if moment.month else "")
    return " ".join(filter(None, (str(moment.day or ""), month, moment.year)))


def year_first(moment: Moment) -> str:
    """Return `2011, December 19`, `2011, December`, `2011, Spring` or `2011`."""
    month = moment.season or (MONTHS[moment.month - 1] if moment.month else "")
    rest = f"{month} {moment.day or ''}".strip()
    return f"{moment.year}, {rest}" if rest else moment.year


def in_words(span: DateSpan, write: Callable[[Moment], str]) -> str:
    """Return a span in words, each end as `write` has it, what two ends share written once:
    `December 17–19, 2011`."""
    if span.first and span.last:
        first, last = write(span.first), write(span.last)
        return first if first == last else _between(span.first, span.last, write)
    return (
        f"not before {write(span.first)}"
        if span.first
        else f"not after {write(span.last)}"
        if span.last
        else ""
    )


def _between(first: Moment, last: Moment, write: Callable[[Moment], str]) -> str:
    """Join two ends with a dash, and write year and month once where both have the same."""
    ends = [write(first), write(last)]
    if first.year == last.year and first.month and last.month:
        if first.month == last.month and first.day and last.day:
            return re.sub(
                rf"(?<![0-9]){last.day}(?![0-9])", f"{first.day}–{last.day}", ends[1], count=1
            )
        without_year = [re.sub(rf",? {first.year}$|^{first.year},? ", "", end) for end in ends]
        starts = ends[1].startswith(last.year)
        return f"{ends[0]}–{without_year[1]}" if starts else f"{without_year[0]}–{ends[1]}"
    return "–".join(ends)
