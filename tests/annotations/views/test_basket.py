"""The basket in which somebody collects excerpts, without an account."""

import csv
import io
import json
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.baskets.current import UnnamedBasket
from annotations.core import basket_contents as baskets
from annotations.core.basket_contents import LONGEST_NOTE, BasketItem
from annotations.editing import tagging
from annotations.editing.undo import undo
from annotations.export.formats import FORMATS
from annotations.models import Act, Annotation, State
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.basket_page import BASKET, CANARY, lines, note_on, put, words
from tests.support.kept_pages import forget_pages
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db

EXPORT = reverse("annotations:basket-export")


def exported(client: Client, name: str = "json") -> str:
    content: bytes = client.get(EXPORT, {"format": name}).getvalue()
    return content.decode()


def held(client: Client, address: str = "/") -> str:
    return page_of(client.get(address)).one("a", cls="to-basket").words


# What is kept, and where


def test_a_visitor_has_no_cookie_and_no_row_before_something_is_put_in(
    client: Client, marks: list[Annotation]
) -> None:
    for address in (
        "/",
        marks[1].article.get_absolute_url(),
        marks[1].get_absolute_url(),
        "/figures/",
        BASKET,
        EXPORT,
    ):
        client.get(address)
    client.post(BASKET, {"put": str(uuid4())}, headers={"Accept": "application/json"})
    client.post(BASKET, {"empty": ""}, headers={"Accept": "application/json"})
    assert not client.cookies
    assert not Session.objects.exists()
    put(client, marks[0], headers={"Accept": "application/json"})
    assert list(client.cookies) == ["sessionid"]
    assert Session.objects.get().get_decoded() == {
        "basket": {"items": [[str(marks[0].pk), ""]], "gone": []}
    }


def test_the_cookie_lasts_as_long_as_the_session_since_the_last_change(
    client: Client, marks: list[Annotation]
) -> None:
    put(client, marks[0])
    client.cookies["sessionid"]["max-age"] = ""
    put(client, marks[1])
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600


def test_what_is_put_in_stands_there_in_order_and_is_counted(
    client: Client, marks: list[Annotation]
) -> None:
    assert held(client) == "Basket"
    for mark in (marks[2], marks[0], marks[2]):
        put(client, mark)
    assert words(client) == ["He fired first", "Ivan Petrov"]
    assert held(client) == "Basket 2"


def test_all_of_a_page_is_put_in_at_once(
    client: Client, marks: list[Annotation], make_article: MakeArticle
) -> None:
    article = make_article(html="<p>First 16 died, then 17 died.</p>")
    figure(article, "16 died", "16")
    figure(article, "17 died", "17")
    button = (
        page_of(client.get("/figures/"))
        .one("main")
        .all("button", cls="into-basket")[-1]
    )
    assert button.words == "Put all 3 on this page into the basket"
    client.post(BASKET, {button["name"]: button["value"]})
    assert sorted(words(client)) == ["15 people", "16 died", "17 died"]


@pytest.mark.parametrize(
    "place",
    ["reading", "passage", "person", "figures", "allegations", "allegation", "home"],
)
def test_a_button_stands_wherever_passages_do(
    client: Client, marks: list[Annotation], place: str
) -> None:
    named, counted, claimed = marks
    mark, address = {
        "reading": (counted, counted.article.get_absolute_url()),
        "passage": (named, named.get_absolute_url()),
        "person": (named, "/people/ivan-petrov/"),
        "figures": (counted, "/figures/"),
        "allegations": (claimed, "/allegations/"),
        "allegation": (claimed, f"/allegations/{claimed.pk}/"),
        "home": (claimed, "/"),
    }[place]
    page = page_of(client.get(address))
    button = page.one("button", cls="into-basket", value=str(mark.pk))
    form = page.one("form", id=button["form"])
    client.post(form["action"], {button["name"]: button["value"]})
    assert words(client) == [mark.exact]


