"""Numbers, measures and totals."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.figures.parser import plain, read
from annotations.figures.ledger import FigureRow
from annotations.forms.choices import set_choices
from annotations.forms.details import DetailForm
from annotations.journal.recorder import Recorder
from annotations.models import Annotation, Figure, Measure
from archive.dates import clean_edtf

# Letters of a passage that may be a figure; longer ones are left to the editor.
_MOST_READ = 2000


_MOST_SPEAKERS = 200


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
            "said_by": forms.TextInput(
                attrs={"list": "speakers", "autocomplete": "off"}
            )
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
        reading = None
        if instance is None and len(words) <= _MOST_READ:
            reading = read(words, after)
        self.reading = reading
        # Whether the fields are as `reading` has them, for the editor to see and
        # correct.
        self.is_from_words = instance is None and not self.is_bound
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
        said = (
            Figure.objects.exclude(said_by="")
            .values("said_by")
            .annotate(times=Count("pk"))
        )
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
        return clean_edtf(self.cleaned_data["as_of"])

    def save(self, annotation: Annotation, recorder: Recorder) -> None:  # type: ignore[override]
        measure = self.known_measure
        if measure is None and self.measure_named:
            measure = Measure(name=self.measure_named, made_by=annotation.made_by)
            recorder.save(measure)
        self.instance.measure = measure
        super().save(annotation, recorder)


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
            part_of: Any = self.fields["part_of"]
            part_of.queryset = Measure.objects.exclude(pk__in=within)


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
        help_text=gettext_lazy(
            "What shows that none is counted twice. Everybody sees it."
        ),
    )

    def __init__(self, data: Any = None, *, rows: Sequence[FigureRow]) -> None:
        super().__init__(data)
        self._figures = {row.given.key: row.annotation.figure for row in rows}
        set_choices(self, "figures", [(row.given.key, row) for row in rows])

    @property
    def chosen(self) -> list[Figure]:
        return [self._figures[key] for key in self.cleaned_data["figures"]]
