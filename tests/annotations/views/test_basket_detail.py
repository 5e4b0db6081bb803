"""Baskets with a name: kept by an editor, shared by an address."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.core.basket_contents import BasketContents, BasketItem
from annotations.models import Annotation, Basket
from archive.models import User
from tests.support.basket_page import BASKET, CANARY, note_on, put, words
from tests.support.crawling import number_of_queries
from tests.support.making import MakeArticle
from tests.support.marking import figure
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db

LIST = reverse("annotations:basket-list")


@pytest.fixture
def kept(editor: User, marks: list[Annotation]) -> Basket:
    """A basket of the editor's, with a note on its second excerpt."""
    contents = BasketContents().put(
        [
            BasketItem(marks[2].pk),
            BasketItem(marks[1].pk, "Compare"),
            BasketItem(marks[0].pk),
        ]
    )
    return Basket.objects.create(owner=editor, name="Chapter 2", kept=contents.kept)


def share(basket: Basket) -> str:
    Basket.objects.filter(pk=basket.pk).update(is_shared=True)
    return basket.get_absolute_url()


def address_of(basket: Basket, page: str) -> str:
    return reverse(f"annotations:basket-{page}", args=[basket.pk])


def test_a_basket_is_kept_under_a_name_and_is_then_the_open_one(
    as_editor: Client, marks: list[Annotation]
) -> None:
    put(as_editor, marks[2], marks[0])
    as_editor.post(BASKET, {note_on(as_editor, marks[0])["name"]: "first"})
    page = page_of(as_editor.post(LIST, {"name": "Chapter 1"}, follow=True))
    assert page.one("h1").words == "Chapter 1"
    put(as_editor, marks[1])
    kept = Basket.objects.get()
    assert kept.contents.items == (
        BasketItem(marks[2].pk),
        BasketItem(marks[0].pk, "first"),
        BasketItem(marks[1].pk),
    )
    as_editor.post(reverse("annotations:basket-close"))
    assert words(as_editor) == []


def test_a_name_cannot_be_empty_and_nothing_is_lost(
    as_editor: Client, marks: list[Annotation]
) -> None:
    put(as_editor, marks[0])
    response = as_editor.post(LIST, {"name": " "})
    assert response.status_code == 400
    assert "This field is required." in page_of(response).words
    assert words(as_editor) == ["Ivan Petrov"]
    assert not Basket.objects.exists()


def test_one_that_is_opened_is_changed_where_excerpts_are_collected(
    as_editor: Client, kept: Basket, marks: list[Annotation]
) -> None:
    put(as_editor, marks[0])
    as_editor.post(address_of(kept, "open"))
    assert words(as_editor) == ["He fired first", "15 people", "Ivan Petrov"]
    as_editor.post(BASKET, {"up": str(marks[0].pk), "out": str(marks[2].pk)})
    kept.refresh_from_db()
    assert kept.contents.keys == [marks[0].pk, marks[1].pk]
    assert (
        "1 excerpt waits in the one without a name"
        in page_of(as_editor.get(BASKET)).words
    )
    as_editor.post(BASKET, {"back": ""})
    assert len(words(as_editor)) == 3
    as_editor.post(reverse("annotations:basket-close"))
    assert words(as_editor) == ["Ivan Petrov"]


def test_two_windows_keep_what_each_has_done(
    kept: Basket, marks: list[Annotation]
) -> None:
    one, other = Basket.objects.get(), Basket.objects.get()
    one.change(lambda contents: contents.taken_out({marks[2].pk}))
    other.change(lambda contents: contents.raised(marks[0].pk))
    assert Basket.objects.get().contents.keys == [marks[0].pk, marks[1].pk]


def test_a_basket_is_its_owners_alone_until_it_is_shared(
    client: Client, as_editor: Client, as_curator: Client, kept: Basket
) -> None:
    address = kept.get_absolute_url()
    assert [
        who.get(address).status_code for who in (client, as_curator, as_editor)
    ] == [
        404,
        404,
        200,
    ]
    as_editor.post(address_of(kept, "edit"), {"name": "Chapter two", "is_shared": "on"})
    page = page_of(client.get(address))
    assert page.one("h1").words == "Chapter two"
    assert [mark.text for mark in page.all("mark")] == [
        "He fired first",
        "15 people",
        "Ivan Petrov",
    ]
    assert page.one("p", cls="their-note").words == "Compare"
    assert page.one("meta", name="robots")["content"] == "noindex"
    as_editor.post(address_of(kept, "edit"), {"name": "Chapter two"})
    assert client.get(address).status_code == 404


