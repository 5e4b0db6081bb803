"""From a Web Annotation, ours or another program's, to a passage."""

import json
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from annotations.core.w3c.passage import ALLEGATION, FIGURE, UnreadableAnnotation, W3CPassage


def annotations_in(document: Any) -> list[Any]:
    """Return the annotations that a JSON document holds.

    It may be one annotation, a list of them, an AnnotationPage or AnnotationCollection with its
    page in it, or what Hypothesis answers (`rows`) or saves (`annotations`). Raises Unreadable.
    """
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        held = document.get("first") if isinstance(document.get("first"), dict) else document
        for name in ("items", "rows", "annotations"):
            if isinstance(held, dict) and isinstance(held.get(name), list):
                return list(held[name])
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
    """Read one annotation. Raises Unreadable."""
    if not isinstance(record, dict):
        raise UnreadableAnnotation(_("It is no annotation."))
    _refuse_what_no_text_holds(record)
    if record.get("references"):
        raise UnreadableAnnotation(_("It is a reply to another annotation."))
    targets = _all(record.get("target"))
    if len(targets) > 1:
        raise UnreadableAnnotation(
            _("It has several targets, and only one passage can be tagged at once.")
        )
    target = _object(targets[0] if targets else None)
    source = _first(target.get("source")) or record.get("uri") or target.get("id")
    body = _Body()
    body.read(record)
    is_ours = bool(_text(record.get("testimonia:kind")))
    return W3CPassage(
        permalink=_text(record.get("id")),
        **_of_the_text(_object(source)),
        **_of_the_place(target),
        **body.said,
        kind=_text(record.get("testimonia:kind")),
        state=_text(record.get("testimonia:state")),
        made_at=_moment(record.get("created")),
        changed_at=_moment(record.get("modified") or record.get("updated")),
        made_by=_text(_object(_first(record.get("creator"))).get("nickname"))
        if is_ours
        else "",
        tags=tuple(
            tag
            for tag in dict.fromkeys(body.tags)
            if not is_ours or tag != record["testimonia:kind"]
        ),
        comment="\n".join(body.comments),
    )


def _of_the_text(source: dict[str, Any]) -> dict[str, Any]:
    capture, origin = _object(source.get("testimonia:capture")), _object(source.get("partOf"))
    is_ours = "testimonia:sha256" in source
    return {
        "text_address": _text(source.get("id")),
        "text_sha256": _text(source.get("testimonia:sha256")),
        "version": _count(source.get("testimonia:version")),
        "capture_sha256": _text(capture.get("testimonia:sha256")),
        "accessed": _day(capture.get("testimonia:received")),
        "title": _text(origin.get("label")),
        "authors": "; ".join(map(_text, _all(origin.get("schema:author")))),
        "credit": _text(origin.get("schema:creditText")),
        "publisher": _text(origin.get("schema:publisher")),
        "published": _text(origin.get("schema:datePublished")),
        "language": _text(source.get("language")) or ("und" if is_ours else ""),
        "original_address": _text(origin.get("via")),
    }


def _of_the_place(target: dict[str, Any]) -> dict[str, Any]:
    """Return the words and where they stand; blanks at their ends are left to the context."""
    selectors = {
        _text(_first(each.get("type"))): each
        for each in map(_object, _all(target.get("selector")))
    }
    quote, position = (
        selectors.get("TextQuoteSelector", {}),
        selectors.get("TextPositionSelector", {}),
    )
    exact, prefix, suffix = (
        _composed(quote.get(name)) for name in ("exact", "prefix", "suffix")
    )
    if not exact.strip():
        raise UnreadableAnnotation(
            _("It quotes no words: only a passage that can be checked is imported.")
        )
    start, end = _count(position.get("start")), _count(position.get("end"))
    ahead, behind = len(exact) - len(exact.lstrip()), len(exact) - len(exact.rstrip())
    return {
        "words": exact.strip(),
        "before": prefix + exact[:ahead],
        "after": exact[len(exact) - behind :] + suffix,
        "start": None if start is None else start + ahead,
        "end": None if end is None else end - behind,
        "paragraph": _count(target.get("testimonia:paragraph")),
    }


class _Body:
    """What the bodies of an annotation say: `said` under the names of Passage, other programs'
    tags, and comments."""

    def __init__(self) -> None:
        self.said: dict[str, Any] = {}
        self.tags: list[str] = []
        self.comments: list[str] = []

    def read(self, record: dict[str, Any]) -> None:
        for body in _all(record.get("body")):
            self._read({"value": body} if isinstance(body, str) else _object(body))
        self.tags += filter(None, map(_text, _all(record.get("tags"))))
        self.comments += filter(
            None, [_text(record.get("bodyValue")), _text(record.get("text"))]
        )

    def _read(self, body: dict[str, Any]) -> None:
        purposes, classes = _all(body.get("purpose")), _all(body.get("type"))
        source = _object(body.get("source"))
        value = (
            _text(body.get("value"))
            or _text(_object(body.get("value")).get("label"))
            or _text(source.get("label"))
        )
        if FIGURE in classes and "testimonia:low" in body:
            self.said = _figure(body) | {"tag": value}
        elif ALLEGATION in classes:
            self.said = _allegation(body) | {"tag": value}
        elif "identifying" in purposes and source:
            self.said = {
                "entity": value,
                "entity_address": _text(source.get("id")),
                "tag": value,
            }
        elif "tagging" in purposes or "classifying" in purposes:
            self.tags.append(value)
        elif value and FIGURE not in classes:
            self.comments.append(value)


def _figure(body: dict[str, Any]) -> dict[str, Any]:
    names = {"saidBy": "said_by", "asOf": "as_of"} | _alike(
        "qualifier", "counted", "measure", "unit"
    )
    values = {
        "value": _decimal(body.get("testimonia:low")),
        "value_to": _decimal(body.get("testimonia:high")),
    }
    return values | _said(body, names)


def _allegation(body: dict[str, Any]) -> dict[str, Any]:
    alike = _alike("claimant", "accused", "status", "conduct", "basis", "happened", "place")
    return _said(body, {"summary": "allegation"} | alike)


def _alike(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _said(body: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return what is said in our own words, given by them, under the names of Passage."""
    return {name: _text(body.get(f"testimonia:{word}")) for word, name in names.items()}


def _refuse_what_no_text_holds(record: dict[str, Any]) -> None:
    """Raise Unreadable where a string could not be kept: with a NUL, or with half of a
    surrogate pair."""
    try:
        written = json.dumps(record, ensure_ascii=False)
        written.encode()
    except UnicodeEncodeError as error:
        raise UnreadableAnnotation(
            _("It holds half a character, which cannot be kept.")
        ) from error
    if "\\u0000" in written:
        raise UnreadableAnnotation(_("It holds a NUL character, which cannot be kept."))


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    return next(iter(_all(value)), None)


def _object(value: Any) -> dict[str, Any]:
    """Return a resource's description, where it may be its address alone."""
    return value if isinstance(value, dict) else {"id": value} if isinstance(value, str) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _composed(value: Any) -> str:
    return unicodedata.normalize("NFC", _text(value))


def _count(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _decimal(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(value if isinstance(value, str) else repr(value))
    except InvalidOperation as error:
        raise UnreadableAnnotation(_("“%(value)s” is no number.") % {"value": value}) from error


def _moment(value: Any) -> datetime | None:
    """Return an instant; one without a time zone is in UTC. None where it cannot be read."""
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        return None
