"""Narrowing lists by what is tagged: articles by whom they mention, excerpts by anything that cites them."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from annotations.models import Annotation, AnnotationQuerySet, Embargo, Entity, Kind, Party, Status
from archive import filters
from archive.models import Article, ArticleQuerySet, Publisher


class EntityField(django_filters.fields.ModelChoiceField):
    """An entity by its slug; the slug of one that was merged, in an address that was kept, means the other."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            for merged in Entity.objects.exclude(merged_into=None).filter(slug=value):
                if survivor := self.queryset.filter(pk=merged.survivor.pk).first():
                    return survivor
            raise


class EntityFilter(django_filters.ModelChoiceFilter):
    """A person or a place, given by its slug."""

    field_class = EntityField

    def __init__(self, kind: Kind, **kwargs: Any) -> None:
        super().__init__(queryset=Entity.objects.standing().filter(kind=kind), to_field_name="slug", **kwargs)


class MentionFilter(EntityFilter):
    """Articles in which an entity is mentioned, where readers see it."""

    def filter(self, qs: QuerySet[Article], value: Entity | None) -> QuerySet[Article]:
        return qs.filter(pk__in=_articles_with(self, entity=value)) if value else qs


class KindFilter(django_filters.ChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Kind.choices, **kwargs)

    def filter(self, qs: QuerySet[Article], value: str) -> QuerySet[Article]:
        return qs.filter(pk__in=_articles_with(self, kind=value)) if value else qs


class ArticleFilter(filters.ArticleFilter):
    """The archive's own facets and those that annotations add."""

    person = MentionFilter(Kind.PERSON, label=_("Person"))
    place = MentionFilter(Kind.PLACE, label=_("Place"))
    kind = KindFilter(label=_("Has"))

    counted: ClassVar[dict[str, tuple[str, str]]] = {
        **filters.ArticleFilter.counted,
        "person": ("entity__slug", "entity__name"),
        "place": ("entity__slug", "entity__name"),
        "kind": ("kind", "kind"),
    }

    @property
    def stamp(self) -> str:
        return Embargo.objects.stamp()

    def rows(self, name: str, articles: QuerySet[Article]) -> Iterable[tuple[Any, str, int]]:
        if name not in ("person", "place", "kind"):
            return super().rows(name, articles)
        value, label = self.counted[name]
        seen = Annotation.objects.visible_to(self.request.user).shown().current()
        marks = seen.filter(article__in=articles.order_by().values("pk"))
        if name != "kind":
            marks = marks.filter(kind=name)
        counted = marks.values_list(value, label).annotate(count=Count("article", distinct=True))
        rows = counted.order_by("-count", label)[: filters.MOST_OPTIONS]
        return [(key, str(Kind(words).label) if name == "kind" else words, count) for key, words, count in rows]


class NamedFilter(EntityFilter):
    """A person, typed or followed from their page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Kind.PERSON, widget=forms.TextInput, **kwargs)


class PartyFilter(NamedFilter):
    """A person who makes an allegation, or of whom it is made."""

    def __init__(self, role: Party.Role, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.role = role

    def filter(self, qs: AnnotationQuerySet, value: Entity | None) -> AnnotationQuerySet:
        """Not by a join, which would give an allegation once for each of its parties."""
        mine = Party.objects.filter(role=self.role, entity=value).values("allegation")
        return qs.filter(allegation__in=mine) if value else qs


class ExcerptFilter(django_filters.FilterSet):
    """Excerpts by kind, entity, article, publisher and date: the same on pages, in exports and on the command line."""

    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Kind"), empty_label=_("any"))
    person = EntityFilter(Kind.PERSON, field_name="entity", label=_("Person"), empty_label=_("any"))
    place = EntityFilter(Kind.PLACE, field_name="entity", label=_("Place"), empty_label=_("any"))
    article = django_filters.ModelChoiceFilter(
        queryset=Article.objects.public(), to_field_name="slug", label=_("Article"), widget=forms.TextInput
    )
    publisher = django_filters.ModelChoiceFilter(
        field_name="article__publisher",
        queryset=Publisher.objects.all(),
        to_field_name="name",
        label=_("Publisher"),
        empty_label=_("any"),
    )
    status = django_filters.ChoiceFilter(
        field_name="allegation__status", choices=Status.choices, label=_("Status"), empty_label=_("any")
    )
    said_by = NamedFilter(field_name="figure__said_by_entity", label=_("Figures according to"))
    claimant = PartyFilter(Party.Role.CLAIMANT, label=_("Alleged by"))
    accused = PartyFilter(Party.Role.ACCUSED, label=_("Alleged of"))
    since = django_filters.DateFilter(field_name="sort_date", lookup_expr="gte", label=_("From"))
    until = django_filters.DateFilter(method="filter_until", label=_("To"))

    class Meta:
        model = Annotation
        fields: ClassVar[list[str]] = []

    def __init__(self, data: Mapping[str, str], *, queryset: AnnotationQuerySet, articles: ArticleQuerySet) -> None:
        """Only what is known of `articles` can be chosen, so that no choice tells of those that are withheld."""
        super().__init__(data, queryset=queryset)
        self.filters["article"].queryset = articles
        self.filters["publisher"].queryset = Publisher.objects.filter(articles__in=articles).distinct()

    def filter_until(self, excerpts: AnnotationQuerySet, _name: str, day: Any) -> AnnotationQuerySet:
        return excerpts.filter(sort_date__lte=day).exclude(sort_date=Article.NO_DATE)


def narrowed(excerpts: AnnotationQuerySet, query: Mapping[str, str], articles: ArticleQuerySet) -> ExcerptFilter:
    """Return those of `excerpts` that stand on current texts and fit `query`, in reading order, as `.qs`.

    `articles` are those that whoever asks may know of.
    """
    return ExcerptFilter(query, queryset=excerpts.current().shown().in_reading_order(), articles=articles)


def _articles_with(asked: django_filters.Filter, **tagged: Any) -> QuerySet[Annotation, Any]:
    """The articles in which whoever asks sees something that is tagged so."""
    seen = Annotation.objects.visible_to(asked.parent.request.user).shown().current()
    return seen.filter(**tagged).values("article")
