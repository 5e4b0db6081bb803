"""How a quotation differs from its passage: in runs of words, to be shown, and in sentences, to
be warned by.

>>> words = (RunKind.SAME, "They were"), (RunKind.MISSING, "not"), (RunKind.SAME, "armed")
>>> inline_diff([DiffRun(kind, text) for kind, text in words])
'They were [-not-] armed'
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz.distance import Levenshtein

from annotations.core.figures.numerals import number_at, tokenize
from annotations.core.names.inflection import is_cyrillic
from annotations.core.quotes.extractor import QuotationPart
from annotations.core.quotes.tokens import Wording, WordToken

# Words that were left out, beyond which they are counted and not shown.
_SHOWN = 40
# Words that turn a sentence round, in English, Russian and Kazakh. Kazakh endings that
# deny are not seen.
_NEGATIONS = frozenset(
    "no not never none nobody nothing nowhere neither nor without cannot hardly denied denies refused "
    "не ни нет нельзя никто никого никому никогда ничего ничто нигде никак без отрицал отрицает "
    "емес жоқ ешкім ешқашан ештеңе ешқандай".split()
)


class RunKind(StrEnum):
    SAME = "same"
    # Only in the quotation.
    ADDED = "added"
    # Only in the source.
    MISSING = "missing"
    # The author's ellipsis.
    CUT = "cut"
    # What the source has in its place.
    LEFT_OUT = "left_out"
    # The author's own words.
    BRACKET = "bracket"


_SIGNS = {
    RunKind.MISSING: ("[-", "-]"),
    RunKind.ADDED: ("{+", "+}"),
    RunKind.LEFT_OUT: ("⟨", "⟩"),
}


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


def inline_diff(runs: Sequence[DiffRun]) -> str:
    """Return runs in one line of plain text: `[-the-] {+an+}`, and what was left out as
    `⟨left out⟩`."""
    line = ""
    for run in runs:
        opening, closing = _SIGNS.get(run.what, ("", ""))
        if run.is_apart and line:
            line += " "
        line += f"{opening}{run.words}{closing}"
    return line


def runs_of(
    parts: Sequence[QuotationPart],
    found: Sequence[PartLocation | None],
    n: int,
    source: Wording,
) -> Iterator[DiffRun]:
    """Yield what stands before the n-th part, and the part itself."""
    part, location = parts[n], found[n]
    for gap in part.gaps:
        yield DiffRun(
            RunKind.CUT if gap.is_cut else RunKind.BRACKET, in_one_line(gap.written)
        )
    before = found[n - 1] if n else None
    gap_span = _gap_span(before, location)
    if gap_span and part.gaps:
        yield DiffRun(RunKind.LEFT_OUT, _left_out(source, *gap_span))
    words = in_one_line(part.wording.text)
    if location is None:
        yield DiffRun(RunKind.ADDED, words)
    elif location.is_exact:
        yield DiffRun(RunKind.SAME, words, not _begins_with_sign(part.wording))
    else:
        yield from _difference(part.wording, source, location)
    for gap in part.after:
        yield DiffRun(RunKind.BRACKET, in_one_line(gap.written))


def _gap_span(
    before: PartLocation | None, after: PartLocation | None
) -> tuple[int, int] | None:
    """Return the words of the source between two parts that stand in order; None where there
    are none."""
    if before is None or after is None or before.end >= after.first:
        return None
    return before.end, after.first


def _begins_with_sign(wording: Wording) -> bool:
    return not wording.tokens[0].is_word and not wording.text[:1].isspace()


def _left_out(source: Wording, first: int, end: int) -> str:
    count = end - first
    if count > _SHOWN:
        return ngettext("%(count)d word", "%(count)d words", count) % {"count": count}
    start_offset, end_offset = source.span(first, end)
    return in_one_line(source.text[start_offset:end_offset])


def _difference(
    wording: Wording, source: Wording, location: PartLocation
) -> Iterator[DiffRun]:
    """Yield in runs where the tokens of a part and of its passage are the same, and where they
    differ."""
    tokens = wording.between(0, len(wording))
    source_tokens = source.between(location.first, location.end)
    edits = Levenshtein.editops(_comparable(tokens), _comparable(source_tokens))
    at = source_at = 0
    # The last block is empty and stands at the end: what is left over comes before it.
    for block in edits.as_matching_blocks():
        if block.b > source_at:
            yield _run(RunKind.MISSING, source.text, source_tokens[source_at : block.b])
        if block.a > at:
            yield _run(RunKind.ADDED, wording.text, tokens[at : block.a])
        at, source_at = block.a + block.size, block.b + block.size
        if block.size:
            yield _run(RunKind.SAME, wording.text, tokens[block.a : at])


def _run(kind: RunKind, text: str, tokens: Sequence[WordToken]) -> DiffRun:
    first, last = tokens[0], tokens[-1]
    words = in_one_line(text[first.start : last.end])
    before = text[first.start - 1 : first.start]
    is_apart = first.is_word or before.isspace()
    return DiffRun(kind, words, is_apart)


def _comparable(tokens: Sequence[WordToken]) -> list[str]:
    """Return tokens as they are compared: the first one in any case."""
    comparable = [token.folded for token in tokens]
    if tokens:
        comparable[0] = tokens[0].key
    return comparable


def in_one_line(words: str) -> str:
    return " ".join(words.split())


def notes_on(
    parts: Sequence[QuotationPart],
    found: Sequence[PartLocation | None],
    source: Wording,
) -> Iterator[str]:
    """Yield in sentences what an editor should look at."""
    for part, (before, location) in zip(parts[1:], pairwise(found), strict=True):
        gap_span = _gap_span(before, location)
        if gap_span and part.gaps:
            yield from _notes_on_gap(part, source, *gap_span)
    for part, location in zip(parts, found, strict=True):
        if location is None:
            yield _("This part does not stand there: “%(words)s”.") % {
                "words": in_one_line(part.wording.text)
            }
        elif not location.is_exact:
            yield from _notes_on_change(part.wording, source, location)


def _notes_on_gap(
    part: QuotationPart, source: Wording, first: int, end: int
) -> Iterator[str]:
    count = end - first
    if any(gap.is_cut for gap in part.gaps):
        pattern = ngettext(
            "%(count)d word is left out.", "%(count)d words are left out.", count
        )
        yield pattern % {"count": count}
    negations = _negations(source.keys[first:end])
    if negations:
        yield _("What is left out holds “%(words)s”.") % {
            "words": "”, “".join(negations)
        }


def _notes_on_change(
    wording: Wording, source: Wording, location: PartLocation
) -> Iterator[str]:
    source_keys = source.keys[location.first : location.end]
    if wording.keys == source_keys:
        source_tokens = source.between(location.first, location.end)
        yield _note_on_signs(wording.between(0, len(wording)), source_tokens)
        return
    # How often each word stands, not where: the runs show the order.
    words, source_words = Counter(wording.keys), Counter(source_keys)
    added, missing = words - source_words, source_words - words
    negations = _negations(missing)
    if negations:
        yield _("The source says “%(words)s”; the quotation does not.") % {
            "words": "”, “".join(negations)
        }
    negations = _negations(added)
    if negations:
        yield _("The quotation says “%(words)s”; the source does not.") % {
            "words": "”, “".join(negations)
        }
    numbers = list(filter(_is_number, added))
    source_numbers = list(filter(_is_number, missing))
    if numbers or source_numbers:
        yield _("A number differs: %(here)s here, %(there)s in the source.") % {
            "here": _quoted(numbers),
            "there": _quoted(source_numbers),
        }
    if missing and not added:
        count = missing.total()
        pattern = ngettext(
            "%(count)d word is left out without a mark.",
            "%(count)d words are left out without a mark.",
            count,
        )
        yield pattern % {"count": count}


def _note_on_signs(
    tokens: Sequence[WordToken], source_tokens: Sequence[WordToken]
) -> str:
    """Return the note on a part of which all words stand in the source."""
    signs_differ = _keys(tokens) != _keys(source_tokens)
    capitals_differ = _words_after_first(tokens) != _words_after_first(source_tokens)
    if signs_differ and capitals_differ:
        return _("The words are the same; only punctuation and capitals differ.")
    if capitals_differ:
        return _("The words are the same; only capitals differ.")
    return _("The words are the same; only punctuation differs.")


def _keys(tokens: Sequence[WordToken]) -> list[str]:
    return [token.key for token in tokens]


def _words_after_first(tokens: Sequence[WordToken]) -> list[str]:
    words = [token.folded for token in tokens if token.is_word]
    return words[1:]


def _quoted(words: Sequence[str]) -> str:
    return f"“{'”, “'.join(words)}”" if words else _("none")


def _negations(keys: Iterable[str]) -> list[str]:
    """Return the words that turn a sentence round, each once."""
    return [
        key for key in dict.fromkeys(keys) if key in _NEGATIONS or key.endswith("n't")
    ]


def _is_number(key: str) -> bool:
    if any(letter.isdigit() for letter in key):
        return True
    number = number_at(tokenize(key), 0, is_russian=is_cyrillic(key))
    return number is not None and number.value is not None
