"""Punctuation: how the pieces of a citation are quoted, joined and closed without a doubled
mark.

Results for a title or a name are cached: an export cites one article many times in a row.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from archive.citations.reference import Runs, TextRun

_OPENING = " \u00a0([{—–-/“‘\u2068"
_STRAIGHT = re.compile(r"[\"']")
_SINGLE_IN_DOUBLE = re.compile(r"‘(?P<words>[^‘]*?)’(?!\w)")
_DOUBLE = re.compile(r"“(?P<words>[^“”]*)”")
_CLOSING = "’”\u2069"
_ENDS = (".", "?", "!", "…")
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_FIRST_STRONG, _POP = "\u2068", "\u2069"


def text(words: str, *, italic: bool = False) -> Runs:
    """Return `words` as one piece of a citation; an empty piece where there are none."""
    if not words:
        return ()
    return (TextRun(words, italic),)


def labelled(label: str, value: object) -> Runs:
    """Return `value` after `label`; an empty piece where it is not known."""
    if not value:
        return ()
    return (TextRun(f"{label}{value}"),)


def plain(runs: Iterable[TextRun]) -> str:
    """Return the words of a citation without their italics."""
    return "".join(run.text for run in runs)


@lru_cache(maxsize=1024)
def one_line(words: str) -> str:
    """Return what somebody typed on one line, with curly quotation marks, isolated if it runs
    from right to left."""
    return isolated(curled(" ".join(words.split())))


def with_translation(title: str, translated: str) -> str:
    """Return a title with its translation, if there is one, in brackets after it."""
    translated = one_line(translated)
    if not translated:
        return title
    return f"{title} [{translated}]"


def isolated(words: str) -> str:
    """Return `words` between isolates where some run from right to left, so that the words
    beside them keep their order.

    Unicode Standard Annex 9: first strong isolate, pop directional isolate.
    """
    if words.startswith(_FIRST_STRONG):
        return words
    if any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in words
    ):
        return f"{_FIRST_STRONG}{words}{_POP}"
    return words


def curled(words: str) -> str:
    """Return `words` with straight quotation marks made curly, by the characters before and
    after each.

    >>> curled('"No," he said, it\\'s the \\'11 vote')
    '“No,” he said, it’s the ’11 vote'
    """
    return _STRAIGHT.sub(_curl, words)


def _curl(mark: re.Match[str]) -> str:
    start, end = mark.span()
    before = mark.string[max(0, start - 1) : start]
    after = mark.string[end : end + 1]
    opens = not before or before in _OPENING
    if start == 1 and before in "\"'":
        opens = True  # the second of two marks that open: "'No,' he said"
    if after.isspace():
        opens = False
    if mark[0] == '"':
        return "“" if opens else "”"
    # Before a digit it is an apostrophe: ’11.
    return "‘" if opens and not after.isdecimal() else "’"


@lru_cache(maxsize=1024)
def quoted(words: str) -> str:
    """Return `words` in quotation marks; double ones within them become single, and single ones
    in these double.

    >>> quoted("He said “it’s ‘fine’ now”")
    '“He said ‘it’s “fine” now’”'
    """
    if not words:
        return ""
    return f"“{_DOUBLE.sub(_as_single, words)}”"


def _as_single(quotation: re.Match[str]) -> str:
    within = _SINGLE_IN_DOUBLE.sub(r"“\g<words>”", quotation["words"])
    return f"‘{within}’"


def joined(pieces: Iterable[Runs], mark: str = ",") -> Runs:
    """Join those of `pieces` that are not empty with `mark` and a space; see `closed`."""
    written = [piece for piece in pieces if plain(piece)]
    if not written:
        return ()
    runs: list[TextRun] = []
    for piece in written[:-1]:
        runs.extend(closed(piece, mark))
        runs.append(TextRun(" "))
    return (*runs, *written[-1])


def closed(runs: Sequence[TextRun], mark: str) -> Runs:
    """Return `runs` with a comma or a full stop at their end: inside quotation marks, and never
    doubled."""
    if not runs:
        return ()
    *before, last = runs
    words = last.text.rstrip(_CLOSING)
    closing = last.text[len(words) :]
    if "://" not in words:  # an address stays as it is
        words = words.rstrip(",;: ") or words
    if mark == "." and words.endswith(_ENDS):
        return (*before, TextRun(f"{words}{closing}", last.italic))
    quotation_marks = closing.lstrip(_POP)
    if last.italic or not quotation_marks:
        # The mark is a run of its own: it is not in italics.
        return (*before, TextRun(f"{words}{closing}", last.italic), TextRun(mark))
    # Isolates end before the mark, which runs from left to right.
    isolates = closing.removesuffix(quotation_marks)
    return (*before, TextRun(f"{words}{isolates}{mark}{quotation_marks}", last.italic))
