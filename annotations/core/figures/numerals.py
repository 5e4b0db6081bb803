"""Numbers as they are written in English and Russian, in digits and in words, and what they are
worth.

    >>> [str(number_at(tokenize(words), 0, is_russian=False).value) for words in ("1,200", "twenty-one", "2.5m")]
    ['1200', '21', '2500000.0']
    >>> [str(number_at(tokenize(words), 0, is_russian=True).value) for words in ("1 200", "двадцати двух", "2,5 млн")]
    ['1200', '22', '2500000.0']

A number that could be two different ones is found, but its value is None: `1.200` is twelve
hundred or one and a fifth, `1,200` in Russian likewise, `2,5` is not how English writes a
number, and `two thousand, one hundred` may be one number or two. The same goes for numbers that
are larger or finer than a figure can hold.

`dozens`, `several thousand` and `десятки тысяч` say no number, but a bound that is sure: more
than 12, 1,000, 10,000.

    >>> phrases = ("dozens of people", "tens of thousands", "несколько сотен")
    >>> [str(bound_at(tokenize(words), 0).value) for words in phrases]
    ['12', '10000', '100']
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    """A word, a number in digits, a sign or a line's end; of the kind `moment` is a date, a
    clock time, an ordinal or a fraction.

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


def tokenize(text: str) -> list[NumeralToken]:
    tokens = []
    end = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        is_glued = match.start() == end
        end = match.end()
        tokens.append(NumeralToken(match[0], kind, end, is_glued))
    return tokens


def _worth_by_word(words_by_worth: Mapping[Decimal | int, str]) -> dict[str, Decimal]:
    worth_by_word = {}
    for worth, words in words_by_worth.items():
        worth_by_word.update(dict.fromkeys(words.split(), Decimal(worth)))
    return worth_by_word


_HALF = Decimal("0.5")
_ONE = Decimal(1)
# Number words below a thousand, those of Russian in all cases, and halves.
_WORTH = _worth_by_word(
    {
        _HALF: "half половина половину половины половиной половине",
        1 + _HALF: "полтора полторы полутора",
        0: "zero ноль нуль нуля",
        1: "one один одна одно одного одной одну одному одним одном",
        2: "two два две двух двум двумя двое двоих двоим двоими",
        3: "three три трех трем тремя трое троих троим троими",
        4: "four четыре четырех четырем четырьмя четверо четверых четверым четверыми",
        5: "five пять пяти пятью пятеро пятерых пятерым пятерыми",
        6: "six шесть шести шестью шестеро шестерых шестерым шестерыми",
        7: "seven семь семи семью семеро семерых семерым семерыми",
        8: "eight восемь восьми восьмью восемью восьмеро восьмерых",
        9: "nine девять девяти девятью девятеро девятерых",
        10: "ten десять десяти десятью десятеро десятерых",
        11: "eleven одиннадцать одиннадцати одиннадцатью",
        12: "twelve двенадцать двенадцати двенадцатью",
        13: "thirteen тринадцать тринадцати тринадцатью",
        14: "fourteen четырнадцать четырнадцати четырнадцатью",
        15: "fifteen пятнадцать пятнадцати пятнадцатью",
        16: "sixteen шестнадцать шестнадцати шестнадцатью",
        17: "seventeen семнадцать семнадцати семнадцатью",
        18: "eighteen восемнадцать восемнадцати восемнадцатью",
        19: "nineteen девятнадцать девятнадцати девятнадцатью",
        20: "twenty двадцать двадцати двадцатью",
        30: "thirty тридцать тридцати тридцатью",
        40: "forty сорок сорока",
        50: "fifty пятьдесят пятидесяти пятьюдесятью",
        60: "sixty шестьдесят шестидесяти шестьюдесятью",
        70: "seventy семьдесят семидесяти семьюдесятью",
        80: "eighty восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью",
        90: "ninety девяносто девяноста",
        100: "сто ста",
        200: "двести двухсот двумстам двумястами двухстах",
        300: "триста трехсот тремстам тремястами трехстах",
        400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
        500: "пятьсот пятисот пятистам пятьюстами пятистах",
        600: "шестьсот шестисот шестистам шестьюстами шестистах",
        700: "семьсот семисот семистам семьюстами семистах",
        800: "восемьсот восьмисот восьмистам восемьюстами восьмистах",
        900: "девятьсот девятисот девятистам девятьюстами девятистах",
    }
)
# Multipliers, which stand after a number.
_SCALES = _worth_by_word(
    {
        10: "десятка десятков десяток",
        12: "dozen дюжина дюжину дюжины дюжин",
        50: "полсотни полусотни",
        100: "hundred сотня сотню сотни сотен",
        500: "полтысячи полутысячи",
        1000: "thousand k тыс тысяча тысячу тысячи тысяче тысяч тысячам тысячами тысячах",
        500_000: "полмиллиона полумиллиона",
        10
        ** 6: "million mn mln m млн миллион миллиона миллионов миллионам миллионами миллионах",
        10**9: "billion bn млрд "
        "миллиард миллиарда миллиардов миллиардам миллиардами миллиардах",
        10**12: "trillion tn трлн триллион триллиона триллионов",
    }
)
# Multipliers only where they are joined to digits: 15k, 2.5m.
_GLUED_SCALES = frozenset({"k", "m"})
_ABBREVIATED_SCALES = frozenset({"тыс", "млн", "млрд", "трлн"})
# Multipliers that say a number by themselves, as `миллион человек` does.
_SCALES_ALONE = frozenset(
    "тысяча тысячу сотня сотню миллион миллиард десяток дюжина дюжину"
    " полсотни полусотни полтысячи полутысячи полмиллиона полумиллиона".split()
)
_SCALES_ALONE_IN_GENITIVE = frozenset(
    "тысячи сотни миллиона миллиарда десятка дюжины".split()
)
# `около тысячи` is about 1,000, but `тысячи` alone is any number of thousands.
_WITH_GENITIVE = frozenset("около более больше свыше менее меньше до порядка".split())
# What `annotations.models.Figure` can hold.
_MOST, _FINEST = Decimal(10) ** 17, Decimal("0.0001")
_SHARES = frozenset({"%", "percent", "процент", "процента", "процентов"})
_GROUPING_SIGNS = (*BLANKS, "'", "’")
_GROUPING = re.compile(f"[{''.join(_GROUPING_SIGNS)}]")


