"""The shape of the house, as DESIGN's second section draws it: one arrow, pure cores, one
module with bleach."""

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

PURE = [
    "archive.ingest.source_urls",
    "archive.citations.author_names",
    "archive.text.canonical",
    "archive.citations.citation",
    "archive.citations.formats.csl_json",
    "archive.dates",
    "archive.ingest.decoding",
    "archive.citations.page_metadata",
    "archive.ingest.importers",
    "archive.ingest.importers.report",
    "archive.ingest.importers.report_text",
    "archive.languages",
    "archive.publishers",
    "archive.citations.reference",
    "archive.text.sanitise",
    "archive.citations.styles",
    "archive.citations.styles.apa",
    "archive.citations.styles.chicago",
    "archive.citations.styles.dates",
    "archive.citations.styles.title_case",
    "archive.citations.styles.mla",
    "archive.citations.styles.name_lists",
    "archive.citations.styles.punctuation",
    "archive.citations.styles.short",
    "annotations.core.anchoring.selectors",
    "annotations.core.figures.axes",
    "annotations.core.basket_contents",
    "annotations.core.names.detector",
    "annotations.core.figures.conflicts",
    "annotations.core.figures.counted_nouns",
    "annotations.core.quotes.diff",
    "annotations.core.figures.parser",
    "annotations.core.names.finder",
    "annotations.core.names.inflection",
    "annotations.core.manuscripts",
    "annotations.core.manuscripts.docx",
    "annotations.core.manuscripts.html",
    "annotations.core.manuscripts.markdown",
    "annotations.core.manuscripts.odt",
    "annotations.core.manuscripts.paragraphs",
    "annotations.core.manuscripts.pdf",
    "annotations.core.manuscripts.plain",
    "annotations.core.manuscripts.errors",
    "annotations.core.manuscripts.safe_zip",
    "annotations.core.names.matcher",
    "annotations.core.names.autocomplete",
    "annotations.core.names.matching_keys",
    "annotations.core.names.stopwords",
    "annotations.core.figures.numerals",
    "annotations.core.anchoring.highlighter",
    "annotations.core.quotes.tokens",
    "annotations.core.figures.qualifiers",
    "annotations.core.quotes.extractor",
    "annotations.core.figures.range_chart",
    "annotations.models.cursors",
    "annotations.core.names.romanization_tables",
    "annotations.core.quotes.candidates",
    "annotations.core.names.scripts",
    "annotations.entities.spelling_table",
    "annotations.core.figures.summary",
    "annotations.core.anchoring.text_fragments",
    "annotations.entities.timeline",
    "annotations.core.names.honorifics",
    "annotations.core.quotes.aligner",
    "annotations.allegations.thread_order",
    "annotations.core.names.unlinked",
    "annotations.core.w3c",
    "annotations.core.w3c.passage",
    "annotations.core.w3c.parser",
    "annotations.core.w3c.serializer",
    "annotations.core.quotes.fingerprint",
]
"""Modules that need no database."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def file_of(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


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
            for field in ("id", "attr", "name", "asname", "arg", "module", "value", "names")
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
                if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
            ]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


@pytest.mark.parametrize("path", ARCHIVE, ids=name_of)
def test_the_archive_does_not_name_annotations(path: Path) -> None:
    tree = without_docstrings(parsed(path))

    assert [word for word in imported_by(tree) if is_within(word, "annotations")] == []
    assert [
        (line, word) for line, word in words_in(tree) if re.search(r"\bannotations\b", word)
    ] == []


@pytest.mark.parametrize("path", [*ARCHIVE, *ANNOTATIONS], ids=name_of)
def test_no_app_knows_the_settings_or_the_tests_by_their_module(path: Path) -> None:
    above = ("config", "tests", "benchmarks")

    assert [
        name
        for name in imported_by(parsed(path))
        if any(is_within(name, package) for package in above)
    ] == []


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_needs_no_database(module: str) -> None:
    imported = set(imported_by(parsed(file_of(module))))

    assert {
        name
        for name in imported
        if is_within(name, "django.db") or is_within(name, "django.apps")
    } == set()
    own = {
        name
        for name in imported
        if is_within(name, "archive") or is_within(name, "annotations")
    }
    assert {
        name for name in own if name not in PURE and name.rpartition(".")[0] not in PURE
    } == set()


def test_only_one_module_imports_bleach() -> None:
    everything = [*ARCHIVE, *ANNOTATIONS, *sorted((ROOT / "config").rglob("*.py"))]

    assert [
        name_of(path)
        for path in everything
        if any(is_within(n, "bleach") for n in imported_by(parsed(path)))
    ] == ["archive.text.sanitise"]


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
        assert [word for _line, word in words_in(tree) if "annotations" in word] or list(
            imported_by(tree)
        )


@pytest.mark.parametrize("module", [*PURE, "archive.slugs"])
def test_the_examples_in_docstrings_are_true(module: str) -> None:
    assert doctest.testmod(import_module(module), optionflags=doctest.ELLIPSIS).failed == 0
