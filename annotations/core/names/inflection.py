"""How names are inflected in Russian and Kazakh, so that Касымову and Қасымовтың are found as
Касымов and Қасымов.

Russian inflects every word of a name, and most endings replace letters: `russian_inflections`
lists the cases of a name, all its words in the same case. Kazakh sets one of a closed list of
endings after the last word and changes nothing before it: `is_kazakh_ending` recognises what
stands after a known name. What is in Aktau, Ақтаудағы, mentions it as well; who comes from
there, ақтаулық, does not.

    >>> "Калмуханбетом Касымовым" in russian_inflections("Калмуханбет Касымов")
    True
    >>> is_kazakh_ending("тың")
    True

Covered: surnames in -ов, -ев, -ин, -ын and in -ский, -цкий, theirs of women, given names and
surnames that end in a consonant, -ь, -й, -а, -я and -ая. Not covered: plurals (Касымовы are
several people), diminutives, names that do not follow the pattern of their ending (Лев, Льва),
and any language but these two.

Some inflections of a man's name are also those of a woman's: Касымова is of him, or her.
`russian_inflections` says so of each.
"""

import re
from functools import lru_cache

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CONSONANTS = "бвгджзйклмнпрстфхцчшщғқңһ"
# After these Russian spells и and never ы.
_BEFORE_GENITIVE_I = "гкхжчшщ"
_BEFORE_INSTRUMENTAL_EM = "жчшщц"

_CASES = ("genitive", "dative", "accusative", "instrumental", "prepositional")

_MASCULINE_SURNAME = re.compile(r"(?:[ое]в|ёв|[иы]н)$")
_FEMININE_SURNAME = re.compile(r"(?:[ое]ва|ёва|[иы]на)$")

_KAZAKH_CASES = frozenset(
    "ның нің дың дің тың тің ға ге қа ке ны ні ды ді ты ті да де та те "
    "дан ден тан тен нан нен мен бен пен дағы дегі тағы тегі".split()
)
# After which Kazakh endings begin with a voiceless consonant too.
_VOICELESS = "бвгдкқпстфхһцчшщ"
_VOICELESS_BEGINNINGS = ("т", "қ", "к", "п")
_KAZAKH_PLURALS = ("лар", "лер", "дар", "дер", "тар", "тер")
_PLURAL_LENGTH = 3


def is_cyrillic(words: str) -> bool:
    return bool(_CYRILLIC.search(words))


def is_kazakh_ending(letters: str) -> bool:
    """Say whether `letters`, right after a name, are a Kazakh case ending, with or without the
    plural's."""
    if letters in _KAZAKH_CASES:
        return True
    if not letters.startswith(_KAZAKH_PLURALS):
        return False
    case = letters[_PLURAL_LENGTH:]
    return not case or case in _KAZAKH_CASES


def is_inflection_of(spelling: str, name: str) -> bool:
    """Say whether `spelling` is the Cyrillic `name` in a case of Russian or Kazakh; one
    that may be a woman's name is not.

    >>> is_inflection_of("Алматыда", "Алматы"), is_inflection_of("Алматы", "Алма")
    (True, False)
    """
    if russian_inflections(name).get(spelling) is False:
        return True
    ending = spelling.removeprefix(name)
    if ending == spelling or not is_kazakh_ending(ending):
        return False
    ends_voiceless = name[-1].lower() in _VOICELESS
    return ending.startswith(_VOICELESS_BEGINNINGS) == ends_voiceless


@lru_cache(maxsize=65536)
def russian_inflections(name: str) -> dict[str, bool]:
    """Return the inflections of `name` other than itself, each with whether it may as well be
    of a woman's surname.

    Empty for names that are not in Cyrillic letters.
    """
    words = name.split()
    if not words or not is_cyrillic(name):
        return {}
    paradigms = [_paradigm(word, is_surname=False) for word in words[:-1]]
    paradigms.append(_paradigm(words[-1], is_surname=True))
    nominative = " ".join(words)
    inflections: dict[str, bool] = {}
    for case in _CASES:
        inflected_words = [
            paradigm.get(case, word)
            for paradigm, word in zip(paradigms, words, strict=True)
        ]
        inflected = " ".join(inflected_words)
        if inflected == nominative:
            continue
        maybe_feminine = len(words) == 1 and _may_be_feminine(name, case)
        # Two cases may share a spelling: it may be feminine if it may in either.
        inflections[inflected] = inflections.get(inflected, False) or maybe_feminine
    return inflections


def stem(word: str) -> str:
    """Return the letters with which every inflection of `word` begins, for looking them up by
    prefix."""
    spellings = [word, *russian_inflections(word)]
    spellings += _paradigm(word, is_surname=False).values()
    # The first and the last in the alphabet differ wherever any two do.
    first, last = min(spellings), max(spellings)
    return common_beginning(first, last)


def common_beginning(word: str, other: str) -> str:
    """Return the letters with which both words begin."""
    length = 0
    for letter, other_letter in zip(word, other, strict=False):
        if letter != other_letter:
            break
        length += 1
    return word[:length]


def _may_be_feminine(surname: str, case: str) -> bool:
    """Касымова is the genitive of a man's name and a woman's nominative; Касымову his dative,
    her accusative."""
    if _MASCULINE_SURNAME.search(surname):
        return case in ("genitive", "accusative", "dative")
    return case == "accusative" and bool(_FEMININE_SURNAME.search(surname))


@lru_cache(maxsize=65536)
def _paradigm(word: str, *, is_surname: bool) -> dict[str, str]:
    """Return one word by case; empty where it does not inflect."""
    lower = word.lower()
    if not is_surname:
        return _regular_paradigm(word, lower)
    if _MASCULINE_SURNAME.search(lower):
        return _inflected(word, "а", "у", "а", "ым", "е")
    if _FEMININE_SURNAME.search(lower):
        return _inflected(word[:-1], "ой", "ой", "у", "ой", "ой")
    if lower.endswith(("ский", "цкий")):
        return _inflected(word[:-2], "ого", "ому", "ого", "им", "ом")
    return _regular_paradigm(word, lower)


def _regular_paradigm(word: str, lower: str) -> dict[str, str]:
    # The longer endings come first: -ая and -ия are also -я.
    if lower.endswith("ая"):
        return _inflected(word[:-2], "ой", "ой", "ую", "ой", "ой")
    if lower.endswith("ия"):
        return _inflected(word[:-1], "и", "и", "ю", "ей", "и")
    if lower.endswith("я"):
        return _inflected(word[:-1], "и", "е", "ю", "ей", "е")
    if lower.endswith("а"):
        genitive = "и" if lower[-2:-1] in _BEFORE_GENITIVE_I else "ы"
        return _inflected(word[:-1], genitive, "е", "у", "ой", "е")
    if lower.endswith("ий"):
        return _inflected(word[:-1], "я", "ю", "я", "ем", "и")
    if lower.endswith(("й", "ь")):
        return _inflected(word[:-1], "я", "ю", "я", "ем", "е")
    if lower[-1:] in _CONSONANTS:
        instrumental = "ем" if lower[-1] in _BEFORE_INSTRUMENTAL_EM else "ом"
        return _inflected(word, "а", "у", "а", instrumental, "е")
    return {}


def _inflected(stem: str, *endings: str) -> dict[str, str]:
    return {case: stem + ending for case, ending in zip(_CASES, endings, strict=True)}
