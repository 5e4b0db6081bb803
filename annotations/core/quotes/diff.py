"""How a quotation differs from its passage: in runs of words, to be shown, and in sentences, to
be warned by.

>>> print(told_in([Run(What.SAME, "They were"), Run(What.MISSING, "not"), Run(What.SAME, "armed")]))
They were [-not-] armed
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz.distance import Levenshtein

from annotations.core.figures.numerals import number_at, tokenize
from annotations.core.names.inflection import is_cyrillic
from annotations.core.quotes.extractor import QuotationPart
from annotations.core.quotes.tokens import Wording, WordToken

_SHOWN = 40
"""Words that were left out, beyond which they are counted and not shown."""


class RunKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    """Only in the quotation."""
    MISSING = "missing"
    """Only in the source."""
    CUT = "cut"
    """The author's ellipsis."""
    LEFT_OUT = "left_out"
    """What the source has in its place."""
    BRACKET = "bracket"
    """The author's own words."""


class DiffRun(NamedTuple):
    """Words in one line; `is_apart` says that a blank stands before them."""

    what: RunKind
    words: str
    is_apart: bool = True


class PartLocation(NamedTuple):
    """Where a part stands: from word `first` to before `end`; `agreeing` of its words do."""

    first: int
    end: int
    agreeing: int
    is_exact: bool


def told_in(runs: Sequence[DiffRun]) -> str:
    """Return runs in one line of plain text: `[-the-] {+an+}`, and what was left out as `[…
    left out …]`."""
    signs = {
        RunKind.MISSING: ("[-", "-]"),
        RunKind.ADDED: ("{+", "+}"),
        RunKind.LEFT_OUT: ("⟨", "⟩"),
    }
    written: list[str] = []
    for run in runs:
        opening, closing = signs.get(run.what, ("", ""))
        written.append(
            f"{' ' if run.is_apart and written else ''}{opening}{run.words}{closing}"
        )
    return "".join(written)


def runs_of(
    parts: Sequence[QuotationPart],
    found: Sequence[PartLocation | None],
    n: int,
    source: Wording,
) -> Iterator[DiffRun]:
    """Yield what stands before a part, and the part itself."""
    part, here = parts[n], found[n]
    for gap in part.gaps:
        yield DiffRun(RunKind.CUT if gap.is_cut else RunKind.BRACKET, in_one_line(gap.written))
    before = found[n - 1] if n else None
    if part.gaps and before and here and before.end < here.first:
        yield DiffRun(RunKind.LEFT_OUT, _left_out(source, before.end, here.first))
    if here is None:
        yield DiffRun(RunKind.ADDED, in_one_line(part.wording.text))
    elif here.is_exact:
        yield DiffRun(
            RunKind.SAME, in_one_line(part.wording.text), not _begins_with_sign(part.wording)
        )
    else:
        yield from _difference(part.wording, source, here)
    for gap in part.behind:
        yield DiffRun(RunKind.BRACKET, in_one_line(gap.written))


def _begins_with_sign(wording: Wording) -> bool:
    return not wording.tokens[0].is_word and not wording.text[:1].isspace()


def _left_out(source: Wording, first: int, end: int) -> str:
    words = source.text[slice(*source.span(first, end))]
    if end - first <= _SHOWN:
        return in_one_line(words)
    return ngettext("%(count)d word", "%(count)d words", end - first) % {"count": end - first}


def _difference(wording: Wording, source: Wording, here: PartLocation) -> Iterator[DiffRun]:
    """Yield in runs where the tokens of a part and of its passage are the same, and where they
    differ."""
    ours, theirs = wording.between(0, len(wording)), source.between(here.first, here.end)
    at, there = 0, 0
    for block in Levenshtein.editops(
        _comparable(ours), _comparable(theirs)
    ).as_matching_blocks():
        if block.b > there:
            yield _run(RunKind.MISSING, source.text, theirs, there, block.b)
        if block.a > at:
            yield _run(RunKind.ADDED, wording.text, ours, at, block.a)
        at, there = block.a + block.size, block.b + block.size
        if block.size:
            yield _run(RunKind.SAME, wording.text, ours, block.a, at)