def test_a_button_leads_back_to_the_passage_on_its_page(
    client: Client, marks: list[Annotation]
) -> None:
    page = f"http://testserver{marks[1].article.get_absolute_url()}"
    response = put(client, marks[1], headers={"Referer": page})
    assert response.headers["Location"] == f"{page}#a-{marks[1].pk}"
    assert (
        "Put into the basket."
        in page_of(client.get(page)).one("ul", cls="messages").words
    )
    assert (
        put(client, marks[1], headers={"Referer": "https://evil.example/"})
        .headers["Location"]
        .startswith(BASKET)
    )


def test_only_pages_of_this_archive_can_put_something_in(
    marks: list[Annotation],
) -> None:
    client = Client(enforce_csrf_checks=True)
    for headers, status in (
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 302),
        ({"Origin": "http://testserver"}, 302),
        ({}, 302),
    ):
        assert put(client, marks[0], headers=headers).status_code == status, headers
        assert bool(client.cookies) == (status == 302)


def test_a_full_basket_says_how_many_were_left(
    client: Client, marks: list[Annotation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baskets, "MOST", 2)
    response = put(client, *marks, headers={"Accept": "application/json"}).json()
    assert len(response["keys"]) == 2
    assert "1 was not put in" in response["message"]


@pytest.mark.parametrize(
    "sent", ["x", "", "\0", "9" * 400, "0b8e5a52-5d0c-4f0e-9a36-0d8a3a1f6c11"]
)
def test_what_is_no_passage_is_not_put_in(client: Client, sent: str) -> None:
    response = client.post(
        BASKET,
        {"put": sent, "up": sent, "before": sent, f"note {sent}": sent, "note ": sent},
    )
    assert response.status_code == 302
    assert words(client) == []


def test_suggestions_are_not_put_in(
    as_editor: Client, make_article: MakeArticle
) -> None:
    mark = mention(
        make_article(html="<p>Petrov.</p>"),
        "Petrov",
        make_person("Petrov"),
        State.SUGGESTED,
    )
    put(as_editor, mark)
    assert words(as_editor) == []
    assert not page_of(as_editor.get(mark.get_absolute_url())).all(
        "button", cls="into-basket"
    )


# Order, notes, taking out


def test_up_and_down_change_the_order(client: Client, marks: list[Annotation]) -> None:
    put(client, *marks)
    response = client.post(BASKET, {"up": str(marks[2].pk)})
    assert response.headers["Location"] == f"{BASKET}#a-{marks[2].pk}"
    assert words(client) == ["Ivan Petrov", "He fired first", "15 people"]
    client.post(BASKET, {"down": str(marks[0].pk)})
    assert words(client) == ["He fired first", "Ivan Petrov", "15 people"]
    client.post(BASKET, {"move": str(marks[1].pk), "before": str(marks[2].pk)})
    assert words(client) == ["15 people", "He fired first", "Ivan Petrov"]


def test_any_button_saves_the_notes(client: Client, marks: list[Annotation]) -> None:
    put(client, *marks[:2])
    typed = {note_on(client, mark)["name"]: f"on {mark.exact}" for mark in marks[:2]}
    client.post(BASKET, typed | {"up": str(marks[1].pk)})
    assert [note_on(client, mark).text.strip() for mark in marks[:2]] == [
        "on Ivan Petrov",
        "on 15 people",
    ]


def test_two_windows_keep_what_each_has_done(
    client: Client, marks: list[Annotation]
) -> None:
    put(client, *marks[:2])
    window = page_of(client.get(BASKET))
    put(client, marks[2])
    client.post(BASKET, {note_on(client, marks[0])["name"]: "mine"})
    stale = {field["name"]: field.text for field in window.all("textarea")}
    stale[window.one("textarea", id=f"note-{marks[0].pk}")["name"]] = "theirs"
    client.post(BASKET, stale | {"up": str(marks[1].pk)})
    assert words(client) == ["15 people", "Ivan Petrov", "He fired first"]
    assert note_on(client, marks[0]).text.split() == ["mine", "theirs"]


def test_a_request_that_began_before_another_does_not_undo_it(
    client: Client, marks: list[Annotation]
) -> None:
    put(client, marks[0])
    session = client.session
    assert len(UnnamedBasket(session).contents) == 1  # it has read its session by now
    put(client, marks[1])
    UnnamedBasket(session).change(
        lambda contents: contents.put([BasketItem(marks[2].pk)])
    )
    assert words(client) == ["Ivan Petrov", "15 people", "He fired first"]


def test_a_note_that_is_too_long_is_refused_and_stays_in_its_field(
    client: Client, marks: list[Annotation]
) -> None:
    put(client, marks[0])
    field = note_on(client, marks[0])
    assert int(field["maxlength"]) == LONGEST_NOTE
    response = client.post(BASKET, {field["name"]: "x" * (LONGEST_NOTE + 1)})
    assert response.status_code == 400
    page = page_of(response)
    assert "shorten it" in page.one("ul", cls="messages").words
    assert len(page.one("textarea").text.strip()) == LONGEST_NOTE + 1
    assert note_on(client, marks[0]).text.strip() == ""


def test_what_is_taken_out_can_be_put_back_with_its_note(
    client: Client, marks: list[Annotation]
) -> None:
    put(client, *marks)
    client.post(
        BASKET, {note_on(client, marks[1])["name"]: "Compare", "out": str(marks[1].pk)}
    )
    assert words(client) == ["Ivan Petrov", "He fired first"]
    client.post(BASKET, {"back": ""})
    assert words(client) == [mark.exact for mark in marks]
    assert note_on(client, marks[1]).text.strip() == "Compare"


def test_a_basket_that_is_emptied_can_be_filled_again(
    client: Client, marks: list[Annotation]
) -> None:
    put(client, *marks)
    client.post(BASKET, {"empty": ""})
    page = page_of(client.get(BASKET))
    assert (
        page.one("button", name="back").words
        == "Put back the 3 excerpts taken out last"
    )
    assert "It is empty" in page.one("main").words
    client.post(BASKET, {"back": ""})
    assert len(words(client)) == 3


def test_a_script_is_told_what_the_basket_holds(
    client: Client, marks: list[Annotation]
) -> None:
    put(client, *marks)
    name = note_on(client, marks[0])["name"]
    answer = client.post(
        BASKET, {name: "new"}, headers={"Accept": "application/json"}
    ).json()
    assert answer["keys"] == [str(mark.pk) for mark in marks]
    assert (
        f"note {marks[0].pk} {answer['stamps'][str(marks[0].pk)]}"
        == note_on(client, marks[0])["name"]
    )


def test_who_signs_in_takes_the_basket_along(
    client: Client, marks: list[Annotation], editor: User
) -> None:
    put(client, marks[0])
    client.post("/login/", {"username": "editor", "password": "editor"})
    assert words(client) == ["Ivan Petrov"]


# What is no longer available


@pytest.fixture
def gone(
    client: Client, make_article: MakeArticle, marks: list[Annotation], editor: User
) -> tuple[Annotation, Annotation]:
    """Of five excerpts in the basket the second is deleted since and the fourth withheld."""
    deleted = figure(
        make_article(html=f"<p>{CANARY} 16 died.</p>"),
        f"{CANARY} 16 died",
        counted=CANARY,
    )
    secret = make_article(CANARY, f"<p>{CANARY} 17 died.</p>", publisher=CANARY)
    withheld = figure(secret, f"{CANARY} 17 died", counted=CANARY)
    put(client, marks[0], deleted, marks[1], withheld, marks[2])
    tagging.delete(deleted.pk, deleted.revision, editor)
    Article.objects.filter(pk=secret.pk).update(is_public=False)
    return deleted, withheld


def test_an_excerpt_that_is_gone_keeps_its_place_without_its_words(
    client: Client, gone: tuple[Annotation, Annotation]
) -> None:
    assert words(client) == ["Ivan Petrov", "", "15 people", "", "He fired first"]
    assert "No longer available" in lines(client)[1].words
    page = client.get(BASKET)
    assert CANARY not in page.content.decode()
    assert "2 excerpts are no longer available and are left out." in page_of(page).words


def test_one_that_comes_back_is_there_again(
    client: Client, gone: tuple[Annotation, Annotation], editor: User
) -> None:
    undo(Act.objects.latest("pk"), editor)
    assert words(client)[1] == f"{CANARY} 16 died"


def test_editors_see_a_withheld_excerpt_in_theirs(
    as_editor: Client, make_article: MakeArticle
) -> None:
    put(
        as_editor,
        figure(make_article(html="<p>17 died.</p>", is_public=False), "17 died"),
    )
    assert words(as_editor) == ["17 died"]


def test_words_of_an_earlier_version_are_said_to_be_that(
    client: Client, curator: User, marks: list[Annotation]
) -> None:
    put(client, marks[1])
    correct_text(marks[1].article, "<p>Nobody died.</p>", curator, "Misread")
    assert "do not stand in the current version" in lines(client)[0].words
    assert [row["words"] for row in json.loads(exported(client))] == ["15 people"]


# Export


def test_an_export_is_in_the_order_of_the_basket_and_has_its_notes(
    client: Client, marks: list[Annotation]
) -> None:
    put(client, *marks[::-1])
    client.post(BASKET, {note_on(client, marks[1])["name"]: "See *this*"})
    rows = json.loads(exported(client))
    assert [row["words"] for row in rows] == [
        "He fired first",
        "15 people",
        "Ivan Petrov",
    ]
    assert [row.get("note") for row in rows] == [None, "See *this*", None]
    assert [
        row["note"]
        for row in csv.DictReader(io.StringIO(exported(client, "csv"), newline=""))
    ][1] == "See *this*"
    assert "See \\*this\\*" in exported(client, "markdown")
    assert "Note: See *this*\r\n" in exported(client, "ris")
    assert "annotation = {See *this*}" in exported(client, "bibtex")
    assert ">See *this*<" in exported(client, "html")


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_gone_is_left_out_of_every_format_and_the_name_says_so(
    client: Client, gone: tuple[Annotation, Annotation], name: str
) -> None:
    response = client.get(EXPORT, {"format": name})
    assert CANARY.encode() not in response.getvalue()
    assert 'filename="testimonia-3-of-5-' in response.headers["Content-Disposition"]
    assert response.headers["Content-Type"] == FORMATS[name].media_type


def test_a_format_that_there_is_not_is_no_page(client: Client) -> None:
    assert client.get(EXPORT, {"format": "exe"}).status_code == 404


def test_an_empty_basket_exports_nothing(client: Client) -> None:
    assert json.loads(exported(client)) == []


# Other people's pages


def test_readers_without_a_basket_are_told_that_their_page_is_the_same(
    client: Client, marks: list[Annotation]
) -> None:
    address = marks[1].article.get_absolute_url()
    stamp = client.get(address).headers["ETag"]
    other = Client()
    put(other, marks[0])
    assert client.get(address, headers={"If-None-Match": stamp}).status_code == 304
    response = other.get(address, headers={"If-None-Match": stamp})
    assert response.status_code == 200
    assert "Cookie" in response.headers["Vary"]
    assert held(other, address) == "Basket 1"
    assert held(client, address) == "Basket"


def number_of_queries(client: Client, address: str) -> int:
    forget_pages()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        if response.streaming:
            response.getvalue()
    return len(queries)


@pytest.mark.parametrize(
    ("address", "queries"),
    # An export reads the texts of its passages, sixteen at a time.
    [(BASKET, [3, 3]), (f"{EXPORT}?format=json", [5 + 1, 5 + 4])],
)
def test_it_costs_no_query_for_each_excerpt(
    client: Client, make_article: MakeArticle, address: str, queries: list[int]
) -> None:
    counts = []
    for count in (3, 60):
        for n in range(count):
            put(
                client,
                figure(
                    make_article(
                        f"Of {count}: {n}", "<p>15 died.</p>", publisher=f"{n}"
                    ),
                    "15 died",
                ),
            )
        assert len(words(client)) >= count
        counts.append(number_of_queries(client, address))
    assert counts == queries


def test_the_reading_page_costs_a_visitor_with_a_basket_no_more_queries(
    client: Client, marks: list[Annotation]
) -> None:
    address = marks[1].article.get_absolute_url()
    before = number_of_queries(client, address)
    put(client, *marks)
    # Beside the basket its session is asked, and of the page as it is kept nothing.
    assert number_of_queries(client, address) == before
