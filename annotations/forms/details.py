"""What a figure and an allegation have in common as forms: a passage, and names that become
links."""

from typing import Any

from django import forms

from annotations.entities.spellings import entity_named
from annotations.journal.recorder import Recorder
from annotations.models import Annotation, Kind


class DetailForm(forms.ModelForm):
    """What a figure or an allegation says; names in it that the archive knows become links."""

    parties: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, *, instance: Annotation | None = None, **_context: Any
    ) -> None:
        detail = (
            getattr(instance, self._meta.model._meta.model_name or "", None)
            if instance
            else None
        )
        super().__init__(data, instance=detail)
        self.kind = Kind(self._meta.model._meta.model_name)

    def save(self, annotation: Annotation, lines: Recorder) -> None:  # type: ignore[override]
        lines.save(annotation)
        detail = self.instance
        detail.annotation = annotation
        for party in self.parties:
            setattr(detail, f"{party}_entity", entity_named(self.cleaned_data[party]))
        lines.save(detail)
