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

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
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
_HALVES = re.compile(rf"[^\W_]+(?:{SOFT_HYPHEN}[^\W_]+)+")
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
    """A text taken apart. `keys` are its words; positions among them are counted from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [_token(match) for match in _TOKEN.finditer(text)]
        # By position of a word, its position among the tokens.
        self._words = [at for at, token in enumerate(self.tokens) if token.is_word]
        self.keys = [self.tokens[at].key for at in self._words]

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Return the code points of the words from `first` to before `end`."""
        first_token = self.tokens[self._words[first]]
        last_token = self.tokens[self._words[end - 1]]
        return first_token.start, last_token.end

    def between(self, first: int, end: int) -> list[WordToken]:
        """Return the tokens of the words from `first` to before `end`, with the signs between
        them."""
        if first >= end:
            return []
        return self.tokens[self._words[first] : self._words[end - 1] + 1]

    def positions(self, keys: Sequence[str]) -> Iterator[int]:
        """Yield each position at which `keys` stand side by side."""
        if not keys:
            return
        sought = spaced(keys)
        offset = self._joined.find(sought)
        while offset >= 0:
            yield bisect_left(self._offsets, offset)
            offset = self._joined.find(sought, offset + 1)

    def same(self, first: int, other: "Wording", other_first: int, count: int) -> bool:
        """Say whether `count` words from `first` on are worded as those of `other` from
        `other_first` on."""
        own_tokens = self.between(first, first + count)
        other_tokens = other.between(other_first, other_first + count)
        return _folded_words(own_tokens) == _folded_words(other_tokens)

    def sign_after(self, end: int) -> str:
        """Return the sign after the word before `end`; nothing where another word or the end
        follows."""
        at = self._words[end - 1] + 1
        if at >= len(self.tokens) or self.tokens[at].is_word:
            return ""
        return self.tokens[at].folded

    @cached_property
    def key_set(self) -> frozenset[str]:
        return frozenset(self.keys)

    @cached_property
    def _joined(self) -> str:
        return spaced(self.keys)

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each word begins in `_joined`, with the blank before it."""
        return list(accumulate((len(key) + 1 for key in self.keys), initial=0))


def keys_of(text: str) -> list[str]:
    """Return the words of `text`, as `Wording(text).keys` has them, five times as fast."""
    return _KEY.findall(_plain(text).lower())


def spaced(keys: Sequence[str]) -> str:
    """Return words in one line with a blank around each, as they can be searched for whole."""
    return f" {' '.join(keys)} "


def without_ligatures(text: str) -> str:
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    return text


def hyphens_resolved(text: str, known: Container[str]) -> str:
    """Put a hyphen for a soft one where the archive has both halves as words, and not the
    whole.

    A line of a PDF that ends in `well-` may go on with `known` or with `being`; the file does
    not say which.
    """
    if SOFT_HYPHEN not in text:
        return text
    return _HALVES.sub(lambda match: _hyphen_resolved(match[0], known), text)


def _hyphen_resolved(word: str, known: Container[str]) -> str:
    halves = [_plain(half).lower() for half in word.split(SOFT_HYPHEN)]
    if "".join(halves) in known or not all(half in known for half in halves):
        return word
    return word.replace(SOFT_HYPHEN, "-")


def _plain(text: str) -> str:
    for sign, plain in _PLAIN.items():
        if sign in text:  # quicker than to replace nothing
            text = text.replace(sign, plain)
    return text


def _token(match: re.Match[str]) -> WordToken:
    start, end = match.span()
    word = match["word"]
    if word:
        folded = word if word.isascii() else _plain(word)
        return WordToken(folded, folded.lower(), start, end, True)
    folded = _folded_sign(match["sign"])
    return WordToken(folded, folded, start, end, False)


def _folded_sign(sign: str) -> str:
    if sign in DASHES:
        return "-"
    if sign == "…" or (sign[0] == "." and sign != "."):
        return "…"
    return sign


def _folded_words(tokens: Sequence[WordToken]) -> list[str]:
    """Return tokens as they are compared: the first one's first letter in any case."""
    words = [token.folded for token in tokens]
    if words:
        words[0] = words[0][:1].lower() + words[0][1:]
    return words
