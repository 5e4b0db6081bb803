"""The forms of curators: files to import, corrections of an article's metadata, corrections of
its text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.dates import clean_edtf
from archive.ingest.source_urls import MAX_LENGTH, address_key
from archive.models import Article, Author


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; its value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        if not any(files):
            raise forms.ValidationError(_("Choose at least one file."))
        return list(files)


class ImportForm(forms.Form):
    reports = FilesField(
        label=_("Files"), help_text=_("Text or Markdown: .txt, .md, .markdown, .text.")
    )


class ArticleForm(forms.ModelForm):
    """The metadata of an article. Authors and topics are typed with semicolons between them."""

    author_names = forms.CharField(
        label=_("authors"),
        required=False,
        max_length=500,
        help_text=_(
            "In the byline’s order, with semicolons between them. The last word is taken for the family name: where it "
            "is not, type “Family, Given”, or a comma at the end to keep a name whole."
        ),
    )
    topic_names = forms.CharField(
        label=_("topics"), required=False, help_text=_("With semicolons between them.")
    )
    original_address = forms.URLField(
        label=_("original address"),
        max_length=1000,
        required=False,
        assume_scheme="https",
    )
    field_order = (
        "title",
        "title_transliterated",
        "title_translated",
        "standfirst",
        "author_names",
        "credit",
        "publisher",
        "published",
        "language",
    )

    class Meta:
        model = Article
        fields = (
            "title",
            "title_transliterated",
            "title_translated",
            "standfirst",
            "credit",
            "publisher",
            "published",
            "language",
            "original_address",
            "coverage",
            "is_public",
        )
        widgets = {"standfirst": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [topic.name for topic in self.instance.topics.all()]
        self.fields["author_names"].initial = self.instance.byline
        self.fields["topic_names"].initial = "; ".join(topics)

    def clean_published(self) -> str:
        return clean_edtf(self.cleaned_data["published"])

    def clean_original_address(self) -> str:
        address: str = self.cleaned_data["original_address"]
        # None, not "": the column is unique, and many articles have no address.
        self.instance.address_key = self._unused_key(address) if address else None
        return address

    def _unused_key(self, address: str) -> str:
        key = address_key(address)
        if len(key) > MAX_LENGTH:
            raise forms.ValidationError(
                _("This address is too long to be told apart from others.")
            )
        others = Article.objects.exclude(pk=self.instance.pk)
        if others.filter(address_key=key).exists():
            raise forms.ValidationError(
                _("Another article of this archive has this address.")
            )
        return key

    def clean_author_names(self) -> list[str]:
        names = _names(self.cleaned_data["author_names"])
        longest = Article._meta.get_field("byline").max_length or 0
        if len("; ".join(names)) > longest:
            raise forms.ValidationError(
                _("All names together can have %(longest)d characters.")
                % {"longest": longest}
            )
        return names

    def clean_topic_names(self) -> list[str]:
        return _names(self.cleaned_data["topic_names"])

    def save(self, commit: bool = True) -> Article:
        article: Article = super().save(commit)
        # After the article is saved: bylines and topics need its primary key.
        article.set_authors(self.cleaned_data["author_names"])
        article.set_topics(self.cleaned_data["topic_names"])
        return article

    def changes(self) -> dict[str, list[str]]:
        """Return the old and the new value of each changed field, as people read them."""
        changes = {}
        for name in self.changed_data:
            changes[name] = [
                self._old_value(name),
                _display_value(self.cleaned_data[name]),
            ]
        return changes

    def _old_value(self, name: str) -> str:
        field = self.fields[name]
        value = self.get_initial_for_field(field, name)
        if isinstance(field, forms.ModelChoiceField):
            value = field.clean(value)  # a key becomes the object, which has a name
        return _display_value(value)


class TextForm(forms.Form):
    """A corrected text, as HTML, and why it was corrected."""

    html = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true"})
    )
    note = forms.CharField(
        label=_("What was corrected, and on what ground"),
        max_length=500,
        widget=forms.TextInput(attrs={"size": 60}),
    )


def _names(typed: str) -> list[str]:
    """Return the names between semicolons. Raises ValidationError where one is too long."""
    parts = [" ".join(part.split()) for part in typed.split(";")]
    names = list(filter(None, parts))
    longest = Author._meta.get_field("name").max_length or 0
    if any(len(name) > longest for name in names):
        raise forms.ValidationError(
            _("Each can have %(longest)d characters; put semicolons between them.")
            % {"longest": longest}
        )
    return names


def _display_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(value)
    return str(value)
