"""The quotations in a manuscript: where they stand, and what their author did to them openly.

    >>> manuscript = "He said: “Nobody gave the order.” Then he left."
    >>> [quotation.words for quotation in quotations(positions_in(manuscript))]
    ['Nobody gave the order.']

Marks are read as typesetters of several languages set them: “…”, „…“, «…», »…«, ”…”, ‘…’, "…"
and '…'. One that stands in another belongs to its words. A quotation that goes on in the next
paragraph opens there again, and closes in the last. Paragraphs that begin with `>` are a block
quotation. A single mark is an apostrophe where letters follow it; a quotation in single marks
ends within its paragraph.

What an author leaves out or puts in is taken from the words, so that the rest can be looked
for: see `parts_of`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from annotations.core.quotes.tokens import DASHES, Wording

_CLOSING = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "”": "”",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "‹": "›",
}
# Marks that open a quotation only before a word and after a blank, because they close
# others.
_BOTH_WAYS = frozenset("\"'”»")
_SINGLE = frozenset("‘'‚‹")
_NESTED = frozenset("“„«")
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")
_NOTE_BEGINNING = re.compile(r"\[\^([^\]\s]+)\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
# Words of a part that can be told from others by itself.
SHORTEST = 3
# Code points of the manuscript shown on either side.
_CONTEXT = 60
# Code points of a quotation in single marks: further on its end is more likely an
# apostrophe.
_MOST_SINGLE = 600

# What begins with an apostrophe: '90s, rock 'n' roll, 'tis.
_SHORTENED = re.compile(
    r"n['’]|(?:\d0s|t(?:is|was)|em|cause|bout|til)\b", re.IGNORECASE
)

_DOTS = r"(?:…|\.(?:\s?\.){1,3})"
_GAP = re.compile(
    rf"(?P<cut>[\[(<]\s*{_DOTS}\s*[\])>]|…(?:\s?\.)?|\.(?:\s?\.){{2,3}})|(?P<bracket>\w*\[[^\[\]\n]*\](?:\w*))"
)
_CASE = re.compile(r"\[([^\W\d_])\](?=\w)")


@dataclass(frozen=True)
class ManuscriptPosition:
    """A paragraph of the manuscript, counted from 1, or the note with this mark; `text` is in
    one line."""

    number: int
    note: str
    text: str
    is_block: bool


@dataclass(frozen=True)
class QuotationGap:
    """What an author openly left out (`is_cut`) or put in, as it is written."""

    written: str
    is_cut: bool


@dataclass(frozen=True)
class QuotationPart:
    """Words that must stand in the source side by side, and what is between them and the part
    before.

    `after` is what was put in after the last part.
    """

    wording: Wording
    gaps: tuple[QuotationGap, ...]
    after: tuple[QuotationGap, ...] = ()


@dataclass(frozen=True)
class Quotation:
    """`words` are what stands between the marks; `before` and `after` the words around them,
    for finding them again."""

    words: str
    place: ManuscriptPosition
    before: str
    after: str
    is_closed: bool = True

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.words)

    @cached_property
    def parts(self) -> list[QuotationPart]:
        return parts_of(self.words)

    @property
    def changed_case(self) -> bool:
        """Whether an author changed a capital openly: `[T]he`."""
        return _CASE.search(self.words) is not None

    @property
    def is_edited(self) -> bool:
        if len(self.parts) > 1 or self.changed_case:
            return True
        return any(part.gaps or part.after for part in self.parts)

    @cached_property
    def long_parts(self) -> list[QuotationPart]:
        """The parts that can be told from others by themselves."""
        return [part for part in self.parts if len(part.wording) >= SHORTEST]

    @property
    def is_short(self) -> bool:
        """Whether it has too few words to tell where it is from."""
        return not self.long_parts

    def reworded(self, words: str) -> "Quotation":
        return replace(self, words=words)


def parts_of(words: str) -> list[QuotationPart]:
    """Part words at ellipses and at brackets, which are the author's own.

    `[T]he` is only another capital, `kill[ed]` another word. What stands before the first part
    or after the last leaves nothing out; what is put in there is kept with the part.

    >>> parts = parts_of("[T]hey … fired [into] the air")
    >>> [(part.wording.text, [gap.written for gap in part.gaps]) for part in parts]
    [('They ', []), (' fired ', ['…']), (' the air', ['[into]'])]
    """
    words = _CASE.sub(r"\1", words)
    parts: list[QuotationPart] = []
    gaps: list[QuotationGap] = []
    at = 0
    for match in _GAP.finditer(words):
        gaps = _add_part(parts, words[at : match.start()], gaps)
        gaps.append(QuotationGap(match[0], match["cut"] is not None))
        at = match.end()
    gaps = _add_part(parts, words[at:], gaps)
    put_in = _without_cuts(gaps)
    if parts and put_in:
        parts[-1] = replace(parts[-1], after=put_in)
    return parts


def _add_part(
    parts: list[QuotationPart], words: str, gaps: list[QuotationGap]
) -> list[QuotationGap]:
    """Add the words after `gaps` as a part; return the gaps that still wait for one."""
    wording = Wording(words)
    if not len(wording):
        return gaps
    # Nothing is left out before the first part.
    parts.append(QuotationPart(wording, tuple(gaps) if parts else _without_cuts(gaps)))
    return []


def _without_cuts(gaps: Sequence[QuotationGap]) -> tuple[QuotationGap, ...]:
    return tuple(gap for gap in gaps if not gap.is_cut)


def positions_in(manuscript: str) -> list[ManuscriptPosition]:
    """Return the paragraphs of a manuscript, as `annotations.core.manuscripts` gives it."""
    positions = []
    number = 0
    for paragraph in _PARAGRAPH_END.split(manuscript.strip()):
        note = ""
        beginning = _NOTE_BEGINNING.match(paragraph)
        if beginning:
            note = beginning[1]
            paragraph = paragraph[beginning.end() :]
        else:
            number += 1
        lines = [line.strip() for line in paragraph.split("\n")]
        is_block = all(line.startswith(">") for line in lines)
        if is_block:
            lines = [line.lstrip("> ") for line in lines]
        text = _NOTE_MARK.sub("", " ".join(lines))
        positions.append(
            ManuscriptPosition(number, note, " ".join(text.split()), is_block)
        )
    return positions


def quotations(places: Sequence[ManuscriptPosition]) -> Iterator[Quotation]:
    """Yield the quotations of a manuscript in its order; those without a word are none."""
    for quotation in _marked_quotations(places):
        if len(quotation.wording):
            yield quotation


def _marked_quotations(paragraphs: Sequence[ManuscriptPosition]) -> Iterator[Quotation]:
    n, at = 0, 0
    while n < len(paragraphs):
        paragraph = paragraphs[n]
        if paragraph.is_block:
            end_of_block = _end_of_block(paragraphs, n)
            yield _block_quotation(paragraphs[n:end_of_block])
            n, at = end_of_block, 0
            continue
        start = _next_opening(paragraph.text, at)
        if start is None:
            n, at = n + 1, 0
            continue
        last, end, is_closed = _end_of_quotation(paragraphs, n, start)
        if not is_closed and paragraph.text[start] in _SINGLE:
            at = start + 1  # an apostrophe
            continue
        words = _words_between(paragraphs[n : last + 1], start, end)
        rest = paragraphs[last].text[end + 1 if is_closed else end :]
        before, after = _tail(paragraph.text[:start]), _head(rest)
        yield Quotation(words, paragraph, before, after, is_closed)
        n, at = last, end + 1 if is_closed else max(end, at + 1)


def _words_between(
    paragraphs: Sequence[ManuscriptPosition], start: int, end: int
) -> str:
    """Return the words between the mark at `start` in the first paragraph and `end` in the
    last; each paragraph but the first begins with a mark of its own."""
    texts = [paragraph.text for paragraph in paragraphs]
    texts[-1] = texts[-1][:end]
    texts[0] = texts[0][start:]
    return "\n\n".join(text[1:] for text in texts)


def _end_of_block(paragraphs: Sequence[ManuscriptPosition], n: int) -> int:
    while n < len(paragraphs) and paragraphs[n].is_block:
        n += 1
    return n


def _block_quotation(paragraphs: Sequence[ManuscriptPosition]) -> Quotation:
    """Return a block quotation, without marks around it and without a last line that names its
    source."""
    texts = [paragraph.text for paragraph in paragraphs]
    if len(texts) > 1 and texts[-1][:1] in DASHES[1:]:
        texts.pop()
    words = "\n\n".join(texts).strip()
    return Quotation(_without_marks(words), paragraphs[0], "", "")


def _without_marks(words: str) -> str:
    """Take away the marks around a block quotation, if they are the only ones in it."""
    opening, inside, closing = words[:1], words[1:-1], words[-1:]
    if closing not in _CLOSING.get(opening, ()):
        return words
    if opening in inside or closing in inside:
        return words
    return inside


def _next_opening(text: str, at: int) -> int | None:
    """Return where the next quotation opens."""
    for match in _OPENING.finditer(text, at):
        start, mark = match.start(), match[0]
        before, after = text[start - 1 : start], text[start + 1 : start + 2]
        if not after or after.isspace() or before.isalnum():
            continue
        if (mark in _BOTH_WAYS or mark in _SINGLE) and not _may_precede_opening(before):
            continue
        if mark in _SINGLE and _SHORTENED.match(text, start + 1):
            continue
        return start
    return None


def _may_precede_opening(before: str) -> bool:
    """Say whether a mark after this character, or at the beginning, may open a quotation."""
    if not before or before.isspace():
        return True
    return before in "([{/" or before in DASHES or before in _CLOSING


def _end_of_quotation(
    paragraphs: Sequence[ManuscriptPosition], n: int, start: int
) -> tuple[int, int, bool]:
    """Return in which paragraph a quotation ends, where, and whether it is closed there."""
    text = paragraphs[n].text
    mark = text[start]
    end, is_closed = _closing(text, start)
    if is_closed or end < len(text) or mark in _SINGLE:
        return n, end, is_closed
    for last in range(n + 1, len(paragraphs)):
        further = paragraphs[last]
        if further.is_block or not further.text.startswith(mark):
            break
        further_end, is_closed = _closing(further.text, 0)
        if is_closed:
            return last, further_end, True
        if further_end < len(further.text):
            break
    return n, end, False


def _closing(text: str, start: int) -> tuple[int, bool]:
    """Return where the quotation that opens at `start` closes, and True; or where another
    opens, or the end, and False."""
    mark = text[start]
    if mark in "‘'":
        return _closing_of_single(text, start)
    if mark in _BOTH_WAYS:
        return _closing_of_both_ways(text, start)
    closing, depth, last = _CLOSING[mark], 0, -1
    for at in range(start + 1, len(text)):
        if text[at] in closing:
            if not depth:
                return at, True
            depth -= 1
            last = at
        elif text[at] == mark and mark in _NESTED:
            depth += 1
    # One that was opened too often closes with the last mark there is.
    return (last, True) if last >= 0 else (len(text), False)


def _closing_of_both_ways(text: str, start: int) -> tuple[int, bool]:
    mark = text[start]
    for at in range(start + 1, len(text)):
        if (
            text[at] == mark
            and mark not in ("”", "»")
            and _next_opening(text, at) == at
        ):
            return at, False
        if text[at] in _CLOSING[mark]:
            return at, True
    return len(text), False


def _closing_of_single(text: str, start: int) -> tuple[int, bool]:
    """Return where a quotation in single marks closes: at one that is no apostrophe, as far as
    that can be told.

    A mark before a letter is an apostrophe. One after an `s` and before a blank may be: `the
    workers' rights'`; then a later one before the next opening mark is taken, if there is one
    in the same sentence.
    """
    closing, possessive = _CLOSING[text[start]], -1
    for at in range(start + 1, min(len(text), start + _MOST_SINGLE)):
        character, after = text[at], text[at + 1 : at + 2]
        if character in closing and not after.isalnum() and not text[at - 1].isspace():
            if text[at - 1] not in "sS" or (after and not after.isspace()):
                return at, True
            possessive = at
        elif possessive >= 0:
            ends_sentence = character in ".!?" and not after.strip()
            if ends_sentence or _next_opening(text, at) == at:
                break
    return (possessive, True) if possessive >= 0 else (len(text), False)


def _tail(text: str) -> str:
    if len(text) <= _CONTEXT:
        return text
    _cut_word, _blank, whole_words = text[-_CONTEXT:].partition(" ")
    return f"…{whole_words}"


def _head(text: str) -> str:
    if len(text) <= _CONTEXT:
        return text
    whole_words, _blank, _cut_word = text[:_CONTEXT].rpartition(" ")
    return f"{whole_words}…"
