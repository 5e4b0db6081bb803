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

# Places on one page.
MOST_LINES = 500
# Articles that are read for one page.
MOST_TEXTS = 1000


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
        parts = typed.split(":")
        if len(parts) not in (3, 4):
            return None
        numbers, judged = parts[:3], "".join(parts[3:])
        if not all(number.isdecimal() and len(number) < 10 for number in numbers):
            return None
        article, version, start = map(int, numbers)
        return cls(article, version, start, judged)


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
    def state_label(self) -> str:
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
        """The span with a stamp of what editors have said of it, to notice what they say next."""
        judged = []
        for mention in self.marks:
            if mention.state not in MACHINE:
                judged.append((str(mention.pk), mention.revision))
        stamp = f"{crc32(repr(sorted(judged)).encode()):08x}" if judged else ""
        return SpanKey(
            self.version.article_id, self.version.number, self.place.start, stamp
        )

    @cached_property
    def standing(self) -> TagState:
        own_states = {mention.state for mention in self.own}
        other_states = {mention.state for mention in self.others}
        if State.CONFIRMED in own_states:
            return TagState.CONFIRMED
        if State.CONFIRMED in other_states:
            return TagState.OTHER
        if State.REJECTED in own_states:
            return TagState.REJECTED
        if own_states:
            return TagState.SAME
        return TagState.OTHER if other_states else TagState.FREE

    @property
    def is_likely(self) -> bool:
        return self.standing in (TagState.FREE, TagState.SAME)

    @property
    def own(self) -> list[ExistingMention]:
        """Mentions of the entity that is applied."""
        return [mention for mention in self.marks if mention.entity == self.entity]

    @property
    def others(self) -> list[ExistingMention]:
        """Mentions of other entities, but for those that an editor rejected."""
        others = []
        for mention in self.marks:
            if mention.entity != self.entity and mention.state != State.REJECTED:
                others.append(mention)
        return others

    @property
    def mark(self) -> ExistingMention | None:
        """The mention that becomes what is wanted; None where a new one is to be made.

        One of the same entity at just this span, else one of the machine's around it, else the
        strongest of another entity at just this span.
        """
        for mention in self.own:
            if self._has_same_span(mention):
                return mention
        for mention in self.own:
            is_around = (
                mention.start <= self.place.start and self.place.end <= mention.end
            )
            if is_around and mention.state in MACHINE:
                return mention
        same_span = [mention for mention in self.others if self._has_same_span(mention)]
        return min(same_span, key=_strength_of_state, default=None)

    @property
    def refuted(self) -> list[ExistingMention]:
        """Mentions that editors confirmed at just this span, and that cannot be true beside
        `mark`."""
        refuted = []
        for mention in self.others:
            is_confirmed = mention.state == State.CONFIRMED
            if is_confirmed and self._has_same_span(mention) and mention != self.mark:
                refuted.append(mention)
        return refuted

    def _has_same_span(self, mention: ExistingMention) -> bool:
        return (mention.start, mention.end) == (self.place.start, self.place.end)


@dataclass
class ApplyCandidates:
    """A page of candidates.

    `lines` are shown of the `count` in the articles that were read, which are `read` of
    `articles`. `confirmed` more are tagged so by an editor already. `after` is what to pass on
    for the next page; empty at the end.
    """

    lines: list[ApplyCandidate] = field(default_factory=list)
    count: int = 0
    confirmed: int = 0
    read: int = 0
    articles: int = 0
    after: str = ""


def find_candidates(
    annotation: Annotation, scope: Scope, after: str = ""
) -> ApplyCandidates:
    """Return where else the words of a mention stand, the newest article first. Costs at most
    three queries."""
    first = SpanKey.read(after)
    article_ids = _article_ids(annotation, scope, first)
    articles_to_read = article_ids[:MOST_TEXTS]
    page = ApplyCandidates(read=len(articles_to_read), articles=len(article_ids))
    for candidate in _candidates_in(annotation, articles_to_read):
        if first is not None and _is_before(candidate, first):
            continue
        if candidate.standing != TagState.CONFIRMED:
            page.count += 1
            if len(page.lines) < MOST_LINES:
                page.lines.append(candidate)
        elif annotation.pk not in {mention.pk for mention in candidate.marks}:
            page.confirmed += 1
    if page.count > len(page.lines):
        last = page.lines[-1]
        version = last.version
        following = SpanKey(
            version.article_id, version.number, last.place.start + 1, ""
        )
        page.after = str(following)
    elif page.read < page.articles:
        page.after = str(SpanKey(article_ids[page.read], 0, 0, ""))
    return page


