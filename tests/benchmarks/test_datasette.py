"""Datasette is measured where it is installed, at the addresses of what our pages show."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks import datasette


def test_nothing_is_measured_where_it_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasette, "VENV", tmp_path)

    assert datasette.find_datasette(tmp_path / "database") is None


def test_it_is_found_where_the_makefile_has_left_its_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasette, "VENV", tmp_path)
    (tmp_path / ".installed").touch()

    found = datasette.find_datasette(tmp_path / "database")

    assert found is not None
    assert found.programs == tmp_path / "bin"


def test_an_article_is_its_row_and_its_annotations() -> None:
    row, marks = datasette.article(7)

    assert row == "/archive/articles/7"
    assert parse_qs(urlsplit(marks).query)["article"] == ["7"]


def test_articles_are_narrowed_to_those_that_mention_somebody() -> None:
    [address] = datasette.articles_with(3)

    [through] = parse_qs(urlsplit(address).query)["_through"]
    assert json.loads(through)["value"] == "3"


def test_words_of_a_search_are_encoded() -> None:
    [address] = datasette.search("harbour council")

    assert "_search=harbour+council" in address