def number_at(
    tokens: Sequence[NumeralToken], at: int, *, is_russian: bool
) -> Number | None:
    """Return the number that begins at the token `at`; None where none does. A scale goes with
    it: `1.5 million`.

    The number has no value where it could be two: `two hundred three hundred people`.
    """
    number = _sum_of_groups(tokens, at, is_russian=is_russian)
    if number is None or number.value is None:
        return number
    end_of_two = _end_of_second_number(tokens, number.end)
    if end_of_two is not None:
        return Number(at, end_of_two, None)
    rounded = number.value.quantize(_FINEST) if number.value < _MOST else None
    can_be_held = number.value == rounded
    return number if can_be_held else replace(number, value=None)


def _sum_of_groups(
    tokens: Sequence[NumeralToken], at: int, *, is_russian: bool
) -> Number | None:
    """Return the sum of groups, each with a smaller multiplier than the one before it: in `two
    million five hundred thousand and six` these are 2 × 1,000,000, 500 × 1,000 and 6."""
    total, own_scale = Decimal(0), _ONE
    last_scale = Decimal("Infinity")
    end = at
    while (group := _group(tokens, at, end)) is not None:
        scale, after = _scale(tokens, group.end)
        value = _value_of_group(tokens, group, scale, after, is_russian=is_russian)
        if value is None:
            return Number(at, after, None)
        is_first = end == at
        # 2 thousand 300 people, or of 2 thousand 300 people?
        is_digits_after_scale = (
            not is_first and tokens[end].kind == "digits" and scale == 1
        )
        if value * scale >= last_scale or is_digits_after_scale:
            before_and = _group_before_and(tokens, group)
            if before_and is not None and before_and.value is not None:
                return Number(at, before_and.end, total + before_and.value, own_scale)
            if group.start == end:
                return Number(at, after, None)
            break
        own_scale = scale if is_first else _ONE
        total += value * scale
        last_scale, end = scale, after
        if scale < 1000:
            break
    return Number(at, end, total, own_scale) if end > at else None


def _value_of_group(
    tokens: Sequence[NumeralToken],
    group: Number,
    scale: Decimal,
    after: int,
    *,
    is_russian: bool,
) -> Decimal | None:
    if group.value is not None:
        return group.value
    is_scaled = scale > 1 or lower_at(tokens, after) in _SHARES
    written = tokens[group.start].text
    return _value_of_digits(written, is_scaled=is_scaled, is_russian=is_russian)


def _group_before_and(tokens: Sequence[NumeralToken], group: Number) -> Number | None:
    """Return the `three hundred` of `three hundred and two`, which goes on with `thousand` and
    so is too much for one group; None where no `and` stands in the group."""
    for at in range(group.end - 1, group.start, -1):
        if tokens[at].lower == "and":
            return _group_in_words(tokens[:at], group.start)
    return None


