"""PDF: the words of its pages, in lines, put together into paragraphs again.

A PDF knows letters and places, not words and paragraphs. Lines are joined; a hyphen at the end
of a line stays as a soft hyphen, because the file does not say whether it belongs to the word
(see `core.quotes.tokens`). A paragraph ends where a line does that is shorter than the others
and closes a sentence. Ligatures are folded; lines that stand at the head or the foot of most
pages, and numbers of pages, are left out. Footnotes stand where their page ends, as read.
"""

import re
from collections import Counter
from io import BytesIO
from statistics import quantiles

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import DependencyError

from annotations.core.manuscripts.errors import UnreadableManuscript
from annotations.core.quotes.tokens import without_ligatures

MOST_PAGES = 2000
_HYPHENS = "-\u2010\u00ad"
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*(?:[0-9]{1,3})?$")
_NUMBER = re.compile(r"[^\w]*(?:[0-9]{1,4}|[ivxlc]{1,7})[^\w]*(?:of [0-9]+)?", re.IGNORECASE)
_SHORT = 0.85
"""Of the width of a full line: a shorter one that ends a sentence ends its paragraph."""


def read(content: bytes) -> str:
    pages = [_lines_of(page) for page in _pages(content)]
    lines = [line for page in _without_heads(pages) for line in page]
    return "\n\n".join(_paragraphs(lines))


def _pages(content: bytes) -> list[str]:
    """Return the text of each page. Raises Unreadable where there is none, or none without a
    password."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _protected()
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableManuscript(
                _("It has %(count)d pages, where %(most)d can be read.")
                % {"count": len(reader.pages), "most": MOST_PAGES}
            )
        pages = [page.extract_text() for page in reader.pages]
    except UnreadableManuscript:
        raise
    except DependencyError as error:  # a cipher that pypdf leaves to a library that is not here
        raise _protected() from error
    except (
        Exception
    ) as error:  # a broken file makes pypdf stumble in many ways, and each means the same
        raise UnreadableManuscript(_("It is not a PDF file, or damaged.")) from error
    if not any(page.strip() for page in pages):
        raise UnreadableManuscript(
            _("It holds pictures of pages and no text: have its text recognised first.")
        )
    return pages


def _protected() -> UnreadableManuscript:
    return UnreadableManuscript(_("It is protected with a password: save it without one."))


def _lines_of(page: str) -> list[str]:
    lines = (
        without_ligatures(" ".join(line.split()))
        for line in page.replace("\0", "").splitlines()
    )
    return [line for line in lines if line]


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Leave out numbers of pages, and what stands first or last on more than half of three
    pages or more."""
    edges = Counter(
        key for page in pages for key in {_shape(line) for line in page[:1] + page[-1:]}
    )
    repeated = {
        key for key, count in edges.items() if len(pages) > 2 and count > len(pages) / 2
    }
    kept = []
    for page in pages:
        while page and (_NUMBER.fullmatch(page[0]) or _shape(page[0]) in repeated):
            page = page[1:]
        while page and (_NUMBER.fullmatch(page[-1]) or _shape(page[-1]) in repeated):
            page = page[:-1]
        kept.append(page)
    return kept


def _shape(line: str) -> str:
    return re.sub("[0-9]+", "0", line)


def _paragraphs(lines: list[str]) -> list[str]:
    if not lines:
        return []
    full = quantiles(map(len, lines), n=10)[-1] if len(lines) > 1 else len(lines[0])
    done, words = [], ""
    for line in lines:
        words = (
            f"{words}{line}"
            if words.endswith("\u00ad")
            else f"{words} {line}"
            if words
            else line
        )
        if len(line) < _SHORT * full and _SENTENCE_END.search(line):
            done.append(words)
            words = ""
        elif words[-1] in _HYPHENS and words[-2:-1].isalpha():
            words = words[:-1] + "\u00ad"
    return [*done, words.rstrip("\u00ad")] if words else done
