"""CSL-JSON, read back with Python's own reader and held against the CSL-data schema."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from annotations.export.excerpts import Excerpt
from annotations.export.formats.csl_json import write
from tests.support.hard_excerpts import HARD, allegation, excerpt, words

SCHEMA = json.loads(
    Path(__file__).with_name("csl_data.schema.json").read_text(encoding="utf-8")
)


def read(*excerpts: Excerpt) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads("".join(write(excerpts)))
    jsonschema.validate(items, SCHEMA)
    return items


@given(words)
def test_what_is_written_is_read_back(hard: str) -> None:
    (item,) = read(excerpt(hard, title=hard, publisher=hard))
    assert [item[name] for name in ("annote", "title", "container-title")] == [hard] * 3


@given(words)
def test_every_item_is_of_the_schema(hard: str) -> None:
    assert (
        len(
            read(
                excerpt(hard, authors=hard, credit=hard, published=hard),
                allegation(hard, publisher=""),
            )
        )
        == 2
    )


@pytest.mark.parametrize(
    "published",
    [
        "2011-12-19",
        "2011-12",
        "2011-12~",
        "2011-21",
        "201X",
        "2011/2012",
        "2011-12-17/",
        "../2012",
        "",
    ],
)
def test_every_date_is_of_the_schema(published: str) -> None:
    (item,) = read(excerpt(published=published))
    assert ("issued" in item) == bool(published)


def test_an_item_says_what_is_known_and_where_the_words_stand() -> None:
    (item,) = read(excerpt(authors="Example, Aida; Human Rights Watch"))
    assert item["id"] == excerpt().permalink
    assert item["author"] == [
        {"family": "Example", "given": "Aida"},
        {"literal": "Human Rights Watch"},
    ]
    assert item["issued"] == {"date-parts": [[2011, 12, 19]]}
    assert item["accessed"] == {"date-parts": [[2026, 3, 1]]}
    assert item["custom"]["credit"] == "Reuters"
    assert [item["custom"][name] for name in ("paragraph", "start", "end")] == [
        2,
        9,
        18,
    ]


def test_the_schema_refuses_what_is_no_item() -> None:
    for wrong in (
        {"id": 1},
        {"id": 1, "type": "web"},
        {"id": 1, "type": "book", "year": 2011},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([wrong], SCHEMA)


def test_each_stands_on_a_line_of_its_own_and_none_are_an_empty_list() -> None:
    assert (
        len("".join(write([excerpt(hard) for hard in HARD])).splitlines())
        == len(HARD) + 2
    )
    assert read() == []
