"""Dates: read strictly from what sources write, kept as EDTF, shown in words.

Only a whole date in one of the notations below is read. `01/02/2012` is two different days and is not read at
all; neither is "last week".
"""

import re
from datetime import date
from functools import lru_cache
from math import inf
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "en abbreviated": "jan feb mar apr may jun jul aug sep oct nov dec",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}
_MONTH_NUMBERS = {
    name: n
    for names in _MONTHS.values()
    for n, name in enumerate(names.split(), start=1)
} | {"sept": 9}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_DECADE = re.compile(r"[0-9]{3}X")
_SEASON = re.compile(r"(?P<year>[0-9]{4})-(?P<number>2[1-4])")
_OPEN_ENDS = ("/", "..")
# What is given to the parser of EDTF: dates within the years 0001 to 9999, which are all that
# can be kept. Of `Y1E999999999` it would try to compute the year.
_LONGEST = 100
_WITHIN_FOUR_DIGITS = re.compile(
    r"(?:[0-9]{1,4}(?![0-9])|S[0-9](?![0-9])|[XTZ:+\-/.~?%{}\[\], ])*"
)
_SIGNS = {
    "~": lambda: _("about %(date)s"),
    "?": lambda: _("%(date)s (uncertain)"),
    "%": lambda: _("about %(date)s (uncertain)"),
}
_SEASONS = {
    "21": lambda: _("spring %(year)s"),
    "22": lambda: _("summer %(year)s"),
    "23": lambda: _("autumn %(year)s"),
    "24": lambda: _("winter %(year)s"),
}
_WEEKDAY = r"(?:\w+day,?\s+)?"
_DAY_PATTERNS = [
    re.compile(
        rf"^{_WEEKDAY}(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})$"
    ),
    re.compile(
        rf"^{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>[^\W\d]+)\.?,?\s+(?P<year>\d{{4}})(?:\s+г(?:\.|ода))?$"
    ),
    re.compile(
        r"^(?P<year>\d{4})\s+(?:жылғы|ж\.)\s+(?P<day>\d{1,2})\s+(?P<month>[^\W\d]+)$"
    ),
    re.compile(r"^(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})$"),
    re.compile(r"^(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})$"),
]


def read_written_day(words: str) -> str:
    """Return the day that `words` name, as EDTF (`2011-12-19`); empty where they are not
    exactly one date.

    >>> read_written_day("December 19, 2011"), read_written_day("26 января 2012 г."), read_written_day("01/02/2012")
    ('2011-12-19', '2012-01-26', '')
    """
    lowered = words.strip().lower()
    # The patterns exclude one another, so the first that matches decides.
    for pattern in _DAY_PATTERNS:
        match = pattern.match(lowered)
        if match:
            return _iso_day(match["year"], match["month"], match["day"])
    return ""


def _iso_day(year: str, month: str, day: str) -> str:
    """Return a day as ISO 8601; empty where the calendar does not have it."""
    number = int(month) if month.isdecimal() else _MONTH_NUMBERS.get(month, 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def earliest_day(edtf: str) -> date | None:
    """Return the first day that an EDTF date can mean; None where it is empty or open at its
    start.

    Raises ValueError where it is no EDTF date, with a sentence for the person who typed it.
    """
    return _ends(edtf)[0]


@lru_cache(maxsize=4096)
def latest_day(edtf: str) -> date | None:
    """Return the last day that an EDTF date can mean; None where it is empty or open at its
    end. Raises ValueError."""
    return _ends(edtf)[1]


def _ends(edtf: str) -> tuple[date | None, date | None]:
    if not edtf:
        return None, None
    try:
        return _parsed_ends(edtf)
    # The library raises any of these for what its grammar does not foresee.
    except (ValueError, AttributeError, TypeError, OverflowError) as error:
        raise ValueError(
            _(
                "“%(date)s” is not a date in EDTF. Write 2011-12-19, 2011-12, 2011, or 2011-12~ for “about”."
            )
            % {"date": edtf}
        ) from error


def _parsed_ends(edtf: str) -> tuple[date | None, date | None]:
    # Nearly every date is a whole day, which needs no parser.
    if _DAY.fullmatch(edtf):
        day = date.fromisoformat(edtf)
        return day, day
    if len(edtf) > _LONGEST or not _WITHIN_FOUR_DIGITS.fullmatch(edtf):
        raise ValueError(edtf)
    # Imported where it is needed: it builds its grammar then, which takes longer than all
    # other modules of the archive.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    first = last = None
    try:
        parsed = parse_edtf(edtf)
        if not edtf.startswith(_OPEN_ENDS):
            first = _day(parsed.lower_strict())
        if not edtf.endswith(_OPEN_ENDS):
            last = _day(parsed.upper_strict())
    except EDTFParseException as error:
        raise ValueError(edtf) from error
    return first, last


def _day(moment: Any) -> date | None:
    """Return the day of a moment as the EDTF library has it; None for one without end."""
    if moment in (inf, -inf):
        return None
    from edtf import struct_time_to_date

    return struct_time_to_date(moment)


def display_date(edtf: str) -> str:
    """Return an EDTF date for reading: days and months written out, also those between which it
    lies."""
    if "/" in edtf:
        return _display_interval(edtf)
    if _DAY.fullmatch(edtf):
        return formats.date_format(date.fromisoformat(edtf), "j F Y")
    if _MONTH.fullmatch(edtf):
        return formats.date_format(date.fromisoformat(f"{edtf}-01"), "F Y")
    sign = edtf[-1:]
    if sign in _SIGNS:
        return _SIGNS[sign]() % {"date": display_date(edtf[:-1])}
    # `2011-12-XX` and `2011-XX-XX`: a day is not known, or neither month nor day.
    if edtf.endswith("-XX"):
        known = edtf.removesuffix("-XX").removesuffix("-XX")
        return _("%(date)s, exactly when is not known") % {"date": display_date(known)}
    if _DECADE.fullmatch(edtf):
        return _("the %(year)ss") % {"year": f"{edtf[:3]}0"}
    season = _SEASON.fullmatch(edtf)
    if season:
        return _SEASONS[season["number"]]() % {"year": season["year"]}
    return edtf


def _display_interval(edtf: str) -> str:
    """Return `first/last` in words, where `..` or nothing stands for an open end."""
    first, last = edtf.split("/", 1)
    if first == "..":
        first = ""
    if last == "..":
        last = ""
    words = {"first": display_date(first), "last": display_date(last)}
    if not first:
        return _("until %(last)s") % words
    if not last:
        return _("from %(first)s") % words
    return _("%(first)s to %(last)s") % words


def clean_edtf(typed: str) -> str:
    """Return the date that somebody typed, without blanks around it.

    Raises ValidationError where it is no date in EDTF.
    """
    date_typed = typed.strip()
    try:
        earliest_day(date_typed)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    return date_typed
