"""Articles and their metadata: outlets, authors, topics, and the rule of who sees what."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Self

from django.db import connection, models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive import dates
from archive.addresses import address_of
from archive.citations.author_names import parse_names
from archive.citations.reference import Reference
from archive.citations.styles.name_lists import inverted
from archive.hooks import receive_correction
from archive.languages import direction_of, name_of
from archive.models.generations import raise_everything
from archive.models.provenance import Capture, TextVersion, sha256_of
from archive.models.users import User, Viewer
from archive.roles import Role, role_of
from archive.slugs import free_slug, free_slugs
from archive.text.canonical import CanonicalText


class Publisher(models.Model):
    """An outlet. `host` is the web host that its articles come from, without `www.`; it names
    only one outlet."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    host = models.CharField(
        _("web host"), max_length=200, unique=True, null=True, blank=True
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Author(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet["Article"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def visible_to(self, user: Viewer) -> Self:
        """The one rule of who sees what: readers the public articles, editors and those above
        them all."""
        if role_of(user).includes(Role.EDITOR):
            return self.all()
        return self.public()

    def newest_first(self) -> Self:
        return self.order_by("-sort_date", "-pk")

    def in_reading_order(self) -> Self:
        """Oldest first; articles without a date stand before all others."""
        return self.order_by("sort_date", "pk")

    def for_list(self) -> Self:
        """What a line of a list shows, in one query."""
        return self.select_related("publisher").defer("current_version")

    def create_all(self, articles: list["Article"]) -> None:
        """Write new articles, each with a slug of its own; two or three queries in all."""
        slugs = free_slugs(Article, [article.title for article in articles])
        for article, slug in zip(articles, slugs, strict=True):
            article.slug = slug
            article.set_sort_date()
        self.bulk_create(articles)


class Article(models.Model):
    """One published source text and its metadata."""

    NO_DATE = date(1, 1, 1)

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=500)
    title_transliterated = models.CharField(
        _("title in Latin letters"),
        max_length=500,
        blank=True,
        help_text=_(
            "Of a title in another script, as it should be cited; nothing is transliterated by itself."
        ),
    )
    title_translated = models.CharField(
        _("title in English"),
        max_length=500,
        blank=True,
        help_text=_("Of a title in another language."),
    )
    standfirst = models.TextField(_("standfirst or caption"), blank=True)
    authors = models.ManyToManyField(Author, through="Byline", related_name="articles")
    byline = models.CharField(
        _("byline"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("The authors' names, derived."),
    )
    credit = models.CharField(_("agency credit"), max_length=300, blank=True)
    publisher = models.ForeignKey(
        Publisher,
        models.PROTECT,
        related_name="articles",
        verbose_name=_("publisher"),
        null=True,
        blank=True,
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        default="und",
        help_text=_("BCP 47, such as “en”."),
    )
    published = models.CharField(
        _("published"),
        max_length=60,
        blank=True,
        help_text=_("EDTF: 2011-12-19, 2011-12, 2011-12~; empty: unknown."),
    )
    sort_date = models.DateField(
        default=NO_DATE,
        editable=False,
        help_text="Earliest day of `published`, derived.",
    )
    original_address = models.URLField(
        _("original address"), max_length=1000, blank=True
    )
    address_key = models.CharField(
        max_length=1000, unique=True, editable=False, null=True, blank=True
    )
    topics = models.ManyToManyField(Topic, related_name="articles", blank=True)
    coverage = models.CharField(
        _("coverage"),
        max_length=300,
        blank=True,
        help_text=_("The region it is about."),
    )
    is_public = models.BooleanField(
        _("public"), default=True, help_text=_("Readers without an account see it.")
    )
    current_version = models.ForeignKey(
        "TextVersion", models.PROTECT, related_name="+", editable=False, null=True
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_date", "id"], name="article_in_date_order")
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_sort_date()
        if not self.slug:
            self.slug = free_slug(Article, self.title)
        # A new article has no annotations yet, and `update_fields` is derived data.
        if self._state.adding or kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            receive_correction(self)
            raise_everything()

    def get_absolute_url(self) -> str:
        return address_of("archive:article-detail", self.slug)

    def set_sort_date(self) -> None:
        self.sort_date = dates.earliest_day(self.published) or self.NO_DATE

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, for the HTML attribute `dir`."""
        return direction_of(self.language)

    @property
    def language_name(self) -> str:
        return name_of(self.language)

    @property
    def publisher_name(self) -> str:
        return self.publisher.name if self.publisher else ""

    @property
    def published_display(self) -> str:
        """The date as a reader would write it; empty where it is not known."""
        return dates.display_date(self.published)

    @property
    def authors_as_cited(self) -> str:
        """The byline with family names first, which shows how each name is understood."""
        return "; ".join(inverted(name) for name in parse_names(self.byline))

    @property
    def reference(self) -> Reference:
        """What a citation needs of the article, with the day on which its current text was
        captured."""
        reference = self.reference_in_lists
        capture = self.current_version.capture if self.current_version else None
        if capture is None:
            return reference
        return replace(reference, accessed=capture.received_at.date())

    @property
    def reference_in_lists(self) -> Reference:
        """The same without that day: no query for an article of `for_list`."""
        return Reference(
            title=self.title,
            title_transliterated=self.title_transliterated,
            title_translated=self.title_translated,
            authors=parse_names(self.byline),
            credit=self.credit,
            publisher=self.publisher_name,
            published=self.published,
            address=self.original_address,
            language=self.language,
        )

    @cached_property
    def version(self) -> "TextVersion":
        """The current version; every article that came in whole has one."""
        if self.current_version is None:
            raise TextVersion.DoesNotExist(f"Article {self.pk} has no text version.")
        # Else the version's address would query for the article again.
        self.current_version.article = self
        return self.current_version

    def set_authors(self, names: list[str]) -> None:
        """Make `names` the authors, in that order."""
        unique_names = list(dict.fromkeys(names))
        # All anew, because the positions of those that stay may have changed.
        Byline.objects.filter(article=self).delete()
        for position, name in enumerate(unique_names):
            author, _created = Author.objects.get_or_create(name=name)
            Byline.objects.create(article=self, author=author, position=position)
        self.byline = "; ".join(unique_names)
        self.save(update_fields=["byline"])

    def set_topics(self, names: list[str]) -> None:
        topics = []
        for name in dict.fromkeys(names):
            topic, _created = Topic.objects.get_or_create(name=name)
            topics.append(topic)
        self.topics.set(topics)

    def add_version(
        self,
        text: CanonicalText,
        *,
        capture: "Capture | None" = None,
        previous: "TextVersion | None" = None,
        by: User | None = None,
        note: str = "",
    ) -> "TextVersion":
        """Keep `text` as the next version and make it current. The search index is not touched
        here."""
        version = self.next_version(
            text, capture=capture, previous=previous, by=by, note=note
        )
        add_versions([version])
        return version

    def next_version(
        self,
        text: CanonicalText,
        *,
        capture: "Capture | None" = None,
        previous: "TextVersion | None" = None,
        by: User | None = None,
        note: str = "",
    ) -> "TextVersion":
        """Return a version that is neither numbered nor written: `add_versions` does that."""
        return TextVersion(
            article=self,
            html=text.html,
            text=text.text,
            sha256=sha256_of(text.text.encode()),
            capture=capture,
            previous=previous,
            made_by=by,
            note=note,
        )


def add_versions(versions: Sequence[TextVersion]) -> None:
    """Keep these new versions of different articles, each as the next of its article, and make
    them current.

    Takes three queries for as many articles as a batch has. The search index is not touched
    here.
    """
    articles = [version.article for version in versions]
    numbered = TextVersion.objects.filter(article__in=articles).order_by()
    last_numbers = dict(
        numbered.values_list("article").annotate(last=models.Max("number"))
    )
    for version in versions:
        version.number = last_numbers.get(version.article_id, 0) + 1
    TextVersion.objects.bulk_create(versions)
    for version in versions:
        version.article.current_version = version
        # The cached property has the version before.
        version.article.__dict__.pop("version", None)
    newest = TextVersion.objects.filter(article=models.OuterRef("pk"))
    newest_key = newest.order_by("-number").values("pk")[:1]
    keys = [article.pk for article in articles]
    Article.objects.filter(pk__in=keys).update(current_version=newest_key)


def lock_articles(article_ids: Iterable[int]) -> None:
    """Let nobody else tag or link in these articles until the transaction ends; on SQLite
    nobody else writes anyway."""
    if connection.features.has_select_for_update:
        # Always in the same order, so that two who lock several do not wait for each other.
        locked = Article.objects.select_for_update(no_key=True).filter(
            pk__in=article_ids
        )
        list(locked.order_by("pk").values_list("pk"))


class Byline(models.Model):
    """One author of one article, in the order of the byline (from 0)."""

    # The index of a constraint begins with it.
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="bylines", db_index=False
    )
    author = models.ForeignKey(Author, models.PROTECT)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"], name="byline_names_an_author_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.author}"
