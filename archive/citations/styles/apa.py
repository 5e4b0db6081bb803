"""APA, seventh edition: an entry of the reference list for an article of a newspaper (10.1) or
a web site (10.16)."""

from archive.citations.reference import PersonName, Reference, Runs, TextRun
from archive.citations.styles.dates import (
    access_day,
    display_span,
    month_first,
    read,
    year_first,
)
from archive.citations.styles.name_lists import creators
from archive.citations.styles.punctuation import (
    closed,
    curled,
    isolated,
    joined,
    labelled,
    one_line,
    plain,
    text,
    with_translation,
)

_MOST_NAMES, _FIRST = 20, 19


def cite(reference: Reference) -> Runs:
    """Return `Petrov, I. (2011, December 19). Day three. The Post. https://…`

    The title is not put into sentence style: see `title_case`. Nothing stands after an
    address, so paragraph and archived copy come in brackets.
    """
    title = _title(reference)
    date = text(f"({_date(reference.published)})")
    names = text(_names(reference))
    if names:
        head = joined((_spaced(closed(names, "."), date), title), ".")
    else:
        head = _spaced(closed(title, "."), date)
    entry = joined((head, text(one_line(reference.publisher), italic=True)), ".")
    return _spaced(closed(entry, "."), text(_retrieved(reference)), _passage(reference))


def _spaced(*pieces: Runs) -> Runs:
    """Put pieces side by side, with a space between those that are not empty."""
    runs: list[TextRun] = []
    for piece in pieces:
        if runs and piece:
            runs.append(TextRun(" "))
        runs.extend(piece)
    return tuple(runs)


def _names(reference: Reference) -> str:
    """Return up to twenty authors; of more, the first nineteen and the last."""
    authors = creators(reference)
    names = [_with_initials(name) for name in authors]
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_FIRST])}, … {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    # Two groups are joined without a comma, two people with one.
    are_two_groups = len(names) == 2 and all(name.is_literal for name in authors)
    comma = "" if are_two_groups else ","
    return f"{', '.join(names[:-1])}{comma} & {names[-1]}"


def _with_initials(name: PersonName) -> str:
    """Return `King, M. L., Jr.`; what follows a hyphen has an initial of its own."""
    parts = (name.whole_family, initials(name.given), name.suffix)
    return isolated(curled(", ".join(filter(None, parts))))


def initials(given: str) -> str:
    """Return the first letters of given names.

    >>> initials("Jean-Paul Marie"), initials("И. П."), initials("J.K.")
    ('J.-P. M.', 'И. П.', 'J. K.')
    """
    # A space after each full stop, so that `J.K.` has two words, but none before a hyphen.
    words = given.replace(".", ". ").replace(". -", ".-").split()
    return " ".join(map(_initial, words))


def _initial(word: str) -> str:
    return "-".join(f"{part[0]}." for part in word.split("-") if part)


def _title(reference: Reference) -> Runs:
    """Return the title as it was published; in italics where it is a work of its own, in no
    newspaper."""
    title = one_line(reference.title_transliterated or reference.title)
    title = with_translation(title, reference.title_translated)
    return text(title, italic=not reference.publisher)


def _date(published: str) -> str:
    span = read(published)
    if span is None:
        return "n.d."
    words = display_span(span, year_first)
    if span.is_about or span.is_unsure:
        return f"ca. {words}"
    return words


def _retrieved(reference: Reference) -> str:
    """Return the address; of an undated article with the day on which it read so (APA 9.16)."""
    day = access_day(reference)
    if day and reference.address:
        return f"Retrieved {display_span(day, month_first)}, from {reference.address}"
    return reference.address


def _passage(reference: Reference) -> Runs:
    paragraph = labelled("para. ", reference.paragraph)
    archived = labelled("archived at ", reference.archived)
    parts = [plain(piece) for piece in (paragraph, archived) if piece]
    if not parts:
        return ()
    return text(f"({'; '.join(parts)})")
