"""Where a passage stands in a text, and where it stands in the next version of that text.

A `Selector` is the W3C Web Annotation model's TextPositionSelector and TextQuoteSelector in
one: offsets in Unicode code points, end exclusive, and the words themselves with up to 32 code
points on either side.

    >>> select("At least 15 people died.", 3, 11).exact
    'least 15'
"""

from dataclasses import dataclass

CONTEXT = 32
"""Code points of context kept on either side of a passage."""


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
        cut = self.prefix.find(" ") if len(self.prefix) == CONTEXT else -1
        return _in_one_line(self.prefix[cut + 1 :])

    @property
    def after(self) -> str:
        """The context behind, for reading: in one line, without a word that is cut in two."""
        cut = self.suffix.rfind(" ") if len(self.suffix) == CONTEXT else -1
        return _in_one_line(self.suffix[:cut] if cut > 0 else self.suffix)


def select(text: str, start: int, end: int) -> Selector:
    """Return the selector of `text[start:end]`. Raises Unanchorable where that is empty or not
    inside."""
    if not 0 <= start < end <= len(text):
        raise Unanchorable(
            f"{start} to {end} is no passage in a text of {len(text)} characters"
        )
    return Selector(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def around(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """Return whole words before and after a passage, up to `most` code points, with an ellipsis
    where more follow."""
    before, after = text[max(0, start - most) : start], text[end : end + most]
    if start > most:
        before = "…" + before.partition(" ")[2]
    if end + most < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before, after


def carry(passage: Selector, text: str) -> Selector | None:
    """Find `passage` in another text: only where its words and its context stand there exactly
    once.

    A changed word, a changed context, or a second place with the same words and context gives
    None: a passage is never moved by guess.
    """
    wanted = passage.prefix + passage.exact + passage.suffix
    found = text.find(wanted)
    if found < 0 or text.find(wanted, found + 1) >= 0:
        return None
    start = found + len(passage.prefix)
    return select(text, start, start + len(passage.exact))


def occurrences(text: str, words: str, start: int = 0, end: int | None = None) -> list[int]:
    """Return where `words` begin in `text[start:end]`, overlapping places included, as offsets
    into `text`."""
    found, at = [], text.find(words, start, end)
    while at >= 0 and words:
        found.append(at)
        at = text.find(words, at + 1, end)
    return found


class Quotable:
    """A text in which quotations are found, however their blanks are typed: a page shows others
    than its text has.

    >>> [(found.start, found.end) for found in Quotable("At least\\n\\n15 people").places("least 15", "At", "people")]
    [(3, 12)]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._kept = [at for at, character in enumerate(text) if not character.isspace()]
        self._solid = _solid(text)

    def places(self, exact: str, prefix: str = "", suffix: str = "") -> list[Selector]:
        """Return wherever the same words stand in this context; where no context is given, as
        whole words."""
        words, ahead, wanted = exact.split(), len(_solid(prefix)), _solid(exact)
        found = []
        for at in (
            occurrences(self._solid, _solid(prefix) + wanted + _solid(suffix)) if wanted else ()
        ):
            start, end = self._kept[at + ahead], self._kept[at + ahead + len(wanted) - 1] + 1
            is_cut = (not prefix and _is_within_a_word(self.text, start)) or (
                not suffix and _is_within_a_word(self.text, end)
            )
            if self.text[start:end].split() == words and not is_cut:
                found.append(select(self.text, start, end))
        return found


def _solid(words: str) -> str:
    return "".join(words.split())


def _is_within_a_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalnum() and text[at : at + 1].isalnum()


def _in_one_line(words: str) -> str:
    return words.replace("\n\n", " ").replace("\n", " ")
