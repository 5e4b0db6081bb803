"""How people and places are spelled: known spellings, refused ones, and the words of names in texts."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.core.names.scripts import script_of, spelling_of
from annotations.models.annotations import Annotation, Entity
from archive.models import Viewer
from archive.roles import Role, role_of


class SpellingQuerySet(models.QuerySet["Spelling"]):
    def visible_to(self, user: Viewer) -> Self:
        """Editors see all; readers the names of entities, and the spellings with which a passage
        that they see begins: others may be known from hidden texts alone."""
        if role_of(user).includes(Role.EDITOR):
            return self
        seen = Annotation.objects.visible_to(user).current()
        spelled_so = seen.filter(
            entity=models.OuterRef("entity"), exact__istartswith=models.OuterRef("text")
        )
        is_name = models.Q(text=models.F("entity__name"))
        return self.filter(is_name | models.Exists(spelled_so))


class Spelling(models.Model):
    """A spelling under which an entity occurs."""

    # The index of a constraint begins with it.
    entity = models.ForeignKey(
        Entity, models.CASCADE, related_name="spellings", db_index=False
    )
    text = models.CharField(_("spelling"), max_length=200)
    script = models.CharField(_("script"), max_length=20, editable=False)
    linkable = models.BooleanField(
        _("may be linked by the machine"),
        default=True,
        help_text=_(
            "Take this away from short or common words: they are then only suggested."
        ),
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = SpellingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "text"], name="spelling_is_listed_once"
            )
        ]
        indexes = [models.Index(fields=["text"], name="spelling_by_text")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = spelling_of(self.text)
        self.script = script_of(self.text)
        super().save(*args, **kwargs)


class RefusedSpelling(models.Model):
    """A name that was offered as a spelling of an entity, and of which a curator said that it
    is not."""

    # The index of a constraint begins with it.
    entity = models.ForeignKey(
        Entity, models.CASCADE, related_name="refused", db_index=False
    )
    text = models.CharField(_("spelling"), max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "text"], name="spelling_is_refused_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class NameWord(models.Model):
    """A word of a name that stands in some text, under a key that is the same for its other
    spellings."""

    key = models.CharField(max_length=200)
    word = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "word"], name="word_is_listed_once_a_key"
            )
        ]
        indexes = [models.Index(fields=["word"], name="word_by_itself")]

    def __str__(self) -> str:
        return self.word
