"""Every MUST of the Web Annotation Data Model that applies, for hard excerpts and for all of
the demonstration."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given

from annotations import demo
from annotations.core.w3c import CONTEXT, to_w3c
from annotations.export.excerpts import Excerpt
from annotations.export.formats.jsonld import passage_of, write
from tests.support.hard_excerpts import HARD, allegation, excerpt, words
from tests.support.w3c_musts import (
    OF_ANNOTATIONS,
    OF_COLLECTIONS,
    OF_PAGES,
    Must,
    is_iri,
)
from tests.support.w3c_processor import compact, expand, triples

MADE: dict[str, Any] = {
    "made_at": datetime(2026, 3, 1, 12, 0, 30, tzinfo=UTC),
    "changed_at": datetime(2026, 3, 2, 8, 15, 0, 250, tzinfo=UTC),
    "made_by": "editor",
}
OA = "http://www.w3.org/ns/oa#"


def mention(words: str, **fields: Any) -> Excerpt:
    said = {
        "entity": words,
        "entity_address": "https://archive.example/people/ivan-petrov/",
        "value": None,
    }
    return excerpt(words, kind="person", state="linked", **{**said, **MADE, **fields})


def of_every_kind(hard: str) -> list[Excerpt]:
    """A figure, an allegation and a mention of which all that people type is `hard`."""
    about: dict[str, Any] = {
        "title": hard,
        "authors": hard,
        "credit": hard,
        "publisher": hard,
        "language": "und",
    }
    about |= {
        "original_address": f"https://x.example/{hard}",
        "before": hard,
        "after": hard,
    }
    return [
        excerpt(
            hard,
            counted=hard,
            said_by=hard,
            measure=hard,
            unit=hard,
            as_of="2011-12",
            **about,
            **MADE,
        ),
        allegation(
            hard,
            claimant=hard,
            accused=hard,
            conduct=hard,
            basis="video",
            place=hard,
            **about,
            **MADE,
        ),
        mention(hard, **about),
    ]


def annotation(excerpt: Excerpt) -> dict[str, Any]:
    return {"@context": CONTEXT, **to_w3c(passage_of(excerpt))}


def exported(*excerpts: Excerpt) -> dict[str, Any]:
    return dict(json.loads("".join(write(excerpts))))


@pytest.mark.parametrize("must", OF_ANNOTATIONS, ids=str)
def test_what_must_be_is_so_in_every_annotation(must: Must) -> None:
    for hard in HARD:
        for each in of_every_kind(hard):
            assert must.holds(annotation(each)), annotation(each)


@pytest.mark.parametrize("must", OF_ANNOTATIONS, ids=str)
def test_a_breach_of_what_must_be_is_noticed(must: Must) -> None:
    assert must.notices(annotation(mention("Petrov")))


@pytest.mark.parametrize("must", [*OF_COLLECTIONS, *OF_PAGES], ids=str)
def test_what_must_be_is_so_in_a_collection_and_its_page(must: Must) -> None:
    collection = exported(excerpt(), mention("Petrov"))
    document = collection if must in OF_COLLECTIONS else collection["first"]
    assert must.holds(document)
    assert must.notices(document)


@pytest.mark.parametrize("must", OF_COLLECTIONS, ids=str)
def test_what_must_be_is_so_in_a_collection_of_nothing(must: Must) -> None:
    assert must.holds(exported())


@pytest.mark.django_db
def test_what_must_be_is_so_in_all_of_the_demonstration(client: Client) -> None:
    demo.load()
    response: Any = client.get("/export/", {"format": "jsonld"})
    collection = json.loads(response.getvalue())
    assert [str(must) for must in OF_COLLECTIONS if not must.holds(collection)] == []
    assert [str(must) for must in OF_PAGES if not must.holds(collection["first"])] == []
    items = collection["first"]["items"]
    assert len(items) == collection["total"] > 100
    texts: dict[str, str] = {}
    for item in items:
        whole = {"@context": CONTEXT, **item}
        assert [str(must) for must in OF_ANNOTATIONS if not must.holds(whole)] == []
        address = item["target"]["source"]["id"]
        text = texts.setdefault(address, client.get(address).content.decode())
        position, quote = item["target"]["selector"]
        # 4.2: several selectors select the same.
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])


# What a JSON-LD processor understands


@pytest.mark.parametrize("hard", HARD)
def test_nothing_is_lost_on_a_processor(hard: str) -> None:
    for each in of_every_kind(hard):
        assert compact(annotation(each)) == annotation(each)


@given(words)
def test_nothing_is_lost_on_a_processor_whatever_is_typed(hard: str) -> None:
    for each in of_every_kind(hard):
        assert compact(annotation(each)) == annotation(each)


def test_a_processor_finds_the_classes_and_relations_of_the_model() -> None:
    node = expand(annotation(mention("Petrov")))
    assert (
        node["@id"]
        == "https://archive.example/annotations/3c1b2f0e-0000-4000-8000-000000000000/"
    )
    assert node["@type"] == [f"{OA}Annotation"]
    assert node[f"{OA}motivatedBy"] == [{"@id": f"{OA}identifying"}]
    assert node["http://purl.org/dc/terms/created"] == [
        {
            "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
            "@value": "2026-03-01T12:00:30Z",
        }
    ]
    whom, kind = node[f"{OA}hasBody"]
    assert whom["@type"] == [f"{OA}SpecificResource"]
    (source,) = whom[f"{OA}hasSource"]
    assert source["@type"] == ["http://schema.org/Person"]
    assert kind[f"{OA}hasPurpose"] == [{"@id": f"{OA}tagging"}]
    (target,) = node[f"{OA}hasTarget"]
    assert {one for each in target[f"{OA}hasSelector"] for one in each["@type"]} == {
        f"{OA}TextPositionSelector",
        f"{OA}TextQuoteSelector",
    }


def test_a_figure_is_a_number_to_a_processor() -> None:
    (said, _kind) = expand(annotation(excerpt()))[f"{OA}hasBody"]
    assert said["@type"] == [f"{OA}TextualBody", "urn:x-testimonia:Figure"]
    assert said["urn:x-testimonia:low"] == [
        {"@type": "http://www.w3.org/2001/XMLSchema#decimal", "@value": "15"}
    ]
    assert said["http://www.w3.org/1999/02/22-rdf-syntax-ns#value"] == [
        {"@value": "at least 15 people killed"}
    ]


def test_an_allegation_never_stands_without_its_status() -> None:
    (body, _kind) = to_w3c(passage_of(allegation("The police fired")))["body"]
    assert (body["value"], body["testimonia:status"]) == (
        "The police fired (partly admitted)",
        "partly_admitted",
    )


@pytest.mark.parametrize("hard", HARD)
def test_every_name_in_it_is_an_absolute_iri(hard: str) -> None:
    def names_in(node: Any) -> list[str]:
        if isinstance(node, list):
            return [name for each in node for name in names_in(each)]
        if not isinstance(node, dict):
            return []
        own = [name for name in node if not name.startswith("@")]
        own += [
            name
            for key in ("@id", "@type")
            for name in (
                [node[key]] if isinstance(node.get(key), str) else node.get(key, [])
            )
        ]
        return own + [name for value in node.values() for name in names_in(value)]

    for each in of_every_kind(hard):
        assert [
            name for name in names_in(expand(annotation(each))) if not is_iri(name)
        ] == []


def test_a_whole_collection_is_one_graph_with_all_annotations_in_their_order() -> None:
    two = [
        excerpt(),
        excerpt(
            permalink="https://archive.example/annotations/3c1b2f0e-0000-4000-8000-000000000001/"
        ),
    ]
    statements = triples(exported(*two))
    assert len([one for one in statements if one.endswith(f"<{OA}Annotation> .")]) == 2
    assert any("activitystreams#items" in one for one in statements)
    items = compact(exported(*two))["first"]["items"]
    assert [item["id"] for item in items] == [each.permalink for each in two]
