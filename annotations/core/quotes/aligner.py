"""One quotation beside one source: is it verbatim, cut, put together, or altered, and how.

    >>> from annotations.core.quotes.extractor import places_in, quotations
    >>> source = Wording("Nobody gave the order. Every officer decided for himself.")
    >>> quoted = next(quotations(places_in("“Nobody ever gave the order … officer decided”")))
    >>> print(" ".join(f"{run.what.value}:{run.words}" for run in trace(quoted, source).runs))
    same:Nobody added:ever same:gave the order cut:… left_out:Every same:officer decided

Verbatim is only what has the same wording (see `tokens`), from the first word to the last. What
an author openly left out or put in is cut: each part is verbatim, and they stand in that order
in one text. Altered is what differs otherwise, if enough of the words agree: `ENOUGH` of all,
`FEWEST` at least, and two of them longer words, for much can be said in “one of the”. Anything
else is another text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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

ENOUGH, FEWEST, LONGER_WORDS = 0.6, 4, 2
"""The share of a quotation's words that must agree, their number, and how many of those have
four letters or more."""
_MOST_REPLACED = 15
"""Words of the source that a bracket may stand for."""
_SLACK = 4
"""Words by which a passage may begin or end elsewhere than the words that agree in it say."""
_MOST_TRIED = 200


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
    quotation = _resolved(quotation, source)
    whole = _exact(quotation.wording, source, is_end=True)
    if whole and not quotation.changed_case:
        return _verbatim(quotation, source, whole)
    parts = quotation.parts
    if in_order := _in_order(parts, source):
        verdict = Verdict.CUT if quotation.is_edited else Verdict.VERBATIM
        is_exact = all(one.is_exact for one in in_order)
        return _told(
            verdict if is_exact else Verdict.ALTERED, parts, in_order, source, quotation
        )
    found = _anywhere(parts, source)
    if not _is_enough(parts, found, source):
        return None
    is_spliced = len(parts) > 1 and all(one and one.is_exact for one in found)
    return _told(
        Verdict.SPLICED if is_spliced else Verdict.ALTERED, parts, found, source, quotation
    )


def _resolved(quotation: Quotation, source: Wording) -> Quotation:
    words = hyphens_resolved(quotation.words, source.key_set)
    return quotation if words == quotation.words else quotation.reworded(words)


def trace_part(part: QuotationPart, source: Wording) -> tuple[int, int] | None:
    """Return where in `source` (code points) a part stands verbatim."""
    found = _exact(part.wording, source, is_end=False)
    return source.span(found.first, found.end) if found else None


def _verbatim(quotation: Quotation, source: Wording, found: PartLocation) -> Alignment:
    runs = (DiffRun(RunKind.SAME, in_one_line(quotation.words)),)
    return Alignment(Verdict.VERBATIM, *source.span(found.first, found.end), runs, (), 1.0)


def _exact(
    wording: Wording, source: Wording, *, is_end: bool, after: int = 0
) -> PartLocation | None:
    """Return the first place from the word `after` on that has this wording; `is_end` if a
    closing sign counts too.

    A full stop or a comma behind the last word is of the sentence that quotes; a question or an
    exclamation is not.
    """
    count = len(wording)
    closing = wording.sign_after(count) if is_end else ""
    for at in source.places(wording.keys):
        if at >= after and wording.same(0, source, at, count):
            if closing in ("?", "!") and source.sign_after(at + count) != closing:
                continue
            return PartLocation(at, at + count, count, True)
    return None


def _in_order(parts: Sequence[QuotationPart], source: Wording) -> list[PartLocation]:
    """Return where the parts stand one after another, word for word if not sign for sign; empty
    where they do not.

    Of several places the one is taken in which least is left out.
    """
    best: list[PartLocation] = []
    for tried, first in enumerate(source.places(parts[0].wording.keys)):
        if tried >= _MOST_TRIED:
            break
        here = _following(parts, source, first)
        if here and (not best or _rank(here) < _rank(best)):
            best = here
    return best


def _rank(found: Sequence[PartLocation]) -> tuple[bool, int]:
    return not all(one.is_exact for one in found), found[-1].end - found[0].first


def _following(
    parts: Sequence[QuotationPart], source: Wording, first: int
) -> list[PartLocation]:
    at, found = first, list[PartLocation]()
    for n, part in enumerate(parts):
        count = len(part.wording)
        if n:
            furthest = (
                len(source) if any(gap.is_cut for gap in part.gaps) else at + _MOST_REPLACED
            )
            at = next(
                (place for place in source.places(part.wording.keys) if at <= place),
                len(source) + 1,
            )
            if at > furthest:
                return []
        is_exact = part.wording.same(0, source, at, count)
        if n == len(parts) - 1 and (closing := part.wording.sign_after(count)) in ("?", "!"):
            is_exact &= source.sign_after(at + count) == closing
        found.append(PartLocation(at, at + count, count, is_exact))
        at += count
    return found


def _anywhere(parts: Sequence[QuotationPart], source: Wording) -> list[PartLocation | None]:
    """Return where each part stands best: verbatim behind the part before it, verbatim
    elsewhere, or nearly."""
    found: list[PartLocation | None] = []
    after = 0
    for part in parts:
        behind = _exact(part.wording, source, is_end=False, after=after)
        here = (
            behind or _exact(part.wording, source, is_end=False) or _near(part.wording, source)
        )
        after = here.end if here else after
        found.append(here)
    return found


def _near(wording: Wording, source: Wording) -> PartLocation | None:
    """Return the passage of the source that agrees best with the words of a part."""
    keys, count = wording.keys, len(wording)
    threes = {three: n for n, three in enumerate(zip(keys, keys[1:], keys[2:], strict=False))}
    of_source = zip(source.keys, source.keys[1:], source.keys[2:], strict=False)
    hits = [(at, threes[three]) for at, three in enumerate(of_source) if three in threes]
    if not hits:
        return None
    hits = _densest(hits, reach=2 * count + _SLACK)
    first, end = (
        max(0, hits[0][0] - hits[0][1]),
        min(len(source), hits[-1][0] + count - hits[-1][1]),
    )
    return _aligned(keys, source.keys, first, end)


def _densest(hits: list[tuple[int, int]], reach: int) -> list[tuple[int, int]]:
    """Return the hits within `reach` words of the source that are most, of different threes."""
    best: tuple[int, int, int] = (0, 0, 0)
    begin = 0
    for end in range(len(hits)):
        while hits[end][0] - hits[begin][0] > reach:
            begin += 1
        best = max(
            best, (len({number for _at, number in hits[begin : end + 1]}), -begin, end + 1)
        )
    return hits[-best[1] : best[2]]


def _aligned(keys: Sequence[str], source: Sequence[str], first: int, end: int) -> PartLocation:
    """Move the ends of a passage by a few words to where least differs, and count the words
    that agree."""

    def cost(first: int, end: int) -> tuple[int, int, int]:
        passage = source[first:end]
        return (
            Levenshtein.distance(keys, passage),
            -LCSseq.similarity(keys, passage),
            abs(len(passage) - len(keys)),
        )

    ends = range(max(first + 1, end - _SLACK), min(len(source), end + _SLACK) + 1)
    end = min(ends, key=lambda end: cost(first, end))
    starts = range(max(0, first - _SLACK), min(first + _SLACK, end - 1) + 1)
    first = min(starts, key=lambda first: cost(first, end))
    blocks = Levenshtein.editops(keys, source[first:end]).as_matching_blocks()
    return PartLocation(first, end, sum(block.size for block in blocks), False)


def _is_enough(
    parts: Sequence[QuotationPart], found: Sequence[PartLocation | None], source: Wording
) -> bool:
    """Whether so many words agree that the passage can be meant."""
    agreeing = [one for one in found if one]
    words = sum(one.agreeing for one in agreeing)
    if words < FEWEST or words < ENOUGH * sum(len(part.wording) for part in parts):
        return False
    longer = {
        key for one in agreeing for key in source.keys[one.first : one.end] if len(key) > 3
    }
    return len(longer & {key for part in parts for key in part.wording.keys}) >= LONGER_WORDS


def _told(
    verdict: Verdict,
    parts: Sequence[QuotationPart],
    found: Sequence[PartLocation | None],
    source: Wording,
    quotation: Quotation,
) -> Alignment:
    runs = [run for n in range(len(parts)) for run in runs_of(parts, found, n, source)]
    there = [one for one in found if one]
    start, _end = source.span(min(one.first for one in there), max(one.end for one in there))
    end = max(source.span(one.first, one.end)[1] for one in there)
    agreeing = sum(one.agreeing for one in there) / sum(len(part.wording) for part in parts)
    notes = [_why_spliced([one.first for one in there])] if verdict is Verdict.SPLICED else []
    notes += (
        [_("A capital or a small letter was put in, in brackets.")]
        if quotation.changed_case
        else []
    )
    notes += notes_on(parts, found, source)
    return Alignment(verdict, start, end, tuple(runs), tuple(notes), agreeing)


def _why_spliced(places: Sequence[int]) -> str:
    if [*places] == sorted(places):
        return _("More is left out between its parts than the brackets stand for.")
    return _("Its parts stand in the source in another order.")
