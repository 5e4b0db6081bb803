"""Known spellings, to be looked up by what somebody types: in any script, and before it is
typed to its end.

    >>> index = NameIndex([
    ...     IndexedSpelling(1, "person", "Kalmukhambet Kasymov"), IndexedSpelling(2, "place", "Қасым")
    ... ])
    >>> {entity: match.rank.name for entity, match in index.find("касым").items()}
    {2: 'ALIKE', 1: 'BEGINS'}

Three tables lead from a key to the numbers of the spellings that have it: the text itself, the
keys that alike names share, and all that a word of it can begin with. The last is sorted too,
so that what is typed finds its continuations by bisection.

An index is never altered, so that threads may share it; `with_more` returns another.
"""

from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from annotations.core.names.matching_keys import are_alike, keys_of, outlines, words_of

_LAST = "\U0010ffff"
# Stands before beginnings that are not folded, so that they are not taken for those
# that are.
_AS_WRITTEN = "="

_NumbersByKey = dict[str, list[int]]


class MatchRank(IntEnum):
    """How a spelling fits what was typed, the best first."""

    EXACT = 0
    ALIKE = 1
    # Each word that was typed begins one of its words.
    BEGINS = 2
    # They share a word.
    SHARES = 3


class IndexedSpelling(NamedTuple):
    entity: int
    kind: str
    text: str


class SpellingMatch(NamedTuple):
    """How well an entity fits at best, and which of its spellings fit so, in the order in which
    they are known."""

    rank: MatchRank
    spellings: list[str]


class NameIndex:
    def __init__(self, spellings: Iterable[IndexedSpelling] = ()) -> None:
        self._spellings: list[IndexedSpelling] = []
        self._by_text: _NumbersByKey = {}
        self._by_key: _NumbersByKey = {}
        self._by_beginning: _NumbersByKey = {}
        for spelling in spellings:
            self._add(spelling)
        self._beginnings = sorted(self._by_beginning)

    def with_more(self, spellings: Iterable[IndexedSpelling]) -> "NameIndex":
        """Return an index that knows these as well; it costs a copy of this one's tables."""
        more = NameIndex()
        more._spellings = self._spellings.copy()
        more._by_text = self._by_text.copy()
        more._by_key = self._by_key.copy()
        more._by_beginning = self._by_beginning.copy()
        for spelling in spellings:
            more._add(spelling)
        new_beginnings = more._by_beginning.keys() - self._by_beginning.keys()
        # Nearly sorted already, which is what Python's sort is quick at.
        more._beginnings = sorted([*self._beginnings, *new_beginnings])
        return more

    def find(self, words: str, kind: str = "") -> dict[int, SpellingMatch]:
        """Return whom `words` may mean, by entity, the best first; of one kind or of any."""
        sharing = self._sharing_a_key(words)
        alike = [n for n in sharing if are_alike(self._spellings[n].text, words)]
        numbers_by_rank = {
            MatchRank.EXACT: self._by_text.get(words.casefold(), []),
            MatchRank.ALIKE: alike,
            MatchRank.BEGINS: self._continuing(words),
            MatchRank.SHARES: sharing,
        }
        matches: dict[int, SpellingMatch] = {}
        for rank, numbers in numbers_by_rank.items():
            for number in sorted(numbers):
                entity, entity_kind, text = self._spellings[number]
                if kind and entity_kind != kind:
                    continue
                if entity not in matches:
                    matches[entity] = SpellingMatch(rank, [text])
                elif matches[entity].rank == rank:
                    matches[entity].spellings.append(text)
        return matches

    def entities_alike(self, name: str) -> list[int]:
        """Return the entities that have a spelling which is alike, in their order."""
        entities = set()
        for number in self._sharing_a_key(name):
            spelling = self._spellings[number]
            if are_alike(spelling.text, name):
                entities.add(spelling.entity)
        return sorted(entities)

    def _add(self, spelling: IndexedSpelling) -> None:
        number, text = len(self._spellings), spelling.text
        self._spellings.append(spelling)
        beginnings = {_AS_WRITTEN + text.casefold()}
        for word in words_of(text):
            beginnings.add(_AS_WRITTEN + word.casefold())
            beginnings |= outlines(word)
        _add_number(self._by_text, [text.casefold()], number)
        _add_number(self._by_key, keys_of(text), number)
        _add_number(self._by_beginning, beginnings, number)

    def _sharing_a_key(self, words: str) -> set[int]:
        numbers: set[int] = set()
        for key in keys_of(words):
            numbers.update(self._by_key.get(key, ()))
        return numbers

    def _continuing(self, words: str) -> set[int]:
        """Return the spellings that begin so as they are written, and those of which a word
        begins with each of the words."""
        as_written = self._beginning_with({_AS_WRITTEN + words.casefold()})
        by_word = [
            self._beginning_with({_AS_WRITTEN + word.casefold(), *outlines(word)})
            for word in words_of(words)
        ]
        if not by_word:
            return as_written
        return as_written | set.intersection(*by_word)

    def _beginning_with(self, prefixes: Iterable[str]) -> set[int]:
        numbers: set[int] = set()
        for prefix in prefixes:
            start = bisect_left(self._beginnings, prefix)
            end = bisect_left(self._beginnings, prefix + _LAST)
            for beginning in self._beginnings[start:end]:
                numbers.update(self._by_beginning[beginning])
        return numbers


def _add_number(table: _NumbersByKey, keys: Iterable[str], number: int) -> None:
    for key in keys:
        # A new list, because the old one may be in the table of another index too.
        table[key] = [*table.get(key, ()), number]
