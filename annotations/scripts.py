"""Which script a name is written in."""

import unicodedata

MIXED = "Mixed"


def script_of(words: str) -> str:
    """Return the script of the letters of `words` as Unicode's names give it, such as `Latin` or `Cyrillic`.

    >>> script_of("Kasymov"), script_of("Қасымов")
    ('Latin', 'Cyrillic')
    """
    scripts = {unicodedata.name(c, "?").split()[0].capitalize() for c in words if c.isalpha()}
    return scripts.pop() if len(scripts) == 1 else MIXED if scripts else ""
