"""Which texts may hold which quotations: found in one pass, at the cost of the texts plus that
of the quotations.

Every text is read once, past an automaton (Aho and Corasick, 1975) that knows all that is
looked for: the parts of each quotation as they stand, and every three words that follow one
another in it. A text that holds a part is where it is verbatim; one that holds many of the
threes is where it may have been altered. Nothing is kept of a text but its key.

A quotation of one or two words is everywhere or nowhere: the first text that holds it is
enough, and then it is no longer looked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from ahocorasick_rs import AhoCorasick

from annotations.core.quotes.extractor import Quotation
from annotations.core.quotes.tokens import keys_of, spaced

MOST_PLACES = 300
"""Texts that are kept for a part, or for three words; of what stands in more, they are those
that came first."""
_NEAR = 5
"""How many texts are looked into where a quotation may stand altered."""
_SHORT_AT_ONCE = 200


@dataclass(frozen=True)
class Candidates:
    """Texts by key: those that hold all parts of a quotation, those that hold most of it, and
    those of each part."""

    whole: list[int]
    near: list[int]
    of_parts: list[list[int]]


class CandidateFinder:
    """Looks through texts for quotations: `look` at each, then ask for the `candidates` of the
    n-th quotation."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._sought = [_SearchedPart.of(quotation) for quotation in quotations]
        patterns = (
            pattern
            for each in self._sought
            for pattern in (each.literal, *each.parts, *each.threes)
        )
        self._search = _Search(dict.fromkeys(pattern for pattern in patterns if pattern))
        self._short = _ShortSearch(
            dict.fromkeys(each.short for each in self._sought if each.short)
        )

    def look(self, key: int, text: str) -> bool:
        """Look for all quotations in a text; say whether anything of them is in it."""
        words = spaced(keys_of(text))
        return self._search.look(key, words) | self._short.look(key, words)

    def candidates(self, n: int) -> Candidates:
        sought = self._sought[n]
        if sought.short:
            first = self._short.first[sought.short]
            return Candidates([] if first is None else [first], [], [])
        of_parts = [self._search.found[part] for part in sought.parts]
        whole = self._search.found[sought.literal] or [
            key for key in of_parts[0] if all(key in o for o in of_parts)
        ]
        return Candidates(whole, self._near(sought), of_parts)

    def _near(self, sought: "_SearchedPart") -> list[int]:
        """The texts with most of the threes, of which one that stands in few texts says more
        than one of many."""
        weight: dict[int, float] = defaultdict(float)
        for keys in (self._search.found[three] for three in sought.threes):
            for key in keys:
                weight[key] += 1 / len(keys)
        return nlargest(_NEAR, weight, key=weight.__getitem__)


@dataclass(frozen=True)
class _SearchedPart:
    """What is looked for of one quotation: all its words, its parts, every three words; or, of
    a short one, itself."""

    literal: str
    parts: list[str]
    threes: list[str]
    short: str

    @classmethod
    def of(cls, quotation: Quotation) -> "_SearchedPart":
        words = quotation.wording.keys
        runs = [part.wording.keys for part in quotation.long_parts]
        if not runs:
            return cls("", [], [], spaced(words))
        threes = dict.fromkeys(three for run in [words, *runs] for three in _threes(run))
        return cls(spaced(words), [spaced(run) for run in runs], [*threes], "")


class _Search:
    """Where patterns stand, each in as many texts as are kept."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.found: dict[str, list[int]] = {pattern: [] for pattern in patterns}
        self._lists = [*self.found.values()]
        self._automaton = AhoCorasick([*self.found])

    def look(self, key: int, words: str) -> bool:
        hits = {
            number
            for number, _start, _end in self._automaton.find_matches_as_indexes(
                words, overlapping=True
            )
        }
        for number in hits:
            if len(self._lists[number]) < MOST_PLACES:
                self._lists[number].append(key)
        return bool(hits)


class _ShortSearch:
    """The first text of each pattern: once found it is no longer looked for, so that `the` is
    not found everywhere."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.first: dict[str, int | None] = dict.fromkeys(patterns)
        self._learn()

    def look(self, key: int, words: str) -> bool:
        hits = (
            self._automaton.find_matches_as_indexes(words, overlapping=True)
            if self._left
            else []
        )
        for number, _start, _end in hits:
            if self.first[self._left[number]] is None:
                self.first[self._left[number]] = key
                self._news += 1
        self._looked += 1
        if self._news and self._looked >= _SHORT_AT_ONCE:
            self._learn()
        return bool(hits)

    def _learn(self) -> None:
        self._left = [pattern for pattern, key in self.first.items() if key is None]
        self._automaton = AhoCorasick(self._left)
        self._news = self._looked = 0


def _threes(keys: Sequence[str]) -> Iterator[str]:
    return (spaced(three) for three in zip(keys, keys[1:], keys[2:], strict=False))
