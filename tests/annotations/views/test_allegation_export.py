"""The ledger of allegations as a file."""

import csv
import json
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Answer
from archive.models import Article
from tests.support.making import MakeArticle
from tests.support.marking import allegation

pytestmark = pytest.mark.django_db

WORDS = "nobody gave them the order to fire on the square"


def exported(client: Client, query: str) -> str:
    return b"".join(client.get(f"/allegations/export/?{query}")).decode()


@pytest.fixture
def ledger(make_article: MakeArticle) -> None:
    copies = [
        make_article(
            name,
            f"<p>{WORDS}.</p>",
            credit="AP",
            publisher=name,
            published="2011-12-18",
        )
        for name in ("The Globe", "The Star")
    ]
    said = {"claimant": "the minister; his aide", "basis": "official"}
    _first, denial = (
        allegation(copy, WORDS, "No order was given", **said) for copy in copies
    )
    article = make_article(
        "Day",
        "<p>They were told to fire.</p>",
        publisher="The Post",
        published="2011-12-19",
    )
    claim = allegation(
        article,
        "They were told to fire",
        "An order was given",
        accused="the ministry",
        conduct="orders",
    )
    Answer.objects.create(
        claim=claim.allegation, answer=denial.allegation, relation="denies"
    )


def test_each_allegation_is_a_row_with_its_history_and_its_answers(
    client: Client, ledger: None
) -> None:
    rows = list(csv.DictReader(StringIO(exported(client, ""))))
    assert [row["allegation"] for row in rows] == [
        "No order was given",
        "No order was given",
        "An order was given",
    ]
    claim = rows[2]
    assert (claim["act"], claim["status"], claim["accused"]) == (
        "orders",
        "alleged",
        "the ministry",
    )
    permalink = rows[1]["permalink"]
    assert (
        claim["answers"]
        == f"denied by the minister; his aide, 18 December 2011, {permalink}"
    )
    assert claim["history"] == f"alleged, 19 December 2011, {claim['permalink']}"
    assert rows[1]["answers"] == "no response recorded"
    assert (rows[0]["same_text_as"], rows[2]["same_text_as"]) == (permalink, "")
    assert rows[0]["basis"] == "official statement"


def test_the_filters_of_the_list_hold_in_every_format(
    client: Client, ledger: None
) -> None:
    told = json.loads(exported(client, "format=json&accused=the+ministry"))
    assert [row["words"] for row in told["rows"]] == ["They were told to fire"]
    assert told["said"] == [
        "An allegation is a claim that a source reports; that it stands here does not make it true."
    ]
    assert told["address"].endswith("?format=json&accused=the+ministry")
    markdown = exported(client, "format=markdown&publisher=The+Star")
    assert markdown.count("> nobody gave them") == 1
    assert not list(csv.DictReader(StringIO(exported(client, "status=nonsense"))))


def test_an_unknown_format_is_not_there(client: Client, ledger: None) -> None:
    assert client.get("/allegations/export/?format=docx").status_code == 404


def test_what_is_withheld_is_in_no_row(client: Client, ledger: None) -> None:
    Article.objects.filter(title="The Star").update(is_public=False)
    told = exported(client, "format=csv")
    assert "The Star" not in told
    assert "denied by" not in told


def test_an_export_costs_the_same_queries_whatever_it_holds(
    client: Client, make_article: MakeArticle, ledger: None
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            exported(client, "format=csv")
        return len(captured)

    few = queries()
    for number in range(20):
        article = make_article(
            html=f"<p>{number} fired.</p>", publisher=f"Outlet {number}"
        )
        allegation(article, f"{number} fired", claimant=f"Speaker {number}")
    assert queries() == few
