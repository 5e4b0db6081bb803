"""How a name is written: its spelling in canonical form, and its script."""

import unicodedata

MIXED = "Mixed"
_LETTERS = ("Lu", "Ll", "Lt", "Lo")
"""Unicode's categories of letters, but for the modifiers (ʹ, ʻ), which every script uses."""


def script_of(words: str) -> str:
    """Return the script of the letters of `words` as Unicode's names give it, such as `Latin`
    or `Cyrillic`.

    >>> script_of("Kasymov"), script_of("Қасымов")
    ('Latin', 'Cyrillic')
    """
    scripts = {
        unicodedata.name(c, "?").split()[0].capitalize()
        for c in words
        if unicodedata.category(c) in _LETTERS
    }
    return scripts.pop() if len(scripts) == 1 else MIXED if scripts else ""


def spelling_of(words: str) -> str:
    """Return a name as texts have it: composed letters (NFC) and single blanks.

    >>> spelling_of("  Kalmukhambet   Kasymov ")
    'Kalmukhambet Kasymov'
    """
    return unicodedata.normalize("NFC", " ".join(words.split()))
