"""Whether the words of a passage stand in another version of its text and, if not, what stands
there instead.

>>> from annotations.core.anchoring.selectors import select
>>> passage = select("Officials said 14 died.", 0, 23)
>>> match_in_version(passage, "Officials said 15 died.").difference
'Officials said [-14-] {+15+} died.'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from annotations.core.anchoring.selectors import Selector, carry, occurrences
from archive.text.canonical import paragraphs

# The share of words that a passage of another version must have in common to be shown
# as what stands there instead.
ALIKE = 0.5
_MOST_WORDS = 400
_WORD = re.compile(r"\w+|[^\w\s]")


class MatchKind(StrEnum):
    """How a passage stands in a text."""

    # Its words and what surrounds them, once.
    SAME = "same"
    # Its words, in other surroundings or several times.
    MOVED = "moved"
    # Other words, much like it.
    OTHER = "other"
    # Nothing like it.
    ABSENT = "absent"


@dataclass(frozen=True)
class DiffPiece:
    """Some words: in both texts, only in the passage (`removed`), or only in the other text
    (`added`)."""

    what: str
    words: str


_SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}


@dataclass(frozen=True)
class VersionMatch:
    """How a passage stands in a text; of other words, `pieces` are the differences, in
    order."""

    how: MatchKind
    pieces: tuple[DiffPiece, ...] = ()

    @property
    def difference(self) -> str:
        """The differences in one line: `said [-14-] {+15+} died`."""
        marked_pieces = []
        for piece in self.pieces:
            opening, closing = _SIGNS.get(piece.what, ("", ""))
            marked_pieces.append(f"{opening}{piece.words}{closing}")
        return " ".join(marked_pieces)


@dataclass(frozen=True)
class _WordSequence:
    """A text as words and signs, each with where it stands."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> "_WordSequence":
        return cls(text, tuple(match.span() for match in _WORD.finditer(text)))

    @property
    def words(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]

    def joined(self, first: int, last: int) -> str:
        """Return the text from the word `first` to before `last`, in one line."""
        start, _end = self.spans[first]
        _start, end = self.spans[last - 1]
        words = self.text[start:end].split()
        return " ".join(words)

    def part(self, first: int, last: int) -> "_WordSequence":
        return _WordSequence(self.text, self.spans[first:last])


def match_in_version(passage: Selector, text: str) -> VersionMatch:
    """Say how `passage` stands in `text`. Costs the text's length or, for other words, that
    times the passage's."""
    if carry(passage, text):
        return VersionMatch(MatchKind.SAME)
    if occurrences(text, passage.exact):
        return VersionMatch(MatchKind.MOVED)
    sequence = _WordSequence.of(passage.exact)
    if not 0 < len(sequence.spans) <= _MOST_WORDS:
        return VersionMatch(MatchKind.ABSENT)
    best_share = 0.0
    nearest = None
    for share, window in _windows(sequence, text):
        if share > best_share:
            best_share, nearest = share, window
    if nearest is None or best_share < ALIKE:
        return VersionMatch(MatchKind.ABSENT)
    return VersionMatch(MatchKind.OTHER, tuple(_differences(sequence, nearest)))


def _windows(
    sequence: _WordSequence, text: str
) -> Iterator[tuple[float, _WordSequence]]:
    """Yield the part of each paragraph that is most like a passage, with how much of its words
    it shares."""
    words = sequence.words
    distinct_words = set(words)
    for _start, paragraph in paragraphs(text):
        other = _WordSequence.of(paragraph)
        other_words = other.words
        # Cheap to tell, and true of most paragraphs: too little in common.
        if len(distinct_words.intersection(other_words)) < ALIKE * len(distinct_words):
            continue
        matcher = SequenceMatcher(None, words, other_words, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if blocks:
            shared = sum(block.size for block in blocks)
            # Where the passage would begin and end, if all of it stood there.
            first = max(0, blocks[0].b - blocks[0].a)
            last = blocks[-1].b + len(words) - blocks[-1].a
            yield shared / len(words), other.part(first, last)


def _differences(sequence: _WordSequence, other: _WordSequence) -> Iterator[DiffPiece]:
    matcher = SequenceMatcher(None, sequence.words, other.words, autojunk=False)
    for what, first, last, other_first, other_last in matcher.get_opcodes():
        if what == "equal":
            yield DiffPiece("same", sequence.joined(first, last))
            continue
        if first < last:
            yield DiffPiece("removed", sequence.joined(first, last))
        if other_first < other_last:
            yield DiffPiece("added", other.joined(other_first, other_last))
