"""What is alleged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.tags import Annotation, Entity


class Status(models.TextChoices):
    ALLEGED = "alleged", _("alleged")
    DENIED = "denied", _("denied")
    PARTLY_ADMITTED = "partly_admitted", _("partly admitted")
    CORROBORATED = "corroborated", _("corroborated")
    CHARGED = "charged", _("charged")
    CONVICTED = "convicted", _("convicted")
    ACQUITTED = "acquitted", _("acquitted")
    RETRACTED = "retracted", _("retracted")


class Allegation(models.Model):
    """A claim that a passage makes or answers: who says what of whom, and where it stands."""

    annotation = models.OneToOneField(Annotation, models.CASCADE, primary_key=True, related_name="allegation")
    summary = models.CharField(_("what is alleged"), max_length=500, help_text=_("One neutral sentence of your own."))
    claimant = models.CharField(_("who says so"), max_length=200)
    claimant_entity = models.ForeignKey(Entity, models.SET_NULL, related_name="allegations_made", null=True, blank=True)
    accused = models.CharField(_("of whom"), max_length=200, blank=True)
    accused_entity = models.ForeignKey(
        Entity, models.SET_NULL, related_name="allegations_against", null=True, blank=True
    )
    status = models.CharField(_("where it stands"), max_length=20, choices=Status, default=Status.ALLEGED)

    def __str__(self) -> str:
        return f"{self.summary} ({self.get_status_display()})"
