"""One line for running text: `The Moscow Times, 26 Jan. 2012`."""

from archive.citations.reference import Reference, Runs
from archive.citations.styles.dates import day_first, display_span, qualified, read
from archive.citations.styles.name_lists import creators, natural_list
from archive.citations.styles.punctuation import joined, one_line, quoted, text

_MOST_NAMES = 2


def cite(reference: Reference) -> Runs:
    """Return who published it and when; without a publisher the author or the agency, without
    these the title."""
    source = text(one_line(reference.publisher), italic=True)
    if not source:
        source = text(natural_list(creators(reference), _MOST_NAMES))
    if not source:
        source = text(quoted(one_line(reference.title)))
    return joined((source, text(_date(reference.published))))


def _date(published: str) -> str:
    span = read(published)
    if span is None:
        return "undated"
    return qualified(display_span(span, day_first), span, "c. ")
