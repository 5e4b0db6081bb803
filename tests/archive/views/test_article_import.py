"""Importing files in the browser."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.models import Article, Capture, User
from tests.support.pages import page_of

IMPORT = reverse("archive:article-import")


def report(n: int = 1) -> bytes:
    return f"# Report {n}\n\nDecember 19, 2011\n\nThese are the words of report {n}, in English.\n".encode()


def send(client: Client, **files: bytes) -> Any:
    uploads = [
        SimpleUploadedFile(name.replace("_", "."), content)
        for name, content in files.items()
    ]
    return client.post(IMPORT, {"reports": uploads})


def test_each_file_becomes_an_article_and_is_told_with_its_address(
    as_curator: Client, curator: User
) -> None:
    page = page_of(send(as_curator, one_txt=report(1), two_md=report(2)))
    told = [line.words for line in page.one("ul", cls="taken").all("li")]
    assert [line.split(" · ")[0] for line in told] == [
        "one.txt: imported",
        "two.md: imported",
    ]
    assert (
        page.link("Report 2")
        == Article.objects.get(title="Report 2").get_absolute_url()
    )
    assert {capture.received_by for capture in Capture.objects.all()} == {curator}


def test_the_same_bytes_again_are_already_here(as_curator: Client) -> None:
    send(as_curator, one_txt=report())
    page = page_of(send(as_curator, other_txt=report()))
    assert "other.txt: already here" in page.one("ul", cls="taken").words
    assert Article.objects.count() == 1


def test_a_refused_file_harms_no_other_and_says_why(as_curator: Client) -> None:
    response = send(
        as_curator,
        empty_txt=b"",
        bad_txt=b"\x00\x01\x02\xff" * 100,
        good_txt=report(),
        page_exe=report(2),
    )
    assert response.status_code == 200
    page = page_of(response)
    refused = [line.words for line in page.one(role="alert").all("li")]
    assert [line.split(":")[0] for line in refused] == [
        "empty.txt",
        "bad.txt",
        "page.exe",
    ]
    assert "It is empty" in refused[0]
    assert [article.title for article in Article.objects.all()] == ["Report 1"]


def test_only_refused_files_are_a_bad_request(as_curator: Client) -> None:
    assert send(as_curator, bad_txt=b"\x00\x01\x02\xff" * 100).status_code == 400


def test_a_file_larger_than_allowed_is_refused(
    as_curator: Client, settings: Any
) -> None:
    settings.ARCHIVE_MAX_BYTES = 50
    response = send(as_curator, long_txt=report())
    assert "It is too large" in page_of(response).one(role="alert").words


@pytest.mark.parametrize("data", [{"reports": ""}, {"reports": "words"}])
def test_without_a_file_one_is_asked_for(
    as_curator: Client, data: dict[str, str]
) -> None:
    page = page_of(as_curator.post(IMPORT, data))
    assert page.one("form", enctype="multipart/form-data").all(role="alert")
    assert not Article.objects.exists()
