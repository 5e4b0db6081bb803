"""Words in XML and HTML: escaped, and with a sign in place of each character that neither can
hold."""

from html import escape

# Unicode's own pictures of the control characters: ␀ for NUL, ␍ for a carriage return.
_PICTURES = {
    point: 0x2400 + point for point in range(0x20) if point not in (0x09, 0x0A)
} | {0x7F: 0x2421}
_UNKNOWN = dict.fromkeys(
    [*range(0x80, 0xA0), *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)], 0xFFFD
)
_NO_CHARACTERS = {
    plane + last: 0xFFFD
    for plane in range(0, 0x110000, 0x10000)
    for last in (0xFFFE, 0xFFFF)
}
_VISIBLE = _PICTURES | _UNKNOWN | _NO_CHARACTERS


def visible(words: str) -> str:
    """Return `words` with what XML 1.0 cannot hold, or HTML forbids, replaced by something that
    is seen.

    >>> visible("a\\x0bb\\ufffe")
    'a␋b\\ufffd'
    """
    return words.translate(_VISIBLE)


def escaped(words: str) -> str:
    """Return `words` to stand between tags or in quotation marks in a tag."""
    return escape(visible(words))
