"""Who and where is meant, which numbers are given, and what was done to all of it."""

import uuid
from dataclasses import asdict
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.core.anchoring.selectors import Selector
from annotations.core.figures.parser import Amount
from annotations.core.names.matcher import LinkReason
from annotations.core.names.scripts import script_of, spelling_of
from annotations.models.cursors import key_before
from annotations.models.embargoes import Embargo
from archive import dates
from archive.models import Article, TextVersion, User
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


MACHINE = (State.SUGGESTED, State.LINKED)
"""States that the machine may set, change and take back."""
SHOWN = (State.LINKED, State.CONFIRMED)
"""States that readers see."""


class EntityQuerySet(models.QuerySet["Entity"]):
    def people(self) -> Self:
        return self.standing().filter(kind=Kind.PERSON)

    def places(self) -> Self:
        return self.standing().filter(kind=Kind.PLACE)

    def standing(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
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

    def with_mentions(self, user: "User | AnonymousUser") -> Self:
        """Add `mention_count` and `article_count`: how many of each `user` can see."""
        seen = (
            Annotation.objects.visible_to(user)
            .shown()
            .current()
            .filter(entity=models.OuterRef("pk"))
        )
        rows = seen.order_by().values("entity")
        return self.annotate(
            mention_count=Coalesce(
                models.Subquery(rows.annotate(n=models.Count("pk")).values("n")), 0
            ),
            article_count=Coalesce(
                models.Subquery(
                    rows.annotate(n=models.Count("article", distinct=True)).values("n")
                ),
                0,
            ),
        )


class Entity(models.Model):
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
    made_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = _("entities")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="entity_has_its_own_address")
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
    return reverse(f"annotations:{kind}-detail", args=[slug])


class NameForm(models.Model):
    """A spelling under which an entity occurs."""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="forms")
    text = models.CharField(_("spelling"), max_length=200)
    script = models.CharField(_("script"), max_length=20, editable=False)
    alone = models.BooleanField(
        _("may be linked by the machine"),
        default=True,
        help_text=_("Take this away from short or common words: they are then only suggested."),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "text"], name="form_is_listed_once")
        ]
        indexes = [models.Index(fields=["text"], name="form_by_text")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = spelling_of(self.text)
        self.script = script_of(self.text)
        super().save(*args, **kwargs)


class RefusedSpelling(models.Model):
    """A name that was offered as a spelling of an entity, and of which a curator said that it
    is not."""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="refused")
    text = models.CharField(_("spelling"), max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "text"], name="spelling_is_refused_once")
        ]

    def __str__(self) -> str:
        return self.text


class NameWord(models.Model):
    """A word of a name that stands in some text, under a key that is the same for its other
    spellings."""

    key = models.CharField(max_length=200)
    word = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "word"], name="word_is_listed_once_a_key")
        ]
        indexes = [models.Index(fields=["word"], name="word_by_itself")]

    def __str__(self) -> str:
        return self.word


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

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """In the articles that `user` may see; readers see no suggestions, nothing rejected or
        under embargo."""
        if role_of(user).includes(Role.EDITOR):
            return self.exclude(state=State.REJECTED)
        return self.filter(article__is_public=True).shown().without_embargo()

    def without_embargo(self) -> Self:
        """All but the allegations of an article, or by or of somebody, under embargo.

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
        day, article = (
            models.OuterRef(models.OuterRef(name)) for name in ("sort_date", "article")
        )
        earlier = models.Q(sort_date__lt=day) | models.Q(sort_date=day, article__lt=article)
        first = self.order_by().filter(earlier, pk=models.OuterRef("annotation"))
        same = ("wording", "claimant", "accused", "conduct")
        alike: Any = self.model._meta.get_field("allegation").related_model
        # Not by a join: databases would look for what is earlier first, which is half of all
        # for each row.
        copies = alike.objects.filter(
            models.Exists(first),
            **{name: models.OuterRef(f"allegation__{name}") for name in same},
        )
        return self.exclude(models.Exists(copies))

    def in_text_order(self) -> Self:
        return self.order_by("start", "-end", "pk")

    def in_reading_order(self) -> Self:
        """Through the whole archive: by date of the article, then by place in the text."""
        return self.order_by("sort_date", "article_id", "start", "pk")

    def with_sources(self) -> Self:
        """All that a passage shows where it stands by itself: also its article and its
        version's number."""
        passages = self.with_details().select_related("article__publisher", "version")
        return passages.defer("version__html", "version__text")

    def with_details(self) -> Self:
        """All that a note or a list shows of a passage, in one query; in two where there are
        allegations."""
        of_figures = ("figure__said_by_entity", "figure__measure")
        passages = self.select_related("entity", *of_figures, "allegation__place_entity")
        return passages.prefetch_related("allegation__parties")


