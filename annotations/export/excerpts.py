"""Excerpts: an annotated passage with everything that is needed to cite it.

`excerpts_of` turns a queryset into a stream of `Excerpt`s, and every export format is made of
nothing else:

    Annotation ── one query, read in chunks ──> Excerpt ── annotations.export.formats ──> lines of a file

A few hundred rows are held at a time, so memory does not grow with the number of excerpts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.core.anchoring.text_fragments import link_to_passage
from annotations.core.figures.parser import Amount
from annotations.models import (
    DONE_BY,
    AnnotationQuerySet,
    Kind,
    Relation,
    newest_answer,
)
from archive.batches import BATCH_SIZE
from archive.citations.author_names import parse_names
from archive.citations.citation import STYLES, Reference, plain
from archive.models import TextVersion

_PAGES: dict[str, str] = {Kind.PERSON: "people", Kind.PLACE: "places"}
# Six to work on, then the fields of `Excerpt` from `kind` on, in its order.
_FIELDS = (
    "pk",
    "version__number",
    "article__slug",
    "entity__slug",  # what addresses are made of
    "version",
    "version__capture__received_at",
    "kind",
    "state",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "paragraph",
    "version__sha256",
    "version__capture__sha256",
    "article__title",
    "article__title_transliterated",
    "article__title_translated",
    "article__byline",
    "article__credit",
    "article__publisher__name",
    "article__published",
    "article__language",
    "article__original_address",
    "entity__name",
    "figure__qualifier",
    "figure__counted",
    "figure__said_by",
    "allegation__summary",
    "allegation__claimant",
    "allegation__accused",
    "allegation__status",
    "figure__low",
    "figure__high",
    "made_at",
    "changed_at",
    "figure__measure__name",
    "figure__unit",
    "figure__as_of",
    "allegation__conduct",
    "allegation__basis",
    "allegation__happened",
    "allegation__place",
    "newest_answer",
    "made_by__username",
)
_KIND = _FIELDS.index("kind")
# Between the two stand those that are empty where they are not known, and never None.
_LOW = _FIELDS.index("figure__low")
# Of a byline, whose passages come one after the other.
_names_of = lru_cache(maxsize=1024)(parse_names)


@dataclass(slots=True)
class Excerpt:
    """A passage, what it is tagged as, where exactly it stands, and where its article came
    from.

    `start` and `end` are code points into the text at `text_address`, whose SHA-256 is
    `text_sha256`; `paragraph` counts its blocks from 1. `published` is EDTF, `accessed` the day
    on which the source was captured. What is not known, or not said of this kind of passage, is
    empty or None; so is `made_by`, the name of an account, where it is not for everybody.
    `text` is read when it is asked for.
    """

    read_text: Callable[[int], str] = field(repr=False, compare=False)
    version_id: int
    permalink: str
    text_address: str
    entity_address: str
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
    made_at: datetime | None = None
    changed_at: datetime | None = None
    measure: str = ""
    unit: str = ""
    as_of: str = ""
    conduct: str = ""
    basis: str = ""
    happened: str = ""
    place: str = ""
    answer: str = ""
    made_by: str = ""
    # What somebody who collected it wrote on it.
    note: str = ""

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
            authors=_names_of(self.authors),
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
    def text(self) -> str:
        """The whole text that the passage stands in: `text[start:end] == words`."""
        return self.read_text(self.version_id)

    @property
    def original_link(self) -> str:
        """The original address with a text fragment, so that a browser opens it at the
        words."""
        if not self.original_address:
            return ""
        return link_to_passage(self.original_address, self.text, self.start, self.end)

    @property
    def locator(self) -> str:
        """Where the words stand, for people: `para. 4, characters 212–236 of text version
        1`."""
        characters = (
            f"characters {self.start}–{self.end} of text version {self.version}"
        )
        return f"para. {self.paragraph}, {characters}"

    def citation(self, style: str = "chicago") -> str:
        """Cite the passage in one of `archive.citations.citation.STYLES`, as plain text."""
        return plain(STYLES[style].cite(self.reference))


def permalink_of(pk: UUID, base: str) -> str:
    """Return the permanent address of a passage; `base` is the archive's own, as
    `https://…`."""
    return f"{base.rstrip('/')}/annotations/{pk}/"


def excerpts_of(
    annotations: AnnotationQuerySet, base: str, *, for_editors: bool = False
) -> Iterator[Excerpt]:
    """Yield an Excerpt for each annotation, in their order; `base` is the archive's own
    address, as `https://…`.

    Only editors may know by whom each was made.
    """
    base = base.rstrip("/")
    # Passages of a text come one after the other, so that one text is held at a time.
    read_text = lru_cache(maxsize=1)(_text_of)
    rows = annotations.annotate(newest_answer=newest_answer()).values_list(*_FIELDS)
    for row in rows.iterator(chunk_size=BATCH_SIZE):
        pk, number, article_slug, entity_slug, version, received = row[:_KIND]
        kind = row[_KIND]
        entity_address = ""
        if entity_slug:
            entity_address = f"{base}/{_PAGES[kind]}/{entity_slug}/"
        texts = ["" if value is None else value for value in row[_KIND:_LOW]]
        low, high, made_at, changed_at, *details, answer, made_by = row[_LOW:]
        values: list[Any] = [
            read_text,
            version,
            permalink_of(pk, base),
            f"{base}/articles/{article_slug}/versions/{number}/text/",
            entity_address,
            received.date() if received else None,
            number,
            *texts,
            low,
            high,
            made_at,
            changed_at,
            *[value or "" for value in details],
            _display_answer(kind, answer or ""),
            (made_by or "") if for_editors else "",
        ]
        yield Excerpt(*values)


def _text_of(version: int) -> str:
    return TextVersion.objects.values_list("text", flat=True).get(pk=version)


def _display_answer(kind: str, newest: str) -> str:
    """Say what was last answered to an allegation, as everybody may read it; nothing of other
    kinds. `newest` is a relation and who answered."""
    relation, _blank, claimant = newest.partition(" ")
    if relation:
        return f"{DONE_BY[Relation(relation)]} {claimant}"
    return _("no response recorded") if kind == Kind.ALLEGATION else ""
