"""From a passage to a Web Annotation.

`to_w3c` makes the whole of it. An export of many passages writes what differs between them, in
the same order, and puts between what it has encoded once: `source_of` a text, `bodies_of` a tag
(see `annotations.export.formats.jsonld`).
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from annotations.core.figures.parser import plain
from annotations.core.w3c.passage import ALLEGATION, ANNO, FIGURE, W3CPassage

_JSON = dict[str, Any]
MEDIA_TYPE = f'application/ld+json; profile="{ANNO}"'
# What `@context` says at the top of a document; annotations within a collection do
# without.
CONTEXT: list[Any] = [
    ANNO,
    {
        "testimonia": "urn:x-testimonia:",
        "testimonia:low": {"@type": "xsd:decimal"},
        "testimonia:high": {"@type": "xsd:decimal"},
        "testimonia:received": {"@type": "xsd:date"},
        "testimonia:capture": {"@type": "@id"},
        "schema:author": {"@container": "@list"},
    },
]
_MOTIVATIONS = {"person": "identifying", "place": "identifying"}
_CLASSES = {"person": "schema:Person", "place": "schema:Place"}
# RFC 3987, section 2.2.
_NOT_IN_AN_IRI = '<>"{}|\\^` ' + "".join(map(chr, range(32)))
_ENCODED = str.maketrans({c: f"%{ord(c):02X}" for c in _NOT_IN_AN_IRI})


def to_w3c(passage: W3CPassage, source: _JSON | None = None) -> _JSON:
    """Return the annotation without `@context`; `source`, which stands last, is
    `source_of(passage)` if not given."""
    if source is None:
        source = source_of(passage)
    annotation = {
        "id": passage.permalink,
        "type": "Annotation",
        "motivation": motivation_of(passage.kind),
        "created": instant(passage.made_at),
        "modified": instant(passage.changed_at),
        "creator": _creator(passage),
        "generator": generator_of(passage.permalink),
        "testimonia:kind": passage.kind,
        "testimonia:state": passage.state,
        "body": bodies_of(passage),
        "target": {
            "type": "SpecificResource",
            "testimonia:paragraph": passage.paragraph,
            "selector": _selectors(passage),
            "source": source,
        },
    }
    return _without_unknown(annotation)


def motivation_of(kind: str) -> str:
    return _MOTIVATIONS.get(kind, "describing")


def generator_of(permalink: str) -> _JSON:
    # An archive is addressed by what stands before its permalinks.
    archive, _slash, _rest = permalink.rpartition("/annotations/")
    return {"id": f"{archive}/", "type": "Software", "name": "Testimonia"}


def bodies_of(passage: W3CPassage) -> list[_JSON]:
    """Return what the passage is tagged as, and of which kind that is."""
    kind = _textual_body("tagging", passage.kind) | {"language": "en"}
    return [_body(passage), kind]


def _creator(passage: W3CPassage) -> _JSON | None:
    if not passage.made_by:
        return None
    return {"type": "Person", "nickname": passage.made_by}


def _selectors(passage: W3CPassage) -> list[_JSON]:
    return [
        {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
        {
            "type": "TextQuoteSelector",
            "exact": passage.words,
            "prefix": passage.before,
            "suffix": passage.after,
        },
    ]


def source_of(passage: W3CPassage) -> _JSON:
    """Return what an annotation says of its text: the same for all passages of one text."""
    article, versions, _rest = passage.text_address.rpartition("/versions/")
    address = f"{article}/" if versions else ""
    language = "" if passage.language == "und" else passage.language
    return _without_unknown(
        {
            "id": passage.text_address,
            "type": "Text",
            "format": "text/plain",
            "language": language,
            "testimonia:version": passage.version,
            "testimonia:sha256": passage.text_sha256,
            "testimonia:capture": _capture(passage, article),
            "partOf": _origin(passage, address),
        }
    )


def _capture(passage: W3CPassage, article: str) -> _JSON | None:
    if not passage.capture_sha256:
        return None
    capture = {
        "id": f"{article}/original/{passage.capture_sha256}/",
        "testimonia:sha256": passage.capture_sha256,
    }
    if passage.accessed:
        capture["testimonia:received"] = passage.accessed.isoformat()
    return capture


def _origin(passage: W3CPassage, address: str) -> _JSON:
    authors = [name.strip() for name in passage.authors.split(";")]
    return _without_unknown(
        {
            "id": address,
            "type": "schema:Article",
            "label": passage.title,
            "schema:author": [name for name in authors if name],
            "schema:creditText": passage.credit,
            "schema:publisher": passage.publisher,
            "schema:datePublished": passage.published,
            "via": passage.original_address.translate(_ENCODED),
        }
    )


def _body(passage: W3CPassage) -> _JSON:
    """Return what the passage is tagged as, whole and in words."""
    if passage.kind in _CLASSES:
        entity = {
            "id": passage.entity_address,
            "type": _CLASSES[passage.kind],
            "label": passage.entity,
        }
        return {
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": _without_unknown(entity),
        }
    # The words are for programs that know only the model; the terms below say it whole.
    body = _textual_body("describing", passage.tag or passage.kind)
    our_class = FIGURE if passage.kind == "figure" else ALLEGATION
    body["type"] = ["TextualBody", our_class]
    if passage.value is not None:
        body |= _figure_terms(passage, passage.value)
    elif passage.allegation:
        body |= _allegation_terms(passage)
    return body


def _figure_terms(passage: W3CPassage, value: Decimal) -> _JSON:
    return _without_unknown(
        {
            "testimonia:low": plain(value),
            "testimonia:high": plain(passage.value_to),
            "testimonia:qualifier": passage.qualifier,
            "testimonia:counted": passage.counted,
            "testimonia:saidBy": passage.said_by,
            "testimonia:measure": passage.measure,
            "testimonia:unit": passage.unit,
            "testimonia:asOf": passage.as_of,
        }
    )


def _allegation_terms(passage: W3CPassage) -> _JSON:
    return _without_unknown(
        {
            "testimonia:summary": passage.allegation,
            "testimonia:claimant": passage.claimant,
            "testimonia:accused": passage.accused,
            "testimonia:status": passage.status,
            "testimonia:conduct": passage.conduct,
            "testimonia:basis": passage.basis,
            "testimonia:happened": passage.happened,
            "testimonia:place": passage.place,
        }
    )


def _textual_body(purpose: str, value: str) -> _JSON:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "value": value,
        "format": "text/plain",
    }


def _without_unknown(properties: _JSON) -> _JSON:
    known = {}
    for name, value in properties.items():
        # Not by truth: 0 is known.
        if value not in (None, "", []):
            known[name] = value
    return known


def instant(moment: datetime | None) -> str | None:
    """Return an xsd:dateTime in UTC, with the `Z` that the model asks for (section 3.3.1)."""
    if moment is None:
        return None
    in_utc = moment.astimezone(UTC).isoformat()
    return in_utc.removesuffix("+00:00") + "Z"
