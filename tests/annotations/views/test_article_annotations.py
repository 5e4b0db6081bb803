"""All that is tagged in one article, as JSON-LD."""

import json
from typing import Any

from django.test import Client

from annotations.core.w3c import MEDIA_TYPE
from annotations.models import State
from archive.ingest.pipeline import correct_text
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention


def test_it_is_a_collection_that_stands_at_its_address(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article("Day three", "<p>Petrov said that 15 people died.</p>")
    first, second = (
        mention(article, "Petrov", make_person("Petrov")),
        figure(article, "15 people"),
    )
    figure(make_article("Another", "<p>15 people died.</p>"), "15 people")
    response = client.get("/articles/day-three/annotations.jsonld")
    assert response.headers["Content-Type"] == MEDIA_TYPE
    collection = json.loads(response.content)
    address = "http://testserver/articles/day-three/annotations.jsonld"
    assert (collection["id"], collection["label"], collection["total"]) == (
        address,
        "Day three",
        2,
    )
    assert collection["first"]["partOf"] == address
    items = [
        item["id"].rstrip("/").rsplit("/", 1)[1]
        for item in collection["first"]["items"]
    ]
    assert items == [str(first.pk), str(second.pk)]
    known = {"if-none-match": response.headers["ETag"]}
    assert (
        client.get("/articles/day-three/annotations.jsonld", headers=known).status_code
        == 304
    )


def test_it_holds_what_readers_see_of_the_current_text(
    client: Client, as_editor: Client, curator: User, make_article: MakeArticle
) -> None:
    petrov, article = (
        make_person("Petrov"),
        make_article("Day three", "<p>Petrov, Petrov. 15 died.</p>"),
    )
    mention(article, "Petrov", petrov, State.SUGGESTED)
    mention(article, "Petrov", petrov, State.REJECTED, nth=1)
    figure(article, "15")
    for who in (client, as_editor):
        assert (
            json.loads(who.get("/articles/day-three/annotations.jsonld").content)[
                "total"
            ]
            == 1
        )
    correct_text(article, "<p>Nobody died.</p>", curator, "Misread")
    assert (
        json.loads(client.get("/articles/day-three/annotations.jsonld").content)[
            "total"
        ]
        == 0
    )


def test_a_withheld_article_has_none_for_readers(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    make_article("Day three", is_public=False)
    statuses = [
        who.get("/articles/day-three/annotations.jsonld").status_code
        for who in (client, as_editor)
    ]
    assert statuses == [404, 200]


def test_it_costs_as_many_queries_for_many_as_for_one(
    client: Client, make_article: MakeArticle, django_assert_num_queries: Any
) -> None:
    article = make_article("Day three", "<p>1 2 3 4 5 6 7 8 9</p>")
    for number in "123456789":
        figure(article, number)
    # The article, its passages, and their text.
    with django_assert_num_queries(7):
        client.get("/articles/day-three/annotations.jsonld")
