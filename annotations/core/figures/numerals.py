"""Numbers as they are written in English and Russian, in digits and in words, and what they are
worth.

    >>> [str(number_at(cut(words), 0, is_russian=False).value) for words in ("1,200", "twenty-one", "2.5m")]
    ['1200', '21', '2500000.0']
    >>> [str(number_at(cut(words), 0, is_russian=True).value) for words in ("1 200", "двадцати двух", "2,5 млн")]
    ['1200', '22', '2500000.0']

A number that could be two different ones is found, but its value is None: `1.200` is twelve
hundred or one and a fifth, `1,200` in Russian likewise, `2,5` is not how English writes a
number, and `two thousand, one hundred` may be one number or two. The same goes for numbers that
are larger or finer than a figure can hold.

`dozens`, `several thousand` and `десятки тысяч` say no number, but a bound that is sure: more
than 12, 1,000, 10,000.

    >>> [str(bound_at(cut(words), 0).value) for words in ("dozens of people", "tens of thousands", "несколько сотен")]
    ['12', '10000', '100']
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

BLANKS = " \u00a0\u2007\u2009\u202f"
DASHES = frozenset("-‐‑–—−")
_TOKEN = re.compile(
    rf"""(?P<moment>[0-9]{{1,4}}(?P<between>[./-])[0-9]{{1,2}}(?P=between)[0-9]{{1,4}}(?![0-9])
                  |[0-9]{{1,2}}(?::[0-9]{{2}}){{1,2}}(?![0-9])|[0-9]+/[0-9]+|[0-9]+(?:st|nd|rd|th)\b)
    |(?P<digits>[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}}(?![0-9]))+(?:[.,][0-9]+)?|[0-9]+(?:[.,'’][0-9]+)*)
    |(?P<word>(?:[A-Z]\.){{2,}}|[^\W\d_]\w*(?:['’][^\W\d_]+)*)
    |(?P<sign>\n|\S)""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class NumeralToken:
    """A word, a number in digits, a sign or a line's end; `moment` is a date, a clock time, an
    ordinal or a fraction.

    `is_glued` says that no blank stands before it; `end` is an offset in code points.
    """

    text: str
    kind: str
    end: int
    is_glued: bool

    @cached_property
    def lower(self) -> str:
        return self.text.lower().replace("ё", "е")


@dataclass(frozen=True)
class Number:
    """A number in `tokens[start:end]`; `scale` is what its one multiplier is worth (1 where
    there is none).

    With `is_bound` it is not the number itself: that is more, by how much is not said.
    """

    start: int
    end: int
    value: Decimal | None
    scale: Decimal = Decimal(1)
    is_bound: bool = False


def cut(text: str) -> list[NumeralToken]:
    tokens, end = [], 0
    for found in _TOKEN.finditer(text):
        kind = next(
            kind for kind in ("moment", "digits", "word", "sign") if found[kind] is not None
        )
        tokens.append(NumeralToken(found[0], kind, found.end(), found.start() == end))
        end = found.end()
    return tokens


_HALF = Decimal("0.5")


def _worth_of_words() -> dict[str, Decimal]:
    """Number words below a thousand, those of Russian in all cases, and halves."""
    english = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    worth = {
        word: Decimal(n)
        for n, word in enumerate(f"{english} seventeen eighteen nineteen".split())
    }
    tens = "twenty thirty forty fifty sixty seventy eighty ninety"
    worth |= {word: Decimal(10 * n) for n, word in enumerate(tens.split(), start=2)}
    teens = ("один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят")
    russian = {
        0: "ноль нуль нуля",
        1: "один одна одно одного одной одну одному одним одном",
        2: "два две двух двум двумя двое двоих двоим двоими",
        3: "три трех трем тремя трое троих троим троими",
        4: "четыре четырех четырем четырьмя четверо четверых четверым четверыми",
        5: "пять пяти пятью пятеро пятерых пятерым пятерыми",
        6: "шесть шести шестью шестеро шестерых шестерым шестерыми",
        7: "семь семи семью семеро семерых семерым семерыми",
        8: "восемь восьми восьмью восемью восьмеро восьмерых",
        9: "девять девяти девятью девятеро девятерых",
        10: "десять десяти десятью десятеро десятерых",
        **{
            10 + n: f"{stem}надцать {stem}надцати {stem}надцатью"
            for n, stem in enumerate(teens, start=1)
        },
        20: "двадцать двадцати двадцатью",
        30: "тридцать тридцати тридцатью",
        40: "сорок сорока",
        **{
            10 * n: f"{stem}ьдесят {stem}идесяти {stem}ьюдесятью"
            for n, stem in enumerate(("пят", "шест", "сем"), start=5)
        },
        80: "восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью",
        90: "девяносто девяноста",
        100: "сто ста",
        200: "двести двухсот двумстам двумястами двухстах",
        300: "триста трехсот тремстам тремястами трехстах",
        400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
        **{
            100 * n: f"{stem}ьсот {stem}исот {stem}истам {stem}ьюстами {stem}истах"
            for n, stem in ((5, "пят"), (6, "шест"), (7, "сем"), (9, "девят"))
        },
        800: "восемьсот восьмисот восьмистам восемьюстами восьмистах",
    }
    worth |= {word: Decimal(n) for n, words in russian.items() for word in words.split()}
    worth |= dict.fromkeys(
        ("half", "половина", "половину", "половины", "половиной", "половине"), _HALF
    )
    return worth | dict.fromkeys(("полтора", "полторы", "полутора"), 1 + _HALF)


_WORTH = _worth_of_words()
_SCALES = {
    word: Decimal(scale)
    for scale, words in {
        10: "десятка десятков десяток",
        12: "dozen дюжина дюжину дюжины дюжин",
        50: "полсотни полусотни",
        100: "hundred сотня сотню сотни сотен",
        500: "полтысячи полутысячи",
        1000: "thousand k тыс тысяча тысячу тысячи тысяче тысяч тысячам тысячами тысячах",
        500_000: "полмиллиона полумиллиона",
        10**6: "million mn mln m млн миллион миллиона миллионов миллионам миллионами миллионах",
        10
        ** 9: "billion bn млрд миллиард миллиарда миллиардов миллиардам миллиардами миллиардах",
        10**12: "trillion tn трлн триллион триллиона триллионов",
    }.items()
    for word in words.split()
}
_GLUED_SCALES, _SHORT = frozenset({"k", "m"}), frozenset({"тыс", "млн", "млрд", "трлн"})
_ONE_OF_THEM = frozenset(
    "тысяча тысячу сотня сотню миллион миллиард десяток дюжина дюжину"
    " полсотни полусотни полтысячи полутысячи полмиллиона полумиллиона".split()
)
"""Multipliers that say a number by themselves, as `миллион человек` does."""
_ONE_OF_THEM_IN_GENITIVE = frozenset("тысячи сотни миллиона миллиарда десятка дюжины".split())
_WITH_GENITIVE = frozenset("около более больше свыше менее меньше до порядка".split())
"""`около тысячи` is about 1,000, but `тысячи` alone is any number of thousands."""
_MOST, _FINEST = Decimal(10) ** 17, Decimal("0.0001")
"""What `annotations.models.Figure` can hold."""
_SHARES = frozenset({"%", "percent", "процент", "процента", "процентов"})


def number_at(tokens: Sequence[NumeralToken], at: int, *, is_russian: bool) -> Number | None:
    """Return the number that begins at the token `at`; None where none does. A scale goes with
    it: `1.5 million`."""
    total, below, own_scale, end = Decimal(0), Decimal("Infinity"), Decimal(1), at
    while group := _group(tokens, end) or (
        _group_in_words(tokens, end + 1) if _is_and(tokens, at, end) else None
    ):
        scale, behind = _scale(tokens, group.end)
        value = group.value
        if value is None and group.end == group.start + 1:
            is_share = behind < len(tokens) and tokens[behind].lower in _SHARES
            value = _in_digits(
                tokens[group.start].text, is_scaled=scale > 1 or is_share, is_russian=is_russian
            )
        if value is None:
            return Number(at, behind, None)
        if value * scale >= below or (end > at and tokens[end].kind == "digits" and scale == 1):
            break
        own_scale = scale if end == at else Decimal(1)
        total, below, end = total + value * scale, scale, behind
        if scale < 1000:
            break
    if end == at:
        return None
    if (
        below >= 1000
        and lower_at(tokens, end) == ","
        and (further := _group_in_words(tokens, end + 1))
    ):
        return Number(at, further.end, None)  # two thousand, one hundred: one number, or two
    is_kept = total < _MOST and total == total.quantize(_FINEST)
    return Number(at, end, total if is_kept else None, own_scale)


_BOUNDS = {
    word: Decimal(worth)
    for worth, words in {
        10: "tens десятки десятков десяткам десятками десятках",
        12: "dozens",
        20: "scores",
        100: "hundreds сотни сотен сотням сотнями сотнях",
        1000: "thousands тысячи тысяч тысячам тысячами тысячах",
        10**6: "millions миллионы миллионов миллионам миллионами миллионах",
        10**9: "billions миллиарды миллиардов миллиардам миллиардами миллиардах",
    }.items()
    for word in words.split()
}
_ONLY_WITH_OF = frozenset({"tens", "scores"})
_SEVERAL = frozenset(
    {"several", "few", "many", "несколько", "нескольких", "нескольким", "несколькими", "много"}
)
_OF_ONE = frozenset(
    "из от с без половина половину половины четверть треть части для после".split()
)
"""`половина тысячи` is of one thousand, not of several."""


def bound_at(tokens: Sequence[NumeralToken], at: int) -> Number | None:
    """Return the number that words at `at` say there are more of, as `dozens of` does; None if
    there are none."""
    begin, value = at, Decimal(1)
    if lower_at(tokens, at) in _SEVERAL and lower_at(tokens, at + 1) in _SCALES:
        value, at = _scale(tokens, at + 1)
    elif at and tokens[at - 1].lower in _OF_ONE and lower_at(tokens, at) in ("сотни", "тысячи"):
        return None
    elif lower_at(tokens, at) in _SEVERAL and lower_at(tokens, at + 1) in _BOUNDS:
        at += 1
    while (word := lower_at(tokens, at)) in _BOUNDS:
        is_followed = lower_at(tokens, at + 1) == "of"
        if word in _ONLY_WITH_OF and not is_followed:
            break
        value, at = value * _BOUNDS[word], at + (2 if is_followed else 1)
    if value == 1:
        return None
    if lower_at(tokens, at - 1) == "of" and lower_at(tokens, at) == "the":
        at += 1
    return Number(begin, at, value, is_bound=True)


def _in_digits(written: str, *, is_scaled: bool, is_russian: bool) -> Decimal | None:
    """The value of digits with separators; None where it could be another one as well."""
    is_grouped = any(blank in written for blank in (*BLANKS, "'", "’"))
    plain = re.sub(rf"[{BLANKS}'’]", "", written)
    parts, signs = re.split("[.,]", plain), re.findall("[.,]", plain)
    if len(parts[0]) > 1 and parts[0][0] == "0":
        return None
    if not signs:
        return Decimal(plain)
    is_thousands = (
        len(parts[0]) <= 3 and parts[0] != "0" and all(len(part) == 3 for part in parts[1:-1])
    )
    if len(signs) > 1:
        if not is_thousands or len(set(signs[:-1])) > 1:
            return None
        if signs[-1] == signs[0]:
            return Decimal("".join(parts)) if len(parts[-1]) == 3 else None
        return Decimal(f"{''.join(parts[:-1])}.{parts[-1]}")
    is_english_comma = signs == [","] and not is_russian
    if is_thousands and len(parts[-1]) == 3 and not is_grouped:
        if is_english_comma:
            return Decimal("".join(parts))
        return Decimal(".".join(parts)) if is_scaled else None
    return None if is_english_comma else Decimal(".".join(parts))


def _group(tokens: Sequence[NumeralToken], at: int) -> Number | None:
    """The number before a multiplier: digits, whose value is still to be read, or words."""
    if at >= len(tokens):
        return None
    return (
        Number(at, at + 1, None) if tokens[at].kind == "digits" else _group_in_words(tokens, at)
    )


def _group_in_words(tokens: Sequence[NumeralToken], at: int) -> Number | None:
    if at >= len(tokens):
        return None
    token, (value, end) = tokens[at], _in_words(tokens, at)
    if end == at and token.lower in ("a", "an") and lower_at(tokens, at + 1) in _SCALES:
        return Number(at, at + 1, Decimal(1))
    if end == at and token.lower in _ONE_OF_THEM:
        return Number(at, at, Decimal(1))
    if (
        end == at
        and token.lower in _ONE_OF_THEM_IN_GENITIVE
        and at
        and tokens[at - 1].lower in _WITH_GENITIVE
    ):
        return Number(at, at, Decimal(1))
    if end == at:
        return None
    behind = tuple(lower_at(tokens, n) for n in range(end, end + 3))
    if behind == ("and", "a", "half"):
        return Number(at, end + 3, value + _HALF)
    if behind[:2] == ("с", "половиной"):
        return Number(at, end + 2, value + _HALF)
    if value == _HALF and behind[0] in ("a", "an") and behind[1] in _SCALES:
        end += 1
    return Number(at, end, value)


def _in_words(tokens: Sequence[NumeralToken], at: int) -> tuple[Decimal, int]:
    """The worth of number words below a thousand, and where they end; at `at` itself where
    there are none."""
    value, room, end = Decimal(0), Decimal(1000), at
    while end < len(tokens):
        is_hyphen = room == 10 and tokens[end].text in DASHES and is_tight(tokens, end)
        n = end + 1 if is_hyphen or (room == 100 and tokens[end].lower == "and") else end
        word = lower_at(tokens, n)
        if word == "hundred" and n == end > at and value < 100:
            value, room, end = value * 100, Decimal(100), end + 1
        elif word in _WORTH and _WORTH[word] < room:
            worth = _WORTH[word]
            value, end = value + worth, n + 1
            room = Decimal(100) if worth >= 100 else Decimal(10) if worth >= 20 else Decimal(0)
        else:
            break
    return value, end


def _scale(tokens: Sequence[NumeralToken], at: int) -> tuple[Decimal, int]:
    scale = Decimal(1)
    while at < len(tokens) and tokens[at].lower in _SCALES:
        word = tokens[at].lower
        if word in _GLUED_SCALES and not (
            tokens[at].is_glued and tokens[at - 1].kind == "digits"
        ):
            break
        scale, at = scale * _SCALES[word], at + 1
        if (
            word in _SHORT
            and at < len(tokens)
            and tokens[at].text == "."
            and tokens[at].is_glued
        ):
            at += 1
    return scale, at


def _is_and(tokens: Sequence[NumeralToken], at: int, end: int) -> bool:
    """Whether a number that has begun may go on behind an `and`: `two thousand and five`."""
    return at < end and lower_at(tokens, end) == "and"


def lower_at(tokens: Sequence[NumeralToken], at: int) -> str:
    """Return the token at `at` in small letters; empty outside of the text."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def stands(tokens: Sequence[NumeralToken], at: int, phrase: tuple[str, ...]) -> bool:
    """Say whether `phrase`, in small letters, begins at `at`."""
    return tuple(lower_at(tokens, at + n) for n in range(len(phrase))) == phrase


def is_tight(tokens: Sequence[NumeralToken], at: int) -> bool:
    return tokens[at].is_glued and at + 1 < len(tokens) and tokens[at + 1].is_glued
