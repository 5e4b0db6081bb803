"""A passage as JSON-LD: at its own address, and at the passage's for programs that ask for
it."""

import json
from typing import Any

import pytest
from django.test import Client

from annotations.core.w3c import CONTEXT, MEDIA_TYPE
from annotations.models import Annotation, State
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.pages import page_of

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture
def mark(make_article: MakeArticle, editor: User) -> Annotation:
    mark = figure(
        make_article("Day three", "<p>At least 15 people died.</p>"),
        "15 people",
        qualifier="at_least",
    )
    Annotation.objects.update(made_by=editor)
    return mark


def address(mark: Annotation) -> str:
    return f"/annotations/{mark.pk}.jsonld"


def test_it_is_the_annotation_as_it_is_exported(
    client: Client, mark: Annotation
) -> None:
    response = client.get(address(mark))
    assert response.headers["Content-Type"] == MEDIA_TYPE
    document = json.loads(response.content)
    assert document.pop("@context") == CONTEXT
    exported: Any = client.get("/export/", {"format": "jsonld"})
    assert json.loads(exported.getvalue())["first"]["items"] == [document]
    assert document["id"] == f"http://testserver{mark.get_absolute_url()}"


@pytest.mark.parametrize(
    ("accept", "is_jsonld"),
    [
        (None, False),
        ("*/*", False),
        (BROWSER, False),
        ("text/html", False),
        ("application/ld+json", True),
        (MEDIA_TYPE, True),
        ("application/ld+json, */*;q=0.1", True),
        ("text/html;q=0.4, application/ld+json;q=0.5", True),
        ("text/html, application/ld+json;q=0.9", False),
        ("application/ld+json;q=0", False),
        ("application/ld+json;q=0, */*", False),
        ("image/png", False),
        ("application/json", False),
        ("/;;q=x,,", False),
    ],
)
def test_at_the_passage_it_is_given_to_who_prefers_it(
    client: Client, mark: Annotation, accept: str | None, is_jsonld: bool
) -> None:
    headers = {} if accept is None else {"accept": accept}
    response = client.get(mark.get_absolute_url(), headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(
        "application/ld+json" if is_jsonld else "text/html"
    )
    assert "Accept" in response.headers["Vary"].split(", ")
    assert response.headers.get("Content-Location") == (
        address(mark) if is_jsonld else None
    )


def test_page_and_jsonld_lead_to_one_another(client: Client, mark: Annotation) -> None:
    response = client.get(mark.get_absolute_url())
    assert (
        response.headers["Link"]
        == f'<{address(mark)}>; rel="alternate"; type="application/ld+json"'
    )
    link = page_of(response).one("link", rel="alternate", type="application/ld+json")
    assert (link["href"], link["type"]) == (address(mark), "application/ld+json")
    back = client.get(address(mark)).headers["Link"]
    assert (
        back
        == f'<http://testserver{mark.get_absolute_url()}>; rel="alternate"; type="text/html"'
    )


def test_what_is_known_already_is_not_sent_again(
    client: Client, mark: Annotation
) -> None:
    asked = {"accept": "application/ld+json"}
    etag = client.get(mark.get_absolute_url(), headers=asked).headers["ETag"]
    known = {"if-none-match": etag}
    assert client.get(mark.get_absolute_url(), headers=asked | known).status_code == 304
    assert client.get(address(mark), headers=known).status_code == 304
    # The page is another.
    assert client.get(mark.get_absolute_url(), headers=known).status_code == 200
    mark.figure.low = 16
    mark.figure.save()
    assert client.get(mark.get_absolute_url(), headers=asked | known).status_code == 200


def test_only_editors_are_told_by_whom_it_was_made(
    client: Client, as_editor: Client, mark: Annotation
) -> None:
    assert "creator" not in json.loads(client.get(address(mark)).content)
    assert json.loads(as_editor.get(address(mark)).content)["creator"] == {
        "type": "Person",
        "nickname": "editor",
    }


def test_readers_get_what_they_may_see_and_nothing_else(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article, withheld = (
        make_article(html="<p>Petrov, Petrov.</p>"),
        make_article(html="<p>Petrov.</p>", is_public=False),
    )
    suggested, rejected = (
        mention(article, "Petrov", petrov, state, nth)
        for nth, state in enumerate((State.SUGGESTED, State.REJECTED))
    )
    hidden = mention(withheld, "Petrov", petrov)
    for who, expected in ((client, [404, 404, 404]), (as_editor, [200, 404, 200])):
        for asked in ({}, {"accept": "application/ld+json"}):
            marks = (suggested, rejected, hidden)
            assert [
                who.get(address(mark), headers=asked).status_code for mark in marks
            ] == expected
            assert [
                who.get(mark.get_absolute_url(), headers=asked).status_code
                for mark in marks
            ] == expected


def test_it_costs_a_fixed_number_of_queries(
    client: Client, mark: Annotation, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        client.get(address(mark))
