"""The journal as a page: what was done, newest first."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.editing import tagging
from annotations.editing.undo import undo
from annotations.models import Act, State
from annotations.views.journal import PAGE_SIZE
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.pages import Node, page_of


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article("Day three", "<p>Ivan Petrov said that 15 people died.</p>")


@pytest.fixture
def deleted(article: Article, editor: User) -> Act:
    return tagging.delete(figure(article, "15 people").pk, 1, editor)


def journal_of(client: Client, query: str = "") -> Node:
    response = client.get(reverse("annotations:act-list") + query)
    assert response.status_code == 200
    return page_of(response)


def events(page: Node) -> list[Node]:
    return [event for day in page.all("ol", cls="acts") for event in day.all("li")]


def told(page: Node) -> list[str]:
    return [event.one("a", cls="act").words for event in events(page)]


def many(count: int, by: User, **kept: Any) -> None:
    Act.objects.bulk_create(
        Act(kind=Act.Kind.CHANGED, what=f"act {n}", by=by, **kept) for n in range(count)
    )


def test_a_journal_in_which_nothing_stands_says_so(as_editor: Client) -> None:
    assert "Nothing was done yet" in journal_of(as_editor).one("main").words


def test_what_was_done_last_stands_first_with_where_when_and_by_whom(
    as_editor: Client, article: Article, editor: User, curator: User, deleted: Act
) -> None:
    mark = mention(article, "Ivan Petrov", make_person("Ivan Petrov"))
    judged = tagging.delete(mark.pk, 1, curator)

    page = journal_of(as_editor)

    assert told(page) == ["Rejected “Ivan Petrov”", "Deleted “15 people”"]
    newest, oldest = events(page)
    assert (newest.one("a", cls="act")["href"], oldest.one("a", cls="act")["href"]) == (
        judged.get_absolute_url(),
        deleted.get_absolute_url(),
    )
    assert "curator" in newest.words
    assert "editor" in oldest.words
    for event in (newest, oldest):
        link = event.one("a", href=article.get_absolute_url())
        assert (link.words, link["lang"], link["dir"]) == ("Day three", "en", "ltr")


def test_one_can_see_what_one_did_oneself(
    as_editor: Client, as_curator: Client, article: Article
) -> None:
    for client, words in ((as_editor, "15 people"), (as_curator, "Ivan Petrov")):
        mark = figure(article, words)
        client.post(
            reverse("annotations:annotation-delete", args=[mark.pk]), {"revision": "1"}
        )

    assert told(journal_of(as_editor)) == [
        "Deleted “Ivan Petrov”",
        "Deleted “15 people”",
    ]
    page = journal_of(as_editor, "?mine")
    assert told(page) == ["Deleted “15 people”"]
    assert (
        page.one("nav", cls="chips").one("a", **{"aria-current": "page"}).words
        == "Mine"
    )
    assert told(journal_of(as_curator, "?mine")) == ["Deleted “Ivan Petrov”"]


def test_what_was_undone_is_told_apart(
    as_editor: Client, curator: User, deleted: Act
) -> None:
    undo(deleted, curator)

    undoing, undone = events(journal_of(as_editor))

    links = [event.one("a", cls="act") for event in (undoing, undone)]
    assert [link.words for link in links] == [
        "Undid: deleted “15 people”",
        "Deleted “15 people”",
    ]
    assert ["undone" in link.classes for link in links] == [False, True]
    assert ["undone since" in event.words for event in (undoing, undone)] == [
        False,
        True,
    ]


def test_how_many_passages_it_was_of_is_told_where_they_are_several(
    as_editor: Client, editor: User, article: Article
) -> None:
    ivan, olga = make_person("Ivan"), make_person("Olga")
    marks = [
        mention(article, words, entity)
        for words, entity in (("Ivan Petrov", ivan), ("Petrov", olga))
    ]
    tagging.judge({mark.pk: 1 for mark in marks}, State.REJECTED, editor)

    assert told(journal_of(as_editor)) == ["Rejected “Ivan Petrov” (2 passages)"]


@pytest.mark.parametrize("query", ["", "?mine"])
def test_the_rest_is_on_the_next_page(
    as_editor: Client, editor: User, curator: User, query: str
) -> None:
    many(PAGE_SIZE + 3, editor)
    many(1, curator)
    expected = [f"Changed “act {n}”" for n in reversed(range(PAGE_SIZE + 3))]
    if not query:
        expected = ["Changed “act 0”", *expected]

    first = journal_of(as_editor, query)
    second = journal_of(as_editor, first.link("Next page"))

    assert told(first) == expected[:PAGE_SIZE]
    assert told(second) == expected[PAGE_SIZE:]
    assert not [link for link in second.all("a") if link.words == "Next page"]
    assert (
        told(journal_of(as_editor, second.link("Back to the first page")))
        == expected[:PAGE_SIZE]
    )


def test_it_costs_the_same_queries_however_much_was_done(
    as_editor: Client, editor: User, curator: User, make_article: MakeArticle
) -> None:
    counts = []
    for number in (1, 12):
        for each in range(number):
            article = make_article(f"Article {number} {each}", "<p>15 people died.</p>")
            undone = undo(
                tagging.delete(figure(article, "15 people").pk, 1, editor), curator
            )
            undo(undone.act, editor)
        journal_of(as_editor)
        with CaptureQueriesContext(connection) as queries:
            journal_of(as_editor)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_editors_find_it_in_the_header_and_nobody_else_does(
    client: Client, as_editor: Client, reader: User, deleted: Act
) -> None:
    address = reverse("annotations:act-list")
    assert page_of(as_editor.get("/")).link("Journal") == address
    assert not page_of(client.get("/")).all("a", href=address)
    client.force_login(reader)
    assert not page_of(client.get("/")).all("a", href=address)
    assert client.get(address).status_code == 403
