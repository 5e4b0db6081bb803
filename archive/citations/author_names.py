"""Names of authors, taken apart for citing: which part is the family's, and what is no person's
name at all.

The rule, in this order; whoever enters a name overrides it by typing a comma:

1. `Kasymbekova, Janar`: as typed. `Mao Zedong,` with nothing behind the comma is kept whole,
   in this order.
2. One word, a name with a digit or a sign (`RFE/RL`), with a word that organisations have
   (`Agency`, `редакция`), in capitals throughout (`BBC NEWS`), or with a small word that no name
   has (`Committee to Protect Journalists`) is kept whole.
3. A script other than Latin, Cyrillic, Greek, Armenian or Georgian: kept whole, because the
   order is not told.
4. Initials at the end (`Иванов И. И.`), or a patronymic as the last of three words (`Иванов Иван
   Иванович`): the first word is the family's.
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
_OF_ORGANISATIONS = frozenset(
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
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?){1,3}")


def parse_name(typed: str) -> PersonName:
    """Return a typed name with its parts told by the rule above; `typed` is not empty.

    >>> parse_name("Janar Kasymbekova"), parse_name("Human Rights Watch")
    (PersonName(family='Kasymbekova', ...), PersonName(family='Human Rights Watch', ...))
    """
    whole = " ".join(typed.split())
    family, comma, given = (part.strip() for part in whole.partition(","))
    if comma and given.lower() not in _SUFFIXES:
        rest, _comma, suffix = (part.strip() for part in given.partition(","))
        if family and rest:
            return _person(family.split(), rest, suffix)
        return PersonName(" ".join(filter(None, (family, rest, suffix))) or whole)
    words = whole.replace(",", "").split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    if _is_kept_whole(words):
        return PersonName(whole.rstrip(", ") or whole)
    if _INITIALS.fullmatch(words[-1]) or (len(words) == 3 and _PATRONYMIC.fullmatch(words[-1])):
        return _person(words[:1], " ".join(words[1:]), suffix)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return _person(words[start:], " ".join(words[:start]), suffix)


def _person(family: list[str], given: str, suffix: str) -> PersonName:
    """Return a name whose family's part may begin with particles: `van Gogh`, `al-Sisi`."""
    start = 0
    while start < len(family) - 1 and family[start] in _PARTICLES:
        start += 1
    particle, rest = " ".join(family[:start]), " ".join(family[start:])
    article = _ARTICLE.match(rest)
    if article and not particle:
        particle, rest = article[0], rest[article.end() :]
    return PersonName(rest, given, particle, suffix)


@lru_cache(maxsize=1024)
def parse_names(byline: str) -> tuple[PersonName, ...]:
    """Return the names of a byline, which have semicolons between them."""
    return tuple(parse_name(name) for name in byline.split(";") if name.strip(" ,"))


def _is_kept_whole(words: list[str]) -> bool:
    return (
        len(words) < 2
        or any(re.search(r"[^\w.'’ʼ‘-]|[\d_]", word) for word in words)
        or any(word.lower() in _OF_ORGANISATIONS for word in words)
        or any(
            word[0].islower() and word not in _PARTICLES and not _ARTICLE.match(word)
            for word in words
        )
        or words[0].lower() == "the"
        or all(word.isupper() and len(word.rstrip(".")) > 1 for word in words)
        or not all(_is_of_known_script(word) for word in words)
    )


def _is_of_known_script(word: str) -> bool:
    return all(
        unicodedata.name(sign, "").startswith(_SCRIPTS)
        for sign in word
        if sign.isalpha() and sign not in "ʼ‘"
    )
