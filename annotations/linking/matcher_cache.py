"""The matcher of all known spellings, kept in the process.

Building it costs time that grows with the number of spellings. So it is built once as a whole;
while few spellings have changed since, those are added to or taken from it. A stamp of the
spellings tells, for one query, whether any has changed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max

from annotations.core.names.matcher import KnownSpelling, Matcher
from annotations.models import Kind, Spelling

# When a spelling was changed last, the highest key, and how many there are.
SpellingStamp = tuple[datetime | None, int | None, int]
# Entity, text, whether the machine may link it by itself, and the entity's kind.
_SpellingRow = tuple[int, str, bool, str]

# Spellings of entities that changed, beyond which building the matcher anew costs no
# more.
_MOST_CHANGED = 1000
# Letters up to which a spelling is only ever suggested.
_LONGEST_NEVER_LINKED = 2


class _CachedMatcher(NamedTuple):
    """The matcher that was `built` as a whole from `rows`, and `matcher` with what has changed
    since. It is replaced, never altered, so that threads may share it."""

    stamp: SpellingStamp
    rows: list[_SpellingRow]
    built: Matcher
    matcher: Matcher


_cached: _CachedMatcher | None = None


def known_matcher() -> Matcher:
    """Return the matcher of all spellings as they are now. Costs one query where none has
    changed."""
    global _cached
    stamp = stamp_of_spellings()
    cached = _cached
    if cached is None or cached.stamp != stamp:
        cached = _updated(cached, stamp)
        _cached = cached
    return cached.matcher


def stamp_of_spellings() -> SpellingStamp:
    """Return a value that differs after any change of the spellings."""
    stamp = Spelling.objects.aggregate(
        last=Max("changed_at"), highest=Max("pk"), count=Count("pk")
    )
    return stamp["last"], stamp["highest"], stamp["count"]


def _updated(cached: _CachedMatcher | None, stamp: SpellingStamp) -> _CachedMatcher:
    columns = ("entity_id", "text", "linkable", "entity__kind")
    rows: list[_SpellingRow] = list(Spelling.objects.values_list(*columns))
    if cached is not None:
        # The matcher takes or drops all spellings of an entity together.
        changed_entities = {row[0] for row in set(rows) ^ set(cached.rows)}
        before = _spellings_of(changed_entities, cached.rows)
        after = _spellings_of(changed_entities, rows)
        if len(before) + len(after) <= _MOST_CHANGED:
            matcher = cached.built.with_changes(before, after)
            return cached._replace(stamp=stamp, matcher=matcher)
    built = Matcher(_known_spelling(*row) for row in rows)
    return _CachedMatcher(stamp, rows, built, built)


def _spellings_of(
    entities: set[int], rows: Iterable[_SpellingRow]
) -> list[KnownSpelling]:
    return [_known_spelling(*row) for row in rows if row[0] in entities]


def _known_spelling(entity: int, text: str, linkable: bool, kind: str) -> KnownSpelling:
    """A place is named by one word, a person by two. Very short spellings and those in small
    letters are never linked by themselves."""
    is_place = kind == Kind.PLACE
    is_name = len(text) > _LONGEST_NEVER_LINKED and not text.islower()
    return KnownSpelling(
        entity,
        text,
        full=is_place or " " in text,
        linkable=linkable and is_name,
        place=is_place,
    )
