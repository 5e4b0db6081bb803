"""Chicago, notes and bibliography: an article of a newspaper or a web site (CMOS 18, chapters
13 and 14).

The seventeenth edition names more authors than the eighteenth before it says “et al.”; in all
else that concerns an article they agree. The locator stands in the note only, because an entry
of the bibliography is for the whole article.
"""

from functools import partial

from archive.citations.reference import Reference, Runs
from archive.citations.styles.dates import (
    access_day,
    bracketed_if_guessed,
    display_span,
    month_first,
    read,
)
from archive.citations.styles.name_lists import (
    creators,
    inverted,
    listed,
    natural,
    natural_list,
)
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


def note(reference: Reference, *, most: int = 2) -> Runs:
    """Return `Ivan Petrov, “Day Three,” The Post, December 19, 2011, para. 2, https://….`

    Of more than `most` authors the first stands for all.
    """
    pieces = (
        text(natural_list(creators(reference), most)),
        text(_title(reference)),
        text(one_line(reference.publisher), italic=True),
        text(_date(reference)),
        text(_access(reference, "accessed")),
        labelled("para. ", reference.paragraph),
        text(reference.address),
        labelled("archived at ", reference.archived),
    )
    return closed(joined(pieces), ".")


def bibliography(reference: Reference, *, most: int = 6, first: int = 3) -> Runs:
    """Return `Petrov, Ivan. “Day Three.” The Post, December 19, 2011. https://….`

    An article without an author stands under its newspaper. Of more than `most` authors the
    `first` are named.
    """
    date = text(_date(reference))
    publisher = text(one_line(reference.publisher), italic=True)
    names = text(_entry_names(reference, most, first))
    pieces = (
        # The newspaper takes the place of an author and is not named again.
        names or publisher,
        text(_title(reference)),
        joined((publisher, date)) if names else date,
        text(_access(reference, "Accessed")),
        text(reference.address),
        labelled("Archived at ", reference.archived),
    )
    return closed(joined(pieces, "."), ".")


note_17th = partial(note, most=3)
bibliography_17th = partial(bibliography, most=10, first=7)


def _entry_names(reference: Reference, most: int, first: int) -> str:
    names = creators(reference)
    if not names:
        return ""
    heading = inverted(names[0], particle_last=True)
    if len(names) <= most:
        return listed(names, heading)
    others = map(natural, names[1:first])
    return ", ".join((heading, *others, "et al."))


def _title(reference: Reference) -> str:
    """Return `“Title”`, of another script `“Transliteration” Title`; a `[translation]` stands
    after (CMOS 11.9)."""
    title = one_line(reference.title)
    if reference.language.lower().startswith("en"):
        title = headline(title)
    transliterated = one_line(reference.title_transliterated)
    if transliterated:
        title = f"{quoted(transliterated)} {title}"
    else:
        title = quoted(title)
    return with_translation(title, reference.title_translated)


def _date(reference: Reference) -> str:
    """Return the date; `n.d.` for a newspaper's article, and nothing for a mere page of the
    web."""
    span = read(reference.published)
    if span:
        return bracketed_if_guessed(span, month_first, "ca. ")
    return "n.d." if reference.publisher else ""


def _access(reference: Reference, verb: str) -> str:
    day = access_day(reference)
    if day is None:
        return ""
    return f"{verb} {display_span(day, month_first)}"
