"""The ledger of allegations, and one allegation by itself."""

from django.test import Client
from django.urls import reverse

from annotations.models import Status
from tests.making import MakeArticle
from tests.marking import allegation, make_person
from tests.pages import Node, page_of

ALLEGATIONS = reverse("annotations:allegation-list")


def summaries(page: Node) -> list[str]:
    return [heading.words for heading in page.one("ul", cls="allegations").all("h2")]


def test_each_says_who_alleges_what_of_whom_and_where_it_stands(client: Client, make_article: MakeArticle) -> None:
    minister = make_person("Ivan Petrov")
    article = make_article("Day three", "<p>Nobody gave the order, he said.</p>", publisher="The Post")
    mark = allegation(
        article,
        "Nobody gave the order",
        "An order was given",
        accused="Petrov",
        accused_entity=minister,
        status="denied",
    )
    page = page_of(client.get(ALLEGATIONS))
    item = page.one("ul", cls="allegations").one("li")
    assert [role.words for role in item.one("dl").all("dd")] == [
        *("a witness", "Petrov", "denied", "no response recorded")
    ]
    assert item.one("blockquote").words == "Nobody gave the order"
    assert item.one("p", cls="origin").words == "Day three The Post undated Basket: Nobody gave the order"
    assert item.link("Petrov") == minister.get_absolute_url()
    assert item.link("An order was given") == reverse("annotations:allegation-detail", args=[mark.pk])


def test_every_status_can_be_chosen(client: Client, make_article: MakeArticle) -> None:
    article = make_article(html=f"<p>{' '.join(Status.values)}</p>")
    for status in Status:
        allegation(article, status.value, f"It is {status.label}", status=status)
    for status in Status:
        chosen = page_of(client.get(ALLEGATIONS + page_of(client.get(ALLEGATIONS)).link(str(status.label))))
        assert summaries(chosen) == [f"It is {status.label}"]


def test_they_stand_in_order_of_date(client: Client, make_article: MakeArticle) -> None:
    allegation(make_article(html="<p>Late.</p>", published="2012-01-26"), "Late", "Late")
    allegation(make_article(html="<p>Early.</p>", published="2011-12-19"), "Early", "Early")
    assert summaries(page_of(client.get(ALLEGATIONS))) == ["Early", "Late"]


def test_an_empty_ledger_says_so(client: Client, db: None) -> None:
    assert "No allegation fits" in page_of(client.get(ALLEGATIONS)).words
