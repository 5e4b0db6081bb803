"""Keys of names: what is the same for all spellings that one name may have.

A name travels through scripts and newspapers: Қалмұханбет Қасымов, Калмуханбет Касымов, Kalmukhambet Kasymov,
Kalmuhambet Kassymov. `word_key` takes a written word back to letters that do not depend on the way:

    >>> word_key("Жаңаөзен") == word_key("Zhanaozen") == word_key("Janaozen")
    True
    >>> word_key("Kasymov") == word_key("Kasymbekova")
    False

Folding proposes and never links: Khasan and Kasan have one loose key and may be two people. Two names are
`alike` when each word of the shorter is also a word, or the initial of one, in the longer.
"""

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhie", strict=True)),
        **dict(zip("әғқңөұүһі", "agknouuhi", strict=True)),
        "ё": "e",
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
_SPECIAL = [  # letters with a mark that is more than a mark
    (r"ŝ", "shch"),
    (r"ç|č", "ch"),
    (r"ş|š", "sh"),
    (r"ž", "zh"),
    (r"ğ|ǵ", "g"),
    (r"ŋ", "n"),
    (r"â", "ia"),
    (r"û", "iu"),
    (r"ý", "u"),
    (r"ı", "i"),
]
_LATIN = [  # in this order; ч and ш stand for their sounds
    (r"schtsch|shtch|shch|szcz|stch", "ш"),
    (r"dsch|dzh|dsh|dj|zh", "j"),
    (r"tsch|tch|cz|(?<!s)ch", "ч"),
    (r"sch|sh|sz", "ш"),
    (r"kh", "h"),
    (r"gh", "g"),
    (r"ph", "f"),
    (r"ck|q", "k"),
    (r"ts|tz", "c"),
    (r"x", "ks"),
    (r"ou|oo", "u"),
    (r"ee", "i"),
    (r"w|ff$", "v"),
    (r"y|(?<=[aeiou])j(?=e|[bcdfghklmnprstvz]|$)", "i"),
]
_ANY = [
    (r"(.)\1+", r"\1"),
    (r"(?<=[bcdfghjklmnprstvzчш])io", "e"),
    (r"(?<=[bcdfghjklmnprstvzчш])iu", "u"),
    (r"ie", "e"),
    (r"n(?=[bp])", "m"),
    (r"ng", "n"),
    (r"(.)\1+", r"\1"),
]
_LOOSE = [
    (r"gu(?=[ei])", "g"),
    (r"ine$", "in"),
    (r"m[ae][dt](?=$|[aeiouj])", "mad"),
    (r"j", "i"),
    (r"h", "k"),
    (r"ч", "ш"),
    (r"[zc]", "s"),
    (r"f", "v"),
    *_ANY,
    (r"o", "u"),
    (r"ei", "ai"),
    (r"v(?=[bcdgklmnprstш]|$)|(?<=[bcdgklmnprstш])v", "u"),
    (r"(.)\1+", r"\1"),
]
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`´][^\W\d_]+)*\.?")
_LONG = 7
"""Letters from which a key is long enough for i and e to be taken for one another."""


@lru_cache(maxsize=200_000)
def word_key(word: str) -> str:
    """Return the key of one written word, in lower-case letters; empty where it has no letter that is known."""
    key = unicodedata.normalize("NFC", word).lower().translate(_CYRILLIC)
    key = _replaced(key, _SPECIAL)
    key = "".join(c for c in unicodedata.normalize("NFD", key) if unicodedata.category(c) == "Ll")
    return _replaced(_replaced(key, _LATIN), _ANY)


@lru_cache(maxsize=200_000)
def loose_key(key: str) -> str:
    """Return a key for near spellings: what newspapers of other languages make of the same sounds."""
    key = _replaced(key, _LOOSE)
    return key[0] + key[1:].replace("e", "i") if len(key) >= _LONG else key


def words_of(name: str) -> list[str]:
    """Return the words of a name, initials with their full stop; a comma turns “Kasymov, Kalmukhambet” round."""
    last, comma, first = name.partition(",")
    return _WORD.findall(f"{first} {last}" if comma else name)


def alike(one: str, other: str) -> bool:
    """Say whether two written names may be spellings of one: the same words, some of them perhaps left out.

    Each word of the shorter must be a word of the longer, or an initial of one or for one, and at least one must
    match whole. A single word must be the last of the other, where a surname stands.
    """
    shorter, longer = sorted((_keys(one), _keys(other)), key=len)
    if not shorter:
        return False
    if loose_key("".join(shorter)) == loose_key("".join(longer)):
        return True
    if len(shorter) == 1:
        return len(shorter[0]) > 1 and _same(shorter[0], longer[-1])
    left, whole = list(longer), 0
    for key in shorter:
        found = next((k for k in left if _same(key, k)), None) or next((k for k in left if _initial(key, k)), None)
        if found is None:
            return False
        whole += len(key) > 1 and len(found) > 1
        left.remove(found)
    return whole > 0


def _keys(name: str) -> list[str]:
    """The keys of a name's words; of an initial (Zh.) only the first letter."""
    keys = [(word_key(word), word.endswith(".")) for word in words_of(name)]
    return [key[:1] if is_initial else key for key, is_initial in keys if key]


def _replaced(key: str, rules: list[tuple[str, str]]) -> str:
    for pattern, by in rules:
        key = re.sub(pattern, by, key)
    return key


def _same(one: str, other: str) -> bool:
    return one == other or (len(one) > 1 and loose_key(one) == loose_key(other))


def _initial(one: str, other: str) -> bool:
    """Say whether one of two keys is a single letter, and the letter with which the other begins."""
    return 1 in (len(one), len(other)) and one[0] == other[0]
