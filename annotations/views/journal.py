"""The journal: what was done to annotations and names, by whom, and how to undo it."""

import time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.editing.undo import CannotUndo, UndoResult, may_undo, undo
from annotations.journal.display import display_changes
from annotations.linking.linker import LinkResult, link_waiting
from annotations.models import Act, Annotation, Change, Reread
from annotations.views.desk import changes, is_for_desk
from archive.pagination import keyset_page
from archive.permissions import open_to, signed_in_user
from archive.roles import Role

PAGE_SIZE = 50
LOOK_SECONDS = 0.5
_SOME = 25
OF_PASSAGES = (Change.Table.ANNOTATION, Change.Table.FIGURE, Change.Table.ALLEGATION)


@open_to(Role.EDITOR)
def act_list(request: HttpRequest) -> HttpResponse:
    """What was done, newest first: by everybody or, with `?mine`, by who is asking."""
    acts = Act.objects.select_related("by", "article", "origin", "undone_by").order_by("-pk")
    if "mine" in request.GET:
        acts = acts.filter(by=signed_in_user(request))
    page = keyset_page(acts, request.GET.get("after", ""), PAGE_SIZE)
    context = {"page": page, "mine": "mine" in request.GET, "waiting": Reread.objects.count()}
    return render(request, "annotations/act_list.html", context)


@open_to(Role.EDITOR)
def act_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One act and what it changed; a POST undoes it and leads back to where the button
    stood."""
    act = get_object_or_404(
        Act.objects.select_related("by", "article", "origin", "undone_by__by"), pk=pk
    )
    if request.method == "POST":
        return _undo(request, act)
    lines = keyset_page(act.changes.order_by("pk"), request.GET.get("after", ""), PAGE_SIZE)
    marks = [line.key for line in lines.items if line.table in OF_PASSAGES]
    seen = (
        Annotation.objects.visible_to(request.user)
        .filter(pk__in=marks)
        .values_list("pk", "exact")
    )
    shown = {str(key): exact for key, exact in seen}
    told = display_changes(lines.items, shown)
    context = {
        "act": act,
        "page": lines,
        "lines": told,
        "may_undo": may_undo(act, request.user),
        "shown": shown,
    }
    return render(request, "annotations/act_detail.html", context)


@open_to(Role.EDITOR)
def waiting(request: HttpRequest) -> HttpResponse:
    """How many articles are still to be read since names changed. Who looks on lends a hand:
    each look reads some."""
    end = time.monotonic() + LOOK_SECONDS
    while time.monotonic() < end and link_waiting(_SOME):
        pass
    return render(request, "annotations/waiting.html", {"left": Reread.objects.count()})


def tell_of(request: HttpRequest, act: Act, words: str) -> None:
    """Say what was done, beside a button that undoes it."""
    messages.success(request, words, extra_tags=f"act-{act.pk}")


def in_words(linked: LinkResult) -> str:
    """Say what linking has changed, and what is still to be read."""
    told = ngettext("%(count)d mention linked", "%(count)d mentions linked", linked.added) % {
        "count": linked.added
    }
    if linked.removed:
        told += ", " + _("%(count)d taken back") % {"count": linked.removed}
    if linked.waiting:
        more = ngettext(
            "%(count)d more article is being read",
            "%(count)d more articles are being read",
            linked.waiting,
        )
        told += "; " + more % {"count": linked.waiting}
    return told


def _undo(request: HttpRequest, act: Act) -> HttpResponse:
    desk = act.article if is_for_desk(request) else None
    try:
        undone = undo(act, signed_in_user(request))
    except CannotUndo as reason:
        if desk:
            return changes(request, desk, words=str(reason))
        messages.warning(request, str(reason))
        return redirect(act)
    words, kept = _("%(act)s.") % {"act": capfirst(undone.act.in_words)}, _kept_in_words(undone)
    if desk:
        return changes(request, desk, undone.act, words=f"{words} {kept}")
    tell_of(request, undone.act, words)
    if kept:
        messages.warning(request, kept)
    return redirect(_where_from(request) or _passage_of(act) or act.article or undone.act)


def _kept_in_words(undone: UndoResult) -> str:
    """Say how much was left as it is; nothing if all was undone."""
    if not undone.kept:
        return ""
    told = ngettext(
        "%(count)d thing was changed since and stays as it is.",
        "%(count)d things were changed since and stay as they are.",
        len(undone.kept),
    )
    return told % {"count": len(undone.kept)}


def _where_from(request: HttpRequest) -> str:
    """Return the page on which the button stood, if it is one of this archive's."""
    page = request.POST.get("next", "")
    return (
        page
        if "/" in page and url_has_allowed_host_and_scheme(page, {request.get_host()})
        else ""
    )


def _passage_of(act: Act) -> str:
    """Return where the passage stands that the act was of, if it was one and is there."""
    keys = act.changes.filter(table=Change.Table.ANNOTATION).values_list("key", flat=True)[:2]
    found = (
        Annotation.objects.select_related("article").filter(pk__in=list(keys))
        if len(keys) == 1
        else []
    )
    return next((annotation.get_passage_url() for annotation in found), "")
