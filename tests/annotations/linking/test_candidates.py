"""Whom words may mean: who is proposed for them, in which order, and what is said of somebody
new who is much alike."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.editing.undo import undo
from annotations.entities.merging import merge
from annotations.linking.candidates import proposed
from annotations.models import Annotation, Entity, Kind, Spelling, State
from archive.models import Article, User
from tests.support.making import MakeArticle, make_article
from tests.support.marking import make_person, make_place, mention
from tests.support.pages import Node, page_of


@pytest.fixture
def kasymov(db: None) -> Entity:
    return make_person("Kalmukhambet Kasymov", "Kasymov", description="Minister")


def names(words: str, user: User, kind: Kind = Kind.PERSON, **more: Any) -> list[str]:
    return [proposal.entity.name for proposal in proposed(kind, words, user, **more)]


# What is found


@pytest.mark.parametrize(
    "typed",
    [
        "Касым",
        "kasy",
        "қасым",
        "kasym",
        "KASYMOV",
        "Qasym",
        "Kassym",
        "kalm",
        "калму",
        "Kalm Kas",
        "Қалмұ",
    ],
)
def test_a_beginning_finds_the_name_in_any_script(
    kasymov: Entity, editor: User, typed: str
) -> None:
    make_person("Janar Kenesova")
    assert names(typed, editor) == ["Kalmukhambet Kasymov"]


@pytest.mark.parametrize("typed", ["ymov", "Kasymovich", "", " ", "…", "404"])
def test_what_begins_no_word_finds_nobody(
    kasymov: Entity, editor: User, typed: str
) -> None:
    assert names(typed, editor) == []


def test_a_name_without_letters_that_can_be_folded_is_found_as_it_is_written(
    editor: User,
) -> None:
    make_place("404 km")
    make_place("東京")
    assert names("404", editor, Kind.PLACE) == ["404 km"]
    assert names("東", editor, Kind.PLACE) == ["東京"]


def test_exact_goes_before_alike_before_a_beginning_before_a_shared_word(
    editor: User,
) -> None:
    for name in ("Ivan Sidorov", "Ivan Petrovsky", "Iwan Petroff", "Ivan Petrov"):
        make_person(name)
    assert names("Ivan Petrov", editor) == [
        "Ivan Petrov",
        "Iwan Petroff",
        "Ivan Petrovsky",
        "Ivan Sidorov",
    ]
    assert names("ivan petrov", editor)[0] == "Ivan Petrov"


def test_who_was_chosen_goes_first(editor: User) -> None:
    make_person("Ivan Petrov")
    olga = make_person("Olga Smirnova")
    assert names("Ivan Petrov", editor, chosen=[olga.pk]) == [
        "Olga Smirnova",
        "Ivan Petrov",
    ]
    [first, _second] = proposed(Kind.PERSON, "Ivan Petrov", editor, chosen=[olga.pk])
    assert (first.spelling, first.is_alike) == ("", False)


def test_of_alike_ones_those_in_the_article_go_first_then_the_more_mentioned(
    editor: User,
) -> None:
    here = make_article(html="<p>Petrov 1</p>")
    elsewhere = make_article(
        "Elsewhere", "<p>Petrov 1, Petrov 2, Petrov 3, Petrov 4</p>"
    )
    people = {
        first: make_person(f"{first} Petrov")
        for first in ("Aset", "Boris", "Ivan", "Oleg")
    }
    mention(here, "Petrov 1", people["Oleg"])
    for nth in (1, 2):
        mention(elsewhere, f"Petrov {nth}", people["Ivan"])
    mention(elsewhere, "Petrov 3", people["Boris"], State.REJECTED)
    mention(elsewhere, "Petrov 4", people["Aset"], State.SUGGESTED)
    found = proposed(Kind.PERSON, "Petrov", editor, article=here)
    assert [(one.entity.name.split()[0], one.mentions) for one in found] == [
        ("Oleg", 1),
        ("Ivan", 2),
        ("Aset", 0),
        ("Boris", 0),
    ]
    assert names("Petrov", editor)[0] == "Ivan Petrov"


def test_a_reader_is_told_of_no_mention_in_what_is_withheld(
    reader: User, editor: User
) -> None:
    withheld = make_article(html="<p>Ivan Petrov</p>", is_public=False)
    mention(withheld, "Ivan Petrov", make_person("Ivan Petrov"))
    counts = [
        proposed(Kind.PERSON, "Ivan", user)[0].mentions for user in (editor, reader)
    ]
    assert counts == [1, 0]


def test_the_spelling_that_matched_is_told_unless_it_is_the_name(editor: User) -> None:
    make_person("Kalmukhambet Kasymov", "Kasymov", "Касымов")
    told = {
        typed: proposed(Kind.PERSON, typed, editor)[0].spelling
        for typed in ("Касымов", "Касы", "kasy", "Қасымов")
    }
    assert told == {"Касымов": "Касымов", "Касы": "Касымов", "kasy": "", "Қасымов": ""}


def test_people_and_places_are_kept_apart(editor: User) -> None:
    make_person("Aktau")
    place = make_place("Aktau")
    assert [one.entity for one in proposed(Kind.PLACE, "Aktau", editor)] == [place]
    person = Entity.objects.people().get()
    assert [
        one.entity for one in proposed(Kind.PLACE, "Aktau", editor, chosen=[person.pk])
    ] == [place]


def test_no_more_than_were_asked_for_come(editor: User) -> None:
    for number in range(70):
        make_person(f"Petrov{'a' * number}")
    assert len(names("Petrov", editor)) == 8
    assert len(names("Petrov", editor, most=60)) == 60


@pytest.mark.parametrize(
    ("typed", "is_alike"),
    [
        ("Kalmukhambet Kasymov", True),
        ("Қасымов", True),
        ("K. Kassymov", True),
        ("Kasymov", True),
        ("Kasym", False),
        ("Janar Kasymov", False),
        ("Kalmukhambet Petrov", False),
    ],
)
def test_who_is_much_alike_is_said_to_be(
    kasymov: Entity, editor: User, typed: str, is_alike: bool
) -> None:
    [found] = proposed(Kind.PERSON, typed, editor)
    assert found.is_alike == is_alike


def test_somebody_known_by_a_surname_alone_is_much_like_who_has_it(
    editor: User,
) -> None:
    make_person("Kasymov")
    [found] = proposed(Kind.PERSON, "Janar Kasymov", editor)
    assert found.is_alike


# The index


def test_the_index_knows_what_came_what_changed_and_what_went(
    kasymov: Entity, editor: User
) -> None:
    assert names("Petrov", editor) == []
    petrov = make_person("Ivan Petrov")
    assert names("Petrov", editor) == ["Ivan Petrov"]
    form = petrov.spellings.create(text="Vanya")
    assert names("Van", editor) == ["Ivan Petrov"]
    form.text = "Vasya"
    form.save()
    assert (names("Van", editor), names("Vas", editor)) == ([], ["Ivan Petrov"])
    form.delete()
    assert names("Vas", editor) == []
    petrov.spellings.create(text="Wanja")
    assert names("Wan", editor) == ["Ivan Petrov"]
    assert names("Kas", editor) == ["Kalmukhambet Kasymov"]


def test_what_came_is_learned_without_reading_all_again(
    kasymov: Entity, editor: User
) -> None:
    names("Kas", editor)
    make_person("Ivan Petrov")
    with CaptureQueriesContext(connection) as queries:
        assert names("Pet", editor) == ["Ivan Petrov"]
    [reading] = [
        query["sql"]
        for query in queries
        if "annotations_spelling" in query["sql"] and "MAX(" not in query["sql"]
    ]
    highest = kasymov.spellings.latest("pk").pk
    assert f'"id" > {highest}' in reading


def test_who_was_merged_is_never_proposed_until_it_is_undone(
    kasymov: Entity, editor: User, curator: User
) -> None:
    other = make_person("Kalmuhambet Kassymov")
    act = merge(other, kasymov, curator, "One man")
    Spelling.objects.create(entity=other, text="Qasymov")
    [found] = proposed(Kind.PERSON, "Kalmuhambet", editor, chosen=[other.pk])
    assert (found.entity, found.spelling) == (kasymov, "Kalmuhambet Kassymov")
    undo(act, curator)
    assert set(names("Kasymov", editor)) == {
        "Kalmukhambet Kasymov",
        "Kalmuhambet Kassymov",
    }


def test_it_costs_as_many_queries_for_many_as_for_few(
    editor: User, make_article: MakeArticle
) -> None:
    article = make_article(html=f"<p>{' '.join(f'Petrov {n}.' for n in range(30))}</p>")

    def asked() -> int:
        names("Petrov", editor, article=article)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            names("Petrov", editor, article=article)
        return len(queries)

    for number in range(2):
        mention(article, f"Petrov {number}.", make_person(f"Petrov {number}"))
    few = asked()
    for number in range(2, 30):
        mention(article, f"Petrov {number}.", make_person(f"Petrov {number}"))
    assert asked() == few == 5


# The entity box


def options(client: Client, q: str, **more: str) -> Node:
    return page_of(
        client.get(
            reverse("annotations:entity-options"), {"kind": "person", "q": q, **more}
        )
    )


def test_the_options_say_what_tells_each_apart_and_how_often_it_is_mentioned(
    as_editor: Client, kasymov: Entity, make_article: MakeArticle
) -> None:
    kasymov.spellings.create(text="Касымов")
    mention(make_article(html="<p>Kasymov</p>"), "Kasymov", kasymov)
    known, new = options(as_editor, " Касым ").all("li", role="option")
    assert known.words == "Kalmukhambet Kasymov Minister also Касымов 1 mention"
    assert (known["id"], known["data-value"]) == (
        f"option-{kasymov.pk}",
        str(kasymov.pk),
    )
    assert known["data-name"] == "Kalmukhambet Kasymov"
    assert (new["data-value"], new["data-name"], new.words) == (
        "new",
        "Касым",
        "Create “Касым”",
    )
    assert "near" not in new.classes


@pytest.mark.parametrize("typed", ["Qasymov", "Kasymov"])
def test_the_last_option_says_who_is_much_alike(
    as_editor: Client, kasymov: Entity, typed: str
) -> None:
    new = options(as_editor, typed).all("li", role="option")[-1]
    assert new.classes == ["near"]
    assert (
        new.words
        == f"Create “{typed}” much like Kalmukhambet Kasymov, which is known already"
    )


def test_nothing_is_offered_for_nothing(as_editor: Client, kasymov: Entity) -> None:
    assert not options(as_editor, "  ").all("li")


def test_what_is_typed_is_escaped(as_editor: Client) -> None:
    [new] = options(as_editor, '"><script>').all("li")
    assert new["data-name"] == '"><script>'


def test_those_in_the_article_go_first_in_the_box(
    as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>Petrov</p>")
    make_person("Aset Petrov")
    mention(article, "Petrov", make_person("Oleg Petrov"))
    assert (
        options(as_editor, "Petrov", article=article.slug).all("li")[0]["data-name"]
        == "Oleg Petrov"
    )


# Somebody new who is much alike


HTML = "<p>In Janaozen Kalmuhambet Kassymov spoke.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html=HTML)


def form_at(
    client: Client, article: Article, words: str, kind: Kind = Kind.PERSON
) -> Node:
    start = article.version.text.index(words)
    query: dict[str, str | int] = {
        "version": 1,
        "start": start,
        "end": start + len(words),
        "kind": kind.value,
    }
    return page_of(
        client.get(reverse("annotations:annotation-create", args=[article.slug]), query)
    )


def send(client: Client, page: Node, **typed: str) -> Any:
    form = page.form()
    return client.post(form["action"], form.fields() | typed)


@pytest.mark.parametrize(
    ("make", "known", "words", "label"),
    [
        (
            make_person,
            "Kalmukhambet Kasymov",
            "Kalmuhambet Kassymov",
            "another person of this name, not Kalmukhambet",
        ),
        (
            make_place,
            "Zhanaozen",
            "Janaozen",
            "another place of this name, not Zhanaozen",
        ),
    ],
)
def test_somebody_much_alike_is_made_only_when_it_is_said_twice(
    as_editor: Client,
    article: Article,
    make: Callable[[str], Entity],
    known: str,
    words: str,
    label: str,
) -> None:
    kind = Kind(make(known).kind)
    page = form_at(as_editor, article, words, kind)
    assert not page.all("input", name="another")
    response = send(as_editor, page, entity="new", description="Someone else")
    assert response.status_code == 400
    assert Entity.objects.count() == 1
    again = page_of(response)
    assert (
        f"“{words}” is much like {known}. Choose that one, or say that this is another."
        in again.words
    )
    box = again.one("input", name="another")
    assert label in again.one("label", **{"for": box["id"]}).words
    sent = again.form().fields()
    assert (sent["entity"], sent["name"], sent["description"]) == (
        "new",
        words,
        "Someone else",
    )
    assert send(as_editor, again, another="on").status_code == 302
    assert Entity.objects.get(name=words).description == "Someone else"
    assert Annotation.objects.get(
        exact=words, state=State.CONFIRMED
    ).entity == Entity.objects.get(name=words)


def test_who_was_meant_can_still_be_chosen(
    as_editor: Client, article: Article, kasymov: Entity
) -> None:
    page = form_at(as_editor, article, "Kalmuhambet Kassymov")
    again = page_of(send(as_editor, page, entity="new", name="Kasymov K."))
    assert str(kasymov.pk) in [
        radio["value"] for radio in again.all("input", name="entity")
    ]
    assert send(as_editor, again, entity=str(kasymov.pk)).status_code == 302
    assert Annotation.objects.get().entity == kasymov
    assert Entity.objects.count() == 1


def test_a_place_is_not_much_like_a_person(as_editor: Client, article: Article) -> None:
    make_person("Zhanaozen")
    assert (
        send(as_editor, form_at(as_editor, article, "Janaozen", Kind.PLACE)).status_code
        == 302
    )


def test_what_was_done_and_not_heard_of_is_not_much_like_itself(
    as_editor: Client, article: Article
) -> None:
    page = form_at(as_editor, article, "Kalmuhambet Kassymov")
    for _time in range(2):
        assert send(as_editor, page, entity="new").status_code == 302
    assert Entity.objects.count() == 1


def test_who_was_merged_meanwhile_is_not_chosen(
    as_editor: Client, article: Article, kasymov: Entity, curator: User
) -> None:
    page = form_at(as_editor, article, "Kalmuhambet Kassymov")
    merge(kasymov, make_person("K. Kasymov"), curator, "One man")
    assert send(as_editor, page, entity=str(kasymov.pk)).status_code == 400
    assert not Annotation.objects.filter(state=State.CONFIRMED).exists()


@pytest.mark.parametrize("chosen", ["9" * 40, "²", "-1", "x"])
def test_a_key_that_is_none_is_refused(
    as_editor: Client, article: Article, chosen: str
) -> None:
    assert (
        send(
            as_editor, form_at(as_editor, article, "Janaozen"), entity=chosen
        ).status_code
        == 400
    )


def test_without_a_script_each_choice_says_as_much(
    as_editor: Client, article: Article, kasymov: Entity
) -> None:
    kasymov.spellings.create(text="Kalmuhambet Kassymov")
    labels = form_at(as_editor, article, "Kalmuhambet Kassymov").all(
        "label", cls="proposal"
    )
    assert [label.words for label in labels] == [
        "Kalmukhambet Kasymov Minister also Kalmuhambet Kassymov 0 mentions",
        "A person not known here yet much like Kalmukhambet Kasymov, which is known already",
    ]


def test_whom_to_merge_into_says_as_much(as_curator: Client, kasymov: Entity) -> None:
    other = make_person("Kassymov", description="A neighbour")
    page = page_of(
        as_curator.get(reverse("annotations:person-merge", args=[kasymov.slug]))
    )
    assert [label.words for label in page.all("label", cls="proposal")] == [
        "Kassymov A neighbour 0 mentions"
    ]
    assert other.name == "Kassymov"
