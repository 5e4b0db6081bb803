"""Correcting a text: a new version is made, the old one stays."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import Annotation
from archive.models import Article, Event, TextVersion, User
from tests.support.making import MakeArticle
from tests.support.marking import figure
from tests.support.pages import page_of

HTML = "<p>At least 15 people died on that day.</p><p>Two<br>lines.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article("Day three", HTML)


def correct(
    client: Client, article: Article, html: str, note: str = "The number was misread"
) -> Any:
    return client.post(
        f"{article.get_absolute_url()}correct/", {"html": html, "note": note}
    )


def test_the_form_holds_the_text_as_it_is(as_curator: Client, article: Article) -> None:
    fields = (
        page_of(as_curator.get(f"{article.get_absolute_url()}correct/")).form().fields()
    )
    assert fields["html"] == article.version.html


def test_a_correction_is_the_next_version_and_says_why(
    as_curator: Client, curator: User, article: Article
) -> None:
    response = correct(as_curator, article, HTML.replace("15", "16"))
    assert response.headers["Location"] == article.get_absolute_url()
    first, second = TextVersion.objects.all()
    assert first.text.startswith("At least 15")
    assert second.text.startswith("At least 16")
    assert (second.number, second.previous, second.made_by, second.note) == (
        2,
        first,
        curator,
        "The number was misread",
    )
    assert Article.objects.get().current_version == second
    assert (
        Event.objects.get().detail
        == "Version 2 was made from version 1: The number was misread"
    )


def test_marks_go_along_or_are_told_to_stay_after(
    as_curator: Client, article: Article
) -> None:
    figure(article, "15 people")
    response = correct(as_curator, article, f"<p>New first line.</p>{HTML}")
    page = page_of(as_curator.get(response.headers["Location"]))
    assert (
        page.one("ul", cls="messages").words
        == "Version 2 is made; 1 annotation carried over."
    )
    response = correct(as_curator, article, "<p>Sixteen died.</p>")
    page = page_of(as_curator.get(response.headers["Location"]))
    assert (
        "0 annotations carried over; 1 orphaned: place it again"
        in page.one("ul", cls="messages").words
    )
    assert Annotation.objects.get().version.number == 2


def test_the_search_finds_the_corrected_text(
    client: Client, as_curator: Client, article: Article
) -> None:
    correct(as_curator, article, "<p>Seventeen horses.</p>")
    assert page_of(client.get("/search/", {"q": "horses"})).all("ol", cls="hits")
    assert not page_of(client.get("/search/", {"q": "people"})).all("ol", cls="hits")


def test_what_is_no_html_for_the_archive_is_cleaned_on_the_way_in(
    as_curator: Client, article: Article
) -> None:
    correct(
        as_curator,
        article,
        '<p onclick="x()">Words<script>alert(1)</script> <a href="javascript:x()">here</a></p>',
    )
    assert Article.objects.get().version.html == "<p>Words <a>here</a></p>"


@pytest.mark.parametrize(
    "html",
    [HTML, HTML.replace("<br>", "<br>\r\n").replace("</p><p>", "</p>\r\n\r\n<p>")],
)
def test_an_unchanged_text_makes_no_version_whatever_a_browser_does_to_its_line_ends(
    as_curator: Client, article: Article, html: str
) -> None:
    response = correct(as_curator, article, html)
    assert response.status_code == 400
    assert "This text is the same as version 1" in page_of(response).words
    assert TextVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("html", "told"), [("<p> </p>", "cannot be empty"), ("", "This field is required")]
)
def test_a_text_cannot_be_empty(
    as_curator: Client, article: Article, html: str, told: str
) -> None:
    response = correct(as_curator, article, html)
    assert response.status_code == 400
    assert told in page_of(response).words


def test_a_correction_needs_a_reason(as_curator: Client, article: Article) -> None:
    response = correct(as_curator, article, "<p>Sixteen died.</p>", note=" ")
    assert response.status_code == 400
    assert page_of(response).form().fields()["html"] == "<p>Sixteen died.</p>"
    assert TextVersion.objects.count() == 1
