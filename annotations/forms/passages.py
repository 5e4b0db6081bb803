"""The passage that is tagged, as it was selected."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from annotations.core.anchoring.selectors import Selector, Unanchorable, carry, select
from archive.models import Article, TextVersion


class PassageForm(forms.Form):
    """A passage of one text version, as it was selected; `selector` and `text_version` are
    known once it is valid."""

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
        self.text_version: TextVersion
        self.was_moved = False

    def clean(self) -> dict[str, Any]:
        """Find the passage in the text that is read now; white space at its ends is left
        out."""
        cleaned = super().clean() or {}
        if self.errors:
            raise forms.ValidationError(
                _("No passage was chosen. Select some words first.")
            )
        seen = TextVersion.objects.filter(
            article=self.article, number=cleaned["version"]
        ).first()
        if seen is None:
            raise forms.ValidationError(
                _("This article has no version %(number)s.")
                % {"number": cleaned["version"]}
            )
        try:
            selector = _trimmed(seen.text, cleaned["start"], cleaned["end"])
        except Unanchorable as error:
            raise forms.ValidationError(
                _("These offsets are no passage of the text. Select the words again.")
            ) from error
        # A form that is sent has its line ends changed.
        exact = cleaned["exact"].replace("\r\n", "\n").strip()
        if exact and exact != selector.exact:
            raise forms.ValidationError(
                _(
                    "The words at this place are “%(there)s”, not those you selected. Select them again."
                )
                % {"there": selector.exact[:80]}
            )
        self.text_version = self.article.version
        if seen.pk != self.text_version.pk:
            moved = carry(selector, self.text_version.text)
            if moved is None:
                raise forms.ValidationError(
                    _(
                        "The text was corrected meanwhile, and your words do not stand in it as you selected them."
                    )
                )
            selector, self.was_moved = moved, True
        self.selector = selector
        return cleaned


def _trimmed(text: str, start: int, end: int) -> Selector:
    words = select(text, start, end).exact
    inner = words.strip()
    start += len(words) - len(words.lstrip())
    return select(text, start, start + len(inner))
