"""Text fragments: an address that opens a page at a passage, by the passage's words.

After the WICG's URL Fragment Text Directives: `#:~:text=[prefix-,]start[,end][,-suffix]`, where
a browser shows the first place that fits. It looks past case, accents and the shape of
quotation marks, wants whole words where no context says otherwise, and never looks for words
across the end of a block:

    >>> text = "At least 14 people were killed.\\n\\nLater it said that 14 people were killed in a day."
    >>> directive(text, 52, 61)
    'text=it%20said%20that-,14%20people,-were%20killed%20in'

A directive is only given if the first place that fits is the passage: `_first_match` counts
every place that a browser might take, and some more. Until it does, context is added; and if no
context helps, there is none to give.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import quote

# Characters that are written out; of a longer passage only its first and last words
# are.
_LONGEST = 120
# Words of the two ends of a longer passage, to try one after the other.
_ENDS = (5, 10, 20)
# Words to try on each side; the first that is enough is taken.
_CONTEXTS = (3, 6, 12, 40)
# Words that are looked for without context, if they stand only once.
_SPEAKS_FOR_ITSELF = 4
_LINE_BREAK = re.compile(r"\s*\n\s*")
_SPACE = re.compile(r"\s+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Words that are kept in another form: those of one text come again and again.
_WORDS_KEPT = 4096
_ALIKE = str.maketrans(
    dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‘’‚‛′", "'") | {"\u00ad": ""}
)


class _WidthsFolded(dict[str, int]):
    """How many characters each character is when it is folded; each is folded once."""

    def __missing__(self, character: str) -> int:
        self[character] = len(_folded(character))
        return self[character]


_WIDTHS = _WidthsFolded()


class FragmentTerms(NamedTuple):
    """What is looked for, in words; all but `start` may be empty."""

    prefix: str
    start: str
    end: str
    suffix: str

    def __str__(self) -> str:
        prefix = f"{_encoded(self.prefix)}-," if self.prefix else ""
        end = f",{_encoded(self.end)}" if self.end else ""
        suffix = f",-{_encoded(self.suffix)}" if self.suffix else ""
        return f"{prefix}{_encoded(self.start)}{end}{suffix}"


def link_to_passage(address: str, text: str, start: int, end: int) -> str:
    """Return `address` with a directive for `text[start:end]`, in code points; as it is where
    there is none to give."""
    if not address.startswith(("http://", "https://")):
        return address
    text_directive = directive(text, start, end)
    if not text_directive:
        return address
    page, _mark, _old_directive = address.partition(":~:")
    fragment_sign = "" if "#" in page else "#"
    return f"{page}{fragment_sign}:~:{text_directive}"


def directive(text: str, start: int, end: int) -> str:
    """Return the shortest `text=…` whose first match in `text` is `text[start:end]`; empty
    where there is none."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start >= end:
        return ""
    folded = _folded_text(text)
    last = end - 1
    folded_end = folded.offset_of(last) + _WIDTHS[text[last]]
    passage = folded.offset_of(start), folded_end
    for terms in _candidate_terms(text, start, end):
        if _first_match(terms, folded.searched) == passage:
            return f"text={terms}"
    return ""


def _candidate_terms(text: str, start: int, end: int) -> Iterator[FragmentTerms]:
    """Yield terms for the passage, those with the fewest words first."""
    passage = text[start:end]
    first, last = _first_and_last(passage, 0)
    speaks_for_itself = bool(last) or len(first.split()) >= _SPEAKS_FOR_ITSELF
    if speaks_for_itself and _is_edge(text, start) and _is_edge(text, end):
        yield FragmentTerms("", first, last, "")
    for nth, count in enumerate(_CONTEXTS):
        if nth:
            first, last = _first_and_last(passage, nth)
        before = _words_before(text, start, count)
        after = _words_after(text, end, count)
        yield FragmentTerms(before, first, last, after)


