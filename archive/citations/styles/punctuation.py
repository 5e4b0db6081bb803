"""Setting type: how the pieces of a citation are quoted, joined and closed without a doubled
sign.

What is worked out of a title or a name is kept for a while: an export cites one article many
times in a row.
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
_CLOSING = re.compile(r"(?P<words>.*?)(?P<closing>[’”\u2069]*)", re.DOTALL)
_ENDS = (".", "?", "!", "…")
_FIRST_STRONG, _POP = "\u2068", "\u2069"


def text(words: str, *, italic: bool = False) -> Runs:
    """Return `words` as the runs of one piece; none where there are none."""
    return (TextRun(words, italic),) if words else ()


def plain(runs: Iterable[TextRun]) -> str:
    """Return the words of a citation without their italics."""
    return "".join(run.text for run in runs)


@lru_cache(maxsize=1024)
def one_line(words: str) -> str:
    """Return what somebody typed on one line, with curly quotation marks, fenced off if it runs
    from right to left."""
    return isolated(curled(" ".join(words.split())))


def isolated(words: str) -> str:
    """Return `words` between isolates where some run from right to left, so that they turn
    round nothing beside them.

    Unicode Standard Annex 9: first strong isolate, pop directional isolate.
    """
    turns = any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in words)
    return (
        f"{_FIRST_STRONG}{words}{_POP}"
        if turns and not words.startswith(_FIRST_STRONG)
        else words
    )


def curled(words: str) -> str:
    """Return `words` with straight quotation marks made curly, by what stands before and behind
    each.

    >>> curled('"No," he said, it\\'s the \\'11 vote')
    '“No,” he said, it’s the ’11 vote'
    """

    def curl(found: re.Match[str]) -> str:
        before, behind = words[: found.start()][-1:], words[found.end() :][:1]
        opens = (
            not before or before in _OPENING or (before in "\"'" and found.start() == 1)
        ) and not behind.isspace()
        if found[0] == '"':
            return "“" if opens else "”"
        return "‘" if opens and not behind.isdecimal() else "’"

    return _STRAIGHT.sub(curl, words)


@lru_cache(maxsize=1024)
def quoted(words: str) -> str:
    """Return `words` in quotation marks; those within them become single ones, and single ones
    in these double.

    >>> quoted("He said “it’s ‘fine’ now”")
    '“He said ‘it’s “fine” now’”'
    """

    def turn(found: re.Match[str]) -> str:
        within = _SINGLE_IN_DOUBLE.sub(r"“\g<words>”", found["words"])
        return f"‘{within}’"

    return f"“{_DOUBLE.sub(turn, words)}”" if words else ""


def joined(pieces: Iterable[Runs], mark: str = ",") -> Runs:
    """Join those of `pieces` that are not empty with `mark` and a space; see `closed`."""
    kept = [piece for piece in pieces if plain(piece)]
    runs: list[TextRun] = []
    for piece in kept[:-1]:
        runs += [*closed(piece, mark), TextRun(" ")]
    return (*runs, *(kept[-1] if kept else ()))


def closed(runs: Sequence[TextRun], mark: str) -> Runs:
    """Return `runs` with a comma or a full stop at their end: inside quotation marks, and never
    doubled."""
    if not runs:
        return ()
    *before, last = runs
    found = _CLOSING.fullmatch(last.text)
    words, closing = (found["words"], found["closing"]) if found else (last.text, "")
    if "://" not in words:  # an address stays as it is
        words = words.rstrip(",;: ") or words
    if mark == "." and words.endswith(_ENDS):
        return (*before, TextRun(f"{words}{closing}", last.italic))
    if last.italic or not closing.strip(_POP):
        return (*before, TextRun(f"{words}{closing}", last.italic), TextRun(mark))
    fences = closing[: len(closing) - len(closing.lstrip(_POP))]
    return (*before, TextRun(f"{words}{fences}{mark}{closing[len(fences) :]}", last.italic))
