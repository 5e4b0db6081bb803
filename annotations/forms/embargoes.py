"""The form of an embargo."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Embargo


class EmbargoForm(forms.ModelForm):
    class Meta:
        model = Embargo
        fields = ("until", "note")
        widgets = {"until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(
                _("This day has passed. Choose a later one, or none.")
            )
        return until
