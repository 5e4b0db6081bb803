"""What a citation is made from: the facts about an article and a passage in it, with the names
of its authors split into parts.

A style turns a `Reference` into `TextRun`s, pieces of text of which some are italic; see
`archive.citations.citation`.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class TextRun:
    """A piece of a citation."""

    text: str
    italic: bool = False


Runs: TypeAlias = tuple[TextRun, ...]


@dataclass(frozen=True)
class PersonName:
    """One author. An organisation, and whoever has a single name, has only `family` and is
    never turned round."""

    family: str
    given: str = ""
    # What belongs to the family name and may be left out of the alphabet: `van`, `al-`.
    particle: str = ""
    suffix: str = ""

    @property
    def is_literal(self) -> bool:
        return not self.given

    @property
    def whole_family(self) -> str:
        """The family name with its particle: `van Gogh`, `al-Sisi`."""
        if self.particle.endswith(("-", "’", "'")):
            return f"{self.particle}{self.family}"
        return f"{self.particle} {self.family}".strip()

    @property
    def natural(self) -> str:
        """As one reads it: `Vincent van Gogh`, `Martin Luther King Jr.`."""
        return " ".join(filter(None, (self.given, self.whole_family, self.suffix)))

    @property
    def inverted(self) -> str:
        """As an alphabetical list has it: `van Gogh, Vincent`, `King, Martin Luther, Jr.`."""
        return ", ".join(filter(None, (self.whole_family, self.given, self.suffix)))


@dataclass(frozen=True)
class Reference:
    """An article, and perhaps a passage in it. What is not known is empty or None.

    `published` is EDTF, `language` BCP 47. `paragraph` counts from 1. `archived` is the address
    at which this archive keeps what is cited; `accessed` is the day on which the source was
    captured.
    """

    title: str
    title_transliterated: str = ""
    title_translated: str = ""
    authors: tuple[PersonName, ...] = ()
    # As in `Article.credit`. Agencies (`Reuters, AP`) are cited where there is no
    # author.
    credit: str = ""
    publisher: str = ""
    published: str = ""
    accessed: date | None = None
    address: str = ""
    language: str = ""
    paragraph: int | None = None
    archived: str = ""
