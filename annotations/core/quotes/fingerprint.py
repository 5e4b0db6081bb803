"""When two passages are of one agency's text: the same words, but for how they are set, under
the same credit."""

import re
import unicodedata
from hashlib import blake2b

FEWEST_WORDS = 5
# Fewer words or letters may be the same by chance.
FEWEST_LETTERS = 25
_WORD = re.compile(r"\w+")
_BETWEEN_AGENCIES = re.compile(r"[,;/&+()]|\band\b|\bи\b|\bжәне\b")


def wording_of(words: str, credit: str) -> str:
    """Return a key of 32 hexadecimal digits, the same for the same words under the same credit.

    Case, punctuation, blanks and the order of the agencies make no difference. Empty where
    nothing can be told: no agency is credited, or the words are too few.

    >>> wording_of("“Nobody gave the order,” he said on Sunday.", "Reuters, AP") == wording_of(
    ...     "'Nobody gave the order', he said  on Sunday", "AP and Reuters"
    ... )
    True
    >>> wording_of("Nobody gave the order, he said.", ""), wording_of("Nobody gave it", "AP")
    ('', '')
    """
    folded_words = _WORD.findall(_folded(words))
    agencies = set()
    for agency in _BETWEEN_AGENCIES.split(_folded(credit)):
        agencies.add(" ".join(agency.split()))
    agencies.discard("")
    letters = sum(map(len, folded_words))
    if not agencies or len(folded_words) < FEWEST_WORDS or letters < FEWEST_LETTERS:
        return ""
    wording = f"{' '.join(folded_words)}\n{'|'.join(sorted(agencies))}"
    return blake2b(wording.encode(), digest_size=16).hexdigest()


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()
