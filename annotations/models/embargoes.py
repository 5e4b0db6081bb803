"""Embargoes: what is alleged in an article, or by or of somebody, is kept from readers for a
while.

An embargo hides no text and no mention: those are the record. It hides what editors have said
is alleged: wherever `AnnotationQuerySet.visible_to` is asked, which is everywhere.
"""

from typing import TYPE_CHECKING, Self

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
    # By hand, because each list that readers see asks it: building such a query would take
    # twenty times as long as running it.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM annotations_embargo WHERE until IS NULL OR until >= %s LIMIT 1",
            [timezone.localdate().isoformat()],
        )
        return cursor.fetchone() is not None


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
