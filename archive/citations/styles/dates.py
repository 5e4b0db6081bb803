"""Dates as citations write them: in English, whatever the language of the page.

An EDTF date is read into a `DateSpan` of two `Moment`s; each style writes a moment in its own
order.

    2011-12-19     19 December 2011 to the same        2011-12-17/2011-12-19   two moments
    2011-12~       about December 2011                 2011-12-17/             from the 17th, open
    201X           the 2010s                           2011-21                 spring 2011
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from archive.citations.reference import Reference
from archive.dates import earliest_day, latest_day

MONTHS = dict(
    enumerate(
        "January February March April May June July August September October November December".split(),
        start=1,
    )
)
SHORT_MONTHS = dict(
    enumerate(
        "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split(), start=1
    )
)
SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}

_QUALIFIERS = re.compile(r"[~?%]")
_MOMENT = re.compile(
    r"(?P<year>[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))(?:-(?P<month>[0-9]{2}|XX))?(?:-(?P<day>[0-9]{2}|XX))?"
)


@dataclass(frozen=True)
class Moment:
    """A day, a month, a season or a year. `year` is in words: `2011`, `2010s`, `1900s`."""

    year: str
    # 1 to 12; a season is 21 to 24; 0 where it is not known.
    month: int = 0
    day: int = 0

    @property
    def season(self) -> str:
        return SEASONS.get(self.month, "")


# The order in which a style writes a moment: `month_first`, `day_first` or
# `year_first`.
MomentWriter: TypeAlias = Callable[[Moment], str]


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

    A date that citations have no words for, such as “one of” several, becomes the span in which
    it lies.
    """
    first, slash, last = edtf.partition("/")
    begin = _moment(first)
    end = _moment(last) if slash else begin
    if not begin and not end:
        return _span_around(edtf)
    # In EDTF `~` is approximate, `?` uncertain, and `%` both (level 1).
    is_about = bool(re.search("[~%]", edtf))
    is_unsure = bool(re.search("[?%]", edtf))
    return DateSpan(begin, end, is_about, is_unsure)


def access_day(reference: Reference) -> DateSpan | None:
    """Return the day on which an undated article was captured; manuals ask for it of no
    other."""
    if reference.accessed is None or read(reference.published):
        return None
    return read(reference.accessed.isoformat())


def _span_around(edtf: str) -> DateSpan | None:
    try:
        first = _moment_of(earliest_day(edtf))
        last = _moment_of(latest_day(edtf))
    except ValueError:
        return None
    if first is None and last is None:
        return None
    if first and last and _are_whole_years(first, last):
        return DateSpan(Moment(first.year), Moment(last.year))
    return DateSpan(first, last)


def _moment_of(day: date | None) -> Moment | None:
    if day is None:
        return None
    return Moment(str(day.year), day.month, day.day)


def _are_whole_years(first: Moment, last: Moment) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _moment(edtf: str) -> Moment | None:
    match = _MOMENT.fullmatch(_QUALIFIERS.sub("", edtf))
    if not match:
        return None
    year = _display_year(match["year"])
    month = _number(match["month"])
    # ISO 8601-2 numbers the seasons 21 to 24, in the place of the month.
    if month in SEASONS:
        return Moment(year, month)
    if not 1 <= month <= 12:
        return Moment(year)
    return Moment(year, month, _number(match["day"]))


def _display_year(year: str) -> str:
    """Return `2011` for `2011`, `2010s` for `201X` and `2000s` for `20XX`."""
    if year.endswith("XX"):
        return f"{year[:2]}00s"
    if year.endswith("X"):
        return f"{year[:3]}0s"
    return year.lstrip("0")


def _number(digits: str | None) -> int:
    """Return a month or a day; 0 where it is missing or `XX`."""
    if digits and digits.isdecimal():
        return int(digits)
    return 0


def _month_name(moment: Moment, names: Mapping[int, str]) -> str:
    return moment.season or names.get(moment.month, "")


def month_first(moment: Moment) -> str:
    """Return `December 19, 2011`, `December 2011`, `Spring 2011` or `2011`."""
    month = _month_name(moment, MONTHS)
    if moment.day:
        return f"{month} {moment.day}, {moment.year}"
    return f"{month} {moment.year}".strip()


def day_first(moment: Moment) -> str:
    """Return `19 Dec. 2011`, `Dec. 2011`, `Spring 2011` or `2011`."""
    month = _month_name(moment, SHORT_MONTHS)
    if moment.day:
        return f"{moment.day} {month} {moment.year}"
    return f"{month} {moment.year}".strip()


def year_first(moment: Moment) -> str:
    """Return `2011, December 19`, `2011, December`, `2011, Spring` or `2011`."""
    month = _month_name(moment, MONTHS)
    if not month:
        return moment.year
    if moment.day:
        return f"{moment.year}, {month} {moment.day}"
    return f"{moment.year}, {month}"


def display_span(span: DateSpan, write: MomentWriter) -> str:
    """Return a span in words, each end as `write` has it, what two ends share written once:
    `December 17–19, 2011`."""
    if span.first and span.last:
        return _between(span.first, span.last, write)
    if span.first:
        return f"not before {write(span.first)}"
    if span.last:
        return f"not after {write(span.last)}"
    return ""


def qualified(words: str, span: DateSpan, about: str) -> str:
    """Return a date in words with what its source did not say for certain: `ca. 2011?`.

    `about` is the style's word for an approximate date, with the space after it.
    """
    if span.is_about:
        words = f"{about}{words}"
    if span.is_unsure:
        words = f"{words}?"
    return words


def bracketed_if_guessed(span: DateSpan, write: MomentWriter, about: str) -> str:
    """Return a span in words, in brackets where it is not the source's own: `[ca. 2011]`,
    `[2011?]`."""
    words = display_span(span, write)
    if not span.is_about and not span.is_unsure:
        return words
    return f"[{qualified(words, span, about)}]"


def _between(first: Moment, last: Moment, write: MomentWriter) -> str:
    """Join two ends with a dash, and write year and month once where both have the same."""
    begin = write(first)
    end = write(last)
    if begin == end:
        return begin
    if first.year != last.year or not first.month or not last.month:
        return f"{begin}–{end}"
    if first.month == last.month and first.day and last.day:
        days = f"{first.day}–{last.day}"
        # The day is no part of the year's digits: `December 20, 2020`.
        return re.sub(rf"(?<![0-9]){last.day}(?![0-9])", days, end, count=1)
    # A style writes the year first or last: it stands at the outer end of the pair.
    if end.startswith(last.year):
        return f"{begin}–{_without_year(end, last.year)}"
    return f"{_without_year(begin, first.year)}–{end}"


def _without_year(words: str, year: str) -> str:
    return re.sub(rf",? {year}$|^{year},? ", "", words)
