"""Tags on passages, and the people and places that they point at."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce, Greatest, Least, Substr
from django.utils.translation import gettext_lazy as _

from annotations.core.anchoring.selectors import CONTEXT, Selector, context_of
from annotations.core.names.matcher import LinkReason
from annotations.models.cursors import key_before
from annotations.models.embargoes import Embargo, is_any_in_force
from archive.addresses import address_of
from archive.labels import ShowsLabels
from archive.models import Article, TextVersion, User, Viewer
from archive.roles import Role, role_of
from archive.slugs import free_slug
from archive.text.canonical import paragraph_of


class Kind(models.TextChoices):
    PERSON = "person", _("Person")
    PLACE = "place", _("Place")
    FIGURE = "figure", _("Figure")
    ALLEGATION = "allegation", _("Allegation")


MENTIONS = (Kind.PERSON, Kind.PLACE)


class State(models.TextChoices):
    SUGGESTED = "suggested", _("suggested by the machine")
    LINKED = "linked", _("linked by the machine")
    CONFIRMED = "confirmed", _("confirmed by an editor")
    REJECTED = "rejected", _("rejected by an editor")


# States that the machine may set, change and take back.
MACHINE = (State.SUGGESTED, State.LINKED)


# States that readers see.
SHOWN = (State.LINKED, State.CONFIRMED)


class EntityQuerySet(models.QuerySet["Entity"]):
    def people(self) -> Self:
        return self.standing().filter(kind=Kind.PERSON)

    def places(self) -> Self:
        return self.standing().filter(kind=Kind.PLACE)

    def standing(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def named(
        self,
        name: str,
        kinds: Sequence[Kind] = MENTIONS,
        spellings: "models.QuerySet[Any] | None" = None,
    ) -> "Entity | None":
        """Return the entity that is known by exactly this name, of the first of `kinds` that
        has one; None where nobody is, or several are.

        `spellings` are those that count beside names; by default all.
        """
        if not name:
            return None
        is_spelled_so = models.Q(spellings__text=name)
        if spellings is not None:
            is_spelled_so = models.Q(spellings__in=spellings.filter(text=name))
        spelled_so = Entity.objects.filter(is_spelled_so)
        is_called_so = models.Q(name=name) | models.Q(pk__in=spelled_so.values("pk"))
        namesakes = list(self.standing().filter(is_called_so, kind__in=kinds))
        for kind in kinds:
            of_kind = [entity for entity in namesakes if entity.kind == kind]
            if len(of_kind) == 1:
                return of_kind[0]
        return None

    def shared_names(
        self, names: Iterable[str], spellings: "models.QuerySet[Any]"
    ) -> set[str]:
        """Return those of `names` by which several of these are known: `named` finds nobody by
        them. `spellings` are those that count beside names."""
        wanted = list(names)
        called_so = self.filter(name__in=wanted).values_list("pk", "name")
        spelled_so = spellings.filter(entity__in=self, text__in=wanted)
        holders = set(called_so)
        holders.update(spelled_so.values_list("entity", "text"))
        counts = Counter(name for _pk, name in holders)
        return {name for name, count in counts.items() if count > 1}

    def visible_to(self, user: Viewer) -> Self:
        """Editors see all; readers those who are named in something that they may read."""
        if role_of(user).includes(Role.EDITOR):
            return self
        seen = Annotation.objects.visible_to(user).current()
        here = models.OuterRef("pk")
        return self.filter(
            models.Exists(seen.filter(entity=here))
            | models.Exists(seen.filter(figure__said_by_entity=here))
            | models.Exists(seen.filter(allegation__parties__entity=here))
            | models.Exists(seen.filter(allegation__place_entity=here))
        )

    def with_mentions(self, user: Viewer) -> Self:
        """Add `mention_count` and `article_count`: how many of each `user` can see."""
        visible = Annotation.objects.visible_to(user).shown().current()
        seen = visible.filter(entity=models.OuterRef("pk"))
        rows = seen.order_by().values("entity")
        mentions = rows.annotate(n=models.Count("pk")).values("n")
        in_articles = models.Count("article", distinct=True)
        articles = rows.annotate(n=in_articles).values("n")
        return self.annotate(
            mention_count=Coalesce(models.Subquery(mentions), 0),
            article_count=Coalesce(models.Subquery(articles), 0),
        )


class Entity(ShowsLabels):
    """A person or a place that the archive knows."""

    kind = models.CharField(
        _("kind"), max_length=10, choices=[(k.value, k.label) for k in MENTIONS]
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=120)
    description = models.CharField(
        _("what tells it apart"),
        max_length=300,
        blank=True,
        help_text=_("Such as an office and a year."),
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = _("entities")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"], name="entity_has_its_own_address"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(Entity, self.name, kind=self.kind)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return entity_url(self.kind, self.slug)

    @property
    def survivor(self) -> "Entity":
        """The entity into which this one was merged, through all merges; itself if it
        stands."""
        return self if self.merged_into is None else self.merged_into.survivor


def entity_url(kind: str, slug: str) -> str:
    """Return the address of an entity's page, where only its kind and slug were fetched."""
    return address_of(f"annotations:{kind}-detail", slug)


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def current(self) -> Self:
        """On the version of their article that is read now.

        Neither before nor after it, rather than equal to it: of an equality beside the join by
        the article PostgreSQL expects that it leaves next to nothing, and then it reads and
        sorts all rows for a page of 50.
        """
        read_now = models.F("article__current_version")
        return self.filter(version__gte=read_now, version__lte=read_now)

    def orphaned(self) -> Self:
        """What editors said of an earlier version, in words or context that do not stand in the
        new one.

        What the machine linked stays behind too, and so does what was rejected, but neither is
        to be placed again.
        """
        return self.exclude(version=models.F("article__current_version")).filter(
            state=State.CONFIRMED
        )

    def shown(self) -> Self:
        """What readers see: neither suggestions nor what an editor rejected."""
        return self.filter(state__in=SHOWN)

    def visible_to(self, user: Viewer) -> Self:
        """In the articles that `user` may see; readers see no suggestions, nothing rejected or
        under embargo."""
        if role_of(user).includes(Role.EDITOR):
            return self.exclude(state=State.REJECTED)
        return self.filter(article__is_public=True).shown().without_embargo()

    def without_embargo(self) -> Self:
        """All but the allegations of an article, or by or of somebody, under embargo.

        Costs a query, and nothing more where nothing is under embargo.
        """
        return self.outside_embargoes() if is_any_in_force() else self

    def outside_embargoes(self) -> Self:
        """The same where it is known that an embargo is in force.

        Asked of each allegation, not as a list of all that are hidden: it costs two look-ups
        each, and others none.
        """
        embargoes = Embargo.objects.in_force()
        of_article = embargoes.filter(article=models.OuterRef("article"))
        of_party = embargoes.filter(entity__parties__allegation=models.OuterRef("pk"))
        return self.exclude(
            models.Q(kind=Kind.ALLEGATION)
            & (models.Exists(of_article) | models.Exists(of_party))
        )

    def mentions_of(self, entity: Entity) -> Self:
        return self.filter(entity=entity)

    def without_copies(self) -> Self:
        """Allegations, of those that stand in copies of one agency's text only the first; see
        `allegations.threads`."""
        day = models.OuterRef(models.OuterRef("sort_date"))
        article = models.OuterRef(models.OuterRef("article"))
        earlier = models.Q(sort_date__lt=day) | models.Q(
            sort_date=day, article__lt=article
        )
        first = self.order_by().filter(earlier, pk=models.OuterRef("annotation"))
        same = ("wording", "claimant", "accused", "conduct")
        alike: Any = self.model._meta.get_field("allegation").related_model
        # Not by a join: databases would look for what is earlier first, which is half of all
        # for each row.
        outer = {name: models.OuterRef(f"allegation__{name}") for name in same}
        # The passage itself is like itself, but never earlier: most have no other that is.
        others = alike.objects.exclude(pk=models.OuterRef("pk"))
        copies = others.filter(models.Exists(first), **outer)
        return self.exclude(models.Exists(copies))

    def keys_first(self, most: int) -> Self:
        """The first rows, for an order that no index has: their keys are sorted, and the rest
        is read of them alone, rather than of all that are sorted."""
        return self.filter(pk__in=self.values("pk")[:most])

    def in_text_order(self) -> Self:
        return self.order_by("start", "-end", "pk")

    def in_reading_order(self) -> Self:
        """Through the whole archive: by date of the article, then by place in the text."""
        return self.order_by("sort_date", "article_id", "start", "pk")

    def with_sources(self) -> Self:
        """All that a passage shows where it stands by itself: also its article and its
        version's number."""
        passages = self.with_details().select_related("article__publisher", "version")
        return passages.defer("version__html", "version__text").with_context()

    def with_context(self) -> Self:
        """Add `prefix` and `suffix`: the context of each passage, which the database cuts out,
        so that no whole text is read for it. See `core.anchoring.context_of`."""
        # SQL counts from 1.
        prefix_at = Greatest(models.F("start") - CONTEXT, 0) + 1
        suffix_at = models.F("end") + 1
        prefix_length = Least(models.F("start"), CONTEXT)
        return self.annotate(
            prefix=Substr("version__text", prefix_at, prefix_length),
            suffix=Substr("version__text", suffix_at, CONTEXT),
        )

    def with_details(self) -> Self:
        """All that a note or a list shows of a passage, in one query; in two where there are
        allegations."""
        of_figures = ("figure__said_by_entity", "figure__measure")
        passages = self.select_related(
            "entity", *of_figures, "allegation__place_entity"
        )
        return passages.prefetch_related("allegation__parties")


