"""Readable addresses from titles and names in any script."""

from typing import TYPE_CHECKING, Any

from anyascii import anyascii
from django.utils.text import slugify

if TYPE_CHECKING:
    from django.db.models import Model

MAX_LENGTH = 100
# Words that stand in addresses where a slug would.
RESERVED = frozenset({"import", "new"})


def slug_of(words: str) -> str:
    """Return `words` in Latin letters, digits and hyphens, at most 100 of them; `untitled` if
    none are left.

    >>> slug_of("Қалмұханбет Қасымов")
    'qalmukhanbet-qasymov'
    """
    return slugify(anyascii(words))[:MAX_LENGTH].strip("-") or "untitled"


def free_slug(model: "type[Model]", words: str, **within: Any) -> str:
    """Return the slug of `words`, numbered from 2 where a row of `model` (that fits `within`)
    has it already."""
    wanted = slug_of(words)
    manager = model._default_manager
    if wanted not in RESERVED and not manager.filter(slug=wanted, **within).exists():
        return wanted
    numbered = manager.filter(slug__startswith=f"{wanted}-", **within)
    taken = set(numbered.values_list("slug", flat=True))
    # One query for all numbers, not one for each: a common name may have hundreds.
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
