"""Generations: numbers that change whenever what readers see changes.

What is kept of a page is kept under its edition, which is the generation of what it shows and
the day (see `archive.kept_pages`). Whatever changes what readers see raises the generation in
the same transaction, so the next request asks for another edition, in every process and on
every machine.
"""

from secrets import randbits

from django.db import connection, models
from django.utils import timezone

# A generation is the sum of the tokens of its scope, modulo 2 to this power.
_BITS = 40
_MODULUS = 2**_BITS
# One raising in 2 to this power adds the tokens of its scopes up into one row.
_FOLDING_BITS = 5

# By hand, because every page of a reader asks one of them: building such a query takes
# several times as long as running it.
_OF_LISTS = "SELECT SUM(token) FROM archive_generation WHERE scope IN (%s, %s)"
_OF_ARTICLE = """
    SELECT SUM(token) FROM archive_generation
    WHERE scope IN (%s, 'article ' || (SELECT id FROM archive_article WHERE slug = %s))
"""


class Generation(models.Model):
    """One raising of the generation of a scope.

    Raising adds a row with a random token, and changes none: so two transactions never wait
    for each other, whichever commits first changes the sum, and so does the other.
    """

    # All pages that are kept: for what is shown in many places, such as a name.
    EVERYTHING = "everything"
    # All pages that show more than one article.
    LISTS = "lists"

    scope = models.CharField(
        max_length=130,
        help_text="Everything, lists, or the pages of one article by its key.",
    )
    token = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["scope", "token"], name="generation_of_scope")]

    def __str__(self) -> str:
        return self.scope


def raise_articles(*keys: int) -> None:
    """Let no page of these articles, and no list, be answered as it was kept before.

    Call it inside the transaction that makes the change.
    """
    _raise(Generation.LISTS, *(f"article {key}" for key in sorted(keys)))


def raise_everything() -> None:
    """The same for all pages: for what many show, such as a name or an embargo."""
    _raise(Generation.EVERYTHING, Generation.LISTS)


def edition_of_lists() -> str:
    """Return a name of what pages of several articles show now: another one after each change
    of it."""
    return _edition(_OF_LISTS, Generation.LISTS)


def edition_of_article(slug: str) -> str:
    """Return a name of what the pages of an article show now: another one after each change of
    it."""
    return _edition(_OF_ARTICLE, slug)


def _edition(query: str, parameter: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query, (Generation.EVERYTHING, parameter))
        (total,) = cursor.fetchone()
    # The day as well: with it an embargo ends, and nobody raises anything.
    return f"{int(total or 0) % _MODULUS:x}-{timezone.localdate():%Y%m%d}"


def _raise(*scopes: str) -> None:
    Generation.objects.bulk_create(
        Generation(scope=scope, token=1 + randbits(_BITS - 1)) for scope in scopes
    )
    if randbits(_FOLDING_BITS) == 0:
        for scope in scopes:
            _fold(scope)


def _fold(scope: str) -> None:
    """Replace the rows of a scope by one that has their sum, so that the sum stays."""
    rows = Generation.objects.filter(scope=scope)
    # What another transaction folds at this moment is left to it.
    folded = list(rows.select_for_update(skip_locked=True))
    Generation.objects.filter(pk__in=[row.pk for row in folded]).delete()
    token = sum(row.token for row in folded) % _MODULUS
    Generation.objects.create(scope=scope, token=token)
