"""Where a passage stands in a text, and where it stands in the next version of that text.

A `Selector` is the W3C Web Annotation model's TextPositionSelector and TextQuoteSelector in
one: offsets in Unicode code points, end exclusive, and the words themselves with up to 32 code
points on either side.

    >>> select("At least 15 people died.", 3, 11).exact
    'least 15'
"""

from dataclasses import dataclass

# Code points of context on either side of a passage.
CONTEXT = 32


class Unanchorable(ValueError):
    """There is no such passage in the text."""


@dataclass(frozen=True)
class Selector:
    """A passage: `text[start:end] == exact`, with `prefix` right before and `suffix` right
    after it."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @property
    def before(self) -> str:
        """The context in front, for reading: in one line, without a word that is cut in two."""
        if len(self.prefix) < CONTEXT:  # the text begins there
            return _in_one_line(self.prefix)
        first_blank = self.prefix.find(" ")
        return _in_one_line(self.prefix[first_blank + 1 :])

    @property
    def after(self) -> str:
        """The context that follows, for reading: in one line, without a word that is cut in two."""
        if len(self.suffix) < CONTEXT:  # the text ends there
            return _in_one_line(self.suffix)
        last_blank = self.suffix.rfind(" ")
        return _in_one_line(self.suffix[:last_blank] if last_blank > 0 else self.suffix)


def select(text: str, start: int, end: int) -> Selector:
    """Return the selector of `text[start:end]`. Raises Unanchorable where that is empty or not
    inside."""
    if not 0 <= start < end <= len(text):
        raise Unanchorable(
            f"{start} to {end} is no passage in a text of {len(text)} characters"
        )
    prefix, suffix = context_of(text, start, end)
    return Selector(start, end, text[start:end], prefix, suffix)


def context_of(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after `text[start:end]`: `CONTEXT` code points each, or as
    many as there are."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def around(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """Return whole words before and after a passage, up to `most` code points, with an ellipsis
    where more follow."""
    before = text[max(0, start - most) : start]
    after = text[end : end + most]
    if start > most:
        _cut_word, _blank, whole_words = before.partition(" ")
        before = f"…{whole_words}"
    if end + most < len(text):
        whole_words, _blank, _cut_word = after.rpartition(" ")
        after = f"{whole_words}…"
    return before, after


def carry(passage: Selector, text: str) -> Selector | None:
    """Find `passage` in another text: only where its words and its context stand there exactly
    once.

    A changed word, a changed context, or a second place with the same words and context gives
    None: a passage is never moved by guess.
    """
    wanted = passage.prefix + passage.exact + passage.suffix
    at = text.find(wanted)
    if at < 0 or text.find(wanted, at + 1) >= 0:
        return None
    start = at + len(passage.prefix)
    return select(text, start, start + len(passage.exact))


def occurrences(
    text: str, words: str, start: int = 0, end: int | None = None
) -> list[int]:
    """Return where `words` begin in `text[start:end]`, overlapping places included, as offsets
    into `text`."""
    if not words:
        return []
    offsets = []
    at = text.find(words, start, end)
    while at >= 0:
        offsets.append(at)
        at = text.find(words, at + 1, end)
    return offsets


class Quotable:
    """A text in which quotations are found, however their blanks are typed: a page shows others
    than its text has.

    >>> text = Quotable("At least\\n\\n15 people")
    >>> [(found.start, found.end) for found in text.find("least 15", "At", "people")]
    [(3, 12)]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        # The text without its blanks, and where each of its characters stands in the text.
        self._solid = _solid(text)
        self._offsets = [
            at for at, character in enumerate(text) if not character.isspace()
        ]

    def find(self, exact: str, prefix: str = "", suffix: str = "") -> list[Selector]:
        """Return wherever the same words stand in this context; where no context is given, as
        whole words."""
        words, wanted = exact.split(), _solid(exact)
        if not wanted:
            return []
        solid_prefix = _solid(prefix)
        passages = []
        for at in occurrences(self._solid, solid_prefix + wanted + _solid(suffix)):
            first = at + len(solid_prefix)
            start = self._offsets[first]
            end = self._offsets[first + len(wanted) - 1] + 1
            if not prefix and _is_within_a_word(self.text, start):
                continue
            if not suffix and _is_within_a_word(self.text, end):
                continue
            # And not another blank inside a word.
            if self.text[start:end].split() == words:
                passages.append(select(self.text, start, end))
        return passages


def _solid(words: str) -> str:
    return "".join(words.split())


def _is_within_a_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalnum() and text[at : at + 1].isalnum()


def _in_one_line(words: str) -> str:
    return words.replace("\n\n", " ").replace("\n", " ")
