"""The text by itself, which offsets point into."""

import hashlib

from django.test import Client

from archive.ingest.pipeline import correct_text
from archive.models import User
from tests.support.making import MakeArticle


def test_it_is_exactly_the_text_and_nothing_else(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        html="<p>😀 Қасымов &amp; <b>&lt;b&gt;</b></p><p>Two<br>lines</p>"
    )
    response = client.get(f"{article.get_absolute_url()}text/")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        response.content.decode()
        == article.version.text
        == "😀 Қасымов & <b>\n\nTwo\nlines"
    )
    assert hashlib.sha256(response.content).hexdigest() == article.version.sha256


def test_each_version_keeps_its_text_at_its_own_address(
    client: Client, curator: User, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>One.</p>")
    first = article.version
    second, _notes = correct_text(article, "<p>Two.</p>", curator, "Misread")
    assert client.get(first.get_text_url()).content == b"One."
    assert client.get(second.get_text_url()).content == b"Two."
    assert client.get(f"{article.get_absolute_url()}text/").content == b"Two."
    assert (
        client.get(f"{article.get_absolute_url()}versions/3/text/").status_code == 404
    )


def test_a_machine_that_has_it_already_is_told_so(
    client: Client, make_article: MakeArticle
) -> None:
    address = make_article().version.get_text_url()
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