class Annotation(ShowsLabels):
    """A tag on a passage of one text version; its primary key is its permanent address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        related_name="annotations",
        help_text="That of the version.",
        db_index=False,
    )
    version = models.ForeignKey(
        TextVersion, models.PROTECT, related_name="annotations", db_index=False
    )
    sort_date = models.DateField(
        editable=False, help_text="That of the article, so that an index has the order."
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    start = models.PositiveIntegerField(help_text="Code point, inclusive.")
    end = models.PositiveIntegerField(help_text="Code point, exclusive.")
    exact = models.TextField()
    paragraph = models.PositiveIntegerField(
        help_text="Number of the block, from 1; derived."
    )
    entity = models.ForeignKey(
        Entity,
        models.PROTECT,
        related_name="mentions",
        null=True,
        blank=True,
        db_index=False,
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.CONFIRMED
    )
    reason = models.CharField(
        max_length=20, blank=True, help_text="Why the machine thinks so: a LinkReason."
    )
    named_in = models.PositiveIntegerField(
        null=True, help_text="Paragraph of the full name that a surname relies on."
    )
    revision = models.PositiveIntegerField(
        default=1, help_text="Rises with each change; a form carries the one it saw."
    )
    made_by = models.ForeignKey(
        User,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    made_in = models.ForeignKey(
        "Act",
        models.SET_NULL,
        related_name="made",
        null=True,
        editable=False,
        db_index=False,
        help_text="The act that made it in bulk, as long as nobody has touched it since.",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = AnnotationQuerySet.as_manager()

    # What stands around it, where `with_context` has asked.
    prefix: str | None = None
    suffix: str | None = None

    class Meta:
        indexes = [
            models.Index(
                fields=["entity", "sort_date", "article", "start", "state", "version"],
                name="entity_in_reading_order",
            ),
            models.Index(
                fields=["kind", "sort_date", "article", "start", "state", "version"],
                name="kind_in_reading_order",
            ),
            models.Index(
                fields=["kind", "state", "article"], name="annotation_of_kind"
            ),
            models.Index(
                fields=["article", "entity", "state", "version"],
                name="mentioned_in_article",
            ),
            models.Index(
                fields=["made_in", "article"],
                name="made_in_bulk",
                condition=models.Q(made_in__isnull=False),
            ),
            models.Index(
                fields=["made_by"],
                name="annotation_of_account",
                condition=models.Q(made_by__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")),
                name="passage_is_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=MENTIONS, entity__isnull=False)
                | (~models.Q(kind__in=MENTIONS) & models.Q(entity__isnull=True)),
                name="mention_points_at_an_entity",
            ),
            # Its index also has the order of the text.
            models.UniqueConstraint(
                fields=["version", "start", "end", "entity"], name="mention_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.exact}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.sort_date = self.article.sort_date
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("annotations:annotation-detail", self.pk)

    def get_passage_url(self) -> str:
        """Where the passage stands on its article's reading page."""
        return f"{self.article.get_absolute_url()}#a-{self.pk}"

    @property
    def selector(self) -> Selector:
        """Where it stands, with its context. Reads the whole text, unless it was fetched
        `with_context`."""
        if self.prefix is None or self.suffix is None:
            return self.selector_in(self.version.text)
        return Selector(self.start, self.end, self.exact, self.prefix, self.suffix)

    def selector_in(self, text: str) -> Selector:
        """Return the same; `text` is that of its version."""
        prefix, suffix = context_of(text, self.start, self.end)
        return Selector(self.start, self.end, self.exact, prefix, suffix)

    def put_on(self, version: TextVersion, selector: Selector) -> None:
        """Let the annotation stand on `selector` in `version`; the caller saves it."""
        self.version, self.article = version, version.article
        self.sort_date = self.article.sort_date
        for name, value in position_columns(version, selector).items():
            setattr(self, name, value)
        self.prefix, self.suffix = selector.prefix, selector.suffix

    def confirm(self) -> None:
        """Make it an editor's word; the caller saves it."""
        self.state, self.reason, self.named_in = State.CONFIRMED, "", None

    @property
    def key_before(self) -> str:
        """The key of the page that begins with it, where the list is in reading order."""
        return key_before(self.sort_date, self.article_id, self.start)

    @property
    def is_current(self) -> bool:
        return self.version_id == self.article.current_version_id

    @property
    def reason_label(self) -> str:
        """Why the machine linked or suggested this, for reading; empty where an editor said
        so."""
        if not self.reason:
            return ""
        words = LinkReason(self.reason).label
        if self.named_in:
            words += _("; full name in paragraph %(number)d") % {
                "number": self.named_in
            }
        return words

    @property
    def tag(self) -> str:
        """What the passage is tagged as, in words: a name, an amount, or a claim with its
        status."""
        if self.entity is not None:
            return self.entity.name
        if self.kind == Kind.FIGURE and hasattr(self, "figure"):
            return str(self.figure)
        if self.kind == Kind.ALLEGATION and hasattr(self, "allegation"):
            return str(self.allegation)
        return str(self.get_kind_display())


def position_columns(version: TextVersion, selector: Selector) -> dict[str, Any]:
    """Return the columns, by name, that say where in `version` an annotation stands."""
    return {
        "start": selector.start,
        "end": selector.end,
        "exact": selector.exact,
        "paragraph": paragraph_of(version.text, selector.start),
    }
