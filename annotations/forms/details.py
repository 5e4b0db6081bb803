"""What a figure and an allegation have in common as forms: a passage, and names that become
links."""

from typing import Any

from django import forms

from annotations.journal.recorder import Recorder
from annotations.models import Annotation, Entity, Kind


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

    def save(self, annotation: Annotation, recorder: Recorder) -> None:  # type: ignore[override]
        recorder.save(annotation)
        detail = self.instance
        detail.annotation = annotation
        for party in self.parties:
            setattr(
                detail,
                f"{party}_entity",
                Entity.objects.named(self.cleaned_data[party]),
            )
        recorder.save(detail)
