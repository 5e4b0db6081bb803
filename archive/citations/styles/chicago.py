"""Chicago, notes and bibliography: an article of a newspaper or a web site (CMOS 18, chapters
13 and 14).

The seventeenth edition names more authors than the eighteenth before it says “et al.”; in all
else that concerns an article they agree. The locator stands in the note only, because an entry
of the bibliography is for the whole article.
"""

from functools import partial

from archive.citations.reference import Reference, Runs
from archive.citations.styles.dates import DateSpan, in_words, month_first, read
from archive.citations.styles.name_lists import creators, inverted, listed, natural
from archive.citations.styles.punctuation import closed, joined, one_line, quoted, text
from archive.citations.styles.title_case import headline


def note(reference: Reference, *, most: int = 2) -> Runs:
    """Return `Ivan Petrov, “Day Three,” The Post, December 19, 2011, para. 2, https://….`

    Of more than `most` authors the first stands for all.
    """
    names = creators(reference)
    who = (
        f"{natural(names[0])} et al."
        if len(names) > most
        else listed(names, natural(names[0]))
        if names
        else ""
    )
    return closed(
        joined(
            (
                text(who),
                text(_title(reference)),
                text(one_line(reference.publisher), italic=True),
                text(_date(reference)),
                text(_access(reference, "accessed")),
                text(f"para. {reference.paragraph}" if reference.paragraph else ""),
                text(reference.address),
                text(f"archived at {reference.archived}" if reference.archived else ""),
            )
        ),
        ".",
    )


def bibliography(reference: Reference, *, most: int = 6, first: int = 3) -> Runs:
    """Return `Petrov, Ivan. “Day Three.” The Post, December 19, 2011. https://….`

    An article without an author stands under its newspaper. Of more than `most` authors the
    `first` are named.
    """
    names = creators(reference)
    publisher = text(one_line(reference.publisher), italic=True)
    date = text(_date(reference))
    return closed(
        joined(
            (
                text(_entry_names(reference, most, first)) if names else publisher,
                text(_title(reference)),
                joined((publisher, date)) if names else date,
                text(_access(reference, "Accessed")),
                text(reference.address),
                text(f"Archived at {reference.archived}" if reference.archived else ""),
            ),
            ".",
        ),
        ".",
    )


note_17th = partial(note, most=3)
bibliography_17th = partial(bibliography, most=10, first=7)


def _entry_names(reference: Reference, most: int, first: int) -> str:
    names = creators(reference)
    begun = inverted(names[0], particle_last=True)
    if len(names) > most:
        return ", ".join((begun, *map(natural, names[1:first]), "et al."))
    return listed(names, begun)


def _title(reference: Reference) -> str:
    """Return `“Title”`, of another script `“Transliteration” Title`; a `[translation]` stands
    behind (CMOS 11.9)."""
    title = one_line(reference.title)
    if reference.language.lower().startswith("en"):
        title = headline(title)
    given = one_line(reference.title_transliterated)
    translated = one_line(reference.title_translated)
    words = f"{quoted(given)} {title}" if given else quoted(title)
    return f"{words} [{translated}]" if translated else words


def _date(reference: Reference) -> str:
    """Return the date; `n.d.` for a newspaper's article, and nothing for a mere page of the
    web."""
    if span := read(reference.published):
        return _in_brackets_if_guessed(span)
    return "n.d." if reference.publisher else ""


def _in_brackets_if_guessed(span: DateSpan) -> str:
    """Return the date; in brackets where it is not the source's own: `[ca. 2011]`,
    `[2011?]`."""
    words = in_words(span, month_first)
    if not (span.is_about or span.is_unsure):
        return words
    return f"[{'ca. ' if span.is_about else ''}{words}{'?' if span.is_unsure else ''}]"


def _access(reference: Reference, verb: str) -> str:
    """Return the day of access of an undated article."""
    if read(reference.published) or not reference.accessed:
        return ""
    day = read(reference.accessed.isoformat())
    return f"{verb} {in_words(day, month_first)}" if day else ""
