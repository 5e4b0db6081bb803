"""manage.py import_articles PATH…"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from archive.ingest.pipeline import IntakeOutcome, Refused, take_in
from archive.progress import progress


class Command(BaseCommand):
    help = "Import articles from files and folders of text or Markdown reports."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "Example:\n  manage.py import_articles reports/ one-more.md"
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="a file, or a folder with all below it",
        )

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        fates = dict.fromkeys(IntakeOutcome, 0)
        refused = 0
        files = [file for path in paths for file in _files_in(path)]
        for file in progress(files, self.stderr):
            try:
                intake = take_in(file.read_bytes(), file.name)
            except OSError as error:
                reason = _("It could not be read: %(error)s.") % {
                    "error": error.strerror or error
                }
            except Refused as error:
                reason = str(error)
            else:
                fates[intake.fate] += 1
                if intake.fate is IntakeOutcome.UPDATED or options["verbosity"] > 1:
                    notes = "; ".join([f"{intake.fate.value}: {intake.article}", *intake.notes])
                    self.stdout.write(f"{file}: {notes}.")
                continue
            refused += 1
            self.stderr.write(
                self.style.ERROR(
                    _("Refused %(file)s: %(reason)s") % {"file": file, "reason": reason}
                )
            )
        counts = [
            (fates[IntakeOutcome.IMPORTED], _("imported")),
            (fates[IntakeOutcome.UPDATED], _("updated with a new version")),
            (fates[IntakeOutcome.KNOWN], _("already here")),
            (refused, _("refused")),
        ]
        told = ", ".join(f"{count} {what}" for count, what in counts if count)
        self.stdout.write(f"{told or _('There was nothing to import')}.")
        if refused or not files:
            sys.exit(1)


def _files_in(path: Path) -> Iterator[Path]:
    """Yield the file, or all files below the folder in order of name; hidden ones only if named
    themselves."""
    try:
        below = sorted(path.iterdir()) if path.is_dir() else None
    except OSError:
        below = None  # whoever opens it will be told why it cannot be opened
    if below is None:
        yield path
        return
    for found in below:
        if not found.name.startswith("."):
            yield from _files_in(found)
