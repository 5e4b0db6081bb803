"""Dates as citations write them: in English, whatever the language of the page."""

import re
from dataclasses import dataclass, replace

MONTHS = "January February March April May June July August September October November December".split()
SHORT_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}

_QUALIFIERS = re.compile(r"[~?%]")
_MOMENT = re.compile(r"(?P<year>[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))(?:-(?P<month>[0-9]{2}|XX))?(?:-(?P<day>[0-9]{2}|XX))?")


@dataclass(frozen=True)
class Moment:
    """A day, month, season or year of an EDTF date. `year` is in words: `2011`, `2010s`, `1900s`."""

    year: str
    month: int = 0
    """1 to 12; a season is 21 to 24; 0 where it is not known."""
    day: int = 0
    is_about: bool = False
    is_unsure: bool = False

    @property
    def bare(self) -> "Moment":
        """The same without what is said of its sureness."""
        return replace(self, is_about=False, is_unsure=False)


@dataclass(frozen=True)
class Span:
    """When something was published: a moment, or what lies between two, of which one may be open."""

    first: Moment | None
    last: Moment | None

    @property
    def is_about(self) -> bool:
        return any(moment.is_about for moment in (self.first, self.last) if moment)

    @property
    def is_unsure(self) -> bool:
        return any(moment.is_unsure for moment in (self.first, self.last) if moment)


def read(edtf: str) -> Span | None:
    """Return what an EDTF date says; None where it is empty or of a form that has no place in a citation."""
    first, slash, last = edtf.partition("/")
    if not slash:
        moment = _moment(first)
        return Span(moment, moment) if moment else None
    begun, ended = _moment(first), _moment(last)
    return Span(begun, ended) if begun or ended else None


def _moment(edtf: str) -> Moment | None:
    found = _MOMENT.fullmatch(_QUALIFIERS.sub("", edtf))
    if not found:
        return None
    year = found["year"]
    year = f"{year[:2]}00s" if year.endswith("XX") else f"{year[:3]}0s" if year.endswith("X") else year.lstrip("0")
    month, day = (int(part) if part and part.isdecimal() else 0 for part in (found["month"], found["day"]))
    return Moment(
        year,
        month if 1 <= month <= 12 or month in SEASONS else 0,
        day if 1 <= month <= 12 else 0,
        is_about="~" in edtf or "%" in edtf,
        is_unsure="?" in edtf or "%" in edtf,
    )
