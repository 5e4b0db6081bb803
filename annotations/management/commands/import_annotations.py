"""manage.py import_annotations FILE…"""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.core.w3c import UnreadableAnnotation
from annotations.models import Kind
from annotations.w3c_import.documents import ImportOptions, read_file
from annotations.w3c_import.importer import (
    ImportOutcome,
    ImportReport,
    import_annotations,
)
from archive.models import Article
from archive.progress import progress

_FATES = {
    ImportOutcome.EXACT: gettext_lazy("exact"),
    ImportOutcome.BY_QUOTE: gettext_lazy("by quote"),
    ImportOutcome.HERE: gettext_lazy("already here"),
    ImportOutcome.NOT_FOUND: gettext_lazy("not found"),
    ImportOutcome.LEFT_OUT: gettext_lazy("left out"),
}


class Command(BaseCommand):
    help = "Import annotations of articles that are here: our own JSON-LD, and what Recogito and Hypothesis export."
    # They would load every page of the site, a third of the time that it takes to begin.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = (
            "Example:\n"
            "  manage.py import_annotations testimonia-excerpts.jsonld --create\n"
            "  manage.py import_annotations hypothesis.json --kind-of witness=person --kind-of town=place --dry-run"
        )
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="a JSON file of Web Annotations",
        )
        parser.add_argument(
            "--kind-of",
            action="append",
            default=[],
            type=_kind_of,
            metavar="TAG=KIND",
            help=f"what another program's tag means: {', '.join(Kind.values)}; those words need not be given",
        )
        parser.add_argument(
            "--create",
            action="store_true",
            help="make people, places and measures not known here",
        )
        parser.add_argument(
            "--article",
            default="",
            metavar="SLUG",
            help="all are of this article, whatever they name",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only tell what would happen"
        )

    def handle(
        self, *args: Any, files: list[Path], dry_run: bool, **options: Any
    ) -> None:
        article = (
            Article.objects.filter(slug=options["article"]).first()
            if options["article"]
            else None
        )
        if options["article"] and article is None:
            raise CommandError(
                _("There is no article “%(slug)s”.") % {"slug": options["article"]}
            )
        choices = ImportOptions(
            dict(options["kind_of"]),
            create=options["create"],
            article=article,
            dry_run=dry_run,
        )
        outcomes = [self._import(file, choices) for file in files]
        if dry_run:
            self.stdout.write(_("Nothing was changed."))
        if not all(outcomes):
            sys.exit(1)

    def _import(self, file: Path, choices: ImportOptions) -> bool:
        """Import one file, tell what became of it, and say whether everything went in."""
        try:
            incoming = read_file(file, choices.kinds)
        except OSError as error:
            return self._refuse(
                file,
                _("It could not be read: %(error)s.")
                % {"error": error.strerror or error},
            )
        except UnreadableAnnotation as reason:
            return self._refuse(file, str(reason))
        report = import_annotations(
            incoming,
            file.name,
            choices,
            lambda batches: progress(batches, self.stderr),
        )
        self._tell(file, report)
        return not report.refused

    def _tell(self, file: Path, report: ImportReport) -> None:
        for refusal in report.refused:
            what = _("annotation %(number)d") % {"number": refusal.number}
            if refusal.address:
                what = f"{what} ({refusal.address})"
            self._refuse(file, f"{what}: {refusal.why}")
        counts = []
        for fate, words in _FATES.items():
            if report.counts[fate]:
                counts.append(f"{report.counts[fate]} {words}")
        self.stdout.write(f"{file}: {', '.join(counts) or _('no annotations')}.")
        if report.comments:
            message = _(
                "%(count)d came with a comment, for which there is no place here: it stays in the file."
            )
            self.stdout.write(message % {"count": report.comments})

    def _refuse(self, file: Path, why: str) -> bool:
        message = _("Refused %(file)s: %(reason)s") % {"file": file, "reason": why}
        self.stderr.write(self.style.ERROR(message))
        return False


def _kind_of(typed: str) -> tuple[str, Kind]:
    tag, _equals, kind = typed.rpartition("=")
    if not tag or kind not in Kind.values:
        message = _("“%(typed)s” is not TAG=KIND, with a kind of %(kinds)s")
        raise argparse.ArgumentTypeError(
            message % {"typed": typed, "kinds": ", ".join(Kind.values)}
        )
    return tag.casefold(), Kind(kind)
