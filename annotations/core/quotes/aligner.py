"""One quotation beside one source: is it verbatim, cut, put together, or altered, and how.

    >>> from annotations.core.quotes.extractor import positions_in, quotations
    >>> source = Wording("Nobody gave the order. Every officer decided for himself.")
    >>> manuscript = "“Nobody ever gave the order … officer decided”"
    >>> quotation = next(quotations(positions_in(manuscript)))
    >>> [f"{run.what.value}: {run.words}" for run in trace(quotation, source).runs]
    ['same: Nobody', 'added: ever', 'same: gave the order', 'cut: …', ...]

Verbatim is only what has the same wording (see `tokens`), from the first word to the last. What
an author openly left out or put in is cut: each part is verbatim, and they stand in that order
in one text. Altered is what differs otherwise, if enough of the words agree: `ENOUGH` of all,
`FEWEST` at least, and two of them longer words, for much can be said in “one of the”. Anything
else is another text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise

from django.utils.translation import gettext as _
from rapidfuzz.distance import LCSseq, Levenshtein

from annotations.core.quotes.diff import (
    DiffRun,
    PartLocation,
    RunKind,
    in_one_line,
    notes_on,
    runs_of,
)
from annotations.core.quotes.extractor import Quotation, QuotationPart
from annotations.core.quotes.tokens import Wording, hyphens_resolved

# The share of a quotation's words that must agree, their number, and how many of those
# have four letters or more.
ENOUGH, FEWEST, LONGER_WORDS = 0.6, 4, 2
# Words of the source that a bracket may stand for.
_MOST_REPLACED = 15
# Words by which a passage may begin or end elsewhere than the words that agree in it
# say.
_SLACK = 4
# Beginnings of a source that are tried for parts that stand in order.
_MOST_TRIED = 200
# Closing signs that are of the quotation and not of the sentence around it.
_QUOTED_SIGNS = ("?", "!")
_Trigram = tuple[str, str, str]


class Verdict(StrEnum):
    """From the worst to the best."""

    ABSENT = "absent"
    ALTERED = "altered"
    SPLICED = "spliced"
    SHORT = "short"
    CUT = "cut"
    VERBATIM = "verbatim"


@dataclass(frozen=True)
class Alignment:
    """What a source has of a quotation: in `start` to `end` (code points), `agreeing` being the
    share of its words."""

    verdict: Verdict
    start: int
    end: int
    runs: tuple[DiffRun, ...]
    notes: tuple[str, ...]
    agreeing: float


def trace(quotation: Quotation, source: Wording) -> Alignment | None:
    """Return what `source` has of the quotation; None where that is not enough to say that it
    is quoted."""
    words = hyphens_resolved(quotation.words, source.key_set)
    if words != quotation.words:
        quotation = quotation.reworded(words)
    whole = _exact(quotation.wording, source, is_end=True)
    if whole and not quotation.changed_case:
        runs = (DiffRun(RunKind.SAME, in_one_line(quotation.words)),)
        start, end = source.span(whole.first, whole.end)
        return Alignment(Verdict.VERBATIM, start, end, runs, (), 1.0)
    parts = quotation.parts
    if not parts:  # nothing but the author's own brackets
        return None
    in_order = _in_order(parts, source)
    if in_order:
        verdict = Verdict.CUT if quotation.is_edited else Verdict.VERBATIM
        if not all(location.is_exact for location in in_order):
            verdict = Verdict.ALTERED
        return _alignment(verdict, quotation, in_order, source)
    found = _anywhere(parts, source)
    if not _is_enough(parts, found, source):
        return None
    are_exact = all(location and location.is_exact for location in found)
    verdict = Verdict.SPLICED if are_exact and len(parts) > 1 else Verdict.ALTERED
    return _alignment(verdict, quotation, found, source)


def trace_part(part: QuotationPart, source: Wording) -> tuple[int, int] | None:
    """Return where in `source` (code points) a part stands verbatim."""
    location = _exact(part.wording, source, is_end=False)
    return source.span(location.first, location.end) if location else None


def _exact(
    wording: Wording, source: Wording, *, is_end: bool, after: int = 0
) -> PartLocation | None:
    """Return the first location from the word `after` on that has this wording; `is_end` if a
    closing sign counts too.

    A full stop or a comma after the last word is of the sentence that quotes; a question or an
    exclamation is not.
    """
    count = len(wording)
    for at in source.positions(wording.keys):
        if at < after or not wording.same(0, source, at, count):
            continue
        if not is_end or _ends_alike(wording, source, at + count):
            return PartLocation(at, at + count, count, True)
    return None


def _ends_alike(wording: Wording, source: Wording, end: int) -> bool:
    """Say whether a question is one in the source too, and an exclamation."""
    closing = wording.sign_after(len(wording))
    return closing not in _QUOTED_SIGNS or source.sign_after(end) == closing


def _in_order(parts: Sequence[QuotationPart], source: Wording) -> list[PartLocation]:
    """Return where the parts stand one after another, word for word if not sign for sign; empty
    where they do not.

    Of several such passages the one is taken in which least is left out.
    """
    beginnings = source.positions(parts[0].wording.keys)
    passages = []
    for first in islice(beginnings, _MOST_TRIED):
        passage = _following(parts, source, first)
        if passage:
            passages.append(passage)
    return min(passages, key=_rank, default=[])


def _rank(passage: Sequence[PartLocation]) -> tuple[bool, int]:
    is_exact = all(location.is_exact for location in passage)
    return not is_exact, passage[-1].end - passage[0].first


def _following(
    parts: Sequence[QuotationPart], source: Wording, first: int
) -> list[PartLocation]:
    """Return where the parts stand if the first one begins at the word `first`; empty if one of
    them does not follow."""
    passage: list[PartLocation] = []
    at = first
    for part in parts:
        count = len(part.wording)
        if passage:
            next_at = _next_position(part, source, at)
            if next_at is None:
                return []
            at = next_at
        is_exact = part.wording.same(0, source, at, count)
        if part is parts[-1] and not _ends_alike(part.wording, source, at + count):
            is_exact = False
        passage.append(PartLocation(at, at + count, count, is_exact))
        at += count
    return passage


def _next_position(part: QuotationPart, source: Wording, at: int) -> int | None:
    """Return where a part stands next from the word `at` on, if the gap before it may be so
    long: after an ellipsis it may."""
    furthest = at + _MOST_REPLACED
    if any(gap.is_cut for gap in part.gaps):
        furthest = len(source)
    for position in source.positions(part.wording.keys):
        if position >= at:
            return position if position <= furthest else None
    return None


def _anywhere(
    parts: Sequence[QuotationPart], source: Wording
) -> list[PartLocation | None]:
    """Return where each part stands best: verbatim after the part before it, verbatim
    elsewhere, or nearly."""
    locations: list[PartLocation | None] = []
    after = 0
    for part in parts:
        location = (
            _exact(part.wording, source, is_end=False, after=after)
            or _exact(part.wording, source, is_end=False)
            or _near(part.wording, source)
        )
        if location:
            after = location.end
        locations.append(location)
    return locations


def _near(wording: Wording, source: Wording) -> PartLocation | None:
    """Return the passage of the source that agrees best with the words of a part.

    Where three words of the part follow one another in the source, that is a hit; the passage
    is where most hits lie together. It goes as far beyond them as the part does.
    """
    keys, count = wording.keys, len(wording)
    numbers = {trigram: number for number, trigram in enumerate(_trigrams(keys))}
    hits = []
    for at, trigram in enumerate(_trigrams(source.keys)):
        if trigram in numbers:
            hits.append((at, numbers[trigram]))
    if not hits:
        return None
    hits = _densest(hits, reach=2 * count + _SLACK)
    first_at, first_number = hits[0]
    last_at, last_number = hits[-1]
    first = max(0, first_at - first_number)
    end = min(len(source), last_at + count - last_number)
    return _aligned(keys, source.keys, first, end)


def _trigrams(keys: Sequence[str]) -> Iterator[_Trigram]:
    return zip(keys, keys[1:], keys[2:], strict=False)


def _densest(hits: list[tuple[int, int]], reach: int) -> list[tuple[int, int]]:
    """Return the hits within `reach` words of the source that are most, of different
    trigrams; of equally many the first, and the longest of those that begin there."""
    most = 0
    densest: list[tuple[int, int]] = []
    begin = densest_begin = 0
    for end, (at, _number) in enumerate(hits, start=1):
        while at - hits[begin][0] > reach:
            begin += 1
        window = hits[begin:end]
        different = len({number for _at, number in window})
        if different > most or (different == most and begin == densest_begin):
            most, densest, densest_begin = different, window, begin
    return densest


def _aligned(
    keys: Sequence[str], source: Sequence[str], first: int, end: int
) -> PartLocation:
    """Move the ends of a passage by a few words to where least differs, and count the words
    that agree."""
    # One end after the other: all pairs of ends would cost the square of the slack.
    earliest_end = max(first + 1, end - _SLACK)
    latest_end = min(len(source), end + _SLACK)
    ends = range(earliest_end, latest_end + 1)
    best_end = min(ends, key=lambda end: _cost(keys, source[first:end]))
    earliest_first = max(0, first - _SLACK)
    latest_first = min(first + _SLACK, best_end - 1)
    firsts = range(earliest_first, latest_first + 1)
    best_first = min(firsts, key=lambda start: _cost(keys, source[start:best_end]))
    edits = Levenshtein.editops(keys, source[best_first:best_end])
    agreeing = sum(block.size for block in edits.as_matching_blocks())
    return PartLocation(best_first, best_end, agreeing, False)


def _cost(keys: Sequence[str], passage: Sequence[str]) -> tuple[int, int, int]:
    # Where as many words differ, the passage that has more of them in order is nearer.
    distance = Levenshtein.distance(keys, passage)
    similarity = LCSseq.similarity(keys, passage)
    return distance, -similarity, abs(len(passage) - len(keys))


def _is_enough(
    parts: Sequence[QuotationPart],
    found: Sequence[PartLocation | None],
    source: Wording,
) -> bool:
    """Say whether so many words agree that the passage can be meant."""
    locations = [location for location in found if location]
    agreeing = sum(location.agreeing for location in locations)
    if agreeing < FEWEST or agreeing < ENOUGH * _count_words(parts):
        return False
    source_words: set[str] = set()
    for location in locations:
        source_words.update(source.keys[location.first : location.end])
    quoted_words: set[str] = set()
    for part in parts:
        quoted_words.update(part.wording.keys)
    longer_words = [word for word in source_words & quoted_words if len(word) > 3]
    return len(longer_words) >= LONGER_WORDS


def _count_words(parts: Sequence[QuotationPart]) -> int:
    return sum(len(part.wording) for part in parts)


def _alignment(
    verdict: Verdict,
    quotation: Quotation,
    found: Sequence[PartLocation | None],
    source: Wording,
) -> Alignment:
    parts = quotation.parts
    runs: list[DiffRun] = []
    for n in range(len(parts)):
        runs += runs_of(parts, found, n, source)
    locations = [location for location in found if location]
    spans = [source.span(location.first, location.end) for location in locations]
    agreeing = sum(location.agreeing for location in locations) / _count_words(parts)
    notes = []
    if verdict is Verdict.SPLICED:
        notes.append(_why_spliced(locations))
    if quotation.changed_case:
        notes.append(_("A capital or a small letter was put in, in brackets."))
    notes += notes_on(parts, found, source)
    start = min(start for start, _end in spans)
    end = max(end for _start, end in spans)
    return Alignment(verdict, start, end, tuple(runs), tuple(notes), agreeing)


def _why_spliced(locations: Sequence[PartLocation]) -> str:
    if all(before.first <= after.first for before, after in pairwise(locations)):
        return _("More is left out between its parts than the brackets stand for.")
    return _("Its parts stand in the source in another order.")
