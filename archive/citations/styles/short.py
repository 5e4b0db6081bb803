"""One line for running text: `The Moscow Times, 26 Jan. 2012`."""

from archive.citations.reference import Reference, Runs
from archive.citations.styles.dates import day_first, in_words, read
from archive.citations.styles.name_lists import creators, listed, natural
from archive.citations.styles.punctuation import joined, one_line, quoted, text

_MOST_NAMES = 2


def cite(reference: Reference) -> Runs:
    """Return who published it and when; without a publisher the author or the agency, without
    these the title."""
    who = text(one_line(reference.publisher), italic=True) or text(_names(reference))
    return joined(
        (who or text(quoted(one_line(reference.title))), text(_date(reference.published)))
    )


def _names(reference: Reference) -> str:
    names = creators(reference)
    if len(names) > _MOST_NAMES:
        return f"{natural(names[0])} et al."
    return listed(names, natural(names[0])) if names else ""


def _date(published: str) -> str:
    span = read(published)
    if span is None:
        return "undated"
    return f"{'c. ' if span.is_about else ''}{in_words(span, day_first)}{'?' if span.is_unsure else ''}"
