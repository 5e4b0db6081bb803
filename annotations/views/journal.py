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
from annotations.journal.made import creations, made_by
from annotations.journal.recorder import passage_of
from annotations.linking.linker import LinkResult, link_waiting
from annotations.models import Act, Annotation, Change, PendingRelink
from annotations.views.desk import changes, is_for_desk
from archive.pagination import KeysetPage, keyset_page
from archive.permissions import open_to, signed_in_user
from archive.roles import Role

PAGE_SIZE = 50
LOOK_SECONDS = 0.5
_ARTICLES_PER_LOOK = 25
OF_PASSAGES = (Change.Table.ANNOTATION, Change.Table.FIGURE, Change.Table.ALLEGATION)


@open_to(Role.EDITOR)
def act_list(request: HttpRequest) -> HttpResponse:
    """What was done, newest first: by everybody or, with `?mine`, by who is asking."""
    acts = Act.objects.select_related("by", "article", "origin", "undone_by").order_by(
        "-pk"
    )
    is_mine = "mine" in request.GET
    if is_mine:
        acts = acts.filter(by=signed_in_user(request))
    page = keyset_page(acts, request.GET.get("after", ""), PAGE_SIZE)
    context = {"page": page, "mine": is_mine, "waiting": PendingRelink.objects.count()}
    return render(request, "annotations/act_list.html", context)


@open_to(Role.EDITOR)
def act_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One act and what it changed; a POST undoes it and leads back to where the button
    stood."""
    acts = Act.objects.select_related("by", "article", "origin", "undone_by__by")
    act = get_object_or_404(acts, pk=pk)
    if request.method == "POST":
        return _undo(request, act)
    page = _changes_page(act, request.GET.get("after", ""))
    passage_keys = []
    for change in page.items:
        if change.table in OF_PASSAGES:
            passage_keys.append(change.key)
    visible = Annotation.objects.visible_to(request.user).filter(pk__in=passage_keys)
    shown = {str(key): exact for key, exact in visible.values_list("pk", "exact")}
    context = {
        "act": act,
        "page": page,
        "lines": display_changes(page.items, shown),
        "may_undo": may_undo(act, request.user),
        "shown": shown,
    }
    return render(request, "annotations/act_detail.html", context)


def _changes_page(act: Act, key: str) -> KeysetPage[Change]:
    """Return the changes of an act that follow a key: first those that are written down, then
    what it made and nobody has touched since, so many passages a page."""
    made = made_by(act)
    # The keys of annotations have several values, those of changes one.
    if "," in key:
        page_made = keyset_page(made, key, PAGE_SIZE)
        return KeysetPage(_creations(act, page_made), page_made.after, page_made.before)
    page = keyset_page(act.changes.order_by("pk"), key, PAGE_SIZE)
    if page.after:
        return page
    first_made = keyset_page(made, "", max(1, PAGE_SIZE - len(page)))
    changes = [*page.items, *_creations(act, first_made)]
    return KeysetPage(changes, first_made.after, page.before)


def _creations(act: Act, page: KeysetPage[Annotation]) -> list[Change]:
    return creations({annotation.pk: act.pk for annotation in page.items})


@open_to(Role.EDITOR)
def waiting(request: HttpRequest) -> HttpResponse:
    """How many articles are still to be linked since names changed. Each look links some, so
    that it goes on even where no background process runs."""
    end = time.monotonic() + LOOK_SECONDS
    while time.monotonic() < end and link_waiting(_ARTICLES_PER_LOOK):
        pass
    return render(
        request, "annotations/waiting.html", {"left": PendingRelink.objects.count()}
    )


def add_act_message(request: HttpRequest, act: Act, words: str) -> None:
    """Say what was done, beside a button that undoes it."""
    messages.success(request, words, extra_tags=f"act-{act.pk}")


def linking_summary(linked: LinkResult) -> str:
    """Say what linking has changed, and what is still to be linked."""
    added = ngettext(
        "%(count)d mention linked", "%(count)d mentions linked", linked.added
    )
    summary = added % {"count": linked.added}
    if linked.removed:
        summary += ", " + _("%(count)d taken back") % {"count": linked.removed}
    if linked.waiting:
        waiting_articles = ngettext(
            "%(count)d more article is being read",
            "%(count)d more articles are being read",
            linked.waiting,
        )
        summary += "; " + waiting_articles % {"count": linked.waiting}
    return summary


def _undo(request: HttpRequest, act: Act) -> HttpResponse:
    desk_article = act.article if is_for_desk(request) else None
    try:
        undone = undo(act, signed_in_user(request))
    except CannotUndo as reason:
        if desk_article:
            return changes(request, desk_article, words=str(reason))
        messages.warning(request, str(reason))
        return redirect(act)
    words = _("%(act)s.") % {"act": capfirst(undone.act.label)}
    left_out = _left_out(undone)
    if desk_article:
        return changes(request, desk_article, undone.act, words=f"{words} {left_out}")
    add_act_message(request, undone.act, words)
    if left_out:
        messages.warning(request, left_out)
    return redirect(
        _where_from(request) or _address_of(act) or act.article or undone.act
    )


def _left_out(undone: UndoResult) -> str:
    """Say how much was left as it is; nothing if all was undone."""
    if not undone.kept:
        return ""
    sentence = ngettext(
        "%(count)d thing was changed since and stays as it is.",
        "%(count)d things were changed since and stay as they are.",
        len(undone.kept),
    )
    return sentence % {"count": len(undone.kept)}


def _where_from(request: HttpRequest) -> str:
    """Return the page on which the button stood, if it is one of this archive's."""
    page = request.POST.get("next", "")
    # What has no slash is taken by redirect() for the name of a view.
    if "/" in page and url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return page
    return ""


def _address_of(act: Act) -> str:
    """Return where the passage stands that the act was of, if it was one and still exists."""
    annotation = passage_of(act)
    return annotation.get_passage_url() if annotation else ""
