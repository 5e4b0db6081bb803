"""Chicago, notes and bibliography: a full note for an article on the web site of a newspaper (CMOS 14.191–200)."""

from archive.reference import Reference, Runs
from archive.styles.dates import MONTHS, SEASONS, Moment, Span, read
from archive.styles.setting import closed, joined, natural_names, quoted, text

_MOST_NAMES = 3


def cite(reference: Reference) -> Runs:
    """Return the note: `Ivan Petrov, “Day three,” The Post, December 19, 2011, para. 2, https://…`."""
    where = f"para. {reference.paragraph}" if reference.paragraph else ""
    return closed(
        joined(
            (
                text(natural_names(reference, _MOST_NAMES)),
                text(titled(reference)),
                text(reference.publisher, italic=True),
                text(dated(reference)),
                text(where),
                text(reference.address),
                text(f"archived at {reference.archived}" if reference.archived else ""),
            )
        ),
        ".",
    )


def titled(reference: Reference) -> str:
    """Return the title in quotation marks, a transliteration instead of another script, a translation in brackets."""
    title = quoted(reference.title_transliterated or reference.title)
    return f"{title} [{reference.title_translated}]" if reference.title_translated else title


def dated(reference: Reference) -> str:
    """Return the date of publication; without one the day of access, and without that `n.d.`."""
    span = read(reference.published)
    if span:
        return date_in_words(span)
    if reference.accessed:
        return f"accessed {MONTHS[reference.accessed.month - 1]} {reference.accessed.day}, {reference.accessed.year}"
    return "n.d."


def date_in_words(span: Span) -> str:
    if span.first == span.last and span.first:
        words = _moment(span.first)
    elif span.first and span.last:
        words = f"{_moment(span.first)}–{_moment(span.last)}"
    else:
        words = f"after {_moment(span.first)}" if span.first else f"before {_moment(span.last)}" if span.last else ""
    if span.is_about or span.is_unsure:
        return f"[{'ca. ' if span.is_about else ''}{words}{'?' if span.is_unsure else ''}]"
    return words


def _moment(moment: Moment) -> str:
    if moment.month in SEASONS:
        return f"{SEASONS[moment.month]} {moment.year}"
    if not moment.month:
        return moment.year
    month = MONTHS[moment.month - 1]
    return f"{month} {moment.day}, {moment.year}" if moment.day else f"{month} {moment.year}"
