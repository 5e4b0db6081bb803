"""What is alleged: who says what of whom, where it stands by whose word, and what answers it.

An Allegation is what one passage claims. Its parties are rows, so that there can be several,
and so that each can be somebody whom the archive knows; `claimant` and `accused` are the same
names as they were typed. Answers join allegations: from any of them the whole exchange can be
read.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from annotations.core.quotes.fingerprint import wording_of
from annotations.models.annotations import Annotation, Entity
from archive import dates
from archive.addresses import address_of
from archive.labels import ShowsLabels
from archive.models import User, Viewer

LONGEST_NAME = 200


class Status(models.TextChoices):
    ALLEGED = "alleged", _("alleged")
    DENIED = "denied", _("denied")
    PARTLY_ADMITTED = "partly_admitted", _("partly admitted")
    CORROBORATED = "corroborated", _("corroborated")
    CHARGED = "charged", _("charged")
    CONVICTED = "convicted", _("convicted")
    ACQUITTED = "acquitted", _("acquitted")
    RETRACTED = "retracted", _("retracted")


class Basis(models.TextChoices):
    EYEWITNESS = "eyewitness", _("eyewitness")
    OFFICIAL = "official", _("official statement")
    DOCUMENT = "document", _("document")
    VIDEO = "video", _("video")
    HEARSAY = "hearsay", _("hearsay")
    UNNAMED = "unnamed", _("unnamed source")


def names_in(typed: str) -> list[str]:
    """Return the names that stand in `typed` with semicolons between them, each once.

    >>> names_in("Kazakh  prosecutors; a witness;; a witness")
    ['Kazakh prosecutors', 'a witness']
    """
    names = dict.fromkeys(" ".join(part.split()) for part in typed.split(";"))
    return [name for name in names if name]


def _like_no_other() -> str:
    return uuid4().hex


class AllegationQuerySet(models.QuerySet["Allegation"]):
    def in_exchange_with(self, wording: str) -> Self:
        """Those that answers join to a wording, however long the way, with the copies of each.

        One query. It walks through what a reader may not see, so what it gives is yet to be
        narrowed.
        """
        return self.filter(wording__in=RawSQL(_CONNECTED, [wording]))  # noqa: S611 - the text is fixed


_CONNECTED = """
    WITH RECURSIVE joined(wording) AS (
        SELECT CAST(%s AS varchar(32))
        UNION
        SELECT other.wording
        FROM joined
        JOIN annotations_allegation one ON one.wording = joined.wording
        JOIN annotations_answer link ON link.claim_id = one.annotation_id OR link.answer_id = one.annotation_id
        JOIN annotations_allegation other
            ON other.annotation_id = CASE link.claim_id
                WHEN one.annotation_id THEN link.answer_id ELSE link.claim_id END
    )
    SELECT wording FROM joined
