"""Narrowing lists by what is tagged: articles by whom they mention, excerpts by anything that
cites them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.entities.signposts import survivor_at
from annotations.models import (
    MENTIONS,
    Allegation,
    Annotation,
    AnnotationQuerySet,
    Basis,
    Entity,
    EntityQuerySet,
    Kind,
    Party,
    Spelling,
    Status,
    TagCount,
    TagCountQuerySet,
)
from archive import filters
from archive.models import Article, Publisher, Viewer


class EntityField(django_filters.fields.ModelChoiceField):
    """An entity by its slug; the slug of one that was merged, in an address that was kept,
    means the other."""

    def __init__(
        self, *args: Any, kind: Kind, viewer: Viewer | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.viewer = kind, viewer or AnonymousUser()

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            survivor = survivor_at(self.kind, str(value), self.viewer)
            if survivor is None:
                raise
            return survivor


class NameField(EntityField):
    """An entity by its slug, as addresses have it, or by its name, as people type it."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            named = self._named(value)
            if named is None:
                raise
            return named

    def _named(self, name: str) -> Entity | None:
        spellings = Spelling.objects.visible_to(self.viewer)
        entities: EntityQuerySet = self.queryset
        return entities.named(name, spellings=spellings)

    def prepare_value(self, value: Any) -> Any:
        """Show a name where an address has a slug, unless others have the same name."""
        if not value:
            return value
        entity = self.queryset.filter(slug=value).first()
        if entity is None or self._named(entity.name) != entity:
            return super().prepare_value(value)
        return entity.name


class EntityFilter(django_filters.ModelChoiceFilter):
    """A person or a place, of those that the viewer may know of."""

    field_class = EntityField

    def __init__(self, kind: Kind, **kwargs: Any) -> None:
        super().__init__(
            # Nobody, until it is known who asks.
            queryset=Entity.objects.none(),
            to_field_name="slug",
            kind=kind,
            **kwargs,
        )
        self.kind = kind

    def offer(self, visible: EntityQuerySet, viewer: Viewer) -> None:
        """Let one of those be chosen that are `visible` to the viewer."""
        self.queryset = visible.standing().filter(kind=self.kind)
        self.extra["viewer"] = viewer


class NamedFilter(EntityFilter):
    """A person or a place, typed: while somebody types, names are proposed in the page's
    `<datalist>` for the kind."""

    field_class = NameField

    def __init__(self, kind: Kind, **kwargs: Any) -> None:
        error = _(
            "No such name is known here, or several have it: choose one that is offered."
        )
        super().__init__(kind, error_messages={"invalid_choice": error}, **kwargs)

    def propose_in(self, parameter: str) -> None:
        """Propose names in the field that sends `parameter`."""
        query = urlencode({"kind": self.kind, "field": parameter})
        names = f"{self.kind}-names"
        attributes = {
            "list": names,
            "autocomplete": "off",
            "hx-get": f"{reverse('annotations:entity-names')}?{query}",
            "hx-trigger": "input changed delay:150ms",
            "hx-target": f"#{names}",
            "hx-sync": "this:replace",
        }
        self.extra["widget"] = forms.TextInput(attrs=attributes)


class MentionFilter(EntityFilter):
    """Articles in which an entity is mentioned, where readers see it."""

    def filter(self, qs: QuerySet[Article], value: Entity | None) -> QuerySet[Article]:
        return qs.filter(pk__in=_articles_with(self, entity=value)) if value else qs


class KindFilter(django_filters.ChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Kind.choices, **kwargs)

    def filter(self, qs: QuerySet[Article], value: str) -> QuerySet[Article]:
        return qs.filter(pk__in=_articles_with(self, kind=value)) if value else qs