def _end_of_second_number(tokens: Sequence[NumeralToken], end: int) -> int | None:
    """Return where another number in words ends, if it stands directly after the one that ends
    at `end`, or after its `thousand` and a comma: one number, two, or a range?"""
    if lower_at(tokens, end) == "," and _ends_with_thousands(tokens, end):
        further = _group_in_words(tokens, end + 1)
        return None if further is None else further.end  # two thousand, one hundred
    another = _group_in_words(tokens, end)
    if another is None or another.value is None or another.value < 1:
        return None
    has_dash = lower_at(tokens, another.end) in DASHES
    is_compound = has_dash and is_tight(tokens, another.end)
    if tokens[end - 1].kind == "digits" or is_compound:
        return None  # in 2011 three people, ten two-storey houses
    return another.end


def _ends_with_thousands(tokens: Sequence[NumeralToken], end: int) -> bool:
    is_abbreviated = lower_at(tokens, end - 1) == "."
    last_word = lower_at(tokens, end - 2 if is_abbreviated else end - 1)
    return _SCALES.get(last_word, 0) >= 1000


_BOUNDS = _worth_by_word(
    {
        10: "tens десятки десятков десяткам десятками десятках",
        12: "dozens",
        20: "scores",
        100: "hundreds сотни сотен сотням сотнями сотнях",
        1000: "thousands тысячи тысяч тысячам тысячами тысячах",
        10**6: "millions миллионы миллионов миллионам миллионами миллионах",
        10**9: "billions миллиарды миллиардов миллиардам миллиардами миллиардах",
    }
)
_ONLY_WITH_OF = frozenset({"tens", "scores"})
_SEVERAL = frozenset(
    "several few many несколько нескольких нескольким несколькими много".split()
)
# `половина тысячи` is of one thousand, not of several.
_OF_ONE = frozenset(
    "из от с без половина половину половины четверть треть части для после".split()
)


def bound_at(tokens: Sequence[NumeralToken], at: int) -> Number | None:
    """Return the number that words at `at` say there are more of, as `dozens of` does; None if
    there are none."""
    begin, value = at, _ONE
    word, next_word = lower_at(tokens, at), lower_at(tokens, at + 1)
    if word in _SEVERAL and next_word in _SCALES:
        value, at = _scale(tokens, at + 1)
    elif word in ("сотни", "тысячи") and lower_at(tokens, at - 1) in _OF_ONE:
        return None
    elif word in _SEVERAL and next_word in _BOUNDS:
        at += 1
    # Bounds multiply: tens of thousands.
    while (word := lower_at(tokens, at)) in _BOUNDS:
        is_before_of = lower_at(tokens, at + 1) == "of"
        if word in _ONLY_WITH_OF and not is_before_of:
            break
        value *= _BOUNDS[word]
        at += 2 if is_before_of else 1
    if value == 1:
        return None
    if lower_at(tokens, at - 1) == "of" and lower_at(tokens, at) == "the":
        at += 1
    return Number(begin, at, value, is_bound=True)


def _value_of_digits(
    written: str, *, is_scaled: bool, is_russian: bool
) -> Decimal | None:
    """Return the value of digits with separators; None where it could be another one as
    well."""
    is_grouped = any(sign in written for sign in _GROUPING_SIGNS)
    ungrouped = _GROUPING.sub("", written)
    parts = re.split("[.,]", ungrouped)
    separators = re.findall("[.,]", ungrouped)
    if len(parts[0]) > 1 and parts[0][0] == "0":
        return None
    if not separators:
        return Decimal(ungrouped)
    may_be_thousands = (
        len(parts[0]) <= 3
        and parts[0] != "0"
        and all(len(part) == 3 for part in parts[1:-1])
    )
    if len(separators) > 1:
        return _value_of_thousands(parts, separators) if may_be_thousands else None
    is_english_comma = separators == [","] and not is_russian
    if may_be_thousands and len(parts[1]) == 3 and not is_grouped:
        if is_english_comma:
            return Decimal("".join(parts))
        # 1.200 million can only be 1.2 million; 1.200 alone may be twelve hundred.
        return Decimal(".".join(parts)) if is_scaled else None
    return None if is_english_comma else Decimal(".".join(parts))


def _value_of_thousands(parts: list[str], separators: list[str]) -> Decimal | None:
    """Return the value of digits with several separators: 1,200,000 or 1.200.000,5."""
    if len(set(separators[:-1])) > 1:
        return None
    *whole, last = parts
    if separators[-1] != separators[0]:
        return Decimal(f"{''.join(whole)}.{last}")
    if len(last) != 3:
        return None
    return Decimal("".join(parts))


