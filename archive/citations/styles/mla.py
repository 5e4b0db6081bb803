"""MLA, ninth edition: an entry of the works cited, its elements in the order of the handbook's
chapter 5."""

from archive.citations.reference import Reference, Runs
from archive.citations.styles.dates import DateSpan, day_first, in_words, read
from archive.citations.styles.name_lists import creators, inverted, listed
from archive.citations.styles.punctuation import closed, joined, one_line, quoted, text
from archive.citations.styles.title_case import headline


def cite(reference: Reference) -> Runs:
    """Return `Petrov, Ivan. “Day Three.” The Post, 19 Dec. 2011, https://….`

    The day of access is given where none of publication is known; the paragraph and the
    archived copy are optional elements, at the end.
    """
    container = joined(
        (
            text(one_line(reference.publisher), italic=True),
            text(_date(reference.published)),
            text(reference.address),
        )
    )
    is_undated = read(reference.published) is None
    day = read(reference.accessed.isoformat()) if reference.accessed and is_undated else None
    return closed(
        joined(
            (
                text(_names(reference)),
                _title(reference),
                container,
                text(f"Accessed {in_words(day, day_first)}" if day else ""),
                text(f"Par. {reference.paragraph}" if reference.paragraph else ""),
                text(f"Archived at {reference.archived}" if reference.archived else ""),
            ),
            ".",
        ),
        ".",
    )


def _names(reference: Reference) -> str:
    """Return one or two authors; of more, the first and “et al.”."""
    names = creators(reference)
    if len(names) > 2:
        comma = "" if names[0].is_literal else ","
        return f"{inverted(names[0])}{comma} et al."
    return listed(names, inverted(names[0])) if names else ""


def _title(reference: Reference) -> Runs:
    """Return the title in quotation marks; in italics where nothing is known that the article
    is a part of."""
    title = one_line(reference.title_transliterated or reference.title)
    if reference.language.lower().startswith("en"):
        title = headline(title)
    if translated := one_line(reference.title_translated):
        title = f"{title} [{translated}]"
    return text(quoted(title)) if reference.publisher else text(title, italic=True)


def _date(published: str) -> str:
    """Return the date; in brackets where it is not the source's own: `[circa 2011]`,
    `[2011?]`."""
    span: DateSpan | None = read(published)
    if span is None:
        return ""
    words = in_words(span, day_first)
    if not (span.is_about or span.is_unsure):
        return words
    return f"[{'circa ' if span.is_about else ''}{words}{'?' if span.is_unsure else ''}]"
