"""Names of people and places: found in a text, matched with those that are known, and compared
across scripts and spellings.

    >>> from annotations.core.names import KnownSpelling, Matcher, are_alike, names_in
    >>> [name.words for name in names_in("He met Erlan Kasymov in Aktau.")]
    ['Erlan Kasymov', 'Aktau']
    >>> kasymov = KnownSpelling(1, "Erlan Kasymov", full=True)
    >>> [str(m.reason) for m in Matcher([kasymov]).mentions("He met Erlan Kasymov in Aktau.")]
    ['full name']
    >>> are_alike("Kasymov", "Қасымов")
    True

`detector` finds names that nobody knows yet and `matcher` those that are known; `matching_keys`
says which spellings may be of one name, and `autocomplete` looks them up while somebody types.
`inflection` knows the cases of Russian and Kazakh. The other modules are tables of words.
"""

from annotations.core.names.autocomplete import (
    IndexedSpelling,
    MatchRank,
    NameIndex,
    SpellingMatch,
)
from annotations.core.names.detector import DetectedName, names_in
from annotations.core.names.finder import same_words
from annotations.core.names.inflection import is_cyrillic, russian_inflections, stem
from annotations.core.names.matcher import (
    FoundMention,
    KnownSpelling,
    LinkReason,
    Matcher,
)
from annotations.core.names.matching_keys import (
    are_alike,
    readings,
    surnames_in,
    words_of,
)
from annotations.core.names.scripts import script_of, spelling_of
from annotations.core.names.unlinked import UnlinkedName, unlinked_names

__all__ = [
    "DetectedName",
    "FoundMention",
    "IndexedSpelling",
    "KnownSpelling",
    "LinkReason",
    "MatchRank",
    "Matcher",
    "NameIndex",
    "SpellingMatch",
    "UnlinkedName",
    "are_alike",
    "is_cyrillic",
    "names_in",
    "readings",
    "russian_inflections",
    "same_words",
    "script_of",
    "spelling_of",
    "stem",
    "surnames_in",
    "unlinked_names",
    "words_of",
]
