"""Who or where is meant by a passage."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.names.scripts import spelling_of
from annotations.forms.choices import set_choices
from annotations.journal.recorder import Recorder
from annotations.linking.candidates import LONGEST, entities_alike, proposed
from annotations.linking.linker import add_spelling
from annotations.models import Annotation, Entity, Kind
from archive.models import Article, User

NEW = "new"
# Of a number that no database takes for a key any more.
_DIGITS = 19


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
        self.kind, self.words, self.user = kind, words, user
        chosen = str(sent.get("entity") or (instance.entity_id if instance else ""))
        self.is_new = chosen == NEW
        new_name = sent.get("name", "") if self.is_new else ""
        name = spelling_of(words)[:LONGEST]
        known_name = str(instance.entity) if instance else name
        # What stands in the entity box.
        self.asked = sent.get("q") or new_name or find or known_name
        keys = [int(chosen)] if is_entity_key(chosen) else []
        self.proposals = proposed(
            kind, new_name or find or words, user, chosen=keys, article=article
        )
        # Of whom the name of somebody new may be a spelling.
        self.near = entities_alike(self.proposals) if new_name or not find else []
        choices: list[tuple[str, Any]] = []
        for proposal in self.proposals:
            choices.append((str(proposal.entity.pk), proposal))
        choices.append((NEW, self._new_label()))
        super().__init__(
            data, initial={"name": name, "entity": chosen or choices[0][0]}
        )
        set_choices(self, "entity", choices)
        if not (user.is_curator and self.proposals):
            del self.fields["add_spelling"]
        if new_name and self.near:
            self.fields["another"].label = self._another_label()
        else:
            del self.fields["another"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = cleaned.get("name", "")
        if cleaned.get("entity") == NEW and not name.strip():
            self.add_error("name", _("A new name cannot be empty."))
        if "another" in self.fields and not cleaned.get("another"):
            sentence = _(
                "“%(name)s” is much like %(known)s. Choose that one, or say that this is another."
            )
            self.add_error(
                "another", sentence % {"name": name, "known": self._names_alike()}
            )
        return cleaned

    def save(self, annotation: Annotation, recorder: Recorder) -> None:
        """Point `annotation` at the chosen entity, making it first if it is new; a new name is
        linked everywhere."""
        chosen = self.cleaned_data["entity"]
        is_new = chosen == NEW
        if is_new:
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
        if is_new:
            add_spelling(entity, entity.name, recorder)
        can_be_spelling = len(self.words) <= LONGEST and "\n" not in self.words
        if can_be_spelling and (is_new or self.cleaned_data.get("add_spelling")):
            add_spelling(entity, self.words, recorder)

    def _new_label(self) -> str:
        if self.kind == Kind.PERSON:
            return _("A person not known here yet")
        return _("A place not known here yet")

    def _another_label(self) -> str:
        if self.kind == Kind.PERSON:
            label = _("This is another person of this name, not %(known)s")
        else:
            label = _("This is another place of this name, not %(known)s")
        return label % {"known": self._names_alike()}

    def _names_alike(self) -> str:
        return ", ".join(map(str, self.near))


def is_entity_key(chosen: str) -> bool:
    """Tell whether `chosen` can be the key of an entity rather than `NEW`."""
    return chosen.isdecimal() and len(chosen) < _DIGITS
