"""How names are inflected in Russian and Kazakh, so that Касымову and Қасымовтың are found as
Касымов and Қасымов.

Russian inflects every word of a name, and most endings replace letters: `russian` lists the
forms of a name, all its words in the same case. Kazakh sets one of a closed list of endings
behind the last word and changes nothing before it: `is_kazakh_ending` recognises what stands
behind a known name. What is in Aktau, Ақтаудағы, mentions it as well; who comes from there,
ақтаулық, does not.

    >>> "Калмуханбетом Касымовым" in russian("Калмуханбет Касымов")
    True
    >>> is_kazakh_ending("тың")
    True

Covered: surnames in -ов, -ев, -ин, -ын and in -ский, -цкий, theirs of women, given names and
surnames that end in a consonant, -ь, -й, -а, -я and -ая. Not covered: plurals (Касымовы are
several people), diminutives, names that do not follow the pattern of their ending (Лев, Льва),
and any language but these two.

Some forms of a man's name are also forms of a woman's: Касымова is of him, or her. `russian`
calls them doubtful.
"""

import re
from functools import lru_cache

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CONSONANT = "бвгджзйклмнпрстфхцчшщғқңһ"
_HUSHING = "гкхжчшщ"

_CASES = ("genitive", "dative", "accusative", "instrumental", "prepositional")

_KAZAKH_CASES = frozenset(
    [
        "ның",
        "нің",
        "дың",
        "дің",
        "тың",
        "тің",
        "ға",
        "ге",
        "қа",
        "ке",
        "ны",
        "ні",
        "ды",
        "ді",
        "ты",
        "ті",
        "да",
        "де",
        "та",
        "те",
        "дан",
        "ден",
        "тан",
        "тен",
        "нан",
        "нен",
        "мен",
        "бен",
        "пен",
        "дағы",
        "дегі",
        "тағы",
        "тегі",
    ]
)
_VOICELESS = "бвгдкқпстфхһцчшщ"
"""Behind which Kazakh endings begin with a voiceless consonant too."""
_KAZAKH_PLURAL = ("лар", "лер", "дар", "дер", "тар", "тер")


def is_cyrillic(words: str) -> bool:
    return bool(_CYRILLIC.search(words))


def is_kazakh_ending(letters: str) -> bool:
    """Say whether `letters`, right behind a name, are a Kazakh case ending, with or without the
    plural's."""
    return letters in _KAZAKH_CASES or (
        letters[:3] in _KAZAKH_PLURAL and letters[3:] in {"", *_KAZAKH_CASES}
    )


def is_form_of(form: str, name: str) -> bool:
    """Say whether `form` is the Cyrillic `name` in a case of Russian or Kazakh; doubtful ones
    are none.

    >>> is_form_of("Алматыда", "Алматы"), is_form_of("Алматы", "Алма")
    (True, False)
    """
    if russian(name).get(form) is False:
        return True
    ending = form.removeprefix(name)
    voiceless = ending[:1] in "тқкп"
    return (
        ending != form
        and is_kazakh_ending(ending)
        and voiceless == (name[-1].lower() in _VOICELESS)
    )


@lru_cache(maxsize=65536)
def russian(name: str) -> dict[str, bool]:
    """Return the inflected forms of `name` other than itself, each with whether it is doubtful.

    Empty for names that are not in Cyrillic letters.
    """
    words = name.split()
    if not words or not is_cyrillic(name):
        return {}
    paradigms = [
        _paradigm(word, is_surname=n == len(words) - 1) for n, word in enumerate(words)
    ]
    forms: dict[str, bool] = {}
    for case in _CASES:
        text = " ".join(
            paradigm.get(case, word) for paradigm, word in zip(paradigms, words, strict=True)
        )
        if text != " ".join(words):
            doubtful = len(words) == 1 and _is_doubtful(name, case)
            forms[text] = forms.get(text, False) or doubtful
    return forms


def stem(word: str) -> str:
    """Return the letters with which every form of `word` begins, for looking them up by
    prefix."""
    forms = [word, *russian(word), *_paradigm(word, is_surname=False).values()]
    shortest = min(map(len, forms))
    common = next(
        (n for n in range(shortest) if len({form[n] for form in forms}) > 1), shortest
    )
    return word[:common]


def _is_doubtful(surname: str, case: str) -> bool:
    """Касымова is the genitive of a man's name and a woman's nominative; Касымову his dative,
    her accusative."""
    masculine = re.search(r"(?:[ое]в|ёв|[иы]н)$", surname)
    feminine = re.search(r"(?:[ое]ва|ёва|[иы]на)$", surname)
    return bool(masculine and case in ("genitive", "accusative", "dative")) or bool(
        feminine and case == "accusative"
    )


@lru_cache(maxsize=65536)
def _paradigm(word: str, *, is_surname: bool) -> dict[str, str]:
    """The forms of one word by case; empty where it does not inflect."""
    lower = word.lower()
    if is_surname and re.search(r"(?:[ое]в|ёв|[иы]н)$", lower):
        return _by(_CASES, word, ("а", "у", "а", "ым", "е"))
    if is_surname and re.search(r"(?:[ое]ва|ёва|[иы]на)$", lower):
        return _by(_CASES, word[:-1], ("ой", "ой", "у", "ой", "ой"))
    if is_surname and lower.endswith(("ский", "цкий")):
        return _by(_CASES, word[:-2], ("ого", "ому", "ого", "им", "ом"))
    if is_surname and lower.endswith(("ская", "цкая")):
        return _by(_CASES, word[:-2], ("ой", "ой", "ую", "ой", "ой"))
    return _regular(word, lower)


def _regular(word: str, lower: str) -> dict[str, str]:
    if lower.endswith("ая"):
        return _by(_CASES, word[:-2], ("ой", "ой", "ую", "ой", "ой"))
    if lower.endswith("ия"):
        return _by(_CASES, word[:-1], ("и", "и", "ю", "ей", "и"))
    if lower.endswith("я"):
        return _by(_CASES, word[:-1], ("и", "е", "ю", "ей", "е"))
    if lower.endswith("а"):
        genitive = "и" if lower[-2:-1] in _HUSHING else "ы"
        return _by(_CASES, word[:-1], (genitive, "е", "у", "ой", "е"))
    if lower.endswith("ий"):
        return _by(_CASES, word[:-1], ("я", "ю", "я", "ем", "и"))
    if lower.endswith(("й", "ь")):
        return _by(_CASES, word[:-1], ("я", "ю", "я", "ем", "е"))
    if lower[-1:] in _CONSONANT:
        return _by(_CASES, word, ("а", "у", "а", "ем" if lower[-1] in "жчшщц" else "ом", "е"))
    return {}


def _by(cases: tuple[str, ...], stem: str, endings: tuple[str, ...]) -> dict[str, str]:
    return {case: stem + ending for case, ending in zip(cases, endings, strict=True)}
