"""What is offered to curators: spellings of somebody known, and the names in an article that
nobody is known by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.core.names.scripts import spelling_of
from annotations.entities.spellings import add_spellings, assign_names, refuse_spellings
from annotations.linking.candidates import LONGEST, entities_alike, proposed
from annotations.linking.spelling_suggestions import (
    SpellingSuggestion,
    known_alike,
    offered_spellings,
    unknown_in,
)
from annotations.models import MENTIONS, Entity, Kind
from annotations.views.entities import kind_with_names
from annotations.views.journal import add_act_message, linking_summary
from archive.models import Article
from archive.permissions import open_to, signed_in_user
from archive.roles import Role


@open_to(Role.CURATOR)
def entity_spellings(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """“Also written …?”: what may be spellings of this person or place, to accept or refuse one
    by one."""
    entity = get_object_or_404(Entity.objects.standing(), kind=kind, slug=slug)
    if request.method != "POST":
        context = {"entity": entity, "offered": offered_spellings(entity)}
        return render(request, "annotations/entity_spellings.html", context)
    curator = signed_in_user(request)
    names = []
    for name in request.POST.getlist("name"):
        if name.strip() and len(name) <= LONGEST:
            names.append(name)
    if names and "accept" in request.POST:
        act, linked = add_spellings(entity, names, curator)
        words = {"name": ", ".join(names), "links": linking_summary(linked)}
        add_act_message(request, act, _("“%(name)s”: %(links)s.") % words)
    elif names:
        act = refuse_spellings(entity, names, curator)
        add_act_message(request, act, _("It is not offered again."))
    return redirect(request.path)


@open_to(Role.CURATOR)
def article_names(request: HttpRequest, slug: str) -> HttpResponse:
    """The names that nobody is known by, each to be made a person or a place, or a spelling of
    somebody."""
    article = get_object_or_404(
        Article.objects.select_related("current_version"), slug=slug
    )
    suggestions = unknown_in(article)
    alike = known_alike(suggestion.name for suggestion in suggestions)
    rows = [(suggestion, alike[suggestion.name]) for suggestion in suggestions]
    if request.method != "POST":
        context = {"article": article, "rows": rows, "kinds": Kind}
        return render(request, "annotations/article_names.html", context)
    decisions = []
    for suggestion, entities in rows:
        choice = _choice(request, suggestion, entities)
        if choice:
            decisions.append((suggestion.name, choice))
    if decisions:
        act, linked = assign_names(decisions, signed_in_user(request))
        sentence = ngettext(
            "%(count)d name: %(links)s.", "%(count)d names: %(links)s.", len(decisions)
        )
        words = {"count": len(decisions), "links": linking_summary(linked)}
        add_act_message(request, act, sentence % words)
    return redirect(request.path)


def _choice(
    request: HttpRequest, suggestion: SpellingSuggestion, entities: list[Entity]
) -> Kind | Entity | None:
    """Read what was chosen for a name: a kind, the key of somebody alike, or nothing."""
    chosen = request.POST.get(f"whose-{suggestion.name}", "")
    if chosen in MENTIONS:
        return Kind(chosen)
    for entity in entities:
        if str(entity.pk) == chosen:
            return entity
    return None


@open_to(Role.EDITOR)
def entity_options(request: HttpRequest) -> HttpResponse:
    """The people or places that `q` may mean, as the options of the entity box; `article` is
    where it stands."""
    kind = kind_with_names(request)
    words = spelling_of(request.GET.get("q", ""))[:LONGEST]
    article = Article.objects.filter(slug=request.GET.get("article", "")).first()
    candidates = proposed(kind, words, signed_in_user(request), article=article)
    context = {"proposals": candidates, "near": entities_alike(candidates), "q": words}
    return render(request, "annotations/_entity_options.html", context)
