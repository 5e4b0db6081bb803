"""Views for curators: import files, correct the metadata of an article, correct its text."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from archive import search
from archive.forms import ArticleForm, ImportForm, TextForm
from archive.ingest.pipeline import (
    IntakeOutcome,
    IntakeResult,
    Refused,
    correct_text,
    take_in,
)
from archive.models import Article, Event, User
from archive.permissions import open_to, signed_in_user
from archive.roles import Role


@open_to(Role.CURATOR)
def article_import(request: HttpRequest) -> HttpResponse:
    """Import uploaded files; each has a result of its own, and one that is refused harms no
    other."""
    form = ImportForm(request.POST or None, request.FILES or None)
    taken: list[tuple[str, IntakeResult]] = []
    refused: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        files: list[UploadedFile[bytes]] = form.cleaned_data["reports"]
        for file in files:
            name = file.name or _("a file without a name")
            try:
                taken.append(
                    (name, take_in(file.read(), name, signed_in_user(request)))
                )
            except Refused as reason:
                refused.append((name, str(reason)))
    context = {
        "form": form,
        "taken": taken,
        "refused": refused,
        "IntakeOutcome": IntakeOutcome,
    }
    # With one file imported the request as a whole succeeded.
    status = 400 if refused and not taken else 200
    return render(request, "archive/article_import.html", context, status=status)


@open_to(Role.CURATOR)
def article_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct the metadata, or withhold the article from readers (`is_public`); an event keeps
    what it was."""
    article = get_object_or_404(Article, slug=slug)
    form = ArticleForm(request.POST or None, instance=article)
    if request.method == "POST" and form.is_valid():
        article = _save_corrections(form, signed_in_user(request))
        messages.success(request, _("Saved."))
        return redirect(article)
    context = {"article": article, "form": form}
    return render(request, "archive/article_edit.html", context, status=_status(form))


def _save_corrections(form: ArticleForm, by: User) -> Article:
    """Save the article with the event that says what was changed, if anything was."""
    article: Article = form.instance
    with transaction.atomic():
        changes = form.changes()
        if changes:
            article = form.save()
            fields = ", ".join(changes).replace("_", " ")
            Event.objects.create(
                article=article,
                kind=Event.Kind.MODIFICATION,
                by=by,
                detail=_("Corrected: %(fields)s.") % {"fields": fields},
                data=changes,
            )
            search.index([article.pk])  # its title may be another
    return article


@open_to(Role.CURATOR)
def article_correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct the text: a new version is made, the old one stays."""
    article = get_object_or_404(
        Article.objects.select_related("current_version"), slug=slug
    )
    form = TextForm(request.POST or None, initial={"html": article.version.html})
    if request.method == "POST" and form.is_valid():
        html, note = form.cleaned_data["html"], form.cleaned_data["note"]
        try:
            version, notes = correct_text(article, html, signed_in_user(request), note)
        except Refused as reason:
            form.add_error("html", str(reason))
        else:
            made = _("Version %(number)d is made") % {"number": version.number}
            messages.success(request, f"{'; '.join([made, *notes])}.")
            return redirect(article)
    context = {"article": article, "form": form}
    return render(
        request, "archive/article_correct.html", context, status=_status(form)
    )


def _status(form: ArticleForm | TextForm) -> int:
    """Return 400 for a form that came back with errors, 200 for a new one."""
    return 400 if form.is_bound else 200
