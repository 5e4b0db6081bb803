"""The quotations in a manuscript: where they stand, and what their author did to them openly.

    >>> [found.words for found in quotations(places_in("He said: “Nobody gave the order.” Then he left."))]
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
_BOTH_WAYS = frozenset("\"'”»")
"""Marks that open a quotation only before a word and behind a blank, because they close
others."""
_SINGLE = frozenset("‘'‚‹")
_NESTED = frozenset("“„«")
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
SHORTEST = 3
"""Words of a part that can be told from others by itself."""
_CONTEXT = 60
"""Code points of the manuscript shown on either side."""
_MOST_SINGLE = 600
"""Code points of a quotation in single marks: further on its end is more likely an
apostrophe."""

_SHORTENED = re.compile(r"n['’]|(?:\d0s|t(?:is|was)|em|cause|bout|til)\b", re.IGNORECASE)
"""What begins with an apostrophe: '90s, rock 'n' roll, 'tis."""

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

    `behind` is what was put in behind the last part.
    """

    wording: Wording
    gaps: tuple[QuotationGap, ...]
    behind: tuple[QuotationGap, ...] = ()


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
        return (
            len(self.parts) > 1
            or self.changed_case
            or any(part.gaps or part.behind for part in self.parts)
        )

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
    or behind the last leaves nothing out; what is put in there is kept with the part.

    >>> [(part.wording.text, [gap.written for gap in part.gaps]) for part in parts_of("[T]hey … fired [into] the air")]
    [('They ', []), (' fired ', ['…']), (' the air', ['[into]'])]
    """
    words = _CASE.sub(r"\1", words)
    parts: list[QuotationPart] = []
    gaps: list[QuotationGap] = []
    at = 0
    for found in [*_GAP.finditer(words), None]:
        wording = Wording(words[at : found.start() if found else len(words)])
        if len(wording):
            parts.append(
                QuotationPart(wording, tuple(gap for gap in gaps if parts or not gap.is_cut))
            )
            gaps.clear()
        if found:
            gaps.append(QuotationGap(found[0], found["cut"] is not None))
            at = found.end()
    if parts and (put_in := tuple(gap for gap in gaps if not gap.is_cut)):
        parts[-1] = replace(parts[-1], behind=put_in)
    return parts


def places_in(manuscript: str) -> list[ManuscriptPosition]:
    """Return the paragraphs of a manuscript, as `annotations.core.manuscripts` gives it."""
    places: list[ManuscriptPosition] = []
    number = 0
    for paragraph in _PARAGRAPH_END.split(manuscript.strip()):
        note = _NOTE.match(paragraph)
        lines = [
            line.strip()
            for line in (paragraph[note.end() :] if note else paragraph).split("\n")
        ]
        is_block = all(line.startswith(">") for line in lines)
        text = " ".join(line.lstrip("> ") if is_block else line for line in lines)
        number += 0 if note else 1
        places.append(
            ManuscriptPosition(
                number,
                note[1] if note else "",
                " ".join(_NOTE_MARK.sub("", text).split()),
                is_block,
            )
        )
    return places


def quotations(places: Sequence[ManuscriptPosition]) -> Iterator[Quotation]:
    """Yield the quotations of a manuscript in its order; those without a word are none."""
    for found in _quotations(places):
        if len(found.wording):
            yield found


def _quotations(places: Sequence[ManuscriptPosition]) -> Iterator[Quotation]:
    n, at = 0, 0
    while n < len(places):
        place = places[n]
        if place.is_block:
            end = next(
                (m for m in range(n, len(places)) if not places[m].is_block), len(places)
            )
            yield _block(places[n:end])
            n, at = end, 0
            continue
        start = _opens(place.text, at)
        if start is None:
            n, at = n + 1, 0
            continue
        last, end, is_closed = _end(places, n, start)
        if not is_closed and place.text[start] in _SINGLE:
            at = start + 1
            continue
        if last == n:
            words = place.text[start + 1 : end]
        else:
            between = [places[m].text[1:] for m in range(n + 1, last)]
            words = "\n\n".join([place.text[start + 1 :], *between, places[last].text[1:end]])
        after = places[last].text[end + 1 :] if is_closed else places[last].text[end:]
        yield Quotation(words, place, _tail(place.text[:start]), _head(after), is_closed)
        n, at = last, end + 1 if is_closed else max(end, at + 1)


def _block(places: Sequence[ManuscriptPosition]) -> Quotation:
    """A block quotation, without marks around it and without a last line that names its
    source."""
    texts = [place.text for place in places]
    if len(texts) > 1 and texts[-1][:1] in DASHES[1:]:
        texts.pop()
    words = "\n\n".join(texts).strip()
    if (
        words[:1] in _CLOSING
        and words[-1:] in _CLOSING[words[:1]]
        and not set(words[1:-1]) & set(words[0] + words[-1])
    ):
        words = words[1:-1]
    return Quotation(words, places[0], "", "")


def _opens(text: str, at: int) -> int | None:
    """Return where the next quotation opens."""
    for found in _OPENING.finditer(text, at):
        start, mark = found.start(), found[0]
        before, behind = text[start - 1 : start], text[start + 1 : start + 2]
        if not behind or behind.isspace() or before.isalnum():
            continue
        if (mark in _BOTH_WAYS or mark in _SINGLE) and not _is_free(before):
            continue
        if mark in _SINGLE and _SHORTENED.match(text, start + 1):
            continue
        return start
    return None


def _is_free(before: str) -> bool:
    """Whether a mark behind this character may open a quotation."""
    return (
        not before
        or before.isspace()
        or before in "([{/"
        or before in DASHES
        or before in _CLOSING
    )


def _end(places: Sequence[ManuscriptPosition], n: int, start: int) -> tuple[int, int, bool]:
    """Return in which paragraph a quotation ends, where, and whether it is closed there."""
    mark = places[n].text[start]
    end, is_closed = _closes(places[n].text, start)
    if is_closed or end < len(places[n].text) or mark in _SINGLE:
        return n, end, is_closed
    last = n
    while (
        last + 1 < len(places)
        and places[last + 1].text.startswith(mark)
        and not places[last + 1].is_block
    ):
        last += 1
        further, is_closed = _closes(places[last].text, 0)
        if is_closed:
            return last, further, True
        if further < len(places[last].text):
            break
    return n, end, False


def _closes(text: str, start: int) -> tuple[int, bool]:
    """Return where the quotation that opens at `start` closes; or where another opens, or the
    end, and False."""
    mark = text[start]
    if mark in "‘'":
        return _closes_single(text, start)
    closing, depth, last = _CLOSING[mark], 0, -1
    for at in range(start + 1, len(text)):
        here = text[at]
        if mark in _BOTH_WAYS:
            if here == mark and _opens(text, at) == at and mark not in ("”", "»"):
                return at, False
            if here in closing:
                return at, True
        elif here in closing:
            last = at
            if not depth:
                return at, True
            depth -= 1
        elif here == mark and mark in _NESTED:
            depth += 1
    return (last, True) if last >= 0 else (len(text), False)


def _closes_single(text: str, start: int) -> tuple[int, bool]:
    """Return where a quotation in single marks closes: at one that is no apostrophe, as far as
    that can be told.

    A mark before a letter is an apostrophe. One behind an `s` and before a blank may be: `the
    workers' rights'`; then a later one before the next opening mark is taken, if there is one
    in the same sentence.
    """
    closing, possessive = _CLOSING[text[start]], -1
    for at in range(start + 1, min(len(text), start + _MOST_SINGLE)):
        here, behind = text[at], text[at + 1 : at + 2]
        if here not in closing or behind.isalnum() or text[at - 1].isspace():
            if possessive >= 0 and (
                _opens(text, at) == at or (here in ".!?" and not behind.strip())
            ):
                break
            continue
        if text[at - 1] not in "sS" or (behind and not behind.isspace()):
            return at, True
        possessive = at
    return (possessive, True) if possessive >= 0 else (len(text), False)


def _tail(text: str) -> str:
    return text if len(text) <= _CONTEXT else "…" + text[-_CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[:_CONTEXT].rpartition(" ")[0] + "…"
