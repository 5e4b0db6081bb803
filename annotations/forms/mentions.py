"""Who or where is meant by a passage."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.names.scripts import spelling_of
from annotations.journal.recorder import Recorder
from annotations.linking.candidates import LONGEST, entities_alike, proposed
from annotations.linking.linker import add_spelling
from annotations.models import Annotation, Entity, Kind
from archive.models import Article, User

NEW = "new"
_DIGITS = 19
"""Of a number that no database takes for a key any more."""


class MentionForm(forms.Form):
    """Who or where is meant: one of the entities that are proposed, or a new one."""

    entity = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    description = forms.CharField(
        label=gettext_lazy("What tells them apart"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Such as an office and a year: “Interior Minister of Kazakhstan in 2011”."
        ),
    )
    add_spelling = forms.BooleanField(
        label=gettext_lazy(
            "These words are a spelling of this name: link them in all articles"
        ),
        required=False,
    )

    another = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        words: str,
        user: User,
        article: Article | None = None,
        find: str = "",
        instance: Annotation | None = None,
        **_context: Any,
    ) -> None:
        sent = data or {}
        chosen = str(sent.get("entity") or (instance.entity_id if instance else ""))
        self.kind, self.words, self.user = kind, words, user
        self.is_new = chosen == NEW
        name = spelling_of(words)[:LONGEST]
        new_name = sent.get("name", "") if self.is_new else ""
        self.asked = (
            sent.get("q") or new_name or find or (str(instance.entity) if instance else name)
        )
        """What stands in the entity box."""
        keys = [int(chosen)] if is_entity_key(chosen) else []
        self.proposals = proposed(
            kind, new_name or find or words, user, chosen=keys, article=article
        )
        self.near = entities_alike(self.proposals) if new_name or not find else []
        """Of whom the name of somebody new may be a spelling."""
        choices = [(str(one.entity.pk), one) for one in self.proposals]
        super().__init__(
            data,
            initial={"name": name, "entity": chosen or (choices[0][0] if choices else NEW)},
        )
        new = (
            _("A person not known here yet")
            if kind == Kind.PERSON
            else _("A place not known here yet")
        )
        cast("forms.ChoiceField", self.fields["entity"]).choices = [*choices, (NEW, new)]
        if not (user.is_curator and choices):
            del self.fields["add_spelling"]
        if new_name and self.near:
            self.fields["another"].label = self._another()
        else:
            del self.fields["another"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("entity") == NEW and not cleaned.get("name", "").strip():
            self.add_error("name", _("A new name cannot be empty."))
        if "another" in self.fields and not cleaned.get("another"):
            self.add_error(
                "another",
                _(
                    "“%(name)s” is much like %(known)s. Choose that one, or say that this is another."
                )
                % {"name": cleaned.get("name", ""), "known": self._known()},
            )
        return cleaned

    def save(self, annotation: Annotation, recorder: Recorder) -> None:
        """Point `annotation` at the chosen entity, making it first if it is new; a new name is
        linked everywhere."""
        chosen, words = self.cleaned_data["entity"], self.words
        if chosen == NEW:
            entity = Entity(
                kind=self.kind,
                name=self.cleaned_data["name"].strip(),
                description=self.cleaned_data["description"],
                made_by=self.user,
            )
            recorder.save(entity)
        else:
            entity = Entity.objects.standing().get(pk=chosen, kind=self.kind)
        annotation.entity = entity
        recorder.save(annotation)
        if chosen == NEW:
            add_spelling(entity, entity.name, recorder)
        if (
            (chosen == NEW or self.cleaned_data.get("add_spelling"))
            and len(words) <= 200
            and "\n" not in words
        ):
            add_spelling(entity, words, recorder)

    def _another(self) -> str:
        label = (
            _("This is another person of this name, not %(known)s")
            if self.kind == Kind.PERSON
            else _("This is another place of this name, not %(known)s")
        )
        return label % {"known": self._known()}

    def _known(self) -> str:
        return ", ".join(map(str, self.near))


def is_entity_key(chosen: str) -> bool:
    """Tell whether `chosen` can be the key of an entity rather than `NEW`."""
    return chosen.isdecimal() and len(chosen) < _DIGITS
