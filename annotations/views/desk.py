"""The desk: the page on which an article is annotated, and what it is told of changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from annotations.forms import DETAILS, PassageForm
from annotations.models import Act, Annotation, Kind
from annotations.reading.desk import Stamps, marked_pieces
from archive.models import Article, User
from archive.permissions import open_to, signed_in_user
from archive.roles import Role


@open_to(Role.EDITOR)
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; a POST asks for what has changed since, and gives what is `shown`."""
    articles = Article.objects.select_related("publisher", "current_version")
    article = get_object_or_404(articles, slug=slug)
    if request.method == "POST":
        return changes(request, article)
    user = signed_in_user(request)
    context = {
        "article": article,
        "version": article.version,
        "pieces": marked_pieces(article.version, user),
        "kinds": Kind,
        "blanks": [_blank(article, kind, user) for kind in Kind],
    }
    return render(request, "annotations/desk.html", context)


def is_for_desk(request: HttpRequest) -> bool:
    """Say whether the desk's script asks, which wants a part of a page and not a whole one."""
    return request.headers.get("HX-Request") == "true"


def part(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page or, for the desk, the part of it that the desk shows."""
    for_desk = is_for_desk(request)
    frame = "annotations/_desk_part.html" if for_desk else "base.html"
    response = render(
        request,
        template,
        {**context, "frame": frame, "for_desk": for_desk},
        status=status,
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def changes(
    request: HttpRequest,
    article: Article,
    act: Act | None = None,
    mark: Annotation | None = None,
    words: str = "",
) -> HttpResponse:
    """Tell an open desk what `act` did, in `words`, and draw anew the pieces that are not as it
    shows them."""
    version = article.version
    is_same_text = request.POST.get("shown_version") == str(version.number)
    pieces = []
    if is_same_text:
        pieces = marked_pieces(version, request.user, _stamps(request))
        if not pieces and not words:
            return HttpResponse(status=204)
    context = {
        "article": article,
        "pieces": pieces,
        "is_same_text": is_same_text,
        "act": act,
        "mark": mark,
        "words": words or _("Others have changed marks in this article."),
    }
    return render(request, "annotations/_desk_changes.html", context)


def _stamps(request: HttpRequest) -> Stamps:
    """Read `1:0a1b2c3d,4:…`; what is not of this form is left out, so that its piece is drawn
    anew."""
    stamps = {}
    for pair in request.POST.get("shown", "").split(","):
        number, _colon, stamp = pair.partition(":")
        if number.isdecimal() and len(number) < 8:
            stamps[int(number)] = stamp
    return stamps


def _blank(article: Article, kind: Kind, user: User) -> dict[str, Any]:
    """A form for any passage, for when the server cannot be asked for one."""
    passage = PassageForm(None, article=article)
    details = DETAILS[kind](None, kind=kind, words="", user=user, article=article)
    return {"kind": kind, "passage": passage, "details": details}
