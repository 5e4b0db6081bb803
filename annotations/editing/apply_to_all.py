"""Applying a tag to all: where else the words of a mention stand, and what is there now.

Words are the same where they are typed the same but for kinds of blanks, hyphens and
apostrophes, as whole words. What lies over only some of a place counts as being there: in
“Erlan Kasymov” the place of “Kasymov” is somebody else's.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

from annotations.core.anchoring.selectors import Selector, select
from annotations.core.names.finder import same_words
from annotations.models import MACHINE, MENTIONS, Annotation, Kind, State
from archive import search
from archive.models import Article, TextVersion

MOST_LINES = 500
"""Places on one page."""
MOST_TEXTS = 1000
"""Articles that are read for one page."""


class Scope(StrEnum):
    ARTICLE = "article"
    ARCHIVE = "archive"


class TagState(StrEnum):
    """What there is at a place: nothing, what the machine thinks is the same, and so on."""

    FREE = "free"
    SAME = "same"
    OTHER = "other"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"


class SpanKey(NamedTuple):
    """A place as a page showed it; `judged` stamps what editors had said of it by then, and is
    empty for nothing."""

    article: int
    version: int
    start: int
    judged: str

    def __str__(self) -> str:
        return ":".join(map(str, self))

    @classmethod
    def read(cls, typed: str) -> "SpanKey | None":
        article, version, start, judged = (*typed.split(":"), *[""] * 4)[:4]
        numbers = (article, version, start)
        if not all(number.isdecimal() and len(number) < 10 for number in numbers):
            return None
        return cls(int(article), int(version), int(start), judged)


class ExistingMention(NamedTuple):
    """A mention that stands in a text."""

    pk: UUID
    start: int
    end: int
    entity: int
    name: str
    exact: str
    state: str
    revision: int

    @property
    def state_in_words(self) -> str:
        return str(State(self.state).label)


@dataclass(frozen=True)
class ApplyCandidate:
    """A place of the words in the current text of an article, with the marks that lie over any
    of it."""

    version: TextVersion
    place: Selector
    entity: int
    marks: list[ExistingMention]

    @property
    def article(self) -> Article:
        return self.version.article

    @property
    def key(self) -> SpanKey:
        judged = sorted(
            (str(mark.pk), mark.revision) for mark in self.marks if mark.state not in MACHINE
        )
        stamp = f"{crc32(repr(judged).encode()):08x}" if judged else ""
        return SpanKey(self.version.article_id, self.version.number, self.place.start, stamp)

    @cached_property
    def standing(self) -> TagState:
        own = {mark.state for mark in self.own}
        others = {mark.state for mark in self.others}
        if State.CONFIRMED in own:
            return TagState.CONFIRMED
        if State.CONFIRMED in others:
            return TagState.OTHER
        if own:
            return TagState.REJECTED if State.REJECTED in own else TagState.SAME
        return TagState.OTHER if others else TagState.FREE

    @property
    def is_likely(self) -> bool:
        return self.standing in (TagState.FREE, TagState.SAME)

    @property
    def own(self) -> list[ExistingMention]:
        return [mark for mark in self.marks if mark.entity == self.entity]

    @property
    def others(self) -> list[ExistingMention]:
        return [
            mark
            for mark in self.marks
            if mark.entity != self.entity and mark.state != State.REJECTED
        ]

    @property
    def mark(self) -> ExistingMention | None:
        """The mark that becomes what is wanted; None where a new one is to be made."""
        around = [
            mark
            for mark in self.own
            if mark.start <= self.place.start and self.place.end <= mark.end
        ]
        candidates = [
            *(mark for mark in self.own if self._is_here(mark)),
            *(mark for mark in around if mark.state in MACHINE),
            *sorted((mark for mark in self.others if self._is_here(mark)), key=_weakness),
        ]
        return candidates[0] if candidates else None

    @property
    def refuted(self) -> list[ExistingMention]:
        """What editors said of just these words and what cannot be true beside the `mark`."""
        confirmed = [
            mark
            for mark in self.others
            if self._is_here(mark) and mark.state == State.CONFIRMED
        ]
        return [mark for mark in confirmed if mark != self.mark]

    def _is_here(self, mark: ExistingMention) -> bool:
        return (mark.start, mark.end) == (self.place.start, self.place.end)


@dataclass
class ApplyCandidates:
    """Some of the places: `lines` are shown of the `count` in the articles that were read,
    `read` of `articles`.

    `confirmed` are more, which an editor has tagged so already. `after` is what to pass on for
    the next lines.
    """

    lines: list[ApplyCandidate] = field(default_factory=list)
    count: int = 0
    confirmed: int = 0
    read: int = 0
    articles: int = 0
    after: str = ""


def occurrences_of(annotation: Annotation, scope: Scope, after: str = "") -> ApplyCandidates:
    """Return where else the words of a mention stand, the newest article first; at most three
    queries."""
    keys = {annotation.article_id}
    if scope == Scope.ARCHIVE:
        keys |= search.articles_with_words(annotation.exact)
    begin = SpanKey.read(after)
    further = sorted(
        (key for key in keys if begin is None or key <= begin.article), reverse=True
    )
    found = ApplyCandidates(read=len(further[:MOST_TEXTS]), articles=len(further))
    for each in _occurrences(annotation, further[:MOST_TEXTS]):
        if (
            begin
            and each.version.article_id == begin.article
            and each.place.start < begin.start
        ):
            continue
        if each.standing != TagState.CONFIRMED:
            found.count += 1
            if len(found.lines) < MOST_LINES:
                found.lines.append(each)
        elif annotation.pk not in {mark.pk for mark in each.marks}:
            found.confirmed += 1
    if found.count > len(found.lines):
        last = found.lines[-1]
        found.after = str(
            SpanKey(last.version.article_id, last.version.number, last.place.start + 1, "")
        )
    elif found.read < found.articles:
        found.after = str(SpanKey(further[found.read], 0, 0, ""))
    return found


def still_there(annotation: Annotation, places: Collection[SpanKey]) -> list[ApplyCandidate]:
    """Return those of `places` at which the words still stand, and of which no editor has
    spoken since."""
    wanted = set(places)
    return [
        each
        for each in _occurrences(annotation, {place.article for place in wanted})
        if each.key in wanted
    ]


def _occurrences(
    annotation: Annotation, article_ids: Iterable[int]
) -> Iterator[ApplyCandidate]:
    """Yield the places in the current texts of these articles, in two queries."""
    current = Article.objects.filter(pk__in=list(article_ids)).values("current_version")
    versions = (
        TextVersion.objects.filter(pk__in=current)
        .select_related("article__publisher")
        .order_by("-article_id")
    )
    shown = ("title", "slug", "language", "sort_date", "published", "publisher__name")
    places_in = same_words(annotation.exact, of_place=annotation.kind == Kind.PLACE)
    found = [
        (version, places)
        for version in versions.only("text", "number", *(f"article__{name}" for name in shown))
        if (places := places_in(version.text))
    ]
    marks = _marks_on(version.pk for version, _places in found)
    for version, places in found:
        over = _MentionsBySpan(marks[version.pk])
        for start, end in places:
            place = select(version.text, start, end)
            yield ApplyCandidate(
                version, place, annotation.entity_id or 0, over.any_of(start, end)
            )


def _marks_on(versions: Iterable[int]) -> dict[int, list[ExistingMention]]:
    marks: dict[int, list[ExistingMention]] = defaultdict(list)
    found = Annotation.objects.filter(
        version__in=list(versions), kind__in=MENTIONS
    ).in_text_order()
    columns = ("pk", "start", "end", "entity", "entity__name", "exact", "state", "revision")
    for version, *values in found.values_list("version", *columns):
        marks[version].append(ExistingMention(*values))
    return marks


class _MentionsBySpan:
    """The marks of a text, in order, so that those over a place are found without looking at
    all."""

    def __init__(self, marks: list[ExistingMention]) -> None:
        self._marks = marks
        self._starts = [mark.start for mark in marks]
        self._longest = max((mark.end - mark.start for mark in marks), default=0)

    def any_of(self, start: int, end: int) -> list[ExistingMention]:
        near = self._marks[
            bisect_left(self._starts, start - self._longest) : bisect_left(self._starts, end)
        ]
        return [mark for mark in near if mark.end > start]


def _weakness(mark: ExistingMention) -> int:
    return (State.CONFIRMED, State.LINKED, State.SUGGESTED).index(State(mark.state))
