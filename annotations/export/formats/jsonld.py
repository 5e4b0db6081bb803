"""JSON-LD: a W3C AnnotationCollection with one AnnotationPage in it, an annotation a line (see
`core.w3c`)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from json.encoder import encode_basestring
from operator import attrgetter
from uuid import uuid4

from annotations.core.w3c import (
    CONTEXT,
    MEDIA_TYPE,
    W3CPassage,
    bodies_of,
    generator_of,
    instant,
    motivation_of,
    source_of,
)
from annotations.export.excerpts import Excerpt, Source, values_of
from annotations.models import MENTIONS

__all__ = ["MEDIA_TYPE", "passage_of", "write"]


_KNOWN = {"tag", *Excerpt._fields, *Source.__dataclass_fields__}
_passage_values = values_of(name for name in W3CPassage._fields if name in _KNOWN)
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
    for _source, passages in groupby(excerpts, attrgetter("source")):
        text = ""
        for excerpt in passages:
            # What is said of a text is the same for all its passages.
            text = text or _encode(source_of(passage_of(excerpt)))
            yield f"{separator}{_annotation(excerpt, text)}"
            separator = ",\n"
            count += 1
    if count:
        yield f'\n]}},"total":{count}}}\n'
    else:
        yield f'{_open(collection)},"total":0}}\n'


def passage_of(excerpt: Excerpt) -> W3CPassage:
    return W3CPassage(*_passage_values(excerpt))


def _annotation(excerpt: Excerpt, source: str) -> str:
    """Return what `to_w3c` makes of an excerpt, as JSON; `source` is the JSON of its text."""
    made = ""
    if excerpt.made_at:
        made += f',"created":"{instant(excerpt.made_at)}"'
    if excerpt.changed_at:
        made += f',"modified":"{instant(excerpt.changed_at)}"'
    if excerpt.made_by:
        made += f',"creator":{{"type":"Person","nickname":{encode_basestring(excerpt.made_by)}}}'
    archive, _slash, _key = excerpt.permalink.rpartition("/annotations/")
    return (
        f'{{"id":{encode_basestring(excerpt.permalink)},"type":"Annotation",'
        f'"motivation":"{motivation_of(excerpt.kind)}"{made},'
        f'"generator":{_generator(archive)},"testimonia:kind":"{excerpt.kind}",'
        f'"testimonia:state":"{excerpt.state}","body":{_bodies(excerpt)},'
        '"target":{"type":"SpecificResource",'
        f'"testimonia:paragraph":{excerpt.paragraph},"selector":['
        '{"type":"TextPositionSelector",'
        f'"start":{excerpt.start},"end":{excerpt.end}}},'
        f'{{"type":"TextQuoteSelector","exact":{encode_basestring(excerpt.words)},'
        f'"prefix":{encode_basestring(excerpt.before)},"suffix":{encode_basestring(excerpt.after)}}}],'
        f'"source":{source}}}}}'
    )


def _bodies(excerpt: Excerpt) -> str:
    if excerpt.kind in MENTIONS:
        return _bodies_of_mention(excerpt.kind, excerpt.entity, excerpt.entity_address)
    return _encode(bodies_of(passage_of(excerpt)))


@lru_cache(maxsize=1024)  # those who are mentioned are mentioned often
def _bodies_of_mention(kind: str, entity: str, address: str) -> str:
    mention = W3CPassage(kind=kind, entity=entity, entity_address=address)
    return _encode(bodies_of(mention))


@lru_cache(maxsize=8)
def _generator(archive: str) -> str:
    return _encode(generator_of(f"{archive}/annotations/"))


def _open(described: Mapping[str, object]) -> str:
    """Return a JSON object to which more is to be added."""
    return _encode(described)[:-1]
