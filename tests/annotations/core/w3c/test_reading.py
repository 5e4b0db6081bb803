"""What is read of an annotation is what was written; and whatever is no annotation is refused
in a sentence."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.w3c import (
    UnreadableAnnotation,
    W3CPassage,
    annotations_in,
    from_w3c,
    to_w3c,
)
from tests.support.hard_excerpts import words

moments = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
counts = st.integers(0, 10**9)
mentions = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["person", "place"]),
        "entity": words,
        "entity_address": st.just("https://archive.example/people/ivan-petrov/"),
    }
).map(lambda said: said | {"tag": said["entity"]})
figures = st.fixed_dictionaries(
    {
        "kind": st.just("figure"),
        "value": st.decimals(0, 10**12, places=4).map(
            lambda value: Decimal(value).normalize()
        ),
        "value_to": st.none() | st.just(Decimal(10**13)),
        **dict.fromkeys(
            ("tag", "qualifier", "counted", "said_by", "measure", "unit", "as_of"),
            words,
        ),
    }
)
claimed = (
    "tag",
    "allegation",
    "claimant",
    "accused",
    "status",
    "conduct",
    "basis",
    "happened",
    "place",
)
allegations = st.fixed_dictionaries(
    {"kind": st.just("allegation"), **dict.fromkeys(claimed, words)}
)
passages = st.builds(
    lambda said, start, **known: W3CPassage(
        **said, **known, start=start, end=start + len(known["words"])
    ),
    st.one_of(mentions, figures, allegations),
    counts,
    permalink=st.just(
        "https://archive.example/annotations/3c1b2f0e-0000-4000-8000-000000000000/"
    ),
    text_address=st.just("https://archive.example/articles/day-three/versions/2/text/"),
    text_sha256=st.just("a" * 64),
    capture_sha256=st.just("b" * 64),
    version=counts,
    accessed=st.none() | st.dates(date(1900, 1, 1)),
    state=st.sampled_from(["linked", "confirmed"]),
    words=words,
    before=st.just("") | words,
    after=st.just("") | words,
    paragraph=counts,
    title=words,
    authors=st.sampled_from(["", "Ivan Petrov", "Ivan Petrov; Жанар Қасымбекова"]),
    credit=words,
    publisher=words,
    published=st.sampled_from(["", "2011-12-19", "2011~"]),
    language=st.sampled_from(["en", "kk", "und"]),
    original_address=st.sampled_from(["", "https://post.example/day?a=1&b=2#c"]),
    made_at=st.none() | moments,
    changed_at=st.none() | moments,
    made_by=st.just("") | words,
)


@given(passages)
def test_what_is_written_is_read_back(passage: W3CPassage) -> None:
    assert from_w3c(to_w3c(passage)) == passage


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
PARTS = (
    *(
        "id",
        "type",
        "body",
        "target",
        "source",
        "selector",
        "exact",
        "prefix",
        "start",
        "purpose",
        "value",
        "tags",
    ),
    *(
        "text",
        "references",
        "created",
        "creator",
        "label",
        "uri",
        "partOf",
        "testimonia:kind",
        "testimonia:low",
    ),
)
annotations_alike = st.recursive(
    json_values
    | st.sampled_from(
        ["TextQuoteSelector", "TextPositionSelector", "tagging", "testimonia:Figure"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(PARTS), inner, max_size=6)
    ),
    max_leaves=20,
)


def words_or_reason(record: Any) -> str:
    try:
        return from_w3c(record).words
    except UnreadableAnnotation as reason:
        return str(reason)


@given(annotations_alike)
def test_whatever_is_not_read_is_refused_in_a_sentence(record: Any) -> None:
    assert words_or_reason(record)


@given(passages, annotations_alike, st.sampled_from(PARTS))
def test_nothing_but_a_sentence_comes_of_one_part_that_is_wrong(
    passage: W3CPassage, wrong: Any, part: str
) -> None:
    def spoilt(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: wrong if name == part else spoilt(inner)
                for name, inner in value.items()
            }
        return [spoilt(inner) for inner in value] if isinstance(value, list) else value

    assert words_or_reason(spoilt(to_w3c(passage)))


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ([{"target": 1}, {"target": 2}], 2),
        ({"target": 1}, 1),
        ({"type": "AnnotationPage", "items": [1, 2, 3]}, 3),
        ({"type": "AnnotationCollection", "total": 2, "first": {"items": [1, 2]}}, 2),
        ({"type": "AnnotationCollection", "total": 0}, 0),
        ({"total": 1, "rows": [1]}, 1),
        ({"export_date": "2026-05-04", "annotations": [1, 2]}, 2),
    ],
)
def test_annotations_are_found_in_all_that_holds_them(
    document: Any, count: int
) -> None:
    assert len(annotations_in(document)) == count


def test_times_are_instants_whatever_their_zone() -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=5)))
    (annotation,) = [to_w3c(W3CPassage(kind="figure", words="15", changed_at=at))]
    assert annotation["modified"] == "2026-03-01T07:00:00Z"
    assert from_w3c(annotation | {"created": "2026-03-01T07:00:00"}).made_at == at


def test_words_that_tell_of_a_nul_character_hold_none() -> None:
    words = r"the sign \u0000"
    selector = {"type": "TextQuoteSelector", "exact": words}

    assert words_or_reason({"target": {"selector": selector}}) == words
