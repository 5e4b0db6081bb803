"""Word (OOXML, ECMA-376 part 1, section 17): the text as it stands after all tracked changes,
then its notes.

Paragraphs in a style for quotations are block quotations. Text that was deleted, instructions
of fields and the older twin of a text box are left out.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from annotations.core.manuscripts.errors import UnreadableManuscript
from annotations.core.manuscripts.paragraphs import Paragraphs
from annotations.core.manuscripts.safe_zip import opened, read_part

_KIND = "DOCX"
_WORDS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_QUOTED = re.compile(
    r"quot|zitat|citation|cita\b|citaz|цитат|дәйексөз|block ?text", re.IGNORECASE
)
# Text that was deleted or moved away while changes were tracked (17.13.5).
_DELETED = frozenset({"del", "moveFrom"})
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_NOTES = (("word/footnotes.xml", "footnote", ""), ("word/endnotes.xml", "endnote", "e"))


def read(content: bytes) -> str:
    with opened(content, _KIND) as archive:
        styles = _Styles()
        read_part(archive, "word/styles.xml", styles, _KIND)
        reader = _DocxReader(styles.quoted)
        if not read_part(archive, "word/document.xml", reader, _KIND):
            raise UnreadableManuscript(
                _("There is no text of a %(kind)s file in it.") % {"kind": _KIND}
            )
        for part, _tag, _prefix in _NOTES:
            read_part(archive, part, reader, _KIND)
        return reader.paragraphs.text()


def _local_name(name: str) -> str:
    """Return the name of an element of WordprocessingML; empty for others."""
    for namespace in _WORDS:
        if name.startswith(namespace):
            return name.removeprefix(namespace)
    return ""


def _value(attributes: Mapping[str, str], wanted: str) -> str:
    for name, value in attributes.items():
        if _local_name(name) == wanted:
            return value
    return ""


class _Styles:
    """Which styles are for quotations, by their names: a program in another language keeps the
    English ones."""

    def __init__(self) -> None:
        self.quoted: set[str] = set()
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if _local_name(name) == "style":
            self._style = _value(attributes, "styleId")
        elif _local_name(name) == "name" and _QUOTED.search(_value(attributes, "val")):
            self.quoted.add(self._style)

    def end(self, name: str) -> None: ...
    def data(self, words: str) -> None: ...


class _DocxReader:
    def __init__(self, quoted: set[str]) -> None:
        self.paragraphs = Paragraphs()
        self._quoted = quoted
        self._left_out = 0
        self._is_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _local_name(name)
        if self._left_out or name == _FALLBACK or tag in _DELETED:
            self._left_out += 1
        elif tag == "t":
            self._is_text = True
        elif tag in _SIGNS:
            self.paragraphs.add(_SIGNS[tag])
        elif tag == "pStyle":
            style = _value(attributes, "val")
            is_quoted = style in self._quoted or bool(_QUOTED.search(style))
            self.paragraphs.quoted = int(is_quoted)
        else:
            self._start_note(tag, attributes)

    def _start_note(self, tag: str, attributes: Mapping[str, str]) -> None:
        for _part, note, prefix in _NOTES:
            if tag == note and _value(attributes, "type") in ("", "normal"):
                self.paragraphs.note = prefix + _value(attributes, "id")
            elif tag == note:
                self._left_out += 1
            elif tag == f"{note}Reference":
                self.paragraphs.add(f"[^{prefix}{_value(attributes, 'id')}]")

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif _local_name(name) == "t":
            self._is_text = False
        elif _local_name(name) == "p":
            self.paragraphs.end()
            self.paragraphs.quoted = 0

    def data(self, words: str) -> None:
        if self._is_text and not self._left_out:
            self.paragraphs.add(words)
