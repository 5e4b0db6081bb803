"""Embargoes: what is alleged is hidden from readers everywhere, as if nobody had ever tagged
it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from annotations.allegations.embargoes import embargo_of, lift, set_embargo
from annotations.editing.undo import undo
from annotations.entities.merging import merge, split
from annotations.export.formats import FORMATS
from annotations.models import Act, Annotation, Answer, Embargo, Entity, StatusChange
from archive.models import Article, User
from tests.support.crawling import content_of, crawl, number_of_queries
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, make_place, mention
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db

CANARY = "Zyxwv"
_OF_THE_MOMENT = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|urn:uuid:[\w-]+'
)
SAID: dict[str, Any] = {
    "claimant": f"{CANARY} claimant",
    "conduct": f"{CANARY} act",
    "basis": "hearsay",
    "happened": "1999-09-09",
    "place": f"{CANARY} place",
}


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    """An article with a person, a place and a figure, before anything in it is tagged as
    alleged."""
    text = "<p>Ivan Petrov came to Aktau. 15 died. He fired first, she said. He denied that he fired.</p>"
    article = make_article("Public", text, publisher="The Post", published="2011-12-19")
    ivan, aktau = make_person("Ivan Petrov"), make_place("Aktau")
    mention(article, "Ivan Petrov", ivan)
    mention(article, "Aktau", aktau)
    figure(article, "15 died", said_by="Ivan Petrov", said_by_entity=ivan)
    return article


def accuse(article: Article, entity: Entity) -> Annotation:
    """Tag an accusation of somebody and their denial, with the canary in all that an editor
    types."""
    claim = allegation(
        article, "He fired first", f"{CANARY} claim", accused_entity=entity, **SAID
    )
    denial = allegation(
        article,
        "He denied that he fired",
        f"{CANARY} denial",
        claimant_entity=entity,
        status="denied",
    )
    Answer.objects.create(
        claim=claim.allegation, answer=denial.allegation, relation="denies"
    )
    StatusChange.objects.create(
        allegation=claim.allegation,
        status="charged",
        date="1999-10",
        according_to=f"{CANARY} court",
        passage=denial,
    )
    return claim


def everything_seen(client: Client) -> dict[str, str]:
    """All that a visitor can come to by links and forms, by address; what differs with each
    request is left out."""
    starts = (
        "/",
        "/articles/?kind=allegation",
        "/search/?q=fired",
        f"/search/?q={CANARY}",
        "/allegations/?status=charged",
    )
    seen = {
        address: content_of(response)
        for address, response in crawl(client, *starts, most=60)
    }
    for name in FORMATS:
        for query in ("", "&accused=ivan-petrov"):
            address = f"/export/?format={name}{query}"
            seen[address] = content_of(client.get(address))
    return {address: _OF_THE_MOMENT.sub("", words) for address, words in seen.items()}


@pytest.fixture(params=["on the article", "on whom it is of"])
def held(
    request: pytest.FixtureRequest, article: Article, admin: User
) -> Callable[[], Annotation]:
    """Call it to tag what is alleged and put it under embargo."""

    def hold() -> Annotation:
        ivan = Entity.objects.get(name="Ivan Petrov")
        claim = accuse(article, ivan)
        embargo = embargo_of(article if request.param == "on the article" else ivan)
        embargo.note = f"{CANARY} note"
        set_embargo(embargo, admin)
        return claim

    return hold


def test_readers_see_an_archive_in_which_it_was_never_tagged(
    held: Callable[[], Annotation], somebody: Client
) -> None:
    before = everything_seen(somebody)
    held()
    after = everything_seen(somebody)
    assert after.keys() == before.keys()
    for address, words in after.items():
        assert CANARY not in words or f"q={CANARY}" in address, address
        assert words == before[address], address


def test_readers_cannot_open_its_addresses(
    held: Callable[[], Annotation], somebody: Client
) -> None:
    claim = held()
    paths = (
        f"/allegations/{claim.pk}/",
        f"/annotations/{claim.pk}/",
        f"/annotations/{claim.pk}/next/",
    )
    assert [somebody.get(path).status_code for path in paths] == [404, 404, 404]


def test_editors_see_it_with_a_notice(
    held: Callable[[], Annotation], as_editor: Client
) -> None:
    claim = held()
    assert CANARY in page_of(as_editor.get(f"/allegations/{claim.pk}/")).words
    on = Embargo.objects.get().on
    assert (
        "Under embargo: readers see nothing"
        in page_of(as_editor.get(on.get_absolute_url())).words
    )


def test_what_is_kept_for_readers_is_not_shown_once_it_is_under_embargo(
    article: Article, client: Client, admin: User
) -> None:
    accuse(article, Entity.objects.get(name="Ivan Petrov"))
    addresses = (
        "/",
        "/people/ivan-petrov/",
        article.get_absolute_url(),
        "/articles/",
        "/allegations/",
    )
    assert [CANARY in page_of(client.get(address)).words for address in addresses] == [
        True,
        True,
        True,
        False,
        True,
    ]
    kinds = page_of(client.get("/articles/")).one("aside", cls="facets").words
    assert "Allegation" in kinds
    embargo = embargo_of(article)
    embargo.note = "a court’s order"
    set_embargo(embargo, admin)
    for address in addresses:
        assert CANARY not in page_of(client.get(address)).words, address
    assert (
        "Allegation"
        not in page_of(client.get("/articles/")).one("aside", cls="facets").words
    )
    lift(embargo, admin)
    assert CANARY in page_of(client.get(article.get_absolute_url())).words


def test_an_embargo_ends_after_its_last_day(
    article: Article, client: Client, admin: User
) -> None:
    claim = accuse(article, Entity.objects.get(name="Ivan Petrov"))
    today = timezone.localdate()
    embargo = Embargo.objects.create(
        article=article, until=today, note="a court’s order"
    )
    assert client.get(f"/allegations/{claim.pk}/").status_code == 404
    Embargo.objects.filter(pk=embargo.pk).update(until=today - timedelta(days=1))
    assert client.get(f"/allegations/{claim.pk}/").status_code == 200


def test_a_curator_sets_and_lifts_it(
    article: Article, as_curator: Client, as_editor: Client
) -> None:
    address = f"{article.get_absolute_url()}embargo/"
    assert as_editor.get(address).status_code == 403
    assert as_curator.post(address, {"until": "", "note": ""}).status_code == 400
    assert (
        as_curator.post(address, {"until": "", "note": "a source at risk"}).status_code
        == 302
    )
    assert "a source at risk" in page_of(as_editor.get("/embargoes/")).words
    assert as_curator.post(address, {"lift": "1"}).status_code == 302
    assert not Embargo.objects.exists()
    assert [act.kind for act in Act.objects.all()] == ["embargoed", "lifted"]


def test_a_last_day_that_has_passed_is_refused(
    article: Article, as_curator: Client
) -> None:
    response = as_curator.post(
        f"{article.get_absolute_url()}embargo/",
        {"until": "2011-12-19", "note": "a source"},
    )
    assert "This day has passed" in page_of(response).words


def test_setting_and_lifting_are_undone(article: Article, curator: User) -> None:
    embargo = embargo_of(article)
    embargo.note = "a court’s order"
    undo(set_embargo(embargo, curator), curator)
    assert not Embargo.objects.exists()
    again = embargo_of(article)
    again.note, again.until = "a court’s order", date(2090, 1, 1)
    set_embargo(again, curator)
    undo(lift(again, curator), curator)
    assert Embargo.objects.get().until == date(2090, 1, 1)


def test_who_takes_over_what_is_alleged_takes_over_the_embargo(
    article: Article, client: Client, curator: User
) -> None:
    ivan, other = Entity.objects.get(name="Ivan Petrov"), make_person("I. Petrov")
    claim = accuse(article, ivan)
    Embargo.objects.create(entity=ivan, note="a court’s order")
    act = merge(ivan, other, curator, "one man")
    assert client.get(f"/allegations/{claim.pk}/").status_code == 404
    undo(act, curator)
    assert [embargo.entity for embargo in Embargo.objects.all()] == [ivan]
    assert client.get(f"/allegations/{claim.pk}/").status_code == 404


def test_of_two_embargoes_the_longer_one_holds(curator: User) -> None:
    ivan, other = make_person("Ivan Petrov"), make_person("I. Petrov")
    Embargo.objects.create(entity=ivan, note="long")
    Embargo.objects.create(entity=other, note="short", until=date(2090, 1, 1))
    merge(ivan, other, curator, "one man")
    assert Embargo.objects.get(entity=other).until is None


def test_who_is_split_off_stays_under_embargo(article: Article, curator: User) -> None:
    ivan = make_person("Petrov", "Pyotr Petrov")
    Embargo.objects.create(entity=ivan, note="a court’s order")
    other = Entity(kind="person", name="Pyotr Petrov")
    split(
        ivan,
        other,
        curator,
        "another man",
        spellings=ivan.spellings.filter(text="Pyotr Petrov"),
    )
    assert Embargo.objects.filter(entity=other).exists()


def test_an_embargo_costs_no_page_a_query_more(
    article: Article, make_article: MakeArticle, client: Client
) -> None:
    accuse(article, Entity.objects.get(name="Ivan Petrov"))
    addresses = (
        "/",
        article.get_absolute_url(),
        "/people/ivan-petrov/",
        "/allegations/",
        "/articles/",
    )
    without = [number_of_queries(client, address) for address in addresses]
    Embargo.objects.create(article=make_article("Another"), note="a court’s order")
    assert [number_of_queries(client, address) for address in addresses] == without


def test_commands_export_nothing_that_is_under_embargo(
    held: Callable[[], Annotation], capsys: pytest.CaptureFixture[str]
) -> None:
    held()
    call_command("export_excerpts", "--format", "json")
    assert CANARY not in capsys.readouterr().out


# Search engines


def test_search_engines_are_kept_from_allegations_unless_the_settings_say_otherwise(
    article: Article, client: Client, settings: Any
) -> None:
    claim = accuse(article, Entity.objects.get(name="Ivan Petrov"))
    addresses = (
        "/allegations/",
        f"/allegations/{claim.pk}/",
        f"/annotations/{claim.pk}/",
        f"/annotations/{claim.pk}.jsonld",
    )
    assert [
        client.get(address).headers.get("X-Robots-Tag") for address in addresses
    ] == ["noindex"] * 4
    figures = Annotation.objects.get(kind="figure")
    assert "X-Robots-Tag" not in client.get(f"/annotations/{figures.pk}/").headers
    settings.ALLEGATIONS_INDEXED = True
    assert not [
        address
        for address in addresses
        if "X-Robots-Tag" in client.get(address).headers
    ]


# The public notice


def test_pages_of_allegations_say_what_status_words_mean(
    article: Article, client: Client, settings: Any
) -> None:
    claim = accuse(article, Entity.objects.get(name="Ivan Petrov"))
    settings.CORRECTIONS_CONTACT = "corrections@example.org"
    for address in ("/allegations/", f"/allegations/{claim.pk}/"):
        notice = page_of(client.get(address)).one(id="about-allegations")
        assert len(notice.all("dt")) == 8
        assert notice.one("a")["href"] == "mailto:corrections@example.org"
