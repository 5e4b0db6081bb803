"""Known spellings, to be looked up by what somebody types: in any script, and before it is
typed to its end.

    >>> index = NameIndex([Spelling(1, "person", "Kalmukhambet Kasymov"), Spelling(2, "place", "Қасым")])
    >>> {entity: hit.rank.name for entity, hit in index.find("касым").items()}
    {2: 'ALIKE', 1: 'BEGINS'}

An index is never altered, so that threads may share it; `with_more` returns another.
"""

from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from annotations.core.names.matching_keys import alike, keys_of, outlines, words_of

_LAST = "\U0010ffff"
_AS_WRITTEN = "="
"""Stands before beginnings that are not folded, so that they are not taken for those that
are."""


class MatchRank(IntEnum):
    """How a spelling fits what was typed, the best first."""

    EXACT = 0
    ALIKE = 1
    BEGINS = 2
    """Each word that was typed begins one of its words."""
    SHARES = 3
    """They share a word."""


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
        self._by_text: dict[str, list[int]] = {}
        self._by_key: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        for spelling in spellings:
            self._add(spelling)
        self._beginnings = sorted(self._by_beginning)

    def with_more(self, spellings: Iterable[IndexedSpelling]) -> "NameIndex":
        """Return an index that knows these as well; it costs a copy of this one's tables."""
        more = NameIndex()
        more._spellings = self._spellings.copy()
        more._by_text, more._by_key = self._by_text.copy(), self._by_key.copy()
        more._by_beginning = self._by_beginning.copy()
        for spelling in spellings:
            more._add(spelling)
        more._beginnings = sorted(
            [*self._beginnings, *(more._by_beginning.keys() - self._by_beginning.keys())]
        )
        return more

    def find(self, words: str, kind: str = "") -> dict[int, SpellingMatch]:
        """Return whom `words` may mean, by entity, the best first; of one kind or of any."""
        sharing = self._sharing(words)
        fitting = (
            (MatchRank.EXACT, self._by_text.get(words.casefold(), [])),
            (
                MatchRank.ALIKE,
                [number for number in sharing if alike(self._spellings[number].text, words)],
            ),
            (MatchRank.BEGINS, self._begun_by(words)),
            (MatchRank.SHARES, sharing),
        )
        found: dict[int, SpellingMatch] = {}
        for rank, numbers in fitting:
            for number in sorted(numbers):
                entity, its_kind, text = self._spellings[number]
                if kind and its_kind != kind:
                    continue
                if entity not in found:
                    found[entity] = SpellingMatch(rank, [text])
                elif found[entity].rank == rank:
                    found[entity].spellings.append(text)
        return found

    def alike(self, name: str) -> list[int]:
        """Return the entities that have a spelling which is alike, in their order."""
        spellings = (self._spellings[number] for number in self._sharing(name))
        return sorted({entity for entity, _kind, text in spellings if alike(text, name)})

    def _add(self, spelling: IndexedSpelling) -> None:
        number, text = len(self._spellings), spelling.text
        self._spellings.append(spelling)
        words = words_of(text)
        beginnings = {_AS_WRITTEN + part.casefold() for part in (*words, text)}.union(
            *map(outlines, words)
        )
        for table, names in (
            (self._by_text, {text.casefold()}),
            (self._by_key, keys_of(text)),
            (self._by_beginning, beginnings),
        ):
            for name in names:
                table[name] = [*table.get(name, ()), number]

    def _sharing(self, words: str) -> set[int]:
        return set().union(*(self._by_key.get(key, ()) for key in keys_of(words)))

    def _begun_by(self, words: str) -> set[int]:
        """The spellings that begin so as they are written, and those of which a word begins
        with each of the words."""
        begun = [
            self._beginning_with({_AS_WRITTEN + word.casefold(), *outlines(word)})
            for word in words_of(words)
        ]
        return self._beginning_with({_AS_WRITTEN + words.casefold()}) | (
            set.intersection(*begun) if begun else set()
        )

    def _beginning_with(self, beginnings: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for beginning in beginnings:
            start, end = (
                bisect_left(self._beginnings, edge) for edge in (beginning, beginning + _LAST)
            )
            found.update(*map(self._by_beginning.__getitem__, self._beginnings[start:end]))
        return found