def _group(tokens: Sequence[NumeralToken], at: int, end: int) -> Number | None:
    """Return what stands before a multiplier: digits, whose value is still to be read, or
    words; in a number that began at `at` also after an `and`."""
    if end >= len(tokens):
        return None
    if tokens[end].kind == "digits":
        return Number(end, end + 1, None)
    group = _group_in_words(tokens, end)
    if group is None and at < end and tokens[end].lower == "and":
        return _group_in_words(tokens, end + 1)  # two thousand and five
    return group


def _group_in_words(tokens: Sequence[NumeralToken], at: int) -> Number | None:
    if at >= len(tokens):
        return None
    value, end = _words_below_thousand(tokens, at)
    if end == at:
        return _one_before_scale(tokens, at)
    following = tuple(lower_at(tokens, n) for n in range(end, end + 3))
    if following == ("and", "a", "half"):
        return Number(at, end + 3, value + _HALF)
    if following[:2] == ("с", "половиной"):
        return Number(at, end + 2, value + _HALF)
    if value == _HALF and following[0] in ("a", "an") and following[1] in _SCALES:
        end += 1  # half a million
    return Number(at, end, value)


def _one_before_scale(tokens: Sequence[NumeralToken], at: int) -> Number | None:
    """Return the 1 of `a million` or, of no length, of `миллион`."""
    word = tokens[at].lower
    if word in ("a", "an") and lower_at(tokens, at + 1) in _SCALES:
        return Number(at, at + 1, _ONE)
    if word in _SCALES_ALONE:
        return Number(at, at, _ONE)
    if word in _SCALES_ALONE_IN_GENITIVE and lower_at(tokens, at - 1) in _WITH_GENITIVE:
        return Number(at, at, _ONE)
    return None


def _words_below_thousand(
    tokens: Sequence[NumeralToken], at: int
) -> tuple[Decimal, int]:
    """Return the worth of number words below a thousand, and where they end; at `at` itself
    where there are none."""
    value = Decimal(0)
    # The next word must be worth less: 10 after twenty, 100 after сто.
    room = Decimal(1000)
    end = at
    up_to_hundred = value, end
    while end < len(tokens):
        is_hyphen = room == 10 and tokens[end].text in DASHES and is_tight(tokens, end)
        is_and = room == 100 and tokens[end].lower == "and"
        is_joined = is_hyphen or is_and
        word_at = end + 1 if is_joined else end
        word = lower_at(tokens, word_at)
        if word == "hundred" and not is_joined and end > at and value < 100:
            value *= 100
            room = Decimal(100)
            up_to_hundred = value, word_at + 1
        elif word in _WORTH and _WORTH[word] < room:
            value += _WORTH[word]
            room = _room_after(_WORTH[word])
        else:
            break
        end = word_at + 1
    if value > 100 and lower_at(tokens, end) == "hundred":
        return up_to_hundred  # one hundred and two hundred: two numbers
    return value, end


def _room_after(worth: Decimal) -> Decimal:
    if worth >= 100:
        return Decimal(100)
    return Decimal(10) if worth >= 20 else Decimal(0)


def _scale(tokens: Sequence[NumeralToken], at: int) -> tuple[Decimal, int]:
    """Return the product of the multipliers at `at`, 1 where there are none, and their end."""
    scale = _ONE
    while at < len(tokens) and tokens[at].lower in _SCALES:
        token = tokens[at]
        is_glued = token.is_glued and tokens[at - 1].kind == "digits"
        if token.lower in _GLUED_SCALES and not is_glued:
            break
        if scale > 1 and token.lower in _SCALES_ALONE:
            break  # пятьсот тысяч миллион: two numbers
        scale *= _SCALES[token.lower]
        at += 1
        if token.lower in _ABBREVIATED_SCALES and _is_glued_stop(tokens, at):
            at += 1
    return scale, at


def _is_glued_stop(tokens: Sequence[NumeralToken], at: int) -> bool:
    return at < len(tokens) and tokens[at].text == "." and tokens[at].is_glued


def lower_at(tokens: Sequence[NumeralToken], at: int) -> str:
    """Return the token at `at` in small letters; empty outside of the text."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def stands(tokens: Sequence[NumeralToken], at: int, phrase: tuple[str, ...]) -> bool:
    """Say whether `phrase`, in small letters, begins at `at`."""
    return all(lower_at(tokens, at + n) == word for n, word in enumerate(phrase))


def is_tight(tokens: Sequence[NumeralToken], at: int) -> bool:
    """Say whether there is no blank before the token nor after it."""
    return tokens[at].is_glued and at + 1 < len(tokens) and tokens[at + 1].is_glued
