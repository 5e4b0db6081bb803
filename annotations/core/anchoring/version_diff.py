"""Whether the words of a passage stand in another version of its text and, if not, what stands
there instead.

>>> standing(select("Officials said 14 died.", 0, 23), "Officials said 15 died.").told
'Officials said [-14-] {+15+} died.'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from annotations.core.anchoring.selectors import Selector, carry, occurrences
from archive.text.canonical import paragraphs

ALIKE = 0.5
"""The share of words that a passage of another version must have in common to be shown as what
stands there instead."""
_MOST_WORDS = 400
_WORD = re.compile(r"\w+|[^\w\s]")


class MatchKind(StrEnum):
    """How a passage stands in a text."""

    SAME = "same"
    """Its words and what surrounds them, once."""
    MOVED = "moved"
    """Its words, in other surroundings or several times."""
    OTHER = "other"
    """Other words, much like it."""
    ABSENT = "absent"
    """Nothing like it."""


@dataclass(frozen=True)
class DiffPiece:
    """Some words: in both texts, only in the passage (`removed`), or only in the other text
    (`added`)."""

    what: str
    words: str


@dataclass(frozen=True)
class VersionMatch:
    """How a passage stands in a text; of other words, `pieces` are the differences, in
    order."""

    how: MatchKind
    pieces: tuple[DiffPiece, ...] = ()

    @property
    def told(self) -> str:
        signs = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
        marked = ((signs.get(piece.what, ("", "")), piece.words) for piece in self.pieces)
        return " ".join(f"{before}{words}{after}" for (before, after), words in marked)


@dataclass(frozen=True)
class _Words:
    """A text as words and signs, each with where it stands."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> "_Words":
        return cls(text, tuple(found.span() for found in _WORD.finditer(text)))

    @property
    def each(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]

    def between(self, first: int, last: int) -> str:
        return " ".join(self.text[self.spans[first][0] : self.spans[last - 1][1]].split())

    def part(self, first: int, last: int) -> "_Words":
        return _Words(self.text, self.spans[first:last])


def standing(passage: Selector, text: str) -> VersionMatch:
    """Say how `passage` stands in `text`. Costs the text's length or, for other words, that
    times the passage's."""
    if carry(passage, text):
        return VersionMatch(MatchKind.SAME)
    if occurrences(text, passage.exact):
        return VersionMatch(MatchKind.MOVED)
    words = _Words.of(passage.exact)
    if not 0 < len(words.spans) <= _MOST_WORDS:
        return VersionMatch(MatchKind.ABSENT)
    nearest = max(_windows(words, text), key=lambda found: found[0], default=None)
    if nearest is None or nearest[0] < ALIKE:
        return VersionMatch(MatchKind.ABSENT)
    return VersionMatch(MatchKind.OTHER, tuple(_differences(words, nearest[1])))


def _windows(words: _Words, text: str) -> Iterator[tuple[float, _Words]]:
    """Yield the part of each paragraph that is most like `words`, with how much of the words it
    shares."""
    wanted = words.each
    for _start, block in paragraphs(text):
        there = _Words.of(block)
        if len(set(wanted) & set(there.each)) < ALIKE * len(set(wanted)):
            continue
        matcher = SequenceMatcher(None, wanted, there.each, False)
        blocks = [match for match in matcher.get_matching_blocks() if match.size]
        if blocks:
            first = max(0, blocks[0].b - blocks[0].a)
            last = blocks[-1].b + len(wanted) - blocks[-1].a
            yield sum(match.size for match in blocks) / len(wanted), there.part(first, last)


def _differences(words: _Words, there: _Words) -> Iterator[DiffPiece]:
    for what, a, b, c, d in SequenceMatcher(None, words.each, there.each, False).get_opcodes():
        if what == "equal":
            yield DiffPiece("same", words.between(a, b))
            continue
        if a < b:
            yield DiffPiece("removed", words.between(a, b))
        if c < d:
            yield DiffPiece("added", there.between(c, d))
