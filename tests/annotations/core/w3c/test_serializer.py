"""Annotations written out whole, so that no term changes unseen: other archives keep them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from annotations.core.w3c import W3CPassage, to_w3c

ARCHIVE = "https://archive.example"
TEXT = f"{ARCHIVE}/articles/day-three/versions/2/text/"
MENTION = W3CPassage(
    permalink=f"{ARCHIVE}/annotations/3c1b/",
    text_address=TEXT,
    text_sha256="a" * 64,
    version=2,
    capture_sha256="b" * 64,
    accessed=date(2026, 2, 28),
    kind="person",
    state="confirmed",
    words="Petrov",
    before="Ivan ",
    after=" said",
    start=0,
    end=6,
    paragraph=1,
    title="Day three",
    authors="Ivan Petrov; ;Жанар Қасымбекова ",
    credit="AP",
    publisher="The Post",
    published="2011-12-19",
    language="en",
    original_address="https://post.example/day three?a={1}",
    entity="Ivan Petrov",
    entity_address=f"{ARCHIVE}/people/ivan-petrov/",
    made_at=datetime(2026, 3, 1, 12, 0, 30, tzinfo=UTC),
    changed_at=datetime(2026, 3, 2, 8, 15, tzinfo=UTC),
    made_by="editor",
)


def body_of(passage: W3CPassage) -> dict[str, Any]:
    body: dict[str, Any] = to_w3c(passage)["body"][0]
    return body


def test_a_mention_is_written_so() -> None:
    assert to_w3c(MENTION) == {
        "id": f"{ARCHIVE}/annotations/3c1b/",
        "type": "Annotation",
        "motivation": "identifying",
        "created": "2026-03-01T12:00:30Z",
        "modified": "2026-03-02T08:15:00Z",
        "creator": {"type": "Person", "nickname": "editor"},
        "generator": {"id": f"{ARCHIVE}/", "type": "Software", "name": "Testimonia"},
        "testimonia:kind": "person",
        "testimonia:state": "confirmed",
        "body": [
            {
                "type": "SpecificResource",
                "purpose": "identifying",
                "source": {
                    "id": f"{ARCHIVE}/people/ivan-petrov/",
                    "type": "schema:Person",
                    "label": "Ivan Petrov",
                },
            },
            {
                "type": "TextualBody",
                "purpose": "tagging",
                "value": "person",
                "format": "text/plain",
                "language": "en",
            },
        ],
        "target": {
            "type": "SpecificResource",
            "testimonia:paragraph": 1,
            "selector": [
                {"type": "TextPositionSelector", "start": 0, "end": 6},
                {
                    "type": "TextQuoteSelector",
                    "exact": "Petrov",
                    "prefix": "Ivan ",
                    "suffix": " said",
                },
            ],
            "source": {
                "id": TEXT,
                "type": "Text",
                "format": "text/plain",
                "language": "en",
                "testimonia:version": 2,
                "testimonia:sha256": "a" * 64,
                "testimonia:capture": {
                    "id": f"{ARCHIVE}/articles/day-three/original/{'b' * 64}/",
                    "testimonia:sha256": "b" * 64,
                    "testimonia:received": "2026-02-28",
                },
                "partOf": {
                    "id": f"{ARCHIVE}/articles/day-three/",
                    "type": "schema:Article",
                    "label": "Day three",
                    "schema:author": ["Ivan Petrov", "Жанар Қасымбекова"],
                    "schema:creditText": "AP",
                    "schema:publisher": "The Post",
                    "schema:datePublished": "2011-12-19",
                    "via": "https://post.example/day%20three?a=%7B1%7D",
                },
            },
        },
    }


def test_a_figure_is_written_so() -> None:
    figure = W3CPassage(
        kind="figure",
        tag="between 14 and 17.5 people",
        value=Decimal("14.0000"),
        value_to=Decimal("17.5"),
        qualifier="between",
        counted="people killed",
        said_by="officials",
        measure="Killed",
        unit="people",
        as_of="2011-12",
    )

    assert to_w3c(figure)["motivation"] == "describing"
    assert body_of(figure) == {
        "type": ["TextualBody", "testimonia:Figure"],
        "purpose": "describing",
        "value": "between 14 and 17.5 people",
        "format": "text/plain",
        "testimonia:low": "14",
        "testimonia:high": "17.5",
        "testimonia:qualifier": "between",
        "testimonia:counted": "people killed",
        "testimonia:saidBy": "officials",
        "testimonia:measure": "Killed",
        "testimonia:unit": "people",
        "testimonia:asOf": "2011-12",
    }


def test_a_figure_of_nought_is_a_figure() -> None:
    body = body_of(W3CPassage(kind="figure", value=Decimal(0)))

    assert (body["testimonia:low"], body["value"]) == ("0", "figure")
    assert "testimonia:high" not in body


def test_an_allegation_is_written_so() -> None:
    allegation = W3CPassage(
        kind="allegation",
        tag="The police fired (denied)",
        allegation="The police fired",
        claimant="a witness",
        accused="the police",
        status="denied",
        conduct="shooting",
        basis="video",
        happened="2011-12-16",
        place="the square",
    )

    assert body_of(allegation) == {
        "type": ["TextualBody", "testimonia:Allegation"],
        "purpose": "describing",
        "value": "The police fired (denied)",
        "format": "text/plain",
        "testimonia:summary": "The police fired",
        "testimonia:claimant": "a witness",
        "testimonia:accused": "the police",
        "testimonia:status": "denied",
        "testimonia:conduct": "shooting",
        "testimonia:basis": "video",
        "testimonia:happened": "2011-12-16",
        "testimonia:place": "the square",
    }


def test_a_place_is_identified_as_one() -> None:
    place = to_w3c(MENTION._replace(kind="place"))

    assert place["motivation"] == "identifying"
    assert place["body"][0]["source"]["type"] == "schema:Place"
    assert place["body"][1]["value"] == "place"


def test_what_is_not_known_is_left_out() -> None:
    written = to_w3c(W3CPassage(kind="person", words="Petrov", language="und"))

    assert "creator" not in written
    assert "created" not in written
    assert written["target"]["source"] == {
        "type": "Text",
        "format": "text/plain",
        "partOf": {"type": "schema:Article"},
    }


def test_a_capture_of_an_unknown_day_is_written_without_it() -> None:
    source = to_w3c(MENTION._replace(accessed=None))["target"]["source"]

    assert "testimonia:received" not in source["testimonia:capture"]


def test_a_text_at_another_address_is_part_of_an_article_without_one() -> None:
    source = to_w3c(MENTION._replace(text_address="urn:text"))["target"]["source"]

    assert "id" not in source["partOf"]


def test_a_source_that_is_given_stands_as_it_is() -> None:
    assert to_w3c(MENTION, {"id": TEXT})["target"]["source"] == {"id": TEXT}
