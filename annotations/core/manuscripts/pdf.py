"""PDF: the words of its pages, in lines, put together into paragraphs again.

A PDF knows letters and places, not words and paragraphs. Lines are joined; a hyphen at the end
of a line stays as a soft hyphen, because the file does not say whether it belongs to the word
(see `core.quotes.tokens`). A paragraph ends where a line does that is shorter than the others
and closes a sentence. Ligatures are folded; lines that stand at the head or the foot of most
pages, and numbers of pages, are left out. Footnotes stand where their page ends, as read.

Some fonts do not say which letter a sign is, but give it a private-use character. Where that is
a ligature's usual one, it is read as its letters; any other in a word becomes `UNKNOWN_LETTER`,
so that whoever checks the manuscript can be told.
"""

import re
from collections import Counter
from collections.abc import Iterable
from statistics import quantiles
from threading import Lock

from django.utils.translation import gettext as _
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD

from annotations.core.manuscripts.errors import UnreadableManuscript
from annotations.core.quotes.tokens import without_ligatures

MOST_PAGES = 2000
UNKNOWN_LETTER = "\ufffd"
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010" + _SOFT_HYPHEN
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*(?:[0-9]{1,3})?$")
_PAGE_NUMBER = re.compile(
    r"[^\w]*(?:[0-9]{1,4}|[ivxlc]{1,7})[^\w]*(?:of [0-9]+)?", re.IGNORECASE
)
# Of the width of a full line: a shorter one that ends a sentence ends its paragraph.
_SHORT = 0.85
_FEWEST_PAGES_WITH_HEADS = 3

# Chromium prints U+F001 and U+F002 with Debian's Liberation fonts; the others continue
# the series in the order of U+FB00 to U+FB04, as other fonts have it.
_PRIVATE_LIGATURES = {
    "\uf000": "ff",
    "\uf001": "fi",
    "\uf002": "fl",
    "\uf003": "ffi",
    "\uf004": "ffl",
}
_LETTER = r"[^\W\d_]"
# Beside a letter: alone the same characters are the icons of other fonts.
_PRIVATE_LIGATURE = re.compile(
    rf"(?<={_LETTER})[\uf000-\uf004]|[\uf000-\uf004](?={_LETTER})"
)
# What PDFium gives for a hyphen at the end of a line, whose next line it puts after it;
# and also for a character that is none.
_NO_CHARACTER = "\ufffe"
_HYPHEN_IN_LINE = re.compile(rf"(?<={_LETTER}){_NO_CHARACTER}(?={_LETTER})")
# In a word: one alone is a bullet or an icon.
_PRIVATE_LETTERS = re.compile(
    rf"[\ue000-\uf8ff]{{2,}}|(?<={_LETTER})[\ue000-\uf8ff]|[\ue000-\uf8ff](?={_LETTER})"
)
# PDFium is not thread-safe.
_pdfium_lock = Lock()
# Share of the letters from which a text cannot be read at all.
_MOST_UNKNOWN = 0.5


def read(content: bytes) -> str:
    pages = [_lines_of(page) for page in _pages(content)]
    lines = []
    for page in _without_heads(pages):
        lines += page
    text = "\n\n".join(_paragraphs(lines))
    _refuse_unknown_letters(text)
    return text


def _pages(content: bytes) -> list[str]:
    """Return the text of each page. Raises UnreadableManuscript where there is none, or none
    without a password."""
    try:
        with _pdfium_lock:
            pages = _texts_of_pages(content)
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise UnreadableManuscript(
                _("It is protected with a password: save it without one.")
            ) from error
        raise UnreadableManuscript(_("It is not a PDF file, or damaged.")) from error
    if not any(page.strip() for page in pages):
        raise UnreadableManuscript(
            _("It holds pictures of pages and no text: have its text recognised first.")
        )
    return pages


def _texts_of_pages(content: bytes) -> list[str]:
    with PdfDocument(content) as document:
        if len(document) > MOST_PAGES:
            raise UnreadableManuscript(
                _("It has %(count)d pages, where %(most)d can be read.")
                % {"count": len(document), "most": MOST_PAGES}
            )
        texts = []
        for page in document:
            texts.append(page.get_textpage().get_text_range())
            page.close()
        return texts


def _refuse_unknown_letters(text: str) -> None:
    unknown = text.count(UNKNOWN_LETTER)
    letters = unknown + sum(map(str.isalpha, text))
    if unknown and unknown >= _MOST_UNKNOWN * letters:
        raise UnreadableManuscript(
            _(
                "Its fonts do not say which letters its signs are: save it as a PDF in "
                "another way, or have its text recognised."
            )
        )


def _lines_of(page: str) -> list[str]:
    lines = []
    page = _HYPHEN_IN_LINE.sub(_SOFT_HYPHEN, page)
    page = page.replace("\0", "").replace(_NO_CHARACTER, "")
    for line in page.splitlines():
        words = _with_known_letters(" ".join(line.split()))
        if words:
            lines.append(words)
    return lines


def _with_known_letters(line: str) -> str:
    """Replace ligatures by their letters, and letters that cannot be told by a sign that says
    so."""
    line = _PRIVATE_LIGATURE.sub(lambda match: _PRIVATE_LIGATURES[match[0]], line)
    line = _PRIVATE_LETTERS.sub(lambda match: UNKNOWN_LETTER * len(match[0]), line)
    return without_ligatures(line)


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Leave out numbers of pages, and what stands first or last on more than half of three
    pages or more."""
    repeated = (
        _repeated_edges(pages) if len(pages) >= _FEWEST_PAGES_WITH_HEADS else set()
    )
    bodies = []
    for page in pages:
        first, end = 0, len(page)
        while first < end and _is_head(page[first], repeated):
            first += 1
        while first < end and _is_head(page[end - 1], repeated):
            end -= 1
        bodies.append(page[first:end])
    return bodies


def _repeated_edges(pages: list[list[str]]) -> set[str]:
    """Return the shapes of lines that stand first or last on more than half of the pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(line) for line in page[:1] + page[-1:]})
    return {shape for shape, count in edges.items() if count > len(pages) / 2}


def _is_head(line: str, repeated: Iterable[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(line) is not None or _shape(line) in repeated


def _shape(line: str) -> str:
    """Return a line in which all numbers are the same: `Chapter 3 · 41`."""
    return re.sub("[0-9]+", "0", line)


def _paragraphs(lines: list[str]) -> list[str]:
    if not lines:
        return []
    full_width = float(len(lines[0]))
    if len(lines) > 1:  # the widest tenth: one line may be far too long
        full_width = quantiles(map(len, lines), n=10)[-1]
    paragraphs = []
    words = ""
    for line in lines:
        words = _joined(words, line)
        if len(line) < _SHORT * full_width and _SENTENCE_END.search(line):
            paragraphs.append(words)
            words = ""
        elif words[-1] in _HYPHENS and words[-2:-1].isalpha():
            words = words[:-1] + _SOFT_HYPHEN
    if words:
        paragraphs.append(words.rstrip(_SOFT_HYPHEN))
    return paragraphs


def _joined(words: str, line: str) -> str:
    if not words or words.endswith(_SOFT_HYPHEN):
        return words + line
    return f"{words} {line}"
