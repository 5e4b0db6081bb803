"""manage.py check_quotes FILE…"""

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from annotations.core.manuscripts import READERS, UnreadableManuscript, read_manuscript
from annotations.quote_check.checker import check
from annotations.quote_check.formats import REPORT_FORMATS
from annotations.quote_check.report import CheckReport
from archive.models import User, Viewer
from archive.roles import Role

_WRONG, _UNREADABLE = 1, 2


class Command(BaseCommand):
    help = (
        "Check the quotations and figures of a manuscript against the archive. Nothing of it is stored. "
        "The exit code is 0 where all is well, 1 where something is altered, absent or superseded, "
        "2 where a file cannot be read."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = (
            "Example:\n"
            "  manage.py check_quotes article.docx\n"
            "  manage.py check_quotes --format json chapter-*.md"
        )
        kinds = ", ".join(filter(None, READERS))
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="FILE", help=f"a manuscript: {kinds}"
        )
        parser.add_argument(
            "--format", choices=REPORT_FORMATS, default="text", dest="asked"
        )
        parser.add_argument(
            "--withheld",
            action="store_true",
            help="also against articles withheld from readers",
        )

    def handle(
        self, *args: Any, files: list[Path], asked: str, withheld: bool, **options: Any
    ) -> None:
        user = User(role=Role.EDITOR) if withheld else AnonymousUser()
        worst = 0
        for file in files:
            try:
                report = self._checked(file, user)
            except UnreadableManuscript as reason:
                worst = _UNREADABLE
                message = _("%(file)s could not be read: %(reason)s") % {
                    "file": file,
                    "reason": reason,
                }
                self.stderr.write(self.style.ERROR(message))
                continue
            with suppress(BrokenPipeError):  # whoever reads has seen enough
                for piece in REPORT_FORMATS[asked].encoded(
                    report, file.name, settings.SITE_URL
                ):
                    self.stdout.write(piece.decode(), ending="")
            worst = max(worst, 0 if report.is_clean else _WRONG)
        if worst:
            sys.exit(worst)

    def _checked(self, file: Path, user: Viewer) -> CheckReport:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise UnreadableManuscript(error.strerror or str(error)) from error
        return check(read_manuscript(content, file.name), user)
