"""Keys of names: what is the same for all spellings that one name may have.

A name travels through scripts and newspapers: Қалмұханбет Қасымов, Калмуханбет Касымов,
Kalmukhambet Kasymov, Kalmuhambet Kassymov. `word_key` takes a written word back to letters that
do not depend on the way:

    >>> word_key("Жаңаөзен") == word_key("Zhanaozen") == word_key("Janaozen")
    True
    >>> word_key("Kasymov") == word_key("Kasymbekova")
    False

Some letters mean one thing in one language and another in the next. `readings` gives a looser
key for each language that a word may be written in, and two words are the same where they share
one:

    >>> readings("Cumabayev") & readings("Жумабаев") == readings("Жумабаев")
    True

Folding proposes and never links: Khasan and Kasan have one loose key and may be two people. Two
names are `alike` when each word of the shorter is also a word, or the initial of one, in the
longer.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from annotations.core.names.romanization_tables import (
    APOSTROPHE,
    ARTICLES,
    CHILD_OF,
    GENERICS,
    ROMANISATIONS,
    SAME_NAMES,
    SAME_PLACES,
    SON_OF,
    UZBEK_O,
)

Rules = list[tuple[re.Pattern[str], str]]

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhie", strict=True)),
        **dict(zip("әғқңөұүһі", "agknouuhi", strict=True)),
        "ё": "io",
        "ж": "j",
        "ц": "c",
        "ч": "ч",
        "ш": "ш",
        "щ": "ш",
        "ъ": "",
        "ь": "",
        "ю": "iu",
        "я": "ia",
        "є": "e",
        "ї": "i",
        "ґ": "g",
        "ў": "u",
        "ҳ": "h",
        "ӣ": "i",
        "ҷ": "j",
        "ӯ": "u",
    }
)


def _compiled(*rules: tuple[str, str]) -> Rules:
    return [(re.compile(pattern), by) for pattern, by in rules]


_SPECIAL = _compiled(  # letters with a mark that is more than a mark
    (r"ŝ", "shch"),
    (r"ç|č", "ch"),
    (r"ş|š", "sh"),
    (r"ž|ż", "zh"),
    (r"ğ|ǵ", "g"),
    (r"ŋ", "n"),
    (r"â", "ia"),
    (r"û", "iu"),
    (r"ý", "u"),
    (r"ı", "i"),
    (r"ə", "a"),
    (r"ł", "l"),
    (r"ß", "ss"),
)
_LATIN = _compiled(  # in this order; ч and ш stand for their sounds
    (r"schtsch|shtch|shtsh|chtch|shch|szcz|stch|shh", "ш"),
    (r"dsch|dzh|dsh|dj|zh", "j"),
    (r"tsch|tch|tsh|cz|(?<!s)ch", "ч"),
    (r"sch|sh|sz", "ш"),
    (r"kh", "h"),
    (r"gh", "g"),
    (r"ph", "f"),
    (r"ck|q", "k"),
    (r"ts|tz|tc", "c"),
    (r"x", "ks"),
    (r"ou|oo", "u"),
    (r"ee", "i"),
    (r"w|ff$", "v"),
    (r"y|(?<=[aeiou])j(?=e|[bcdfghklmnprstvz]|$)", "i"),
)
_ANY = _compiled(
    (r"(.)\1+", r"\1"),
    (r"(?<=[bcdfghjklmnprstvzчш])io", "e"),
    (r"(?<=[bcdfghjklmnprstvzчш])iu", "u"),
    (r"ie", "e"),
    (r"n(?=[bp])", "m"),
    (r"ng", "n"),
    (r"(.)\1+", r"\1"),
)
_PARTS = _compiled(  # parts of names that are spelled in several ways
    (r"^abd[aei]l", "abdul"),
    (r"^abd[aeiou]?[lr]?(?=[rsnztdш])", "abdu"),
    (r"(?<=..[^aeiou])[aeiu]?d[ei]n(?=e?$|ov)", "udin"),
    (r"m[aeou]ham[ae][dt]", "muhamad"),
    (r"ulo(?=$|[ei]?v)", "ula"),
    (r"(?<=[^aeiou][aeiou][^aeiou][aeiou])h$", ""),
    (r"(?<=..)jon(?=$|ov|bek)", "jan"),
    (r"(?<=..)(?<!ti)hon(?=$|ov|bek)", "han"),
    (r"ston$", "stan"),
    (r"m[iu]rz[ao]", "mirza"),
    (r"gul(?:iam|om)", "gulam"),
    (r"ibragim", "ibrahim"),
    (r"gusein", "husein"),
    (r"geidar", "heidar"),
    (r"ilgam", "ilham"),
    (r"^tagir", "tahir"),
    (r"der$", "dr"),
    (r"^kzil", "kizil"),
    (r"(?<=[jчш])ov(?=a?$)", "ev"),
)
_LOOSE = _compiled(
    (r"gu(?=[ei])", "g"),
    (r"ine$", "in"),
    (r"m[ae][dt](?=$|[aeiouj])", "mad"),
    (r"j", "i"),
    (r"h", "k"),
    (r"ч", "ш"),
    (r"[zc]", "s"),
    (r"f", "v"),
    *((pattern.pattern, by) for pattern, by in _ANY),
    (r"(?<=u)v(?=[aei])", ""),
    (r"^u(?=[aeio])|(?<=[aeo])u(?=[aeio])", "v"),
    (r"o", "u"),
    (r"ei", "ai"),
    (r"v(?=[bcdgklmnprstш]|$)|(?<=[bcdgklmnprstш])v", "u"),
    (r"(.)\1+", r"\1"),
)
_ONE_BY_ONE = str.maketrans("jeohчzcf", "iiukшssv")
"""Letters that near spellings take for one another; see `_LOOSE`, which looks at their
neighbours too."""
_DOUBLED = re.compile(r"(.)\1+")
_PATRONYMIC = re.compile(r"(?:[oe]viч|ulu)$")
_OF_A_REGION = re.compile(r"(?:[ei]n)?sk(?:aia|ai|ui|ii|i|ugu)$|[aeiou]+$")
_SURNAME = re.compile(r"(?<!^iak)(?<=...)(?:[oe]v|ski)(?:a|i|aia)?$")
_WORD = re.compile(
    rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:{APOSTROPHE}[^\W\d_]+)*{APOSTROPHE}?\.?"
)
_SERVANT_OF = re.compile(
    r"\b(abd)(?:[ -]?(?:[aeou]{1,2}l|[aeou][rsnztd]|as?sh?))?[ -]+(?=\w{3})", re.IGNORECASE
)
_ARTICLE = re.compile(
    rf"\b(?:{'|'.join(ARTICLES)})-(?=\w{{3}})|\b(?:al|el) (?=\w{{3}})", re.IGNORECASE
)
_LONG = 7
"""Letters from which a key is long enough for i and e to be taken for one another."""


@lru_cache(maxsize=200_000)
def word_key(word: str) -> str:
    """Return the key of one written word, in lower-case letters; empty where it has no letter
    that is known."""
    key = unicodedata.normalize("NFC", word).lower().translate(_CYRILLIC)
    key = _replaced(key, _SPECIAL)
    key = "".join(
        c for c in unicodedata.normalize("NFD", key) if unicodedata.category(c) == "Ll"
    )
    return _replaced(_replaced(key, _LATIN), _ANY)


@lru_cache(maxsize=200_000)
def loose_key(key: str) -> str:
    """Return a key for near spellings: what newspapers of other languages make of the same
    sounds."""
    key = _UZBEK_O.sub(lambda part: part[0].replace("o", "a"), _replaced(key, _PARTS))
    key = _replaced(key, _LOOSE)
    return key[0] + key[1:].replace("e", "i") if len(key) >= _LONG else key


def _replaced(key: str, rules: Rules) -> str:
    for pattern, by in rules:
        key = pattern.sub(by, key)
    return key


_PART_WITH_O = "|".join(map(word_key, UZBEK_O))
_UZBEK_O = re.compile(rf"^(?:{_PART_WITH_O})|(?<=..)(?:{_PART_WITH_O})(?=$|ov|[ei]v)")
_BY_LANGUAGE = [(re.compile(r.mark), _compiled(*r.rules)) for r in ROMANISATIONS.values()]
_SAME = {
    loose_key(word_key(word)): f"={number}"
    for number, line in enumerate((SAME_NAMES + SAME_PLACES).splitlines())
    for word in line.split()
}
"""By key, the number of the line in which a name is."""
_KINDS = {word: kind for kind, words in GENERICS.items() for word in words.split()}


@lru_cache(maxsize=200_000)
def readings(word: str) -> frozenset[str]:
    """Return the loose keys of a word, one for each language that it may be written in and
    reads differently."""
    keys = {_PATRONYMIC.sub("uli", key) for key in map(word_key, _written(word)) if key}
    loose = {loose_key(key) for key in keys}
    return frozenset(loose | {same for key in loose if (same := _SAME.get(key))})


@lru_cache(maxsize=200_000)
def outlines(word: str) -> frozenset[str]:
    """Return the letters of a word, folded one by one: what it begins with is folded to what
    its outline begins with.

    There is one for each language, as of `readings`. A part of a letter that is written with
    two, as the Z of Zh, is no beginning.

    >>> min(outlines("Қасым")), min(outlines("Kassymov"))
    ('kasim', 'kasimuv')
    """
    folded = (word_key(written).translate(_ONE_BY_ONE) for written in _written(word))
    return frozenset(_DOUBLED.sub(r"\1", key) for key in folded if key)


def _written(word: str) -> set[str]:
    """The word in lower case, as it is and as each language that it may be written in reads
    it."""
    plain = unicodedata.normalize("NFC", word).lower()
    return {
        plain,
        *(_replaced(plain, rules) for mark, rules in _BY_LANGUAGE if mark.search(plain)),
    }


@dataclass(frozen=True)
class _Name:
    """The words of a name that tell it from others, initials with their full stop; for a place,
    of which kind it is."""

    words: tuple[str, ...]
    kind: str = ""


def words_of(name: str) -> list[str]:
    """Return the words of a name, initials with their full stop; a comma turns “Kasymov,
    Kalmukhambet” round.

    Arabic articles and “son of” are left out, “servant of” and Serik uly are one word.
    """
    last, comma, first = unicodedata.normalize("NFC", name).partition(",")
    text = _ARTICLE.sub("", _SERVANT_OF.sub(r"\1ul", f"{first} {last}" if comma else last))
    words: list[str] = []
    for word in _WORD.findall(text):
        if words and word.lower() in CHILD_OF:
            words[-1] += word.lower()
        elif not words or word.lower() not in SON_OF:
            words.append(word)
    return words


def alike(one: str, other: str) -> bool:
    """Say whether two written names may be spellings of one: the same words, some of them
    perhaps left out.

    Each word of the shorter must be a word of the longer, or an initial of one or for one, and
    at least one must match whole. A single word must be where a surname stands in the other. A
    region is not the town it is named for.
    """
    shorter, longer = sorted((_parsed(one), _parsed(other)), key=lambda name: len(name.words))
    if not shorter.words or not _may_be_of_one_kind(shorter.kind, longer.kind):
        return False
    if len(shorter.words) < len(longer.words) and _same(
        "".join(shorter.words), "".join(longer.words)
    ):
        return True
    if len(shorter.words) == 1:
        return any(
            _same(shorter.words[0], surname, shorter.kind)
            for surname in surnames_in(longer.words)
        )
    return _is_contained(shorter.words, longer.words)


def keys_of(name: str) -> set[str]:
    """Return keys of which two names that are `alike` share one: of its words, and of words
    next to each other as one.

    What says of which kind a place is has none, nor have initials.
    """
    name_parsed = _parsed(name)
    words = name_parsed.words
    joined = [*map("".join, pairwise(words)), "".join(words)]
    keys = frozenset(
        key for word in (*words, *joined) if not _is_initial(word) for key in readings(word)
    )
    return set(_of_a_region(keys) if name_parsed.kind == "region" else keys) - {""}


@lru_cache(maxsize=200_000)
def _parsed(name: str) -> _Name:
    words = words_of(name)
    kinds = [_kind_of(word) for word in words]
    own = [word for word, kind in zip(words, kinds, strict=True) if not kind and word != "of"]
    return _Name(tuple(own), next(filter(None, kinds), "")) if own else _Name(tuple(words))


def _kind_of(word: str) -> str:
    """The kind of place that a word says; a short one with a capital is an initial (г., Г.)."""
    generic = word.rstrip(".").lower()
    return _KINDS.get(generic, "") if len(generic) > 2 or word.islower() else ""


def _may_be_of_one_kind(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"", "town", "village"}


def _is_contained(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    left, whole = list(longer), 0
    for word in shorter:
        found = next((w for w in left if _same(word, w)), None) or next(
            (w for w in left if _initial(word, w)), None
        )
        parts = (
            [found] if found else _parts_of(word, left) if len(shorter) < len(longer) else []
        )
        if not parts:
            return False
        whole += not (_is_initial(word) or _is_initial(parts[0]))
        for part in parts:
            left.remove(part)
    return whole > 0


def _parts_of(word: str, words: list[str]) -> list[str]:
    """Two words next to each other that are one word elsewhere (Kul Mukhammed)."""
    return next(
        ([one, other] for one, other in pairwise(words) if _same(word, one + other)), []
    )


def surnames_in(words: tuple[str, ...]) -> list[str]:
    """The words of a full name that may be the surname: the last, and the first where it looks
    like one."""
    first, last = words[0], words[-1]
    if any(key.endswith("uli") for key in readings(last)):
        return [last, first]
    in_front = (
        _is_initial(last)
        or (first.isupper() and not last.isupper())
        or _is_slavic(first) > _is_slavic(last)
    )
    return [first if in_front and not _is_initial(first) else last]


def _is_slavic(word: str) -> bool:
    return bool(_SURNAME.search(word_key(word)))


def _same(one: str, other: str, kind: str = "") -> bool:
    if _is_initial(one) or _is_initial(other):
        return False
    keys, others = readings(one), readings(other)
    if kind == "region":
        keys, others = _of_a_region(keys), _of_a_region(others)
    return not keys.isdisjoint(others)


def _of_a_region(keys: frozenset[str]) -> frozenset[str]:
    """Keys without the ending of a Russian adjective: Мангистауская область."""
    return keys | {_OF_A_REGION.sub("", key) for key in keys}


def _is_initial(word: str) -> bool:
    return word.endswith(".") or len(word) == 1


def _initial(one: str, other: str) -> bool:
    """Say whether one of two words is an initial, and the letter with which the other
    begins."""
    if not (_is_initial(one) or _is_initial(other)):
        return False
    letters = {key[:1] for key in map(word_key, (one, other))}
    return len(letters) == 1 or {one[0].lower(), other[0].lower()} == {"y"}
