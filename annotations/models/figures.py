"""Numbers that passages give, the measures by which they are compared, and totals of them."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.core.figures.parser import Amount
from annotations.models.annotations import Annotation, Entity
from archive import dates
from archive.addresses import address_of
from archive.labels import ShowsLabels
from archive.models import User, Viewer
from archive.roles import Role, role_of
from archive.slugs import free_slug


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: Viewer) -> Self:
        """Editors see all; readers those of which, or of parts of which, they may read a
        figure."""
        if role_of(user).includes(Role.EDITOR):
            return self
        seen = (
            Annotation.objects.visible_to(user)
            .current()
            .filter(figure__measure__isnull=False)
        )
        with_figures = Measure.objects.filter(pk__in=seen.values("figure__measure"))
        has_figures = models.Q(pk__in=with_figures) | models.Q(parts__in=with_figures)
        return self.filter(has_figures).distinct()


class Measure(models.Model):
    """What several figures count, so that they can be compared: people killed, in one town, in
    one week."""

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        help_text=_("“People killed in Zhanaozen”."),
    )
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    description = models.TextField(
        _("what belongs to it"),
        max_length=1000,
        blank=True,
        help_text=_("Whom or what it counts, where and when; and what it leaves out."),
    )
    unit = models.CharField(
        _("unit"),
        max_length=60,
        blank=True,
        help_text=_("Such as people, tonnes or US dollars."),
    )
    part_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="parts",
        verbose_name=_("is a part of"),
        null=True,
        blank=True,
    )
    only_rises = models.BooleanField(
        _("can only rise"),
        default=False,
        help_text=_(
            "As a number of dead does: a later figure that is lower contradicts an earlier one."
        ),
    )
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(Measure, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("annotations:measure-detail", self.slug)

    def with_all_parts(self) -> set[int]:
        """Return the keys of this measure, its parts, their parts, and so on. Costs a query for
        each level."""
        found, level = {self.pk}, [self.pk]
        while level:
            parts = Measure.objects.filter(part_of__in=level).exclude(pk__in=found)
            level = list(parts.values_list("pk", flat=True))
            found.update(level)
        return found


class Qualifier(models.TextChoices):
    EXACTLY = "exactly", _("exactly")
    ABOUT = "about", _("about")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    MORE_THAN = "more_than", _("more than")
    FEWER_THAN = "fewer_than", _("fewer than")
    BETWEEN = "between", _("between")


class Figure(ShowsLabels):
    """A number that a passage gives: a value or a range, how sure, of what, and according to
    whom."""

    annotation = models.OneToOneField(
        Annotation, models.CASCADE, primary_key=True, related_name="figure"
    )
    low = models.DecimalField(_("value"), max_digits=21, decimal_places=4)
    high = models.DecimalField(
        _("upper value"),
        max_digits=21,
        decimal_places=4,
        help_text=_("Only for a range."),
        null=True,
        blank=True,
    )
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACTLY
    )
    counted = models.CharField(
        _("what is counted"),
        max_length=200,
        help_text=_("The same words for the same thing: “people killed”."),
    )
    said_by = models.CharField(
        _("according to"),
        max_length=200,
        blank=True,
        help_text=_("A name or an office; empty if it is the author’s own."),
    )
    said_by_entity = models.ForeignKey(
        Entity, models.SET_NULL, related_name="figures_given", null=True, blank=True
    )
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        related_name="figures",
        verbose_name=_("measure"),
        null=True,
        blank=True,
    )
    unit = models.CharField(
        _("unit"),
        max_length=60,
        blank=True,
        help_text=_("Such as tonnes or US dollars."),
    )
    as_of = models.CharField(
        _("as of"),
        max_length=60,
        blank=True,
        help_text=_(
            "The day for which it is given. EDTF: 2011-12-19, 2011-12, 2011-12-16/..; empty: not said."
        ),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(high__isnull=True)
                | models.Q(high__gt=models.F("low")),
                name="range_rises",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.counted}"

    @property
    def amount(self) -> Amount:
        return Amount(self.low, self.high, self.qualifier)

    @property
    def as_of_display(self) -> str:
        return dates.display_date(self.as_of)


class Succession(models.Model):
    """A figure that whoever gave it replaced by a later one, as an editor says; both stay."""

    earlier = models.OneToOneField(Figure, models.CASCADE, related_name="succession")
    later = models.ForeignKey(Figure, models.CASCADE, related_name="predecessions")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")),
                name="figure_succeeds_another",
            )
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"


class Total(models.Model):
    """Figures that an editor added up, to compare their sum with what others give for the
    whole."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="totals")
    note = models.CharField(
        _("why they may be added"),
        max_length=300,
        help_text=_("What shows that none is counted twice."),
    )
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.measure}: {self.note}"


class Addend(models.Model):
    """A figure in a total."""

    # The index of a constraint begins with it.
    total = models.ForeignKey(
        Total, models.CASCADE, related_name="addends", db_index=False
    )
    figure = models.ForeignKey(Figure, models.CASCADE, related_name="added_in")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["total", "figure"], name="figure_is_added_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure} in {self.total_id}"