class TaggedArticleFilter(filters.ArticleFilter):
    """The archive's own facets and those that annotations add."""

    person = MentionFilter(Kind.PERSON, label=_("Person"))
    place = MentionFilter(Kind.PLACE, label=_("Place"))
    kind = KindFilter(label=_("Has"))

    faceted: ClassVar[tuple[str, ...]] = (
        *filters.ArticleFilter.faceted,
        "person",
        "place",
        "kind",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        viewer = self.request.user
        visible = Entity.objects.visible_to(viewer)
        for name in ("person", "place"):
            self.filters[name].offer(visible, viewer)

    def rows(
        self, name: str, articles: QuerySet[Article]
    ) -> Iterable[tuple[Any, str, int]]:
        if name in self.counted:
            return super().rows(name, articles)
        counts = TagCount.objects.visible_to(self.request.user)
        if self._is_narrowed_beside(name):
            counts = counts.filter(article__in=articles.order_by().values("pk"))
        if name == "kind":
            return _by_kind(counts)
        return _by_entity(counts.filter(entity__kind=name))

    def _is_narrowed_beside(self, name: str) -> bool:
        """Say whether anything but this facet is chosen; else all articles that may be seen are
        left."""
        return any(self.data.get(other) for other in self.filters if other != name)


class PartyFilter(NamedFilter):
    """A person who makes an allegation, or of whom it is made."""

    def __init__(self, role: Party.Role, **kwargs: Any) -> None:
        super().__init__(Kind.PERSON, **kwargs)
        self.role = role

    def filter(
        self, qs: AnnotationQuerySet, value: Entity | None
    ) -> AnnotationQuerySet:
        """Not by a join, which would give an allegation once for each of its parties."""
        mine = Party.objects.filter(role=self.role, entity=value).values("allegation")
        return qs.filter(allegation__in=mine) if value else qs


class PartyNameFilter(django_filters.CharFilter):
    """Allegations by who is named in a role: the slug of somebody known, a whole name or, where
    it is none, a part."""

    typed, known = "name", "entity"

    def filter(self, qs: AnnotationQuerySet, value: str) -> AnnotationQuerySet:
        if not value:
            return qs
        is_known = Q(**{f"{self.known}__in": self._entities_at(value)})
        is_typed_so = Q(**{self.typed: value})
        # Of what the viewer sees: a name that is hidden must not go before others.
        visible = self.parent.queryset.order_by().values("pk")
        rows = self.rows.filter(allegation__in=visible)
        named = rows.filter(is_known | is_typed_so)
        if not named.exists():
            named = rows.filter(**{f"{self.typed}__iregex": re.escape(value)})
        return qs.filter(allegation__in=named.values("allegation"))

    def _entities_at(self, slug: str) -> list[int]:
        """Return the keys of the entities whose slug it is, also of those that were merged into
        another."""
        viewer = self.parent.request.user
        visible = Entity.objects.visible_to(viewer).standing().filter(slug=slug)
        keys = list(visible.values_list("pk", flat=True))
        for kind in MENTIONS:
            survivor = survivor_at(kind, slug, viewer)
            if survivor is not None:
                keys.append(survivor.pk)
        return keys

    @property
    def rows(self) -> "QuerySet[Any]":
        """The rows that hold the names, each with the key of its `allegation`."""
        return Party.objects.filter(role=self.field_name)

    def counted(self, found: AnnotationQuerySet) -> Iterable[tuple[str, str, int]]:
        """Return who is named most often in what was found: the value to ask for, the name, and
        in how many."""
        allegations = found.order_by().values("pk")
        rows = (
            self.rows.filter(allegation__in=allegations).select_related(None).order_by()
        )
        rows = rows.annotate(
            value=Coalesce(f"{self.known}__slug", self.typed),
            label=Coalesce(f"{self.known}__name", self.typed),
        )
        counted = rows.values_list("value", "label")
        counted = counted.annotate(count=Count("allegation", distinct=True))
        most_first = counted.order_by("-count", "label")
        most_named: Iterable[filters.FacetRow] = most_first[: filters.MOST_OPTIONS]
        return most_named


class PlaceNameFilter(PartyNameFilter):
    """The same by the place where something is said to have happened."""

    typed, known = "place", "place_entity"

    @property
    def rows(self) -> "QuerySet[Any]":
        return Allegation.objects.exclude(place="").annotate(allegation=F("pk"))


class AllegationFilter(filters.FacetedFilter):
    """The ledger of allegations: copies of one agency's text count once."""

    status = django_filters.ChoiceFilter(
        field_name="allegation__status",
        choices=Status.choices,
        label=_("Where it stands"),
    )
    claimant = PartyNameFilter(field_name=Party.Role.CLAIMANT, label=_("Who says so"))
    accused = PartyNameFilter(field_name=Party.Role.ACCUSED, label=_("Of whom"))
    basis = django_filters.ChoiceFilter(
        field_name="allegation__basis", choices=Basis.choices, label=_("On what basis")
    )
    place = PlaceNameFilter(label=_("Where"))
    publisher = django_filters.CharFilter(
        field_name="article__publisher__name", label=_("Outlet")
    )
    since = filters.DayFilter(lookup_expr="gte", label=_("From"))
    until = filters.DayFilter(lookup_expr="lte", label=_("To"))

    faceted: ClassVar[tuple[str, ...]] = (
        "status",
        "claimant",
        "accused",
        "basis",
        "place",
        "publisher",
    )
    counted: ClassVar[dict[str, tuple[str, str]]] = {
        "status": ("allegation__status", "allegation__status"),
        "basis": ("allegation__basis", "allegation__basis"),
        "publisher": ("article__publisher__name", "article__publisher__name"),
    }
    _labels: ClassVar[dict[str, dict[str, Any]]] = {
        "status": dict(Status.choices),
        "basis": dict(Basis.choices),
    }

    class Meta:
        model = Annotation
        fields: ClassVar[list[str]] = []

    @property
    def typed(self) -> list[forms.BoundField]:
        """The fields of those filters of which not every choice is listed."""
        return [
            self.form[name]
            for name in ("claimant", "accused", "place", "since", "until")
        ]

    @property
    def chosen_elsewhere(self) -> list[str]:
        """The other filters that are set."""
        return [
            name for name in ("status", "basis", "publisher") if self.data.get(name)
        ]

    @property
    def fitting(self) -> AnnotationQuerySet:
        passages: AnnotationQuerySet = self.qs
        return passages.without_copies()

    @property
    def found(self) -> AnnotationQuerySet:
        return cast("AnnotationQuerySet", super().found)

    def rows(self, name: str, found: Any) -> Iterable[tuple[Any, str, int]]:
        if name == "publisher":
            return super().rows(name, found)
        named_filter = self.filters[name]
        if isinstance(named_filter, PartyNameFilter):
            return named_filter.counted(found)
        rows = []
        for value, _label, count in super().rows(name, found):
            if value:
                rows.append((value, str(self._labels[name][value]), count))
        return rows


class ExcerptFilter(django_filters.FilterSet):
    """Excerpts by kind, entity, article, publisher and date: the same on pages, in exports and
    on the command line."""

    kind = django_filters.ChoiceFilter(
        choices=Kind.choices, label=_("Kind"), empty_label=_("any")
    )
    person = NamedFilter(Kind.PERSON, field_name="entity", label=_("Person"))
    place = NamedFilter(Kind.PLACE, field_name="entity", label=_("Place"))
    article = django_filters.ModelChoiceFilter(
        queryset=Article.objects.public(),
        to_field_name="slug",
        label=_("Article"),
        widget=forms.TextInput,
    )
    publisher = django_filters.ModelChoiceFilter(
        field_name="article__publisher",
        queryset=Publisher.objects.all(),
        to_field_name="name",
        label=_("Publisher"),
        empty_label=_("any"),
    )
    status = django_filters.ChoiceFilter(
        field_name="allegation__status",
        choices=Status.choices,
        label=_("Status"),
        empty_label=_("any"),
    )
    said_by = NamedFilter(
        Kind.PERSON,
        field_name="figure__said_by_entity",
        label=_("Figures according to"),
    )
    claimant = PartyFilter(Party.Role.CLAIMANT, label=_("Alleged by"))
    accused = PartyFilter(Party.Role.ACCUSED, label=_("Alleged of"))
    since = django_filters.DateFilter(
        field_name="sort_date", lookup_expr="gte", label=_("From")
    )
    until = django_filters.DateFilter(method="filter_until", label=_("To"))

    class Meta:
        model = Annotation
        fields: ClassVar[list[str]] = []

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        queryset: AnnotationQuerySet,
        viewer: Viewer,
    ) -> None:
        """Only what `viewer` may know of can be chosen, so that no choice tells of what is
        withheld."""
        super().__init__(data, queryset=queryset)
        visible = Entity.objects.visible_to(viewer)
        for name, each in self.filters.items():
            if isinstance(each, NamedFilter):
                each.offer(visible, viewer)
                each.propose_in(name)
        articles = Article.objects.visible_to(viewer)
        self.filters["article"].queryset = articles
        self.filters["publisher"].queryset = Publisher.objects.filter(
            articles__in=articles
        ).distinct()

    def filter_until(
        self, excerpts: AnnotationQuerySet, _name: str, day: Any
    ) -> AnnotationQuerySet:
        return excerpts.filter(sort_date__lte=day).exclude(sort_date=Article.NO_DATE)


