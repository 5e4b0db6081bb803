"""What the archive keeps: articles, the bytes they came in as, the readable texts made from
them, and events.

    Article ─┬─ Capture      the bytes, never changed, named by their SHA-256
             ├─ TextVersion  html and text, numbered, never changed
             └─ Event        what was done, when, by whom (PREMIS)

A version is current or it is history: `Article.current_version` says which. Nothing here is
ever deleted by the archive itself.
"""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.db import models, transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive import dates
from archive.citations.author_names import parse_names
from archive.citations.reference import Reference
from archive.citations.styles.name_lists import inverted
from archive.hooks import receive_correction
from archive.languages import direction_of, name_of
from archive.roles import Role, role_of
from archive.slugs import free_slug
from archive.text.canonical import CanonicalText


class TestimoniaUserManager(UserManager["User"]):
    def create_superuser(self, username: str, *args: Any, **fields: Any) -> "User":
        return super().create_superuser(username, *args, **fields | {"role": Role.ADMIN})


class User(AbstractUser):
    """Someone with an account. What they may do follows from `role` alone."""

    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.READER)

    objects: ClassVar[TestimoniaUserManager] = TestimoniaUserManager()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.is_staff = self.is_superuser = self.role == Role.ADMIN
        super().save(*args, **kwargs)

    @property
    def is_editor(self) -> bool:
        return role_of(self).includes(Role.EDITOR)

    @property
    def is_curator(self) -> bool:
        return role_of(self).includes(Role.CURATOR)


class Publisher(models.Model):
    """An outlet. `host` is the web host that its articles come from, without `www.`; it names
    only one outlet."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    host = models.CharField(_("web host"), max_length=200, unique=True, null=True, blank=True)

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

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The one rule of who sees what: readers the public articles, editors and those above
        them all."""
        return self.all() if role_of(user).includes(Role.EDITOR) else self.public()

    def newest_first(self) -> Self:
        return self.order_by("-sort_date", "-pk")

    def in_reading_order(self) -> Self:
        """Oldest first; articles without a date stand before all others."""
        return self.order_by("sort_date", "pk")

    def for_list(self) -> Self:
        """What a line of a list shows, in one query."""
        return self.select_related("publisher").defer("current_version")


