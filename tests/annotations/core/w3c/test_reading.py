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


# What other programs write


def target(exact: str = "Petrov", **more: Any) -> dict[str, Any]:
    return {"selector": [{"type": "TextQuoteSelector", "exact": exact, **more}]}


def test_an_annotation_of_hypothesis_is_read_so() -> None:
    record = {
        "id": "abc",
        "uri": "https://post.example/day",
        "created": "2026-03-01T12:00:00+05:00",
        "updated": "2026-03-02T12:00:00Z",
        "user": "acct:somebody@hypothes.is",
        "tags": ["killed", "", "killed", "square"],
        "text": "Compare day two.",
        "target": [
            {
                "source": "https://post.example/day",
                "selector": [
                    {"type": "RangeSelector", "startOffset": 1},
                    {"type": "TextPositionSelector", "start": 10, "end": 18},
                    {
                        "type": "TextQuoteSelector",
                        "exact": " Petrov ",
                        "prefix": "Ivan",
                        "suffix": "said",
                    },
                ],
            }
        ],
    }

    assert from_w3c(record) == W3CPassage(
        permalink="abc",
        text_address="https://post.example/day",
        words="Petrov",
        before="Ivan ",
        after=" said",
        start=11,
        end=17,
        made_at=datetime(2026, 3, 1, 7, tzinfo=UTC),
        changed_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
        tags=("killed", "square"),
        comment="Compare day two.",
    )


def test_the_address_of_a_text_is_found_wherever_it_is_given() -> None:
    as_source = {"target": {"source": {"id": "urn:a"}, **target()}, "uri": "urn:b"}
    as_sources = {"target": {"source": ["urn:a", "urn:b"], **target()}}
    as_uri = {"target": {"id": "urn:a", **target()}, "uri": "urn:b"}
    as_target = {"target": {"id": "urn:a", **target()}}

    for record, address in [
        (as_source, "urn:a"),
        (as_sources, "urn:a"),
        (as_uri, "urn:b"),
        (as_target, "urn:a"),
    ]:
        assert from_w3c(record).text_address == address


def test_bodies_are_tags_and_comments() -> None:
    record = {
        "target": target(),
        "bodyValue": "Whole.",
        "body": [
            "Alone.",
            {"purpose": "tagging", "value": "killed"},
            {"purpose": ["highlighting", "classifying"], "value": {"label": "square"}},
            {"purpose": "commenting", "source": {"label": "Seen."}},
            {"purpose": "linking", "source": "urn:nothing"},
        ],
    }

    found = from_w3c(record)

    assert found.tags == ("killed", "square")
    assert found.comment == "Alone.\nSeen.\nWhole."


def test_whom_another_program_identifies_is_read_as_entity() -> None:
    source = {"id": "urn:petrov", "label": "Ivan Petrov"}
    record = {"target": target(), "body": {"purpose": "identifying", "source": source}}

    found = from_w3c(record)

    assert (found.entity, found.entity_address) == ("Ivan Petrov", "urn:petrov")
    assert (found.tag, found.kind, found.tags) == ("Ivan Petrov", "", ())


def test_who_made_an_annotation_is_read_of_ours_only() -> None:
    creator = {"nickname": "editor"}
    record = {"target": target(), "creator": [creator, {"nickname": "other"}]}

    assert from_w3c(record).made_by == ""
    assert from_w3c(record | {"testimonia:kind": "person"}).made_by == "editor"


def test_the_kind_is_no_tag_of_ours_but_may_be_one_of_others() -> None:
    record = {"target": target(), "tags": ["person", "killed"]}

    assert from_w3c(record).tags == ("person", "killed")
    assert from_w3c(record | {"testimonia:kind": "person"}).tags == ("killed",)


def test_an_unknown_language_is_written_out_in_ours_only() -> None:
    ours = {"target": {"source": {"testimonia:sha256": "a"}, **target()}}

    assert from_w3c(ours).language == "und"
    assert from_w3c({"target": target()}).language == ""


def test_places_that_are_no_counts_are_unknown() -> None:
    for start in (True, -1, 1.0, "1", None):
        position = {"type": ["TextPositionSelector"], "start": start, "end": 9}
        selectors = [*target()["selector"], position]

        found = from_w3c({"target": {"selector": selectors}})

        assert (found.start, found.end) == (None, 9)


def test_words_are_composed_as_those_of_our_texts_are() -> None:
    found = from_w3c(
        {"target": target("Қасымои\u0306", prefix="и\u0306", suffix="и\u0306")}
    )

    assert (found.words, found.before, found.after) == ("Қасымой", "й", "й")


def test_a_figure_without_its_number_is_no_figure() -> None:
    body = {"type": ["TextualBody", "testimonia:Figure"], "value": "15"}
    record = {"target": target(), "body": body}

    assert from_w3c(record) == W3CPassage(words="Petrov")
    body["testimonia:low"] = "15"
    assert from_w3c(record).value == 15


@pytest.mark.parametrize("value", ["x", {}, []])
def test_a_figure_whose_number_is_none_is_refused(value: Any) -> None:
    body = {"type": "testimonia:Figure", "testimonia:low": value}

    assert words_or_reason({"target": target(), "body": body}).endswith("is no number.")


def test_a_number_of_json_is_read_as_it_is_written() -> None:
    body = {
        "type": "testimonia:Figure",
        "testimonia:low": 0.1,
        "testimonia:high": 15,
    }

    found = from_w3c({"target": target(), "body": body})

    assert (found.value, found.value_to) == (Decimal("0.1"), Decimal(15))


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("a", "It is no annotation."),
        ({"references": ["a"]}, "It is a reply to another annotation."),
        ({"target": [target(), target()]}, "It has several targets,"),
        ({"target": {}}, "It quotes no words:"),
        ({"target": target("  ")}, "It quotes no words:"),
        ({"target": target("a\0b")}, "It holds a NUL character,"),
        ({"target": target("a\ud800")}, "It holds half a character,"),
    ],
    ids=["no", "reply", "several", "nothing", "blanks", "nul", "surrogate"],
)
def test_what_is_no_passage_is_refused_and_says_why(record: Any, told: str) -> None:
    assert words_or_reason(record).startswith(told)


def test_words_that_tell_of_a_nul_character_hold_none() -> None:
    words = r"the sign \u0000"

    assert words_or_reason({"target": target(words)}) == words


def test_characters_that_cannot_be_kept_are_no_matter_where_nothing_is_read() -> None:
    record = {"target": target("a"), "motivation": "\0", "generator": "\ud800"}

    assert words_or_reason(record) == "a"


def test_a_tag_with_a_nul_character_is_refused() -> None:
    body = {"purpose": "tagging", "value": "a\0b"}

    told = words_or_reason({"target": target("a"), "body": body})

    assert told.startswith("It holds a NUL character,")


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("a", "It holds no Web Annotations."),
        ({}, "It holds no Web Annotations."),
        ({"total": 1}, "It holds no Web Annotations."),
        ({"first": "urn:page", "total": 0}, "Its pages are elsewhere:"),
    ],
    ids=["text", "empty", "count", "elsewhere"],
)
def test_a_document_without_annotations_is_refused_and_says_why(
    document: Any, told: str
) -> None:
    with pytest.raises(UnreadableAnnotation, match=told):
        annotations_in(document)