def narrowed(query: Mapping[str, str], viewer: Viewer) -> ExcerptFilter:
    """Return the excerpts of current texts that `viewer` may see and that fit `query`, in
    reading order, as `.qs`."""
    current = Annotation.objects.visible_to(viewer).shown().current()
    return ExcerptFilter(query, queryset=current.in_reading_order(), viewer=viewer)


def _by_kind(counts: TagCountQuerySet) -> list[filters.FacetRow]:
    """Return the kinds of tags, each with the number of articles that have one."""
    counted = counts.values_list("kind")
    in_articles = counted.annotate(count=Count("article", distinct=True))
    rows = []
    for kind, count in in_articles.order_by("-count", "kind"):
        rows.append((kind, str(Kind(kind).label), count))
    return rows


def _by_entity(counts: TagCountQuerySet) -> Iterable[filters.FacetRow]:
    """Return who is mentioned in most articles: slug, name, and in how many."""
    # By the key first: an index has the rows in that order. An article has one row for each.
    counted = counts.values("entity", "entity__slug", "entity__name")
    in_articles = counted.annotate(count=Count("pk"))
    most_first = in_articles.order_by("-count", "entity__name")
    rows: Iterable[filters.FacetRow] = most_first.values_list(
        "entity__slug", "entity__name", "count"
    )[: filters.MOST_OPTIONS]
    return rows


def _articles_with(
    asked: django_filters.Filter, **tagged: Any
) -> QuerySet[TagCount, Any]:
    """The articles in which whoever asks sees something that is tagged so."""
    counts = TagCount.objects.visible_to(asked.parent.request.user)
    return counts.filter(**tagged).values("article")