class Article(models.Model):
    """One published source text and what is known of its origin."""

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
        _("language"), max_length=35, default="und", help_text=_("BCP 47, such as “en”.")
    )
    published = models.CharField(
        _("published"),
        max_length=60,
        blank=True,
        help_text=_("EDTF: 2011-12-19, 2011-12, 2011-12~; empty: unknown."),
    )
    sort_date = models.DateField(
        default=NO_DATE, editable=False, help_text="Earliest day of `published`, derived."
    )
    original_address = models.URLField(_("original address"), max_length=1000, blank=True)
    address_key = models.CharField(
        max_length=1000, unique=True, editable=False, null=True, blank=True
    )
    topics = models.ManyToManyField(Topic, related_name="articles", blank=True)
    coverage = models.CharField(
        _("coverage"), max_length=300, blank=True, help_text=_("The region it is about.")
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
        indexes = [models.Index(fields=["sort_date", "id"], name="article_in_date_order")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_date = dates.earliest_day(self.published) or self.NO_DATE
        if not self.slug:
            self.slug = free_slug(Article, self.title)
        if self._state.adding or kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            receive_correction(self)

    def get_absolute_url(self) -> str:
        return reverse("archive:article-detail", args=[self.slug])

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, for the HTML attribute `dir`."""
        return direction_of(self.language)

    @property
    def language_name(self) -> str:
        return name_of(self.language)

    @property
    def published_in_words(self) -> str:
        """The date as a reader would write it; empty where it is not known."""
        return dates.in_words(self.published)

    @property
    def authors_as_cited(self) -> str:
        """The byline with family names first, which shows how each name is understood."""
        return "; ".join(inverted(name) for name in parse_names(self.byline))

    @property
    def reference(self) -> Reference:
        """What a citation needs of the article, with the day on which its current text was
        captured."""
        capture = self.current_version.capture if self.current_version else None
        return replace(
            self.reference_in_lists, accessed=capture.received_at.date() if capture else None
        )

    @property
    def reference_in_lists(self) -> Reference:
        """The same without that day: no query for an article of `for_list`."""
        return Reference(
            title=self.title,
            title_transliterated=self.title_transliterated,
            title_translated=self.title_translated,
            authors=parse_names(self.byline),
            credit=self.credit,
            publisher=self.publisher.name if self.publisher else "",
            published=self.published,
            address=self.original_address,
            language=self.language,
        )

    @cached_property
    def text(self) -> "TextVersion":
        """The current version; every article that came in whole has one."""
        if self.current_version is None:
            raise TextVersion.DoesNotExist(f"Article {self.pk} has no text version.")
        self.current_version.article = self  # else its address would ask for the article again
        return self.current_version

    def set_authors(self, names: list[str]) -> None:
        """Make `names` the authors, in that order."""
        Byline.objects.filter(article=self).delete()
        for position, name in enumerate(dict.fromkeys(names)):
            author, _created = Author.objects.get_or_create(name=name)
            Byline.objects.create(article=self, author=author, position=position)
        self.byline = "; ".join(dict.fromkeys(names))
        self.save(update_fields=["byline"])

    def set_topics(self, names: list[str]) -> None:
        self.topics.set(
            [Topic.objects.get_or_create(name=name)[0] for name in dict.fromkeys(names)]
        )

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
        last = self.versions.aggregate(last=models.Max("number"))["last"] or 0
        version = TextVersion.objects.create(
            article=self,
            number=last + 1,
            html=text.html,
            text=text.text,
            sha256=sha256_of(text.text.encode()),
            capture=capture,
            previous=previous,
            made_by=by,
            note=note,
        )
        self.current_version = version
        self.__dict__.pop("text", None)
        self.save(update_fields=["current_version"])
        return version


class Byline(models.Model):
    """One author of one article, in the order of the byline (from 0)."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
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


class WriteOnce(models.Model):
    """A record that is written once: saving it again is refused."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(
                f"A {type(self)._meta.verbose_name} is never changed once it is made."
            )
        super().save(*args, **kwargs)


class CaptureQuerySet(models.QuerySet["Capture"]):
    def without_content(self) -> Self:
        return self.defer("content")


class Capture(WriteOnce):
    """The bytes as they came in, kept in the database so that no article can be without its
    source."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="captures")
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField(help_text="Bytes.")
    filename = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    encoding = models.CharField(max_length=40)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True
    )
    content = (
        models.BinaryField()
    )  # the last column: SQLite reads a row from its start, past what is before

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("capture")

    def __str__(self) -> str:
        return f"{self.filename} ({self.sha256[:12]})"

    def is_intact(self) -> bool:
        """Say whether the bytes kept are still those that the SHA-256 names."""
        return sha256_of(bytes(self.content)) == self.sha256


class TextVersionQuerySet(models.QuerySet["TextVersion"]):
    def as_text(self) -> Self:
        """With the texts but not the HTML, and with what is known of the capture but not its
        bytes."""
        return self.select_related("capture").defer("html", "capture__content")

    def for_reading(self) -> Self:
        """The same, with all that a citation needs of the article."""
        versions = self.as_text().select_related(
            "article__publisher", "article__current_version__capture"
        )
        return versions.defer(
            *(
                "html",
                "capture__content",
                "article__current_version__html",
                "article__current_version__text",
            ),
            "article__current_version__capture__content",
        )


class TextVersion(WriteOnce):
    """The readable text made from a capture or from an earlier version (see
    `archive.text.canonical`)."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    html = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Of `text` in UTF-8.")
    capture = models.ForeignKey(
        Capture, models.PROTECT, related_name="versions", null=True, blank=True
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("text version")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="version_numbers_are_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.number}"

    def get_text_url(self) -> str:
        """The address of exactly this text: what a selector's offsets point into."""
        return reverse("archive:version-text", args=[self.article.slug, self.number])

    def is_intact(self) -> bool:
        return sha256_of(self.text.encode()) == self.sha256


class Event(models.Model):
    """Something that was done to an article, in the words of PREMIS's event types."""

    class Kind(models.TextChoices):
        INGESTION = "ingestion", _("ingestion")
        IDENTIFICATION = "format identification", _("format identification")
        EXTRACTION = "metadata extraction", _("metadata extraction")
        NORMALIZATION = "normalization", _("normalization")
        MODIFICATION = "metadata modification", _("metadata modification")
        VERSION = "modification", _("modification")
        VALIDATION = "validation", _("validation")
        FIXITY = "fixity check", _("fixity check")

    article = models.ForeignKey(Article, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)
    detail = models.TextField(help_text="One sentence.")
    data = models.JSONField(default=dict, blank=True)
    succeeded = models.BooleanField(default=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.detail}"


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of `content` as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
