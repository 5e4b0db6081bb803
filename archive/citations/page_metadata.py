"""An article as its page describes it to programs: `meta` elements, JSON-LD, COinS.

    Reference ── meta ──> Highwire's and Dublin Core's names, as Zotero and scholarly search read them
              ── json_ld ──> schema.org's NewsArticle, for search engines
              ── coins ──> an OpenURL, one for each article of a list (Z39.88-2004)

What is not known is left out. So is a date that is not certain, wherever the format has no way
to say so.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from archive.citations.reference import PersonName, Reference
from archive.languages import UNKNOWN

_CERTAIN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def meta(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each `meta` element.

    The outlet is `prism.publicationName` and not `citation_journal_title`, by which Zotero
    would take a report for an article of a journal; `z.itemType` is Zotero's own name for the
    type.
    """
    for name, content in _meta(reference):
        if content:
            yield name, content


def json_ld(reference: Reference) -> dict[str, Any]:
    """Return schema.org's NewsArticle; `reference.archived` is the address at which this
    archive keeps it."""
    properties = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": reference.title,
        "alternativeHeadline": reference.title_translated
        or reference.title_transliterated,
        "author": [_agent(name) for name in reference.authors],
        "creditText": reference.credit,
        "publisher": _organization(reference.publisher),
        "datePublished": certain(reference.published),
        "inLanguage": _language(reference),
        "url": reference.address or reference.archived,
        "archivedAt": reference.archived,
        "mainEntityOfPage": reference.archived,
    }
    return {name: value for name, value in properties.items() if value}


def coins(reference: Reference) -> str:
    """Return an OpenURL's query, to stand in the `title` of a span of class `Z3988`.

    The format is Dublin Core's (`info:ofi/fmt:kev:mtx:dc`), which has room for a newspaper;
    `rft.type` is as Zotero has it.
    """
    # A key may stand several times: one creator, one pair.
    creators = [("rft.creator", _inverted(name)) for name in reference.authors]
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", _zotero_type(reference)),
        ("rft.title", reference.title),
        *creators,
        ("rft.source", reference.publisher),
        ("rft.publisher", reference.publisher),
        ("rft.date", certain(reference.published)),
        ("rft.language", _language(reference)),
        ("rft.identifier", reference.address or reference.archived),
    ]
    known_pairs = [(key, value) for key, value in pairs if value]
    return urlencode(known_pairs, quote_via=quote)


def certain(published: str) -> str:
    """Return an EDTF date that is one day, month or year, as ISO 8601 has it too; empty for any
    other.

    >>> certain("2011-12-19"), certain("2011-12~"), certain("2011-12-16/2011-12-19")
    ('2011-12-19', '', '')
    """
    if _CERTAIN.fullmatch(published):
        return published
    return ""


def _meta(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "citation_title", reference.title
    for name in reference.authors:
        yield "citation_author", _inverted(name)
    # Highwire's dates have slashes.
    yield "citation_publication_date", certain(reference.published).replace("-", "/")
    yield "citation_publisher", reference.publisher
    yield "citation_language", _language(reference)
    yield "citation_public_url", reference.address
    yield "prism.publicationName", reference.publisher
    yield "z.itemType", _zotero_type(reference)
    yield "DC.title", reference.title
    yield (
        "DCTERMS.alternative",
        reference.title_translated or reference.title_transliterated,
    )
    for name in reference.authors:
        yield "DC.creator", name.natural
    yield "DC.contributor", reference.credit
    yield "DC.publisher", reference.publisher
    yield "DC.date", reference.published  # EDTF, which says whether it is certain
    yield "DC.language", _language(reference)
    yield "DC.identifier", reference.archived
    if reference.accessed:
        yield "DCTERMS.dateSubmitted", reference.accessed.isoformat()


def _inverted(name: PersonName) -> str:
    """Return `Petrov, Ivan`; a literal name of several words ends in a comma, so that no
    program splits it."""
    if not name.is_literal:
        return name.inverted
    if " " in name.natural:
        return f"{name.natural},"
    return name.natural


def _agent(name: PersonName) -> dict[str, str] | str:
    """Return a person; a literal name stays mere words, as it may be an organisation's."""
    if name.is_literal:
        return name.natural
    return {"@type": "Person", "name": name.natural}


def _organization(name: str) -> dict[str, str] | None:
    if not name:
        return None
    return {"@type": "Organization", "name": name}


def _language(reference: Reference) -> str:
    return "" if reference.language == UNKNOWN else reference.language


def _zotero_type(reference: Reference) -> str:
    return "newspaperArticle" if reference.publisher else "webpage"
