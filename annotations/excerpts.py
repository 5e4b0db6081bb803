"""Excerpts: an annotated passage with everything that is needed to cite it.

`excerpts_of` turns a queryset into a stream of `Excerpt`s, and every export format is made of nothing else:

    Annotation ── one query, read in chunks ──> Excerpt ── annotations.exports ──> lines of a file

A few hundred rows are held at a time, so memory does not grow with the number of excerpts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from annotations.figures import Amount
from annotations.models import AnnotationQuerySet
from archive.author_names import parse_names
from archive.citing import STYLES, Reference, plain

_ROWS_AT_ONCE = 500
_FIELDS = (
    *("pk", "version__number", "article__slug", "version__capture__received_at"),  # what addresses are made of
    *("kind", "state", "exact", "prefix", "suffix", "start", "end", "paragraph"),
    *("version__sha256", "version__capture__sha256"),
    *("article__title", "article__title_transliterated", "article__title_translated"),
    *("article__byline", "article__credit", "article__publisher__name"),
    *("article__published", "article__language", "article__original_address", "entity__name"),
    *("figure__qualifier", "figure__counted", "figure__said_by"),
    *("allegation__summary", "allegation__claimant", "allegation__accused", "allegation__status"),
    *("figure__low", "figure__high"),
)
"""Four to work on, then the fields of `Excerpt` from `kind` on, in its order."""


@dataclass(slots=True)
class Excerpt:
    """A passage, what it is tagged as, where exactly it stands, and where its article came from.

    `start` and `end` are code points into the text at `text_address`, whose SHA-256 is `text_sha256`;
    `paragraph` counts its blocks from 1. `published` is EDTF, `accessed` the day on which the source was captured.
    What is not known, or not said of this kind of passage, is empty or None.
    """

    permalink: str
    text_address: str
    accessed: date | None
    version: int
    kind: str
    state: str
    words: str
    before: str
    after: str
    start: int
    end: int
    paragraph: int
    text_sha256: str
    capture_sha256: str
    title: str
    title_transliterated: str
    title_translated: str
    authors: str
    credit: str
    publisher: str
    published: str
    language: str
    original_address: str
    entity: str
    qualifier: str
    counted: str
    said_by: str
    allegation: str
    claimant: str
    accused: str
    status: str
    value: Decimal | None
    value_to: Decimal | None

    @property
    def tag(self) -> str:
        """What the passage is tagged as, in words."""
        if self.value is not None:
            return f"{Amount(self.value, self.value_to, self.qualifier)} {self.counted}"
        if self.allegation:
            return f"{self.allegation} ({self.status.replace('_', ' ')})"
        return self.entity

    @property
    def reference(self) -> Reference:
        """What a citation needs of the article and of the passage."""
        return Reference(
            title=self.title,
            title_transliterated=self.title_transliterated,
            title_translated=self.title_translated,
            authors=parse_names(self.authors),
            credit=self.credit,
            publisher=self.publisher,
            published=self.published,
            accessed=self.accessed,
            address=self.original_address,
            language=self.language,
            paragraph=self.paragraph,
            archived=self.permalink,
        )

    @property
    def locator(self) -> str:
        """Where the words stand, for people: `para. 4, characters 212–236 of text version 1`."""
        return f"para. {self.paragraph}, characters {self.start}–{self.end} of text version {self.version}"

    def citation(self, style: str = "chicago") -> str:
        """Cite the passage in one of `archive.citing.STYLES`, as plain text."""
        return plain(STYLES[style].cite(self.reference))


def excerpts_of(annotations: AnnotationQuerySet, base: str) -> Iterator[Excerpt]:
    """Yield an Excerpt for each annotation, in their order; `base` is the archive's own address, as `https://…`."""
    base = base.rstrip("/")
    for row in annotations.values_list(*_FIELDS).iterator(chunk_size=_ROWS_AT_ONCE):
        pk, number, slug, received = row[:4]
        kept: list[Any] = list(row[4:])
        words: list[Any] = ["" if value is None else value for value in kept[:-2]]
        yield Excerpt(
            f"{base}/annotations/{pk}/",
            f"{base}/articles/{slug}/versions/{number}/text/",
            received.date() if received else None,
            number,
            *words,
            *kept[-2:],
        )
