"""manage.py verify_archive"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from annotations.models import Annotation
from archive.models import Capture, TextVersion
from archive.text.canonical import canonicalise, paragraph_of


class Command(BaseCommand):
    help = "Check every capture, text version and annotation against its hash and its words."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "Example:\n  manage.py verify_archive"

    def handle(self, *args: Any, **options: Any) -> None:
        checked = faults = 0
        for checks in (captures(), versions(), annotations()):
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
