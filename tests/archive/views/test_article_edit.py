"""Correcting what is known of an article; its provenance keeps what it was."""

from typing import Any

import pytest
from django.test import Client

from archive.models import Article, Event, Publisher, User
from tests.support.making import MakeArticle
from tests.support.pages import page_of


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        "Day three",
        "<p>Rain.</p>",
        publisher="The Post",
        authors=["Olga"],
        topics=["Oil"],
        published="2011-12-19",
    )


def correct(client: Client, article: Article, **typed: str) -> Any:
    address = f"{article.get_absolute_url()}edit/"
    return client.post(address, page_of(client.get(address)).form().fields() | typed)


def test_every_field_can_be_corrected(as_curator: Client, article: Article) -> None:
    other = Publisher.objects.create(name="Вести")
    response = correct(
        as_curator,
        article,
        title="Day four",
        title_transliterated="Den chetvyorty",
        title_translated="The fourth day",
        standfirst="It rained.",
        author_names=" Ivan  Petrov ; Olga;;",
        topic_names="Oil; Police",
        credit="Reuters",
        publisher=str(other.pk),
        published="2011-12-20~",
        language="kk",
        original_address="https://post.example/four",
        coverage="Mangistau",
    )
    assert response.headers["Location"] == article.get_absolute_url()
    article = Article.objects.get()
    assert (article.title, article.slug, article.byline) == (
        "Day four",
        "day-three",
        "Ivan Petrov; Olga",
    )
    assert (article.title_transliterated, article.title_translated) == (
        "Den chetvyorty",
        "The fourth day",
    )
    assert [author.name for author in article.authors.order_by("byline__position")] == [
        "Ivan Petrov",
        "Olga",
    ]
    assert {topic.name for topic in article.topics.all()} == {"Oil", "Police"}
    assert (article.published, str(article.sort_date)) == ("2011-12-20~", "2011-12-20")
    assert (article.publisher, article.address_key) == (other, "post.example/four")


def test_an_event_keeps_what_it_was_in_words(
    as_curator: Client, curator: User, article: Article
) -> None:
    other = Publisher.objects.create(name="Вести")
    correct(
        as_curator,
        article,
        title="Day four",
        author_names="Olga; Ivan",
        publisher=str(other.pk),
    )
    event = Event.objects.get()
    assert (event.kind, event.by) == (Event.Kind.MODIFICATION, curator)
    assert event.detail == "Corrected: title, author names, publisher."
    assert event.data == {
        "title": ["Day three", "Day four"],
        "author_names": ["Olga", "Olga; Ivan"],
        "publisher": ["The Post", "Вести"],
    }


def test_saving_without_a_change_leaves_no_event(
    as_curator: Client, article: Article
) -> None:
    assert correct(as_curator, article).status_code == 302
    assert not Event.objects.exists()


def test_a_new_title_is_found_and_the_old_one_no_more(
    client: Client, as_curator: Client, article: Article
) -> None:
    correct(as_curator, article, title="Night four")
    assert page_of(client.get("/search/", {"q": "night"})).all("ol", cls="hits")
    assert not page_of(client.get("/search/", {"q": "three"})).all("ol", cls="hits")


def test_withholding_hides_it_from_readers(
    client: Client, as_curator: Client, article: Article
) -> None:
    address = f"{article.get_absolute_url()}edit/"
    fields = page_of(as_curator.get(address)).form().fields()
    del fields["is_public"]
    as_curator.post(address, fields)
    assert client.get(article.get_absolute_url()).status_code == 404
    assert Event.objects.get().data == {"is_public": ["True", "False"]}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "This field is required"),
        ({"published": "yesterday"}, "is not a date in EDTF"),
        ({"published": "2011-13-40"}, "is not a date in EDTF"),
        ({"original_address": "not an address"}, "Enter a valid URL"),
        ({"original_address": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"original_address": "https://post.example/?q=" + "я" * 300}, "too long"),
        ({"author_names": "A" * 201}, "200 characters"),
        ({"topic_names": "A" * 201}, "200 characters"),
        (
            {
                "author_names": "; ".join(
                    f"Author number {n} of the report" for n in range(30)
                )
            },
            "500 characters",
        ),
        ({"publisher": "999"}, "valid choice"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_saved(
    as_curator: Client, article: Article, typed: dict[str, str], told: str
) -> None:
    response = correct(as_curator, article, coverage="Mangistau", **typed)
    assert response.status_code == 400
    assert told in page_of(response).words
    assert Article.objects.get().coverage == ""
    assert not Event.objects.exists()


def test_two_articles_cannot_have_one_address(
    as_curator: Client, article: Article, make_article: MakeArticle
) -> None:
    other = make_article("Other")
    correct(as_curator, other, original_address="https://post.example/three")
    response = correct(
        as_curator,
        article,
        original_address="http://www.post.example/three/?utm_source=x",
    )
    assert response.status_code == 400
    assert "Another article of this archive has this address" in page_of(response).words


def test_an_address_can_be_taken_away(as_curator: Client, article: Article) -> None:
    correct(as_curator, article, original_address="https://post.example/three")
    correct(as_curator, article, original_address="")
    article = Article.objects.get()
    assert (article.original_address, article.address_key) == ("", None)
