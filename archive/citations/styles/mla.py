"""MLA, ninth edition: an entry of the works cited, its elements in the order of the handbook's
chapter 5."""

from archive.citations.reference import Reference, Runs
from archive.citations.styles.dates import (
    access_day,
    bracketed_if_guessed,
    day_first,
    display_span,
    read,
)
from archive.citations.styles.name_lists import creators, inverted, listed
from archive.citations.styles.punctuation import (
    closed,
    joined,
    labelled,
    one_line,
    quoted,
    text,
    with_translation,
)
from archive.citations.styles.title_case import headline


def cite(reference: Reference) -> Runs:
    """Return `Petrov, Ivan. “Day Three.” The Post, 19 Dec. 2011, https://….`

    The day of access is given where none of publication is known; the paragraph and the
    archived copy are optional elements, at the end.
    """
    newspaper = text(one_line(reference.publisher), italic=True)
    day = text(_date(reference.published))
    container = joined((newspaper, day, text(reference.address)))
    elements = (
        text(_names(reference)),
        _title(reference),
        container,
        _access(reference),
        labelled("Par. ", reference.paragraph),
        labelled("Archived at ", reference.archived),
    )
    return closed(joined(elements, "."), ".")


def _names(reference: Reference) -> str:
    """Return one or two authors; of more, the first and “et al.”."""
    names = creators(reference)
    if not names:
        return ""
    first = inverted(names[0])
    if len(names) < 3:
        return listed(names, first)
    # The comma belongs to the inverted name: `Petrov, Ivan, et al.`, but `Amnesty et al.`
    comma = "" if names[0].is_literal else ","
    return f"{first}{comma} et al."


def _title(reference: Reference) -> Runs:
    """Return the title in quotation marks; in italics where no publication is known that the
    article is a part of."""
    title = one_line(reference.title_transliterated or reference.title)
    if reference.language.lower().startswith("en"):
        title = headline(title)
    title = with_translation(title, reference.title_translated)
    if reference.publisher:
        return text(quoted(title))
    return text(title, italic=True)


def _date(published: str) -> str:
    span = read(published)
    if span is None:
        return ""
    return bracketed_if_guessed(span, day_first, "circa ")


def _access(reference: Reference) -> Runs:
    day = access_day(reference)
    if day is None:
        return ()
    return text(f"Accessed {display_span(day, day_first)}")
