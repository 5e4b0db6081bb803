"""Templates come without their indentation, and with all their lines."""

from pathlib import Path

from django.conf import settings
from django.template.loader import get_template


def test_a_template_has_the_lines_of_its_file_without_indentation() -> None:
    file = Path(settings.BASE_DIR) / "templates" / "base.html"
    lines = file.read_text(encoding="utf-8").split("\n")
    source: str = get_template("base.html").template.source  # type: ignore[attr-defined]
    assert any(line.startswith("  ") for line in lines)
    assert source.split("\n") == [lines[0]] + [line.lstrip(" \t") for line in lines[1:]]


def test_the_break_between_two_paragraphs_of_the_desk_stays() -> None:
    source: str = get_template("annotations/desk.html").template.source  # type: ignore[attr-defined]
    assert "{% if not forloop.last %}\n\n{% endif %}" in source


def test_templates_of_django_are_found_as_well() -> None:
    assert "{% block usertools %}" in get_template("admin/base.html").template.source  # type: ignore[attr-defined]
