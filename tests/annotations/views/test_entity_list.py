"""People and places: the lists."""

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import State
from annotations.views import entities
from tests.support.making import MakeArticle
from tests.support.marking import make_person, make_place, mention
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db

PEOPLE = reverse("annotations:person-list")
PLACES = reverse("annotations:place-list")


def rows(page: Node) -> list[str]:
    return [row.words for row in page.one("ul", cls="entities").all("li")]


def test_each_stands_with_what_tells_it_apart_and_how_often_it_is_mentioned(
    as_editor: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Ivan Petrov", description="Mayor in 2011")
    for title in ("One", "Two"):
        article = make_article(title, "<p>Ivan Petrov met Ivan Petrov.</p>")
        mention(article, "Ivan Petrov", petrov, State.LINKED)
        mention(article, "Ivan Petrov", petrov, nth=1)
    make_place("Aktau")
    assert rows(page_of(as_editor.get(PEOPLE))) == [
        "Ivan Petrov Mayor in 2011 4 mentions, 2 articles"
    ]
    assert rows(page_of(as_editor.get(PLACES))) == ["Aktau 0 mentions, 0 articles"]


def test_readers_are_counted_what_they_can_see(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov, Petrov, Petrov.</p>")
    for nth, state in enumerate((State.LINKED, State.SUGGESTED, State.REJECTED)):
        mention(article, "Petrov", petrov, state, nth)
    mention(make_article(html="<p>Petrov.</p>", is_public=False), "Petrov", petrov)
    assert rows(page_of(client.get(PEOPLE))) == ["Petrov 1 mention, 1 article"]
    assert rows(page_of(as_editor.get(PEOPLE))) == ["Petrov 2 mentions, 2 articles"]


def test_one_is_found_by_any_spelling_and_stands_there_once(as_editor: Client) -> None:
    make_person("Kalmukhambet Kasymov", "Касымов", "Қасымов")
    make_person("Janar Kasymbekova")
    found = (
        page_of(as_editor.get(PEOPLE, {"q": "касымов"}))
        .one("ul", cls="entities")
        .all("a")
    )
    assert [link.text for link in found] == ["Kalmukhambet Kasymov"]
    found = (
        page_of(as_editor.get(PEOPLE, {"q": "kasym"}))
        .one("ul", cls="entities")
        .all("a")
    )
    assert [link.text for link in found] == [
        "Janar Kasymbekova",
        "Kalmukhambet Kasymov",
    ]


def test_one_whom_an_import_gave_no_spelling_is_found_by_name(
    as_editor: Client,
) -> None:
    make_person("Ivan Petrov").spellings.all().delete()
    found = page_of(as_editor.get(PEOPLE, {"q": "petr"})).one("ul", cls="entities")
    assert [link.text for link in found.all("a")] == ["Ivan Petrov"]


def test_a_name_that_nobody_has_is_told(client: Client) -> None:
    make_person("Ivan Petrov")
    assert rows(page_of(client.get(PEOPLE, {"q": "Nobody"}))) == [
        "No name contains this."
    ]


def test_only_curators_are_offered_to_add_one(
    client: Client, as_editor: Client, as_curator: Client
) -> None:
    offered = [
        page_of(who.get(PLACES)).all("a", href="/places/new/")
        for who in (client, as_editor, as_curator)
    ]
    assert [len(links) for links in offered] == [0, 0, 1]


def test_long_lists_are_paged_and_keep_what_is_looked_for(
    as_editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entities, "PAGE_SIZE", 2)
    for name in ("Anna P", "Berta P", "Cora P", "Anna P", "Dora"):
        make_person(name)
    seen, address = [], f"{PEOPLE}?q=+P"
    while address:
        page = page_of(as_editor.get(address))
        seen += [link.text for link in page.one("ul", cls="entities").all("a")]
        following = page.all("a", rel="next")
        address = PEOPLE + following[0]["href"] if following else ""
    assert seen == ["Anna P", "Anna P", "Berta P", "Cora P"]
