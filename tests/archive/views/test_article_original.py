"""The bytes as they came in: to keep, never to be rendered here."""

import pytest
from django.test import Client

from archive.ingest.pipeline import take_in
from archive.models import Article, Capture, sha256_of
from tests.support.making import MakeArticle, capture_of

HOSTILE = "# Day three\n\n<script>alert(1)</script> Қасымов spoke to the officials of the region. ✘\n".encode()


def original(article: Article, sha256: str = "") -> str:
    return f"{article.get_absolute_url()}original/" + (f"{sha256}/" if sha256 else "")


def test_it_is_a_download_of_exactly_the_bytes_that_no_browser_opens(
    client: Client, db: None
) -> None:
    article = take_in(HOSTILE, "day.txt").article
    for address in (original(article), original(article, sha256_of(HOSTILE))):
        response = client.get(address)
        assert response.content == HOSTILE
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert (
            response.headers["Content-Disposition"] == 'attachment; filename="day.txt"'
        )
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_its_name_is_kept_in_any_script(client: Client, db: None) -> None:
    article = take_in(HOSTILE, "репорт.txt").article
    assert client.get(original(article)).headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%D1%80%D0%B5%D0%BF%D0%BE%D1%80%D1%82.txt"
    )


def test_the_latest_is_given_and_every_earlier_one_by_its_hash(
    client: Client, db: None
) -> None:
    first = b"# Day three\n\nOriginal: https://post.example/day-three\n\nFifteen people died here on that day.\n"
    second = first.replace(b"Fifteen", b"Sixteen")
    article = take_in(first, "day.txt").article
    capture_of(article, second, filename="day-2.txt")
    assert client.get(original(article)).content == second
    assert client.get(original(article, sha256_of(first))).content == first


@pytest.mark.parametrize(
    "filename",
    [
        'quo"te.txt',
        "репорт.txt",
        "a\nb.txt",
        "a\r\nSet-Cookie: x=1.txt",
        "back\\slash.txt",
        "semi;colon.txt",
        "😀",
    ],
)
def test_no_name_of_a_file_breaks_the_header(
    client: Client, make_article: MakeArticle, filename: str
) -> None:
    article = make_article()
    capture_of(article, b"x", filename=filename)
    response = client.get(original(article))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in response.headers


def test_the_bytes_of_another_article_are_not_here(client: Client, db: None) -> None:
    one, two = (
        take_in(f"# Day {n}\n\nSome words of day {n}.\n".encode(), "day.txt").article
        for n in (1, 2)
    )
    assert client.get(original(one, two.captures.get().sha256)).status_code == 404
    assert client.get(original(one, "0" * 64)).status_code == 404


def test_an_article_without_a_file_has_no_original(
    client: Client, make_article: MakeArticle
) -> None:
    assert client.get(original(make_article())).status_code == 404


def test_of_damaged_bytes_it_says_so(client: Client, db: None) -> None:
    article = take_in(HOSTILE, "day.txt").article
    Capture.objects.update(compressed=b"\x78\x9cbroken")

    response = client.get(original(article))

    assert response.status_code == 500
    assert "are damaged" in response.content.decode()
