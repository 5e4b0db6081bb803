"""The page of a basket, used as a browser would; `marks` is a fixture."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, mention
from tests.support.pages import Node, page_of

BASKET = reverse("annotations:basket")


CANARY = "Zyxwv"


@pytest.fixture
def marks(make_article: MakeArticle) -> list[Annotation]:
    """A person, a figure and an allegation, in three articles."""
    return [
        mention(
            make_article("One", "<p>Ivan Petrov came.</p>"),
            "Ivan Petrov",
            make_person("Ivan Petrov"),
        ),
        figure(make_article("Two", "<p>There 15 people died.</p>"), "15 people"),
        allegation(make_article("Three", "<p>He fired first.</p>"), "He fired first"),
    ]


def put(client: Client, *marks: Annotation, **headers: Any) -> Any:
    return client.post(BASKET, {"put": " ".join(str(mark.pk) for mark in marks)}, **headers)


def lines(client: Client) -> list[Node]:
    return [
        line
        for found in page_of(client.get(BASKET)).all("ol", cls="basket")
        for line in found.all("li")
    ]


def words(client: Client) -> list[str]:
    """The marked words of each line, in order; of one that is not available, nothing."""
    return [mark[0].text if (mark := line.all("mark")) else "" for line in lines(client)]


def note_on(client: Client, mark: Annotation) -> Node:
    return page_of(client.get(BASKET)).one("textarea", id=f"note-{mark.pk}")
