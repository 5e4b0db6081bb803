"""What is offered to curators: spellings of somebody known, and the names in an article that nobody is known by."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.core.names.scripts import spelling_of
from annotations.entities.spellings import add_spellings, name_unknown, refuse_spellings
from annotations.linking.candidates import LONGEST, entities_alike, proposed
from annotations.linking.spelling_suggestions import Offer, known_alike, offered_spellings, unknown_in
from annotations.models import MENTIONS, Entity, Kind
from annotations.views.journal import in_words, tell_of
from archive.models import Article, User
from archive.permissions import open_to
from archive.roles import Role


@open_to(Role.CURATOR)
def entity_spellings(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """“Also written …?”: what may be spellings of this person or place, to accept or refuse one by one."""
    entity = get_object_or_404(Entity.objects.standing(), kind=kind, slug=slug)
    if request.method != "POST":
        context = {"entity": entity, "offered": offered_spellings(entity)}
        return render(request, "annotations/entity_spellings.html", context)
    names = [name for name in request.POST.getlist("name") if name.strip() and len(name) <= 200]
    if names and "accept" in request.POST:
        act, linked = add_spellings(entity, names, _user(request))
        tell_of(request, act, _("“%(name)s”: %(told)s.") % {"name": ", ".join(names), "told": in_words(linked)})
    elif names:
        tell_of(request, refuse_spellings(entity, names, _user(request)), _("It is not offered again."))
    return redirect(request.path)


@open_to(Role.CURATOR)
def article_names(request: HttpRequest, slug: str) -> HttpResponse:
    """The names that nobody is known by, each to be made a person or a place, or a spelling of somebody."""
    article = get_object_or_404(Article.objects.select_related("current_version"), slug=slug)
    offers = unknown_in(article)
    alike = known_alike(offer.name for offer in offers)
    if request.method == "POST":
        decisions = [(offer.name, whose) for offer in offers if (whose := _whose(request, offer, alike[offer.name]))]
        if decisions:
            act, linked = name_unknown(decisions, _user(request))
            told = ngettext("%(count)d name: %(told)s.", "%(count)d names: %(told)s.", len(decisions))
            tell_of(request, act, told % {"count": len(decisions), "told": in_words(linked)})
        return redirect(request.path)
    rows = [(offer, alike[offer.name]) for offer in offers]
    return render(request, "annotations/article_names.html", {"article": article, "rows": rows, "kinds": Kind})


def _whose(request: HttpRequest, offer: Offer, alike: list[Entity]) -> Kind | Entity | None:
    """Read what was chosen for a name: a kind, the key of somebody alike, or nothing."""
    chosen = request.POST.get(f"whose-{offer.name}", "")
    if chosen in (Kind.PERSON, Kind.PLACE):
        return Kind(chosen)
    return next((entity for entity in alike if str(entity.pk) == chosen), None)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@open_to(Role.EDITOR)
def entity_options(request: HttpRequest) -> HttpResponse:
    """The people or places that `q` may mean, as the options of the entity box; `article` is where it stands."""
    kind, q = request.GET.get("kind", ""), spelling_of(request.GET.get("q", ""))[:LONGEST]
    if kind not in MENTIONS:
        raise Http404(_("Only people and places have names here."))
    article = Article.objects.filter(slug=request.GET.get("article", "")).first()
    proposals = proposed(Kind(kind), q, _user(request), article=article)
    context = {"proposals": proposals, "near": entities_alike(proposals), "q": q}
    return render(request, "annotations/_entity_options.html", context)