"""


class Allegation(ShowsLabels):
    """A claim that a passage makes: who says what of whom, on what basis, and where it
    stands."""

    annotation = models.OneToOneField(
        Annotation, models.CASCADE, primary_key=True, related_name="allegation"
    )
    summary = models.CharField(
        _("what is alleged"),
        max_length=500,
        help_text=_("One neutral sentence of your own."),
    )
    claimant = models.CharField(
        _("who says so"),
        max_length=500,
        help_text=_("A name or a description; several with semicolons between them."),
    )
    accused = models.CharField(
        _("of whom"),
        max_length=500,
        blank=True,
        help_text=_("Several with semicolons between them."),
    )
    status = models.CharField(
        _("where it stands"), max_length=20, choices=Status, default=Status.ALLEGED
    )
    conduct = models.CharField(
        _("the act"),
        max_length=100,
        blank=True,
        help_text=_(
            "In a few words, the same for the same act: “ordering the police to shoot”."
        ),
    )
    basis = models.CharField(
        _("on what basis"), max_length=10, choices=Basis, blank=True
    )
    happened = models.CharField(
        _("when it is said to have happened"),
        max_length=60,
        blank=True,
        help_text=_(
            "EDTF: 2011-12-16, 2011-12, 2011-12-16/2011-12-17; empty: not said."
        ),
    )
    place = models.CharField(
        _("where it is said to have happened"), max_length=200, blank=True
    )
    place_entity = models.ForeignKey(
        Entity, models.SET_NULL, related_name="allegations_here", null=True, blank=True
    )
    wording = models.CharField(
        max_length=32,
        editable=False,
        db_index=True,
        default=_like_no_other,
        help_text="The same for the same words under the same credit; derived.",
    )

    objects = AllegationQuerySet.as_manager()

    # What answers it, where `annotations.allegations.threads` has asked.
    response: "Response | None" = None
    # What it answers, where `annotations.allegations.threads` has asked.
    claims_answered: "Sequence[Answer]" = ()
    # The same claim in copies of the same agency's text, where
    # `annotations.allegations.threads` has asked.
    copies: "Sequence[Annotation]" = ()

    def __str__(self) -> str:
        return f"{self.summary} ({self.get_status_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.wording = self.wording_now
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("annotations:allegation-detail", self.pk)

    @property
    def outlets(self) -> int:
        """In how many outlets it stands, copies included; articles whose outlet is not known
        count by themselves."""
        standing = [self.annotation, *self.copies]
        return len({one.article.publisher_id or -one.article_id for one in standing})

    @property
    def wording_now(self) -> str:
        """The key of what the passage says and who is credited with it; one of its own where
        that tells nothing."""
        annotation = self.annotation
        wording = wording_of(annotation.exact, annotation.article.credit)
        return wording or self.annotation_id.hex

    @property
    def happened_display(self) -> str:
        return dates.display_date(self.happened)

    @property
    def claimants(self) -> "list[Party]":
        return self._parties(Party.Role.CLAIMANT)

    @property
    def those_accused(self) -> "list[Party]":
        return self._parties(Party.Role.ACCUSED)

    @property
    def history(self) -> "list[StatusChange]":
        """Where it stood, in order of days."""
        return sorted(self.statuses.all(), key=lambda change: change.place_in_history)

    def _parties(self, role: str) -> "list[Party]":
        return [party for party in self.parties.all() if party.role == role]


class PartyManager(models.Manager["Party"]):
    """Parties come with their entities: wherever one is named, it is a link."""

    def get_queryset(self) -> "models.QuerySet[Party]":
        return super().get_queryset().select_related("entity")


class Party(ShowsLabels):
    """One of those who make an allegation, or of whom it is made: somebody known, or a
    description.

    Its key follows from its place, so that what comes back after an act is undone is the same
    row.
    """

    class Role(models.TextChoices):
        CLAIMANT = "claimant", _("who says so")
        ACCUSED = "accused", _("of whom")

    id = models.UUIDField(primary_key=True, editable=False)
    # The index of a constraint begins with it.
    allegation = models.ForeignKey(
        Allegation, models.CASCADE, related_name="parties", db_index=False
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    position = models.PositiveSmallIntegerField(_("place in the list"))
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    entity = models.ForeignKey(
        Entity, models.SET_NULL, related_name="parties", null=True, blank=True
    )

    objects = PartyManager()

    class Meta:
        ordering = ["role", "position"]
        verbose_name_plural = _("parties")
        indexes = [models.Index(fields=["role", "name"], name="party_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["allegation", "role", "position"],
                name="party_has_its_own_place",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def key_of(allegation: UUID, role: str, position: int) -> UUID:
        return uuid5(allegation, f"{role} {position}")


class StatusChangeQuerySet(models.QuerySet["StatusChange"]):
    def for_reading(self, user: Viewer) -> Self:
        """With their passages, and `is_passage_seen`: whether `user` may see it."""
        seen = Annotation.objects.visible_to(user).filter(pk=models.OuterRef("passage"))
        passages = self.select_related("passage__article__publisher", "made_by")
        return passages.annotate(is_passage_seen=models.Exists(seen))


class StatusChange(ShowsLabels):
    """Where an allegation stood from some day on, by whose word, and the passage that says
    so."""

    allegation = models.ForeignKey(Allegation, models.CASCADE, related_name="statuses")
    status = models.CharField(_("where it stands"), max_length=20, choices=Status)
    date = models.CharField(
        _("since when"),
        max_length=60,
        blank=True,
        help_text=_(
            "EDTF: 2012-01-26, 2012-01; empty: since its passage was published."
        ),
    )
    according_to = models.CharField(_("according to"), max_length=200, blank=True)
    passage = models.ForeignKey(
        Annotation,
        models.SET_NULL,
        related_name="+",
        verbose_name=_("passage that says so"),
        null=True,
        blank=True,
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = StatusChangeQuerySet.as_manager()
    is_passage_seen: bool

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.date}".strip()

    @property
    def place_in_history(self) -> tuple[datetime.date, int]:
        """By day, those of one day as they were recorded; what has no day comes first."""
        day = dates.latest_day(self.day) or dates.earliest_day(self.day)
        return day or datetime.date.min, self.pk

    @property
    def day(self) -> str:
        """Since when, as EDTF: as it was typed or, where it was not, of the day on which its
        passage was published."""
        return self.date or (self.passage.article.published if self.passage else "")

    @property
    def day_display(self) -> str:
        return dates.display_date(self.day)


class Relation(models.TextChoices):
    DENIES = "denies", _("denies")
    CORROBORATES = "corroborates", _("corroborates")
    CONTRADICTS = "contradicts", _("contradicts")
    REPEATS = "repeats", _("repeats")
    ADMITS = "admits", _("admits")


# What speaks to a claim; who repeats or corroborates one has not responded to it.
RESPONSES = (Relation.DENIES, Relation.CONTRADICTS, Relation.ADMITS)
DONE_BY = {
    Relation.DENIES: _("denied by"),
    Relation.CORROBORATES: _("corroborated by"),
    Relation.CONTRADICTS: _("contradicted by"),
    Relation.REPEATS: _("repeated by"),
    Relation.ADMITS: _("admitted by"),
}


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: Viewer) -> Self:
        """Those of which `user` may see both ends, on current texts."""
        seen = Annotation.objects.visible_to(user).current()
        claim = seen.filter(pk=models.OuterRef("claim"))
        answer = seen.filter(pk=models.OuterRef("answer"))
        return self.filter(models.Exists(claim), models.Exists(answer))


class Answer(ShowsLabels):
    """An allegation that answers another: what it does to it, as an editor says."""

    # The index of a constraint begins with it.
    claim = models.ForeignKey(
        Allegation, models.CASCADE, related_name="answers", db_index=False
    )
    answer = models.ForeignKey(Allegation, models.CASCADE, related_name="claims")
    relation = models.CharField(_("what it does"), max_length=12, choices=Relation)
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "answer"], name="allegation_answers_another_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(claim=models.F("answer")),
                name="allegation_answers_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer.summary} — {self.get_relation_display()}: {self.claim.summary}"

    @property
    def done_by(self) -> str:
        """What was done to the claim, for reading: `denied by`."""
        return str(DONE_BY[Relation(self.relation)])


@dataclass(frozen=True)
class Response:
    """The answers to a claim that somebody may see, in order of date, those without one
    first."""

    answers: Sequence[Answer]

    @property
    def newest(self) -> Answer | None:
        return self.answers[-1] if self.answers else None

    @property
    def others(self) -> int:
        """How many answers there are beside the newest."""
        return max(len(self.answers) - 1, 0)

    @property
    def is_recorded(self) -> bool:
        """Say whether anything speaks to the claim; a claim that was only repeated has no
        response."""
        return any(link.relation in RESPONSES for link in self.answers)


def newest_answer() -> models.Subquery:
    """Return an expression on annotations: the relation of the newest public answer and who
    gives it, as one text."""
    public = (
        Annotation.objects.visible_to(AnonymousUser())
        .current()
        .filter(pk=models.OuterRef("answer"))
    )
    answers = Answer.objects.filter(models.Exists(public), claim=models.OuterRef("pk"))
    # Not ordered by the path: that would be joined so late that Django gives it the outer
    # table's name.
    day = models.F("answer__annotation__sort_date")
    newest_first = answers.annotate(day=day).order_by("-day", "-pk")
    words = Concat("relation", models.Value(" "), "answer__claimant")
    return models.Subquery(newest_first.values(words=words)[:1])