def _run(
    what: RunKind, text: str, tokens: Sequence[WordToken], first: int, end: int
) -> DiffRun:
    start = tokens[first].start
    is_apart = tokens[first].is_word or text[start - 1 : start].isspace()
    return DiffRun(what, in_one_line(text[start : tokens[end - 1].end]), is_apart)


def _comparable(tokens: Sequence[WordToken]) -> list[str]:
    return [token.folded if n else token.key for n, token in enumerate(tokens)]


def in_one_line(words: str) -> str:
    return " ".join(words.split())


def notes_on(
    parts: Sequence[QuotationPart], found: Sequence[PartLocation | None], source: Wording
) -> Iterator[str]:
    """Yield in sentences what an editor should look at."""
    for part, before, here in zip(parts[1:], found, found[1:], strict=False):
        if before and here and before.end < here.first and part.gaps:
            yield from _notes_on_gap(part, source, before.end, here.first)
    for part, here in zip(parts, found, strict=True):
        if here is None:
            yield _("This part does not stand there: “%(words)s”.") % {
                "words": in_one_line(part.wording.text)
            }
        elif not here.is_exact:
            yield from _notes_on_change(part.wording, source, here)


def _notes_on_gap(part: QuotationPart, source: Wording, first: int, end: int) -> Iterator[str]:
    count = end - first
    if any(gap.is_cut for gap in part.gaps):
        yield ngettext(
            "%(count)d word is left out.", "%(count)d words are left out.", count
        ) % {"count": count}
    if denied := [key for key in source.keys[first:end] if _is_negation(key)]:
        yield _("What is left out holds “%(words)s”.") % {
            "words": "”, “".join(dict.fromkeys(denied))
        }


def _notes_on_change(wording: Wording, source: Wording, here: PartLocation) -> Iterator[str]:
    ours, theirs = wording.between(0, len(wording)), source.between(here.first, here.end)
    if wording.keys == source.keys[here.first : here.end]:
        yield _only(
            [token.key for token in ours] != [token.key for token in theirs],
            [token.folded for token in ours if token.is_word][1:]
            != [token.folded for token in theirs if token.is_word][1:],
        )
        return
    added = Counter(wording.keys)
    missing = Counter(source.keys[here.first : here.end])
    added, missing = added - missing, missing - added
    if denied := [key for key in missing if _is_negation(key)]:
        yield _("The source says “%(words)s”; the quotation does not.") % {
            "words": "”, “".join(denied)
        }
    if denied := [key for key in added if _is_negation(key)]:
        yield _("The quotation says “%(words)s”; the source does not.") % {
            "words": "”, “".join(denied)
        }
    here_said, there_said = (
        [key for key in added if _is_number(key)],
        [key for key in missing if _is_number(key)],
    )
    if here_said or there_said:
        yield _("A number differs: %(here)s here, %(there)s in the source.") % {
            "here": _quoted(here_said),
            "there": _quoted(there_said),
        }
    if missing and not added:
        count = missing.total()
        yield ngettext(
            "%(count)d word is left out without a mark.",
            "%(count)d words are left out without a mark.",
            count,
        ) % {"count": count}


def _only(signs: bool, capitals: bool) -> str:
    if signs and capitals:
        return _("The words are the same; only punctuation and capitals differ.")
    return (
        _("The words are the same; only capitals differ.")
        if capitals
        else _("The words are the same; only punctuation differs.")
    )


def _quoted(words: Sequence[str]) -> str:
    return f"“{'”, “'.join(words)}”" if words else _("none")


def _is_negation(key: str) -> bool:
    return key in _NEGATIONS or key.endswith("n't")


def _is_number(key: str) -> bool:
    if any(letter.isdigit() for letter in key):
        return True
    number = number_at(tokenize(key), 0, is_russian=is_cyrillic(key))
    return number is not None and number.value is not None


_NEGATIONS = frozenset(
    "no not never none nobody nothing nowhere neither nor without cannot hardly denied denies refused "
    "не ни нет нельзя никто никого никому никогда ничего ничто нигде никак без отрицал отрицает "
    "емес жоқ ешкім ешқашан ештеңе ешқандай".split()
)
"""Words that turn a sentence round, in English, Russian and Kazakh. Kazakh endings that deny
are not seen."""
