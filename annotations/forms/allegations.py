"""What editors type about allegations: what is alleged, where it stands, what answers what."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.allegations.search import allegations_near, allegations_seen, key_in
from annotations.allegations.services import link_answer, save_allegation
from annotations.forms.choices import set_choices
from annotations.forms.details import DetailForm
from annotations.journal.recorder import Recorder
from annotations.models import (
    LONGEST_NAME,
    Allegation,
    Annotation,
    Answer,
    Basis,
    Relation,
    State,
    StatusChange,
    names_in,
)
from archive import dates
from archive.dates import clean_edtf
from archive.models import Article, User

_LONGEST_OPTION = 90


class AllegationForm(DetailForm):
    """What is alleged, by whom and of whom, with semicolons between names; where it stands by
    the passage itself.

    A new one can be linked at once to the allegation that it answers.
    """

    answers = forms.ChoiceField(label=gettext_lazy("what it answers"), required=False)
    relation = forms.ChoiceField(
        label=gettext_lazy("what it does to that"),
        choices=[("", "—"), *Relation.choices],
        required=False,
    )

    class Meta:
        model = Allegation
        fields = (
            "summary",
            "claimant",
            "accused",
            "status",
            "conduct",
            "basis",
            "happened",
            "place",
        )
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}

    QUICK = ("summary", "claimant", "accused", "status")

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Annotation | None = None,
        article: Article | None = None,
        user: User | None = None,
        **context: Any,
    ) -> None:
        super().__init__(data, instance=instance, **context)
        set_choices(self, "basis", [("", _("not said")), *Basis.choices])
        if instance is None and article and user:
            claimants = self.data.get("claimant", "")
            names = names_in(f"{claimants};{self.data.get('accused', '')}")
            set_choices(
                self, "answers", _options(allegations_near(article, user, names))
            )
        else:
            del self.fields["answers"], self.fields["relation"]
        if instance is None:
            return
        own = self.instance.statuses.filter(passage=instance).first()
        if own:
            self.initial["status"] = own.status
            self.fields["status"].help_text = _(
                "As this passage has it; what came later is on the allegation’s page."
            )

    @property
    def quick(self) -> list[forms.BoundField]:
        return [self[name] for name in self.QUICK]

    @property
    def more(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.QUICK]

    @property
    def has_more(self) -> bool:
        """Tell whether something stands in one of the further fields, or is wrong with it."""
        return any(field.value() or field.errors for field in self.more)

    def clean_claimant(self) -> str:
        return _names(self.cleaned_data["claimant"])

    def clean_accused(self) -> str:
        return _names(self.cleaned_data["accused"])

    def clean_happened(self) -> str:
        return clean_edtf(self.cleaned_data["happened"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answers") and not cleaned.get("relation"):
            self.add_error(
                "relation",
                _("Say what it does: does it deny that, admit it, repeat it?"),
            )
        return cleaned

    def save(self, annotation: Annotation, recorder: Recorder) -> None:  # type: ignore[override]
        recorder.save(annotation)
        self.instance.annotation = annotation
        save_allegation(self.instance, recorder)
        claim = self.cleaned_data.get("answers")
        if claim:
            relation = self.cleaned_data["relation"]
            answer = Answer(claim_id=claim, answer=self.instance, relation=relation)
            link_answer(answer, recorder)


class AnswerForm(forms.Form):
    """Another allegation, chosen or pasted, and what the one of the two does to the other."""

    IS_ANSWERED, ANSWERS = "answered", "answers"

    other = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    permalink = forms.CharField(
        label=gettext_lazy("or its address"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Paste the permanent address of an allegation."),
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Which of the two is the answer?"),
        widget=forms.RadioSelect,
        choices=[
            (IS_ANSWERED, gettext_lazy("the other answers this")),
            (ANSWERS, gettext_lazy("this answers the other")),
        ],
        initial=IS_ANSWERED,
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("What does the answer do?"), choices=Relation.choices
    )

    def __init__(
        self,
        data: Any = None,
        *,
        allegation: Allegation,
        near: Iterable[Annotation],
        user: User,
    ) -> None:
        super().__init__(data)
        self._user = user
        self._allegation = allegation
        others = [annotation for annotation in near if annotation.pk != allegation.pk]
        set_choices(self, "other", [(str(other.pk), other) for other in others])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        key = key_in(cleaned.get("permalink") or cleaned.get("other") or "")
        annotation = None
        if key:
            annotation = allegations_seen(self._user).filter(pk=key).first()
        if annotation is None and not self.errors:
            field = "permalink" if cleaned.get("permalink") else "other"
            self.add_error(
                field, _("Choose an allegation, or paste the address of one.")
            )
        cleaned["allegation"] = annotation.allegation if annotation else None
        return cleaned

    @property
    def ends(self) -> tuple[Allegation, Allegation]:
        """The claim and its answer."""
        other = self.cleaned_data["allegation"]
        if self.cleaned_data["direction"] == self.IS_ANSWERED:
            return self._allegation, other
        return other, self._allegation


class StatusForm(forms.ModelForm):
    """Where an allegation stands since some day: by whose word, and which passage says so."""

    passage = forms.ChoiceField(
        label=gettext_lazy("passage that says so"), required=False
    )
    permalink = forms.CharField(
        label=gettext_lazy("or the address of a passage"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Paste the permanent address of any passage that an editor has tagged."
        ),
    )
    field_order = ("status", "passage", "permalink", "date", "according_to", "note")

    class Meta:
        model = StatusChange
        fields = ("status", "date", "according_to", "note")

    def __init__(
        self,
        data: Any = None,
        *,
        allegation: Allegation,
        near: Iterable[Annotation],
        user: User,
    ) -> None:
        super().__init__(data, instance=StatusChange(allegation=allegation))
        self._user = user
        set_choices(self, "passage", _options(near))

    def clean_date(self) -> str:
        return clean_edtf(self.cleaned_data["date"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        passage = self._passage(cleaned)
        self.instance.passage = passage
        if self.errors:
            return cleaned
        is_passage_dated = passage is not None and passage.article.published
        if not dates.earliest_day(cleaned["date"]) and not is_passage_dated:
            self.add_error("date", _("Say since when: no dated passage says so."))
        return cleaned

    def _passage(self, cleaned: dict[str, Any]) -> Annotation | None:
        typed = cleaned.get("permalink") or cleaned.get("passage") or ""
        if not typed:
            return None
        visible = Annotation.objects.visible_to(self._user).filter(
            state=State.CONFIRMED
        )
        key = key_in(typed)
        passage = None
        if key:
            passage = visible.select_related("article").filter(pk=key).first()
        if passage is None:
            self.add_error(
                "permalink",
                _("There is no passage at this address that an editor has tagged."),
            )
        return passage


def in_a_line(annotation: Annotation) -> str:
    """Return what tells a passage apart in a list of choices: what it is tagged as, its outlet
    and its day."""
    article = annotation.article
    tag = annotation.tag
    if len(tag) > _LONGEST_OPTION:
        tag = f"{tag[:_LONGEST_OPTION]}…"
    parts = [tag]
    if article.publisher:
        parts.append(article.publisher.name)
    parts.append(article.published_display or _("undated"))
    return " · ".join(parts)


def _options(annotations: Iterable[Annotation]) -> list[tuple[str, Any]]:
    """Return annotations as choices, after an empty one."""
    options: list[tuple[str, Any]] = [("", "—")]
    for annotation in annotations:
        options.append((str(annotation.pk), in_a_line(annotation)))
    return options


def _names(typed: str) -> str:
    names = names_in(typed)
    if any(len(name) > LONGEST_NAME for name in names):
        raise forms.ValidationError(
            _("Each can have %(longest)d characters; put semicolons between them.")
            % {"longest": LONGEST_NAME}
        )
    return "; ".join(names)