def _first_and_last(passage: str, nth: int) -> tuple[str, str]:
    """Return what a passage is looked for by: its words, or where it is long or of several
    lines their two ends."""
    count = _ENDS[min(nth, len(_ENDS) - 1)]
    if "\n" in passage:
        lines = _LINE_BREAK.split(passage)
        return _first_words(lines[0], count), _last_words(lines[-1], count)
    if len(passage) <= _LONGEST:
        return _with_single_blanks(passage), ""
    count = min(count, len(passage.split()) // 2)  # the ends must not overlap
    if not count:
        return _with_single_blanks(passage), ""
    return _first_words(passage, count), _last_words(passage, count)


def _first_words(words: str, count: int) -> str:
    return " ".join(words.split()[:count])


def _last_words(words: str, count: int) -> str:
    return " ".join(words.split()[-count:])


def _words_before(text: str, offset: int, count: int) -> str:
    """Return so many whole words before `offset`, in their line; a piece of a word that touches
    it counts as none."""
    end = offset
    while end and text[end - 1].isspace():
        end -= 1
    if offset and end == offset:
        count += 1
    line = text[text.rfind("\n", 0, end) + 1 : end]
    return " ".join(line.rsplit(maxsplit=count)[-count:])


def _words_after(text: str, offset: int, count: int) -> str:
    start = _past_space(text, offset)
    if start == offset < len(text):
        count += 1
    end = text.find("\n", start)
    line = text[start:] if end < 0 else text[start:end]
    return " ".join(line.split(maxsplit=count)[:count])


def _is_edge(text: str, offset: int) -> bool:
    """Say whether a word surely begins or ends at `offset`: beside white space, or beside a
    sign that joins nothing."""
    if offset in (0, len(text)):
        return True
    before, after = text[offset - 1], text[offset]
    beyond = text[offset + 1 : offset + 2]
    if before.isspace() or after.isspace():
        return True
    if before in "([“„«" or after in "!?)]”»":
        return True
    return after in ",;.:" and (not beyond or beyond.isspace())  # not in 1,000


def _first_match(terms: FragmentTerms, searched: str) -> tuple[int, int] | None:
    """Return the first span of folded text that fits, whatever a browser takes for a word.

    For terms with an end it is the first that fits after the first start, which is all that a
    browser tries here.
    """
    prefix, first, last, suffix = map(_folded, terms)
    if not last:
        return _first_run(searched, 0, prefix, first, suffix)
    opening = _first_run(searched, 0, prefix, first, "")
    if opening is None:
        return None
    closing = _first_run(searched, opening[1], "", last, suffix)
    return closing and (opening[0], closing[1])


def _first_run(
    searched: str, since: int, before: str, words: str, after: str
) -> tuple[int, int] | None:
    """Return where `words` stand first with `before` and `after` around them, at most white
    space between."""
    sought = before or words
    at = searched.find(sought, since)
    while at >= 0:
        start = _past_space(searched, at + len(before)) if before else at
        if searched.startswith(words, start):
            end = start + len(words)
            if searched.startswith(after, _past_space(searched, end)):
                return start, end
        at = searched.find(sought, at + 1)
    return None


def _past_space(searched: str, at: int) -> int:
    while searched[at : at + 1].isspace():
        at += 1
    return at


@dataclass(frozen=True)
class _FoldedText:
    """A text as a browser searches it, and where its characters stand in that.

    `starts` and `folded_starts` say where its lines begin before and after they are folded;
    `are_even`, of which lines each character is folded to exactly one.
    """

    text: str
    searched: str
    starts: list[int]
    folded_starts: list[int]
    are_even: list[bool]

    def offset_of(self, offset: int) -> int:
        """Return where the character at `offset`, which is no white space, stands in the folded
        text."""
        line = bisect_right(self.starts, offset) - 1
        start = self.starts[line]
        if self.are_even[line]:
            return self.folded_starts[line] + offset - start
        return self.folded_starts[line] + len(_folded(self.text[start:offset]))


@lru_cache(maxsize=2)  # a text's passages come together
def _folded_text(text: str) -> _FoldedText:
    lines = text.split("\n")
    folded = [_folded(line) for line in lines]
    are_even = [_is_even(*pair) for pair in zip(lines, folded, strict=True)]
    searched = "\n".join(folded)
    return _FoldedText(text, searched, _starts_of(lines), _starts_of(folded), are_even)


def _starts_of(lines: list[str]) -> list[int]:
    return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))


def _is_even(line: str, folded: str) -> bool:
    """Say whether each character of a line is one character of the folded line.

    Equal lengths alone do not tell: one character may have become two, and two spaces one.
    """
    if len(line) != len(folded):
        return False
    beyond_ascii = set("".join(_BEYOND_ASCII.findall(line)))
    return all(_WIDTHS[character] == 1 for character in beyond_ascii)


def _folded(words: str) -> str:
    """Return `words` without what a browser looks past, each white space as one space."""
    if _is_plain(words):
        return words.lower()
    words = _BEYOND_ASCII.sub(_simplified, words)
    return _with_single_blanks(words).casefold()


def _simplified(beyond_ascii: re.Match[str]) -> str:
    return _without_marks(beyond_ascii[0])


@lru_cache(maxsize=_WORDS_KEPT)
def _without_marks(characters: str) -> str:
    """Return characters beyond ASCII without their marks, and in the shapes that a browser takes
    for the same."""
    decomposed = unicodedata.normalize("NFKD", characters.translate(_ALIKE))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _with_single_blanks(words: str) -> str:
    return words if _is_plain(words) else _SPACE.sub(" ", words)


def _is_plain(words: str) -> bool:
    """Say whether `words` are of ASCII, with single blanks for white space: most are, and
    patterns are slow."""
    return words.isascii() and words.isprintable() and "  " not in words


def _encoded(words: str) -> str:
    """Percent-encode all but letters and digits of ASCII, `_`, `.` and `~`: also `-`, which RFC
    3986 would leave."""
    return "%20".join(map(_encoded_word, words.split(" ")))


@lru_cache(maxsize=_WORDS_KEPT)
def _encoded_word(word: str) -> str:
    return quote(word, safe="").replace("-", "%2D")
