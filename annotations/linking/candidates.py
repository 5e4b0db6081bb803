"""Whom words may mean: the entities that are proposed where a passage is tagged, merged or
split.

All spellings are held in the process in a `NameIndex`. It is made anew when `stamp_of_spellings`
says that one was changed or went; those that came are learned.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet

from annotations.core.names.autocomplete import (
    IndexedSpelling,
    MatchRank,
    NameIndex,
    SpellingMatch,
)
from annotations.core.names.matching_keys import words_of
from annotations.core.names.scripts import spelling_of
from annotations.linking.matcher_cache import SpellingStamp, stamp_of_spellings
from annotations.models import Annotation, AnnotationQuerySet, Entity, Kind, NameForm
from archive.models import Article, User
from archive.roles import Role, role_of

MOST = 8
LONGEST = 200
"""Letters of a name; of more words than that the first are looked up."""
_MOST_COUNTED = 50
"""Entities of which the mentions are counted: where more fit alike, the others are left out in
the order of names."""
_MANY = 1000
"""Mentions that are dear to count."""
_SECONDS_KEPT = 60
_MOST_LEARNED = 1000
"""Spellings beyond which making the index anew costs little more."""


@dataclass(frozen=True)
class EntityCandidate:
    """An entity that words may mean.

    `mentions` counts those that are shown; `spelling` is what matched, where that is not its
    name; `is_alike` says that the words may be a spelling of it.
    """

    entity: Entity
    mentions: int
    spelling: str
    is_alike: bool

    def __str__(self) -> str:
        return str(self.entity)


def proposed(
    kind: Kind,
    words: str,
    user: User,
    *,
    chosen: Iterable[int] = (),
    article: Article | None = None,
    most: int = MOST,
) -> list[EntityCandidate]:
    """Return the entities of a kind that `words` may mean, the best first.

    Those that are `chosen` already come before all others, then as `MatchRank` has it. Of one
    rank those mentioned in `article` come first, then those with more mentions.
    """
    words = spelling_of(words)[:LONGEST]
    hits = known_names().find(words, kind) if words else {}
    first = {key: number for number, key in enumerate(dict.fromkeys(chosen))}
    if not hits and not first:
        return []
    seen = Annotation.objects.visible_to(user).shown().current().order_by()
    here = (
        set(seen.filter(article=article, kind=kind).values_list("entity", flat=True))
        if article
        else set()
    )

    def place(key: int) -> tuple[int, int, bool]:
        if key in first:
            return -1, first[key], False
        return hits[key].rank, 0, key not in here

    others = hits.keys() - first.keys()
    best = nsmallest(
        max(_MOST_COUNTED, most), others, lambda key: (place(key), hits[key].spellings[0])
    )
    keys = [*first, *best]
    counts = _mention_counts(seen, keys, role_of(user))
    # Not by kind in the query: SQLite would read through all of a kind.
    entities = [
        one
        for one in Entity.objects.standing().filter(pk__in=keys).order_by()
        if one.kind == kind
    ]
    found = sorted(
        entities, key=lambda one: (place(one.pk), -counts.get(one.pk, 0), one.name, one.pk)
    )
    return [
        _proposal(entity, counts.get(entity.pk, 0), hits.get(entity.pk), words)
        for entity in found[:most]
    ]


def entities_alike(proposals: Iterable[EntityCandidate]) -> list[Entity]:
    """Return those of which the words that were looked for may be a spelling."""
    return [proposal.entity for proposal in proposals if proposal.is_alike]


def known_names() -> NameIndex:
    """Return the index of all spellings as they are now."""
    global _known
    known, stamp = _known, stamp_of_spellings()
    if known is None or known.stamp != stamp:
        _known = known = _learned(known, stamp)
    return known.names


class _KnownNames(NamedTuple):
    stamp: SpellingStamp
    names: NameIndex


_known: _KnownNames | None = None


def _learned(known: _KnownNames | None, stamp: SpellingStamp) -> _KnownNames:
    """Learn what came, if nothing else has happened."""
    forms = NameForm.objects.order_by("pk")
    if known is not None and (highest := known.stamp[1]):
        before = forms.filter(pk__lte=highest).aggregate(
            last=Max("changed_at"), highest=Max("pk"), count=Count("pk")
        )
        if tuple(before.values()) == known.stamp and stamp[2] - known.stamp[2] <= _MOST_LEARNED:
            return _KnownNames(
                stamp, known.names.with_more(_spellings(forms.filter(pk__gt=highest)))
            )
    return _KnownNames(stamp, NameIndex(_spellings(forms.filter(pk__lte=stamp[1] or 0))))


def _spellings(forms: QuerySet[NameForm]) -> Iterator[IndexedSpelling]:
    return map(IndexedSpelling._make, forms.values_list("entity", "entity__kind", "text"))


def _mention_counts(
    seen: AnnotationQuerySet, entities: list[int], role: Role
) -> dict[int, int]:
    """Count what a role has seen; many are not counted again for a minute."""
    names = {f"mention-count:{role}:{key}": key for key in entities}
    counts = {names[name]: count for name, count in cache.get_many(names).items()}
    rest = seen.filter(entity__in=[key for key in entities if key not in counts])
    counted = dict(rest.values_list("entity").annotate(count=Count("pk")))
    dear = {
        name: count for name, key in names.items() if (count := counted.get(key, 0)) >= _MANY
    }
    cache.set_many(dear, _SECONDS_KEPT)
    return {**counts, **counted}


def _proposal(
    entity: Entity, mentions: int, hit: SpellingMatch | None, words: str
) -> EntityCandidate:
    if hit is None:
        return EntityCandidate(entity, mentions, "", is_alike=False)
    as_typed = [text for text in hit.spellings if words.casefold() in text.casefold()]
    matched = as_typed or hit.spellings
    spelling = "" if entity.name in matched else matched[0]
    return EntityCandidate(entity, mentions, spelling, is_alike=_may_be(entity, hit, words))


def _may_be(entity: Entity, hit: SpellingMatch, words: str) -> bool:
    """Say whether `words` may be a spelling of `entity`: a full name is not because a surname
    of its own is alike."""
    if hit.rank != MatchRank.ALIKE:
        return hit.rank == MatchRank.EXACT
    both_full = len(words_of(words)) > 1 and len(words_of(entity.name)) > 1
    return any(not both_full or len(words_of(text)) > 1 for text in hit.spellings)
