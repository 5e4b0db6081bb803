"""What a passage counts: the figure that its words give, in English and Russian, for an editor to see and correct.

    >>> read_figure("at least 15 people were killed")
    Reading(low=Decimal('15'), high=None, qualifier='at_least', counted='people killed')
    >>> read_figure("от двух до трёх тысяч человек").high
    Decimal('3000')

The first number that counts something is taken. Dates, years, clock times, ages, ordinals, fractions and the numbers
of pages or articles count nothing. Nothing is guessed: a number that could be two gives no figure, and of `dozens` only
what is sure is taken, more than 12 (see `annotations.numerals`). `nearly 15` is read as about 15, `as many as 15` as
at most 15.

`counted` is the noun behind the number, as it stands there, with the verb that is said of it; empty where unsure.
Not covered: Kazakh, of which a passage with its own letters is not read at all, and numbers behind their noun
(`человек пятнадцать`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

from annotations.inflection import is_cyrillic
from annotations.numerals import DASHES, Number, Token, bound_at, cut, is_tight, number_at

_KAZAKH = re.compile(r"[әғқңөұүһі]|\bастам\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """A figure as `annotations.models.Figure` keeps it; `high` only for a range, and greater than `low`."""

    low: Decimal
    high: Decimal | None
    qualifier: str
    counted: str


def read_figure(words: str, after: str = "") -> Reading | None:
    """Return the figure that the passage `words` gives; None where it gives none, or none that is sure.

    What is counted may go on in the text `after` the passage: `15 people` of `15 people were killed`. A number that
    goes on there is not read: `15` of `15 thousand`.
    """
    if _KAZAKH.search(words):
        return None
    is_russian = is_cyrillic(words)
    alone, tokens = cut(words), cut(words + after)
    inside = len(alone)
    if not alone or tokens[: inside - 1] != alone[:-1]:
        return None
    if alone[-1].kind == "digits" and tokens[inside - 1] != alone[-1]:
        return None
    first = None
    for number, high in _counting(tokens, inside, is_russian=is_russian):
        reading = _read(tokens, inside, number, high, is_russian=is_russian)
        if reading is None or reading.counted:
            return reading
        first = first or reading
    return first


@dataclass(frozen=True)
class Counted:
    """A figure in a text: `reading` is what it says, and the number stands in `text[start:end]` (code points)."""

    reading: Reading
    start: int
    end: int


def figures_in(text: str) -> Iterator[Counted]:
    """Yield every figure that a sentence or a paragraph gives of something that it names.

    >>> [(text.reading.low, text.reading.counted) for text in figures_in("14 people died, and 3 cars burned.")]
    [(Decimal('14'), 'people died'), (Decimal('3'), 'cars burned')]
    """
    if _KAZAKH.search(text):
        return
    tokens, is_russian = cut(text), is_cyrillic(text)
    for number, high in _counting(tokens, len(tokens), is_russian=is_russian):
        reading, end = _read(tokens, len(tokens), number, high, is_russian=is_russian), (high or number).end
        if reading and not reading.counted:
            reading = replace(reading, counted=" ".join(_verb(tokens, end) or []))  # 14 were killed
        if reading and reading.counted:
            first = tokens[number.start]
            yield Counted(reading, first.end - len(first.text), tokens[end - 1].end)


def _counting(tokens: Sequence[Token], inside: int, *, is_russian: bool) -> Iterator[tuple[Number, Number | None]]:
    """Yield the numbers in `tokens[:inside]` that may count something, and the other end of their range."""
    at, date_end = 0, -_LONGEST_DATE
    while at < inside:
        number = number_at(tokens, at, is_russian=is_russian) or bound_at(tokens, at)
        if number is None:
            date_end = at + 1 if tokens[at].kind == "moment" else date_end
            at += 1
            continue
        high = None if number.is_bound else _other_end(tokens, number, is_russian=is_russian)
        end = high.end if high else number.end
        if end > inside:
            return
        is_joined = 0 <= at - date_end < _LONGEST_DATE and all(t.lower in _JOINING for t in tokens[date_end:at])
        if (is_joined and not _noun(tokens, end, len(tokens))[0]) or _counts_nothing(tokens, at, end):
            date_end = end  # December 16 and 17
        else:
            yield number, high
        at = end


def _other_end(tokens: Sequence[Token], number: Number, *, is_russian: bool) -> Number | None:
    """The upper number of a range: `12 to 15`, `12–15`, `от 12 до 15`, `between 12 and 15`, `20 или 30`."""
    at = number.end + 1 if _lower(tokens, number.end) == "%" else number.end
    before = _lower(tokens, _qualifier(tokens, number.start)[1] - 1)
    if _lower(tokens, at) in _BETWEEN or (_lower(tokens, at), before) in (("and", "between"), ("и", "между")):
        at += 2 if _lower(tokens, at + 1) in _CURRENCIES else 1
        return number_at(tokens, at, is_russian=is_russian)
    return None


def _read(
    tokens: Sequence[Token], inside: int, number: Number, high: Number | None, *, is_russian: bool
) -> Reading | None:
    end = high.end if high else number.end
    qualifier, _begin = _qualifier(tokens, number.start)
    counted = _counted(tokens, inside, number, end, is_russian=is_russian)
    low, upper = number.value, high.value if high else None
    if number.is_bound:
        return Reading(low, None, "more_than", counted) if low and qualifier in _BELOW else None
    if low is None or (high and upper is None):
        return None
    if upper is not None:
        if number.scale == 1 and high and low * high.scale < upper and low < 1000:
            low *= high.scale  # 1.2 to 1.5 million
        if upper <= low:
            return None
        return Reading(low, upper, "about" if qualifier == "about" else "between", counted)
    for phrase, meaning in _BEHIND.items():
        if _stands(tokens, end, phrase):
            qualifier, end = meaning, end + len(phrase)
            counted = _counted(tokens, inside, number, end, is_russian=is_russian)
            break
    if qualifier == "exactly":
        qualifier = _added(tokens, end, is_russian=is_russian)
    return Reading(low, None, qualifier, counted)


def _added(tokens: Sequence[Token], end: int, *, is_russian: bool) -> str:
    """What is added behind the noun: `15 people at least`, but not `15 people, at least 5 of them women`."""
    for at in range(end, min(end + _MOST_WORDS, len(tokens))):
        for phrase, meaning in _ADDED.items():
            if _stands(tokens, at, phrase) and not number_at(tokens, at + len(phrase), is_russian=is_russian):
                return meaning
        if tokens[at].text in (".", ";", "\n"):
            break
    return "exactly"


def _qualifier(tokens: Sequence[Token], start: int) -> tuple[str, int]:
    """What the words before a number make of it, and where they begin."""
    while start and tokens[start - 1].lower in _PASSED_OVER:
        start -= 1
    for length in range(min(_LONGEST, start), 0, -1):
        phrase = tuple(token.lower for token in tokens[start - length : start])
        if phrase in _BEFORE:
            return _BEFORE[phrase], start - length
    return "exactly", start


def _counts_nothing(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the number in `tokens[start:end]` is a date, a time, an age, a part, or the number of a thing."""
    before, behind = _lower(tokens, start - 1), _lower(tokens, end)
    if before in _LABELS or (before == "." and _lower(tokens, start - 2) in _LABELS):
        return True
    if tokens[start].lower in _ONE and (behind in ("of", "из", "another") or before in _NOT_ONE):
        return True
    if (before, _lower(tokens, start - 2)) in _ODDS or (behind, tokens[start].lower) in _ODDS:
        return True
    if behind in _PARTS or _ORDINAL.fullmatch(behind) or any(_stands(tokens, end, phrase) for phrase in _AGES):
        return True
    if before == "," and behind in (",", ")"):
        return True  # Petrov, 24, said
    return _is_glued(tokens, start, end) or _is_time(tokens, start, end) or _is_year(tokens, start, end)