class Annotation(models.Model):
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
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    paragraph = models.PositiveIntegerField(help_text="Number of the block, from 1; derived.")
    entity = models.ForeignKey(
        Entity, models.PROTECT, related_name="mentions", null=True, blank=True, db_index=False
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CONFIRMED)
    reason = models.CharField(
        max_length=20, blank=True, help_text="Why the machine thinks so: a Reason."
    )
    named_in = models.PositiveIntegerField(
        null=True, help_text="Paragraph of the full name that a surname relies on."
    )
    revision = models.PositiveIntegerField(
        default=1, help_text="Rises with each change; a form carries the one it saw."
    )
    made_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["version", "start"], name="annotation_in_text_order"),
            models.Index(
                fields=["entity", "sort_date", "article", "start", "state", "version"],
                name="entity_in_reading_order",
            ),
            models.Index(
                fields=["kind", "sort_date", "article", "start", "state", "version"],
                name="kind_in_reading_order",
            ),
            models.Index(fields=["kind", "state", "article"], name="annotation_of_kind"),
            models.Index(
                fields=["article", "entity", "state", "version"], name="mentioned_in_article"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="passage_is_not_empty"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=MENTIONS, entity__isnull=False)
                | (~models.Q(kind__in=MENTIONS) & models.Q(entity__isnull=True)),
                name="mention_points_at_an_entity",
            ),
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
        return reverse("annotations:annotation-detail", args=[self.pk])

    def get_passage_url(self) -> str:
        """Where the passage stands on its article's reading page."""
        return f"{self.article.get_absolute_url()}#a-{self.pk}"

    @property
    def selector(self) -> Selector:
        return Selector(self.start, self.end, self.exact, self.prefix, self.suffix)

    def place(self, version: TextVersion, selector: Selector) -> None:
        """Put the annotation on `selector` in `version`; the caller saves it."""
        self.version, self.article = version, version.article
        self.sort_date = self.article.sort_date
        for name, value in placed(version, selector).items():
            setattr(self, name, value)

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
    def reason_in_words(self) -> str:
        """Why the machine linked or suggested this, for reading; empty where an editor said
        so."""
        if not self.reason:
            return ""
        words = LinkReason(self.reason).label
        if self.named_in:
            words += _("; full name in paragraph %(number)d") % {"number": self.named_in}
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


