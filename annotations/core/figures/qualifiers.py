"""The words around a number that make it at least, about or at most that, in English and
Russian.

>>> qualifier_before(tokenize("no fewer than 15 people"), 3)
QualifierMatch(meaning='at_least', start=0, end=3)
>>> qualifier_after(tokenize("15 or more people"), 1)
QualifierMatch(meaning='at_least', start=1, end=3)

Meanings are those of `annotations.models.Qualifier`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from annotations.core.figures.numerals import (
    NumeralToken,
    lower_at,
    number_at,
    stands,
    tokenize,
)


class QualifierMatch(NamedTuple):
    """A meaning and the tokens that say so, from `start` up to `end`; none where a number
    stands by itself."""

    meaning: str
    start: int
    end: int


def qualifier_before(tokens: Sequence[NumeralToken], start: int) -> QualifierMatch:
    """Return what the words before a number make of it; `start` is where they and the number
    begin."""
    while start and lower_at(tokens, start - 1) in _PASSED_OVER:
        start -= 1
    # The longest phrase first: `no more than` is not `more than`.
    for length in range(min(_LONGEST, start), 0, -1):
        phrase = tuple(token.lower for token in tokens[start - length : start])
        if phrase in _BEFORE:
            return QualifierMatch(_BEFORE[phrase], start - length, start)
    if lower_at(tokens, start) in _ROUGH and lower_at(tokens, start - 1) == "с":
        return QualifierMatch("about", start - 1, start)
    return QualifierMatch("exactly", start, start)


def qualifier_after(tokens: Sequence[NumeralToken], end: int) -> QualifierMatch | None:
    """Return what the words right after a number make of it: `15 or more people`."""
    for phrase, meaning in _AFTER.items():
        if stands(tokens, end, phrase):
            return QualifierMatch(meaning, end, end + len(phrase))
    return None


def qualifier_added(
    tokens: Sequence[NumeralToken], end: int, *, is_russian: bool
) -> QualifierMatch:
    """Return what is added after the noun: `15 people at least`, but not `15 people, at least
    5 of them women`."""
    for at in range(end, min(end + _MOST_WORDS, len(tokens))):
        for phrase, meaning in _ADDED.items():
            if not stands(tokens, at, phrase):
                continue
            phrase_end = at + len(phrase)
            if number_at(tokens, phrase_end, is_russian=is_russian) is None:
                return QualifierMatch(meaning, at, phrase_end)
        if tokens[at].text in (".", ";", "\n"):
            break
    return QualifierMatch("exactly", end, end)


def is_read_freely(words: str) -> bool:
    """Say whether words mean a little less, or something else, than the qualifier that they are
    read as."""
    return words.lower().replace("ё", "е") in _READ_FREELY


def _phrases(phrases_by_meaning: dict[str, str]) -> dict[tuple[str, ...], str]:
    """Return the meaning of each phrase, by its tokens; in the table they are parted by
    bars."""
    meanings = {}
    for meaning, phrases in phrases_by_meaning.items():
        for phrase in phrases.split(" | "):
            words = tuple(token.lower for token in tokenize(phrase))
            meanings[words] = meaning
    return meanings


_BEFORE = _phrases(
    {
        "at_least": "at least | no fewer than | no less than | not fewer than | not less than | minimum | minimum of"
        " | ≥ | не менее | не менее чем | не меньше | не меньше чем | как минимум | минимум | по меньшей мере"
        " | по крайней мере",
        "at_most": "at most | up to | no more than | not more than | as many as | maximum | maximum of | ≤ | до"
        " | вплоть до | не более | не более чем | не больше | не больше чем | максимум | самое большее",
        "about": "about | around | some | roughly | approximately | approx | approx. | circa | ca | ca. | nearly"
        " | almost | close to | an estimated | estimated | ~ | ≈ | около | примерно | приблизительно | порядка | почти"
        " | ориентировочно | приблизительно около",
        "more_than": "more than | over | upwards of | in excess of | above | > | более | более чем | больше"
        " | больше чем | свыше",
        "fewer_than": "fewer than | less than | under | below | < | менее | менее чем | меньше | меньше чем",
    }
)
_AFTER = _phrases(
    {
        "at_least": "or more | + | и более | или более | и больше | или больше",
        "at_most": "or fewer | or less | и менее | или менее",
        "about": "or so",
        "more_than": "с лишним",
    }
)
_ADDED = _phrases(
    {
        "at_least": "at least | как минимум | по меньшей мере | по крайней мере",
        "at_most": "at most | самое большее",
    }
)
# `nearly 15` is below 15, `as many as 15` is the most that was named, `above 15` may be
# a place.
_READ_FREELY = frozenset(
    {
        "as many as",
        "nearly",
        "almost",
        "close to",
        "above",
        "below",
        "почти",
        "с лишним",
    }
)
# `с десяток` is about ten.
_ROUGH = frozenset("десяток дюжину сотню тысячу миллион полсотни".split())
# What each sign counts, in English and in Russian.
CURRENCIES = {
    "$": ("dollars", "долларов"),
    "€": ("euros", "евро"),
    "£": ("pounds", "фунтов"),
    "₽": ("roubles", "рублей"),
    "₸": ("tenge", "тенге"),
}
# Words by which a number may come on top of one that was given before.
ON_TOP = frozenset(
    "another other others more further additional еще другие других".split()
)
_PASSED_OVER = frozenset(
    {"a", "an", "the", "us", *ON_TOP, *CURRENCIES} - {"more", "others"}
)
_LONGEST = max(map(len, _BEFORE))
_MOST_WORDS = 6
