"""The journal: what people did to annotations and names, row by row."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.addresses import address_of
from archive.models import Article, User


class Act(models.Model):
    """One thing that somebody did, however many rows it changed: it is undone as a whole.

    `what` says of what it was, as a name or the first words of a passage, and `passages` of how
    many.
    """

    class Kind(models.TextChoices):
        TAGGED = "tagged", _("tagged")
        CHANGED = "changed", _("changed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")
        DELETED = "deleted", _("deleted")
        APPLIED = "applied", _("applied to all")
        CARRIED = "carried", _("carried over to a new version")
        ORPHANED = "orphaned", _("orphaned by a new version")
        NAMED = "named", _("changed the names of")
        REFUSED = "refused", _("refused as a spelling of")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        MEASURED = "measured", _("described the measure")
        ADDED_UP = "added_up", _("added up")
        APART = "apart", _("took apart the total of")
        SUPERSEDED = "superseded", _("linked as superseded")
        UNLINKED = "unlinked", _("unlinked as superseded")
        STATED = "stated", _("recorded where it stands:")
        UNSTATED = "unstated", _("took back where it stood:")
        ANSWERED = "answered", _("linked the answer")
        UNANSWERED = "unanswered", _("unlinked the answer")
        IMPORTED = "imported", _("imported")
        EMBARGOED = "embargoed", _("put under embargo")
        LIFTED = "lifted", _("lifted the embargo on")
        UNDONE = "undone", _("undid")
        REDONE = "redone", _("did again")

    kind = models.CharField(max_length=10, choices=Kind)
    what = models.CharField(max_length=300, blank=True)
    passages = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", null=True, blank=True
    )
    undoes = models.OneToOneField(
        "self", models.CASCADE, related_name="undone_by", null=True, blank=True
    )
    origin = models.ForeignKey(
        "self",
        models.CASCADE,
        related_name="chain",
        null=True,
        blank=True,
        help_text="What is undone or done again.",
    )
    key = models.UUIDField(
        null=True,
        editable=False,
        help_text="Given by who asked for it, so that asking again does nothing.",
    )
    # Another index begins with it.
    by = models.ForeignKey(
        User,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["by", "-id"], name="act_of_somebody")]
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="act_is_done_once")
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return address_of("annotations:act-detail", self.pk)

    @property
    def deed(self) -> str:
        """What was done in the first place, for reading: `confirmed “Kasymov” (14
        passages)`."""
        done = self.origin or self
        words = f"{done.get_kind_display()} “{done.what}”"
        if done.passages > 1:
            words += " " + ngettext(
                "(%(count)d passage)", "(%(count)d passages)", done.passages
            ) % {"count": done.passages}
        return words

    @property
    def label(self) -> str:
        """What was done now: the deed, or `undid: merged “Kasimov → Kasymov”`."""
        return f"{self.get_kind_display()}: {self.deed}" if self.origin else self.deed


class Change(models.Model):
    """One line of the journal: a row before an act and after it, None where it was not there.

    Of a row that was changed it holds what differs; of one that came or went, everything.
    """

    class Table(models.TextChoices):
        ENTITY = "entity"
        SPELLING = "spelling"
        REFUSED = "refusedspelling"
        ANNOTATION = "annotation"
        MEASURE = "measure"
        FIGURE = "figure"
        SUCCESSION = "succession"
        TOTAL = "total"
        ADDEND = "addend"
        ALLEGATION = "allegation"
        PARTY = "party"
        STATUS = "statuschange"
        ANSWER = "answer"
        EMBARGO = "embargo"

    act = models.ForeignKey(Act, models.CASCADE, related_name="changes")
    table = models.CharField(max_length=20, choices=Table)
    key = models.CharField(max_length=36)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["table", "key"], name="change_of_a_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
