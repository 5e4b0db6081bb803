"""Names and spellings, which curators manage; the machine links wherever they stand."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.linking.linker import link_articles
from annotations.models import Annotation, Entity, State
from archive.ingest.pipeline import take_in
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import make_person, mention
from tests.support.pages import Node, page_of

NEW_PERSON = reverse("annotations:person-create")
NEW_PLACE = reverse("annotations:place-create")


def fill(client: Client, address: str, *spellings: str, **typed: str) -> Any:
    """Fill in the form at `address`, the spellings into its empty lines."""
    fields = page_of(client.get(address)).form().fields()
    first = int(fields["names-INITIAL_FORMS"])
    lines = {f"names-{first + n}-text": text for n, text in enumerate(spellings)}
    return client.post(address, fields | lines | typed)


def marks_in(client: Client, article: Article) -> list[tuple[str, str]]:
    """The mentions on an article's reading page: the words, and where they lead."""
    text = page_of(client.get(article.get_absolute_url())).one(id="text")
    return [
        (mark.text, mark["href"].partition("#")[0].partition("?")[0])
        for mark in text.all("a", cls="person")
    ]


def test_a_minister_with_three_spellings_is_followed_through_the_real_reports(
    client: Client, as_curator: Client, seeds: Path
) -> None:
    articles = [
        take_in(file.read_bytes(), file.name).article
        for file in sorted(seeds.glob("*.txt"))
    ]
    spellings = ("Kalmukhambet Kasymov", "Kalmuhambet Kasymov", "Kasymov")
    response = fill(as_curator, NEW_PERSON, *spellings, name="Kalmukhambet Kasymov")
    address = response.headers["Location"]
    page = page_of(client.get(address))
    assert "9 mentions in 2 articles" in page.one("p", cls="summary").words
    concordance = page.all("a", cls="line")
    assert len(concordance) == 9
    assert {line.one("mark").text for line in concordance} == set(spellings)
    for line in concordance:
        after = line.inside[-1]
        assert isinstance(after, Node)
        assert "Kasymbekova" not in line.one("mark").text + after.text
    per_article = [marks_in(client, article) for article in articles]
    assert [len(marks) for marks in per_article] == [6, 0, 3]
    assert all(
        words in spellings and href == address
        for marks in per_article
        for words, href in marks
    )


def test_a_person_is_followed_under_every_spelling_but_not_into_longer_names(
    client: Client, as_curator: Client, make_article: MakeArticle
) -> None:
    one = make_article(
        "One",
        "<p>Kalmukhambet Kasymov spoke. <em>Kasymov</em>’s men, Kasymov said.</p>",
    )
    two = make_article(
        "Two", "<p>By Janar Kasymbekova. We met Kalmuhambet Kasymov; Kasymova left.</p>"
    )
    three = make_article("Three", "<p>Kasymov was not there.</p>")
    fill(
        as_curator,
        NEW_PERSON,
        "Kalmuhambet Kasymov",
        "Kasymov",
        name="Kalmukhambet Kasymov",
    )
    assert [words for words, _href in marks_in(client, one)] == [
        "Kalmukhambet Kasymov",
        "Kasymov",
        "Kasymov",
    ]
    assert [words for words, _href in marks_in(client, two)] == ["Kalmuhambet Kasymov"]
    assert marks_in(client, three) == []
    assert Annotation.objects.get(article=three).state == State.SUGGESTED


def test_the_page_tells_how_many_mentions_were_linked(
    as_curator: Client, make_article: MakeArticle
) -> None:
    make_article(html="<p>From Aktau to Aktau.</p>")
    response = fill(
        as_curator, NEW_PLACE, name="Aktau", latitude="43.65", longitude="51.15"
    )
    page = page_of(as_curator.get(response.headers["Location"]))
    assert page.one("ul", cls="messages").words == "Saved: 2 mentions linked. Undo"
    assert page.one("span", cls="geo").words == "43.65000, 51.15000"


def test_who_made_it_is_kept(as_curator: Client, curator: User) -> None:
    fill(as_curator, NEW_PERSON, name="Ivan Petrov", description="Mayor in 2011")
    entity = Entity.objects.get()
    assert (entity.made_by, entity.slug, entity.description) == (
        curator,
        "ivan-petrov",
        "Mayor in 2011",
    )


def test_the_name_itself_is_always_a_spelling(as_curator: Client) -> None:
    fill(as_curator, NEW_PERSON, name="Ivan Petrov")
    assert [form.text for form in Entity.objects.get().spellings.all()] == [
        "Ivan Petrov"
    ]


def test_a_person_called_new_does_not_stand_in_the_way(as_curator: Client) -> None:
    response = fill(as_curator, NEW_PERSON, name="New")
    assert response.headers["Location"] == "/people/new-2/"
    assert as_curator.get("/people/new-2/edit/").status_code == 200


