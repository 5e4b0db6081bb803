"""Names in a text that nobody is known by yet, each once, with all its places.

    >>> text = "Erlan Kasymov, who met Marat Omarov in Aktau, left Aktau."
    >>> [(name.name, name.count) for name in unlinked_names(text, known=[(0, 13)])]
    [('Aktau', 2), ('Marat Omarov', 1)]

The spellings of a name in the cases of Russian and Kazakh are listed under its nominative,
where the text has it, or else under the shortest. Spellings that may be of two names (Касымова,
of him or she) are listed by themselves.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations, product

from annotations.core.names.detector import DetectedName, names_in
from annotations.core.names.inflection import (
    common_beginning,
    is_cyrillic,
    is_inflection_of,
    russian_inflections,
)
from annotations.core.names.scripts import spelling_of

# How a Russian name may end that the text has in other cases alone.
_NOMINATIVE_ENDINGS = ("", "а", "я", "ь", "й", "ий", "ая")
_SHORTEST_STEM = 3
_LONGEST_ENDING = 6
# More spellings that begin alike are not compared each with each: the time would grow
# with their square.
_MOST_ALIKE = 50


@dataclass(frozen=True)
class UnlinkedName:
    """A name that nobody is known by, and its places in order; `name` is the nominative, where
    the text has it."""

    name: str
    places: tuple[DetectedName, ...]

    @property
    def count(self) -> int:
        return len(self.places)


def unlinked_names(text: str, known: Iterable[tuple[int, int]]) -> list[UnlinkedName]:
    """Return the names in `text` that touch none of the places (start, end) that are `known`,
    most frequent first.

    A name and its inflections in Russian and Kazakh are one, wherever that is sure.
    """
    by_spelling: dict[str, list[DetectedName]] = defaultdict(list)
    for name in _names_outside(text, known):
        by_spelling[spelling_of(name.words)].append(name)
    by_nominative: dict[str, list[DetectedName]] = defaultdict(list)
    for spelling, nominative in _nominatives(list(by_spelling)).items():
        by_nominative[nominative] += by_spelling[spelling]
    unlinked = []
    for nominative, names in by_nominative.items():
        names.sort(key=lambda name: name.start)
        unlinked.append(UnlinkedName(nominative, tuple(names)))
    return sorted(unlinked, key=lambda name: (-name.count, name.places[0].start))


def _names_outside(text: str, spans: Iterable[tuple[int, int]]) -> list[DetectedName]:
    """Return the names in `text` that touch none of `spans`, which may overlap."""
    ordered = sorted(span for span in spans if span[0] < span[1])
    starts = [start for start, _end in ordered]
    # furthest_ends[n]: the furthest end of the first n spans.
    furthest_ends = list(accumulate((end for _start, end in ordered), max, initial=0))
    names = []
    for name in names_in(text):
        begun_before_its_end = bisect_left(starts, name.end)
        if furthest_ends[begun_before_its_end] <= name.start:
            names.append(name)
    return names


def _nominatives(spellings: list[str]) -> dict[str, str]:
    """Return for each spelling the one among them under which it is listed."""
    spellings = sorted(spellings, key=_by_length)
    by_letters = {}
    # Those in capitals first, so that a spelling with small letters takes their place.
    for spelling in sorted(spellings, key=str.isupper, reverse=True):
        by_letters[spelling.lower()] = spelling
    nominatives = {spelling: spelling for spelling in by_letters.values()}
    cyrillic = dict.fromkeys(filter(is_cyrillic, nominatives))
    _join_russian_inflections(nominatives, cyrillic)
    _join_shorter_stems(nominatives, cyrillic)
    alone = [spelling for spelling in cyrillic if nominatives[spelling] == spelling]
    nominatives |= _with_lost_nominatives(alone)
    listed = {}
    for spelling in spellings:
        # Two steps: a nominative may itself have been joined to another since.
        nominative = nominatives[by_letters[spelling.lower()]]
        listed[spelling] = nominatives[nominative]
    return listed


def _by_length(spelling: str) -> tuple[int, str]:
    return len(spelling), spelling


def _join_russian_inflections(
    nominatives: dict[str, str], cyrillic: dict[str, None]
) -> None:
    for name in sorted(cyrillic, key=len):
        for inflected, maybe_feminine in russian_inflections(name).items():
            if maybe_feminine or inflected not in cyrillic:
                continue
            if nominatives[inflected] == inflected:
                nominatives[inflected] = nominatives[name]


def _join_shorter_stems(nominatives: dict[str, str], cyrillic: dict[str, None]) -> None:
    """Join each spelling to one that it begins with, where the rest is an ending."""
    for spelling in cyrillic:
        shortest = max(_SHORTEST_STEM, len(spelling) - _LONGEST_ENDING)
        for length in range(shortest, len(spelling)):
            name = spelling[:length]
            if name not in cyrillic or nominatives[spelling] != spelling:
                continue
            if is_inflection_of(spelling, name):
                nominatives[spelling] = nominatives[name]


def _with_lost_nominatives(spellings: list[str]) -> dict[str, str]:
    """Return spellings of names that the text has in other cases alone, each with the shortest
    of its name."""
    alike_by_beginning: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for spelling in sorted(spellings, key=_by_length):
        beginning = tuple(word[:_SHORTEST_STEM] for word in spelling.split())
        alike_by_beginning[beginning].append(spelling)
    shortest: dict[str, str] = {}
    for alike in alike_by_beginning.values():
        for shorter, longer in combinations(alike[:_MOST_ALIKE], 2):
            if longer not in shortest and _share_a_nominative(shorter, longer):
                shortest[longer] = shortest.get(shorter, shorter)
    return shortest


@lru_cache(maxsize=65536)
def _share_a_nominative(spelling: str, other: str) -> bool:
    """Say whether there is a name, itself neither spelling, that both are inflections of;
    women's and men's surnames are told apart."""
    pairs_of_words = zip(spelling.split(), other.split(), strict=True)
    stems = [common_beginning(word, other_word) for word, other_word in pairs_of_words]
    if min(map(len, stems)) < _SHORTEST_STEM:
        return False
    for endings in product(_NOMINATIVE_ENDINGS, repeat=len(stems)):
        words = [stem + ending for stem, ending in zip(stems, endings, strict=True)]
        name = " ".join(words)
        if is_inflection_of(spelling, name) and is_inflection_of(other, name):
            return True
    return False
