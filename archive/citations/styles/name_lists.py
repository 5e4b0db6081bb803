"""Names as citations write them: in their natural order, or inverted for an alphabetical
list."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from archive.citations.reference import PersonName, Reference
from archive.citations.styles.punctuation import curled, isolated
from archive.publishers import AGENCIES

_INITIAL = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_])")
_AGENCIES = re.compile(r"[,;/]|\band\b")
_CALLED_SO = re.compile(
    r"\b(?:agency|agence|newswire|wire service|агентство|агенттігі)\b", re.IGNORECASE
)


def creators(reference: Reference) -> list[PersonName]:
    """Return the authors; where none is named, the agencies that are credited, as all three
    manuals have it."""
    if reference.authors:
        return list(reference.authors)
    return [PersonName(agency) for agency in agencies(reference.credit)]


def agencies(credit: str) -> list[str]:
    """Return the agencies that a credit names; none where it names something else too, such as
    a photographer.

    An agency is one that `archive.publishers` lists, a branch of it, or one that calls itself
    an agency.

    >>> agencies("Reuters, AP"), agencies("AFP and Interfax-Kazakhstan"), agencies("Photo: J. Example, AP")
    (['Reuters', 'AP'], ['AFP', 'Interfax-Kazakhstan'], [])
    """
    names = [" ".join(name.split()) for name in _AGENCIES.split(credit) if name.strip()]
    return names if all(map(_is_agency, names)) else []


def _is_agency(name: str) -> bool:
    # `Interfax-Kazakhstan` is a branch of Interfax.
    if name in AGENCIES or name.split("-")[0] in AGENCIES:
        return True
    return bool(_CALLED_SO.search(name))


@lru_cache(maxsize=1024)
def natural(name: PersonName) -> str:
    """Return `Vincent van Gogh`, ready for print."""
    return isolated(curled(_spaced(name).natural))


def inverted(name: PersonName, *, particle_last: bool = False) -> str:
    """Return `van Gogh, Vincent` or, with the particle last, `Gogh, Vincent van`; literal names
    stay as they are."""
    if name.is_literal:
        return natural(name)
    name = _spaced(name)
    if particle_last:
        # Without its particle the family name stands alone: `Gogh, Vincent van`.
        given = f"{name.given} {name.particle}".strip()
        name = PersonName(name.family, given, suffix=name.suffix)
    return isolated(curled(name.inverted))


def _spaced(name: PersonName) -> PersonName:
    """Return the name with a space after each initial: `J. K.`."""
    return replace(name, given=_INITIAL.sub(". ", name.given))


def listed(names: Sequence[PersonName], first: str) -> str:
    """Return names in words of which the first is written as `first`: `Petrov, Ivan, and Olga
    Smirnova`."""
    rest = [natural(name) for name in names[1:]]
    if not rest:
        return first
    # Two names need a comma between them only if the first, turned round, has one itself.
    is_inverted = not names[0].is_literal and first != natural(names[0])
    comma = "," if len(rest) > 1 or is_inverted else ""
    return f"{', '.join((first, *rest[:-1]))}{comma} and {rest[-1]}"


def natural_list(names: Sequence[PersonName], most: int) -> str:
    """Return names as running text has them; of more than `most` the first and “et al.”."""
    if not names:
        return ""
    first = natural(names[0])
    if len(names) > most:
        return f"{first} et al."
    return listed(names, first)
