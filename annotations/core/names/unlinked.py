"""Names in a text that nobody is known by yet, each once, with all its places.

    >>> text = "Erlan Kasymov, who met Marat Omarov in Aktau, left Aktau."
    >>> [(unknown.name, unknown.count) for unknown in unknown_names(text, known=[(0, 13)])]
    [('Aktau', 2), ('Marat Omarov', 1)]

The forms of a name in the cases of Russian and Kazakh are listed under its nominative, where
the text has it, or else under the shortest. Forms that may be of two names (Касымова, of him or
she) are listed by themselves.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from annotations.core.names.detector import DetectedName, names_in
from annotations.core.names.inflection import is_cyrillic, is_form_of, russian
from annotations.core.names.scripts import spelling_of

_NOMINATIVE = ("", "а", "я", "ь", "й", "ий", "ая")
"""How a Russian name may end that the text has in other cases alone."""
_SHORTEST_STEM = 3
_LONGEST_ENDING = 6
_MOST_ALIKE = 50
"""More spellings that begin alike are not compared each with each: the time would grow with
their square."""


@dataclass(frozen=True)
class UnlinkedName:
    """A name that nobody is known by, and its places in order; `name` is the nominative, where
    the text has it."""

    name: str
    places: tuple[DetectedName, ...]

    @property
    def count(self) -> int:
        return len(self.places)


def unknown_names(text: str, known: Iterable[tuple[int, int]]) -> list[UnlinkedName]:
    """Return the names in `text` that touch none of the places (start, end) that are `known`,
    most frequent first.

    A name and its forms in the cases of Russian and Kazakh are one, wherever that is sure.
    """
    taken = sorted(span for span in known if span[0] < span[1])
    starts = [start for start, _end in taken]
    reach = [0]
    for _start, end in taken:
        reach.append(max(reach[-1], end))
    places: dict[str, list[DetectedName]] = defaultdict(list)
    for name in names_in(text):
        if reach[bisect_left(starts, name.end)] <= name.start:
            places[spelling_of(name.words)].append(name)
    grouped: dict[str, list[DetectedName]] = defaultdict(list)
    for spelling, nominative in _listed(list(places)).items():
        grouped[nominative] += places[spelling]
    unknown = [
        UnlinkedName(name, tuple(sorted(found, key=lambda n: n.start)))
        for name, found in grouped.items()
    ]
    return sorted(unknown, key=lambda u: (-u.count, u.places[0].start))


def _listed(spellings: list[str]) -> dict[str, str]:
    """Return for each spelling the one among them under which it is listed."""
    spellings = sorted(spellings, key=lambda spelling: (len(spelling), spelling))
    plain = {
        spelling.lower(): spelling
        for spelling in sorted(spellings, key=str.isupper, reverse=True)
    }
    cyrillic = dict.fromkeys(filter(is_cyrillic, plain.values()))
    names = {spelling: spelling for spelling in plain.values()}
    for name in sorted(cyrillic, key=len):
        for form, doubtful in russian(name).items():
            if form in cyrillic and names[form] == form and not doubtful:
                names[form] = names[name]
    for form in cyrillic:
        for cut in range(max(_SHORTEST_STEM, len(form) - _LONGEST_ENDING), len(form)):
            if form[:cut] in cyrillic and names[form] == form and is_form_of(form, form[:cut]):
                names[form] = names[form[:cut]]
    names |= _with_lost_nominatives([form for form in cyrillic if names[form] == form])
    return {spelling: names[names[plain[spelling.lower()]]] for spelling in spellings}


def _with_lost_nominatives(forms: list[str]) -> dict[str, str]:
    """Forms of names that the text has in other cases alone, each with the shortest of its
    name."""
    beginning: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for form in sorted(forms, key=lambda form: (len(form), form)):
        beginning[tuple(word[:_SHORTEST_STEM] for word in form.split())].append(form)
    found: dict[str, str] = {}
    for alike in beginning.values():
        for one, other in combinations(alike[:_MOST_ALIKE], 2):
            if other not in found and _are_forms_of_one(one, other):
                found[other] = found.get(one, one)
    return found


@lru_cache(maxsize=65536)
def _are_forms_of_one(one: str, other: str) -> bool:
    """Say whether there is a name, itself in neither form, that has both; women's and men's
    surnames are told apart."""
    stems = [_common(*words) for words in zip(one.split(), other.split(), strict=True)]
    if min(map(len, stems)) < _SHORTEST_STEM:
        return False
    names = (
        " ".join(map("".join, zip(stems, ends, strict=True)))
        for ends in product(_NOMINATIVE, repeat=len(stems))
    )
    return any(is_form_of(one, name) and is_form_of(other, name) for name in names)


def _common(one: str, other: str) -> str:
    """The letters with which both words begin."""
    length = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one[:length]
