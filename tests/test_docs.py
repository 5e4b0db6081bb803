"""The documents say what is there: variables, commands, addresses, packages, rules, files.

A test here fails when the program has something that no document names, and when a document
names something that the program has not.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver

from annotations.export.formats import FORMATS
from archive.roles import Role
from tests.support.inventory import named_patterns, own_commands, variables_read

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "docs"
README, DEPLOY, ADDRESSES, ARCHITECTURE, GLOSSARY = (
    ROOT / "README.md",
    DOCS / "deploy.md",
    DOCS / "guide" / "addresses.md",
    DOCS / "architecture.md",
    DOCS / "glossary.md",
)
RECORDS = DOCS / "adr"
# Words of the README: more belong into the guide.
MOST_WORDS = 900
OF_GITHUB = [*(ROOT / ".github").rglob("*.md")]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *OF_GITHUB])
# Decision records are history: the files that they name may have moved since.
OF_TODAY = [
    path for path in DOCUMENTS if path.parent != RECORDS or path.name == "README.md"
]
MANAGE = re.compile(r"manage\.py ([a-z_]+(?: [\w./:=-]+)*)")
TOP_FOLDERS = "annotations|archive|benchmarks|config|docs|static|templates|tests"
PATH = re.compile(rf"`((?:{TOP_FOLDERS})/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)")


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def prose_of(document: Path) -> str:
    """Return a document without its fenced code."""
    return re.sub(
        r"^```.*?^```$", "", text_of(document), flags=re.DOTALL | re.MULTILINE
    )


def code_in(document: Path) -> Iterator[str]:
    """Yield each line of the fenced code of `document`, split ones joined, and each piece of
    code in its prose."""
    blocks = re.findall(
        r"^```\w*\n(.*?)^```$", text_of(document), re.DOTALL | re.MULTILINE
    )
    for block in blocks:
        yield from re.sub(r"\\\n\s*", "", block).splitlines()
    yield from re.findall(r"`([^`\n]+)`", prose_of(document))


def commands_in(document: Path) -> Iterator[list[str]]:
    """Yield the words after each `manage.py`, up to where a shell would see the end of the
    command."""
    for line in code_in(document):
        for words in MANAGE.findall(line):
            yield words.split()


def rows_of(document: Path, section: str = "") -> Iterator[list[str]]:
    """Yield the cells of each row of the tables of a document, or of one of its sections."""
    text = text_of(document)
    if section:
        text = text.split(f"\n## {section}\n")[1].split("\n## ")[0]
    for line in text.splitlines():
        if line.startswith("| ") and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def anchors_of(document: Path) -> set[str]:
    """Return the anchors of the headings of a document, as GitHub makes them."""
    anchors = set()
    for heading in re.findall(r"^#+ (.+)$", prose_of(document), re.MULTILINE):
        words = re.sub(r"[^\w\s-]", "", heading.lower())
        anchors.add(re.sub(r"\s", "-", words))
    return anchors


# What the program has is documented


def test_variables_are_all_in_the_table() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", text_of(DEPLOY), re.MULTILINE)
    assert sorted(rows) == sorted(variables_read())


def test_compose_hands_on_only_variables_that_the_settings_read() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    for service in compose["services"].values():
        assert set(service["environment"]) <= variables_read()


def test_own_commands_are_in_the_guide() -> None:
    table = {row[0].strip("`") for row in rows_of(DOCS / "guide" / "administration.md")}
    assert {name for name in own_commands() if name not in table} == set()


def test_addresses_are_all_in_the_table_with_who_may_open_them() -> None:
    addresses = set()
    for name, pattern, view in named_patterns(get_resolver().url_patterns):
        role = view.open_to if view else Role.ADMIN
        addresses.add((re.sub(r"<\w+:(\w+)>", r"<\1>", pattern), name, str(role)))
    listed = {
        (row[0].strip("`"), row[1], row[3])
        for row in rows_of(ADDRESSES)
        if row[0] != "address"
    }
    assert listed == addresses


def test_export_formats_are_all_in_the_guide() -> None:
    named = set(re.findall(r"`([\w-]+)`", text_of(DOCS / "guide" / "citing.md")))
    assert {name for name in FORMATS if name not in named} == set()


def test_packages_are_all_in_the_architecture() -> None:
    packages = {
        f"{module.parent.relative_to(ROOT)}/"
        for app in ("archive", "annotations")
        for module in (ROOT / app).rglob("*.py")
    }
    # A package of commands is a folder in a folder with nothing else in it.
    packages -= {"archive/management/", "annotations/management/"}
    named = set(PATH.findall(text_of(ARCHITECTURE)))
    assert {package for package in packages if package not in named} == set()


def test_decision_records_are_all_in_the_index() -> None:
    links = {
        link
        for link in LINK.findall(text_of(RECORDS / "README.md"))
        if link[0].isdigit()
    }
    assert links == {path.name for path in RECORDS.glob("[0-9]*.md")}


# What is documented is there


@pytest.mark.parametrize("document", OF_TODAY, ids=name_of)
def test_commands_take_what_they_are_given(document: Path) -> None:
    for name, *words in commands_in(document):
        command = load_command_class(get_commands()[name], name)
        parser = command.create_parser("manage.py", name)
        if words and "--help" not in words:
            parser.parse_args(words)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_make_targets_exist(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {
        target
        for line in code_in(document)
        for target in re.findall(r"^make ([a-z][a-z-]*)", line)
    }
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_to_files_and_headings(document: Path) -> None:
    broken = []
    for link in LINK.findall(prose_of(document)):
        if link.startswith(("http:", "https:")):
            continue
        path, _sign, anchor = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", OF_TODAY, ids=name_of)
def test_files_that_are_named_exist(document: Path) -> None:
    paths = set(PATH.findall(prose_of(document)))
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_rules_are_where_the_architecture_says() -> None:
    lost = []
    for _rule, files, names in rows_of(ARCHITECTURE, "Where it is decided"):
        for file in PATH.findall(files):
            source = (ROOT / file).read_text(encoding="utf-8")
            for name in re.findall(r"`(\w+)`", names):
                is_defined = rf"^\s*(?:def|class) {name}\b|^(?:\w+, )*{name}\b[^=\n]*="
                if not re.search(is_defined, source, re.MULTILINE):
                    lost.append(f"{name} is not in {file}")
    assert lost == []


def test_the_glossary_names_classes_that_exist() -> None:
    source = "\n".join(
        module.read_text(encoding="utf-8")
        for app in ("archive", "annotations")
        for module in (ROOT / app).rglob("*.py")
    )
    named = set(re.findall(r"`([A-Z]\w+)`", text_of(GLOSSARY)))
    assert {
        name for name in named if not re.search(rf"^class {name}\b", source, re.M)
    } == set()


def test_the_readme_is_short() -> None:
    assert len(text_of(README).split()) <= MOST_WORDS
