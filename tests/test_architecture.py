"""What import-linter cannot see: names in strings, Django's ORM in pure modules, examples."""

import ast
import doctest
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ARCHIVE = sorted((ROOT / "archive").rglob("*.py"))
ANNOTATIONS = sorted((ROOT / "annotations").rglob("*.py"))

PURE_ROOMS = [
    "annotations/core",
    "archive/citations",
    "archive/ingest/importers",
    "archive/text",
]
# What needs no database. Which of our own modules these may import is held by
# import-linter.
PURE_MODULES = [
    "annotations/entities/spelling_table.py",
    "annotations/entities/timeline.py",
    "annotations/models/cursors.py",
    "annotations/allegations/thread_order.py",
    "archive/dates.py",
    "archive/ingest/decoding.py",
    "archive/ingest/source_urls.py",
    "archive/languages.py",
    "archive/publishers.py",
]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported_by(tree: ast.AST) -> Iterator[str]:
    """Yield the full name of whatever is imported: `a.b` for `import a.b` as for `from a import
    b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def words_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every name and every string of a module, docstrings too, with its line."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        for value in (
            getattr(node, field, None)
            for field in (
                "id",
                "attr",
                "name",
                "asname",
                "arg",
                "module",
                "value",
                "names",
            )
        ):
            for word in value if isinstance(value, list) else [value]:
                if isinstance(word, str):
                    yield line, word


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def without_docstrings(tree: ast.Module) -> ast.Module:
    """Drop the strings that stand as statements: what they say of the other app, no code acts
    on."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [
                part
                for part in body
                if not (
                    isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)
                )
            ]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


@pytest.mark.parametrize("path", ARCHIVE, ids=name_of)
def test_the_archive_does_not_name_annotations(path: Path) -> None:
    tree = without_docstrings(parsed(path))

    assert [word for word in imported_by(tree) if is_within(word, "annotations")] == []
    assert [
        (line, word)
        for line, word in words_in(tree)
        if re.search(r"\bannotations\b", word)
    ] == []


@pytest.mark.parametrize("path", [*ARCHIVE, *ANNOTATIONS], ids=name_of)
def test_no_app_knows_the_settings_or_the_tests_by_their_module(path: Path) -> None:
    above = ("config", "tests", "benchmarks")

    assert [
        name
        for name in imported_by(parsed(path))
        if any(is_within(name, package) for package in above)
    ] == []


PURE = sorted(
    [path for room in PURE_ROOMS for path in (ROOT / room).rglob("*.py")]
    + [ROOT / module for module in PURE_MODULES]
)


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_a_pure_module_needs_no_database(path: Path) -> None:
    imported = set(imported_by(parsed(path)))

    for package in ("django.apps", "django.conf.settings", "django.db", "django.http"):
        assert [name for name in imported if is_within(name, package)] == []


def test_the_arrow_is_noticed_when_it_is_broken() -> None:
    broken = [
        "import annotations.models",
        "from annotations import models",
        "x = 'annotations.Annotation'",
        "reverse(f'annotations:person-detail')",
        "article.annotations.all()",
        "article.objects.filter(annotations=1)",
    ]

    for line in broken:
        tree = without_docstrings(ast.parse(line))
        assert [
            word for _line, word in words_in(tree) if "annotations" in word
        ] or list(imported_by(tree))


@pytest.mark.parametrize("path", [*PURE, ROOT / "archive" / "slugs.py"], ids=name_of)
def test_the_examples_in_docstrings_are_true(path: Path) -> None:
    module = import_module(name_of(path))
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0
