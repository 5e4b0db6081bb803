"""Which numbers of a passage count something, and what: dates, years, ages, ordinals and the
like count nothing.

>>> from annotations.core.figures.numerals import tokenize
>>> tokens = tokenize("In 2011, on the fourth floor, 15 people were killed")
>>> [span] = number_spans(tokens, len(tokens), is_russian=False)
>>> span.number.value, counted_words(tokens, len(tokens), span, span.end, is_russian=False)
(Decimal('15'), 'people killed')

What is counted is the noun after a number, as it stands there, with the verb that is said of
it; empty where unsure.

In all functions `tokens[start:end]` is the number that is asked about. Words are compared in
small letters, and a token outside of the text is empty, so that no border needs a rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
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


def number_spans(
    tokens: Sequence[NumeralToken], inside: int, *, is_russian: bool
) -> Iterator[NumberSpan]:
    """Yield the numbers in `tokens[:inside]` that may count something, and the other end of
    their range."""
    at = 0
    date_end = -_LONGEST_DATE  # of the last date, too far away to be gone on with
    while at < inside:
        number = number_at(tokens, at, is_russian=is_russian) or bound_at(tokens, at)
        if number is None:
            if tokens[at].kind == "moment":
                date_end = at + 1
            at += 1
            continue
        span = _with_upper_end(tokens, number, is_russian=is_russian)
        if span.end > inside:
            return
        if _goes_on_with_date(tokens, date_end, at, span.end):
            date_end = span.end  # December 16 and 17
        elif _counts_nothing(tokens, at, span.end):
            date_end = span.end
        else:
            yield span
        at = span.end


def _goes_on_with_date(
    tokens: Sequence[NumeralToken], date_end: int, start: int, end: int
) -> bool:
    """Say whether a number is joined to the date before it, and counts no noun."""
    if not 0 <= start - date_end < _LONGEST_DATE:
        return False
    if any(token.lower not in _JOINING_DATES for token in tokens[date_end:start]):
        return False
    return not _has_noun(tokens, end)


def _with_upper_end(
    tokens: Sequence[NumeralToken], number: Number, *, is_russian: bool
) -> NumberSpan:
    is_between = _is_after_between(tokens, number)
    if is_between:
        words = [token.lower for token in tokens[number.start : number.end + 1]]
        if "and" in words:
            return _split_at_and(tokens, number, is_russian=is_russian)
    if number.is_bound:
        return NumberSpan(number, None)
    at = number.end
    if lower_at(tokens, at) == "%":
        at += 1
    joint = lower_at(tokens, at)
    if joint not in _BETWEEN and not (is_between and joint in ("and", "и")):
        return NumberSpan(number, None)
    upper_at = _past_currency(tokens, at + 1)
    return NumberSpan(number, number_at(tokens, upper_at, is_russian=is_russian))


def _is_after_between(tokens: Sequence[NumeralToken], number: Number) -> bool:
    start = qualifier_before(tokens, number.start).start
    return lower_at(tokens, start - 1) in ("between", "между")


def _past_currency(tokens: Sequence[NumeralToken], at: int) -> int:
    return at + 1 if lower_at(tokens, at) in CURRENCIES else at


def _split_at_and(
    tokens: Sequence[NumeralToken], number: Number, *, is_russian: bool
) -> NumberSpan:
    """Return the ends of `between one hundred and five and two hundred`, where one `and` alone
    can part them.

    Else a number without a value: a hundred and five, or from a hundred to five?
    """
    ranges = []
    end = number.end
    at = number.start + 1
    while at < len(tokens) and (at < end or tokens[at].lower == "and"):
        if tokens[at].lower == "and":
            low = number_at(tokens[:at], number.start, is_russian=is_russian)
            high_at = _past_currency(tokens, at + 1)
            high = number_at(tokens, high_at, is_russian=is_russian)
            if low is not None and high is not None and low.end >= at:
                end = max(end, high.end)
                if _is_range(low, high) and not _goes_on(tokens, high, is_russian):
                    ranges.append(NumberSpan(low, high))
        at += 1
    if len(ranges) == 1:
        return ranges[0]
    return NumberSpan(replace(number, end=end, value=None), None)


def _is_range(low: Number, high: Number) -> bool:
    if low.value is None or high.value is None:
        return False
    return low.value < high.value


def _goes_on(tokens: Sequence[NumeralToken], number: Number, is_russian: bool) -> bool:
    """Say whether another number follows after `and`."""
    if lower_at(tokens, number.end) != "and":
        return False
    return number_at(tokens, number.end + 1, is_russian=is_russian) is not None


def _counts_nothing(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Say whether a number is a date, a time, an age, a part, or the number of a thing."""
    before, after = lower_at(tokens, start - 1), lower_at(tokens, end)
    if before in _LABELS or (before == "." and lower_at(tokens, start - 2) in _LABELS):
        return True
    if before == "," and after in (",", ")"):
        return True  # Petrov, 24, said
    if (before, lower_at(tokens, start - 2)) in _ODDS or (
        after,
        tokens[start].lower,
    ) in _ODDS:
        return True
    if after in _PARTS or _ORDINAL.fullmatch(after):
        return True
    if any(stands(tokens, end, phrase) for phrase in _AGES):
        return True
    return (
        _is_pronoun_one(tokens, start, end)
        or _is_glued(tokens, start, end)
        or _is_time(tokens, start, end)
        or _is_year(tokens, start, end)
        or _is_in_a_name(tokens, start, end)
        or _is_age(tokens, start, end)
    )


