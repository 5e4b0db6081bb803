"""Embargoes: hiding from readers what is alleged in an article, or by or of somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from annotations.allegations.embargoes import embargo_of, lift, set_embargo
from annotations.forms import EmbargoForm
from annotations.models import Embargo, Entity, Kind
from annotations.views.journal import add_act_message
from archive.models import Article
from archive.pagination import page_asked
from archive.permissions import open_to, signed_in_user
from archive.roles import Role

PAGE_SIZE = 50


@open_to(Role.EDITOR)
def embargo_list(request: HttpRequest) -> HttpResponse:
    """Everything that was put under embargo and not lifted since, newest first."""
    embargoes = Embargo.objects.select_related("article", "entity", "made_by").order_by(
        "-pk"
    )
    return render(
        request,
        "annotations/embargo_list.html",
        {"page": page_asked(request, embargoes, PAGE_SIZE)},
    )


@open_to(Role.CURATOR)
def article_embargo(request: HttpRequest, slug: str) -> HttpResponse:
    return _embargo(request, get_object_or_404(Article, slug=slug))


@open_to(Role.CURATOR)
def entity_embargo(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    return _embargo(
        request, get_object_or_404(Entity.objects.standing(), kind=kind, slug=slug)
    )


def _embargo(request: HttpRequest, on: Article | Entity) -> HttpResponse:
    """Set or change the embargo on an article or on somebody or, with `lift`, lift it."""
    embargo = embargo_of(on)
    curator = signed_in_user(request)
    if "lift" in request.POST and embargo.pk:
        act = lift(embargo, curator)
        words = _("The embargo is lifted: readers see these allegations again.")
        add_act_message(request, act, words)
        return redirect(on)
    form = EmbargoForm(request.POST or None, instance=embargo)
    if request.method == "POST" and form.is_valid():
        act = set_embargo(form.instance, curator)
        add_act_message(
            request, act, _("Under embargo: readers see none of these allegations.")
        )
        return redirect(on)
    context = {"on": on, "embargo": embargo, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "annotations/embargo.html", context, status=status)