def test_a_spelling_taken_away_takes_its_links_back(
    as_curator: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        html="<p>Ivan Petrov spoke. Petrov left. Petrov came back.</p>"
    )
    entity = make_person("Ivan Petrov", "Petrov")
    link_articles([article.pk])
    judged = Annotation.objects.filter(exact="Petrov")[0]
    Annotation.objects.filter(pk=judged.pk).update(state=State.CONFIRMED)
    response = fill(
        as_curator, f"{entity.get_absolute_url()}edit/", **{"names-1-DELETE": "on"}
    )
    page = page_of(as_curator.get(response.headers["Location"]))
    assert (
        page.one("ul", cls="messages").words
        == "Saved: 0 mentions linked, 1 taken back. Undo"
    )
    assert {(mark.exact, mark.state) for mark in Annotation.objects.all()} == {
        ("Ivan Petrov", State.LINKED),
        ("Petrov", State.CONFIRMED),
    }


def test_a_spelling_set_never_to_stand_alone_only_suggests(
    client: Client, as_curator: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>Ivan Petrov spoke. Will left.</p>")
    entity = make_person("Ivan Petrov")
    address = f"{entity.get_absolute_url()}edit/"
    fields = page_of(as_curator.get(address)).form().fields()
    del fields["names-1-linkable"]
    as_curator.post(address, fields | {"names-1-text": "Will"})
    assert Annotation.objects.get(exact="Will").state == State.SUGGESTED
    assert [words for words, _href in marks_in(client, article)] == ["Ivan Petrov"]


def test_a_spelling_can_be_set_never_to_stand_alone_later(
    as_curator: Client, make_article: MakeArticle
) -> None:
    make_article(html="<p>Ivan Petrov spoke.</p>")
    fill(as_curator, NEW_PERSON, name="Ivan Petrov")
    assert Annotation.objects.get().state == State.LINKED
    fields = page_of(as_curator.get("/people/ivan-petrov/edit/")).form().fields()
    del fields["names-0-linkable"]
    as_curator.post("/people/ivan-petrov/edit/", fields)
    assert Annotation.objects.get().state == State.SUGGESTED


def test_another_person_of_that_name_makes_the_links_unsure(
    as_curator: Client, make_article: MakeArticle
) -> None:
    make_article(html="<p>Ivan Petrov spoke.</p>")
    fill(as_curator, NEW_PERSON, name="Ivan Petrov")
    fill(as_curator, NEW_PERSON, name="Ivan Petrov")
    assert [(mark.tag, mark.state) for mark in Annotation.objects.all()] == [
        ("Ivan Petrov", State.SUGGESTED)
    ] * 2


def test_a_new_name_keeps_the_address_and_the_old_spelling(as_curator: Client) -> None:
    entity = make_person("Ivan Petrov")
    fill(as_curator, f"{entity.get_absolute_url()}edit/", name="Ivan Ivanovich Petrov")
    entity = Entity.objects.get()
    assert (entity.slug, entity.name) == ("ivan-petrov", "Ivan Ivanovich Petrov")
    assert {form.text for form in entity.spellings.all()} == {
        "Ivan Petrov",
        "Ivan Ivanovich Petrov",
    }


@pytest.mark.parametrize("spellings", [("Petrov", "Petrov"), ("Ivan Petrov",)])
def test_a_spelling_given_twice_is_told_and_nothing_is_saved(
    as_curator: Client, spellings: tuple[str, ...]
) -> None:
    entity = make_person("Ivan Petrov")
    response = fill(
        as_curator, f"{entity.get_absolute_url()}edit/", *spellings, description="Mayor"
    )
    assert response.status_code == 400
    assert Entity.objects.get().description == ""


def test_what_is_wrong_is_told_and_what_was_typed_stays(as_curator: Client) -> None:
    response = fill(as_curator, NEW_PLACE, "Актау", name="", latitude="north")
    assert response.status_code == 400
    page = page_of(response)
    fields = page.form().fields()
    assert (fields["latitude"], fields["names-0-text"]) == ("north", "Актау")
    assert "This field is required" in page.words
    assert not Entity.objects.exists()


def test_a_form_without_its_list_of_spellings_is_refused(as_curator: Client) -> None:
    assert as_curator.post(NEW_PERSON, {"name": "Ivan Petrov"}).status_code == 400
    assert not Entity.objects.exists()


def test_what_an_editor_rejected_stays_rejected(
    as_curator: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>Petrov spoke. Ivan Petrov left.</p>")
    entity = make_person("Ivan Petrov")
    mark = mention(article, "Petrov", entity, State.REJECTED)
    fill(as_curator, f"{entity.get_absolute_url()}edit/", "Petrov")
    assert Annotation.objects.get(start=mark.start).state == State.REJECTED
    assert Annotation.objects.exclude(pk=mark.pk).get().exact == "Ivan Petrov"
