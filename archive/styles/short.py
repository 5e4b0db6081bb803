"""One line for running text: `The Moscow Times, 26 Jan. 2012`."""

from archive.reference import Reference, Runs
from archive.styles.dates import SEASONS, SHORT_MONTHS, Moment, read
from archive.styles.setting import joined, natural_names, quoted, text

_MOST_NAMES = 2


def cite(reference: Reference) -> Runs:
    """Return who published it and when; without a publisher the author or the agency, without these the title."""
    who = text(reference.publisher, italic=True) or text(natural_names(reference, _MOST_NAMES))
    return joined((who or text(quoted(reference.title)), text(_dated(reference.published))))


def _dated(published: str) -> str:
    span = read(published)
    if span is None:
        return "undated"
    ends = [_moment(moment) for moment in dict.fromkeys((span.first, span.last)) if moment]
    words = "–".join(ends)
    if not (span.first and span.last):
        words = f"{'after' if span.first else 'before'} {words}"
    return f"{'c. ' if span.is_about else ''}{words}{'?' if span.is_unsure else ''}"


def _moment(moment: Moment) -> str:
    if moment.month in SEASONS:
        return f"{SEASONS[moment.month]} {moment.year}"
    month = SHORT_MONTHS[moment.month - 1] if moment.month else ""
    return " ".join(filter(None, (str(moment.day or ""), month, moment.year)))
