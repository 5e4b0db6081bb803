"""Citing any words of an article, tagged or not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from annotations.core.anchoring.selectors import Unanchorable, around, occurrences
from annotations.reading.passage import passage_address, proof_of
from archive.kept_pages import kept
from archive.models import Article, TextVersion
from archive.permissions import open_to
from archive.roles import Role

MOST_PLACES = 50
_CONTEXT = 60


@open_to(Role.READER)
@kept
def passage_detail(
    request: HttpRequest, slug: str, number: int, start: int, end: int
) -> HttpResponse:
    """The words between two offsets of a text version, with all that is needed to cite them."""
    articles = Article.objects.visible_to(request.user).filter(slug=slug)
    version = get_object_or_404(
        TextVersion.objects.for_reading(), article__in=articles, number=number
    )
    try:
        passport = proof_of(
            version, start, end, request.user, request.build_absolute_uri("/")
        )
    except Unanchorable as error:
        raise Http404(str(error)) from error
    return render(
        request,
        "annotations/passage_detail.html",
        {"article": version.article, "passport": passport},
    )


@open_to(Role.READER)
@kept
def passage_find(request: HttpRequest, slug: str) -> HttpResponse:
    """Where in an article some words stand: at one place, that passage; at several, a list to
    choose from."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    version = article.version
    words = " ".join(request.GET.get("words", "").split())
    starts = occurrences(version.text, words)
    if len(starts) == 1:
        return redirect(passage_address(version, starts[0], starts[0] + len(words)))
    places = []
    for start in starts[:MOST_PLACES]:
        end = start + len(words)
        address = passage_address(version, start, end)
        context_of_words = around(version.text, start, end, _CONTEXT)
        places.append({"address": address, "around": context_of_words})
    context = {"article": article, "words": words, "places": places}
    status = 404 if words and not starts else 200
    return render(request, "annotations/passage_find.html", context, status=status)
