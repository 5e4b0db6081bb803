"""manage.py import_articles PATH…"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from archive.ingest.pipeline import (
    IntakeOutcome,
    IntakeResult,
    Refused,
    take_in_files,
)
from archive.progress import progress


class Command(BaseCommand):
    help = "Import articles from files and folders of text or Markdown reports."
    # They would load every page of the site, a third of the time that it takes to begin.
    requires_system_checks = ()

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
        parser.add_argument(
            "--jobs",
            type=_number_of_jobs,
            default=_processors(),
            metavar="N",
            help="processes that read files (as many as there are processors)",
        )

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        outcomes: Counter[IntakeOutcome] = Counter()
        refused = 0
        files = list(chain.from_iterable(map(_files_in, paths)))
        taken = take_in_files(files, options["jobs"])
        for file, intake in zip(progress(files, self.stderr), taken, strict=True):
            if not isinstance(intake, IntakeResult):
                refused += 1
                self._report_refusal(file, intake)
                continue
            outcomes[intake.outcome] += 1
            if intake.outcome is IntakeOutcome.UPDATED or options["verbosity"] > 1:
                outcome = f"{intake.outcome.value}: {intake.article}"
                notes = "; ".join([outcome, *intake.notes])
                self.stdout.write(f"{file}: {notes}.")
        counts = [
            (outcomes[IntakeOutcome.IMPORTED], _("imported")),
            (outcomes[IntakeOutcome.UPDATED], _("updated with a new version")),
            (outcomes[IntakeOutcome.KNOWN], _("already here")),
            (refused, _("refused")),
        ]
        summary = ", ".join(f"{count} {label}" for count, label in counts if count)
        self.stdout.write(f"{summary or _('There was nothing to import')}.")
        if refused or not files:
            sys.exit(1)

    def _report_refusal(self, file: Path, error: OSError | Refused) -> None:
        reason = str(error)
        if isinstance(error, OSError):
            reason = _("It could not be read: %(error)s.") % {
                "error": error.strerror or error
            }
        message = _("Refused %(file)s: %(reason)s") % {"file": file, "reason": reason}
        self.stderr.write(self.style.ERROR(message))


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _number_of_jobs(words: str) -> int:
    jobs = int(words)
    if jobs < 1:
        raise argparse.ArgumentTypeError(_("It takes one process at least."))
    return jobs


def _files_in(path: Path) -> Iterator[Path]:
    """Yield the file, or all files below the folder in order of name; hidden ones only if named
    themselves."""
    try:
        children = sorted(path.iterdir()) if path.is_dir() else None
    except OSError:
        children = (
            None  # the error comes again when the file is read, and is reported there
        )
    if children is None:
        yield path
        return
    for child in children:
        if not child.name.startswith("."):
            yield from _files_in(child)
