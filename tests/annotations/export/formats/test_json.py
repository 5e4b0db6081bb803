"""JSON, read back with Python's own reader."""

import json
from typing import Any

from hypothesis import given

from annotations.export.excerpts import Excerpt
from annotations.export.formats.json import write
from tests.support.hard_excerpts import allegation, excerpt, words


def read(*excerpts: Excerpt) -> list[dict[str, Any]]:
    return list(json.loads("".join(write(excerpts))))


@given(words)
def test_what_is_written_is_read_back(hard: str) -> None:
    (row,) = read(excerpt(hard, title=hard, said_by=hard, before=hard))
    assert [row[name] for name in ("words", "title", "said_by", "before")] == [hard] * 4


def test_values_are_exact_and_what_is_not_known_is_left_out() -> None:
    (row,) = read(excerpt(published="", credit=""))
    assert (row["value"], row["start"], row["accessed"]) == ("15", 9, "2026-03-01")
    assert not {"published", "credit", "value_to", "allegation", "entity"} & row.keys()


def test_each_says_what_it_is_tagged_as_and_how_to_cite_it() -> None:
    figure, claim = read(excerpt(), allegation("The police fired first"))
    assert figure["tag"] == "at least 15 people killed"
    assert claim["tag"] == "The police fired first (partly admitted)"
    assert figure["citation"].startswith(
        "Ivan Petrov and Olga Smirnova, “Day Three,” The Post, Dec"
    )


def test_each_stands_on_a_line_of_its_own() -> None:
    lines = "".join(write([excerpt("two\nlines"), excerpt(), excerpt()])).splitlines()
    assert len(lines) == 5
    assert json.loads(lines[1].removesuffix(","))["words"] == "two\nlines"


def test_no_excerpts_are_an_empty_list() -> None:
    assert read() == []
