"""OpenDocument text (ISO/IEC 26300, part 3): the text, with its notes after it.

Paragraphs in a style for quotations, or in one that was made from it, are block quotations.
What was deleted while changes were tracked, comments, and the marks of notes are left out.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from annotations.core.manuscripts.errors import UnreadableManuscript
from annotations.core.manuscripts.paragraphs import Paragraphs
from annotations.core.manuscripts.safe_zip import opened, read_part

_KIND = "ODT"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_LEFT_OUT = {
    f"{_TEXT}tracked-changes",
    f"{_OFFICE}annotation",
    f"{_TEXT}note-citation",
    f"{_TEXT}sequence-decls",
}
_SIGNS = {f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h"}
_QUOTED = re.compile(r"quot|zitat|цитат", re.IGNORECASE)
_MOST_BLANKS = 1000


def read(content: bytes) -> str:
    with opened(content, _KIND) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            read_part(archive, "META-INF/manifest.xml", _Manifest(), _KIND)
        reader = _OdtReader()
        if not read_part(archive, "content.xml", reader, _KIND):
            raise UnreadableManuscript(
                _("There is no text of a %(kind)s file in it.") % {"kind": _KIND}
            )
        parts = (reader.paragraphs.text(), reader.notes.text())
        return "\n\n".join(filter(None, parts))


class _Manifest:
    """Says whether the parts are encrypted, which their ZIP entries do not."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith(" encryption-data"):
            raise UnreadableManuscript(
                _("It is protected with a password: save it without one.")
            )

    def end(self, name: str) -> None: ...
    def data(self, words: str) -> None: ...


class _OdtReader:
    def __init__(self) -> None:
        self.paragraphs, self.notes = Paragraphs(), Paragraphs()
        self._quoted: set[str] = set()
        self._left_out = 0
        # In how many paragraphs words stand: blanks between them are none of the text.
        self._depth = 0
        self._in_note = False
        self._notes_so_far = 0

    @property
    def _current(self) -> Paragraphs:
        return self.notes if self._in_note else self.paragraphs

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._left_out or name in _LEFT_OUT:
            self._left_out += 1
        elif name in _PARAGRAPHS:
            self._depth += 1
            style = attributes.get(f"{_TEXT}style-name", "")
            is_quoted = style in self._quoted or bool(_QUOTED.search(style))
            self._current.quoted = int(is_quoted)
        elif name in _SIGNS:
            self._current.add(_SIGNS[name])
        elif name == f"{_TEXT}s":
            self._current.add(" " * _count_of_blanks(attributes.get(f"{_TEXT}c", "1")))
        elif name == f"{_TEXT}note":
            self._notes_so_far += 1
            self.paragraphs.add(f"[^{self._notes_so_far}]")
            self.notes.note = str(self._notes_so_far)
            self._in_note = True
        elif name == f"{_STYLE}style":
            parent = attributes.get(f"{_STYLE}parent-style-name", "")
            if _QUOTED.search(parent) or parent in self._quoted:
                self._quoted.add(attributes.get(f"{_STYLE}name", ""))

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif name in _PARAGRAPHS:
            self._depth -= 1
            self._current.end()
        elif name == f"{_TEXT}note":
            self._in_note = False

    def data(self, words: str) -> None:
        if self._depth and not self._left_out:
            self._current.add(re.sub(r"\s+", " ", words))


def _count_of_blanks(written: str) -> int:
    count = int(written) if written.isdecimal() else 1
    return min(count, _MOST_BLANKS)
