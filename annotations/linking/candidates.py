"""Whom words may mean: the entities that are proposed where a passage is tagged, merged or
split.

All spellings are held in the process in a `NameIndex`. It is made anew when `stamp_of_spellings`
says that one was changed or went; those that came are learned.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from operator import itemgetter
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
from annotations.models import Annotation, AnnotationQuerySet, Entity, Kind, Spelling
from archive.batches import batched
from archive.models import Article, User, Viewer, edition_of_lists
from archive.roles import Role, role_of

MOST = 8
# Letters of a name; of more words than that the first are looked up.
LONGEST = 200
# Entities of which the mentions are counted: where more fit alike, the others are left
# out in the order of names.
_MOST_COUNTED = 50
# Mentions that take long to count.
_MANY = 1000
# Spellings beyond which making the index anew costs little more.
_MOST_ADDED = 1000


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
    matches = known_names().find(words, kind) if words else {}
    chosen = list(dict.fromkeys(chosen))
    if not matches and not chosen:
        return []
    visible = Annotation.objects.visible_to(user).shown().current().order_by()
    in_article: set[int | None] = set()
    if article is not None:
        mentions = visible.filter(article=article, kind=kind)
        in_article = set(mentions.values_list("entity", flat=True))

    ranks: dict[int, tuple[int, bool]] = {}
    for key, match in matches.items():
        ranks[key] = (match.rank, key not in in_article)
    for position, key in enumerate(chosen):
        ranks[key] = (position - len(chosen), False)  # below 0, where no match is

    others = matches.keys() - set(chosen)
    best = nsmallest(
        max(_MOST_COUNTED, most),
        others,
        key=lambda key: (ranks[key], matches[key].spellings[0]),
    )
    keys = [*chosen, *best]
    counts = _mention_counts(visible, keys, role_of(user))
    candidates = []
    # Not by kind in the query: SQLite would read through all of a kind.
    for entity in Entity.objects.standing().filter(pk__in=keys).order_by():
        if entity.kind == kind:
            count = counts.get(entity.pk, 0)
            candidate = _candidate(entity, count, matches.get(entity.pk), words)
            order = (ranks[entity.pk], -count, entity.name, entity.pk)
            candidates.append((order, candidate))
    candidates.sort(key=itemgetter(0))
    return [candidate for _order, candidate in candidates[:most]]


def known_to(user: Viewer, kind: Kind, words: str) -> list[Entity]:
    """Return the entities of a kind that `words` may mean and of which `user` may know: the best
    first, then those in whose names the words stand."""
    words = spelling_of(words)[:LONGEST]
    if not words:
        return []
    visible = Entity.objects.standing().visible_to(user).filter(kind=kind)
    matches = known_names().find(words, kind)
    by_key = visible.in_bulk(_with_known_spellings(user, matches))
    keys = [key for key in matches if key in by_key]
    # Not icontains: SQLite's LIKE folds the case of Latin letters only.
    called_so = visible.filter(name__iregex=re.escape(words)).exclude(pk__in=keys)
    entities = [by_key[key] for key in keys]
    return [*entities, *called_so[:MOST]][:MOST]


def _with_known_spellings(
    user: Viewer, matches: Mapping[int, SpellingMatch]
) -> list[int]:
    """Return the keys of the best of those whose matching spelling `user` may know."""
    spellings = Spelling.objects.visible_to(user)
    known: list[int] = []
    for keys in batched(matches):
        texts = {text for key in keys for text in matches[key].spellings}
        rows = spellings.filter(entity__in=keys, text__in=texts)
        known_keys = set(rows.order_by().values_list("entity", flat=True))
        known += [key for key in keys if key in known_keys]
        if len(known) >= _MOST_COUNTED:
            break
    return known[:_MOST_COUNTED]


def entities_alike(proposals: Iterable[EntityCandidate]) -> list[Entity]:
    """Return those of which the words that were looked for may be a spelling."""
    return [proposal.entity for proposal in proposals if proposal.is_alike]


def known_names() -> NameIndex:
    """Return the index of all spellings as they are now. Costs one query where none has
    changed."""
    global _cached
    stamp = stamp_of_spellings()
    cached = _cached
    if cached is None or cached.stamp != stamp:
        cached = _updated(cached, stamp)
        _cached = cached
    return cached.names


class _CachedNames(NamedTuple):
    stamp: SpellingStamp
    names: NameIndex


_cached: _CachedNames | None = None


def _updated(cached: _CachedNames | None, stamp: SpellingStamp) -> _CachedNames:
    """Add the spellings that came, if nothing else has happened; else make the index anew."""
    _last, highest, count = stamp
    spellings = Spelling.objects.order_by("pk")
    if cached is not None and cached.stamp[1]:
        _old_last, old_highest, old_count = cached.stamp
        before = spellings.filter(pk__lte=old_highest).aggregate(
            last=Max("changed_at"), highest=Max("pk"), count=Count("pk")
        )
        is_unchanged = tuple(before.values()) == cached.stamp
        if is_unchanged and count - old_count <= _MOST_ADDED:
            added = _indexed(spellings.filter(pk__gt=old_highest))
            return _CachedNames(stamp, cached.names.with_more(added))
    names = NameIndex(_indexed(spellings.filter(pk__lte=highest or 0)))
    return _CachedNames(stamp, names)


def _indexed(spellings: QuerySet[Spelling]) -> Iterator[IndexedSpelling]:
    return map(
        IndexedSpelling._make, spellings.values_list("entity", "entity__kind", "text")
    )


def _mention_counts(
    visible: AnnotationQuerySet, entities: list[int], role: Role
) -> dict[int, int]:
    """Count the mentions of entities that a role sees; large counts are kept until something
    changes."""
    cache_keys = {}
    edition = edition_of_lists()
    for entity in entities:
        cache_keys[entity] = f"mention-count:{role}:{edition}:{entity}"
    cached = cache.get_many(cache_keys.values())
    counts = {}
    uncounted = []
    for entity, cache_key in cache_keys.items():
        if cache_key in cached:
            counts[entity] = cached[cache_key]
        else:
            uncounted.append(entity)
    rows = visible.filter(entity__in=uncounted).values_list("entity")
    large = {}
    for entity, count in rows.annotate(count=Count("pk")):
        counts[entity] = count
        if count >= _MANY:
            large[cache_keys[entity]] = count
    cache.set_many(large, None)
    return counts


def _candidate(
    entity: Entity, mentions: int, match: SpellingMatch | None, words: str
) -> EntityCandidate:
    if match is None:
        return EntityCandidate(entity, mentions, "", is_alike=False)
    as_typed = [text for text in match.spellings if words.casefold() in text.casefold()]
    matched = as_typed or match.spellings
    spelling = "" if entity.name in matched else matched[0]
    is_alike = _may_be_spelling(entity, match, words)
    return EntityCandidate(entity, mentions, spelling, is_alike=is_alike)


def _may_be_spelling(entity: Entity, match: SpellingMatch, words: str) -> bool:
    """Tell whether `words` may be a spelling of `entity`: a full name is not because a surname
    of its own is alike."""
    if match.rank != MatchRank.ALIKE:
        return match.rank == MatchRank.EXACT
    are_full_names = len(words_of(words)) > 1 and len(words_of(entity.name)) > 1
    if not are_full_names:
        return bool(match.spellings)
    return any(len(words_of(text)) > 1 for text in match.spellings)
