"""Addresses of the readable record; `config.urls` lays those of annotations beside them."""

from django.urls import path

from archive.views import articles, curating

app_name = "archive"
urlpatterns = [
    path("", articles.home, name="home"),
    path("search/", articles.search_results, name="search"),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/import/", curating.article_import, name="article-import"),
    path("articles/<slug:slug>/", articles.article_detail, name="article-detail"),
    path("articles/<slug:slug>/edit/", curating.article_edit, name="article-edit"),
    path(
        "articles/<slug:slug>/correct/",
        curating.article_correct,
        name="article-correct",
    ),
    path("articles/<slug:slug>/cite/", articles.article_cite, name="article-cite"),
    path(
        "articles/<slug:slug>/provenance/",
        articles.article_provenance,
        name="article-provenance",
    ),
    path("articles/<slug:slug>/text/", articles.article_text, name="article-text"),
    path(
        "articles/<slug:slug>/original/",
        articles.article_original,
        name="article-original",
    ),
    path(
        "articles/<slug:slug>/original/<slug:sha256>/",
        articles.article_original,
        name="capture-original",
    ),
    path(
        "articles/<slug:slug>/versions/<int:number>/",
        articles.version_detail,
        name="version-detail",
    ),
    path(
        "articles/<slug:slug>/versions/<int:number>/text/",
        articles.version_text,
        name="version-text",
    ),
]
