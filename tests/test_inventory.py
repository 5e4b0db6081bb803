"""Nothing that people rely on goes away unnoticed.

`tests/inventory.txt` lists the addresses, commands, formats, citation styles, filters, acts of
the journal, roles and environment variables of the program. This test compares the two. After a
change that is meant, write the list anew and read the difference before you commit it:

    python -m tests.test_inventory > tests/inventory.txt
"""

import argparse
import difflib
import os
from collections.abc import Iterable, Iterator

from tests.support.inventory import ROOT, named_patterns, own_commands, variables_read

LIST = ROOT / "tests" / "inventory.txt"


def inventory() -> list[str]:
    """Return one line for each thing that people rely on, sorted."""
    lines = {
        *_addresses(),
        *_commands(),
        *_formats(),
        *_choices(),
        *(f"variable {name}" for name in variables_read()),
    }
    return sorted(lines)


def _addresses() -> Iterator[str]:
    from django.urls import get_resolver

    for name, pattern, _view in named_patterns(get_resolver().url_patterns):
        yield f"address {name} {pattern}"


def _commands() -> Iterator[str]:
    from django.core.management import BaseCommand, get_commands, load_command_class

    common = {action.dest for action in BaseCommand().create_parser("", "")._actions}
    for name in own_commands():
        parser = load_command_class(get_commands()[name], name).create_parser("", name)
        yield f"command {name}"
        for action in parser._actions:
            if action.dest not in common:
                yield f"command {name} {_option(action)}"


def _option(action: argparse.Action) -> str:
    """Return an option as one would type it, with its choices."""
    shown = " ".join(action.option_strings) or f"{action.metavar} ({action.nargs})"
    if action.choices:
        shown += " {" + ",".join(sorted(map(str, action.choices))) + "}"
    return shown


def _formats() -> Iterator[str]:
    from annotations.core.manuscripts import READERS
    from annotations.export.formats import FORMATS
    from annotations.export.ledgers import LEDGER_FORMATS
    from annotations.quote_check.formats import REPORT_FORMATS
    from archive.citations.citation import STYLES
    from archive.citations.formats import REFERENCE_FORMATS
    from archive.ingest.importers import IMPORTERS

    groups: dict[str, Iterable[str]] = {
        "citation style": STYLES,
        "export format": FORMATS,
        "imported ending": (ending or "(none)" for ending in IMPORTERS),
        "ledger format": LEDGER_FORMATS,
        "manuscript ending": (ending or "(none)" for ending in READERS),
        "reference format": REFERENCE_FORMATS,
        "report format": REPORT_FORMATS,
    }
    for group, names in groups.items():
        for name in names:
            yield f"{group} {name}"


def _choices() -> Iterator[str]:
    """Yield what lists are narrowed by, what the journal records, and the roles."""
    from annotations.filters import AllegationFilter, ExcerptFilter, TaggedArticleFilter
    from annotations.models import Act
    from archive.roles import Role

    groups: dict[str, Iterable[str]] = {
        "act in the journal": Act.Kind.values,
        "filter of allegations": AllegationFilter.base_filters,
        "filter of articles": TaggedArticleFilter.base_filters,
        "filter of excerpts": ExcerptFilter.base_filters,
        "role": Role.values,
    }
    for group, names in groups.items():
        for name in names:
            yield f"{group} {name}"


def test_the_inventory_is_that_of_the_program() -> None:
    listed = LIST.read_text(encoding="utf-8").splitlines()

    difference = difflib.unified_diff(
        listed, inventory(), "listed", "found", lineterm="", n=0
    )

    assert not list(difference), (
        "The program offers other things than tests/inventory.txt lists. If that is meant, run "
        "`python -m tests.test_inventory > tests/inventory.txt` and commit the file."
    )


if __name__ == "__main__":
    import sys

    import django

    import tests.support.environment  # noqa: F401 - the settings that tests have

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.stdout.write("\n".join(inventory()) + "\n")
