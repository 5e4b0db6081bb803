"""From a Web Annotation, ours or another program's, to a passage.

JSON of strangers may hold anything anywhere. So each value is asked for as what it should be
(`_text`, `_object`, `_as_list`, `_count` …), and what is something else counts as absent; only
what would lose or falsify the passage raises UnreadableAnnotation.
"""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from annotations.core.w3c.passage import (
    ALLEGATION,
    FIGURE,
    UnreadableAnnotation,
    W3CPassage,
)

_JSON = dict[str, Any]
_OUR_KIND = "testimonia:kind"
# Where a document may have its annotations; the first that is there counts.
LISTS = ("items", "rows", "annotations")
# The terms of each resource whose values are strings, with the fields of W3CPassage that
# they fill.
_TEXT_TERMS = {
    "id": "text_address",
    "testimonia:sha256": "text_sha256",
    "language": "language",
}
_ORIGIN_TERMS = {
    "label": "title",
    "schema:creditText": "credit",
    "schema:publisher": "publisher",
    "schema:datePublished": "published",
    "via": "original_address",
}
_FIGURE_TERMS = {
    "testimonia:qualifier": "qualifier",
    "testimonia:counted": "counted",
    "testimonia:measure": "measure",
    "testimonia:unit": "unit",
    "testimonia:saidBy": "said_by",
    "testimonia:asOf": "as_of",
}
_ALLEGATION_TERMS = {
    "testimonia:summary": "allegation",
    "testimonia:claimant": "claimant",
    "testimonia:accused": "accused",
    "testimonia:status": "status",
    "testimonia:conduct": "conduct",
    "testimonia:basis": "basis",
    "testimonia:happened": "happened",
    "testimonia:place": "place",
}


def annotations_in(document: Any) -> list[Any]:
    """Return the annotations that a JSON document holds.

    It may be one annotation, a list of them, an AnnotationPage or AnnotationCollection with its
    page in it, or what Hypothesis answers (`rows`) or saves (`annotations`). Raises
    UnreadableAnnotation.
    """
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        raise UnreadableAnnotation(_("It holds no Web Annotations."))
    page = document["first"] if isinstance(document.get("first"), dict) else document
    for name in LISTS:
        if isinstance(page.get(name), list):
            return list(page[name])
    if "target" in document:
        return [document]
    if "first" in document:
        raise UnreadableAnnotation(
            _("Its pages are elsewhere: save each page, and import those.")
        )
    if document.get("total") == 0:
        return []
    raise UnreadableAnnotation(_("It holds no Web Annotations."))


def from_w3c(record: object) -> W3CPassage:
    """Read one annotation. Raises UnreadableAnnotation."""
    if not isinstance(record, dict):
        raise UnreadableAnnotation(_("It is no annotation."))
    if record.get("references"):
        raise UnreadableAnnotation(_("It is a reply to another annotation."))
    targets = _as_list(record.get("target"))
    if len(targets) > 1:
        raise UnreadableAnnotation(
            _("It has several targets, and only one passage can be tagged at once.")
        )
    target = _object(_first(targets))
    # Hypothesis gives the address as `uri`; a target may be an address alone.
    source = _first(target.get("source")) or record.get("uri") or target.get("id")
    kind = _text(record.get(_OUR_KIND))
    bodies = _BodyReader()
    bodies.read(record)
    tags = dict.fromkeys(bodies.tags)
    # Ours has its kind among the tags too, for programs that know only the model.
    if kind:
        tags.pop(kind, None)
    passage = W3CPassage(
        permalink=_text(record.get("id")),
        **_text_fields(_object(source)),
        **_position_fields(target),
        **bodies.fields,
        kind=kind,
        state=_text(record.get("testimonia:state")),
        made_at=_moment(record.get("created")),
        changed_at=_moment(record.get("modified") or record.get("updated")),
        made_by=_nickname(record) if kind else "",
        tags=tuple(tags),
        comment="\n".join(bodies.comments),
    )
    _refuse_unkept_characters(passage)
    return passage


def _nickname(record: _JSON) -> str:
    creator = _object(_first(record.get("creator")))
    return _text(creator.get("nickname"))


def _text_fields(source: _JSON) -> _JSON:
    """Return what is said of the text in which the passage stands."""
    fields = _strings_under(_TEXT_TERMS, source)
    if "testimonia:sha256" in source and not fields.get("language"):
        fields["language"] = "und"
    fields["version"] = _count(source.get("testimonia:version"))
    if "testimonia:capture" in source:
        capture = _object(source["testimonia:capture"])
        fields["capture_sha256"] = _text(capture.get("testimonia:sha256"))
        fields["accessed"] = _day(capture.get("testimonia:received"))
    if "partOf" in source:
        origin = _object(source["partOf"])
        fields |= _strings_under(_ORIGIN_TERMS, origin)
        authors = map(_text, _as_list(origin.get("schema:author")))
        fields["authors"] = "; ".join(authors)
    return fields