def _article_ids(
    annotation: Annotation, scope: Scope, first: SpanKey | None
) -> list[int]:
    """Return in which articles the words may stand, newest first, from that of `first` on."""
    article_ids = {annotation.article_id}
    if scope == Scope.ARCHIVE:
        article_ids |= search.articles_with_words(annotation.exact)
    if first is not None:
        article_ids = {pk for pk in article_ids if pk <= first.article}
    return sorted(article_ids, reverse=True)


def _is_before(candidate: ApplyCandidate, first: SpanKey) -> bool:
    is_in_article = candidate.version.article_id == first.article
    return is_in_article and candidate.place.start < first.start


def unchanged_candidates(
    annotation: Annotation, spans: Collection[SpanKey]
) -> list[ApplyCandidate]:
    """Return those of `spans` at which the words still stand, and of which no editor has spoken
    since they were shown."""
    wanted = set(spans)
    article_ids = {span.article for span in wanted}
    candidates = _candidates_in(annotation, article_ids)
    return [candidate for candidate in candidates if candidate.key in wanted]


def _candidates_in(
    annotation: Annotation, article_ids: Iterable[int]
) -> Iterator[ApplyCandidate]:
    """Yield the spans in the current texts of these articles, in two queries."""
    current = Article.objects.filter(pk__in=list(article_ids)).values("current_version")
    versions = TextVersion.objects.filter(pk__in=current).select_related(
        "article__publisher"
    )
    versions = versions.only(
        "text",
        "number",
        "article__title",
        "article__slug",
        "article__language",
        "article__sort_date",
        "article__published",
        "article__publisher__name",
    )
    spans_of_words = same_words(
        annotation.exact, of_place=annotation.kind == Kind.PLACE
    )
    versions_with_spans = []
    for version in versions.order_by("-article_id"):
        spans = spans_of_words(version.text)
        if spans:
            versions_with_spans.append((version, spans))
    mentions = _mentions_on([version.pk for version, _spans in versions_with_spans])
    for version, spans in versions_with_spans:
        by_span = _MentionsBySpan(mentions[version.pk])
        for start, end in spans:
            selector = select(version.text, start, end)
            overlapping = by_span.overlapping(start, end)
            yield ApplyCandidate(
                version, selector, annotation.entity_id or 0, overlapping
            )


def _mentions_on(version_ids: list[int]) -> dict[int, list[ExistingMention]]:
    """Return the mentions of texts, in the order of each text, by version."""
    columns = (
        "pk",
        "start",
        "end",
        "entity",
        "entity__name",
        "exact",
        "state",
        "revision",
    )
    annotations = Annotation.objects.filter(version__in=version_ids, kind__in=MENTIONS)
    mentions: dict[int, list[ExistingMention]] = defaultdict(list)
    for version, *values in annotations.in_text_order().values_list(
        "version", *columns
    ):
        mentions[version].append(ExistingMention(*values))
    return mentions


class _MentionsBySpan:
    """The mentions of a text, so that those over a span are found without looking at all."""

    def __init__(self, mentions: list[ExistingMention]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        lengths = [mention.end - mention.start for mention in mentions]
        self._longest = max(lengths, default=0)

    def overlapping(self, start: int, end: int) -> list[ExistingMention]:
        # None that starts further before than the longest one is long can reach the span.
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [
            mention for mention in self._mentions[first:last] if mention.end > start
        ]


def _strength_of_state(mention: ExistingMention) -> int:
    return (State.CONFIRMED, State.LINKED, State.SUGGESTED).index(State(mention.state))
