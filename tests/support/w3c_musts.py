"""What the Web Annotation Data Model (W3C Recommendation, 23 February 2017) says MUST be, as
far as it concerns us.

Each rule has its section, looks at a whole annotation, collection or page, and knows a breach
that it must notice.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from annotations.core.w3c import ANNO

Document = dict[str, Any]
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


@dataclass(frozen=True)
class Must:
    section: str
    what: str
    holds: Callable[[Document], bool]
    # Changes a document so that the rule does not hold any more.
    breach: Callable[[Document], object]

    def __str__(self) -> str:
        return f"{self.section} {self.what}"

    def notices(self, document: Document) -> bool:
        broken = deepcopy(document)
        self.breach(broken)
        return not self.holds(broken)


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and _IRI.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _has_context(document: Document) -> bool:
    context = document.get("@context")
    return ANNO in _all(context) and (
        len(_all(context)) > 1 or isinstance(context, str)
    )


def _bodies(document: Document, kind: str) -> list[Document]:
    return [
        body for body in _all(document.get("body")) if kind in _all(body.get("type"))
    ]


def _selectors(document: Document, kind: str) -> list[Document]:
    return [
        each
        for each in _all(document["target"].get("selector"))
        if kind in _all(each.get("type"))
    ]


def _specific(document: Document) -> Iterator[Document]:
    yield document["target"]
    yield from _bodies(document, "SpecificResource")


def _external(document: Document) -> Iterator[Document]:
    """Yield all that stands elsewhere in the Web and is described: sources, the article, the
    capture."""
    for each in _specific(document):
        if source := each.get("source"):
            yield source
            yield from (
                source[name]
                for name in ("partOf", "testimonia:capture")
                if name in source
            )


def _agents(document: Document) -> list[Document]:
    return [*_all(document.get("creator")), *_all(document.get("generator"))]


def _instants(document: Document, name: str) -> bool:
    return name not in document or (
        isinstance(document[name], str) and bool(_INSTANT.fullmatch(document[name]))
    )


def _is_selector(selector: Document, kind: str) -> bool:
    return selector.get("type") == kind


def _drop(name: str) -> Callable[[Document], object]:
    return lambda document: document.pop(name)


def _put(name: str, value: Any) -> Callable[[Document], object]:
    return lambda document: document.update({name: value})


# Not here: choices, other selectors, states, styles and audiences, which we never
# write.
OF_ANNOTATIONS = [
    Must(
        "3.1",
        "@context has the W3C's, as a string if alone",
        _has_context,
        _put("@context", [ANNO]),
    ),
    Must(
        "3.1",
        "exactly one id, an IRI",
        lambda d: is_iri(d.get("id")),
        _put("id", "annotations/1"),
    ),
    Must(
        "3.1",
        "Annotation among its types",
        lambda d: "Annotation" in _all(d.get("type")),
        _drop("type"),
    ),
    Must(
        "3.1",
        "one target or more",
        lambda d: len(_all(d.get("target"))) > 0,
        _put("target", []),
    ),
    Must(
        "3.2.1",
        "external resources have exactly one id, an IRI",
        lambda d: all(is_iri(each.get("id")) for each in _external(d)),
        lambda d: d["target"]["source"].pop("id"),
    ),
    Must(
        "3.2.4",
        "a textual body has exactly one value",
        lambda d: all(
            isinstance(body.get("value"), str) for body in _bodies(d, "TextualBody")
        ),
        lambda d: d["body"][-1].pop("value"),
    ),
    Must(
        "3.2.5",
        "no bodyValue beside a body",
        lambda d: not {"body", "bodyValue"} <= d.keys(),
        _put("bodyValue", "x"),
    ),
    Must(
        "3.3.1",
        "created at most once, in UTC",
        lambda d: _instants(d, "created"),
        _put("created", "2011-12-19"),
    ),
    Must(
        "3.3.1",
        "modified at most once, in UTC",
        lambda d: _instants(d, "modified"),
        _put("modified", "2026-01-02T03:04:05+05:00"),
    ),
    Must(
        "3.3.1",
        "generated at most once, in UTC",
        lambda d: _instants(d, "generated"),
        _put("generated", ["x", "y"]),
    ),
    Must(
        "3.3.2",
        "an agent has no more than one id",
        lambda d: all("id" not in agent or is_iri(agent["id"]) for agent in _agents(d)),
        _put("generator", {"id": ["https://a.example/", "https://b.example/"]}),
    ),
    Must(
        "3.3.6",
        "rights are IRIs",
        lambda d: all(map(is_iri, _all(d.get("rights")))),
        _put("rights", "All rights reserved"),
    ),
    Must(
        "3.3.7",
        "via is IRIs",
        lambda d: all(
            is_iri(via) for each in _external(d) for via in _all(each.get("via"))
        ),
        lambda d: d["target"]["source"].update(via="see there"),
    ),
    Must(
        "4",
        "a specific resource has exactly one source",
        lambda d: all(isinstance(each.get("source"), dict) for each in _specific(d)),
        lambda d: d["target"].pop("source"),
    ),
    Must(
        "4.2.4",
        "a quote selector has that type and no other",
        lambda d: (
            all(
                _is_selector(s, "TextQuoteSelector")
                for s in _selectors(d, "TextQuoteSelector")
            )
            and len(_selectors(d, "TextQuoteSelector")) == 1
        ),
        lambda d: d["target"]["selector"][1].update(type=["TextQuoteSelector", "Text"]),
    ),
    Must(
        "4.2.4",
        "a quote selector has exactly one exact",
        lambda d: all(
            isinstance(s.get("exact"), str) for s in _selectors(d, "TextQuoteSelector")
        ),
        lambda d: d["target"]["selector"][1].pop("exact"),
    ),
    Must(
        "4.2.4",
        "a quote selector has no more than one prefix and suffix",
        lambda d: all(
            isinstance(s.get(name, ""), str)
            for s in _selectors(d, "TextQuoteSelector")
            for name in ("prefix", "suffix")
        ),
        lambda d: d["target"]["selector"][1].update(prefix=["a", "b"]),
    ),
    Must(
        "4.2.5",
        "a position selector has that type and no other",
        lambda d: (
            all(
                _is_selector(s, "TextPositionSelector")
                for s in _selectors(d, "TextPositionSelector")
            )
            and len(_selectors(d, "TextPositionSelector")) == 1
        ),
        lambda d: d["target"]["selector"].pop(0),
    ),
    Must(
        "4.2.5",
        "a position selector has exactly one start, not negative",
        lambda d: all(
            _is_count(s.get("start")) for s in _selectors(d, "TextPositionSelector")
        ),
        lambda d: d["target"]["selector"][0].update(start=-1),
    ),
    Must(
        "4.2.5",
        "a position selector has exactly one end, not negative",
        lambda d: all(
            _is_count(s.get("end")) for s in _selectors(d, "TextPositionSelector")
        ),
        lambda d: d["target"]["selector"][0].pop("end"),
    ),
]

OF_COLLECTIONS = [
    Must("5.1", "@context has the W3C's", _has_context, _drop("@context")),
    Must("5.1", "exactly one id, an IRI", lambda d: is_iri(d.get("id")), _drop("id")),
    Must(
        "5.1",
        "AnnotationCollection is its type",
        lambda d: "AnnotationCollection" in _all(d["type"]),
        _put("type", "x"),
    ),
    Must(
        "5.1",
        "label is a string",
        lambda d: isinstance(d.get("label", ""), str),
        _put("label", 1),
    ),
    Must(
        "5.1",
        "total is a count",
        lambda d: _is_count(d.get("total", 0)),
        _put("total", "many"),
    ),
    Must(
        "5.1",
        "exactly one first page, if it holds any",
        lambda d: d["total"] == 0 or isinstance(d.get("first"), dict),
        lambda d: d.update(total=1, first=[]),
    ),
]
OF_PAGES = [
    Must("5.2", "exactly one id, an IRI", lambda d: is_iri(d.get("id")), _drop("id")),
    Must(
        "5.2",
        "AnnotationPage is its type",
        lambda d: "AnnotationPage" in _all(d["type"]),
        _put("type", "Page"),
    ),
    Must(
        "5.2",
        "an array of one item or more",
        lambda d: isinstance(d["items"], list) and d["items"] != [],
        _put("items", []),
    ),
    Must(
        "5.2",
        "startIndex at most once, a count",
        lambda d: _is_count(d.get("startIndex", 0)),
        _put("startIndex", -1),
    ),
    Must(
        "5.2",
        "the last page has none after it",
        lambda d: "next" not in d,
        _put("next", "https://a.example/2"),
    ),
]
