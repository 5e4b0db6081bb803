"""Plain text: paragraphs between blank lines or, where there are none, one on each line."""

import re

from annotations.core.manuscripts.errors import UnreadableManuscript
from archive.ingest.decoding import Undecodable, decode

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# Characters: where lines are longer than a page is wide, each is a paragraph.
_LONG_LINE = 100


def read(content: bytes) -> str:
    return lines_as_paragraphs(decoded(content))


def decoded(content: bytes) -> str:
    """Return the characters of a text file. Raises UnreadableManuscript where their encoding cannot be
    told."""
    try:
        text = decode(content).text
    except Undecodable as reason:
        raise UnreadableManuscript(str(reason)) from reason
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")


def lines_as_paragraphs(text: str) -> str:
    """Part the lines of a text that has no blank lines, if they are as long as paragraphs
    are."""
    if _BLANK_LINE.search(text.strip()):
        return text
    lines = [line for line in text.splitlines() if line.strip()]
    if max(map(len, lines), default=0) <= _LONG_LINE:
        return text
    return "\n\n".join(lines)