def test_nobody_but_its_owner_changes_it(as_curator: Client, kept: Basket) -> None:
    share(kept)
    for page in ("edit", "open", "delete"):
        assert (
            as_curator.post(address_of(kept, page), {"name": "Mine"}).status_code == 404
        )
    assert Basket.objects.get().name == "Chapter 2"
    assert not page_of(as_curator.get(kept.get_absolute_url())).all(
        "form", action=address_of(kept, "edit")
    )


def test_readers_copy_a_shared_basket_with_its_notes(
    client: Client, kept: Basket, marks: list[Annotation]
) -> None:
    page = page_of(client.get(share(kept)))
    client.post(page.form()["action"])
    assert words(client) == ["He fired first", "15 people", "Ivan Petrov"]
    assert note_on(client, marks[1]).text.strip() == "Compare"


def test_a_name_that_is_refused_stays_in_its_field(
    as_editor: Client, kept: Basket
) -> None:
    response = as_editor.post(
        address_of(kept, "edit"), {"name": "x" * 300, "is_shared": "on"}
    )
    assert response.status_code == 400
    assert page_of(response).one("input", id="id_name")["value"] == "x" * 300
    assert page_of(response).one("h1").words == "Chapter 2"


def test_deleting_is_asked_for_and_the_browsers_own_basket_stays(
    as_editor: Client, kept: Basket, marks: list[Annotation]
) -> None:
    put(as_editor, marks[1])
    as_editor.post(address_of(kept, "open"))
    button = (
        page_of(as_editor.get(kept.get_absolute_url()))
        .one("details")
        .one("button", cls="danger")
    )
    assert button.words == "Delete it"
    as_editor.post(address_of(kept, "delete"))
    assert not Basket.objects.exists()
    assert words(as_editor) == ["15 people"]


def test_the_list_has_ones_own_and_nobody_elses(
    as_editor: Client, as_curator: Client, kept: Basket
) -> None:
    share(kept)
    assert (
        "Chapter 2 3 excerpts"
        in page_of(as_editor.get(LIST)).one("ul", cls="baskets").words
    )
    assert (
        "There is none yet"
        in page_of(as_curator.get(LIST)).one("ul", cls="baskets").words
    )


# What a reader may see, not what the sharer may


@pytest.fixture
def secret(kept: Basket, make_article: MakeArticle) -> Annotation:
    """A withheld passage in the shared basket, with a note that repeats it."""
    article = make_article(
        CANARY, f"<p>{CANARY} 17 died.</p>", publisher=CANARY, is_public=False
    )
    mark = figure(article, f"{CANARY} 17 died", counted=CANARY)
    kept.change(
        lambda contents: contents.put([BasketItem(mark.pk, f"{CANARY} said so")])
    )
    share(kept)
    return mark


def test_a_shared_basket_shows_a_reader_nothing_of_what_is_withheld(
    client: Client, as_editor: Client, kept: Basket, secret: Annotation
) -> None:
    address = kept.get_absolute_url()
    page = client.get(address)
    assert CANARY not in page.content.decode()
    assert "1 excerpt is no longer available and is left out." in page_of(page).words
    assert len(page_of(page).one("ol", cls="basket").all("li")) == 4
    assert CANARY in as_editor.get(address).content.decode()


def test_nor_does_its_export_or_its_copy(
    client: Client, kept: Basket, secret: Annotation
) -> None:
    response: Any = client.get(address_of(kept, "detail-export"), {"format": "json"})
    rows = json.loads(response.getvalue())
    assert [row["words"] for row in rows] == [
        "He fired first",
        "15 people",
        "Ivan Petrov",
    ]
    assert rows[1]["note"] == "Compare"
    client.post(address_of(kept, "copy"))
    assert len(words(client)) == 3
    assert CANARY not in client.get(BASKET).content.decode()


def test_it_costs_the_same_queries_with_three_excerpts_and_with_sixty(
    client: Client, as_editor: Client, kept: Basket, make_article: MakeArticle
) -> None:
    address = share(kept)
    as_editor.post(address_of(kept, "open"))
    pages = [
        (client, address),
        (as_editor, address),
        (as_editor, BASKET),
        (as_editor, LIST),
    ]
    few = [number_of_queries(*page) for page in pages]
    new = [
        figure(make_article(f"{n}", "<p>15 died.</p>", publisher=f"{n}"), "15 died")
        for n in range(57)
    ]
    kept.change(lambda contents: contents.put(BasketItem(mark.pk) for mark in new))
    assert [number_of_queries(*page) for page in pages] == few
    assert few[0] == 7
