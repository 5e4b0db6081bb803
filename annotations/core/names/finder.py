"""Where known names stand in a text, as whole words and without overlaps.

An automaton (Aho and Corasick, 1975) gives every place of every name in time that grows with
the text and the hits, not with the number of names. A hit counts only as a whole word: Kasymov
is in “Kasymov's” and “anti-Kasymov”, but not in Kasymbekova, Kasymov-Smith or O'Kasymov; a
Kazakh case ending behind a name belongs to it; and it makes no difference with which blank,
hyphen or apostrophe a name was typed. Where hits overlap the longest counts, of equally long
ones the first, and at one place the one with more known letters: Алматы is the town, and not
Алма with an ending.

    >>> Finder({"Алма": False, "Алматы": True}).places("Алматы, Алмада")
    [(0, 6, 1), (8, 14, 0)]
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Mapping
from copy import copy
from functools import cached_property
from itertools import count

from ahocorasick_rs import AhoCorasick

from annotations.core.names.honorifics import PREFIXES
from annotations.core.names.inflection import is_cyrillic, is_kazakh_ending

Place = tuple[int, int, int]
"""Start, end, and the number of the name."""
_TYPED = {" ": "\u00a0\u2007\u202f", "-": "\u2010\u2011", "'": "‘’"}


class Finder:
    """Names, typed plainly, ready to be found; each with whether it is of places only, which a
    hyphen may join."""

    def __init__(self, names: Mapping[str, bool]) -> None:
        self.names = list(names)
        self._of_places: list[bool | None] = list(names.values())
        self.automaton = AhoCorasick(self.names)
        self._later: list[tuple[int, AhoCorasick]] = []
        """Of names that came later, each with the number of its first."""

    def changed(self, names: Mapping[str, bool | None]) -> "Finder":
        """Return a finder that also knows these names, but none that is given with None; others
        keep their numbers."""
        fresh = [name for name in names if name not in self.numbers]
        other = copy(self)
        other.names = self.names + fresh
        other.numbers = self.numbers | dict(zip(fresh, count(len(self.names))))
        other._later = [*self._later, (len(self.names), AhoCorasick(fresh))]
        other._of_places = self._of_places + [None] * len(fresh)
        for name, is_of_places in names.items():
            other._of_places[other.numbers[name]] = is_of_places
        return other

    @cached_property
    def numbers(self) -> dict[str, int]:
        return dict(zip(self.names, count()))

    def places(self, text: str) -> list[Place]:
        """Return where the names stand in `text`, which is typed plainly too, in order."""
        found = []
        for number, start, known in self._hits(text):
            end = _end_of_word(text, known) if _begins(text, start) else 0
            if (
                end
                and self._of_places[number] is not None
                and not self._is_in_a_double_name(text, start, end, number)
            ):
                found.append((start - end, start, -known, end, number))
        found.sort()
        taken: list[Place] = []
        for _length, start, _known, end, number in found:
            at = bisect_left(taken, (start, end, number))
            if (at == 0 or taken[at - 1][1] <= start) and (
                at == len(taken) or end <= taken[at][0]
            ):
                taken.insert(at, (start, end, number))
        return taken

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        """Return the number of each name that stands anywhere in `text`, its start, and its
        end."""
        hits = self.automaton.find_matches_as_indexes(text, overlapping=True)
        for first, automaton in self._later:
            later = automaton.find_matches_as_indexes(text, overlapping=True)
            hits += [(first + number, start, end) for number, start, end in later]
        return hits

    def _is_in_a_double_name(self, text: str, start: int, end: int, number: int) -> bool:
        """Say whether a person's name is only half of one with a hyphen, such as
        Kasymov-Smith."""
        if text[start - 1 : start] != "-" and text[end : end + 1] != "-":
            return False
        if self._of_places[number]:
            return False
        before = word_before(text, start - 1) if text[start - 1 : start] == "-" else ""
        if before[:1].isupper() and before.lower() not in PREFIXES:
            return True
        return text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper()


def same_words(words: str, *, of_place: bool) -> Callable[[str], list[tuple[int, int]]]:
    """Return what finds in a text where just these words stand, without any ending; whether
    they name a place.

    >>> same_words("Алма", of_place=True)("Алма, Алмада, Алматы")
    [(0, 4)]
    """
    finder = Finder({typed_plainly(words): of_place})

    def find(text: str) -> list[tuple[int, int]]:
        places = finder.places(typed_plainly(text))
        return [(start, end) for start, end, _number in places if end - start == len(words)]

    return find


def typed_plainly(text: str) -> str:
    """Put one sign for the blanks, the hyphens and the apostrophes that a name may be typed
    with, place for place."""
    for plain, signs in _TYPED.items():
        for sign in signs:
            text = text.replace(sign, plain)
    return text


def _begins(text: str, at: int) -> bool:
    """Say whether a word begins at `at`; O'Kasymov is one word."""
    if at == 0 or not _in_word(text[at]):
        return True
    before = text[at - 1]
    return not _in_word(before) and not (before == "'" and text[at - 2 : at - 1].isupper())


def _end_of_word(text: str, at: int) -> int:
    """Return where the word ends whose known part ends at `at`: there, or behind a Kazakh
    ending; 0 if neither."""
    if at == len(text) or not (_in_word(text[at]) and _in_word(text[at - 1])):
        return at
    if not is_cyrillic(text[at - 1]):
        return 0
    end = at
    while end < len(text) and end - at < 8 and _in_word(text[end]):
        end += 1
    return (
        end
        if is_kazakh_ending(text[at:end]) and (end == len(text) or not _in_word(text[end]))
        else 0
    )


def word_before(text: str, at: int) -> str:
    """Return the word, or its part, that ends at `at`."""
    start = at
    while start > 0 and _in_word(text[start - 1]):
        start -= 1
    return text[start:at]


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
