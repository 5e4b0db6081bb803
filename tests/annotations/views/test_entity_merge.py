"""The pages on which curators say that two are one, or one is two."""

from typing import Any

import pytest
from django.test import Client

from annotations.linking.linker import link_articles
from annotations.models import Act, Entity, State
from archive.models import Article
from tests.support.making import MakeArticle
from tests.support.marking import make_person, make_place, mention
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html="<p>Aset Example met Asset Exampel. Example left.</p>")


@pytest.fixture
def aset(article: Article) -> Entity:
    person = make_person("Aset Example", "Example", description="Mayor")
    link_articles([article.pk])
    return person


def split(client: Client, entity: Entity, **fields: Any) -> Any:
    sent = {"other": "new", "name": "Berik Example", "reason": "Two men."} | fields
    return client.post(f"{entity.get_absolute_url()}split/", sent)


def test_the_page_proposes_who_is_spelled_alike_and_finds_others(
    as_curator: Client, aset: Entity
) -> None:
    asset, other = make_person("Asset Example"), make_person("Касымов")
    make_place("Aset")

    page = page_of(as_curator.get(f"{aset.get_absolute_url()}merge/"))
    found = page_of(as_curator.get(f"{aset.get_absolute_url()}merge/?find=Kassymov"))

    assert [radio["value"] for radio in page.all("input", type="radio")] == [
        str(asset.pk)
    ]
    assert [radio["value"] for radio in found.all("input", type="radio")] == [
        str(other.pk)
    ]
    assert "2 spellings, 2 mentions" in page.words


def test_merging_leads_to_the_other_and_can_be_undone_from_there(
    as_curator: Client, aset: Entity
) -> None:
    asset = make_person("Asset Exampel")
    response = as_curator.post(
        f"{aset.get_absolute_url()}merge/",
        {"other": asset.pk, "reason": "See his passport."},
    )
    assert response.headers["Location"] == asset.get_absolute_url()
    page = page_of(as_curator.get(asset.get_absolute_url()))
    button = page.one("form", cls="undo")
    assert "Aset Example → Asset Exampel" in page.one("ul", cls="messages").words
    assert Act.objects.get().reason == "See his passport."
    assert (
        as_curator.get(aset.get_absolute_url()).headers["Location"]
        == asset.get_absolute_url()
    )

    as_curator.post(button["action"], {"next": "/"})

    assert as_curator.get(aset.get_absolute_url()).status_code == 200
    assert aset.mentions.count() == 2


def test_the_old_address_leads_readers_on_through_several_merges(
    as_curator: Client, client: Client, aset: Entity, make_article: MakeArticle
) -> None:
    one, two = make_person("Exampel Asset"), make_person("Asset Exampel")
    mention(make_article(html="<p>Exampel Asset came.</p>"), "Exampel Asset", one)
    as_curator.post(f"{one.get_absolute_url()}merge/", {"other": two.pk, "reason": "x"})
    as_curator.post(
        f"{two.get_absolute_url()}merge/", {"other": aset.pk, "reason": "x"}
    )

    assert (
        client.get(one.get_absolute_url()).headers["Location"]
        == aset.get_absolute_url()
    )
    assert client.get(aset.get_absolute_url()).status_code == 200
    people = [
        link["href"]
        for link in page_of(as_curator.get("/people/")).one("main").all("a")
    ]
    assert aset.get_absolute_url() in people
    assert one.get_absolute_url() not in people


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"reason": "x"},
        {"other": "999", "reason": "x"},
        {"other": "new", "reason": "x"},
    ],
)
def test_a_merge_without_another_or_a_reason_is_refused(
    as_curator: Client, aset: Entity, sent: dict[str, str]
) -> None:
    response = as_curator.post(f"{aset.get_absolute_url()}merge/", sent)
    assert response.status_code == 400
    assert not Act.objects.exists()


def test_a_reason_that_was_typed_is_kept_where_nobody_was_chosen(
    as_curator: Client, aset: Entity
) -> None:
    make_person("Asset Exampel")
    response = as_curator.post(
        f"{aset.get_absolute_url()}merge/", {"reason": "See page 4."}
    )
    assert page_of(response).one("input", name="reason")["value"] == "See page 4."


def test_splitting_by_spelling_makes_somebody_new(
    as_curator: Client, aset: Entity
) -> None:
    form = aset.spellings.get(text="Example")
    response = split(as_curator, aset, spellings=[form.pk], description="His brother")
    berik = Entity.objects.get(name="Berik Example")
    assert response.headers["Location"] == berik.get_absolute_url()
    assert (berik.description, [mark.exact for mark in berik.mentions.all()]) == (
        "His brother",
        ["Example"],
    )


def test_splitting_by_mention_confirms_it_for_somebody_known(
    as_curator: Client, aset: Entity
) -> None:
    berik = make_person("Berik Example")
    mark = aset.mentions.get(exact="Example")
    split(as_curator, aset, other=berik.pk, mentions=[mark.pk])
    assert [(m.pk, m.state) for m in berik.mentions.all()] == [
        (mark.pk, State.CONFIRMED)
    ]


def test_the_page_lists_spellings_and_mentions_to_pick(
    as_curator: Client, aset: Entity
) -> None:
    page = page_of(as_curator.get(f"{aset.get_absolute_url()}split/"))
    assert {box["value"] for box in page.all("input", name="spellings")} == {
        str(f.pk) for f in aset.spellings.all()
    }
    assert {box["value"] for box in page.all("input", name="mentions")} == {
        str(m.pk) for m in aset.mentions.all()
    }


@pytest.mark.parametrize("wrong", [{}, {"name": " "}, {"other": "999"}, {"reason": ""}])
def test_a_split_that_says_too_little_is_refused_and_keeps_what_was_picked(
    as_curator: Client, aset: Entity, wrong: dict[str, str]
) -> None:
    picked = [] if not wrong else [aset.mentions.get(exact="Example").pk]
    response = split(as_curator, aset, mentions=picked, **wrong)
    page = page_of(response)
    assert response.status_code == 400
    assert [
        box["value"]
        for box in page.all("input", name="mentions")
        if "checked" in box.attributes
    ] == [str(key) for key in picked]
    assert not Act.objects.exists()
