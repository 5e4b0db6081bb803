"""Addresses of people, places, passages and ledgers."""

from django.urls import URLResolver, include, path

from annotations.models import Kind
from annotations.views import (
    allegations,
    apply_to_all,
    baskets,
    desk,
    embargoes,
    entities,
    export,
    figures,
    journal,
    jsonld,
    measures,
    merging,
    passage_lookup,
    passages,
    quote_check,
    review,
    spelling_suggestions,
    tagging,
)


def entity_pages(kind: Kind, folder: str) -> URLResolver:
    """Return the addresses of people or of places: the same views, told apart by `kind`."""
    pages = [
        path("", entities.entity_list, name=f"{kind}-list"),
        path("new/", entities.entity_create, name=f"{kind}-create"),
        path("<slug:slug>/", entities.entity_detail, name=f"{kind}-detail"),
        path("<slug:slug>/edit/", entities.entity_edit, name=f"{kind}-edit"),
        path(
            "<slug:slug>/spellings/",
            spelling_suggestions.entity_spellings,
            name=f"{kind}-spellings",
        ),
        path("<slug:slug>/merge/", merging.entity_merge, name=f"{kind}-merge"),
        path("<slug:slug>/embargo/", embargoes.entity_embargo, name=f"{kind}-embargo"),
        path("<slug:slug>/split/", merging.entity_split, name=f"{kind}-split"),
    ]
    return path(f"{folder}/", include(pages), {"kind": kind})


app_name = "annotations"
urlpatterns = [
    entity_pages(Kind.PERSON, "people"),
    entity_pages(Kind.PLACE, "places"),
    path(
        "entities/options/", spelling_suggestions.entity_options, name="entity-options"
    ),
    path("entities/names/", entities.entity_names, name="entity-names"),
    path("figures/", figures.figure_list, name="figure-list"),
    path("figures/new/", measures.measure_create, name="measure-create"),
    path("figures/<slug:slug>/", measures.measure_detail, name="measure-detail"),
    path("figures/<slug:slug>/edit/", measures.measure_edit, name="measure-edit"),
    path("figures/<slug:slug>/export/", measures.measure_export, name="measure-export"),
    path(
        "figures/<slug:slug>/supersede/",
        measures.measure_supersede,
        name="measure-supersede",
    ),
    path("figures/<slug:slug>/add/", measures.total_create, name="total-create"),
    path(
        "figures/<slug:slug>/totals/<int:pk>/delete/",
        measures.total_delete,
        name="total-delete",
    ),
    path("allegations/", allegations.allegation_list, name="allegation-list"),
    path(
        "allegations/export/", allegations.allegation_export, name="allegation-export"
    ),
    path(
        "allegations/<uuid:pk>/",
        allegations.allegation_detail,
        name="allegation-detail",
    ),
    path(
        "allegations/<uuid:pk>/answer/", allegations.answer_create, name="answer-create"
    ),
    path(
        "allegations/<uuid:pk>/answers/<int:link>/delete/",
        allegations.answer_delete,
        name="answer-delete",
    ),
    path(
        "allegations/<uuid:pk>/status/", allegations.status_create, name="status-create"
    ),
    path(
        "allegations/<uuid:pk>/status/<int:change>/delete/",
        allegations.status_delete,
        name="status-delete",
    ),
    path(
        "annotations/<uuid:pk>/", passages.annotation_detail, name="annotation-detail"
    ),
    path(
        "annotations/<uuid:pk>.jsonld",
        jsonld.annotation_jsonld,
        name="annotation-jsonld",
    ),
    path(
        "annotations/<uuid:pk>/next/", passages.annotation_next, name="annotation-next"
    ),
    path(
        "annotations/<uuid:pk>/previous/",
        passages.annotation_previous,
        name="annotation-previous",
    ),
    path(
        "annotations/<uuid:pk>/export/",
        passages.annotation_export,
        name="annotation-export",
    ),
    path(
        "annotations/<uuid:pk>/edit/", tagging.annotation_edit, name="annotation-edit"
    ),
    path(
        "annotations/<uuid:pk>/delete/",
        tagging.annotation_delete,
        name="annotation-delete",
    ),
    path(
        "annotations/<uuid:pk>/apply/",
        apply_to_all.annotation_apply,
        name="annotation-apply",
    ),
    path(
        "articles/<slug:slug>/annotations.jsonld",
        jsonld.article_annotations,
        name="article-annotations",
    ),
    path("articles/<slug:slug>/annotate/", desk.desk, name="desk"),
    path(
        "articles/<slug:slug>/tag/", tagging.annotation_create, name="annotation-create"
    ),
    path(
        "articles/<slug:slug>/find/", passage_lookup.passage_find, name="passage-find"
    ),
    path(
        "articles/<slug:slug>/versions/<int:number>/<int:start>-<int:end>/",
        passage_lookup.passage_detail,
        name="passage-detail",
    ),
    path("journal/", journal.act_list, name="act-list"),
    path("journal/waiting/", journal.waiting, name="waiting"),
    path("journal/<int:pk>/", journal.act_detail, name="act-detail"),
    path(
        "articles/<slug:slug>/embargo/",
        embargoes.article_embargo,
        name="article-embargo",
    ),
    path("embargoes/", embargoes.embargo_list, name="embargo-list"),
    path(
        "articles/<slug:slug>/names/",
        spelling_suggestions.article_names,
        name="article-names",
    ),
    path("review/", review.review, name="review"),
    path("export/", export.export, name="export"),
    path("check/", quote_check.check, name="check"),
    path("basket/", baskets.basket, name="basket"),
    path("basket/close/", baskets.basket_close, name="basket-close"),
    path("basket/export/", baskets.basket_export, name="basket-export"),
    path("baskets/", baskets.basket_list, name="basket-list"),
    path("baskets/<uuid:pk>/", baskets.basket_detail, name="basket-detail"),
    path("baskets/<uuid:pk>/copy/", baskets.basket_copy, name="basket-copy"),
    path("baskets/<uuid:pk>/delete/", baskets.basket_delete, name="basket-delete"),
    path("baskets/<uuid:pk>/edit/", baskets.basket_edit, name="basket-edit"),
    path(
        "baskets/<uuid:pk>/export/",
        baskets.basket_detail_export,
        name="basket-detail-export",
    ),
    path("baskets/<uuid:pk>/open/", baskets.basket_open, name="basket-open"),
]
