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
names are alike (`are_alike`) when each word of the shorter is also a word, or the initial of one, in the
longer.

    >>> are_alike("K. Kasymov", "Қалмұханбет Қасымов"), are_alike("Kasymov", "Janar Kasymbekova")
    (True, False)

The rules of a group apply one after another, each to what the one before it left, so their
order matters: `shch` must be read before `sh` and `ch`.
"""

import re
import unicodedata
from collections.abc import Iterable
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

# Patterns, each with what replaces it, in order.
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
    return [(re.compile(pattern), replacement) for pattern, replacement in rules]


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
_ANY_RULES = (
    (r"(.)\1+", r"\1"),
    (r"(?<=[bcdfghjklmnprstvzчш])io", "e"),
    (r"(?<=[bcdfghjklmnprstvzчш])iu", "u"),
    (r"ie", "e"),
    (r"n(?=[bp])", "m"),
    (r"ng", "n"),
    (r"(.)\1+", r"\1"),
)
_ANY = _compiled(*_ANY_RULES)
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
    *_ANY_RULES,
    (r"(?<=u)v(?=[aei])", ""),
    (r"^u(?=[aeio])|(?<=[aeo])u(?=[aeio])", "v"),
    (r"o", "u"),
    (r"ei", "ai"),
    (r"v(?=[bcdgklmnprstш]|$)|(?<=[bcdgklmnprstш])v", "u"),
    (r"(.)\1+", r"\1"),
)
# Letters that near spellings take for one another; see `_LOOSE`, which looks at their
# neighbours too.
_ONE_BY_ONE = str.maketrans("jeohчzcf", "iiukшssv")
_DOUBLED = re.compile(r"(.)\1+")
_PATRONYMIC = re.compile(r"(?:[oe]viч|ulu)$")
_OF_A_REGION = re.compile(r"(?:[ei]n)?sk(?:aia|ai|ui|ii|i|ugu)$|[aeiou]+$")
_SURNAME = re.compile(r"(?<!^iak)(?<=...)(?:[oe]v|ski)(?:a|i|aia)?$")
_WORD = re.compile(
    rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:{APOSTROPHE}[^\W\d_]+)*{APOSTROPHE}?\.?"
)
_SERVANT_OF = re.compile(
    r"\b(abd)(?:[ -]?(?:[aeou]{1,2}l|[aeou][rsnztd]|as?sh?))?[ -]+(?=\w{3})",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    rf"\b(?:{'|'.join(ARTICLES)})-(?=\w{{3}})|\b(?:al|el) (?=\w{{3}})", re.IGNORECASE
)
# Letters from which a key is long enough for i and e to be taken for one another.
_LONG = 7


@lru_cache(maxsize=200_000)
def word_key(word: str) -> str:
    """Return the key of one written word, in lower-case letters; empty where it has no letter
    that is known."""
    key = unicodedata.normalize("NFC", word).lower().translate(_CYRILLIC)
    # Letters whose mark matters go first; then all other marks are taken off.
    key = _apply(_SPECIAL, key)
    decomposed = unicodedata.normalize("NFD", key)
    key = "".join(c for c in decomposed if unicodedata.category(c) == "Ll")
    return _apply(_ANY, _apply(_LATIN, key))


@lru_cache(maxsize=200_000)
def loose_key(key: str) -> str:
    """Return a key for near spellings: what newspapers of other languages make of the same
    sounds."""
    key = _apply(_PARTS, key)
    key = _UZBEK_PART.sub(_with_a_for_o, key)
    key = _apply(_LOOSE, key)
    if len(key) < _LONG:
        return key
    return key[0] + key[1:].replace("e", "i")


def _apply(rules: Rules, key: str) -> str:
    for pattern, replacement in rules:
        key = pattern.sub(replacement, key)
    return key


def _with_a_for_o(part: re.Match[str]) -> str:
    return part[0].replace("o", "a")


def _same_name_keys() -> dict[str, str]:
    """Return, by loose key, a key that all names of one line of the tables share."""
    shared_keys = {}
    for number, line in enumerate((SAME_NAMES + SAME_PLACES).splitlines()):
        for word in line.split():
            shared_keys[loose_key(word_key(word))] = f"={number}"
    return shared_keys


def _kinds_of_places() -> dict[str, str]:
    """Return the kind of place, such as `region`, by each word that says it."""
    kinds = {}
    for kind, words in GENERICS.items():
        kinds.update(dict.fromkeys(words.split(), kind))
    return kinds


_PART_WITH_O = "|".join(map(word_key, UZBEK_O))
_UZBEK_PART = re.compile(
    rf"^(?:{_PART_WITH_O})|(?<=..)(?:{_PART_WITH_O})(?=$|ov|[ei]v)"
)
# For each language a pattern of words that may be in it, and how it is read.
_LANGUAGES = [(re.compile(r.mark), _compiled(*r.rules)) for r in ROMANISATIONS.values()]
_SAME_NAME_KEYS = _same_name_keys()
_KINDS = _kinds_of_places()


@lru_cache(maxsize=200_000)
def readings(word: str) -> frozenset[str]:
    """Return the loose keys of a word, one for each language that it may be written in and
    reads differently."""
    keys = set()
    for spelling in _english_spellings(word):
        key = word_key(spelling)
        if not key:
            continue
        key = loose_key(_PATRONYMIC.sub("uli", key))
        keys.add(key)
        if key in _SAME_NAME_KEYS:
            keys.add(_SAME_NAME_KEYS[key])
    return frozenset(keys)


@lru_cache(maxsize=200_000)
def outlines(word: str) -> frozenset[str]:
    """Return the letters of a word, folded one by one: what it begins with is folded to what
    its outline begins with.

    There is one for each language, as of `readings`. A part of a letter that is written with
    two, as the Z of Zh, is no beginning.

    >>> min(outlines("Қасым")), min(outlines("Kassymov"))
    ('kasim', 'kasimuv')
    """
    folded_keys = set()
    for spelling in _english_spellings(word):
        key = word_key(spelling).translate(_ONE_BY_ONE)
        if key:
            folded_keys.add(_DOUBLED.sub(r"\1", key))
    return frozenset(folded_keys)


def _english_spellings(word: str) -> set[str]:
    """Return the word in lower case, as it is and as each language that it may be written in
    reads it."""
    lower = unicodedata.normalize("NFC", word).lower()
    spellings = {lower}
    for mark, rules in _LANGUAGES:
        if mark.search(lower):
            spellings.add(_apply(rules, lower))
    return spellings


@dataclass(frozen=True)
class _ParsedName:
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
    text = f"{first} {last}" if comma else last
    text = _ARTICLE.sub("", _SERVANT_OF.sub(r"\1ul", text))
    words: list[str] = []
    for word in _WORD.findall(text):
        lower = word.lower()
        if words and lower in CHILD_OF:
            words[-1] += lower
        elif not words or lower not in SON_OF:
            words.append(word)
    return words


def are_alike(name: str, other: str) -> bool:
    """Say whether two written names may be spellings of one: the same words, some of them
    perhaps left out.

    Each word of the shorter must be a word of the longer, or an initial of one or for one, and
    at least one must match whole. A single word must be where a surname stands in the other. A
    region is not the town it is named for.
    """
    shorter, longer = _parsed(name), _parsed(other)
    if len(longer.words) < len(shorter.words):
        shorter, longer = longer, shorter
    if not shorter.words or not _may_be_of_one_kind(shorter.kind, longer.kind):
        return False
    is_shorter = len(shorter.words) < len(longer.words)
    if is_shorter and _share_reading("".join(shorter.words), "".join(longer.words)):
        return True  # Kul Mukhammed and Kulmukhammed
    if len(shorter.words) > 1:
        return _is_contained(shorter.words, longer.words)
    surnames = surnames_in(longer.words)
    return any(
        _share_reading(shorter.words[0], name, shorter.kind) for name in surnames
    )


def keys_of(name: str) -> set[str]:
    """Return keys of which two names that are alike share one: of its words, and of words next
    to each other as one.

    What says of which kind a place is has none, nor have initials.
    """
    parsed = _parsed(name)
    words = parsed.words
    joined_words = ["".join(pair) for pair in pairwise(words)]
    keys: set[str] = set()
    for word in (*words, *joined_words, "".join(words)):
        if not _is_initial(word):
            keys |= readings(word)
    if parsed.kind == "region":
        keys |= _without_region_endings(keys)
    keys.discard("")
    return keys


@lru_cache(maxsize=200_000)
def _parsed(name: str) -> _ParsedName:
    words = words_of(name)
    own_words = []
    kind_of_place = ""
    for word in words:
        kind = _kind_of(word)
        kind_of_place = kind_of_place or kind
        if not kind and word != "of":
            own_words.append(word)
    if not own_words:  # a name that is nothing but such a word is a name all the same
        return _ParsedName(tuple(words))
    return _ParsedName(tuple(own_words), kind_of_place)


def _kind_of(word: str) -> str:
    """Return the kind of place that a word says; a short one with a capital is an initial (г.,
    Г.)."""
    generic = word.rstrip(".").lower()
    if len(generic) <= 2 and not word.islower():
        return ""
    return _KINDS.get(generic, "")


def _may_be_of_one_kind(kind: str, other: str) -> bool:
    return kind == other or {kind, other} <= {"", "town", "village"}


def _is_contained(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    unmatched = list(longer)
    whole_matches = 0
    for word in shorter:
        counterparts = _counterparts(word, unmatched)
        if not counterparts and len(shorter) < len(longer):
            counterparts = _parts_of(word, unmatched)
        if not counterparts:
            return False
        if not _is_initial(word) and not _is_initial(counterparts[0]):
            whole_matches += 1
        for counterpart in counterparts:
            unmatched.remove(counterpart)
    return whole_matches > 0


def _counterparts(word: str, words: list[str]) -> list[str]:
    """Return the first of `words` that is the same word, or else the first that is its initial
    or that it is an initial of; a list of one, or none."""
    for other in words:
        if _share_reading(word, other):
            return [other]
    for other in words:
        if _is_initial_for(word, other):
            return [other]
    return []


def _parts_of(word: str, words: list[str]) -> list[str]:
    """Return two words next to each other that are one word elsewhere (Kul Mukhammed)."""
    for first, second in pairwise(words):
        if _share_reading(word, first + second):
            return [first, second]
    return []


def surnames_in(words: tuple[str, ...]) -> list[str]:
    """Return the words of a full name that may be the surname: the last, and the first where it
    looks like one."""
    first, last = words[0], words[-1]
    if any(key.endswith("uli") for key in readings(last)):
        return [last, first]  # a patronymic stands last, or is the surname
    if _is_initial(first) or not _stands_surname_first(first, last):
        return [last]
    return [first]


def _stands_surname_first(first: str, last: str) -> bool:
    if _is_initial(last):
        return True
    if first.isupper() and not last.isupper():
        return True  # KASYMOV Kalmukhambet
    return _is_slavic_surname(first) and not _is_slavic_surname(last)


def _is_slavic_surname(word: str) -> bool:
    return bool(_SURNAME.search(word_key(word)))


def _share_reading(word: str, other: str, kind: str = "") -> bool:
    if _is_initial(word) or _is_initial(other):
        return False
    keys, other_keys = readings(word), readings(other)
    if kind == "region":
        keys |= _without_region_endings(keys)
        other_keys |= _without_region_endings(other_keys)
    return not keys.isdisjoint(other_keys)


def _without_region_endings(keys: Iterable[str]) -> set[str]:
    """Return keys without the ending of a Russian adjective: Мангистауская область."""
    return {_OF_A_REGION.sub("", key) for key in keys}


def _is_initial(word: str) -> bool:
    return word.endswith(".") or len(word) == 1


def _is_initial_for(word: str, other: str) -> bool:
    """Say whether one of two words is an initial, and the letter with which the other
    begins."""
    if not _is_initial(word) and not _is_initial(other):
        return False
    if word_key(word)[:1] == word_key(other)[:1]:
        return True
    # The key of Y alone is i, and that of Yerlan begins with e.
    return word[0].lower() == other[0].lower() == "y"
