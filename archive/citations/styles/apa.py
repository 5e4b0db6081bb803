"""APA, seventh edition: an entry of the reference list for an article of a newspaper (10.1) or
a web site (10.16)."""

from archive.citations.reference import PersonName, Reference, Runs
from archive.citations.styles.dates import in_words, month_first, read, year_first
from archive.citations.styles.name_lists import creators
from archive.citations.styles.punctuation import (
    closed,
    curled,
    isolated,
    joined,
    one_line,
    text,
)

_MOST_NAMES, _FIRST = 20, 19


def cite(reference: Reference) -> Runs:
    """Return `Petrov, I. (2011, December 19). Day three. The Post. https://…`

    The title is not put into sentence style: see `title_case`. Nothing stands behind an
    address, so paragraph and archived copy come in brackets.
    """
    names, date, title = (
        text(_names(reference)),
        text(f"({_date(reference.published)})"),
        _title(reference),
    )
    head = joined(
        (_spaced(closed(names, "."), date), title)
        if names
        else (_spaced(closed(title, "."), date),),
        ".",
    )
    entry = joined((head, text(one_line(reference.publisher), italic=True)), ".")
    return _spaced(closed(entry, "."), text(_retrieved(reference)), text(_passage(reference)))


def _spaced(*pieces: Runs) -> Runs:
    """Put pieces side by side, a space between them."""
    runs: Runs = ()
    for piece in filter(None, pieces):
        runs = (*runs, *(text(" ") if runs else ()), *piece)
    return runs


def _names(reference: Reference) -> str:
    """Return up to twenty authors; of more, the first nineteen and the last."""
    names = [_with_initials(name) for name in creators(reference)]
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_FIRST])}, … {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    are_groups = len(names) == 2 and all(name.is_literal for name in creators(reference))
    return f"{', '.join(names[:-1])}{'' if are_groups else ','} & {names[-1]}"


def _with_initials(name: PersonName) -> str:
    """Return `King, M. L., Jr.`; what follows a hyphen has an initial of its own."""
    return isolated(
        curled(", ".join(filter(None, (name.whole_family, initials(name.given), name.suffix))))
    )


def initials(given: str) -> str:
    """Return the first letters of given names.

    >>> initials("Jean-Paul Marie"), initials("И. П."), initials("J.K.")
    ('J.-P. M.', 'И. П.', 'J. K.')
    """
    words = given.replace(".", ". ").replace(". -", ".-").split()
    return " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part) for word in words
    )


def _title(reference: Reference) -> Runs:
    """Return the title as it was published; in italics where it is a work of its own, in no
    newspaper."""
    title = one_line(reference.title_transliterated or reference.title)
    if translated := one_line(reference.title_translated):
        title = f"{title} [{translated}]"
    return text(title, italic=not reference.publisher)


def _date(published: str) -> str:
    span = read(published)
    if span is None:
        return "n.d."
    return f"{'ca. ' if span.is_about or span.is_unsure else ''}{in_words(span, year_first)}"


def _retrieved(reference: Reference) -> str:
    """Return the address; of an undated article with the day on which it read so (APA 9.16)."""
    is_undated = read(reference.published) is None
    day = read(reference.accessed.isoformat()) if reference.accessed and is_undated else None
    if day and reference.address:
        return f"Retrieved {in_words(day, month_first)}, from {reference.address}"
    return reference.address


def _passage(reference: Reference) -> str:
    parts = (
        f"para. {reference.paragraph}" if reference.paragraph else "",
        f"archived at {reference.archived}" if reference.archived else "",
    )
    return f"({'; '.join(filter(None, parts))})" if any(parts) else ""
