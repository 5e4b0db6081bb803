"""Finding names: all known forms in one pass over a text, and who each of them means there.

First the places are found. An automaton (Aho and Corasick, 1975) gives every place of every form in time that
grows with the text and the hits, not with the number of forms. A hit counts only on word boundaries: Kasymov is
not in Kasymbekova. Where hits overlap the longest counts, and of equally long ones the first.

Then they are judged, by DESIGN's rule. A full name that belongs to one entity is *sure*. A surname alone is
sure where the same text holds the full name of exactly one entity with that surname; two Nazarbayevs make it
unsure, and so does none. A form that is set never to stand alone is never sure.

    >>> kasymov = [Form(1, "Kalmukhambet Kasymov", full=True), Form(1, "Kasymov", full=False)]
    >>> [m.sure for m in Matcher(kasymov).mentions("Kalmukhambet Kasymov spoke. Kasymov denied it.")]
    [True, True]
    >>> [m.sure for m in Matcher(kasymov).mentions("Kasymov denied it.")]
    [False]
"""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ahocorasick_rs import AhoCorasick


class Reason(StrEnum):
    """Why the machine thinks that a passage mentions an entity."""

    FULL_NAME = "full name"
    SURNAME = "surname"
    """… and the full name stands in the same text."""
    SURNAME_ALONE = "surname alone"
    SHARED = "shared name"
    CAUTIOUS = "never alone"
    REFUSED = "rejected before"
    """… by an editor, in an earlier version of this text."""


@dataclass(frozen=True)
class Form:
    """A spelling of an entity's name. `full` names it by itself; `alone` may be linked without an editor."""

    entity: int
    text: str
    full: bool
    alone: bool = True


@dataclass(frozen=True)
class Mention:
    """A place in a text (code points, end exclusive) that means, surely or not, an entity."""

    start: int
    end: int
    entity: int
    sure: bool
    reason: Reason


class Matcher:
    """All known forms, ready to be found. Building it takes time that grows with the forms: keep it."""

    def __init__(self, forms: Iterable[Form]) -> None:
        by_text: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            if text := unicodedata.normalize("NFC", form.text):
                by_text[text].append(form)
        self._texts = list(by_text)
        self._forms: Sequence[list[Form]] = list(by_text.values())
        self._automaton = AhoCorasick(self._texts) if self._texts else None

    def hits(self, text: str) -> list[tuple[int, int, str]]:
        """Return the places (start, end, form) of forms in `text`, in order, none overlapping another."""
        return [(start, end, self._texts[form]) for start, end, form in self._places(text)]

    def mentions(self, text: str) -> list[Mention]:
        """Return who is mentioned where in `text`, in order; an unsure place may name several entities."""
        places = self._places(text)
        present: dict[str, set[int]] = defaultdict(set)  # the words of full names found, and whose names they are
        for _start, _end, number in places:
            for form in self._forms[number]:
                if form.full:
                    for word in form.text.split():
                        present[word].add(form.entity)
        named = set().union(*present.values())
        return [
            Mention(start, end, form.entity, *self._judge(form, self._forms[number], present[form.text], named))
            for start, end, number in places
            for form in self._forms[number]
        ]

    @staticmethod
    def _judge(form: Form, sharing: list[Form], bearers: set[int], named: set[int]) -> tuple[bool, Reason]:
        """Judge one form where it stands: `bearers` have it in a full name in this text, `named` have any there."""
        if not form.alone:
            return False, Reason.CAUTIOUS
        if form.full:
            return (True, Reason.FULL_NAME) if len(sharing) == 1 else (False, Reason.SHARED)
        meant = bearers | (named & {other.entity for other in sharing})
        if meant == {form.entity}:
            return True, Reason.SURNAME
        return False, Reason.SHARED if meant else Reason.SURNAME_ALONE

    def _places(self, text: str) -> list[tuple[int, int, int]]:
        if self._automaton is None:
            return []
        found = [
            (start - end, start, end, form)
            for form, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _is_boundary(text, start) and _is_boundary(text, end)
        ]
        found.sort()
        taken: list[tuple[int, int, int]] = []
        for _length, start, end, form in found:
            at = bisect_left(taken, (start, end, form))
            if (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or end <= taken[at][0]):
                taken.insert(at, (start, end, form))
        return taken


def _is_boundary(text: str, at: int) -> bool:
    """Say whether a word begins or ends at `at`: there is not a word character on both sides of it."""
    return at <= 0 or at >= len(text) or not (_in_word(text[at - 1]) and _in_word(text[at]))


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
