"""What editors type about allegations."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from annotations.alleging import save_allegation
from annotations.forms.details import DetailForm
from annotations.journal import Lines
from annotations.models import LONGEST_NAME, Allegation, Annotation, Basis, names_in
from archive.forms import edtf_typed


class AllegationForm(DetailForm):
    """What is alleged, by whom and of whom, with semicolons between names; where it stands by the passage itself."""

    class Meta:
        model = Allegation
        fields = ("summary", "claimant", "accused", "status", "conduct", "basis", "happened", "place")
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, data: Any = None, *, instance: Annotation | None = None, **context: Any) -> None:
        super().__init__(data, instance=instance, **context)
        cast("forms.ChoiceField", self.fields["basis"]).choices = [("", _("not said")), *Basis.choices]
        own = self.instance.statuses.filter(passage=instance).first() if instance else None
        if own:
            self.initial["status"] = own.status

    def clean_claimant(self) -> str:
        return _names(self.cleaned_data["claimant"])

    def clean_accused(self) -> str:
        return _names(self.cleaned_data["accused"])

    def clean_happened(self) -> str:
        return edtf_typed(self.cleaned_data["happened"])

    def save(self, annotation: Annotation, lines: Lines) -> None:  # type: ignore[override]
        lines.save(annotation)
        self.instance.annotation = annotation
        save_allegation(self.instance, lines)


def _names(typed: str) -> str:
    names = names_in(typed)
    if any(len(name) > LONGEST_NAME for name in names):
        raise forms.ValidationError(
            _("Each can have %(longest)d characters; put semicolons between them.") % {"longest": LONGEST_NAME}
        )
    return "; ".join(names)
