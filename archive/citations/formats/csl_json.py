"""CSL-JSON: a reference as Zotero, pandoc and citeproc read it (CSL-data schema, version
1.0.2)."""

from typing import Any

from archive.citations.reference import PersonName, Reference
from archive.citations.styles.dates import DateSpan, Moment, in_words, month_first, read
from archive.citations.styles.name_lists import creators

Item = dict[str, Any]


def item_of(reference: Reference, identifier: str) -> Item:
    """Return `reference` as a CSL item under `identifier`; what is not known is left out.

    The title is in Latin letters where these were given, with the translation in brackets,
    because no style has a place of its own for either. What CSL has no variable for is in
    `custom`: the title in its own script, the agency credit, and the address of the archived
    copy (styles print `archive_location` bare, before the original address).
    """
    kept = {
        "id": identifier,
        "type": "article-newspaper" if reference.publisher else "webpage",
        "title": _title(reference),
        "author": [_name(name) for name in creators(reference)],
        "container-title": reference.publisher,
        "issued": _date(read(reference.published)),
        "accessed": _date(read(reference.accessed.isoformat())) if reference.accessed else None,
        "URL": reference.address,
        "language": reference.language or "und",
        "custom": {
            name: value
            for name, value in (
                ("original-title", reference.title if reference.title_transliterated else ""),
                ("credit", reference.credit),
                ("archived", reference.archived),
            )
            if value
        },
    }
    return {name: value for name, value in kept.items() if value}


def _title(reference: Reference) -> str:
    title = reference.title_transliterated or reference.title
    return f"{title} [{reference.title_translated}]" if reference.title_translated else title


def _name(name: PersonName) -> dict[str, str]:
    if name.is_literal:
        return {"literal": name.natural}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _date(span: DateSpan | None) -> Item | None:
    """Return a CSL date; in words where CSL has no form for it: an open end, decades, seasons
    as ends."""
    if span is None:
        return None
    if span.moment and span.moment.season and span.moment.year.isdecimal():
        date: Item = {"date-parts": [[int(span.moment.year)]], "season": span.moment.month - 20}
    elif (
        span.first
        and span.last
        and all(_has_parts(moment) for moment in (span.first, span.last))
    ):
        date = {
            "date-parts": [_parts(moment) for moment in dict.fromkeys((span.first, span.last))]
        }
    else:
        return {"literal": in_words(span, month_first)}
    return date | ({"circa": True} if span.is_about or span.is_unsure else {})


def _has_parts(moment: Moment) -> bool:
    return moment.year.isdecimal() and not moment.season


def _parts(moment: Moment) -> list[int]:
    return [part for part in (int(moment.year), moment.month, moment.day) if part]
