"""What an annotation says of a passage, by itself: no database, no JSON."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

ANNO = "http://www.w3.org/ns/anno.jsonld"
FIGURE, ALLEGATION = "testimonia:Figure", "testimonia:Allegation"


class UnreadableAnnotation(ValueError):
    """This is no annotation that can be read; the message is one sentence for whoever sent
    it."""


class W3CPassage(NamedTuple):
    """What an annotation says of a passage; the names are those of
    `annotations.export.excerpts.Excerpt`.

    `start` and `end` are code points, None where they are not given. Of another program's
    annotation there are also `tags` and a `comment`; its `kind` is empty, as only ours say it.
    """

    permalink: str = ""
    text_address: str = ""
    text_sha256: str = ""
    version: int | None = None
    capture_sha256: str = ""
    accessed: date | None = None
    kind: str = ""
    state: str = ""
    words: str = ""
    before: str = ""
    after: str = ""
    start: int | None = None
    end: int | None = None
    paragraph: int | None = None
    title: str = ""
    authors: str = ""
    credit: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    original_address: str = ""
    entity: str = ""
    entity_address: str = ""
    value: Decimal | None = None
    value_to: Decimal | None = None
    qualifier: str = ""
    counted: str = ""
    said_by: str = ""
    measure: str = ""
    unit: str = ""
    as_of: str = ""
    allegation: str = ""
    claimant: str = ""
    accused: str = ""
    status: str = ""
    conduct: str = ""
    basis: str = ""
    happened: str = ""
    place: str = ""
    tag: str = ""
    made_at: datetime | None = None
    changed_at: datetime | None = None
    made_by: str = ""
    tags: tuple[str, ...] = ()
    comment: str = ""
