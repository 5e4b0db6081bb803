"""Narrowing the list of articles, with what each further step would leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import django_filters
from django import forms
from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.constants import EMPTY_VALUES

from archive.languages import name_of
from archive.models import Article, Author, Publisher, Topic, sha256_of
from archive.pagination import with_parameter
from archive.roles import role_of

MOST_OPTIONS = 8
_SECONDS_KEPT = 60


@dataclass(frozen=True)
class Option:
    label: str
    count: int
    query: str
    """The query string that takes this option or, where it is taken, gives it up."""
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
            field_name="sort_date", widget=forms.DateInput(attrs={"type": "date"}), **kwargs
        )

    def filter(self, qs: QuerySet[Article], value: Any) -> QuerySet[Article]:
        return (
            qs
            if value in EMPTY_VALUES
            else super().filter(qs, value).exclude(sort_date=Article.NO_DATE)
        )


class FacetedFilter(django_filters.FilterSet):
    """Filters of which some are facets: chosen from a list that says how much each choice
    leaves."""

    counted: ClassVar[dict[str, tuple[str, str]]]
    """By facet: the field whose values are its options, and the field that names them."""

    def facets(self) -> list[Facet]:
        """Count the options of each facet, one query a facet; what was counted is kept for a
        minute."""
        asked = sha256_of(f"{with_parameter(self.data)} {self.stamp}".encode())
        key = f"facets:{type(self).__name__}:{role_of(self.request.user)}:{asked}"
        return cache.get_or_set(key, self._count, _SECONDS_KEPT) or []

    @property
    def stamp(self) -> str:
        """What changes when counts that are kept must not be shown any more."""
        return ""

    def _count(self) -> list[Facet]:
        facets = (self._facet(name) for name in self.counted)
        return [facet for facet in facets if facet.options]

    @property
    def fitting(self) -> "QuerySet[Any]":
        """What fits the choices that are understood."""
        return cast("QuerySet[Any]", self.qs)

    @property
    def found(self) -> "QuerySet[Any]":
        """What fits; nothing where a choice is not understood, rather than everything."""
        return self.fitting if self.is_valid() else cast("QuerySet[Any]", self.queryset.none())

    @property
    def is_active(self) -> bool:
        return any(self.data.get(name) for name in self.filters)

    def rows(self, name: str, found: "QuerySet[Any]") -> Iterable[tuple[Any, str, int]]:
        """Yield the commonest values of a facet in what was found, each with its label and
        count."""
        value, label = self.counted[name]
        counted = (
            found.filter(**{f"{value}__isnull": False}).order_by().values_list(value, label)
        )
        ranked = counted.annotate(count=Count("pk", distinct=True)).order_by("-count", label)
        return cast("Iterable[tuple[Any, str, int]]", ranked[:MOST_OPTIONS])

    def _facet(self, name: str) -> Facet:
        chosen = str(self.data.get(name, ""))
        rows = self.rows(name, self._without(name))
        return Facet(
            name, str(self.filters[name].label), list(self._options(name, chosen, rows))
        )

    def _without(self, name: str) -> "QuerySet[Any]":
        """What all other facets leave."""
        if not self.data.get(name):
            return self.fitting
        others = self.data.copy()
        others.pop(name)
        return type(self)(others, queryset=self.queryset, request=self.request).fitting

    def _options(
        self, name: str, chosen: str, rows: Iterable[tuple[Any, str, int]]
    ) -> Iterable[Option]:
        for value, label, count in rows:
            is_chosen = str(value) == chosen
            yield Option(
                label=name_of(label) if name == "language" else label,
                count=count,
                query=with_parameter(self.data, **{name: "" if is_chosen else str(value)}),
                chosen=is_chosen,
            )


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

    counted: ClassVar[dict[str, tuple[str, str]]] = {
        "publisher": ("publisher__name", "publisher__name"),
        "author": ("authors__name", "authors__name"),
        "language": ("language", "language"),
        "topic": ("topics__name", "topics__name"),
    }

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = []
