"""Filters for the list of articles, with the number of articles that each further choice would
leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

import django_filters
from django import forms
from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.constants import EMPTY_VALUES

from archive.languages import name_of
from archive.models import (
    Article,
    Author,
    Publisher,
    Topic,
    edition_of_lists,
    sha256_of,
)
from archive.pagination import with_parameter
from archive.roles import role_of

MOST_OPTIONS = 8
# Facets of which a row is chosen, with the field of articles that points at it.
_OF_ARTICLES = {"publisher": "publisher", "author": "authors", "topic": "topics"}

AnyQuerySet: TypeAlias = "QuerySet[Any]"
# A value of a facet, its label, and the number of rows that have it.
FacetRow: TypeAlias = tuple[Any, str, int]


@dataclass(frozen=True)
class Option:
    label: str
    count: int
    # The query string that chooses this option or, where it is chosen, drops it.
    query: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: the parameter's name, its label, and what can be chosen."""

    name: str
    label: str
    options: list[Option]


class DayFilter(django_filters.DateFilter):
    """A bound on the date of publication; it leaves out articles without a date."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            field_name="sort_date",
            widget=forms.DateInput(attrs={"type": "date"}),
            **kwargs,
        )

    def filter(self, qs: QuerySet[Article], value: Any) -> QuerySet[Article]:
        if value in EMPTY_VALUES:
            return qs
        # Articles without a date have one of the year 1, which lies before any bound.
        articles: QuerySet[Article] = super().filter(qs, value)
        return articles.exclude(sort_date=Article.NO_DATE)


class FacetedFilter(django_filters.FilterSet):
    """Filters of which some are facets: lists of choices that say how many rows each leaves."""

    # The facets, in the order in which they are shown.
    faceted: ClassVar[tuple[str, ...]]
    # By facet: the field whose values are its options, and the field that names them. A facet
    # that is not here is counted by a subclass, in `rows`.
    counted: ClassVar[dict[str, tuple[str, str]]]

    def facets(self) -> list[Facet]:
        """Count the options of each facet, one query a facet; keep the counts until something
        changes."""
        choices = f"{with_parameter(self.data)} {edition_of_lists()}"
        # The role is in the key, because readers count the public articles only.
        key = f"facets:{type(self).__name__}:{role_of(self.request.user)}:"
        key += sha256_of(choices.encode())
        return cache.get_or_set(key, self._count, None) or []

    def _count(self) -> list[Facet]:
        facets = map(self._facet, self.faceted)
        return [facet for facet in facets if facet.options]

    @property
    def fitting(self) -> AnyQuerySet:
        """The rows that fit all choices that are understood."""
        rows: AnyQuerySet = self.qs
        return rows

    @property
    def found(self) -> AnyQuerySet:
        """The rows that fit; none where a choice is not understood, rather than all."""
        if self.is_valid():
            return self.fitting
        nothing: AnyQuerySet = self.queryset.none()
        return nothing

    @property
    def is_active(self) -> bool:
        return any(self.data.get(name) for name in self.filters)

    def rows(self, name: str, found: AnyQuerySet) -> Iterable[FacetRow]:
        """Yield the commonest values of a facet among the rows `found`, each with its label and
        count."""
        value, label = self.counted[name]
        with_value = found.filter(**{f"{value}__isnull": False})
        # `order_by()` first: a column to sort by would be one more to group by.
        values = with_value.order_by().values_list(value, label)
        counted = values.annotate(count=Count("pk"))
        commonest: Iterable[FacetRow] = counted.order_by("-count", label)[:MOST_OPTIONS]
        return commonest

    def _facet(self, name: str) -> Facet:
        chosen = str(self.data.get(name, ""))
        options = []
        for value, label, count in self.rows(name, self._without(name)):
            is_chosen = str(value) == chosen
            next_choice = "" if is_chosen else str(value)
            option = Option(
                label=name_of(label) if name == "language" else label,
                count=count,
                query=with_parameter(self.data, **{name: next_choice}),
                chosen=is_chosen,
            )
            options.append(option)
        return Facet(name, str(self.filters[name].label), options)

    def _without(self, name: str) -> AnyQuerySet:
        """Return the rows that all other facets leave."""
        if not self.data.get(name):
            return self.fitting
        # A facet's own choice must not narrow its options, or no other could be chosen.
        others = self.data.copy()
        others.pop(name)
        return type(self)(others, queryset=self.queryset, request=self.request).fitting


class ArticleFilter(FacetedFilter):
    """The facets that need nothing but the archive itself."""

    publisher = django_filters.ModelChoiceFilter(
        queryset=Publisher.objects.all(), to_field_name="name", label=_("Publisher")
    )
    author = django_filters.ModelChoiceFilter(
        field_name="authors",
        queryset=Author.objects.all(),
        to_field_name="name",
        label=_("Author"),
    )
    language = django_filters.CharFilter(label=_("Language"))
    topic = django_filters.ModelChoiceFilter(
        field_name="topics",
        queryset=Topic.objects.all(),
        to_field_name="name",
        label=_("Topic"),
    )
    since = DayFilter(lookup_expr="gte", label=_("From"))
    until = DayFilter(lookup_expr="lte", label=_("To"))

    faceted: ClassVar[tuple[str, ...]] = ("publisher", "author", "language", "topic")
    counted: ClassVar[dict[str, tuple[str, str]]] = {
        "publisher": ("publisher__name", "publisher__name"),
        "author": ("authors__name", "authors__name"),
        "language": ("language", "language"),
        "topic": ("topics__name", "topics__name"),
    }

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Only what articles have that the viewer may see can be chosen: others are refused
        like a name that nobody has."""
        super().__init__(*args, **kwargs)
        visible = Article.objects.visible_to(self.request.user)
        for name, path in _OF_ARTICLES.items():
            having_it = visible.filter(**{path: OuterRef("pk")})
            choices = self.filters[name].queryset
            self.filters[name].queryset = choices.filter(Exists(having_it))
