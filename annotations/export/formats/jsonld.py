"""JSON-LD: a W3C AnnotationCollection with one AnnotationPage in it, an annotation a line (see
`core.w3c`)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from uuid import uuid4

from annotations.core.w3c import CONTEXT, MEDIA_TYPE, W3CPassage, source_of, to_w3c
from annotations.export.excerpts import Excerpt, Source, values_of

__all__ = ["MEDIA_TYPE", "passage_of", "write"]


def _passage_fields() -> Iterator[str]:
    """Yield the fields of a passage that an excerpt has; only those with a default may lack."""
    for name in W3CPassage._fields:
        if (
            name not in W3CPassage._field_defaults
            or hasattr(Excerpt, name)
            or name in Source.__dataclass_fields__
        ):
            yield name


_passage_values = values_of(_passage_fields())
# The source, and the ends of the target and of the annotation.
_EMPTY_SOURCE = "{}}}"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(
    excerpts: Iterable[Excerpt], address: str = "", label: str = "Excerpts"
) -> Iterator[str]:
    """Yield the collection that stands at `address`; one that stands nowhere gets an IRI of its
    own each time."""
    identity = address or f"urn:uuid:{uuid4()}"
    collection = {
        "@context": CONTEXT,
        "id": identity,
        "type": "AnnotationCollection",
        "label": label,
    }
    page = {
        "id": f"{identity}#page",
        "type": "AnnotationPage",
        "partOf": identity,
        "startIndex": 0,
    }
    last = _encode(page["id"])
    separator = f'{_open(collection)},"last":{last},"first":{_open(page)},"items":[\n'
    count = 0
    text_address = source = ""
    for excerpt in excerpts:
        passage = passage_of(excerpt)
        # What is said of a text is encoded once for all its passages, which come together.
        if not count or passage.text_address != text_address:
            text_address = passage.text_address
            source = _encode(source_of(passage))
        # `to_w3c` puts the source last, into the target: an empty one is cut off with the
        # ends of both, and what is encoded already takes its place.
        annotation = _encode(to_w3c(passage, {}))
        if not annotation.endswith(_EMPTY_SOURCE):
            raise RuntimeError("to_w3c no longer puts the source last")
        annotation = annotation.removesuffix(_EMPTY_SOURCE)
        yield f"{separator}{annotation}{source}}}}}"
        separator = ",\n"
        count += 1
    if count:
        yield f'\n]}},"total":{count}}}\n'
    else:
        yield f'{_open(collection)},"total":0}}\n'


def passage_of(excerpt: Excerpt) -> W3CPassage:
    return W3CPassage(*_passage_values(excerpt))


def _open(described: Mapping[str, object]) -> str:
    """Return a JSON object to which more is to be added."""
    return _encode(described)[:-1]
