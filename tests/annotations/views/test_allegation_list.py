"""The ledger of allegations: what each row says, how it is narrowed, what counts once."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.entities.merging import merge
from annotations.models import Answer, Entity, Status
from annotations.views import allegations
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, make_person, make_place
from tests.support.pages import Node, page_of

ALLEGATIONS = reverse("annotations:allegation-list")


def summaries(page: Node) -> list[str]:
    return [heading.words for heading in page.one("ul", cls="allegations").all("h2")]


def test_each_says_who_alleges_what_of_whom_and_where_it_stands(
    client: Client, make_article: MakeArticle
) -> None:
    minister = make_person("Ivan Petrov")
    article = make_article(
        "Day three", "<p>Nobody gave the order, he said.</p>", publisher="The Post"
    )
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
        "a witness",
        "Petrov",
        "denied",
        "no response recorded",
    ]
    assert item.one("blockquote").words == "Nobody gave the order"
    assert (
        item.one("p", cls="origin").words
        == "Day three The Post undated Basket: Nobody gave the order"
    )
    assert item.link("Petrov") == minister.get_absolute_url()
    assert item.link("An order was given") == reverse(
        "annotations:allegation-detail", args=[mark.pk]
    )


def test_every_status_can_be_chosen(client: Client, make_article: MakeArticle) -> None:
    article = make_article(html=f"<p>{' '.join(Status.values)}</p>")
    for status in Status:
        allegation(article, status.value, f"It is {status.label}", status=status)
    for status in Status:
        chosen = page_of(
            client.get(
                ALLEGATIONS + page_of(client.get(ALLEGATIONS)).link(str(status.label))
            )
        )
        assert summaries(chosen) == [f"It is {status.label}"]


def test_they_stand_in_order_of_date(client: Client, make_article: MakeArticle) -> None:
    allegation(
        make_article(html="<p>Late.</p>", published="2012-01-26"), "Late", "Late"
    )
    allegation(
        make_article(html="<p>Early.</p>", published="2011-12-19"), "Early", "Early"
    )
    assert summaries(page_of(client.get(ALLEGATIONS))) == ["Early", "Late"]


def test_an_empty_ledger_says_so(client: Client, db: None) -> None:
    assert "No allegation fits" in page_of(client.get(ALLEGATIONS)).words


# Filters


@pytest.fixture
def ledger(make_article: MakeArticle) -> None:
    petrov, aktau = make_person("Ivan Petrov"), make_place("Aktau")
    early = make_article(
        "Early",
        "<p>He fired. They fled.</p>",
        publisher="The Post",
        published="2011-12-19",
    )
    late = make_article(
        "Late",
        "<p>She saw it. Nobody did.</p>",
        publisher="The News",
        published="2012-01-26",
    )
    undated = make_article("Undated", "<p>It was so.</p>")
    allegation(
        early,
        "He fired",
        "One",
        accused="Petrov; a guard",
        accused_entity=petrov,
        basis="video",
    )
    allegation(
        early,
        "They fled",
        "Two",
        claimant="Kazakh prosecutors",
        place="Aktau",
        place_entity=aktau,
    )
    allegation(late, "She saw it", "Three", claimant_entity=petrov, status="denied")
    allegation(late, "Nobody did", "Four", claimant="prosecutors", basis="hearsay")
    allegation(undated, "It was so", "Five")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("claimant=ivan-petrov", ["Three"]),
        ("claimant=prosecutors", ["Four"]),
        ("claimant=Prosecutor", ["Two", "Four"]),
        ("accused=ivan-petrov", ["One"]),
        ("accused=a+guard", ["One"]),
        ("accused=nobody", []),
        ("basis=video", ["One"]),
        ("status=denied", ["Three"]),
        ("place=aktau", ["Two"]),
        ("place=Akt", ["Two"]),
        ("publisher=The+News", ["Three", "Four"]),
        ("since=2012-01-01", ["Three", "Four"]),
        ("until=2011-12-31", ["One", "Two"]),
        ("publisher=The+News&basis=hearsay", ["Four"]),
    ],
)
def test_the_ledger_is_narrowed(
    client: Client, ledger: None, query: str, found: list[str]
) -> None:
    assert summaries(page_of(client.get(f"{ALLEGATIONS}?{query}"))) == found


def test_a_party_of_several_is_found_by_its_own_name(
    client: Client, make_article: MakeArticle
) -> None:
    allegation(
        make_article(html="<p>They fired.</p>"),
        "They fired",
        "One",
        accused="the port; a guard",
    )
    for name in ("the port", "a guard"):
        assert summaries(page_of(client.get(ALLEGATIONS, {"accused": name}))) == ["One"]


def test_each_choice_says_how_much_it_leaves_and_leads_there(
    client: Client, ledger: None
) -> None:
    page = page_of(client.get(ALLEGATIONS))
    choices = page.one("aside", cls="facets")
    told = {
        line.one("a").words: line.one("span", cls="count").words
        for line in choices.all("li")
    }
    assert (
        told["Ivan Petrov"],
        told["prosecutors"],
        told["The News"],
        told["video"],
    ) == (
        "1",
        "1",
        "2",
        "1",
    )
    assert summaries(page_of(client.get(ALLEGATIONS + choices.link("Aktau")))) == [
        "Two"
    ]
    assert "?format=csv" in page.link("CSV")


def test_the_address_of_somebody_who_was_merged_still_narrows(
    client: Client, ledger: None, curator: User
) -> None:
    merge(
        Entity.objects.get(name="Ivan Petrov"),
        make_person("I. Petrov"),
        curator,
        "One man",
    )
    assert summaries(page_of(client.get(f"{ALLEGATIONS}?claimant=ivan-petrov"))) == [
        "Three"
    ]


def test_what_is_not_understood_shows_nothing_and_says_so(
    client: Client, ledger: None
) -> None:
    page = page_of(client.get(f"{ALLEGATIONS}?status=guilty"))
    assert "status: guilty" in page.one("div", cls="errors").words
    assert summaries(page) == []


# Copies


def test_claims_in_copies_of_one_agency_text_count_once(
    client: Client, make_article: MakeArticle
) -> None:
    words = "nobody gave them the order to fire on the square"
    copies = [
        allegation(
            make_article(
                name,
                f"<p>He said {words}.</p>",
                publisher=name,
                credit=credit,
                published=day,
            ),
            words,
            name,
        )
        for name, credit, day in (
            ("The Star", "AP, Reuters", "2011-12-20"),
            ("The Globe", "Reuters and AP", "2011-12-19"),
            ("The Sun", "Interfax", "2011-12-21"),
        )
    ]
    page = page_of(client.get(ALLEGATIONS))
    assert summaries(page) == ["The Globe", "The Sun"]
    told = page.one("p", cls="copies")
    assert (
        told.words == "2 outlets, one agency text (Reuters and AP): The Globe, The Star"
    )
    assert told.link("The Star") == copies[0].allegation.get_absolute_url()
    counts = {
        line.one("a").words: line.one("span", cls="count").words
        for line in page.one("aside", cls="facets").all("li")
    }
    assert (counts["alleged"], counts["a witness"]) == ("2", "2")
    assert summaries(page_of(client.get(f"{ALLEGATIONS}?publisher=The+Star"))) == [
        "The Star"
    ]


def test_an_answer_to_one_copy_is_an_answer_to_all(
    client: Client, make_article: MakeArticle
) -> None:
    words = "nobody gave them the order to fire on the square"
    first, second = (
        allegation(
            make_article(html=f"<p>{words}.</p>", credit="AP", published=day),
            words,
            day,
        )
        for day in ("2011-12-19", "2011-12-20")
    )
    denial = allegation(
        make_article(html="<p>They did.</p>"), "They did", claimant="a guard"
    )
    Answer.objects.create(
        claim=second.allegation, answer=denial.allegation, relation="contradicts"
    )
    item = page_of(client.get(ALLEGATIONS)).one("ul", cls="allegations").all("li")[1]
    assert first.allegation.summary in item.words
    assert "contradicted by a guard, undated" in item.words


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_the_ledger_costs_the_same_queries_with_3_rows_and_with_60(
    client: Client,
    as_editor: Client,
    make_article: MakeArticle,
    who: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(allegations, "PAGE_SIZE", 100)
    somebody = client if who == "reader" else as_editor
    words = "nobody gave them the order to fire on the square"
    costs = []
    for few, many in ((0, 3), (3, 60)):
        for number in range(few, many):
            html = f"<p>{words}. Number {number} did.</p>"
            article = make_article(
                f"A {number}", html, credit="AP", publisher=f"Outlet {number}"
            )
            who_said = make_person(f"Speaker {number}")
            claim = allegation(
                article,
                f"Number {number} did",
                claimant_entity=who_said,
                accused="a; b; c",
                place="x",
            )
            copy = allegation(article, words, "No order")
            Answer.objects.create(
                claim=claim.allegation, answer=copy.allegation, relation="denies"
            )
        somebody.get(ALLEGATIONS)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            page = page_of(somebody.get(ALLEGATIONS))
        costs.append(len(captured))
        assert len(summaries(page)) == many + 1
    assert costs[0] == costs[1]
