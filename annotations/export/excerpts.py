"""Excerpts: an annotated passage with everything that is needed to cite it.

`excerpts_of` turns a queryset into a stream of `Excerpt`s, and every export format is made of
nothing else:

    Annotation ── one query, read in portions ──> row ───┐
    TextVersion ── one query a portion ──> Source ───────┴──> Excerpt ── formats ──> lines of a file

What is the same for all passages of a text is their `Source`, one object for all of them: a
format that makes something of it does so once. What stands around a passage is cut from its
text. A few hundred rows and a few texts are held at a time, so memory does not grow with the
number of excerpts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db.models import (
    ExpressionWrapper,
    F,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from annotations.core.anchoring.selectors import context_of
from annotations.core.anchoring.text_fragments import link_to_passage
from annotations.core.figures.parser import Amount
from annotations.models import (
    DONE_BY,
    Annotation,
    AnnotationQuerySet,
    Kind,
    Relation,
    newest_answer,
)
from archive.batches import BATCH_SIZE, batched
from archive.citations.author_names import parse_names
from archive.citations.passages import PassageCitations
from archive.citations.reference import Reference
from archive.models import TextVersion

# As `_ROW` has the columns.
_Row: TypeAlias = tuple[Any, ...]
_PAGES: dict[str, str] = {Kind.PERSON: "people", Kind.PLACE: "places"}
# Texts that are read and held at once.
_TEXTS_AT_ONCE = 16


# Django would make a UUID or an aware datetime of each value, which takes longer than to read
# the whole row.
_UNCONVERTED = {
    "key": ExpressionWrapper(F("pk"), output_field=TextField()),
    "made": Cast("made_at", TextField()),
    "changed": Cast("changed_at", TextField()),
}
# Three runs of the fields of `Excerpt`, in its order; the columns of the second and third are
# None where there is no entity, figure or allegation.
_PASSAGE = ("kind", "state", "exact", "start", "end", "paragraph")
_TAG = (
    "entity__name",
    "figure__qualifier",
    "figure__counted",
    "figure__said_by",
    "allegation__summary",
    "allegation__claimant",
    "allegation__accused",
    "allegation__status",
)
_DETAILS = (
    "figure__measure__name",
    "figure__unit",
    "figure__as_of",
    "allegation__conduct",
    "allegation__basis",
    "allegation__happened",
    "allegation__place",
)
_OTHERS = (
    "version",
    "key",
    "entity__slug",
    "figure__low",
    "figure__high",
    "made",
    "changed",
    "answer",
    "made_by_name",
)
_ROW = (*_PASSAGE, *_TAG, *_DETAILS, *_OTHERS)
_TAG_AT = len(_PASSAGE)
_DETAILS_AT = _TAG_AT + len(_TAG)
_OTHERS_AT = _DETAILS_AT + len(_DETAILS)
_VERSION = _ROW.index("version")
# In the order of `Source` from `version` on.
_SOURCE = (
    "pk",
    "article__slug",
    "capture__received_at",
    "number",
    "sha256",
    "capture__sha256",
    "article__title",
    "article__title_transliterated",
    "article__title_translated",
    "article__byline",
    "article__credit",
    "article__publisher__name",
    "article__published",
    "article__language",
    "article__original_address",
)


@dataclass(frozen=True, eq=False)
class Source:
    """A text version and its article: what is the same for all passages of a text.

    `published` is EDTF, `accessed` the day on which the source was captured. What is not known
    is empty or None. `text` is read when it is asked for.
    """

    read_text: Callable[[int], str] = field(repr=False)
    version_id: int
    text_address: str
    accessed: date | None
    version: int
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

    @property
    def text(self) -> str:
        """The whole text, of which passages are slices."""
        return self.read_text(self.version_id)

    @cached_property
    def reference(self) -> Reference:
        """What a citation needs of the article."""
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
        )

    def citations_in(self, style: str) -> PassageCitations:
        """Return what cites passages of the text in one of the styles."""
        if style not in self._citations:
            self._citations[style] = PassageCitations(self.reference, style)
        return self._citations[style]

    @cached_property
    def _citations(self) -> dict[str, PassageCitations]:
        return {}


class Excerpt(NamedTuple):
    """A passage, what it is tagged as, where exactly it stands, and where its article came
    from.

    `start` and `end` are code points into the text at `source.text_address`; `paragraph` counts
    its blocks from 1. What is not known, or not said of this kind of passage, is empty or None;
    so is `made_by`, the name of an account, where it is not for everybody. `note` is what
    somebody who collected it wrote on it.
    """

    source: Source
    permalink: str
    entity_address: str
    kind: str
    state: str
    words: str
    before: str
    after: str
    start: int
    end: int
    paragraph: int
    entity: str = ""
    qualifier: str = ""
    counted: str = ""
    said_by: str = ""
    allegation: str = ""
    claimant: str = ""
    accused: str = ""
    status: str = ""
    value: Decimal | None = None
    value_to: Decimal | None = None
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
        return replace(
            self.source.reference, paragraph=self.paragraph, archived=self.permalink
        )

    @property
    def original_link(self) -> str:
        """The original address with a text fragment, so that a browser opens it at the
        words."""
        source = self.source
        if not source.original_address:
            return ""
        return link_to_passage(
            source.original_address, source.text, self.start, self.end
        )

    @property
    def locator(self) -> str:
        """Where the words stand, for people: `para. 4, characters 212–236 of text version
        1`."""
        characters = (
            f"characters {self.start}–{self.end} of text version {self.source.version}"
        )
        return f"para. {self.paragraph}, {characters}"

    def citation(self, style: str = "chicago") -> str:
        """Cite the passage in one of `archive.citations.citation.STYLES`, as plain text."""
        citations = self.source.citations_in(style)
        return citations.citation(self.paragraph, self.permalink)


def values_of(names: Iterable[str]) -> Callable[[Excerpt], tuple[Any, ...]]:
    """Return a function that gives these values of an excerpt; a name is an attribute of it or
    of its source."""
    of_source = {field.name for field in fields(Source)}
    return attrgetter(
        *[f"source.{name}" if name in of_source else name for name in names]
    )


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
    rows = rows_of(annotations, for_editors=for_editors)
    sources: dict[int, Source] = {}
    for portion in batched(rows.iterator(chunk_size=BATCH_SIZE), BATCH_SIZE):
        sources = _sources_of(portion, base, sources)
        for row in portion:
            yield _excerpt_of(row, sources[row[_VERSION]], base)


def rows_of(
    annotations: AnnotationQuerySet, *, for_editors: bool = False
) -> "QuerySet[Annotation, _Row]":
    """Return the rows that excerpts are made of: what differs between passages of a text."""
    made_by = F("made_by__username") if for_editors else Value("")
    annotated = annotations.annotate(
        **_UNCONVERTED, answer=newest_answer(), made_by_name=made_by
    )
    return annotated.values_list(*_ROW)


def _sources_of(
    rows: list[_Row], base: str, known: Mapping[int, Source]
) -> dict[int, Source]:
    """Return the sources of rows, by version: of those that were known the same objects, of
    others new ones, in one query."""
    versions = dict.fromkeys(row[_VERSION] for row in rows)
    sources = {version: known[version] for version in versions if version in known}
    new = [version for version in versions if version not in known]
    if not new:
        return sources
    read_text = _TextsInTurn(new).read
    for values in TextVersion.objects.filter(pk__in=new).values_list(*_SOURCE):
        version, slug, received, number, *texts = values
        sources[version] = Source(
            read_text,
            version,
            f"{base}/articles/{slug}/versions/{number}/text/",
            received.date() if received else None,
            number,
            *[value or "" for value in texts],
        )
    return sources


class _TextsInTurn:
    """Reads texts in the order in which passages ask for them, and holds a few at a time."""

    def __init__(self, versions: Sequence[int]) -> None:
        self._versions = versions
        self._texts: dict[int, str] = {}

    def read(self, version: int) -> str:
        """Return the text of one of the versions; where it is not held, read it with those
        that come after it."""
        if version not in self._texts:
            at = self._versions.index(version)
            wanted = self._versions[at : at + _TEXTS_AT_ONCE]
            texts = TextVersion.objects.filter(pk__in=wanted)
            self._texts = dict(texts.values_list("pk", "text"))
        return self._texts[version]


def _excerpt_of(row: _Row, source: Source, base: str) -> Excerpt:
    kind, state, words, start, end, paragraph = row[:_TAG_AT]
    before, after = context_of(source.text, start, end)
    _version, key, slug, low, high, made, changed, answer, made_by = row[_OTHERS_AT:]
    if answer or kind == Kind.ALLEGATION:
        answer = _display_answer(answer)
    values = (
        source,
        f"{base}/annotations/{_dashed(key)}/",
        f"{base}/{_PAGES[kind]}/{slug}/" if slug else "",
        kind,
        state,
        words,
        before,
        after,
        start,
        end,
        paragraph,
        *[value or "" for value in row[_TAG_AT:_DETAILS_AT]],
        low,
        high,
        _moment(made),
        _moment(changed),
        *[value or "" for value in row[_DETAILS_AT:_OTHERS_AT]],
        answer or "",
        made_by or "",
        "",
    )
    return Excerpt._make(values)


@lru_cache(maxsize=1024)  # what is made at once has one moment
def _moment(stored: str) -> datetime:
    """Return a moment of which a database gives the text; those without time zones keep it in
    UTC."""
    moment = datetime.fromisoformat(stored)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _dashed(key: str | UUID) -> str:
    """Return a key in its usual form; databases without UUIDs keep its 32 digits."""
    if isinstance(key, UUID):
        return str(key)
    first, second, third = key[:8], key[8:12], key[12:16]
    fourth, last = key[16:20], key[20:]
    return f"{first}-{second}-{third}-{fourth}-{last}"


def _display_answer(newest: str | None) -> str:
    """Say what was last answered to an allegation, as everybody may read it; `newest` is a
    relation and who answered."""
    if not newest:
        return _("no response recorded")
    relation, _blank, claimant = newest.partition(" ")
    return f"{DONE_BY[Relation(relation)]} {claimant}"
