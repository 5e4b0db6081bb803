"""Files of office programs are ZIP archives with XML in them, and both can be made to do harm.

A part is unpacked up to a limit, whatever its header says of its size, and read as a stream: no
tree is built. A document type is refused, and with it all entities, those that grow and those
that fetch.
"""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Protocol
from xml.parsers import expat

from django.utils.translation import gettext as _

from annotations.core.manuscripts.errors import UnreadableManuscript

# Bytes of XML in one part: 250,000 words come to about a third of it.
MOST_UNPACKED = 64 * 1024 * 1024
_CHUNK = 64 * 1024
# How files of Office before 2007 begin, and those of today that are encrypted.
_OLE = b"\xd0\xcf\x11\xe0"
# Bit of an entry's flags (APPNOTE.TXT, 4.4.4).
_ENCRYPTED = 1
_DAMAGED = (
    expat.ExpatError,
    zipfile.BadZipFile,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
)


class Handler(Protocol):
    """What reads the XML: names are `namespace name`, with a blank between."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def data(self, words: str) -> None: ...


def opened(content: bytes, kind: str) -> zipfile.ZipFile:
    """Open a file of an office program. Raises UnreadableManuscript where it is none."""
    if content.startswith(_OLE):
        raise UnreadableManuscript(
            _(
                "It is protected with a password, or of an older kind: save it as %(kind)s."
            )
            % {"kind": kind}
        )
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise not_of_kind(kind) from error


def read_part(archive: zipfile.ZipFile, name: str, handler: Handler, kind: str) -> bool:
    """Read the XML of a part; say whether there is one. Raises UnreadableManuscript."""
    try:
        part = archive.getinfo(name)
    except KeyError:
        return False
    if part.flag_bits & _ENCRYPTED:
        raise UnreadableManuscript(
            _("It is protected with a password: save it without one.")
        )
    try:
        with archive.open(part) as stream:
            _parse(stream.read, handler)
    except UnreadableManuscript:  # a ValueError too, with a sentence of its own
        raise
    except _DAMAGED as error:
        raise not_of_kind(kind) from error
    return True


def not_of_kind(kind: str) -> UnreadableManuscript:
    return UnreadableManuscript(
        _("It is not a %(kind)s file, or damaged.") % {"kind": kind}
    )


def _parse(read: Callable[[int], bytes], handler: Handler) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    left = MOST_UNPACKED
    while chunk := read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise UnreadableManuscript(
                _("It unpacks to far more than a manuscript holds.")
            )
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_declared: object) -> None:
    raise UnreadableManuscript(
        _("It declares a document type, which no manuscript needs.")
    )
