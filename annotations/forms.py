"""What editors and curators type about passages and names.

A tag is two forms in one page: `PassageForm` holds where the passage is (hidden fields), and one of the forms in
`DETAILS` holds what is said of it, by kind.
"""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.anchoring import Selector, Unanchorable, carry, select
from annotations.mentions import add_form
from annotations.models import Allegation, Annotation, Entity, Figure, Kind, NameForm
from annotations.names import alike
from annotations.scripts import spelling_of
from archive.models import Article, TextVersion, User

NEW = "new"
_MOST_PROPOSALS = 8


class PassageForm(forms.Form):
    """A passage of one text version, as it was selected; `selector` and `version` are known once it is valid."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    exact = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, data: Any, *, article: Article) -> None:
        super().__init__(data)
        self.article = article
        self.selector: Selector
        self.text: TextVersion
        self.was_moved = False

    def clean(self) -> dict[str, Any]:
        """Find the passage in the text that is read now; white space at its ends is left out."""
        cleaned = super().clean() or {}
        if self.errors:
            raise forms.ValidationError(_("No passage was chosen. Select some words first."))
        seen = TextVersion.objects.filter(article=self.article, number=cleaned["version"]).first()
        if seen is None:
            raise forms.ValidationError(_("This article has no version %(number)s.") % {"number": cleaned["version"]})
        try:
            selector = _trimmed(seen.text, cleaned["start"], cleaned["end"])
        except Unanchorable as error:
            raise forms.ValidationError(
                _("These offsets are no passage of the text. Select the words again.")
            ) from error
        exact = cleaned["exact"].replace("\r\n", "\n").strip()  # a form that is sent has its line ends changed
        if exact and exact != selector.exact:
            raise forms.ValidationError(
                _("The words at this place are “%(there)s”, not those you selected. Select them again.")
                % {"there": selector.exact[:80]}
            )
        self.text = self.article.text
        if seen.pk != self.text.pk:
            moved = carry(selector, self.text.text)
            if moved is None:
                raise forms.ValidationError(
                    _("The text was corrected meanwhile, and your words do not stand in it as you selected them.")
                )
            selector, self.was_moved = moved, True
        self.selector = selector
        return cleaned


class MentionForm(forms.Form):
    """Who or where is meant: one of the entities that are proposed, or a new one."""

    entity = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    description = forms.CharField(
        label=gettext_lazy("What tells them apart"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as an office and a year: “Interior Minister of Kazakhstan in 2011”."),
    )
    add_spelling = forms.BooleanField(
        label=gettext_lazy("These words are a spelling of this name: link them in all articles"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        words: str,
        user: User,
        find: str = "",
        instance: Annotation | None = None,
    ) -> None:
        chosen = str((data or {}).get("entity") or (instance.entity_id if instance else ""))
        self.kind, self.words, self.user = kind, words, user
        self.proposals = proposals(kind, find or words, [chosen] if chosen.isdecimal() else [])
        choices = [(str(entity.pk), entity) for entity in self.proposals]
        super().__init__(data, initial={"name": words, "entity": chosen or (choices[0][0] if choices else NEW)})
        new = _("A person not known here yet") if kind == Kind.PERSON else _("A place not known here yet")
        cast("forms.ChoiceField", self.fields["entity"]).choices = [*choices, (NEW, new)]
        if not (user.is_curator and choices):
            del self.fields["add_spelling"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("entity") == NEW and not cleaned.get("name", "").strip():
            self.add_error("name", _("A new name cannot be empty."))
        return cleaned

    def save(self, annotation: Annotation) -> None:
        """Point `annotation` at the chosen entity, making it first if it is new; a new name is linked everywhere."""
        chosen, words = self.cleaned_data["entity"], self.words
        if chosen == NEW:
            entity = Entity.objects.create(
                kind=self.kind,
                name=self.cleaned_data["name"].strip(),
                description=self.cleaned_data["description"],
                made_by=self.user,
            )
        else:
            entity = Entity.objects.get(pk=chosen, kind=self.kind)
        annotation.entity = entity
        annotation.save()
        if chosen == NEW:
            add_form(entity, entity.name)
        if (chosen == NEW or self.cleaned_data.get("add_spelling")) and len(words) <= 200 and "\n" not in words:
            add_form(entity, words)


class DetailForm(forms.ModelForm):
    """What a figure or an allegation says; names in it that the archive knows become links."""

    parties: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *, instance: Annotation | None = None, **_context: Any) -> None:
        detail = getattr(instance, self._meta.model._meta.model_name or "", None) if instance else None
        super().__init__(data, instance=detail)
        self.kind = Kind(self._meta.model._meta.model_name)

    def save(self, annotation: Annotation) -> None:  # type: ignore[override]
        annotation.save()
        detail = self.instance
        detail.annotation = annotation
        for party in self.parties:
            setattr(detail, f"{party}_entity", entity_named(self.cleaned_data[party]))
        detail.save()


class FigureForm(DetailForm):
    parties = ("said_by",)

    class Meta:
        model = Figure
        fields = ("qualifier", "low", "high", "counted", "said_by")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and high <= low:
            self.add_error("high", _("The upper value must be greater than the value."))
        return cleaned


class AllegationForm(DetailForm):
    parties = ("claimant", "accused")

    class Meta:
        model = Allegation
        fields = ("summary", "claimant", "accused", "status")
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}


DETAILS: dict[str, type[MentionForm] | type[DetailForm]] = {
    Kind.PERSON: MentionForm,
    Kind.PLACE: MentionForm,
    Kind.FIGURE: FigureForm,
    Kind.ALLEGATION: AllegationForm,
}


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
        model = NameForm
        fields = ("text", "alone")
        widgets = {"text": forms.TextInput(attrs={"size": 40})}

    def clean_text(self) -> str:
        return spelling_of(self.cleaned_data["text"])


NameFormSet = forms.inlineformset_factory(Entity, NameForm, form=SpellingForm, extra=3)


def proposals(kind: Kind, words: str, chosen: Iterable[str] = ()) -> list[Entity]:
    """Return the entities that `words` may mean.

    First those spelled just so, then those with a spelling that is alike in any script, then those that share a word.
    """
    forms = NameForm.objects.filter(entity__kind=kind).values_list("entity", "text")
    parts = {word.lower() for word in words.split() if len(word) > 2}
    exactly = [entity for entity, text in forms if text == words]
    spelled = [entity for entity, text in forms if alike(text, words)]
    shared = [entity for entity, text in forms if any(part in text.lower() for part in parts)]
    found = list(dict.fromkeys([*map(int, chosen), *exactly, *spelled, *shared]))
    entities = Entity.objects.filter(kind=kind).in_bulk(found[:_MOST_PROPOSALS])
    return [entities[pk] for pk in found if pk in entities]


def entity_named(name: str) -> Entity | None:
    """Return the person (or else the place) known by exactly this name; None where there is none, or several."""
    for kind in (Kind.PERSON, Kind.PLACE):
        found = Entity.objects.filter(Q(name=name) | Q(forms__text=name), kind=kind).distinct()[:2]
        if len(found) == 1:
            return found[0]
    return None


def _trimmed(text: str, start: int, end: int) -> Selector:
    words = select(text, start, end).exact
    inner = words.strip()
    start += len(words) - len(words.lstrip())
    return select(text, start, start + len(inner))
