"""JSON-LD, read back with Python's own reader; what it means stands in
tests/annotations/w3c/."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given

from annotations.core.w3c import to_w3c
from annotations.export.excerpts import Excerpt
from annotations.export.formats.jsonld import passage_of, write
from tests.support.hard_excerpts import allegation, excerpt, words


def read(*excerpts: Excerpt) -> dict[str, Any]:
    return dict(json.loads("".join(write(excerpts))))


@given(words)
def test_each_item_is_the_annotation_of_its_excerpt(hard: str) -> None:
    excerpts = [
        excerpt(hard, title=hard),
        allegation(hard, title=hard),
        excerpt(
            hard,
            text_address="https://archive.example/articles/other/versions/2/text/",
            title="Other",
        ),
    ]
    assert read(*excerpts)["first"]["items"] == [
        to_w3c(passage_of(each)) for each in excerpts
    ]


@given(words)
def test_each_is_written_to_the_letter_as_it_is_by_itself(hard: str) -> None:
    moment = datetime(2026, 3, 1, 12, 0, 30, 250, tzinfo=UTC)
    made = {"made_at": moment, "changed_at": moment, "made_by": hard}
    mentioned = {"entity": hard, "entity_address": f"https://a.example/people/{hard}/"}
    excerpts = [
        excerpt(hard, **made),
        allegation(hard, before="", after=""),
        excerpt(hard, kind="person", value=None, **mentioned, **made),
        excerpt(hard, kind="place", value=None, **mentioned),
    ]
    lines = "".join(write(excerpts)).split("\n")[1:-2]
    for line, each in zip(lines, excerpts, strict=True):
        alone = json.dumps(
            to_w3c(passage_of(each)), ensure_ascii=False, separators=(",", ":")
        )
        assert line.removesuffix(",") == alone


def test_each_stands_on_a_line_of_its_own() -> None:
    lines = "".join(write([excerpt("two\nlines"), excerpt(), excerpt()])).splitlines()
    assert len(lines) == 5
    assert (
        json.loads(lines[1].removesuffix(","))["target"]["selector"][1]["exact"]
        == "two\nlines"
    )


def test_a_collection_counts_its_annotations_and_no_excerpts_are_one_too() -> None:
    assert read(excerpt(), excerpt())["total"] == 2
    assert read()["total"] == 0


def test_an_export_is_a_collection_of_its_own_each_time() -> None:
    assert read(excerpt())["id"] != read(excerpt())["id"]
