"""Names that are offered: spellings of somebody known, and names that nobody is known by
yet."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.core.anchoring.selectors import select
from annotations.editing.undo import undo
from annotations.linking.linker import add_spelling, link_articles
from annotations.linking.spelling_suggestions import (
    index_names,
    offered_spellings,
    unknown_in,
)
from annotations.models import Act, Annotation, Entity, NameWord, Spelling, State
from archive.ingest.pipeline import take_in
from archive.models import Article, User
from tests.support.making import make_article
from tests.support.marking import everything, make_person, make_place, mention
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db


def article_of(text: str, **fields: str) -> Article:
    """An article whose names are remembered, and linked as far as they are known."""
    article = make_article(html=f"<p>{text}</p>", **fields)
    index_names([article.version.text])
    link_articles([article.pk])
    return article


def offered(entity: Entity) -> dict[str, int]:
    return {offer.name: offer.count for offer in offered_spellings(entity).offers}


@pytest.fixture
def kasymov(db: None) -> Entity:
    return make_person("Kalmukhambet Kasymov", "Kasymov")


# Spellings of somebody known


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("Then Kalmuhambet Kasymov spoke.", "Kalmuhambet Kasymov"),
        ("The minister, Kalmukhanbet Kassymov, spoke.", "Kalmukhanbet Kassymov"),
        ("Вчера Калмуханбет Касымов молчал.", "Калмуханбет Касымов"),
        ("Кеше Қалмұханбет Қасымов келді.", "Қалмұханбет Қасымов"),
        ("And later Qasymov left.", "Qasymov"),
        ("Об этом сказал Касымов вчера.", "Касымов"),
    ],
)
def test_a_name_with_the_same_or_a_near_key_is_offered(
    kasymov: Entity, text: str, spelling: str
) -> None:
    article_of(text)
    assert offered(kasymov) == {spelling: 1}


@pytest.mark.parametrize(
    "text",
    ["Then Janar Kasymbekova spoke.", "And Aset Example left.", "It rained in Aktau."],
)
def test_other_names_are_not_offered(kasymov: Entity, text: str) -> None:
    article_of(text)
    assert offered(kasymov) == {}


def test_towns_are_offered_too() -> None:
    town = make_place("Zhanaozen")
    article_of("They left Janaozen for Zhanaozen.")
    article_of("Потом в город Жаңаөзен приехали.")
    assert offered(town) == {"Janaozen": 1, "Жаңаөзен": 1}


def test_each_is_offered_with_its_count_its_outlets_and_three_lines(
    kasymov: Entity,
) -> None:
    for n in range(4):
        article_of(
            f"On day {n} Kassymov spoke, and then Kassymov left.",
            publisher=f"Outlet {n % 2}",
        )
    [offer] = offered_spellings(kasymov).offers
    assert (offer.name, offer.count, offer.articles, sorted(offer.outlets)) == (
        "Kassymov",
        8,
        4,
        ["Outlet 0", "Outlet 1"],
    )
    assert [line.place.exact for line in offer.lines] == ["Kassymov"] * 3
    for line in offer.lines:
        assert line.place == select(
            line.article.version.text, line.place.start, line.place.end
        )


def test_what_is_linked_to_anybody_or_was_rejected_is_not_offered(
    kasymov: Entity,
) -> None:
    other = make_person("Erlan Kassymov")
    article_of("Yesterday Erlan Kassymov spoke.")
    rejected = article_of("Yesterday Kassymov spoke.")
    mention(rejected, "Kassymov", kasymov, State.REJECTED)
    assert offered(kasymov) == {}
    Annotation.objects.filter(article=rejected).update(entity=other)
    assert offered(kasymov) == {"Kassymov": 1}


def test_a_common_name_is_not_read_without_end_and_that_is_told(
    as_curator: Client, kasymov: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.linking.spelling_suggestions._MOST_TEXTS", 2)
    for n in range(3):
        article_of(f"On day {n} Kassymov spoke.")
    offers = offered_spellings(kasymov)
    assert (offers.read, offers.found, [offer.count for offer in offers.offers]) == (
        2,
        3,
        [2],
    )
    words = page_of(as_curator.get(f"{kasymov.get_absolute_url()}spellings/")).words
    assert "2 of the 3 articles in which something alike stands were read" in words


def test_one_press_accepts_a_spelling_and_links_it_everywhere(
    as_curator: Client, kasymov: Entity
) -> None:
    article_of("Then Kalmuhambet Kasymov spoke.")
    article_of("Then Kalmuhambet Kasymov left.")
    page = f"{kasymov.get_absolute_url()}spellings/"
    item = page_of(as_curator.get(page)).one("ol", cls="offers").all("li")[0]
    assert item.one("button", name="accept")["aria-keyshortcuts"] == "a"

    as_curator.post(page, item.form().fields() | {"accept": ""})

    assert kasymov.spellings.filter(text="Kalmuhambet Kasymov").exists()
    assert (
        kasymov.mentions.filter(exact="Kalmuhambet Kasymov", state=State.LINKED).count()
        == 2
    )
    assert offered(kasymov) == {}


def test_what_is_refused_is_not_offered_again_until_that_is_undone(
    as_curator: Client, curator: User, kasymov: Entity
) -> None:
    article_of("Then Kassymov spoke.")
    as_curator.post(
        f"{kasymov.get_absolute_url()}spellings/", {"name": "Kassymov", "refuse": ""}
    )
    assert offered(kasymov) == {}
    act = Act.objects.get()
    assert act.label == "refused as a spelling of “Kalmukhambet Kasymov: Kassymov”"
    undo(act, curator)
    assert offered(kasymov) == {"Kassymov": 1}


@pytest.mark.parametrize(
    "sent",
    [{}, {"name": ""}, {"name": " ", "accept": ""}, {"name": "x" * 201, "accept": ""}],
)
def test_nothing_sent_changes_nothing(
    as_curator: Client, kasymov: Entity, sent: dict[str, str]
) -> None:
    assert (
        as_curator.post(f"{kasymov.get_absolute_url()}spellings/", sent).status_code
        == 302
    )
    assert (Spelling.objects.count(), Act.objects.count()) == (2, 0)


def test_the_words_of_names_are_remembered_when_an_article_comes_in_and_when_all_is_linked_again() -> (
    None
):
    take_in(b"# A day\n\nThen Kalmuhambet Kasymov spoke in Aktau.\n", "day.md")
    words = set(NameWord.objects.values_list("word", flat=True))
    assert {"Kalmuhambet", "Kasymov", "Aktau"} <= words
    NameWord.objects.all().delete()
    call_command("link_mentions", verbosity=0)
    assert set(NameWord.objects.values_list("word", flat=True)) == words


def test_remembering_the_same_names_again_costs_one_query() -> None:
    index_names(["Then Kasymov spoke to Aset Example."])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        index_names(["Then Kasymov spoke to Aset Example."])
    assert len(queries) == 1


def test_in_the_real_reports_the_other_spellings_are_offered(seeds: Path) -> None:
    for file in sorted(seeds.glob("*.txt")):
        take_in(file.read_bytes(), file.name)
    minister, town = make_person("Kalmukhambet Kasymov"), make_place("Zhanaozen")
    for entity in (minister, town):
        add_spelling(entity, entity.name)
    link_articles(Article.objects.values_list("pk", flat=True))
    assert "Kalmuhambet Kasymov" in offered(minister)
    assert "Janaozen" in offered(town)
    assert not [name for name in offered(minister) if "Kasymbekova" in name]


# Names that nobody is known by yet


@pytest.fixture
def article(kasymov: Entity) -> Article:
    return article_of(
        "Then Kalmukhambet Kasymov met Marat Omarov and Kassymov in Aktau. Omarov left Aktau."
    )


def row(page: Node, name: str) -> Node:
    return next(
        item
        for item in page.one("ol", cls="offers").all("li")
        if item.all("strong") and item.one("strong").text == name
    )


def test_an_article_offers_the_names_that_nobody_is_known_by(article: Article) -> None:
    assert {offer.name: offer.count for offer in unknown_in(article)} == {
        "Aktau": 2,
        "Marat Omarov": 1,
        "Omarov": 1,
        "Kassymov": 1,
    }


def test_several_are_made_at_once_and_undone_at_once(
    as_curator: Client, curator: User, article: Article, kasymov: Entity
) -> None:
    before = everything()
    address = f"{article.get_absolute_url()}names/"
    page = page_of(as_curator.get(address))
    assert [option.words for option in row(page, "Kassymov").all("option")][
        -1
    ] == "a spelling of Kalmukhambet Kasymov"

    response = as_curator.post(
        address,
        {
            "whose-Marat Omarov": "person",
            "whose-Aktau": "place",
            "whose-Kassymov": str(kasymov.pk),
            "whose-Omarov": "",
            "whose-Nobody": "person",
        },
        follow=True,
    )

    assert {(str(m.entity), m.exact, m.state) for m in article.annotations.all()} == {
        ("Kalmukhambet Kasymov", "Kalmukhambet Kasymov", State.LINKED),
        ("Kalmukhambet Kasymov", "Kassymov", State.LINKED),
        ("Marat Omarov", "Marat Omarov", State.LINKED),
        ("Aktau", "Aktau", State.LINKED),
    }
    assert "3 names: 4 mentions linked" in page_of(response).words
    undo(Act.objects.get(), curator)
    assert everything() == before


def test_an_article_without_unknown_names_says_so(as_curator: Client) -> None:
    empty = article_of("It rained.")
    assert (
        "There are none"
        in page_of(as_curator.get(f"{empty.get_absolute_url()}names/")).words
    )
