"""Embargoes: what is alleged in an article, or by or of somebody, is kept from readers for a
while.

An embargo hides no text and no mention: those are the record. It hides what editors have said
is alleged: wherever `AnnotationQuerySet.visible_to` is asked, which is everywhere.
"""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.models import Article, User

if TYPE_CHECKING:
    from annotations.models.annotations import Entity


class EmbargoQuerySet(models.QuerySet["Embargo"]):
    def in_force(self) -> Self:
        """Those without a last day, and those whose last day has not passed."""
        return self.filter(
            models.Q(until=None) | models.Q(until__gte=timezone.localdate())
        )


def is_any_in_force() -> bool:
    """Say whether anything is under embargo today."""
    sql, parameters = _one_in_force(timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone() is not None


@lru_cache(maxsize=1)
def _one_in_force(_day: date) -> tuple[str, tuple[Any, ...]]:
    """Return a query for one embargo in force on a day, with its parameters.

    Each list that readers see asks it, and to build it takes twenty times as long as to run it.
    """
    in_force = Embargo.objects.in_force().order_by().values("pk")[:1]
    sql, parameters = in_force.query.sql_with_params()
    return sql, parameters


class Embargo(models.Model):
    """Readers see no allegation of this article, or by or of this person or place."""

    article = models.OneToOneField(
        Article, models.CASCADE, related_name="embargo", null=True, blank=True
    )
    entity = models.OneToOneField(
        "annotations.Entity",
        models.CASCADE,
        related_name="embargo",
        verbose_name=_("person or place"),
        null=True,
    )
    until = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Empty: until somebody lifts it."),
        db_index=True,
    )
    note = models.CharField(
        _("why"),
        max_length=300,
        help_text=_(
            "Such as a court’s order or a source at risk. Only editors see it."
        ),
    )
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EmbargoQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False, entity__isnull=True)
                | models.Q(article__isnull=True, entity__isnull=False),
                name="embargo_is_on_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.on)

    @property
    def on(self) -> "Article | Entity":
        """The article, or the person or place."""
        return self.article or self.entity  # type: ignore[return-value] # a constraint sees to it

    @property
    def is_in_force(self) -> bool:
        return self.until is None or self.until >= timezone.localdate()
