"""JSON, read back with Python's own reader."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given

from annotations.export.excerpts import Excerpt
from annotations.export.formats.json import write
from tests.support.hard_excerpts import allegation, excerpt, words

ORDER = (
    "permalink text_address entity_address accessed version kind state words before after "
    "start end paragraph text_sha256 capture_sha256 title title_transliterated "
    "title_translated authors credit publisher published language original_address entity "
    "qualifier counted said_by allegation claimant accused status value value_to made_at "
    "changed_at measure unit as_of conduct basis happened place answer made_by note tag "
    "original_link citation"
).split()


def read(*excerpts: Excerpt) -> list[dict[str, Any]]:
    return list(json.loads("".join(write(excerpts))))


@given(words)
def test_what_is_written_is_read_back(hard: str) -> None:
    (row,) = read(excerpt(hard, title=hard, said_by=hard, before=hard))
    assert [row[name] for name in ("words", "title", "said_by", "before")] == [hard] * 4


def test_fields_stand_in_this_order() -> None:
    """A file of an older release can be compared with a new one line by line."""
    moment = datetime(2026, 3, 1, 12, 0, 30, 250, tzinfo=UTC)
    everything = dict.fromkeys(
        name for name, default in Excerpt._field_defaults.items() if default == ""
    )
    filled: dict[str, Any] = {name: name for name in everything} | {
        "entity_address": "entity_address",
        "title_transliterated": "title_transliterated",
        "title_translated": "title_translated",
        "value_to": Decimal("20.5"),
        "made_at": moment,
        "changed_at": moment,
    }
    (row,) = read(excerpt(**filled))
    assert list(row) == ORDER
    assert (row["value_to"], row["made_at"]) == (
        "20.5",
        "2026-03-01T12:00:30.000250+00:00",
    )


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