def _is_glued(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether letters belong to the number: `KPO-15`, `16-го`, `71-year-old`, `twenty-first`, `10am`."""
    before, behind = _lower(tokens, start - 1), _lower(tokens, end)
    if before in _HYPHENS and start > 1 and is_tight(tokens, start - 1):
        return True
    if behind in _HYPHENS and end + 1 < len(tokens) and is_tight(tokens, end):
        return _lower(tokens, end + 1) not in _CASE_ENDINGS
    is_unit = end < len(tokens) and tokens[end].kind == "word" and tokens[end].is_glued
    return is_unit and tokens[end - 1].kind == "digits"


def _is_time(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether it is a day of a month or an hour: `16 and 17 December`, `Dec. 16`, `в 15 часов`, `5 p.m.`."""
    before, behind = _lower(tokens, start - 1), _lower(tokens, end)
    if behind in ("pm", "am", "p.m.", "a.m.", "o'clock", "o’clock") or any(
        _stands(tokens, end, (half, ".", "m")) for half in "ap"
    ):
        return True
    if before in ("в", "at") and behind in ("час", "часа", "часов"):
        return True
    if not is_cyrillic(before) and (
        _is_month(tokens, start - 1) or (before == "." and _is_month(tokens, start - 2) and start > 1)
    ):
        return True
    further = tokens[end : end + _LONGEST_DATE]
    joined = takewhile(lambda token: token.lower in _JOINING or token.kind == "digits", further)
    return _is_month(tokens, end + len(list(joined)))


def _is_year(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether it is a year: four digits and no separator, unless it is qualified or counts people or money."""
    first, is_qualified = tokens[start], _qualifier(tokens, start)[0] != "exactly"
    if first.kind != "digits" or not re.fullmatch("1[89][0-9]{2}|20[0-9]{2}", first.text):
        return False
    if _lower(tokens, start - 1) in _CURRENCIES:
        return False
    if end - start > 1:  # a multiplier or a range: 2000 million, 2011–2012
        return tokens[end - 1].kind == "digits" and not is_qualified
    behind = tokens[end] if end < len(tokens) else None
    if behind is None or behind.kind != "word" or behind.lower in _STOPS or behind.lower in _YEARS:
        return behind is None or behind.lower not in ("%", *_CURRENCIES)
    return not is_qualified and (behind.lower not in _SURELY_COUNTED or _lower(tokens, start - 1) in _STOPS)


def _counted(tokens: Sequence[Token], inside: int, number: Number, end: int, *, is_russian: bool) -> str:
    """The words behind a number that say what is counted."""
    for sign in (_lower(tokens, number.start - 1), _lower(tokens, end)):
        if sign in _CURRENCIES:
            return _CURRENCIES[sign][is_russian]
    if end + 1 < len(tokens) and tokens[end].text in DASHES and _lower(tokens, end + 1) in _CASE_ENDINGS:
        end += 2
    share = ""
    if _lower(tokens, end) == "%":
        share, end = "процентов" if is_russian else "percent", end + 1
    elif _stands(tokens, end, ("per", "cent")):
        share, end = "percent", end + 2
    while _lower(tokens, end) in _MORE:
        end += 1
    if number.value is not None and number.value >= 1 and not share:
        end += 2 if _stands(tokens, end, ("of", "the")) else 0
    noun, end = _noun(tokens, end, inside if end < inside else len(tokens))
    if not noun and share:
        return share
    verb = _verb(tokens, end)
    return " ".join([share] * bool(share) + noun + verb)[:_LONGEST_COUNTED] if verb is not None and noun else ""


def _noun(tokens: Sequence[Token], at: int, end: int) -> tuple[list[str], int]:
    """The words before `end` up to a verb's helper, a preposition or a sign; none where they are too many."""
    noun: list[str] = []
    while at < end and _may_be_noun(tokens, at):
        if tokens[at].lower == "of":
            behind = at + 2 if _lower(tokens, at + 1) in ("the", "a", "an") else at + 1
            if behind >= end or not _may_be_noun(tokens, behind):
                break
            noun += [token.text for token in tokens[at:behind]]
            at = behind
        noun.append(tokens[at].text)
        at += 1
        while at + 1 < end and tokens[at].text in _HYPHENS and is_tight(tokens, at) and tokens[at + 1].kind == "word":
            noun[-1] += f"-{tokens[at + 1].text}"
            at += 2
    return (noun, at) if len(noun) <= _MOST_WORDS else ([], at)


def _may_be_noun(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return token.kind == "word" and (token.lower not in _STOPS or token.text == "US")


def _verb(tokens: Sequence[Token], at: int) -> list[str] | None:
    """The participle behind a verb's helpers, if there is one: `killed` of `have been killed`; None if denied."""
    begin = at
    while _lower(tokens, at) in _HELPERS or (at > begin and _lower(tokens, at).endswith("ly")):
        at += 1
    word = _lower(tokens, at)
    if at > begin and word in ("not", "never", "no", "не"):
        return None
    if _FATE.fullmatch(word) or (at > begin and (_PARTICIPLE.fullmatch(word) or word in _PARTICIPLES)):
        return [tokens[at].text]
    return []


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _stands(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    return tuple(_lower(tokens, at + n) for n in range(len(phrase))) == phrase


def _is_month(tokens: Sequence[Token], at: int) -> bool:
    """Whether a month's name stands there; `may` and `march` only with a capital."""
    word = _lower(tokens, at)
    return word in _MONTHS and (word not in ("may", "march") or tokens[at].text[0].isupper())


def _phrases(meanings: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {
        tuple(token.lower for token in cut(phrase)): meaning
        for meaning, phrases in meanings.items()
        for phrase in phrases.split(" | ")
    }


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
_BEHIND = _phrases(
    {
        "at_least": "or more | + | и более | или более | и больше | или больше",
        "at_most": "or fewer | or less | и менее | или менее",
        "about": "or so",
        "more_than": "с лишним",
    }
)
_ADDED = _phrases(
    {"at_least": "at least | как минимум | по меньшей мере | по крайней мере", "at_most": "at most | самое большее"}
)
_BELOW = frozenset({"exactly", "at_least", "more_than", "about"})
"""What may stand before `dozens` without saying that there may be fewer."""
_LONGEST = max(map(len, _BEFORE))
_LONGEST_COUNTED, _MOST_WORDS, _LONGEST_DATE = 200, 6, 8
"""In characters, in words, in tokens."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_CURRENCIES = {
    "$": ("dollars", "долларов"),
    "€": ("euros", "евро"),
    "£": ("pounds", "фунтов"),
    "₽": ("roubles", "рублей"),
    "₸": ("tenge", "тенге"),
}
_PASSED_OVER = _words("a an the us another other further additional еще другие других", *_CURRENCIES)
_MORE = _words("more other others another further additional еще")
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
_AGES = (("years", "old"), ("years", "of", "age"))
_ORDINAL = re.compile(
    r"(?:перв|втор|четверт|пят|шест|седьм|восьм|девят|десят|\w+надцат|двадцат|тридцат|сороков|сот)"
    r"(?:ый|ой|ого|ому|ым|ом|ая|ое|ую|ые|ых|ыми)|трет(?:ий|ья|ье|ьего|ьему|ьей|ью|ьи|ьих)"
)
_LABELS = _words(
    "no nos № # article articles art page pages p pp section sections chapter part version volume room aged age",
    "статья статьи статье статью статьей ст п пункт пункта страница странице стр глава главы часть части возрасте",
)
_ONE = _words("one один одна одно одного одной одну одному одним одном")
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
    "whose but if since until before between against among because over under about around through out up down off",
    "the a an this these those he she it they we i you his her its their them us me him my our your not never no said",
    "say says told according each every there here per",
    "в во на по из с со у к ко за от до при для о об обо под над без через после перед между против среди около и а но",
    "или да что чтобы который которая которое которые которых которым кто как когда где если пока не ни это эти этих",
    "он она оно они его ее их мы вы я то так же также сообщил сообщила сообщили заявил заявила заявили сказал сказала",
    "сказали",
)
_PARTICIPLE = re.compile(r"[a-z]{2,}(?:ed|en|wn)|[а-я]{3,}(?:н|на|но|ны|т|та|то|ты|нный|нные|нных)", re.IGNORECASE)
_FATE = re.compile(
    r"killed|died|dead|missing|injured|wounded|arrested|detained|shot"
    r"|(?:погиб|уби|ране|умер|задержан|арестован|пропал)[а-я]{0,4}"
)
"""What is said right behind a noun, with no helper between."""
_PARTICIPLES = _words(
    "shot hurt held left lost found come gone put set hit cut sent brought caught burnt made paid sold dead missing",
    "begun fled fired dismissed unaccounted",
)