def placed(version: TextVersion, selector: Selector) -> dict[str, Any]:
    """Return the columns, by name, that say where in `version` an annotation stands."""
    return {**asdict(selector), "paragraph": paragraph_of(version.text, selector.start)}


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Editors see all; readers those of which, or of parts of which, they may read a
        figure."""
        if role_of(user).includes(Role.EDITOR):
            return self
        seen = (
            Annotation.objects.visible_to(user).current().filter(figure__measure__isnull=False)
        )
        with_figures = Measure.objects.filter(pk__in=seen.values("figure__measure"))
        return self.filter(
            models.Q(pk__in=with_figures) | models.Q(parts__in=with_figures)
        ).distinct()


class Measure(models.Model):
    """What several figures count, so that they can be compared: people killed, in one town, in
    one week."""

    name = models.CharField(
        _("name"), max_length=200, unique=True, help_text=_("“People killed in Zhanaozen”.")
    )
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    description = models.TextField(
        _("what belongs to it"),
        max_length=1000,
        blank=True,
        help_text=_("Whom or what it counts, where and when; and what it leaves out."),
    )
    unit = models.CharField(
        _("unit"),
        max_length=60,
        blank=True,
        help_text=_("Such as people, tonnes or US dollars."),
    )
    part_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="parts",
        verbose_name=_("is a part of"),
        null=True,
        blank=True,
    )
    only_rises = models.BooleanField(
        _("can only rise"),
        default=False,
        help_text=_(
            "As a number of dead does: a later figure that is lower contradicts an earlier one."
        ),
    )
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(Measure, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("annotations:measure-detail", args=[self.slug])

    def with_all_parts(self) -> set[int]:
        """Return the keys of this measure, its parts, their parts, and so on. Costs a query for
        each level."""
        found, level = {self.pk}, [self.pk]
        while level:
            level = list(
                Measure.objects.filter(part_of__in=level)
                .exclude(pk__in=found)
                .values_list("pk", flat=True)
            )
            found.update(level)
        return found


class Qualifier(models.TextChoices):
    EXACTLY = "exactly", _("exactly")
    ABOUT = "about", _("about")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    MORE_THAN = "more_than", _("more than")
    FEWER_THAN = "fewer_than", _("fewer than")
    BETWEEN = "between", _("between")


class Figure(models.Model):
    """A number that a passage gives: a value or a range, how sure, of what, and according to
    whom."""

    annotation = models.OneToOneField(
        Annotation, models.CASCADE, primary_key=True, related_name="figure"
    )
    low = models.DecimalField(_("value"), max_digits=21, decimal_places=4)
    high = models.DecimalField(
        _("upper value"),
        max_digits=21,
        decimal_places=4,
        help_text=_("Only for a range."),
        null=True,
        blank=True,
    )
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACTLY
    )
    counted = models.CharField(
        _("what is counted"),
        max_length=200,
        help_text=_("The same words for the same thing: “people killed”."),
    )
    said_by = models.CharField(
        _("according to"),
        max_length=200,
        blank=True,
        help_text=_("A name or an office; empty if it is the author’s own."),
    )
    said_by_entity = models.ForeignKey(
        Entity, models.SET_NULL, related_name="figures_given", null=True, blank=True
    )
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        related_name="figures",
        verbose_name=_("measure"),
        null=True,
        blank=True,
    )
    unit = models.CharField(
        _("unit"), max_length=60, blank=True, help_text=_("Such as tonnes or US dollars.")
    )
    as_of = models.CharField(
        _("as of"),
        max_length=60,
        blank=True,
        help_text=_(
            "The day for which it is given. EDTF: 2011-12-19, 2011-12, 2011-12-16/..; empty: not said."
        ),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(high__isnull=True) | models.Q(high__gt=models.F("low")),
                name="range_rises",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.counted}"

    @property
    def amount(self) -> Amount:
        return Amount(self.low, self.high, self.qualifier)

    @property
    def as_of_in_words(self) -> str:
        return dates.in_words(self.as_of)


class Succession(models.Model):
    """A figure that whoever gave it replaced by a later one, as an editor says; both stay."""

    earlier = models.OneToOneField(Figure, models.CASCADE, related_name="succession")
    later = models.ForeignKey(Figure, models.CASCADE, related_name="predecessions")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")), name="figure_succeeds_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"


class Total(models.Model):
    """Figures that an editor added up, to compare their sum with what others give for the
    whole."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="totals")
    note = models.CharField(
        _("why they may be added"),
        max_length=300,
        help_text=_("What shows that none is counted twice."),
    )
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.measure}: {self.note}"


class Addend(models.Model):
    """A figure in a total."""

    total = models.ForeignKey(Total, models.CASCADE, related_name="addends")
    figure = models.ForeignKey(Figure, models.CASCADE, related_name="added_in")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["total", "figure"], name="figure_is_added_once")
        ]

    def __str__(self) -> str:
        return f"{self.figure} in {self.total_id}"


