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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from ahocorasick_rs import AhoCorasick

from annotations.core.quotes.extractor import Quotation
from annotations.core.quotes.tokens import keys_of, spaced

# Texts that are kept for a part, or for three words; of what stands in more, they are
# those that came first.
MOST_TEXTS = 300
# How many texts are looked into where a quotation may stand altered.
_NEAR = 5
# Texts after which what was found of the short ones is no longer looked for.
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
        self._patterns = [_QuotationPatterns.of(quotation) for quotation in quotations]
        # Dictionaries keep the order and each pattern once.
        long_patterns: dict[str, None] = {}
        short_patterns: dict[str, None] = {}
        for patterns in self._patterns:
            if patterns.short:
                short_patterns[patterns.short] = None
                continue
            for pattern in (patterns.literal, *patterns.parts, *patterns.trigrams):
                long_patterns[pattern] = None
        self._search = _Search(long_patterns)
        self._short_search = _ShortSearch(short_patterns)

    def look(self, key: int, text: str) -> bool:
        """Look for all quotations in a text; say whether anything of them is in it."""
        words = spaced(keys_of(text))
        has_long = self._search.look(key, words)
        has_short = self._short_search.look(key, words)
        return has_long or has_short

    def candidates(self, n: int) -> Candidates:
        patterns = self._patterns[n]
        if patterns.short:
            key = self._short_search.first[patterns.short]
            return Candidates([] if key is None else [key], [], [])
        of_parts = [self._search.texts[part] for part in patterns.parts]
        whole = self._search.texts[patterns.literal]
        if not whole:
            # The texts in which all parts stand.
            whole = of_parts[0]
            for keys in of_parts[1:]:
                whole = [key for key in whole if key in keys]
        return Candidates(whole, self._texts_with_most(patterns.trigrams), of_parts)

    def _texts_with_most(self, trigrams: Iterable[str]) -> list[int]:
        """Return the texts with most of the trigrams, of which one that stands in few texts
        says more than one of many."""
        weights: dict[int, float] = defaultdict(float)
        for trigram in trigrams:
            keys = self._search.texts[trigram]
            for key in keys:
                weights[key] += 1 / len(keys)
        return nlargest(_NEAR, weights, key=weights.__getitem__)


@dataclass(frozen=True)
class _QuotationPatterns:
    """What is looked for of one quotation: all its words, its parts, every three words; or, of
    a short one, itself."""

    literal: str = ""
    parts: tuple[str, ...] = ()
    trigrams: tuple[str, ...] = ()
    short: str = ""

    @classmethod
    def of(cls, quotation: Quotation) -> "_QuotationPatterns":
        words = quotation.wording.keys
        keys_of_parts = [part.wording.keys for part in quotation.long_parts]
        if not keys_of_parts:
            return cls(short=spaced(words))
        trigrams: dict[str, None] = {}
        for keys in (words, *keys_of_parts):
            for trigram in zip(keys, keys[1:], keys[2:], strict=False):
                trigrams[spaced(trigram)] = None
        return cls(spaced(words), tuple(map(spaced, keys_of_parts)), tuple(trigrams))


class _Search:
    """In which texts patterns stand, each in as many as are kept."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.texts: dict[str, list[int]] = {pattern: [] for pattern in patterns}
        self._by_number = list(self.texts.values())
        self._automaton = AhoCorasick(list(self.texts))

    def look(self, key: int, words: str) -> bool:
        hits = self._automaton.find_matches_as_indexes(words, overlapping=True)
        for number in {number for number, _start, _end in hits}:
            texts = self._by_number[number]
            if len(texts) < MOST_TEXTS:
                texts.append(key)
        return bool(hits)


class _ShortSearch:
    """The first text of each pattern: once found it is no longer looked for, so that `the` is
    not found everywhere."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.first: dict[str, int | None] = dict.fromkeys(patterns)
        self._leave_out_found()

    def look(self, key: int, words: str) -> bool:
        hits = []
        if self._sought:
            hits = self._automaton.find_matches_as_indexes(words, overlapping=True)
        for number, _start, _end in hits:
            pattern = self._sought[number]
            if self.first[pattern] is None:
                self.first[pattern] = key
                self._newly_found += 1
        self._looked += 1
        if self._newly_found and self._looked >= _SHORT_AT_ONCE:
            self._leave_out_found()
        return bool(hits)

    def _leave_out_found(self) -> None:
        # A new automaton costs as much as a few texts, so not after each one.
        self._sought = [pattern for pattern, key in self.first.items() if key is None]
        self._automaton = AhoCorasick(self._sought)
        self._newly_found = self._looked = 0
