"""One passage: its permanent address, and the way from one mention to the next."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from annotations.excerpts import excerpts_of
from annotations.journal import changes_of
from annotations.models import Annotation
from archive.access import open_to
from archive.roles import Role


@open_to(Role.READER)
def annotation_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words, where they stand, and how to cite them."""
    passages = Annotation.objects.visible_to(request.user)
    annotation = get_object_or_404(passages.with_sources(), pk=pk)
    excerpt = next(excerpts_of(passages.filter(pk=pk), request.build_absolute_uri("/")))
    context = {
        "annotation": annotation,
        "excerpt": excerpt,
        "changes": changes_of(annotation),
    }
    return render(request, "annotations/annotation_detail.html", context)


@open_to(Role.READER)
def annotation_next(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go to the next mention of the same entity through the whole archive; after the last comes the first."""
    here = get_object_or_404(Annotation.objects.visible_to(request.user).select_related("article", "entity"), pk=pk)
    if here.entity is None:
        return redirect(here.get_passage_url())
    mentions = Annotation.objects.visible_to(request.user).current().shown().mentions_of(here.entity)
    mentions = mentions.select_related("article").in_reading_order()
    date, article = here.article.sort_date, here.article_id
    following = mentions.filter(
        Q(article__sort_date__gt=date)
        | Q(article__sort_date=date, article__gt=article)
        | Q(article=article, start__gt=here.start)
    )
    mention = following.first() or mentions.first() or here
    return redirect(mention.get_passage_url())
