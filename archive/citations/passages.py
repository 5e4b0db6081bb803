"""Citations of many passages of one article: what is the same for all of them is made once.

A style is asked once, for a paragraph and an address that no article has. Where these two stand
in what it writes, those of each passage are put:

    Ivan Petrov, “Day Three,” The Post, para. 1982451653, archived at https://…/00000000-….
                                              paragraph               address of a passage
"""

from dataclasses import replace

from archive.citations.citation import STYLES, plain
from archive.citations.reference import Reference

_PARAGRAPH = 1_982_451_653
_ARCHIVED = "https://stand-in.invalid/00000000-0000-0000-0000-000000000000/"


class PassageCitations:
    """Cites passages of one article in one of `STYLES`, as plain text."""

    def __init__(self, article: Reference, style: str) -> None:
        self._article = article
        self._cite = STYLES[style].cite
        self._pieces = None
        # A title may be a stand-in, where the style leaves the paragraph out.
        if str(_PARAGRAPH) not in repr(article):
            self._pieces = _pieces_around(self._in_full(_PARAGRAPH, _ARCHIVED))

    def citation(self, paragraph: int, archived: str) -> str:
        """Return what the style writes for a passage; `archived` is its permanent address."""
        # Punctuation depends on how an address begins and ends, and 0 is no paragraph.
        is_like_stand_ins = (
            paragraph > 0
            and archived.startswith(("https://", "http://"))
            and archived.endswith("/")
        )
        if self._pieces is None or not is_like_stand_ins:
            return self._in_full(paragraph, archived)
        before, between, after = self._pieces
        return f"{before}{paragraph}{between}{archived}{after}"

    def _in_full(self, paragraph: int, archived: str) -> str:
        passage = replace(self._article, paragraph=paragraph, archived=archived)
        return plain(self._cite(passage))


def _pieces_around(citation: str) -> tuple[str, str, str] | None:
    """Return what stands before, between and after the two stand-ins; None where they do not
    both stand there once, in this order: a style may leave one out."""
    number = str(_PARAGRAPH)
    if citation.count(number) != 1 or citation.count(_ARCHIVED) != 1:
        return None
    before, _number, rest = citation.partition(number)
    between, address, after = rest.partition(_ARCHIVED)
    return (before, between, after) if address else None
