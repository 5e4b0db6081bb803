"""JSON-LD: a W3C AnnotationCollection with one AnnotationPage in it, an annotation a line (see
`core.w3c`)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from uuid import uuid4

from annotations.core.w3c import CONTEXT, MEDIA_TYPE, W3CPassage, source_of, to_w3c
from annotations.export.excerpts import Excerpt

__all__ = ["MEDIA_TYPE", "passage_of", "write"]
_SAID = attrgetter(
    *(
        name
        for name in W3CPassage._fields
        if name not in W3CPassage._field_defaults or hasattr(Excerpt, name)
    )
)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(
    excerpts: Iterable[Excerpt], address: str = "", label: str = "Excerpts"
) -> Iterator[str]:
    """Yield the collection that stands at `address`; one that stands nowhere gets an IRI of its
    own each time."""
    identity = address or f"urn:uuid:{uuid4()}"
    about = {
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
    head = f'{_open(about)},"last":{_encode(page["id"])},"first":{_open(page)},"items":[\n'
    count, text, source = 0, "", ""
    for excerpt in excerpts:
        passage = passage_of(excerpt)
        if (
            passage.text_address != text or not count
        ):  # what is said of a text is written once for all its passages
            text, source = passage.text_address, _encode(source_of(passage))
        annotation = _encode(to_w3c(passage, {})).removesuffix("{}}}")
        yield (",\n" if count else head) + annotation + source + "}}"
        count += 1
    yield (f'\n]}},"total":{count}}}\n' if count else f'{_open(about)},"total":0}}\n')


def passage_of(excerpt: Excerpt) -> W3CPassage:
    return W3CPassage(*_SAID(excerpt))


def _open(described: Mapping[str, object]) -> str:
    """Return a JSON object to which more is to be added."""
    return _encode(described)[:-1]
