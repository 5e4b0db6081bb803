"""How a name is written: its spelling in canonical form, and its script."""

import unicodedata

MIXED = "Mixed"
# Unicode's categories of letters, but for the modifiers (ʹ, ʻ), which every script
# uses.
_LETTERS = ("Lu", "Ll", "Lt", "Lo")


def script_of(words: str) -> str:
    """Return the script of the letters of `words` as Unicode's names give it, such as `Latin`
    or `Cyrillic`; `Mixed` for several, empty for none.

    >>> script_of("Kasymov"), script_of("Қасымов")
    ('Latin', 'Cyrillic')
    """
    scripts = set()
    for character in words:
        if unicodedata.category(character) in _LETTERS:
            # Unicode names a letter after its script: CYRILLIC SMALL LETTER A.
            script, _space, _letter = unicodedata.name(character, "?").partition(" ")
            scripts.add(script.capitalize())
    if len(scripts) > 1:
        return MIXED
    return scripts.pop() if scripts else ""


def spelling_of(words: str) -> str:
    """Return a name as texts have it: composed letters (NFC) and single blanks.

    >>> spelling_of("  Kalmukhambet   Kasymov ")
    'Kalmukhambet Kasymov'
    """
    return unicodedata.normalize("NFC", " ".join(words.split()))
