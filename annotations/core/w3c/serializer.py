"""From a passage to a Web Annotation."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from annotations.core.figures.parser import plain
from annotations.core.w3c.passage import ALLEGATION, ANNO, FIGURE, W3CPassage

MEDIA_TYPE = f'application/ld+json; profile="{ANNO}"'
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
"""What `@context` says at the top of a document; annotations within a collection do without."""
_MOTIVATIONS = {"person": "identifying", "place": "identifying"}
_CLASSES = {"person": "schema:Person", "place": "schema:Place"}
_NO_IRI = str.maketrans(
    {c: f"%{ord(c):02X}" for c in '<>"{}|\\^` ' + "".join(map(chr, range(32)))}
)
"""What no IRI may hold (RFC 3987, section 2.2)."""


def to_w3c(passage: W3CPassage, source: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the annotation without `@context`; `source`, which stands last, is
    `source_of(passage)` if not given."""
    return _known(
        {
            "id": passage.permalink,
            "type": "Annotation",
            "motivation": _MOTIVATIONS.get(passage.kind, "describing"),
            "created": _instant(passage.made_at),
            "modified": _instant(passage.changed_at),
            "creator": {"type": "Person", "nickname": passage.made_by}
            if passage.made_by
            else None,
            "generator": {"id": _archive(passage), "type": "Software", "name": "Testimonia"},
            "testimonia:kind": passage.kind,
            "testimonia:state": passage.state,
            "body": [*_bodies(passage), _textual("tagging", passage.kind, language="en")],
            "target": {
                "type": "SpecificResource",
                "testimonia:paragraph": passage.paragraph,
                "selector": [
                    {
                        "type": "TextPositionSelector",
                        "start": passage.start,
                        "end": passage.end,
                    },
                    {
                        "type": "TextQuoteSelector",
                        "exact": passage.words,
                        "prefix": passage.before,
                        "suffix": passage.after,
                    },
                ],
                "source": source_of(passage) if source is None else source,
            },
        }
    )


def source_of(passage: W3CPassage) -> dict[str, Any]:
    """Return what an annotation says of its text: the same for all passages of one text."""
    article, slash, _rest = passage.text_address.rpartition("/versions/")
    capture = _known(
        {
            "id": f"{article}/original/{passage.capture_sha256}/",
            "testimonia:sha256": passage.capture_sha256,
            "testimonia:received": passage.accessed.isoformat() if passage.accessed else None,
        }
    )
    origin = _known(
        {
            "id": f"{article}/" if slash else None,
            "type": "schema:Article",
            "label": passage.title,
            "schema:author": [
                name.strip() for name in passage.authors.split(";") if name.strip()
            ],
            "schema:creditText": passage.credit,
            "schema:publisher": passage.publisher,
            "schema:datePublished": passage.published,
            "via": passage.original_address.translate(_NO_IRI),
        }
    )
    return _known(
        {
            "id": passage.text_address,
            "type": "Text",
            "format": "text/plain",
            "language": "" if passage.language == "und" else passage.language,
            "testimonia:version": passage.version,
            "testimonia:sha256": passage.text_sha256,
            "testimonia:capture": capture if passage.capture_sha256 else None,
            "partOf": origin,
        }
    )


def _bodies(passage: W3CPassage) -> Iterator[dict[str, Any]]:
    """Yield what the passage is tagged as, whole and in words."""
    if passage.kind in _CLASSES:
        known = {
            "id": passage.entity_address,
            "type": _CLASSES[passage.kind],
            "label": passage.entity,
        }
        yield {"type": "SpecificResource", "purpose": "identifying", "source": _known(known)}
        return
    said: dict[str, Any] = {}
    if passage.value is not None:
        said = {
            "testimonia:low": plain(passage.value),
            "testimonia:high": None if passage.value_to is None else plain(passage.value_to),
            "testimonia:qualifier": passage.qualifier,
            "testimonia:counted": passage.counted,
            "testimonia:saidBy": passage.said_by,
            "testimonia:measure": passage.measure,
            "testimonia:unit": passage.unit,
            "testimonia:asOf": passage.as_of,
        }
    elif passage.allegation:
        said = {
            "testimonia:summary": passage.allegation,
            "testimonia:claimant": passage.claimant,
            "testimonia:accused": passage.accused,
            "testimonia:status": passage.status,
            "testimonia:conduct": passage.conduct,
            "testimonia:basis": passage.basis,
            "testimonia:happened": passage.happened,
            "testimonia:place": passage.place,
        }
    body = _textual("describing", passage.tag or passage.kind)
    body["type"] = ["TextualBody", FIGURE if passage.kind == "figure" else ALLEGATION]
    yield body | _known(said)


def _textual(purpose: str, value: str, **more: str) -> dict[str, Any]:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "value": value,
        "format": "text/plain",
        **more,
    }


def _known(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in said.items()
        if value is not None and value != "" and value != []
    }


def _archive(passage: W3CPassage) -> str:
    return passage.permalink.rpartition("/annotations/")[0] + "/"


def _instant(moment: datetime | None) -> str | None:
    """Return an xsd:dateTime in UTC, with the `Z` that the model asks for (section 3.3.1)."""
    return (
        None
        if moment is None
        else moment.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
    )
