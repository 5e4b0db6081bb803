"""CSL-JSON: a reference as Zotero, pandoc and citeproc read it (CSL-data schema, version
1.0.2)."""

from typing import Any

from archive.citations.reference import PersonName, Reference
from archive.citations.styles.dates import (
    DateSpan,
    Moment,
    display_span,
    month_first,
    read,
)
from archive.citations.styles.name_lists import creators

Item = dict[str, Any]


def item_of(reference: Reference, identifier: str) -> Item:
    """Return `reference` as a CSL item under `identifier`, without what is not known.

    The title is in Latin letters where these were given, with the translation in brackets,
    because no style has a place of its own for either. What CSL has no variable for is in
    `custom`: the title in its own script, the agency credit, and the address of the archived
    copy (styles print `archive_location` bare, before the original address).
    """
    item = {
        "id": identifier,
        "type": "article-newspaper" if reference.publisher else "webpage",
        "title": _title(reference),
        "author": [_name(name) for name in creators(reference)],
        "container-title": reference.publisher,
        "issued": _date(read(reference.published)),
        "accessed": None,
        "URL": reference.address,
        "language": reference.language or "und",
        "custom": _custom(reference),
    }
    # Its place in the item is reserved above, so that the order of keys is stable.
    if reference.accessed:
        item["accessed"] = _date(read(reference.accessed.isoformat()))
    return _without_empty(item)


def _custom(reference: Reference) -> Item:
    fields = {
        "original-title": "",
        "credit": reference.credit,
        "archived": reference.archived,
    }
    if reference.title_transliterated:
        fields["original-title"] = reference.title
    return _without_empty(fields)


def _without_empty(fields: Item) -> Item:
    return {name: value for name, value in fields.items() if value}


def _title(reference: Reference) -> str:
    title = reference.title_transliterated or reference.title
    if reference.title_translated:
        return f"{title} [{reference.title_translated}]"
    return title


def _name(name: PersonName) -> Item:
    if name.is_literal:
        return {"literal": name.natural}
    return _without_empty(
        {
            "family": name.family,
            "given": name.given,
            "non-dropping-particle": name.particle,
            "suffix": name.suffix,
        }
    )


def _date(span: DateSpan | None) -> Item | None:
    """Return a CSL date; in words where CSL cannot say it: an open end, decades, seasons as
    ends."""
    if span is None:
        return None
    date = _season(span.moment) or _date_parts(span.first, span.last)
    if date is None:
        return {"literal": display_span(span, month_first)}
    if span.is_about or span.is_unsure:
        date["circa"] = True
    return date


def _season(moment: Moment | None) -> Item | None:
    """Return one season of one year, which CSL numbers from 1; None for any other moment."""
    if moment is None or not moment.season or not moment.year.isdecimal():
        return None
    return {"date-parts": [[int(moment.year)]], "season": moment.month - 20}


def _date_parts(first: Moment | None, last: Moment | None) -> Item | None:
    """Return one date, or two; None where an end is open or has no numbers."""
    if first is None or last is None:
        return None
    if not _has_parts(first) or not _has_parts(last):
        return None
    # A single date has one array of parts, a range two.
    ends = [first] if first == last else [first, last]
    return {"date-parts": [_parts(moment) for moment in ends]}


def _has_parts(moment: Moment) -> bool:
    return moment.year.isdecimal() and not moment.season


def _parts(moment: Moment) -> list[int]:
    return list(filter(None, (int(moment.year), moment.month, moment.day)))
