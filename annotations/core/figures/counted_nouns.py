"""Which numbers of a passage count something, and what: dates, years, ages, ordinals and the
like count nothing.

>>> from annotations.core.figures.numerals import cut
>>> tokens = cut("In 2011, on the fourth floor, 15 people were killed")
>>> [span] = counting(tokens, len(tokens), is_russian=False)
>>> span.number.value, counted(tokens, len(tokens), span.number, span.end, is_russian=False)
(Decimal('15'), 'people killed')

What is counted is the noun behind a number, as it stands there, with the verb that is said of
it; empty where unsure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from annotations.core.figures.numerals import (
    DASHES,
    Number,
    NumeralToken,
    bound_at,
    is_tight,
    lower_at,
    number_at,
    stands,
)
from annotations.core.figures.qualifiers import CURRENCIES, ON_TOP, qualifier_before
from annotations.core.names.inflection import is_cyrillic


class NumberSpan(NamedTuple):
    """A number and, of a range, the upper one."""

    number: Number
    high: Number | None

    @property
    def end(self) -> int:
        return (self.high or self.number).end


def counting(
    tokens: Sequence[NumeralToken], inside: int, *, is_russian: bool
) -> Iterator[NumberSpan]:
    """Yield the numbers in `tokens[:inside]` that may count something, and the other end of
    their range."""
    at, date_end = 0, -_LONGEST_DATE
    while at < inside:
        number = number_at(tokens, at, is_russian=is_russian) or bound_at(tokens, at)
        if number is None:
            date_end = at + 1 if tokens[at].kind == "moment" else date_end
            at += 1
            continue
        if _is_between(tokens, number) and "and" in (
            t.lower for t in tokens[number.start : number.end + 1]
        ):
            number, high = _parted(tokens, number, is_russian=is_russian)
        else:
            high = (
                None if number.is_bound else _other_end(tokens, number, is_russian=is_russian)
            )
        end = high.end if high else number.end
        if end > inside:
            return
        is_joined = 0 <= at - date_end < _LONGEST_DATE and all(
            t.lower in _JOINING for t in tokens[date_end:at]
        )
        if (is_joined and not _noun(tokens, end, len(tokens))[0]) or _counts_nothing(
            tokens, at, end
        ):
            date_end = end  # December 16 and 17
        else:
            yield NumberSpan(number, high)
        at = end


def _other_end(
    tokens: Sequence[NumeralToken], number: Number, *, is_russian: bool
) -> Number | None:
    """The upper number of a range: `12 to 15`, `12–15`, `от 12 до 15`, `between 12 and 15`, `20
    или 30`."""
    at = number.end + 1 if lower_at(tokens, number.end) == "%" else number.end
    if lower_at(tokens, at) in _BETWEEN or (
        lower_at(tokens, at) in ("and", "и") and _is_between(tokens, number)
    ):
        at += 2 if lower_at(tokens, at + 1) in CURRENCIES else 1
        return number_at(tokens, at, is_russian=is_russian)
    return None


def _is_between(tokens: Sequence[NumeralToken], number: Number) -> bool:
    return lower_at(tokens, qualifier_before(tokens, number.start).start - 1) in (
        "between",
        "между",
    )


def _parted(tokens: Sequence[NumeralToken], number: Number, *, is_russian: bool) -> NumberSpan:
    """The ends of `between one hundred and five and two hundred`, where one `and` alone can
    part them.

    Else a number without a value: a hundred and five, or from a hundred to five?
    """
    found, end = [], number.end
    at = number.start
    while (at := at + 1) < len(tokens) and (at < end or tokens[at].lower == "and"):
        if tokens[at].lower != "and":
            continue
        low = number_at(tokens[:at], number.start, is_russian=is_russian)
        behind = at + 2 if lower_at(tokens, at + 1) in CURRENCIES else at + 1
        high = number_at(tokens, behind, is_russian=is_russian)
        if low is None or high is None or low.end < at:
            continue
        end = max(end, high.end)
        goes_on = lower_at(tokens, high.end) == "and" and number_at(
            tokens, high.end + 1, is_russian=is_russian
        )
        if (
            low.value is not None
            and high.value is not None
            and low.value < high.value
            and not goes_on
        ):
            found.append(NumberSpan(low, high))
    return (
        found[0] if len(found) == 1 else NumberSpan(replace(number, end=end, value=None), None)
    )


def _counts_nothing(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Whether the number in `tokens[start:end]` is a date, a time, an age, a part, or the
    number of a thing."""
    before, behind = lower_at(tokens, start - 1), lower_at(tokens, end)
    if before in _LABELS or (before == "." and lower_at(tokens, start - 2) in _LABELS):
        return True
    if tokens[start].lower in ONE and (
        behind in _BESIDE_ONE
        or before in _NOT_ONE
        or (before in _BESIDE_ONE and lower_at(tokens, start - 2) in ONE)
    ):
        return True
    if (before, lower_at(tokens, start - 2)) in _ODDS or (behind, tokens[start].lower) in _ODDS:
        return True
    if (
        behind in _PARTS
        or _ORDINAL.fullmatch(behind)
        or any(stands(tokens, end, phrase) for phrase in _AGES)
    ):
        return True
    if before == "," and behind in (",", ")"):
        return True  # Petrov, 24, said
    kinds = (_is_glued, _is_time, _is_year, _is_name, _is_age)
    return any(is_kind(tokens, start, end) for is_kind in kinds)


