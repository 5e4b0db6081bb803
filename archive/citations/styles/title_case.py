"""Headline style: the capitals that Chicago (CMOS 8.160) and MLA want of an English title.

Only words that are in small letters throughout get a capital, so a name keeps the spelling that
the source gave it. APA wants sentence style, for which a word would have to lose its capital;
nothing here can tell a name from another word, so an APA citation leaves the title as it was
published.
"""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_][\w’]*")
_SMALL = frozenset(
    "a an the and but or nor for so yet as at by in into of off on onto out over per to up via with within without "
    "about above across after against along among around before behind below beneath beside between beyond down during "
    "except from inside like near outside since than through throughout toward towards under underneath until till "
    "unto upon versus vs despite "
    "von van der den de del della di da la le bin ibn al el et".split()
)
_STARTS = re.compile(r"(?:^|[:?!]\s*|[—–]\s)[“‘(\[]*$")
_BEFORE = re.compile(r"(?:^|[\s“‘(\[—–-])$")
_AFTER = re.compile(r"$|[\s”’)\]—–-]|[,;:.?!](?!\w)")


@lru_cache(maxsize=1024)
def headline(words: str) -> str:
    """Return an English title in headline style.

    >>> headline("At least 15 killed in Zhanaozen: what the al-Sisi aide said of iPhones and to whom")
    'At Least 15 Killed in Zhanaozen: What the al-Sisi Aide Said of iPhones and to Whom'
    """
    return _WORD.sub(_with_capital, words)


def _with_capital(match: re.Match[str]) -> str:
    """Return one word of a title, with a capital where headline style wants one."""
    word = match[0]
    before = match.string[: match.start()]
    after = match.string[match.end() :]
    # A word with a capital of its own, or glued to other characters, is left alone.
    if word != word.lower() or not _BEFORE.search(before) or not _AFTER.match(after):
        return word
    is_small = word in _SMALL or len(word) == 1
    # The first word and the last have a capital even if they are small (CMOS 8.160).
    is_at_edge = _STARTS.search(before) or not re.search(r"\w", after)
    if is_small and not is_at_edge:
        return word
    return word[0].upper() + word[1:]
