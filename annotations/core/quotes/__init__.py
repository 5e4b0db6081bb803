"""Quotations: found in a manuscript, looked for in many texts, and compared with one of them
word for word.

    >>> from annotations.core.quotes import Wording, positions_in, quotations, trace
    >>> manuscript = "He said: “Nobody ever gave the order to shoot.”"
    >>> [quotation] = quotations(positions_in(manuscript))
    >>> source = Wording("Nobody gave the order to shoot, he said.")
    >>> trace(quotation, source).verdict.value
    'altered'

`extractor` finds quotations and what their author did to them openly, `candidates` says which
texts may hold them, `aligner` judges one quotation beside one text, and `diff` shows where they
differ. All of them compare words as `tokens` takes them apart. `fingerprint` tells when two
passages are of one agency's text.
"""

from annotations.core.quotes.aligner import Alignment, Verdict, trace, trace_part
from annotations.core.quotes.candidates import MOST_TEXTS, CandidateFinder, Candidates
from annotations.core.quotes.diff import RunKind, inline_diff
from annotations.core.quotes.extractor import (
    ManuscriptPosition,
    Quotation,
    positions_in,
    quotations,
)
from annotations.core.quotes.fingerprint import wording_of
from annotations.core.quotes.tokens import Wording, hyphens_resolved, keys_of, spaced

__all__ = [
    "MOST_TEXTS",
    "Alignment",
    "CandidateFinder",
    "Candidates",
    "ManuscriptPosition",
    "Quotation",
    "RunKind",
    "Verdict",
    "Wording",
    "hyphens_resolved",
    "inline_diff",
    "keys_of",
    "positions_in",
    "quotations",
    "spaced",
    "trace",
    "trace_part",
    "wording_of",
]
