"""Passages for programs: as W3C Web Annotations in JSON-LD (see `annotations.core.w3c`)."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from annotations.core.w3c import CONTEXT, MEDIA_TYPE, to_w3c
from annotations.export.excerpts import excerpts_of
from annotations.export.formats.jsonld import passage_of, write
from annotations.models import Annotation, Kind
from annotations.views.robots import keep_out
from archive.kept_pages import kept
from archive.models import Article
from archive.permissions import open_to
from archive.roles import Role, role_of

_OFFERED = ["text/html", "application/ld+json", MEDIA_TYPE]


def is_preferred(request: HttpRequest) -> bool:
    """Say whether JSON-LD is wanted rather than a page (RFC 9110, section 12.5.1); who does not
    say gets the page."""
    return (request.get_preferred_type(_OFFERED) or "text/html") != "text/html"


@open_to(Role.READER)
@kept
def annotation_jsonld(request: HttpRequest, pk: UUID) -> HttpResponse:
    passages = Annotation.objects.visible_to(request.user).filter(pk=pk)
    base = request.build_absolute_uri("/")
    excerpts = excerpts_of(passages, base, for_editors=_is_editor(request))
    excerpt = next(excerpts, None)
    if excerpt is None:
        raise Http404
    annotation: dict[str, Any] = {"@context": CONTEXT, **to_w3c(passage_of(excerpt))}
    response = _jsonld(json.dumps(annotation, ensure_ascii=False, indent=1))
    if excerpt.kind == Kind.ALLEGATION:
        keep_out(response)
    response["Link"] = f'<{excerpt.permalink}>; rel="alternate"; type="text/html"'
    return response


@open_to(Role.READER)
@kept
def article_annotations(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is tagged in the current text of an article, as an export of it has it."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    visible = Annotation.objects.visible_to(request.user).current().shown()
    passages = visible.filter(article=article).in_reading_order()
    base = request.build_absolute_uri("/")
    excerpts = excerpts_of(passages, base, for_editors=_is_editor(request))
    address = request.build_absolute_uri(request.path)
    return _jsonld("".join(write(excerpts, address, article.title)))


def _is_editor(request: HttpRequest) -> bool:
    return role_of(request.user).includes(Role.EDITOR)


def _jsonld(content: str) -> HttpResponse:
    return HttpResponse(content.encode(), content_type=MEDIA_TYPE)
