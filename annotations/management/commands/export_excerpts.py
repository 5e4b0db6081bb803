"""manage.py export_excerpts --format FORMAT"""

import argparse
import itertools
import sys
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from annotations.export.excerpts import excerpts_of
from annotations.export.formats import FORMATS
from annotations.filters import ExcerptFilter, narrowed
from archive.models import User
from archive.roles import Role


class Command(BaseCommand):
    help = "Export tagged excerpts of public articles, ready to cite."
    # They import every page, which would take a third of a usual export.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = (
            "Example:\n  manage.py export_excerpts --format csv --person kalmukhambet-kasymov --output kasymov.csv\n\n"
            f"Formats:\n{_formats()}"
        )
        parser.add_argument(
            "--format",
            required=True,
            choices=FORMATS,
            dest="asked",
            help="one of those below",
        )
        parser.add_argument(
            "--output", type=Path, help="a file; without it, the standard output"
        )
        parser.add_argument(
            "--withheld",
            action="store_true",
            help="for editors: also from articles withheld from readers, and by whom each was tagged",
        )
        for name, each in ExcerptFilter.base_filters.items():
            parser.add_argument(
                f"--{name}", default="", help=f"only this: {each.label}"
            )

    def handle(
        self,
        *args: Any,
        asked: str,
        output: Path | None,
        withheld: bool,
        **options: Any,
    ) -> None:
        query = {
            name: options[name] for name in ExcerptFilter.base_filters if options[name]
        }
        viewer = User(role=Role.EDITOR) if withheld else AnonymousUser()
        excerpts = narrowed(query, viewer)
        if not excerpts.is_valid():
            raise CommandError(
                "; ".join(
                    f"--{name}: {' '.join(messages)}"
                    for name, messages in excerpts.errors.items()
                )
            )
        found = excerpts_of(excerpts.qs, settings.SITE_URL, for_editors=withheld)
        numbers = itertools.count()
        # The excerpts come first: where they end, no number is taken.
        numbered = zip(found, numbers, strict=False)
        pieces = FORMATS[asked].encoded(excerpt for excerpt, _number in numbered)
        if output is None:
            with suppress(BrokenPipeError):  # whoever reads has seen enough
                sys.stdout.buffer.writelines(pieces)
                sys.stdout.flush()
            return
        try:
            with output.open("wb") as file:
                file.writelines(pieces)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        count = next(numbers)
        message = ngettext(
            "%(count)d excerpt in %(file)s.", "%(count)d excerpts in %(file)s.", count
        )
        self.stdout.write(message % {"count": count, "file": output})


def _formats() -> str:
    """The formats with what each is for, as the page groups them."""
    lines = []
    for purpose, formats in groupby(FORMATS.items(), lambda item: item[1].purpose):
        lines += [
            f"  {purpose.label}",
            *(f"    {name:12} {each.use}" for name, each in formats),
        ]
    return "\n".join(lines)
