"""The documents say what is there: variables, commands, targets, files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
README, DEPLOY = ROOT / "README.md", ROOT / "docs" / "deploy.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MANAGE = re.compile(r"manage\.py ([a-z_]+(?: [\w./:-]+)*)")


def variables_read() -> set[str]:
    """The names of all environment variables that the settings read."""
    source = ast.parse((ROOT / "config" / "settings.py").read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(source) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def code_in(document: Path) -> Iterator[str]:
    """Yield each line of the fenced code of `document`, split ones joined, and each piece of
    code in its prose."""
    text = document.read_text(encoding="utf-8")
    for block in re.findall(r"^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        yield from re.sub(r"\\\n\s*", "", block).splitlines()
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", prose)


def commands_in(document: Path) -> Iterator[list[str]]:
    """Yield the words behind each `manage.py`, up to where a shell would see the end of the
    command."""
    for line in code_in(document):
        for words in MANAGE.findall(line):
            yield words.split()


def test_variables_are_all_in_the_table() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", DEPLOY.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(variables_read())


@pytest.mark.parametrize("document", [README, DEPLOY], ids=lambda document: document.name)
def test_commands_take_what_they_are_given(document: Path) -> None:
    commands = list(commands_in(document))
    assert commands
    for name, *words in commands:
        command = load_command_class(get_commands()[name], name)
        if "--help" not in words:
            command.create_parser("manage.py", name).parse_args(words)


def test_own_commands_are_in_the_readme() -> None:
    own = {name for name, app in get_commands().items() if app in ("archive", "annotations")}
    text = README.read_text(encoding="utf-8")
    assert {name for name in own if name not in text} == {"load_demo"}  # which `make run` calls


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_make_targets_exist(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {
        target
        for line in code_in(document)
        for target in re.findall(r"^make ([a-z][a-z-]*)", line)
    }
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_to_files(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    inside = [link for link in links if not link.startswith(("http:", "https:"))]
    assert [link for link in inside if not (document.parent / link).exists()] == []


def test_files_named_in_the_readme_exist() -> None:
    paths = re.findall(r"`([a-z]+/[a-z_/]+(?:\.py)?)`", README.read_text(encoding="utf-8"))
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
