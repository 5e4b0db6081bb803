"""What editors and curators type about passages, names, figures and measures."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.anchoring.selectors import Selector, Unanchorable, carry, select
from annotations.core.figures.parser import plain, read
from annotations.core.names.scripts import spelling_of
from annotations.figures.ledger import FigureRow
from annotations.forms.details import DetailForm
from annotations.journal.recorder import Recorder
from annotations.linking.candidates import LONGEST, MOST, entities_alike, proposed
from annotations.linking.linker import add_form
from annotations.models import Annotation, Entity, Figure, Kind, Measure, NameForm, State
from archive.forms import edtf_typed
from archive.models import Article, TextVersion, User

NEW = "new"
_DIGITS = 19
"""Of a number that no database takes for a key any more."""
_MOST_READ = 2000
"""Letters of a passage that may be a figure; longer ones are left to the editor."""
_MOST_SPEAKERS = 200


class PassageForm(forms.Form):
    """A passage of one text version, as it was selected; `selector` and `version` are known
    once it is valid."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    exact = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, article: Article) -> None:
        super().__init__(data)
        self.article = article
        self.selector: Selector
        self.text: TextVersion
        self.was_moved = False

    def clean(self) -> dict[str, Any]:
        """Find the passage in the text that is read now; white space at its ends is left
        out."""
        cleaned = super().clean() or {}
        if self.errors:
            raise forms.ValidationError(_("No passage was chosen. Select some words first."))
        seen = TextVersion.objects.filter(
            article=self.article, number=cleaned["version"]
        ).first()
        if seen is None:
            raise forms.ValidationError(
                _("This article has no version %(number)s.") % {"number": cleaned["version"]}
            )
        try:
            selector = _trimmed(seen.text, cleaned["start"], cleaned["end"])
        except Unanchorable as error:
            raise forms.ValidationError(
                _("These offsets are no passage of the text. Select the words again.")
            ) from error
        exact = (
            cleaned["exact"].replace("\r\n", "\n").strip()
        )  # a form that is sent has its line ends changed
        if exact and exact != selector.exact:
            raise forms.ValidationError(
                _(
                    "The words at this place are “%(there)s”, not those you selected. Select them again."
                )
                % {"there": selector.exact[:80]}
            )
        self.text = self.article.text
        if seen.pk != self.text.pk:
            moved = carry(selector, self.text.text)
            if moved is None:
                raise forms.ValidationError(
                    _(
                        "The text was corrected meanwhile, and your words do not stand in it as you selected them."
                    )
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
        keys = [int(chosen)] if _is_key(chosen) else []
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

    def save(self, annotation: Annotation, lines: Recorder) -> None:
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
            lines.save(entity)
        else:
            entity = Entity.objects.standing().get(pk=chosen, kind=self.kind)
        annotation.entity = entity
        lines.save(annotation)
        if chosen == NEW:
            add_form(entity, entity.name, lines)
        if (
            (chosen == NEW or self.cleaned_data.get("add_spelling"))
            and len(words) <= 200
            and "\n" not in words
        ):
            add_form(entity, words, lines)

    def _another(self) -> str:
        label = (
            _("This is another person of this name, not %(known)s")
            if self.kind == Kind.PERSON
            else _("This is another place of this name, not %(known)s")
        )
        return label % {"known": self._known()}

    def _known(self) -> str:
        return ", ".join(map(str, self.near))


class FigureForm(DetailForm):
    """A number; a new one comes filled in with what its passage gives, for the editor to see
    and correct."""

    parties = ("said_by",)
    measure = forms.CharField(
        label=gettext_lazy("measure"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "What it is compared with: “People killed in Zhanaozen”. Empty: nothing."
        ),
        widget=forms.TextInput(attrs={"list": "measures", "autocomplete": "off"}),
    )
    new_measure = forms.BooleanField(
        label=gettext_lazy("This is a new measure"), required=False
    )

    class Meta:
        model = Figure
        fields = ("qualifier", "low", "high", "counted", "said_by", "as_of", "unit")
        widgets = {
            "said_by": forms.TextInput(attrs={"list": "speakers", "autocomplete": "off"})
        }
        help_texts = {
            "said_by": gettext_lazy(
                "A name, an office or a text, such as “officials”; empty if it is the author’s own."
            ),
        }

    field_order = (
        "qualifier",
        "low",
        "high",
        "counted",
        "said_by",
        "measure",
        "new_measure",
        "as_of",
        "unit",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        words: str,
        after: str = "",
        instance: Annotation | None = None,
        **_context: Any,
    ) -> None:
        super().__init__(data, instance=instance)
        reading = read(words, after) if instance is None and len(words) <= _MOST_READ else None
        self.reading = reading
        self.is_from_words = instance is None and not self.is_bound
        """Whether the fields are as `reading` has them, for the editor to see and correct."""
        if reading:
            self.initial.update(asdict(reading.amount), counted=reading.counted)
        for name in ("low", "high"):
            if (value := self.initial.get(name)) is not None:
                self.initial[name] = plain(value)
        self.initial["measure"] = str(self.instance.measure or "")
        self.measure_named = " ".join(self.data.get("measure", "").split())
        self.known_measure = (
            Measure.objects.filter(name=self.measure_named).first()
            if self.measure_named
            else None
        )
        if self.known_measure or not self.measure_named:
            del self.fields["new_measure"]

    @property
    def measures(self) -> "QuerySet[Measure, str]":
        """The names of all measures there are, to choose from."""
        return Measure.objects.values_list("name", flat=True)

    @property
    def speakers(self) -> "QuerySet[Figure, str]":
        """Those who gave figures before, most often first, so that one speaker is written in
        one way."""
        said = Figure.objects.exclude(said_by="").values("said_by").annotate(times=Count("pk"))
        return said.order_by("-times", "said_by").values_list("said_by", flat=True)[
            :_MOST_SPEAKERS
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and high <= low:
            self.add_error("high", _("The upper value must be greater than the value."))
        if "new_measure" in self.fields and not cleaned.get("new_measure"):
            self.add_error(
                "new_measure",
                _(
                    "No measure is called “%(name)s”. Choose one that there is, or say that this is new."
                )
                % {"name": self.measure_named},
            )
        return cleaned

    def clean_as_of(self) -> str:
        return edtf_typed(self.cleaned_data["as_of"])

    def save(self, annotation: Annotation, lines: Recorder) -> None:  # type: ignore[override]
        measure = self.known_measure
        if measure is None and self.measure_named:
            measure = Measure(name=self.measure_named, made_by=annotation.made_by)
            lines.save(measure)
        self.instance.measure = measure
        super().save(annotation, lines)


class MeasureForm(forms.ModelForm):
    """What a measure counts; it can be a part of any other that is not a part of it."""

    class Meta:
        model = Measure
        fields = ("name", "description", "unit", "part_of", "only_rises")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            within = self.instance.with_all_parts()
            cast("Any", self.fields["part_of"]).queryset = Measure.objects.exclude(
                pk__in=within
            )


class AddingForm(forms.Form):
    """Figures that may be added, of those in `rows`; and why."""

    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Figures to add"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Why they may be added"),
        max_length=300,
        help_text=gettext_lazy("What shows that none is counted twice. Everybody sees it."),
    )

    def __init__(self, data: Any = None, *, rows: Sequence[FigureRow]) -> None:
        super().__init__(data)
        self._figures = {row.given.key: row.annotation.figure for row in rows}
        cast("forms.MultipleChoiceField", self.fields["figures"]).choices = [
            (row.given.key, row) for row in rows
        ]

    @property
    def chosen(self) -> list[Figure]:
        return [self._figures[key] for key in self.cleaned_data["figures"]]


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


class OtherForm(forms.Form):
    """Another person or place than `entity`: one of those that are proposed for what was
    searched; and why."""

    other = forms.ChoiceField(widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("What shows it, with its source: it stays in the journal."),
    )

    def __init__(self, data: Any = None, *, entity: Entity, find: str = "", user: User) -> None:
        super().__init__(data)
        self.entity = entity
        chosen = str((data or {}).get("other") or "")
        keys = [int(chosen)] if _is_key(chosen) else []
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
        NameForm.objects.none(),
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

    def __init__(self, data: Any = None, *, entity: Entity, find: str = "", user: User) -> None:
        super().__init__(data, entity=entity, find=find, user=user)
        self.user = user
        self.choices.choices = [*cast("Any", self.choices.choices), (NEW, _("Somebody new"))]
        self.initial["other"] = NEW
        cast("Any", self.fields["spellings"]).queryset = entity.forms.all()
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


def _is_key(chosen: str) -> bool:
    return chosen.isdecimal() and len(chosen) < _DIGITS


def _trimmed(text: str, start: int, end: int) -> Selector:
    words = select(text, start, end).exact
    inner = words.strip()
    start += len(words) - len(words.lstrip())
    return select(text, start, start + len(inner))
