"""Merging two people or places that are one, and splitting one that is two."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from annotations.entities.merging import CannotMerge, merge, split
from annotations.forms import OtherForm, SplitForm
from annotations.models import Entity, Kind, State
from annotations.views.journal import add_act_message
from archive.pagination import keyset_page
from archive.permissions import open_to, signed_in_user
from archive.roles import Role

PAGE_SIZE = 100


@open_to(Role.CURATOR)
def entity_merge(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    entity = get_object_or_404(Entity.objects.standing(), kind=kind, slug=slug)
    form = OtherForm(
        request.POST or None,
        entity=entity,
        find=request.GET.get("find", ""),
        user=signed_in_user(request),
    )
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        try:
            act = merge(
                entity, other, signed_in_user(request), form.cleaned_data["reason"]
            )
        except CannotMerge as error:
            form.add_error(None, str(error))
        else:
            add_act_message(
                request, act, _("%(what)s: these are one now.") % {"what": act.what}
            )
            return redirect(other)
    context = {
        "entity": entity,
        "form": form,
        "find": request.GET.get("find", ""),
        "spellings": entity.spellings.count(),
        "mentions": entity.mentions.exclude(state=State.REJECTED).count(),
    }
    return render(
        request, "annotations/entity_merge.html", context, status=_status(request)
    )


@open_to(Role.CURATOR)
def entity_split(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    entity = get_object_or_404(Entity.objects.standing(), kind=kind, slug=slug)
    form = SplitForm(
        request.POST or None,
        entity=entity,
        find=request.GET.get("find", ""),
        user=signed_in_user(request),
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            act = split(
                entity,
                chosen["other"],
                signed_in_user(request),
                chosen["reason"],
                spellings=chosen["spellings"],
                mentions=chosen["mentions"],
            )
        except CannotMerge as error:
            form.add_error(None, str(error))
        else:
            add_act_message(
                request, act, _("%(what)s: these are two now.") % {"what": act.what}
            )
            return redirect(chosen["other"])
    mentions = (
        entity.mentions.current()
        .exclude(state=State.REJECTED)
        .with_context()
        .select_related("article")
        .in_reading_order()
    )
    context = {
        "entity": entity,
        "form": form,
        "find": request.GET.get("find", ""),
        "page": keyset_page(mentions, request.GET.get("after", ""), PAGE_SIZE),
        "picked": set(request.POST.getlist("mentions")),
    }
    return render(
        request, "annotations/entity_split.html", context, status=_status(request)
    )


def _status(request: HttpRequest) -> int:
    return 400 if request.method == "POST" else 200
