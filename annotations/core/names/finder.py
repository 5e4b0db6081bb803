"""Where known names stand in a text, as whole words and without overlaps.

An automaton (Aho and Corasick, 1975) gives every place of every name in time that grows with
the text and the hits, not with the number of names. A hit counts only as a whole word: Kasymov
is in “Kasymov's” and “anti-Kasymov”, but not in Kasymbekova, Kasymov-Smith or O'Kasymov; a
Kazakh case ending after a name belongs to it; and it makes no difference with which blank,
hyphen or apostrophe a name was typed. Where hits overlap the longest counts, of equally long
ones the first, and at one place the one with more known letters: Алматы is the town, and not
Алма with an ending.

    >>> Finder({"Алма": False, "Алматы": True}).hits("Алматы, Алмада")
    [(0, 6, 1), (8, 14, 0)]
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Mapping
from copy import copy
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from annotations.core.names.honorifics import PREFIXES
from annotations.core.names.inflection import is_cyrillic, is_kazakh_ending

# Start, end (code points), and the number of the name.
NameHit = tuple[int, int, int]
_TYPED = {" ": "\u00a0\u2007\u202f", "-": "\u2010\u2011", "'": "‘’"}
_LONGEST_KAZAKH_ENDING = 7


class Finder:
    """Names, typed plainly, ready to be found; each with whether it is of places only, which a
    hyphen may join."""

    def __init__(self, names: Mapping[str, bool]) -> None:
        self.names = list(names)
        # By number; None for a name that is known no longer.
        self._of_places: list[bool | None] = list(names.values())
        self.automaton = AhoCorasick(self.names)
        # Names that came later, each with the number of its first: an automaton cannot grow.
        self._later: list[tuple[int, AhoCorasick]] = []

    def with_changes(self, names: Mapping[str, bool | None]) -> "Finder":
        """Return a finder that also knows these names, but none that is given with None; others
        keep their numbers."""
        new_names = [name for name in names if name not in self.numbers]
        first_new = len(self.names)
        other = copy(self)
        other.names = self.names + new_names
        other.numbers = self.numbers | _numbered(new_names, first_new)
        other._later = [*self._later, (first_new, AhoCorasick(new_names))]
        other._of_places = self._of_places + [None] * len(new_names)
        for name, is_of_places in names.items():
            other._of_places[other.numbers[name]] = is_of_places
        return other

    @cached_property
    def numbers(self) -> dict[str, int]:
        return _numbered(self.names, 0)

    def hits(self, text: str) -> list[NameHit]:
        """Return where the names stand in `text`, which is typed plainly too, in order."""
        candidates = []
        for number, start, end_of_known in self._matches(text):
            if self._of_places[number] is None or not _begins(text, start):
                continue
            end = _end_of_word(text, end_of_known)
            if end and not self._is_in_a_double_name(text, start, end, number):
                # The order in which they are taken: the longest, the first, the best known.
                candidates.append((start - end, start, -end_of_known, end, number))
        candidates.sort()
        taken: list[NameHit] = []
        for _length, start, _known, end, number in candidates:
            at = bisect_left(taken, (start, end, number))
            is_free_before = at == 0 or taken[at - 1][1] <= start
            if is_free_before and (at == len(taken) or end <= taken[at][0]):
                taken.insert(at, (start, end, number))
        return taken

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        """Return the number of each name that stands anywhere in `text`, its start, and its
        end."""
        matches = self.automaton.find_matches_as_indexes(text, overlapping=True)
        for first, automaton in self._later:
            for number, start, end in automaton.find_matches_as_indexes(
                text, overlapping=True
            ):
                matches.append((first + number, start, end))
        return matches

    def _is_in_a_double_name(
        self, text: str, start: int, end: int, number: int
    ) -> bool:
        """Say whether a person's name is only half of one with a hyphen, such as
        Kasymov-Smith."""
        is_after_hyphen = text[start - 1 : start] == "-"
        is_before_hyphen = text[end : end + 1] == "-"
        if not is_after_hyphen and not is_before_hyphen:
            return False
        if self._of_places[number]:
            return False
        if is_after_hyphen:
            before = word_before(text, start - 1)
            if before[:1].isupper() and before.lower() not in PREFIXES:
                return True
        return is_before_hyphen and text[end + 1 : end + 2].isupper()


def _numbered(names: list[str], first: int) -> dict[str, int]:
    return {name: number for number, name in enumerate(names, first)}


def same_words(words: str, *, of_place: bool) -> Callable[[str], list[tuple[int, int]]]:
    """Return what finds in a text where just these words stand, without any ending; whether
    they name a place.

    >>> same_words("Алма", of_place=True)("Алма, Алмада, Алматы")
    [(0, 4)]
    """
    finder = Finder({typed_plainly(words): of_place})

    def find(text: str) -> list[tuple[int, int]]:
        hits = finder.hits(typed_plainly(text))
        return [
            (start, end) for start, end, _number in hits if end - start == len(words)
        ]

    return find


def typed_plainly(text: str) -> str:
    """Put one sign for the blanks, the hyphens and the apostrophes that a name may be typed
    with; offsets stay the same."""
    for plain, signs in _TYPED.items():
        for sign in signs:
            text = text.replace(sign, plain)
    return text


def _begins(text: str, at: int) -> bool:
    """Say whether a word begins at `at`; O'Kasymov is one word."""
    if at == 0 or not _in_word(text[at]):
        return True
    before = text[at - 1]
    if _in_word(before):
        return False
    return before != "'" or not text[at - 2 : at - 1].isupper()


def _end_of_word(text: str, at: int) -> int:
    """Return where the word ends whose known part ends at `at`: there, or after a Kazakh
    ending; 0 if neither."""
    if at == len(text) or not _in_word(text[at]) or not _in_word(text[at - 1]):
        return at
    if not is_cyrillic(text[at - 1]):
        return 0
    # One letter further than any ending goes, so that a longer word is told from it.
    furthest = min(len(text), at + _LONGEST_KAZAKH_ENDING + 1)
    end = at
    while end < furthest and _in_word(text[end]):
        end += 1
    if end < len(text) and _in_word(text[end]):
        return 0
    return end if is_kazakh_ending(text[at:end]) else 0


def word_before(text: str, at: int) -> str:
    """Return the word, or its part, that ends at `at`."""
    start = at
    while start > 0 and _in_word(text[start - 1]):
        start -= 1
    return text[start:at]


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
