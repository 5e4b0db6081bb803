"""Static files as they are served: collected, with a hash in each name, and asking for each other by these names."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from config.storage import HashedStaticFilesStorage

STATIC = Path("static")
TEMPLATES = Path("templates")
_COMMENT = re.compile(r"/\*.*?\*/|^//[^\n]*", re.DOTALL | re.MULTILINE)
_ASKED = {
    ".js": re.compile(r'from "(\./[^"]+)"'),
    ".css": re.compile(r'url\("([^"]+)"\)'),
}


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> HashedStaticFilesStorage:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "config.storage.HashedStaticFilesStorage"}
    }
    call_command("collectstatic", "--noinput", verbosity=0)
    return HashedStaticFilesStorage(location=tmp_path)


def test_each_file_asks_for_others_that_are_there_by_their_hashed_names(
    collected: HashedStaticFilesStorage,
) -> None:
    asked = 0
    for name in STATIC.glob("*/*.*s"):
        file = Path(
            collected.path(collected.stored_name(str(name.relative_to(STATIC))))
        )
        if file.suffix not in _ASKED:
            continue
        for address in _ASKED[file.suffix].findall(
            _COMMENT.sub("", file.read_text("utf-8"))
        ):
            other = file.parent / address
            assert other.is_file(), f"{name.name} asks for {address}"
            assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), (
                f"{name.name} asks for {address}"
            )
            asked += 1
    assert asked > 50


def test_a_page_asks_for_at_most_twelve_style_sheets() -> None:
    base = (TEMPLATES / "base.html").read_text("utf-8").count('rel="stylesheet"')
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text("utf-8")
        if text.startswith("{% extends"):
            assert base + text.count('rel="stylesheet"') <= 12, template.name
