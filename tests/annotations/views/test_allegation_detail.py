"""The page of one allegation: the exchange in which it is a turn, and where it stood since
when."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.allegations.services import change_status
from annotations.models import Allegation, Annotation, Answer, StatusChange
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db

WORDS = "nobody gave them the order to fire on the square"


def answer(claim: Annotation, by_this: Annotation, relation: str = "denies") -> Answer:
    return Answer.objects.create(
        claim=claim.allegation, answer=by_this.allegation, relation=relation
    )


@pytest.fixture
def exchange(make_article: MakeArticle) -> list[Annotation]:
    """A claim, two denials of which one is undated, and a finding that contradicts the first of
    them."""
    minister = make_person("Ivan Petrov")
    first = make_article(
        "Day three",
        "<p>Were they told? Nobody told them, he said.</p>",
        published="2011-12-19",
    )
    undated = make_article(
        "Two days", "<p>No one gave an order.</p>", publisher="The Review"
    )
    last = make_article(
        "In court",
        "<p>They used arms unlawfully.</p>",
        published="2012-01-26",
        publisher="The Post",
    )
    said: dict[str, Any] = {"claimant": "Ivan Petrov", "claimant_entity": minister}
    claim = allegation(
        first,
        "Were they told?",
        "The police were ordered to fire",
        accused="the ministry",
    )
    denial = allegation(first, "Nobody told them", "The police had no order", **said)
    again = allegation(undated, "No one gave an order", "There was no order", **said)
    finding = allegation(
        last,
        "They used arms unlawfully",
        "Arms were used unlawfully",
        claimant="prosecutors",
    )
    answer(claim, denial)
    answer(claim, again)
    answer(denial, finding, "contradicts")
    return [claim, denial, again, finding]


def page(client: Client, mark: Annotation) -> Node:
    return page_of(client.get(mark.allegation.get_absolute_url()))


def turns(found: Node) -> list[Node]:
    return found.one("ol", cls="turns").all("li")


def test_one_allegation_has_a_page(client: Client, make_article: MakeArticle) -> None:
    mark = allegation(
        make_article(html="<p>He fired first.</p>"),
        "He fired first",
        "He fired",
        status="denied",
    )
    found = page(client, mark)
    assert found.one("h1").text == "He fired"
    assert {status.text for status in found.all("strong", cls="status")} == {"denied"}
    assert "He fired first" in found.one("blockquote").text
    assert found.link("Cite this passage") == mark.get_absolute_url()
    assert found.one("p", cls="answered-by").words == "No response recorded"


def test_a_figure_is_no_allegation(client: Client, make_article: MakeArticle) -> None:
    mark = figure(make_article(html="<p>15 died.</p>"), "15 died")
    assert client.get(f"/allegations/{mark.pk}/").status_code == 404
    assert client.get(f"/allegations/{uuid4()}/").status_code == 404


def test_what_is_said_to_have_happened_is_told(
    client: Client, make_article: MakeArticle
) -> None:
    said = {
        "conduct": "shooting",
        "basis": "video",
        "happened": "2011-12-16",
        "place": "Aktau",
    }
    found = page(
        client, allegation(make_article(html="<p>He fired.</p>"), "He fired", **said)
    )
    told = [term.words for term in found.one("dl", cls="roles").all("dd")]
    assert told[-4:] == ["shooting", "video", "16 December 2011", "Aktau"]


# The exchange


def test_from_any_turn_the_whole_exchange_is_read_in_order_of_date(
    client: Client, exchange: list[Annotation]
) -> None:
    for mark in exchange:
        found = page(client, mark)
        assert [turn.one("blockquote").one("a").words for turn in turns(found)] == [
            "Were they told?",
            "Nobody told them",
            "No one gave an order",
            "They used arms unlawfully",
        ]
        current = [
            turn.one("blockquote").one("a").words
            for turn in turns(found)
            if "current" in turn["class"]
        ]
        assert current == [mark.exact]


def test_each_turn_says_who_when_in_what_source_and_what_it_does_to_which(
    client: Client, exchange: list[Annotation]
) -> None:
    first, second, third, last = turns(page(client, exchange[0]))
    assert (
        first.one("p", cls="turn-head").words == "1 a witness 19 December 2011 alleged"
    )
    assert (
        second.one("p", cls="answers").words
        == "denies 1. The police were ordered to fire"
    )
    assert third.one("p", cls="turn-head").words == "3 Ivan Petrov undated alleged"
    assert (
        last.one("p", cls="answers").words == "contradicts 2. The police had no order"
    )
    assert last.one("p", cls="origin").words.startswith("In court The Post ¶ 1 ")
    assert (
        first.one("p", cls="answered-by").words
        == "denied by Ivan Petrov (2) denied by Ivan Petrov (3)"
    )
    assert second.one("p", cls="answered-by").words == "contradicted by prosecutors (4)"
    assert last.one("p", cls="answered-by").words == "No response recorded"
    assert second.link("1. The police were ordered to fire") == f"#{first['id']}"


def test_who_repeats_a_claim_has_not_responded_to_it(
    client: Client, exchange: list[Annotation]
) -> None:
    Answer.objects.exclude(relation="contradicts").delete()
    answer(exchange[0], exchange[2], "repeats")
    told = turns(page(client, exchange[0]))[0].one("p", cls="answered-by").words
    assert told == "repeated by Ivan Petrov (2) No response recorded"


def test_a_circle_of_answers_has_an_end(
    client: Client, exchange: list[Annotation]
) -> None:
    answer(exchange[3], exchange[0], "contradicts")
    assert len(turns(page(client, exchange[1]))) == 4


def test_what_a_reader_may_not_see_is_no_turn_and_joins_nothing(
    client: Client, as_editor: Client, exchange: list[Annotation]
) -> None:
    middle = exchange[1].article
    Article.objects.filter(pk=middle.pk).update(is_public=False)
    assert [turn.one("h3") for turn in turns(page(as_editor, exchange[3]))] != []
    alone = page(client, exchange[3])
    assert len(turns(alone)) == 1
    assert "The police" not in alone.words
    assert client.get(exchange[0].allegation.get_absolute_url()).status_code == 404


def test_two_claims_in_copies_of_one_agency_text_are_one_turn(
    client: Client, make_article: MakeArticle, exchange: list[Annotation]
) -> None:
    html, credit = f"<p>He said {WORDS}.</p>", "Reuters, AP"
    copies = [
        allegation(
            make_article(
                name, html, credit=credit, publisher=name, published="2011-12-18"
            ),
            WORDS,
            "No order was given",
        )
        for name in ("The Globe", "The Star")
    ]
    answer(exchange[0], copies[0])
    for mark in (exchange[0], *copies):
        told = [
            turn.one("p", cls="copies").words
            for turn in turns(page(client, mark))
            if turn.all("p", cls="copies")
        ]
        assert len(turns(page(client, mark))) == 5
        assert len(told) == 1
        assert told[0].startswith("2 outlets, one agency text (Reuters, AP): ")
    other = page(client, copies[0]).link("The Star")
    assert other == copies[1].allegation.get_absolute_url()


def test_two_claims_on_the_same_words_of_one_article_are_two(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(html=f"<p>He said {WORDS}.</p>", credit="AP")
    one, other = (
        allegation(article, WORDS, summary)
        for summary in ("An order was given", "No order was given")
    )
    assert len(turns(page(client, one))) == 1
    answer(one, other)
    assert len(turns(page(client, one))) == 2


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_an_exchange_costs_the_same_queries_however_long_it_is(
    client: Client,
    as_editor: Client,
    make_article: MakeArticle,
    exchange: list[Annotation],
    who: str,
) -> None:
    somebody = client if who == "reader" else as_editor

    def queries() -> int:
        cache.clear()
        somebody.get(exchange[0].allegation.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert (
                somebody.get(exchange[0].allegation.get_absolute_url()).status_code
                == 200
            )
        return len(captured)

    few, last = queries(), exchange[-1]
    for number in range(56):
        article = make_article(
            f"Article {number}",
            f"<p>Word {number} of it.</p>",
            publisher=f"Outlet {number}",
        )
        mark = allegation(
            article, f"Word {number}", claimant_entity=make_person(f"Speaker {number}")
        )
        answer(last if number % 3 else exchange[0], mark, "contradicts")
        last = mark
    assert queries() == few
    assert len(turns(page(somebody, exchange[0]))) == 60


# Where it stood


def test_the_history_says_since_when_by_whose_word_and_which_passage_says_so(
    client: Client, exchange: list[Annotation], editor: User
) -> None:
    claim, finding = exchange[0].allegation, exchange[3]
    said = {"according_to": "the prosecutor", "note": "Of three officers"}
    change_status(
        StatusChange(allegation=claim, status="charged", passage=finding, **said),
        editor,
    )
    change_status(
        StatusChange(allegation=claim, status="denied", date="2011-12-18"), editor
    )
    found = page(client, exchange[0])
    lines = found.one("ol", cls="history").all("li")
    assert [line.one("strong").words for line in lines] == [
        "denied",
        "alleged",
        "charged",
    ]
    assert [line.one("span", cls="when").words for line in lines] == [
        "18 December 2011",
        "19 December 2011",
        "26 January 2012",
    ]
    assert lines[2].link("“They used arms unlawfully”") == finding.get_absolute_url()
    assert "according to the prosecutor Of three officers" in lines[2].words
    assert found.one("dl", cls="roles").one("strong").words == "charged"


def test_a_passage_that_a_reader_may_not_see_is_left_out_of_the_history(
    client: Client, exchange: list[Annotation], editor: User
) -> None:
    change = StatusChange(
        allegation=exchange[0].allegation, status="charged", passage=exchange[3]
    )
    change_status(change, editor)
    Article.objects.filter(pk=exchange[3].article_id).update(is_public=False)
    line = page(client, exchange[0]).one("ol", cls="history").all("li")[1]
    assert line.words == "undated charged"


def test_where_nothing_else_is_recorded_readers_see_no_history(
    client: Client, exchange: list[Annotation]
) -> None:
    assert not page(client, exchange[0]).all("ol", cls="history")
    assert Allegation.objects.count() == 4