class Reread(models.Model):
    """An article whose mentions are to be linked again, because names changed; nobody need wait
    for it."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    act = models.ForeignKey("Act", models.CASCADE, related_name="+", null=True)
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.article_id)


class Hold(models.Model):
    """An article in which an editor is judging suggestions, so that nobody else is shown the
    same."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.article_id} {self.by}"


class Act(models.Model):
    """One thing that somebody did, however many rows it changed: it is undone as a whole.

    `what` says of what it was, as a name or the first words of a passage, and `passages` of how
    many.
    """

    class Kind(models.TextChoices):
        TAGGED = "tagged", _("tagged")
        CHANGED = "changed", _("changed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")
        DELETED = "deleted", _("deleted")
        APPLIED = "applied", _("applied to all")
        CARRIED = "carried", _("carried over to a new version")
        ORPHANED = "orphaned", _("orphaned by a new version")
        NAMED = "named", _("changed the names of")
        REFUSED = "refused", _("refused as a spelling of")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        MEASURED = "measured", _("described the measure")
        ADDED_UP = "added_up", _("added up")
        APART = "apart", _("took apart the total of")
        SUPERSEDED = "superseded", _("linked as superseded")
        UNLINKED = "unlinked", _("unlinked as superseded")
        STATED = "stated", _("recorded where it stands:")
        UNSTATED = "unstated", _("took back where it stood:")
        ANSWERED = "answered", _("linked the answer")
        UNANSWERED = "unanswered", _("unlinked the answer")
        IMPORTED = "imported", _("imported")
        EMBARGOED = "embargoed", _("put under embargo")
        LIFTED = "lifted", _("lifted the embargo on")
        UNDONE = "undone", _("undid")
        REDONE = "redone", _("did again")

    kind = models.CharField(max_length=10, choices=Kind)
    what = models.CharField(max_length=300, blank=True)
    passages = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", null=True, blank=True
    )
    undoes = models.OneToOneField(
        "self", models.CASCADE, related_name="undone_by", null=True, blank=True
    )
    origin = models.ForeignKey(
        "self",
        models.CASCADE,
        related_name="chain",
        null=True,
        blank=True,
        help_text="What is undone or done again.",
    )
    key = models.UUIDField(
        null=True,
        editable=False,
        help_text="Given by who asked for it, so that asking again does nothing.",
    )
    by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["by", "-id"], name="act_of_somebody")]
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="act_is_done_once")]

    def __str__(self) -> str:
        return self.in_words

    def get_absolute_url(self) -> str:
        return reverse("annotations:act-detail", args=[self.pk])

    @property
    def deed(self) -> str:
        """What was done in the first place, for reading: `confirmed “Kasymov” (14
        passages)`."""
        done = self.origin or self
        words = f"{done.get_kind_display()} “{done.what}”"
        if done.passages > 1:
            words += " " + ngettext(
                "(%(count)d passage)", "(%(count)d passages)", done.passages
            ) % {"count": done.passages}
        return words

    @property
    def in_words(self) -> str:
        """What was done now: the deed, or `undid: merged “Kasimov → Kasymov”`."""
        return f"{self.get_kind_display()}: {self.deed}" if self.origin else self.deed


class Change(models.Model):
    """One line of the journal: a row before an act and after it, None where it was not there.

    Of a row that was changed it holds what differs; of one that came or went, everything.
    """

    class Table(models.TextChoices):
        ENTITY = "entity"
        FORM = "nameform"
        REFUSED = "refusedspelling"
        ANNOTATION = "annotation"
        MEASURE = "measure"
        FIGURE = "figure"
        SUCCESSION = "succession"
        TOTAL = "total"
        ADDEND = "addend"
        ALLEGATION = "allegation"
        PARTY = "party"
        STATUS = "statuschange"
        ANSWER = "answer"
        EMBARGO = "embargo"

    act = models.ForeignKey(Act, models.CASCADE, related_name="changes")
    table = models.CharField(max_length=20, choices=Table)
    key = models.CharField(max_length=36)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["table", "key"], name="change_of_a_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
