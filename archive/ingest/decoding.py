"""Bytes to characters: the encoding is found, recorded, and never guessed silently."""

import codecs
import unicodedata
from collections import Counter
from dataclasses import dataclass

import chardet
from django.utils.translation import gettext as _

_BYTE_ORDER_MARKS = [  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_BINARY_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"\x1f\x8b",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
)
_SURE_ENOUGH = 0.5
# Control characters that old texts have; U+001A ended files under DOS.
_TEXT_CONTROLS = "\t\n\r\f\x0b\x1a\x85"


class Undecodable(ValueError):
    """The bytes are no text in any encoding that can be detected with confidence; the message
    is for the sender."""


@dataclass(frozen=True)
class Decoded:
    """`text`, and `how` its encoding was found: a phrase for the event."""

    text: str
    encoding: str
    how: str


def decode(content: bytes) -> Decoded:
    """Decode a text file. Raises Undecodable with one sentence where it is binary or its
    encoding is unclear."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            text = _strictly(content, encoding)
            return Decoded(
                text, encoding.removesuffix("-sig"), _("by its byte order mark")
            )
    if content.startswith(_BINARY_SIGNATURES):
        raise Undecodable(_("It is a binary file, not a text."))
    # Zero bytes are valid UTF-8 too, so UTF-16 without a mark is tried before it.
    if b"\0" in content:
        return _utf16_without_mark(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(content)
    if not _reads_as_text(text):
        raise Undecodable(_("It is a binary file, not a text."))
    return Decoded(text, "utf-8", _("valid throughout"))


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(
            _("It claims to be %(encoding)s, but byte %(byte)d is not.")
            % {"encoding": encoding, "byte": error.start}
        ) from error
    if not _reads_as_text(text):
        raise Undecodable(_("It is a binary file, not a text."))
    return text


def _utf16_without_mark(content: bytes) -> Decoded:
    """Read UTF-16 that has no mark: every second byte of Latin text in it is zero, and it must
    read as text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # In the wrong byte order neither a blank nor a line feed is one.
        has_blanks = " " in text or "\n" in text
        if has_blanks and _reads_as_text(text):
            return Decoded(
                text,
                encoding,
                _("without a mark; the only reading without control characters"),
            )
    raise Undecodable(_("It is a binary file, not a text."))


def _detected(content: bytes) -> Decoded:
    guess = chardet.detect(content)
    encoding, confidence = guess["encoding"], float(guess["confidence"] or 0)
    if encoding and confidence >= _SURE_ENOUGH:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            text = ""
        if text and _reads_as_text(text):
            how = _("detected, %(percent)d %% sure") % {
                "percent": round(confidence * 100)
            }
            return Decoded(text, encoding.lower(), how)
    raise Undecodable(
        _("Its encoding could not be told. Save it as UTF-8 and import it again.")
    )


def _reads_as_text(text: str) -> bool:
    """Say whether `text` has letters and almost no control or unassigned characters: at most
    one in a thousand."""
    # Each different character is judged once: a long text has a hundred of them.
    counts = Counter(text)
    strange = sum(
        count for character, count in counts.items() if _is_strange(character)
    )
    return strange <= len(text) // 1000 and any(map(str.isalpha, counts))


def _is_strange(character: str) -> bool:
    if character in _TEXT_CONTROLS:
        return False
    return unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