def _position_fields(target: _JSON) -> _JSON:
    """Return the words and where they stand; blanks at their ends are left to the context."""
    selectors = {}
    for selector in map(_object, _as_list(target.get("selector"))):
        selectors[_text(_first(selector.get("type")))] = selector
    quote = selectors.get("TextQuoteSelector", {})
    position = selectors.get("TextPositionSelector", {})
    exact = _composed(quote.get("exact"))
    words = exact.strip()
    if not words:
        raise UnreadableAnnotation(
            _("It quotes no words: only a passage that can be checked is imported.")
        )
    leading = len(exact) - len(exact.lstrip())
    trailing = len(exact) - len(exact.rstrip())
    start, end = _count(position.get("start")), _count(position.get("end"))
    if start is not None:
        start += leading
    if end is not None:
        end -= trailing
    return {
        "words": words,
        "before": _composed(quote.get("prefix")) + exact[:leading],
        "after": exact[len(exact) - trailing :] + _composed(quote.get("suffix")),
        "start": start,
        "end": end,
        "paragraph": _count(target.get("testimonia:paragraph")),
    }


class _BodyReader:
    """What the bodies of an annotation say: `fields` of W3CPassage, other programs' tags, and
    comments."""

    def __init__(self) -> None:
        self.fields: _JSON = {}
        self.tags: list[str] = []
        self.comments: list[str] = []

    def read(self, record: _JSON) -> None:
        for body in _as_list(record.get("body")):
            self._read_body({"value": body} if isinstance(body, str) else _object(body))
        # Hypothesis has tags and a text beside the bodies.
        self.tags += filter(None, map(_text, _as_list(record.get("tags"))))
        for name in ("bodyValue", "text"):
            comment = _text(record.get(name))
            if comment:
                self.comments.append(comment)

    def _read_body(self, body: _JSON) -> None:
        purposes, classes = _as_list(body.get("purpose")), _as_list(body.get("type"))
        source = _object(body.get("source"))
        value = _value_of(body, source)
        if FIGURE in classes and "testimonia:low" in body:
            self.fields = _figure_fields(body) | {"tag": value}
        elif ALLEGATION in classes:
            self.fields = _strings_under(_ALLEGATION_TERMS, body) | {"tag": value}
        elif "identifying" in purposes and source:
            address = _text(source.get("id"))
            self.fields = {"entity": value, "entity_address": address, "tag": value}
        elif "tagging" in purposes or "classifying" in purposes:
            self.tags.append(value)
        elif value and FIGURE not in classes:
            self.comments.append(value)


def _value_of(body: _JSON, source: _JSON) -> str:
    """Return the words of a body: its value, the label of its value (Recogito), or of what it
    points at."""
    value = _text(body.get("value"))
    if value:
        return value
    return _text(_object(body.get("value")).get("label")) or _text(source.get("label"))


def _figure_fields(body: _JSON) -> _JSON:
    return {
        "value": _decimal(body.get("testimonia:low")),
        "value_to": _decimal(body.get("testimonia:high")),
        **_strings_under(_FIGURE_TERMS, body),
    }


def _strings_under(terms: dict[str, str], resource: _JSON) -> _JSON:
    """Return the strings that a resource has under some terms, by field of W3CPassage."""
    strings = {}
    for term in terms.keys() & resource.keys():
        value = resource[term]
        if isinstance(value, str):
            strings[terms[term]] = value
    return strings


def _refuse_unkept_characters(passage: W3CPassage) -> None:
    """Raise UnreadableAnnotation where a string could not be kept: with a NUL, or with half of
    a surrogate pair."""
    strings = [value for value in passage if type(value) is str]
    # All at once, since hardly any passage has such a string.
    words = "".join((*strings, *passage.tags))
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise UnreadableAnnotation(
            _("It holds half a character, which cannot be kept.")
        ) from error
    if "\0" in words:
        raise UnreadableAnnotation(_("It holds a NUL character, which cannot be kept."))


def _as_list(value: Any) -> list[Any]:
    """Return the values of a property: JSON-LD writes one alone without a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    values = _as_list(value)
    return values[0] if values else None


def _object(value: Any) -> _JSON:
    """Return a resource's description, where it may be its address alone."""
    if isinstance(value, str):
        return {"id": value}
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _composed(value: Any) -> str:
    return unicodedata.normalize("NFC", _text(value))


def _count(value: Any) -> int | None:
    # Not isinstance: True is an int, and no number.
    return value if type(value) is int and value >= 0 else None


def _decimal(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(value if isinstance(value, str) else repr(value))
    except InvalidOperation as error:
        raise UnreadableAnnotation(
            _("“%(value)s” is no number.") % {"value": value}
        ) from error


def _moment(value: Any) -> datetime | None:
    """Return an instant; one without a time zone is in UTC. None where it cannot be read."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(value: Any) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        return None
