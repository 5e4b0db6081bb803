"""Readable addresses from titles and names in any script."""

from typing import TYPE_CHECKING, Any

from anyascii import anyascii
from django.db.models import Q
from django.utils.text import slugify

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

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
    [slug] = free_slugs(model, [words], **within)
    return slug


def free_slugs(model: "type[Model]", titles: list[str], **within: Any) -> list[str]:
    """Return a free slug for each title, in order: none is that of a row of `model` (that fits
    `within`), or that of a title before it.

    Costs one query, a second one if any slug is numbered; rarely, one more for a title that
    reads as a numbered slug.
    """
    wanted = [slug_of(title) for title in titles]
    rows = model._default_manager.filter(**within)
    taken = set(rows.filter(slug__in=wanted).values_list("slug", flat=True))
    taken |= RESERVED
    numbered = {slug for slug in wanted if slug in taken or wanted.count(slug) > 1}
    taken |= _numbered_slugs(rows, numbered)
    slugs = []
    for slug in wanted:
        if slug in taken and slug not in numbered:
            numbered.add(slug)
            taken |= _numbered_slugs(rows, {slug})
        if slug in taken:
            slug = _next_number(slug, taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _numbered_slugs(rows: "QuerySet[Any]", slugs: set[str]) -> set[str]:
    """Return the slugs of `rows` that are one of `slugs` with something after it."""
    if not slugs:
        return set()
    # One query for all numbers, not one for each: a common name may have hundreds.
    is_numbered = Q()
    for slug in sorted(slugs):
        is_numbered |= Q(slug__startswith=f"{slug}-")
    return set(rows.filter(is_numbered).values_list("slug", flat=True))


def _next_number(slug: str, taken: set[str]) -> str:
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
