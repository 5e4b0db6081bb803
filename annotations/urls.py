"""Addresses of people, places, passages and ledgers."""

from django.urls import path

from annotations.models import Kind
from annotations.views import (
    acts,
    applying,
    desk,
    entities,
    export,
    ledgers,
    merging,
    offering,
    passages,
    review,
    tagging,
)

app_name = "annotations"
urlpatterns = [
    path("people/", entities.entity_list, {"kind": Kind.PERSON}, name="person-list"),
    path("people/new/", entities.entity_create, {"kind": Kind.PERSON}, name="person-create"),
    path("people/<slug:slug>/", entities.entity_detail, {"kind": Kind.PERSON}, name="person-detail"),
    path("people/<slug:slug>/edit/", entities.entity_edit, {"kind": Kind.PERSON}, name="person-edit"),
    path("people/<slug:slug>/spellings/", offering.entity_spellings, {"kind": Kind.PERSON}, name="person-spellings"),
    path("people/<slug:slug>/merge/", merging.entity_merge, {"kind": Kind.PERSON}, name="person-merge"),
    path("people/<slug:slug>/split/", merging.entity_split, {"kind": Kind.PERSON}, name="person-split"),
    path("places/", entities.entity_list, {"kind": Kind.PLACE}, name="place-list"),
    path("places/new/", entities.entity_create, {"kind": Kind.PLACE}, name="place-create"),
    path("places/<slug:slug>/", entities.entity_detail, {"kind": Kind.PLACE}, name="place-detail"),
    path("places/<slug:slug>/edit/", entities.entity_edit, {"kind": Kind.PLACE}, name="place-edit"),
    path("places/<slug:slug>/spellings/", offering.entity_spellings, {"kind": Kind.PLACE}, name="place-spellings"),
    path("places/<slug:slug>/merge/", merging.entity_merge, {"kind": Kind.PLACE}, name="place-merge"),
    path("places/<slug:slug>/split/", merging.entity_split, {"kind": Kind.PLACE}, name="place-split"),
    path("entities/options/", offering.entity_options, name="entity-options"),
    path("figures/", ledgers.figure_list, name="figure-list"),
    path("allegations/", ledgers.allegation_list, name="allegation-list"),
    path("allegations/<uuid:pk>/", ledgers.allegation_detail, name="allegation-detail"),
    path("annotations/<uuid:pk>/", passages.annotation_detail, name="annotation-detail"),
    path("annotations/<uuid:pk>/next/", passages.annotation_next, name="annotation-next"),
    path("annotations/<uuid:pk>/previous/", passages.annotation_previous, name="annotation-previous"),
    path("annotations/<uuid:pk>/edit/", tagging.annotation_edit, name="annotation-edit"),
    path("annotations/<uuid:pk>/delete/", tagging.annotation_delete, name="annotation-delete"),
    path("annotations/<uuid:pk>/apply/", applying.annotation_apply, name="annotation-apply"),
    path("articles/<slug:slug>/annotate/", desk.desk, name="desk"),
    path("articles/<slug:slug>/tag/", tagging.annotation_create, name="annotation-create"),
    path("journal/", acts.act_list, name="act-list"),
    path("journal/waiting/", acts.waiting, name="waiting"),
    path("journal/<int:pk>/", acts.act_detail, name="act-detail"),
    path("articles/<slug:slug>/names/", offering.article_names, name="article-names"),
    path("review/", review.review, name="review"),
    path("export/", export.export, name="export"),
]
