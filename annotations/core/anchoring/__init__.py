"""Where a passage stands: selected in a text, found again in the next version of it, addressed
by its words, and marked in its HTML.

    >>> from annotations.core.anchoring import carry, select
    >>> passage = select("At least 15 people died.", 0, 11)
    >>> carry(passage, "On Friday: At least 15 people died.").start
    11
    >>> carry(passage, "At least 15 of them died.")  # another context: nothing is guessed

All offsets are code points, start inclusive, end exclusive. `selectors` is what the rest stands
on; `version_diff` says what became of a passage whose words were changed, `text_fragments`
makes addresses that open a page at it, and `highlighter` draws the marks.
"""

from annotations.core.anchoring.highlighter import (
    HighlightSpan,
    lanes_of,
    overlay,
    overlay_piece,
)
from annotations.core.anchoring.selectors import (
    Quotable,
    Selector,
    Unanchorable,
    around,
    carry,
    context_of,
    occurrences,
    select,
)
from annotations.core.anchoring.text_fragments import directive, link_to_passage
from annotations.core.anchoring.version_diff import (
    MatchKind,
    VersionMatch,
    match_in_version,
)

__all__ = [
    "HighlightSpan",
    "MatchKind",
    "Quotable",
    "Selector",
    "Unanchorable",
    "VersionMatch",
    "around",
    "carry",
    "context_of",
    "directive",
    "lanes_of",
    "link_to_passage",
    "match_in_version",
    "occurrences",
    "overlay",
    "overlay_piece",
    "select",
]