def _is_pronoun_one(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Say whether it is the `one` of `one of the reasons`, `no one`, `one by one`."""
    if tokens[start].lower not in ONE:
        return False
    before = lower_at(tokens, start - 1)
    if lower_at(tokens, end) in _BESIDE_ONE or before in _NOT_ONE:
        return True
    return before in _BESIDE_ONE and lower_at(tokens, start - 2) in ONE


def _is_in_a_name(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Say whether it is a part of a name, and nothing is counted after it: `a Boeing 737`, `в
    21 веке`."""
    if tokens[start].kind != "digits" or end > start + 1:
        return False
    before = tokens[start - 1]
    if start < 2 or before.kind != "word" or not before.text[0].isupper():
        return lower_at(tokens, end) in _CENTURY
    return not _is_month(tokens, start - 1) and not _has_noun(tokens, end)


def _is_age(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Say whether it is the age of whoever stands before it: `nobody under 18`, `children under
    14 years`."""
    if (lower_at(tokens, start - 2), lower_at(tokens, start - 1)) in _AGE_COMPARISONS:
        return True
    qualifier_start = qualifier_before(tokens, start).start
    if (
        qualifier_start >= start
        or lower_at(tokens, qualifier_start - 1) not in _OF_SOME_AGE
    ):
        return False
    noun, _noun_end = _noun(tokens, end, len(tokens))
    return not noun or noun[0].lower() in _YEARS


def _is_glued(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Say whether letters belong to the number: `KPO-15`, `16-го`, `71-year-old`,
    `twenty-first`, `10am`."""
    if start > 1 and tokens[start - 1].text in _HYPHENS and is_tight(tokens, start - 1):
        return True
    if end >= len(tokens):
        return False
    after = tokens[end]
    if after.text in _HYPHENS and is_tight(tokens, end):
        return lower_at(tokens, end + 1) not in _CASE_ENDINGS
    return after.kind == "word" and after.is_glued and tokens[end - 1].kind == "digits"


def _is_time(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Say whether it is a day of a month or an hour: `16 and 17 December`, `Dec. 16`, `в 15
    часов`, `5 p.m.`."""
    before, after = lower_at(tokens, start - 1), lower_at(tokens, end)
    if after in _HALVES_OF_DAY or stands(tokens, end, ("a", ".", "m")):
        return True
    if stands(tokens, end, ("p", ".", "m")):
        return True
    if before in ("в", "at") and after in ("час", "часа", "часов"):
        return True
    if tokens[start].kind == "digits" and not _may_be_day(tokens[start].text):
        return False
    if not is_cyrillic(before):  # in Russian the day stands before its month
        if _is_month(tokens, start - 1):
            return True
        if before == "." and start > 1 and _is_month(tokens, start - 2):
            return True
    return _is_month(tokens, _end_of_days(tokens, end))


def _may_be_day(digits: str) -> bool:
    return digits.isdecimal() and int(digits[:9]) <= _LONGEST_MONTH


def _end_of_days(tokens: Sequence[NumeralToken], at: int) -> int:
    """Return where the further days of `16, 17 and 18 December` end."""
    end = at
    for token in tokens[at : at + _LONGEST_DATE]:
        if token.lower not in _JOINING_DATES and token.kind != "digits":
            break
        end += 1
    return end


def may_be_year(token: NumeralToken) -> bool:
    """Say whether digits could be a year: four of them and no separator."""
    return token.kind == "digits" and _YEAR.fullmatch(token.text) is not None


def _is_year(tokens: Sequence[NumeralToken], start: int, end: int) -> bool:
    """Say whether it is a year, unless it is qualified or counts people or money."""
    if not may_be_year(tokens[start]) or lower_at(tokens, start - 1) in CURRENCIES:
        return False
    is_qualified = qualifier_before(tokens, start).meaning != "exactly"
    if end - start > 1:  # a multiplier or a range: 2000 million, 2011–2012
        return tokens[end - 1].kind == "digits" and not is_qualified
    if end >= len(tokens):
        return True
    after = tokens[end]
    if after.kind != "word" or after.lower in _STOPS or after.lower in _YEARS:
        return after.lower != "%" and after.lower not in CURRENCIES
    if is_qualified:
        return False
    if lower_at(tokens, start - 1) in _STOPS:
        return True
    return after.lower not in _SURELY_COUNTED


def counted_words(
    tokens: Sequence[NumeralToken],
    inside: int,
    span: NumberSpan,
    end: int,
    *,
    is_russian: bool,
) -> str:
    """Return the words that say what is counted, after a number that ends at `end` in a
    passage up to `inside`."""
    number = span.number
    for sign in (lower_at(tokens, number.start - 1), lower_at(tokens, end)):
        if sign in CURRENCIES:
            return CURRENCIES[sign][is_russian]
    end = _past_case_ending(tokens, end)
    share, end = _share(tokens, end, is_russian=is_russian)
    while lower_at(tokens, end) in ON_TOP:
        end += 1
    if number.value is not None and number.value >= 1 and not share:
        end = _past_partitive(tokens, end, is_russian=is_russian)
    # What is counted may go on after the passage, but not in the midst of it.
    noun, end = _noun(tokens, end, inside if end < inside else len(tokens))
    if not noun:
        return share
    verb = verb_after(tokens, end)
    if verb is None:
        return ""
    words = " ".join([share, *noun, *verb]) if share else " ".join([*noun, *verb])
    return words[:_LONGEST_COUNTED]


def _past_case_ending(tokens: Sequence[NumeralToken], end: int) -> int:
    """Return where a number ends with its ending, as of `15-ти`."""
    if end + 1 >= len(tokens) or tokens[end].text not in DASHES:
        return end
    if tokens[end + 1].lower in _CASE_ENDINGS:
        return end + 2
    return end


def _share(
    tokens: Sequence[NumeralToken], end: int, *, is_russian: bool
) -> tuple[str, int]:
    """Return the word for a share after a number, empty where it is none, and its end."""
    if lower_at(tokens, end) == "%":
        return "процентов" if is_russian else "percent", end + 1
    if stands(tokens, end, ("per", "cent")):
        return "percent", end + 2
    return "", end


def _past_partitive(
    tokens: Sequence[NumeralToken], at: int, *, is_russian: bool
) -> int:
    """Return where the noun begins in `of the officers`, `of the 20 officers`, `из 20
    офицеров`; `at` where it is not so."""
    if lower_at(tokens, at) not in ("of", "из"):
        return at
    end = at + 1
    has_article = lower_at(tokens, end) in ("the", "these", "those")
    if has_article:
        end += 1
    whole = number_at(tokens, end, is_russian=is_russian)
    if whole is not None:
        return whole.end
    return end if is_russian or has_article else at


def _has_noun(tokens: Sequence[NumeralToken], at: int) -> bool:
    noun, _end = _noun(tokens, at, len(tokens))
    return bool(noun)


def _noun(tokens: Sequence[NumeralToken], at: int, end: int) -> tuple[list[str], int]:
    """Return the words before `end` up to a verb's helper, a preposition or a sign, and where
    they end; none where they are too many."""
    noun: list[str] = []
    while at < end and _may_be_noun(tokens, at):
        if tokens[at].lower == "of":
            has_article = lower_at(tokens, at + 1) in ("the", "a", "an")
            after = at + 2 if has_article else at + 1
            if after >= end or not _may_be_noun(tokens, after):
                break
            noun += [token.text for token in tokens[at:after]]
            at = after
        noun.append(tokens[at].text)
        at += 1
        while at + 1 < end and _is_hyphen_in_word(tokens, at):
            noun[-1] += f"-{tokens[at + 1].text}"
            at += 2
    return (noun, at) if len(noun) <= _MOST_WORDS else ([], at)


def _may_be_noun(tokens: Sequence[NumeralToken], at: int) -> bool:
    token = tokens[at]
    if token.kind != "word":
        return False
    return token.lower not in _STOPS or token.text == "US"


def _is_hyphen_in_word(tokens: Sequence[NumeralToken], at: int) -> bool:
    if tokens[at].text not in _HYPHENS or not is_tight(tokens, at):
        return False
    return tokens[at + 1].kind == "word"


def verb_after(tokens: Sequence[NumeralToken], at: int) -> list[str] | None:
    """Return the participle after a verb's helpers, if there is one: `killed` of `have been
    killed`; None if denied."""
    begin = at
    word = lower_at(tokens, at)
    while word in _HELPERS or (at > begin and word.endswith("ly")):
        at += 1
        word = lower_at(tokens, at)
    has_helper = at > begin
    if has_helper and word in ("not", "never", "no", "не"):
        return None
    if _FATE.fullmatch(word):
        return [tokens[at].text]
    if has_helper and (_PARTICIPLE.fullmatch(word) or word in _PARTICIPLES):
        return [tokens[at].text]
    return []


def _is_month(tokens: Sequence[NumeralToken], at: int) -> bool:
    """Say whether a month's name stands there; `may` and `march` only with a capital."""
    word = lower_at(tokens, at)
    if word in ("may", "march"):
        return tokens[at].text[0].isupper()
    return word in _MONTHS


_YEAR = re.compile("1[89][0-9]{2}|20[0-9]{2}")
_LONGEST_MONTH = 31
_HALVES_OF_DAY = frozenset(("pm", "am", "p.m.", "a.m.", "o'clock", "o’clock"))
# Characters of what is counted.
_LONGEST_COUNTED = 200
# Words of a noun with what is said of it.
_MOST_WORDS = 6
# Tokens.
_LONGEST_DATE = 8


def _word_set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_HYPHENS = frozenset("-‐‑")
_BETWEEN = _word_set("to or до или", *DASHES)
_JOINING_DATES = _word_set(", and or to и или", *DASHES)
_CASE_ENDINGS = _word_set("ти и ю тью х мя")
_MONTHS = _word_set(
    "january february march april may june july august september october november december",
    "jan feb mar apr jun jul aug sep sept oct nov dec",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
)
_YEARS = _word_set("год года году годом годы годов г гг")
_PARTS = _word_set(
    "third thirds quarter quarters fifth fifths треть трети четверть четверти"
)
# `one in five` is a share that is not written as a number.
_ODDS = frozenset({("in", "one"), ("in", "1")})
_CENTURY = _word_set("век века веке веком")
_AGE_COMPARISONS = frozenset({("older", "than"), ("younger", "than")})
_OF_SOME_AGE = _word_set(
    "people persons men women boys girls children anyone everyone nobody those adults youths workers",
    "люди людей лица лиц мужчины мужчин женщины женщин дети детей молодежь",
)
_AGES = (("years", "old"), ("years", "of", "age"))
_ORDINAL = re.compile(
    r"(?:перв|втор|четверт|пят|шест|седьм|восьм|девят|десят|\w+надцат|двадцат|тридцат|сороков|сот)"
    r"(?:ый|ой|ого|ому|ым|ом|ая|ое|ую|ые|ых|ыми)|трет(?:ий|ья|ье|ьего|ьему|ьей|ью|ьи|ьих)"
)
_LABELS = _word_set(
    "no nos № # article articles art page pages p pp section sections chapter part version volume room aged age",
    "channel flight gate route highway",
    "статья статьи статье статью статьей ст п пункт пункта страница странице стр глава главы часть части возрасте",
    "старше младше дом дома доме квартира квартире кв школа школе канал рейс автобус маршрут",
)
ONE = _word_set("one один одна одно одного одной одну одному одним одном")
# `one of the reasons`, `one by one`, `один за другим`.
_BESIDE_ONE = _word_set("of из another by after за")
_NOT_ONE = _word_set("no any every each another this that ни")
_SURELY_COUNTED = _word_set(
    "people persons men women children workers dollars euros roubles rubles tenge barrels tonnes tons days",
    "человек человека людей мужчин женщин детей рабочих долларов евро рублей тенге баррелей тонн дней",
)
_HELPERS = _word_set(
    "were was are is be been being have has had may might could would will can must reportedly also later already",
    "allegedly then now still был была было были будут будет стали стало",
)
_STOPS = _HELPERS | _word_set(
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
    r"[a-z]{2,}(?:ed|en|wn)|[а-я]{3,}(?:н|на|но|ны|т|та|то|ты|нный|нные|нных)",
    re.IGNORECASE,
)
# What is said right after a noun, with no helper between.
_FATE = re.compile(
    r"killed|died|dead|missing|injured|wounded|arrested|detained|shot"
    r"|(?:погиб|уби|ране|умер|задержан|арестован|пропал)[а-я]{0,4}"
)
_PARTICIPLES = _word_set(
    "shot hurt held left lost found come gone put set hit cut sent brought caught burnt made paid sold dead missing",
    "begun fled fired dismissed unaccounted",
)
