"""The page of a basket, used as a browser would."""

from typing import Any

from django.test import Client
from django.urls import reverse

from annotations.models import Annotation
from tests.support.pages import Node, page_of

BASKET = reverse("annotations:basket")


CANARY = "Zyxwv"


def put(client: Client, *marks: Annotation, **headers: Any) -> Any:
    return client.post(
        BASKET, {"put": " ".join(str(mark.pk) for mark in marks)}, **headers
    )


def lines(client: Client) -> list[Node]:
    return [
        line
        for found in page_of(client.get(BASKET)).all("ol", cls="basket")
        for line in found.all("li")
    ]


def words(client: Client) -> list[str]:
    """The marked words of each line, in order; of one that is not available, nothing."""
    return [
        mark[0].text if (mark := line.all("mark")) else "" for line in lines(client)
    ]


def note_on(client: Client, mark: Annotation) -> Node:
    return page_of(client.get(BASKET)).one("textarea", id=f"note-{mark.pk}")
