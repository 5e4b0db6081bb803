"""Manuscripts: one kind of file, one module, one function `read(content) -> str`, one line in
`READERS`.

What they return is plain text with the few signs of Markdown that a check needs, and nothing
else of the file:

    A paragraph stands between blank lines.

    > A block quotation begins with this sign,
    > in each of its paragraphs.

    [^3]: A footnote begins with its mark; where it is called[^3], the mark stands too.

A letter that the file does not tell (see `pdf`) stands as `UNKNOWN_LETTER`.

    >>> read_manuscript(b"He said *no*.", "chapter.md")
    'He said no.'

A file is read in memory. Nothing here writes, keeps or logs any part of it.
"""

from collections.abc import Callable
from pathlib import PurePath

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from annotations.core.manuscripts import docx, html, markdown, odt, pdf, plain
from annotations.core.manuscripts.errors import UnreadableManuscript
from annotations.core.manuscripts.pdf import UNKNOWN_LETTER

__all__ = [
    "MOST_BYTES",
    "MOST_WORDS",
    "READERS",
    "UNKNOWN_LETTER",
    "UnreadableManuscript",
    "not_too_long",
    "read_manuscript",
    "too_large",
]

MOST_BYTES = 20 * 1024 * 1024
MOST_WORDS = 250_000

# By the ending of the file's name, in lower case.
READERS: dict[str, Callable[[bytes], str]] = {
    "": plain.read,
    ".docx": docx.read,
    ".htm": html.read,
    ".html": html.read,
    ".markdown": markdown.read,
    ".md": markdown.read,
    ".odt": odt.read,
    ".pdf": pdf.read,
    ".text": plain.read,
    ".txt": plain.read,
}


def read_manuscript(content: bytes, filename: str) -> str:
    """Return the text of a file, as above. Raises UnreadableManuscript with one sentence for whoever sent
    it."""
    ending = PurePath(filename).suffix.lower()
    if ending not in READERS:
        raise UnreadableManuscript(
            _("Files of the kind “%(ending)s” are not read; these are: %(known)s.")
            % {"ending": ending, "known": ", ".join(sorted(filter(None, READERS)))}
        )
    if len(content) > MOST_BYTES:
        raise too_large()
    if not content.strip():
        raise UnreadableManuscript(_("It is empty."))
    text = READERS[ending](content)
    if not text.strip():
        raise UnreadableManuscript(_("No words were found in it."))
    return not_too_long(text)


def not_too_long(text: str) -> str:
    """Return `text`. Raises UnreadableManuscript where it has too many words."""
    words = len(text.split())
    if words > MOST_WORDS:
        raise UnreadableManuscript(
            _(
                "It has %(words)s words, where %(most)s can be checked at once: check it in parts."
            )
            % {"words": f"{words:,}", "most": f"{MOST_WORDS:,}"}
        )
    return text


def too_large() -> UnreadableManuscript:
    return UnreadableManuscript(
        _(
            "It is too large: %(limit)s at most. Pictures can be left out, or the text pasted."
        )
        % {"limit": filesizeformat(MOST_BYTES)}
    )
