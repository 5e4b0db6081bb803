"""Words that can be compared, whoever typeset them: what a quotation and its source must have
in common.

Two texts have the same wording where their words and their punctuation are the same. What
typesetters change is not looked at, and this is all of it:

- quotation marks of any kind, and which apostrophe is typed;
- which dash it is, and blanks: how many, which, and whether a line or a paragraph ends there;
- ligatures (`ﬁ`), soft hyphens and other signs that are not seen, `*` and `_` for emphasis;
- three full stops for an ellipsis.

    >>> Wording("“Don’t  shoot – people…").keys
    ["don't", 'shoot', 'people']
    >>> Wording("Don't shoot — people...").same(0, Wording("“don’t shoot – people …”"), 0, 3)
    True

A word is a run of letters and digits, with the apostrophes inside it; a number keeps its points
and commas. Case counts, but for the first letter of a quotation.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_APOSTROPHES = "’ʼ‘ʻ`′ʹ"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
SOFT_HYPHEN = "\u00ad"
DASHES = "-‐‑‒–—―−"
_PLAIN = {
    **_LIGATURES,
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_UNSEEN, ""),
    "_": " ",
}
_MARKS = "\u0300-\u036f"
_LETTERS = rf"[^\W_](?:[^\W_]|[{_MARKS}{_UNSEEN}])*"
_NUMBER = rf"\d+(?:[{_UNSEEN}]*[.,][{_UNSEEN}]*\d+)+"
_TOKEN = re.compile(
    rf"(?P<word>{_NUMBER}|{_LETTERS}(?:['{_APOSTROPHES}][{_UNSEEN}]*{_LETTERS})*)"
    rf"|(?P<sign>\.(?:\s?\.)+|[^\w\s\"'“”„‟«»‹›‘’‚‛`″′*{_UNSEEN}{_MARKS}])"
)
_KEY = re.compile(rf"{_NUMBER}|\w[\w{_MARKS}]*(?:'\w[\w{_MARKS}]*)*")


class WordToken(NamedTuple):
    """A word or a sign in `text[start:end]`; `folded` is how it is compared, `key` how it is
    looked for."""

    folded: str
    key: str
    start: int
    end: int
    is_word: bool


class Wording:
    """A text taken apart. `keys` are its words; places among them are counted from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [_token(found) for found in _TOKEN.finditer(text)]
        self._words = [at for at, token in enumerate(self.tokens) if token.is_word]
        self.keys = [self.tokens[at].key for at in self._words]

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Return the code points of the words from `first` to before `end`."""
        return self.tokens[self._words[first]].start, self.tokens[self._words[end - 1]].end

    def between(self, first: int, end: int) -> list[WordToken]:
        """Return the tokens of the words from `first` to before `end`, with the signs between
        them."""
        return self.tokens[self._words[first] : self._words[end - 1] + 1] if first < end else []

    def places(self, keys: Sequence[str]) -> Iterator[int]:
        """Yield each place at which `keys` stand side by side."""
        wanted = spaced(keys)
        found = self._joined.find(wanted) if keys else -1
        while found >= 0:
            yield bisect_left(self._starts, found)
            found = self._joined.find(wanted, found + 1)

    def same(self, first: int, other: "Wording", there: int, count: int) -> bool:
        """Say whether `count` words from `first` on are worded as those of `other` from `there`
        on."""
        return _folded(self.between(first, first + count)) == _folded(
            other.between(there, there + count)
        )

    def sign_after(self, end: int) -> str:
        """Return the sign behind the word before `end`; nothing where another word or the end
        follows."""
        at = self._words[end - 1] + 1
        return (
            "" if at >= len(self.tokens) or self.tokens[at].is_word else self.tokens[at].folded
        )

    @cached_property
    def key_set(self) -> frozenset[str]:
        return frozenset(self.keys)

    @cached_property
    def _joined(self) -> str:
        return spaced(self.keys)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(key) + 1 for key in self.keys), initial=0))


def keys_of(text: str) -> list[str]:
    """Return the words of `text`, as `Wording(text).keys` has them, five times as fast."""
    return _KEY.findall(_plain(text).lower())


def spaced(keys: Sequence[str]) -> str:
    """Return words in one line with a blank around each, as they can be searched for whole."""
    return f" {' '.join(keys)} "


def without_ligatures(text: str) -> str:
    for old, new in _LIGATURES.items():
        text = text.replace(old, new)
    return text


def hyphens_resolved(text: str, known: Container[str]) -> str:
    """Put a hyphen for a soft one where the archive has both halves as words, and not the
    whole.

    A line of a PDF that ends in `well-` may go on with `known` or with `being`; the file does
    not say which.
    """
    return (
        _HALVES.sub(lambda found: _resolved(found[0], known), text)
        if SOFT_HYPHEN in text
        else text
    )


def _resolved(word: str, known: Container[str]) -> str:
    halves = [_plain(half).lower() for half in word.split(SOFT_HYPHEN)]
    if "".join(halves) in known or not all(half in known for half in halves):
        return word
    return word.replace(SOFT_HYPHEN, "-")


_HALVES = re.compile(rf"[^\W_]+(?:{SOFT_HYPHEN}[^\W_]+)+")


def _plain(text: str) -> str:
    for old, new in _PLAIN.items():
        if old in text:
            text = text.replace(old, new)
    return text


def _token(found: re.Match[str]) -> WordToken:
    if word := found["word"]:
        folded = word if word.isascii() else _plain(word)
        return WordToken(folded, folded.lower(), found.start(), found.end(), True)
    sign = found["sign"]
    folded = "-" if sign in DASHES else "…" if sign[0] in ".…" and sign != "." else sign
    return WordToken(folded, folded, found.start(), found.end(), False)


def _folded(tokens: Sequence[WordToken]) -> list[str]:
    words = [token.folded for token in tokens]
    if words:
        words[0] = words[0][:1].lower() + words[0][1:]
    return words
