"""Views for reading: the front page, the list, an article, its origin, its text and its
original bytes."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from archive import search
from archive.citations.formats import REFERENCE_FORMATS
from archive.compression import DamagedStream
from archive.filters import ArticleFilter
from archive.kept_pages import kept
from archive.models import Article, Capture, TextVersion
from archive.pagination import page_asked
from archive.permissions import open_to
from archive.roles import Role

PAGE_SIZE = 25
NEWEST = 6
# How far search results go: they are paged by offset, as the best come first.
MOST_PAGES = 100


@open_to(Role.READER)
@kept
def home(request: HttpRequest) -> HttpResponse:
    newest = Article.objects.visible_to(request.user).for_list().newest_first()[:NEWEST]
    return render(request, "archive/home.html", {"newest": newest})


@open_to(Role.READER)
@kept
def article_list(
    request: HttpRequest, filterset: type[ArticleFilter] = ArticleFilter
) -> HttpResponse:
    articles = Article.objects.visible_to(request.user).for_list().newest_first()
    narrowed = filterset(request.GET, queryset=articles, request=request)
    page = page_asked(request, narrowed.found, PAGE_SIZE)
    return render(
        request, "archive/article_list.html", {"filter": narrowed, "page": page}
    )


@open_to(Role.READER)
@kept
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    article = _get_article_or_404(request, slug)
    return render(
        request,
        "archive/article_detail.html",
        {"article": article, "version": article.version},
    )


@open_to(Role.READER)
@kept
def article_cite(request: HttpRequest, slug: str) -> HttpResponse:
    """The reference of an article as a file for a reference manager: RIS unless another format
    is asked for."""
    article = _get_article_or_404(request, slug)
    name = request.GET.get("format", "ris")
    if name not in REFERENCE_FORMATS:
        raise Http404(
            _("There is no format “%(asked)s”: choose one of %(formats)s.")
            % {"asked": name, "formats": ", ".join(REFERENCE_FORMATS)}
        )
    file_format = REFERENCE_FORMATS[name]
    address = request.build_absolute_uri(article.get_absolute_url())
    content = file_format.write(replace(article.reference, archived=address))
    response = HttpResponse(content, content_type=file_format.media_type)
    filename = f"{article.slug}.{file_format.ending}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@open_to(Role.READER)
@kept
def article_provenance(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything known of how the article came here; with `?verify` the hashes are computed
    again now."""
    article = _get_article_or_404(request, slug)
    verify = "verify" in request.GET
    captures = article.captures.select_related("received_by")
    versions = article.versions.select_related("capture", "previous", "made_by").defer(
        "html", "capture__compressed", "previous__html", "previous__text"
    )
    # Texts and bytes are read only to be hashed: they may be many megabytes.
    if not verify:
        captures = captures.without_content()
        versions = versions.defer("text")
    context = {
        "article": article,
        "captures": list(captures),
        "versions": versions,
        "events": article.events.select_related("by"),
        "verify": verify,
    }
    response = render(request, "archive/article_provenance.html", context)
    if verify:
        add_never_cache_headers(response)
    return response


@open_to(Role.READER)
@kept
def article_text(request: HttpRequest, slug: str) -> HttpResponse:
    return _plain_text(_get_article_or_404(request, slug).version)


@open_to(Role.READER)
@kept
def version_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    article = _get_article_or_404(request, slug)
    return _plain_text(get_object_or_404(article.versions, number=number))


@open_to(Role.READER)
@kept
def version_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier version as it was read, with the annotations that stayed on it."""
    article = _get_article_or_404(request, slug)
    version = get_object_or_404(article.versions, number=number)
    return render(
        request, "archive/article_detail.html", {"article": article, "version": version}
    )


@open_to(Role.READER)
def article_original(request: HttpRequest, slug: str, sha256: str = "") -> HttpResponse:
    """The bytes as they came in, to keep and never to be rendered here; without a hash, the
    latest."""
    captures = _get_article_or_404(request, slug).captures.order_by("-pk")
    if sha256:
        captures = captures.filter(sha256=sha256)
    capture = captures.first()
    if capture is None:
        raise Http404(_("No file was kept under this address."))
    return _download(capture)


@open_to(Role.READER)
@kept
def search_results(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    number = _page_number(request.GET.get("page", ""))
    start = (number - 1) * PAGE_SIZE
    articles = Article.objects.visible_to(request.user)
    # One more than a page holds tells whether there is a next page.
    hits = search.search(articles, query, limit=PAGE_SIZE + 1, offset=start)
    context = {
        "query": query,
        "terms": search.terms_of(query),
        "hits": hits[:PAGE_SIZE],
        "first": start + 1,
        "page_number": number,
        "next_page": number + 1 if len(hits) > PAGE_SIZE else None,
    }
    return render(request, "archive/search_results.html", context)


def _page_number(typed: str) -> int:
    """Return a number from 1 to MOST_PAGES; 1 for anything that is no such number."""
    if not typed.isdecimal() or len(typed) > len(str(MOST_PAGES)):
        return 1
    return max(1, min(int(typed), MOST_PAGES))


def _get_article_or_404(request: HttpRequest, slug: str) -> Article:
    # 404, not 403: a reader does not learn that a withheld article exists.
    articles = Article.objects.visible_to(request.user).select_related(
        "publisher", "current_version__capture"
    )
    return get_object_or_404(
        articles.defer("current_version__capture__compressed"), slug=slug
    )


def _plain_text(version: TextVersion) -> HttpResponse:
    return HttpResponse(version.text, content_type="text/plain; charset=utf-8")


def _download(capture: Capture) -> HttpResponse:
    try:
        content = capture.content
    except DamagedStream:
        sentence = _("The bytes that are kept of this file are damaged.")
        return HttpResponse(sentence, content_type="text/plain", status=500)
    # Bytes of any kind: a browser must save them, not show them with this site's rights.
    response = HttpResponse(content, content_type="application/octet-stream")
    name = "".join(map(_printable, capture.filename))
    response["Content-Disposition"] = (
        content_disposition_header(True, name) or "attachment"
    )
    return response


def _printable(character: str) -> str:
    return character if character.isprintable() else "_"
