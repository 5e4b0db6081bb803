"""People and places: their names, merging and splitting."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.names.scripts import spelling_of
from annotations.forms.mentions import NEW, is_entity_key
from annotations.linking.candidates import MOST, proposed
from annotations.models import Annotation, Entity, Kind, Spelling, State
from archive.models import User


class EntityForm(forms.ModelForm):
    class Meta:
        model = Entity
        fields = ("name", "description", "latitude", "longitude")

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = kind
        if kind != Kind.PLACE:
            del self.fields["latitude"], self.fields["longitude"]


class SpellingForm(forms.ModelForm):
    class Meta:
        model = Spelling
        fields = ("text", "linkable")
        widgets = {"text": forms.TextInput(attrs={"size": 40})}

    def clean_text(self) -> str:
        return spelling_of(self.cleaned_data["text"])


SpellingFormSet = forms.inlineformset_factory(
    Entity, Spelling, form=SpellingForm, extra=3
)


class OtherForm(forms.Form):
    """Another person or place than `entity`: one of those that are proposed for what was
    searched; and why."""

    other = forms.ChoiceField(widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy(
            "What shows it, with its source: it stays in the journal."
        ),
    )

    def __init__(
        self, data: Any = None, *, entity: Entity, find: str = "", user: User
    ) -> None:
        super().__init__(data)
        self.entity = entity
        chosen = str((data or {}).get("other") or "")
        keys = [int(chosen)] if is_entity_key(chosen) else []
        found = proposed(
            Kind(entity.kind), find or entity.name, user, chosen=keys, most=MOST + 1
        )
        self.proposals = [one for one in found if one.entity.pk != entity.pk][:MOST]
        self.choices.choices = [(str(one.entity.pk), one) for one in self.proposals]

    @property
    def choices(self) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields["other"])

    def clean_other(self) -> Entity:
        return next(
            one.entity
            for one in self.proposals
            if str(one.entity.pk) == self.cleaned_data["other"]
        )


class SplitForm(OtherForm):
    """What goes, spellings and single mentions, and to whom: somebody known, or somebody
    new."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    description = forms.CharField(
        label=gettext_lazy("What tells them apart"), max_length=300, required=False
    )
    spellings = forms.ModelMultipleChoiceField(
        Spelling.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=gettext_lazy("Spellings"),
    )
    mentions = forms.ModelMultipleChoiceField(
        Annotation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=gettext_lazy("Single mentions"),
    )

    def __init__(
        self, data: Any = None, *, entity: Entity, find: str = "", user: User
    ) -> None:
        super().__init__(data, entity=entity, find=find, user=user)
        self.user = user
        self.choices.choices = [
            *cast("Any", self.choices.choices),
            (NEW, _("Somebody new")),
        ]
        self.initial["other"] = NEW
        cast("Any", self.fields["spellings"]).queryset = entity.spellings.all()
        cast("Any", self.fields["mentions"]).queryset = entity.mentions.exclude(
            state=State.REJECTED
        )

    def clean_other(self) -> Entity:
        if self.cleaned_data["other"] == NEW:
            return Entity(kind=self.entity.kind, made_by=self.user)
        return super().clean_other()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        other = cleaned.get("other")
        if other is not None and other._state.adding:
            other.name, other.description = (
                cleaned.get("name", "").strip(),
                cleaned.get("description", ""),
            )
            if not other.name:
                self.add_error("name", _("A new name cannot be empty."))
        if not cleaned.get("spellings") and not cleaned.get("mentions"):
            self.add_error(None, _("Choose at least one spelling or mention to move."))
        return cleaned
