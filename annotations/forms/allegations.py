"""What editors type about allegations."""

from django import forms

from annotations.forms.details import DetailForm
from annotations.models import Allegation


class AllegationForm(DetailForm):
    parties = ("claimant", "accused")

    class Meta:
        model = Allegation
        fields = ("summary", "claimant", "accused", "status")
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}
