"""People and places: the lists, one page for each, and their names, which curators manage."""

import re
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from annotations.entities.profile import EntityProfile
from annotations.entities.signposts import survivor_at
from annotations.entities.spellings import save_names
from annotations.forms import EntityForm, SpellingFormSet
from annotations.linking.candidates import known_to
from annotations.models import (
    MENTIONS,
    Annotation,
    AnnotationQuerySet,
    Entity,
    Kind,
    Spelling,
)
from annotations.views.journal import add_act_message, linking_summary
from archive.kept_pages import kept
from archive.pagination import KeysetPage, keyset_page, page_asked
from archive.permissions import open_to, signed_in_user
from archive.roles import Role

PAGE_SIZE = 50


@open_to(Role.READER)
@kept
def entity_list(request: HttpRequest, kind: Kind) -> HttpResponse:
    visible = Entity.objects.standing().filter(kind=kind).visible_to(request.user)
    entities = visible.with_mentions(request.user).order_by("name", "pk")
    query = request.GET.get("q", "").strip()
    if query:
        # Not icontains: SQLite's LIKE folds the case of Latin letters only.
        words = re.escape(query)
        spellings = Spelling.objects.visible_to(request.user).filter(text__iregex=words)
        is_spelled_so = Q(pk__in=spellings.values("entity"))
        entities = entities.filter(Q(name__iregex=words) | is_spelled_so)
    page = page_asked(request, entities, PAGE_SIZE)
    return render(
        request,
        "annotations/entity_list.html",
        {"kind": kind, "page": page, "query": query},
    )


@open_to(Role.READER)
def entity_names(request: HttpRequest) -> HttpResponse:
    """Names of a kind for what is typed in a field, of which the address has the name, as the
    options of a `<datalist>`."""
    kind = kind_with_names(request)
    typed = request.GET.get(request.GET.get("field", ""), "")
    entities = known_to(request.user, kind, typed)
    visible = Entity.objects.standing().visible_to(request.user).filter(kind=kind)
    names = [entity.name for entity in entities]
    spellings = Spelling.objects.visible_to(request.user)
    shared_names = visible.shared_names(names, spellings)
    context = {"entities": entities, "shared_names": shared_names}
    return render(request, "annotations/_entity_names.html", context)


def kind_with_names(request: HttpRequest) -> Kind:
    """Return the kind in the address. Raises Http404 where it has no names: only people and
    places have."""
    kind = request.GET.get("kind", "")
    if kind not in MENTIONS:
        raise Http404(_("Only people and places have names here."))
    return Kind(kind)


@open_to(Role.READER)
@kept
def entity_detail(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """Every mention in every article in date order, what is counted of them, and what else is
    said of this entity."""
    entity = (
        Entity.objects.visible_to(request.user).filter(kind=kind, slug=slug).first()
    )
    if entity is None or entity.merged_into_id:
        survivor = survivor_at(kind, slug, request.user)
        if survivor is None:
            raise Http404(_("Nobody and no place is known at this address."))
        return redirect(survivor)
    visible = Annotation.objects.visible_to(request.user).current()
    mentions = visible.mentions_of(entity).in_reading_order()
    mentions = (
        mentions.with_context()
        .select_related("article__publisher")
        .defer("article__current_version")
    )
    page = _page_with(request, mentions)
    context = {
        "entity": entity,
        "page": page,
        "portrait": EntityProfile(entity, request.user),
    }
    return render(request, "annotations/entity_detail.html", context)


@open_to(Role.CURATOR)
def entity_create(request: HttpRequest, kind: Kind) -> HttpResponse:
    return _edit(request, Entity(kind=kind), kind)


@open_to(Role.CURATOR)
def entity_edit(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    return _edit(request, get_object_or_404(Entity, kind=kind, slug=slug), kind)


def _edit(request: HttpRequest, entity: Entity, kind: Kind) -> HttpResponse:
    """Save names and spellings, and link again wherever a spelling that changed can stand."""
    form = EntityForm(request.POST or None, instance=entity, kind=kind)
    names = SpellingFormSet(request.POST or None, instance=entity, prefix="names")
    if request.method == "POST" and form.is_valid() and names.is_valid():
        user = signed_in_user(request)
        entity = form.save(commit=False)
        if entity._state.adding:
            entity.made_by = user
        changed = names.save(commit=False)
        act, linked = save_names(entity, user, changed, names.deleted_objects)
        add_act_message(
            request, act, _("Saved: %(links)s.") % {"links": linking_summary(linked)}
        )
        return redirect(entity)
    context = {"kind": kind, "entity": entity, "form": form, "names": names}
    status = 400 if request.method == "POST" else 200
    return render(request, "annotations/entity_edit.html", context, status=status)


def _page_with(
    request: HttpRequest, mentions: AnnotationQuerySet
) -> KeysetPage[Annotation]:
    """Return the page that is asked for; `at` asks for one on which that mention stands."""
    page = page_asked(request, mentions, PAGE_SIZE)
    try:
        at = UUID(request.GET.get("at", ""))
    except ValueError:
        return page
    if any(mention.pk == at for mention in page.items):
        return page
    mention = mentions.filter(pk=at).first()
    return keyset_page(mentions, mention.key_before, PAGE_SIZE) if mention else page
