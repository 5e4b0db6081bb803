"""The page on which a passage is tagged, used as a browser would."""

from typing import Any

from django.test import Client
from django.urls import reverse

from archive.models import Article
from tests.support.pages import Node


def tag_url(article: Article) -> str:
    return reverse("annotations:annotation-create", args=[article.slug])


def passage(article: Article, words: str) -> dict[str, Any]:
    """What a browser sends of a selection."""
    start = article.version.text.index(words)
    return {
        "version": article.version.number,
        "start": start,
        "end": start + len(words),
        "exact": words,
    }


def follow(client: Client, page: Node, **typed: str) -> Any:
    """Send the page's tagging form as a browser would, with some fields filled in."""
    form = page.form()
    return client.post(form["action"], form.fields() | typed)
