"""Setting type: how pieces of a citation are joined, quoted and closed without a doubled sign."""

import re
from collections.abc import Iterable, Sequence

from archive.reference import Reference, Run, Runs

_CLOSING = re.compile(r"(?P<words>.*?)(?P<closing>[’”]*)", re.DOTALL)
_STRAIGHT = re.compile(r"(?P<double>\")|(?P<single>')")


def text(words: str, *, italic: bool = False) -> Runs:
    """Return `words`, on one line, as the runs of one piece; none where there are none."""
    line = " ".join(words.split())
    return (Run(line, italic),) if line else ()


def plain(runs: Iterable[Run]) -> str:
    """Return the words of a citation without their italics."""
    return "".join(run.text for run in runs)


def joined(pieces: Iterable[Runs], mark: str = ",") -> Runs:
    """Join those of `pieces` that are not empty with `mark` and a space; a comma goes inside quotation marks."""
    kept = [piece for piece in pieces if plain(piece)]
    runs: list[Run] = []
    for piece in kept[:-1]:
        runs += [*closed(piece, mark), Run(" ")]
    return (*runs, *(kept[-1] if kept else ()))


def closed(runs: Sequence[Run], mark: str) -> Runs:
    """Return `runs` with `mark` at their end, inside closing quotation marks, and never doubled."""
    if not runs:
        return ()
    *before, last = runs
    found = _CLOSING.fullmatch(last.text)
    words, closing = (found["words"], found["closing"]) if found else (last.text, "")
    words = words.rstrip(",;: ") if mark in ",." else words
    if words.endswith((".", "?", "!", "…")) and mark == ".":
        mark = ""
    if not closing and last.italic:
        return (*before, Run(words, italic=True), *((Run(mark),) if mark else ()))
    return (*before, Run(f"{words}{mark}{closing}", last.italic))


def quoted(words: str) -> str:
    """Return `words` in quotation marks, those within them changed to single ones and back."""
    turned = curled(words).translate(str.maketrans("“”", "‘\N{RIGHT SINGLE QUOTATION MARK}"))
    return f"“{turned}”" if words else ""


def curled(words: str) -> str:
    """Return `words` with straight quotation marks made curly, by what stands before each."""

    def curl(found: re.Match[str]) -> str:
        opens = found.start() == 0 or words[found.start() - 1] in " (([{—–-“‘\u00a0"
        return ("“" if opens else "”") if found["double"] else ("‘" if opens else "’")

    return _STRAIGHT.sub(curl, words)


def listed(names: Sequence[str], *, last: str = ", and ", pair: str = " and ") -> str:
    """Return names as a list in words: `A`, `A and B`, `A, B, and C`."""
    if len(names) < 3:
        return pair.join(names)
    return last.join((", ".join(names[:-1]), names[-1]))


def natural_names(reference: Reference, most: int, shown: int = 1) -> str:
    """Return the authors as one reads them, else the agencies; of more than `most` the first `shown` and “et al.”."""
    names = [name.natural for name in reference.authors] or agencies(reference.credit)
    return f"{', '.join(names[:shown])} et al." if len(names) > most else listed(names)


def agencies(credit: str) -> list[str]:
    """Return the names in an agency credit: `Reuters, AP` are two.

    >>> agencies("Reuters, AP"), agencies("AFP and Interfax")
    (['Reuters', 'AP'], ['AFP', 'Interfax'])
    """
    return [name.strip() for name in re.split(r"[,;/]|\band\b", credit) if name.strip()]