def _is_name(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Whether it is a part of a name, and nothing is counted behind it: `a Boeing 737`, `в 21
    веке`."""
    if tokens[start].kind != "digits" or end > start + 1:
        return False
    if start < 2 or tokens[start - 1].kind != "word" or not tokens[start - 1].text[0].isupper():
        return lower_at(tokens, end) in _CENTURY
    return not _is_month(tokens, start - 1) and not _noun(tokens, end, len(tokens))[0]


def _is_age(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Whether it is the age of whoever stands before it: `nobody under 18`, `children under 14
    years`."""
    if (lower_at(tokens, start - 2), lower_at(tokens, start - 1)) in _OLDER:
        return True
    begin = qualifier_before(tokens, start).start
    noun = _noun(tokens, end, len(tokens))[0]
    return (
        begin < start
        and lower_at(tokens, begin - 1) in _OF_SOME_AGE
        and (not noun or noun[0].lower() in _YEARS)
    )


def _is_glued(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Whether letters belong to the number: `KPO-15`, `16-го`, `71-year-old`, `twenty-first`,
    `10am`."""
    before, behind = lower_at(tokens, start - 1), lower_at(tokens, end)
    if before in _HYPHENS and start > 1 and is_tight(tokens, start - 1):
        return True
    if behind in _HYPHENS and end + 1 < len(tokens) and is_tight(tokens, end):
        return lower_at(tokens, end + 1) not in _CASE_ENDINGS
    is_unit = end < len(tokens) and tokens[end].kind == "word" and tokens[end].is_glued
    return is_unit and tokens[end - 1].kind == "digits"


def _is_time(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Whether it is a day of a month or an hour: `16 and 17 December`, `Dec. 16`, `в 15 часов`,
    `5 p.m.`."""
    before, behind = lower_at(tokens, start - 1), lower_at(tokens, end)
    if behind in ("pm", "am", "p.m.", "a.m.", "o'clock", "o’clock") or any(
        stands(tokens, end, (half, ".", "m")) for half in "ap"
    ):
        return True
    if before in ("в", "at") and behind in ("час", "часа", "часов"):
        return True
    if tokens[start].kind == "digits" and not (
        tokens[start].text.isdecimal() and int(tokens[start].text[:9]) <= 31
    ):
        return False
    if not is_cyrillic(before) and (
        _is_month(tokens, start - 1)
        or (before == "." and _is_month(tokens, start - 2) and start > 1)
    ):
        return True
    further = tokens[end : end + _LONGEST_DATE]
    joined = takewhile(lambda token: token.lower in _JOINING or token.kind == "digits", further)
    return _is_month(tokens, end + len(list(joined)))


def may_be_year(token: NumeralToken) -> bool:
    """Say whether digits could be a year: four of them and no separator."""
    return (
        token.kind == "digits"
        and re.fullmatch("1[89][0-9]{2}|20[0-9]{2}", token.text) is not None
    )


def _is_year(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Whether it is a year, unless it is qualified or counts people or money."""
    is_qualified = qualifier_before(tokens, start).meaning != "exactly"
    if not may_be_year(tokens[start]):
        return False
    if lower_at(tokens, start - 1) in CURRENCIES:
        return False
    if end - start > 1:  # a multiplier or a range: 2000 million, 2011–2012
        return tokens[end - 1].kind == "digits" and not is_qualified
    behind = tokens[end] if end < len(tokens) else None
    if (
        behind is None
        or behind.kind != "word"
        or behind.lower in _STOPS
        or behind.lower in _YEARS
    ):
        return behind is None or behind.lower not in ("%", *CURRENCIES)
    return not is_qualified and (
        behind.lower not in _SURELY_COUNTED or lower_at(tokens, start - 1) in _STOPS
    )


def counted(
    tokens: Sequence[NumeralToken], inside: int, number: Number, end: int, *, is_russian: bool
) -> str:
    """Return the words that say what is counted, behind a number that ends at `end` in a
    passage up to `inside`."""
    for sign in (lower_at(tokens, number.start - 1), lower_at(tokens, end)):
        if sign in CURRENCIES:
            return CURRENCIES[sign][is_russian]
    if (
        end + 1 < len(tokens)
        and tokens[end].text in DASHES
        and lower_at(tokens, end + 1) in _CASE_ENDINGS
    ):
        end += 2
    share = ""
    if lower_at(tokens, end) == "%":
        share, end = "процентов" if is_russian else "percent", end + 1
    elif stands(tokens, end, ("per", "cent")):
        share, end = "percent", end + 2
    while lower_at(tokens, end) in ON_TOP:
        end += 1
    if number.value is not None and number.value >= 1 and not share:
        end = _part_of(tokens, end, is_russian=is_russian)
    noun, end = _noun(tokens, end, inside if end < inside else len(tokens))
    if not noun and share:
        return share
    verb = verb_behind(tokens, end)
    return (
        " ".join([share] * bool(share) + noun + verb)[:_LONGEST_COUNTED]
        if verb is not None and noun
        else ""
    )


def _part_of(tokens: Sequence[NumeralToken], at: int, *, is_russian: bool) -> int:
    """Where the noun begins in `of the officers`, `of the 20 officers`, `из 20 офицеров`; `at`
    where it is not so."""
    end = at + 1 if lower_at(tokens, at) in ("of", "из") else at
    end += end > at and lower_at(tokens, end) in ("the", "these", "those")
    if end > at and (whole := number_at(tokens, end, is_russian=is_russian)):
        return whole.end
    return end if is_russian or end != at + 1 else at


def _noun(tokens: Sequence[NumeralToken], at: int, end: int) -> tuple[list[str], int]:
    """The words before `end` up to a verb's helper, a preposition or a sign; none where they
    are too many."""
    noun: list[str] = []
    while at < end and _may_be_noun(tokens, at):
        if tokens[at].lower == "of":
            behind = at + 2 if lower_at(tokens, at + 1) in ("the", "a", "an") else at + 1
            if behind >= end or not _may_be_noun(tokens, behind):
                break
            noun += [token.text for token in tokens[at:behind]]
            at = behind
        noun.append(tokens[at].text)
        at += 1
        while (
            at + 1 < end
            and tokens[at].text in _HYPHENS
            and is_tight(tokens, at)
            and tokens[at + 1].kind == "word"
        ):
            noun[-1] += f"-{tokens[at + 1].text}"
            at += 2
    return (noun, at) if len(noun) <= _MOST_WORDS else ([], at)


def _may_be_noun(tokens: Sequence[NumeralToken], at: int) -> bool:
    token = tokens[at]
    return token.kind == "word" and (token.lower not in _STOPS or token.text == "US")


def verb_behind(tokens: Sequence[NumeralToken], at: int) -> list[str] | None:
    """The participle behind a verb's helpers, if there is one: `killed` of `have been killed`;
    None if denied."""
    begin = at
    while lower_at(tokens, at) in _HELPERS or (
        at > begin and lower_at(tokens, at).endswith("ly")
    ):
        at += 1
    word = lower_at(tokens, at)
    if at > begin and word in ("not", "never", "no", "не"):
        return None
    if _FATE.fullmatch(word) or (
        at > begin and (_PARTICIPLE.fullmatch(word) or word in _PARTICIPLES)
    ):
        return [tokens[at].text]
    return []


def _is_month(tokens: Sequence[NumeralToken], at: int) -> bool:
    """Whether a month's name stands there; `may` and `march` only with a capital."""
    word = lower_at(tokens, at)
    return word in _MONTHS and (word not in ("may", "march") or tokens[at].text[0].isupper())


_LONGEST_COUNTED, _MOST_WORDS, _LONGEST_DATE = 200, 6, 8
"""In characters, in words, in tokens."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_HYPHENS = frozenset("-‐‑")
_BETWEEN = _words("to or до или", *DASHES)
_JOINING = _words(", and or to и или", *DASHES)
_CASE_ENDINGS = _words("ти и ю тью х мя")
_MONTHS = _words(
    "january february march april may june july august september october november december",
    "jan feb mar apr jun jul aug sep sept oct nov dec",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
)
_YEARS = _words("год года году годом годы годов г гг")
_PARTS = _words("third thirds quarter quarters fifth fifths треть трети четверть четверти")
_ODDS = frozenset({("in", "one"), ("in", "1")})
"""`one in five` is a share that is not written as a number."""
_CENTURY = _words("век века веке веком")
_OLDER = frozenset({("older", "than"), ("younger", "than")})
_OF_SOME_AGE = _words(
    "people persons men women boys girls children anyone everyone nobody those adults youths workers",
    "люди людей лица лиц мужчины мужчин женщины женщин дети детей молодежь",
)
_AGES = (("years", "old"), ("years", "of", "age"))
_ORDINAL = re.compile(
    r"(?:перв|втор|четверт|пят|шест|седьм|восьм|девят|десят|\w+надцат|двадцат|тридцат|сороков|сот)"
    r"(?:ый|ой|ого|ому|ым|ом|ая|ое|ую|ые|ых|ыми)|трет(?:ий|ья|ье|ьего|ьему|ьей|ью|ьи|ьих)"
)
_LABELS = _words(
    "no nos № # article articles art page pages p pp section sections chapter part version volume room aged age",
    "channel flight gate route highway",
    "статья статьи статье статью статьей ст п пункт пункта страница странице стр глава главы часть части возрасте",
    "старше младше дом дома доме квартира квартире кв школа школе канал рейс автобус маршрут",
)
ONE = _words("one один одна одно одного одной одну одному одним одном")
_BESIDE_ONE = _words("of из another by after за")
"""`one of the reasons`, `one by one`, `один за другим`."""
_NOT_ONE = _words("no any every each another this that ни")
_SURELY_COUNTED = _words(
    "people persons men women children workers dollars euros roubles rubles tenge barrels tonnes tons days",
    "человек человека людей мужчин женщин детей рабочих долларов евро рублей тенге баррелей тонн дней",
)
_HELPERS = _words(
    "were was are is be been being have has had may might could would will can must reportedly also later already",
    "allegedly then now still был была было были будут будет стали стало",
)
_STOPS = _HELPERS | _words(
    "in on at by from after during when where while and or to as with without near for into than that which who whom",
    "higher lower",
    "whose but if since until before between against among because over under about around through out up down off",
    "the a an this these those he she it they we i you his her its their them us me him my our your not never no said",
    "say says told according each every there here per",
    "в во на по из с со у к ко за от до при для о об обо под над без через после перед между против среди около и а но",
    "или да что чтобы который которая которое которые которых которым кто как когда где если пока не ни это эти этих",
    "он она оно они его ее их мы вы я то так же также сообщил сообщила сообщили заявил заявила заявили сказал сказала",
    "сказали выше ниже",
)
_PARTICIPLE = re.compile(
    r"[a-z]{2,}(?:ed|en|wn)|[а-я]{3,}(?:н|на|но|ны|т|та|то|ты|нный|нные|нных)", re.IGNORECASE
)
_FATE = re.compile(
    r"killed|died|dead|missing|injured|wounded|arrested|detained|shot"
    r"|(?:погиб|уби|ране|умер|задержан|арестован|пропал)[а-я]{0,4}"
)
"""What is said right behind a noun, with no helper between."""
_PARTICIPLES = _words(
    "shot hurt held left lost found come gone put set hit cut sent brought caught burnt made paid sold dead missing",
    "begun fled fired dismissed unaccounted",
)
