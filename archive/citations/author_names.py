"""Names of authors, split into parts for citing: which part is the family name, and which names
are not a person's at all.

The rule, in this order; whoever enters a name overrides it by typing a comma:

1. `Kasymbekova, Janar`: as typed. `Mao Zedong,` with nothing after the comma is kept whole,
   in this order.
2. One word, a name with a digit or a sign (`RFE/RL`), with a word that organisations have
   (`Agency`, `редакция`), in capitals throughout (`BBC NEWS`), or with a small word that no name
   has (`Committee to Protect Journalists`) is kept whole.
3. A script other than Latin, Cyrillic, Greek, Armenian or Georgian: kept whole, because the
   order of its parts is not known.
4. Initials at the end (`Иванов И. И.`), or a patronymic as the last of three words (`Иванов Иван
   Иванович`): the first word is the family name.
5. Otherwise the last word is, with the particles before it (`van Gogh`); `Jr.`, `Sr.`, `II` to
   `IV` are a suffix.
"""

import re
import unicodedata
from functools import lru_cache

from archive.citations.reference import PersonName

_PARTICLES = frozenset(
    "von van der den de del della di da do dos du la le ter ten zu zur af av bin ibn bint al el ad фон ван дер де да "
    "ди дю ла ле ибн бин аль эль".split()
)
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
_ORGANISATION_WORDS = frozenset(
    "agency agencies news newsroom newswire service services staff desk bureau press media radio television tv times "
    "post editor editors editorial board correspondent correspondents reporter reporters watch international "
    "committee council commission ministry department office association union federation foundation institute "
    "university centre center court government party organisation organization network group team project company "
    "corporation inc inc. ltd ltd. llc reuters interfax "
    "агентство служба редакция редакции корреспондент корреспонденты комитет совет комиссия министерство управление "
    "союз фонд институт университет центр суд партия пресс-служба радио телевидение газета журнал новости "
    "агенттігі қызметі редакциясы комитеті министрлігі газеті журналы орталығы".split()
)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN")
_PATRONYMIC = re.compile(
    r".{2,}(?:ович|евич|ьич|овна|евна|ична|инична|ұлы|улы|қызы|кызы|ovich|evich|yevich|ovna|evna|yevna|uly|kyzy|qyzy)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:al|el|ad|as|аль|эль|ад|ас)-(?=\w)|[dд]['’](?=[A-ZА-ЯЁ])")
_SIGN_OR_DIGIT = re.compile(r"[^\w.'’ʼ‘-]|[\d_]")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?){1,3}")


def parse_name(typed: str) -> PersonName:
    """Return the parts of a typed name, found by the rule above; `typed` is not empty.

    >>> parse_name("Janar Kasymbekova"), parse_name("Human Rights Watch")
    (PersonName(family='Kasymbekova', ...), PersonName(family='Human Rights Watch', ...))
    """
    whole = " ".join(typed.split())
    _family, comma, given = whole.partition(",")
    if comma and given.strip().lower() not in _SUFFIXES:
        return _parse_at_comma(whole)
    words = whole.replace(",", "").split()
    suffix = ""
    if len(words) > 2 and words[-1].lower() in _SUFFIXES:
        suffix = words.pop()
    if _is_kept_whole(words):
        return PersonName(whole.rstrip(", ") or whole)
    if _begins_with_family(words):
        return _person(words[:1], " ".join(words[1:]), suffix)
    start = len(words) - 1
    # The first word is a given name even where it reads like a particle.
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return _person(words[start:], " ".join(words[:start]), suffix)


def _parse_at_comma(whole: str) -> PersonName:
    """Return `Family, Given, Suffix` as it was typed; without a given name it stays whole."""
    parts = [part.strip() for part in whole.split(",", 2)]
    family, given, suffix = (*parts, "", "")[:3]
    if family and given:
        return _person(family.split(), given, suffix)
    return PersonName(" ".join(filter(None, parts)) or whole)


def _begins_with_family(words: list[str]) -> bool:
    if _INITIALS.fullmatch(words[-1]):
        return True
    return len(words) == 3 and bool(_PATRONYMIC.fullmatch(words[-1]))


def _person(family: list[str], given: str, suffix: str) -> PersonName:
    """Return a name whose family part may begin with particles: `van Gogh`, `al-Sisi`."""
    start = 0
    while start < len(family) - 1 and family[start] in _PARTICLES:
        start += 1
    particle = " ".join(family[:start])
    family_name = " ".join(family[start:])
    article = _ARTICLE.match(family_name)
    if article and not particle:
        particle = article[0]
        family_name = family_name[article.end() :]
    return PersonName(family_name, given, particle, suffix)


@lru_cache(maxsize=1024)
def parse_names(byline: str) -> tuple[PersonName, ...]:
    """Return the names of a byline, which semicolons separate."""
    names = []
    for typed in byline.split(";"):
        if typed.replace(",", "").strip():
            names.append(parse_name(typed))
    return tuple(names)


def _is_kept_whole(words: list[str]) -> bool:
    """Say whether rule 2 or 3 applies: the words are no person's name, or their order is not
    known."""
    if len(words) < 2 or words[0].lower() == "the":
        return True
    if any(_is_in_no_name(word) for word in words):
        return True
    # Initials are capitals too: `J. K. SMITH` is a person.
    return all(word.isupper() and len(word.rstrip(".")) > 1 for word in words)


def _is_in_no_name(word: str) -> bool:
    """Say whether one word is enough to keep the whole name as it was typed."""
    if _SIGN_OR_DIGIT.search(word) or word.lower() in _ORGANISATION_WORDS:
        return True
    if word[0].islower() and word not in _PARTICLES and not _ARTICLE.match(word):
        return True
    return not _is_of_known_script(word)


def _is_of_known_script(word: str) -> bool:
    for character in word:
        # Apostrophes that transliterations use count as letters in Unicode.
        if not character.isalpha() or character in "ʼ‘":
            continue
        if not unicodedata.name(character, "").startswith(_SCRIPTS):
            return False
    return True
