"""manage.py verify_archive"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from annotations.models import Annotation, TagCount
from archive.batches import batched
from archive.models import Article, Capture, TextVersion, raise_everything
from archive.text.canonical import canonicalise, paragraph_of


class Command(BaseCommand):
    help = (
        "Check every capture, text version and annotation against its hash and its words, "
        "and what is counted of them."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "Example:\n  manage.py verify_archive"
        parser.add_argument(
            "--recount",
            action="store_true",
            help="first count anew what lists say is tagged in each article",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["recount"]:
            recount_tags()
        checked = faults = 0
        for checks in (captures(), versions(), annotations(), tag_counts()):
            for fault in checks:
                checked += 1
                if fault:
                    faults += 1
                    self.stderr.write(self.style.ERROR(fault))
        self.stdout.write(
            _("%(checked)d checked, %(faults)d faults.")
            % {"checked": checked, "faults": faults}
        )
        if faults:
            sys.exit(1)


def captures() -> Iterator[str]:
    """Yield for each capture what is wrong with it, or nothing: its bytes must have its
    SHA-256."""
    for capture in Capture.objects.iterator(chunk_size=50):
        yield (
            ""
            if capture.is_intact()
            else _("Capture %(capture)s: its bytes have changed.")
            % {"capture": capture}
        )


def versions() -> Iterator[str]:
    """A text must have its SHA-256 and be the textContent of its HTML."""
    for version in TextVersion.objects.select_related("article").iterator(
        chunk_size=100
    ):
        if not version.is_intact():
            yield _("Text version %(version)s: its text has changed.") % {
                "version": version
            }
        elif canonicalise(version.html).text != version.text:
            yield _(
                "Text version %(version)s: its HTML says something else than its text."
            ) % {"version": version}
        else:
            yield ""


def annotations() -> Iterator[str]:
    """A passage must stand at its offsets, in its paragraph, under its article's date."""
    marks = Annotation.objects.select_related("version", "article").order_by(
        "version_id"
    )
    for mark in marks.defer("version__html").iterator(chunk_size=500):
        text = mark.version.text
        found = (
            text[mark.start : mark.end] == mark.exact
            and paragraph_of(text, mark.start) == mark.paragraph
            and mark.article_id == mark.version.article_id
        )
        if not found:
            message = _("Annotation %(id)s: “%(words)s” does not stand at its place.")
            yield message % {"id": mark.pk, "words": mark.exact[:60]}
        elif mark.sort_date != mark.article.sort_date:
            yield _("Annotation %(id)s: its article has another date.") % {
                "id": mark.pk
            }
        else:
            yield ""


def recount_tags() -> None:
    articles = Article.objects.order_by("pk").values_list("pk", flat=True)
    with transaction.atomic():
        TagCount.objects.recount(articles)
        raise_everything()


def tag_counts() -> Iterator[str]:
    """What lists say is tagged in an article must be what is tagged in it."""
    columns = ("article", "kind", "entity")
    for articles in batched(Article.objects.order_by("pk").iterator()):
        shown = Annotation.objects.shown().current().filter(article__in=articles)
        counted = shown.order_by().values_list(*columns).annotate(Count("pk"))
        kept = TagCount.objects.filter(article__in=articles)
        # As Counters, so that a row which is there twice is a fault too.
        differing = Counter(counted)
        differing.subtract(Counter(kept.values_list(*columns, "number")))
        wrong = {row[0] for row, times in differing.items() if times}
        for article in articles:
            if article.pk in wrong:
                yield _(
                    "Article %(article)s: its tags are not counted right. "
                    "--recount counts them anew."
                ) % {"article": article}
            else:
                yield ""
