"""What is typed or sent to be checked."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core import manuscripts
from annotations.core.manuscripts.plain import lines_as_paragraphs


class CheckForm(forms.Form):
    """A manuscript as a file or as text; `manuscript` and `name` are known once it is valid.

    `refused` is why a file was not taken in at all.
    """

    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Word, OpenDocument, PDF, HTML, Markdown or text; 20 MB at most."
        ),
        widget=forms.FileInput(
            attrs={"accept": ",".join(filter(None, manuscripts.READERS))}
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        help_text=gettext_lazy(
            "Paragraphs stand between blank lines; those of a block quotation begin with “>”."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused: manuscripts.UnreadableManuscript | None = None
        self.manuscript = self.name = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file: UploadedFile[bytes] | None = cleaned.get("file")
        text = cleaned.get("text", "").replace("\r\n", "\n")
        try:
            if self.refused:
                raise self.refused
            if file:
                self.name = file.name or _("the file")
                self.manuscript = manuscripts.read_manuscript(file.read(), self.name)
            elif text:
                self.name = _("the text")
                self.manuscript = manuscripts.not_too_long(lines_as_paragraphs(text))
            else:
                self.add_error(None, _("Choose a file, or paste a text."))
        except manuscripts.UnreadableManuscript as reason:
            self.add_error("file" if file or self.refused else "text", str(reason))
        return cleaned
