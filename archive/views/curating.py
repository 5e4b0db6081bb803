"""Curating: importing files, correcting what is known of an article, correcting its text."""

from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from archive import search
from archive.forms import ArticleForm, ImportForm, TextForm
from archive.ingest.pipeline import IntakeOutcome, IntakeResult, Refused, correct_text, take_in
from archive.models import Article, Event
from archive.permissions import open_to, signed_in_user
from archive.roles import Role


@open_to(Role.CURATOR)
def article_import(request: HttpRequest) -> HttpResponse:
    """Import uploaded files; each is told apart, and one that is refused harms no other."""
    form = ImportForm(request.POST or None, request.FILES or None)
    taken: list[tuple[str, IntakeResult]] = []
    refused: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        for file in cast("list[UploadedFile[bytes]]", form.cleaned_data["reports"]):
            name = file.name or _("a file without a name")
            try:
                taken.append((name, take_in(file.read(), name, signed_in_user(request))))
            except Refused as reason:
                refused.append((name, str(reason)))
    context = {"form": form, "taken": taken, "refused": refused, "IntakeOutcome": IntakeOutcome}
    return render(
        request,
        "archive/article_import.html",
        context,
        status=400 if refused and not taken else 200,
    )


@open_to(Role.CURATOR)
def article_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct the metadata; an event keeps what it was."""
    article = get_object_or_404(Article, slug=slug)
    form = ArticleForm(request.POST or None, instance=article)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if changes := form.changes():
                article = form.save()
                Event.objects.create(
                    article=article,
                    kind=Event.Kind.MODIFICATION,
                    by=signed_in_user(request),
                    detail=_("Corrected: %(fields)s.")
                    % {"fields": ", ".join(changes).replace("_", " ")},
                    data=changes,
                )
                search.index([article.pk])
        messages.success(request, _("Saved."))
        return redirect(article)
    return render(
        request,
        "archive/article_edit.html",
        {"article": article, "form": form},
        status=_status(form),
    )


@open_to(Role.CURATOR)
def article_correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct the text: a new version is made, the old one stays."""
    article = get_object_or_404(Article.objects.select_related("current_version"), slug=slug)
    form = TextForm(request.POST or None, initial={"html": article.version.html})
    if request.method == "POST" and form.is_valid():
        try:
            version, notes = correct_text(
                article,
                form.cleaned_data["html"],
                signed_in_user(request),
                form.cleaned_data["note"],
            )
        except Refused as reason:
            form.add_error("html", str(reason))
        else:
            told = "; ".join(
                [_("Version %(number)d is made") % {"number": version.number}, *notes]
            )
            messages.success(request, f"{told}.")
            return redirect(article)
    return render(
        request,
        "archive/article_correct.html",
        {"article": article, "form": form},
        status=_status(form),
    )


def _status(form: ArticleForm | TextForm) -> int:
    return 400 if form.is_bound else 200
