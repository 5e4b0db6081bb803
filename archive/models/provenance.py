"""The record after an article: the bytes it came in as, the texts made from them, and events."""

import hashlib
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.compression import DamagedStream, decompress
from archive.models.users import User


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
        return self.defer("compressed")


class Capture(WriteOnce):
    """The bytes as they came in, kept in the database so that no article can be without its
    source."""

    article = models.ForeignKey(
        "archive.Article", models.CASCADE, related_name="captures"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField(help_text="Bytes.")
    filename = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    encoding = models.CharField(max_length=40)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True
    )
    # The last column: SQLite reads a row from its start, so a large value slows all after it.
    compressed = models.BinaryField(help_text="`content` as a zlib stream.")

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("capture")

    def __str__(self) -> str:
        return f"{self.filename} ({self.sha256[:12]})"

    @property
    def content(self) -> bytes:
        """The bytes as they came in. Raises DamagedStream where they cannot be read."""
        return decompress(bytes(self.compressed), self.size)

    def is_intact(self) -> bool:
        """Say whether the bytes kept are still those that the SHA-256 names."""
        try:
            return sha256_of(self.content) == self.sha256
        except DamagedStream:
            return False


class TextVersionQuerySet(models.QuerySet["TextVersion"]):
    def as_text(self) -> Self:
        """With the texts but not the HTML, and with what is known of the capture but not its
        bytes."""
        return self.select_related("capture").defer("html", "capture__compressed")

    def for_reading(self) -> Self:
        """The same as `as_text`, with all that a citation needs of the article."""
        versions = self.as_text().select_related(
            "article__publisher", "article__current_version__capture"
        )
        return versions.defer(
            "html",
            "capture__compressed",
            "article__current_version__html",
            "article__current_version__text",
            "article__current_version__capture__compressed",
        )


class TextVersion(WriteOnce):
    """The readable text made from a capture or from an earlier version (see
    `archive.text.canonical`)."""

    # The index of a constraint begins with it.
    article = models.ForeignKey(
        "archive.Article", models.CASCADE, related_name="versions", db_index=False
    )
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
    made_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True
    )
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

    article = models.ForeignKey(
        "archive.Article", models.CASCADE, related_name="events"
    )
    kind = models.CharField(max_length=30, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True
    )
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
