"""Kept pages: a reader sees what somebody has done with the very next request, on every page,
and a page is made once as long as nobody does anything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from annotations.allegations.embargoes import lift, set_embargo
from annotations.allegations.services import (
    answer,
    change_status,
    take_back_status,
    unlink_answer,
)
from annotations.editing import tagging
from annotations.editing.undo import undo
from annotations.entities.merging import merge, split
from annotations.entities.spellings import add_spellings
from annotations.figures.services import add_up, save_measure, succeed
from annotations.linking.linker import link_articles
from annotations.management.commands.verify_archive import tag_counts
from annotations.models import (
    Act,
    Annotation,
    Answer,
    Embargo,
    Entity,
    Measure,
    State,
    StatusChange,
)
from archive.ingest.pipeline import correct_text, take_in
from archive.kept_pages import CACHE, LARGEST
from archive.models import (
    Article,
    User,
    edition_of_lists,
    generations,
    raise_articles,
)
from archive.models.generations import Generation
from tests.support.kept_pages import as_in_a_request, forget_pages
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, make_place, mention

pytestmark = pytest.mark.django_db


OF_AN_ARTICLE = (
    "",
    "cite/",
    "provenance/",
    "text/",
    "versions/1/",
    "versions/1/0-6/",
    "annotations.jsonld",
)
LISTS = (
    "/",
    "/articles/",
    "/articles/?person=ivan-petrov",
    "/people/",
    "/people/ivan-petrov/",
    "/people/petroff/",
    "/places/aktau/",
    "/figures/",
    "/figures/killed/",
    "/allegations/",
    "/search/?q=Petrov",
    "/export/",
)


@dataclass
class World:
    """An archive with two articles that have something to do with each other."""

    first: Article
    second: Article
    petrov: Entity
    petroff: Entity
    mentioned: Annotation
    suggested: Annotation
    counted: Annotation
    recounted: Annotation
    claim: Annotation
    denial: Annotation
    killed: Measure
    editor: User

    @property
    def addresses(self) -> list[str]:
        """Every kind of page that is kept."""
        marks = Annotation.objects.order_by("start").values_list("pk", flat=True)
        of_articles = [
            f"/articles/{article.slug}/{page}"
            for article in Article.objects.order_by("pk")
            for page in OF_AN_ARTICLE
        ]
        of_passages = [f"/annotations/{pk}.jsonld" for pk in marks]
        claims = [f"/allegations/{self.claim.pk}/", f"/allegations/{self.denial.pk}/"]
        return [*of_articles, *LISTS, *of_passages, *claims]


@pytest.fixture
def world(make_article: MakeArticle, curator: User) -> World:
    petrov = make_person("Ivan Petrov", "Petrov")
    petroff = make_person("Petroff")
    aktau = make_place("Aktau")
    first = make_article(
        "First",
        "<p>Ivan Petrov came to Aktau. 15 died. The police fired. Petrov left.</p>",
        publisher="Daily",
        published="2011-12-19",
    )
    second = make_article(
        "Second",
        "<p>Petroff spoke in Aktau. 16 died. Nobody fired.</p>",
        published="2011-12-20",
    )
    killed = Measure.objects.create(name="Killed", slug="killed")
    said: dict[str, Any] = {
        "said_by": "Ivan Petrov",
        "said_by_entity": petrov,
        "measure": killed,
    }
    mention(first, "Aktau", aktau, State.LINKED)
    mention(second, "Petroff", petroff)
    return World(
        first=first,
        second=second,
        petrov=petrov,
        petroff=petroff,
        mentioned=mention(first, "Ivan Petrov", petrov),
        suggested=mention(first, "Petrov", petrov, State.SUGGESTED, nth=1),
        counted=figure(first, "15 died", **said),
        recounted=figure(second, "16 died", "16", **said),
        claim=allegation(first, "The police fired", accused_entity=petroff),
        denial=allegation(second, "Nobody fired", claimant_entity=petroff),
        killed=killed,
        editor=curator,
    )


def _confirm(world: World) -> Any:
    seen = {world.suggested.pk: world.suggested.revision}
    return tagging.judge(seen, State.CONFIRMED, world.editor)[0]


def _reject(world: World) -> Any:
    return tagging.delete(world.mentioned.pk, world.mentioned.revision, world.editor)


def _delete_figure(world: World) -> Any:
    return tagging.delete(world.counted.pk, world.counted.revision, world.editor)


def _delete_allegation(world: World) -> Any:
    return tagging.delete(world.denial.pk, world.denial.revision, world.editor)


def _answer(world: World) -> Act:
    claim, denial = world.claim.allegation, world.denial.allegation
    return answer(claim, denial, "denies", world.editor)


def _take_back_answer(world: World) -> Act:
    return unlink_answer(Answer.objects.get(), world.editor)


def _status(world: World) -> Act:
    change = StatusChange(
        allegation=world.claim.allegation, status="denied", passage=world.denial
    )
    return change_status(change, world.editor)


def _take_back_status(world: World) -> Act:
    change = StatusChange.objects.filter(status="denied").get()
    return take_back_status(change, world.editor)


def _embargo_on_article(world: World) -> Act:
    return set_embargo(Embargo(article=world.second, note="court"), world.editor)


def _embargo_on_person(world: World) -> Act:
    return set_embargo(Embargo(entity=world.petroff, note="court"), world.editor)


def _lift(world: World) -> Act:
    return lift(Embargo.objects.get(), world.editor)


def _rename(world: World) -> Any:
    return add_spellings(world.petroff, ["Nobody fired"], world.editor)


def _merge(world: World) -> Act:
    return merge(world.petroff, world.petrov, world.editor, "one man")


def _split(world: World) -> Any:
    other = Entity(kind="person", name="P. Petrov")
    picked = [world.mentioned]
    return split(world.petrov, other, world.editor, "two men", mentions=picked)


def _supersede(world: World) -> Act:
    return succeed(world.counted.figure, world.recounted.figure, world.editor)


def _add_up(world: World) -> Act:
    figures = [world.counted.figure, world.recounted.figure]
    return add_up(world.killed, figures, "two towns", world.editor)


def _rename_measure(world: World) -> Act:
    world.killed.name = "Shot dead"
    return save_measure(world.killed, world.editor)


def _withhold(world: World) -> None:
    _edit(world.second, is_public=False)


def _release(world: World) -> None:
    _edit(world.second, is_public=True)


def _retitle(world: World) -> None:
    _edit(world.first, title="Another title", published="2011-12-25")


def _edit(article: Article, **fields: Any) -> None:
    article = Article.objects.get(pk=article.pk)
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()


def _correct(world: World) -> None:
    html = "<p>Ivan Petrov came to Aktau. 15 died. The police stood by.</p>"
    correct_text(world.first, html, world.editor, "as printed")


def _take_in(world: World) -> None:
    take_in(b"# Third\n\nIvan Petrov came to Aktau again.\n", "third.md")


def _link(world: World) -> None:
    link_articles([world.second.pk])


def _undo(world: World) -> Any:
    act = Act.objects.order_by("-pk").first()
    assert act is not None
    return undo(act, world.editor)


# What is done one after another: each of these must be seen at once.
STORIES: dict[str, list[Callable[[World], Any]]] = {
    "confirmed": [_confirm, _undo, _undo],
    "rejected": [_reject, _undo],
    "figure deleted": [_delete_figure, _undo],
    "allegation deleted": [_delete_allegation, _undo],
    "answered": [_answer, _take_back_answer, _undo],
    "answer deleted": [_answer, _delete_allegation, _undo],
    "status": [_status, _take_back_status, _undo],
    "embargo on an article": [_answer, _embargo_on_article, _lift],
    "embargo on a person": [_answer, _embargo_on_person, _undo],
    "renamed": [_rename, _undo],
    "merged": [_merge, _undo, _undo],
    "split": [_split, _undo],
    "superseded": [_supersede, _undo],
    "added up": [_add_up, _undo],
    "measure renamed": [_rename_measure, _undo],
    "withheld": [_answer, _status, _withhold, _release],
    "retitled": [_retitle],
    "corrected": [_answer, _correct],
    "taken in": [_take_in],
    "linked again": [_link],
}


@pytest.mark.parametrize("story", STORIES)
def test_every_page_shows_what_was_done_with_the_next_request(
    client: Client, world: World, story: str
) -> None:
    addresses = world.addresses
    before = _contents(client, addresses)
    for act in STORIES[story]:
        with as_in_a_request(), transaction.atomic():
            act(world)
        kept = _contents(client, addresses)
        forget_pages()
        anew = _contents(client, addresses)
        old = [address for address in addresses if kept[address] != anew[address]]
        assert not old, f"{act.__name__}: still as before"
        if act is not _link:
            assert anew != before, f"{act.__name__} did nothing"
        assert not any(tag_counts()), f"{act.__name__}: tags are not counted anew"
        before = anew


def _contents(client: Client, addresses: list[str]) -> dict[str, tuple[int, bytes]]:
    contents = {}
    for address in addresses:
        response = client.get(address)
        contents[address] = response.status_code, response.content
    return contents


def test_an_embargo_ends_with_its_day_though_nobody_does_anything(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    embargo = Embargo(article=world.second, until=today, note="court")
    set_embargo(embargo, world.editor)
    assert client.get(f"/allegations/{world.denial.pk}/").status_code == 404
    assert b"Nobody fired" not in client.get("/allegations/").content
    monkeypatch.setattr(timezone, "localdate", lambda: today + timedelta(days=1))
    assert b"Nobody fired" in client.get("/allegations/").content


class TestWhatIsKept:
    def test_a_page_is_made_once(
        self, client: Client, world: World, django_assert_num_queries: Any
    ) -> None:
        made = client.get("/people/ivan-petrov/")
        with django_assert_num_queries(1):
            kept = client.get("/people/ivan-petrov/")
        assert kept.content == made.content
        assert dict(kept.items()) == dict(made.items())

    def test_whoever_has_it_is_told_that_it_is_the_same(
        self, client: Client, world: World, django_assert_num_queries: Any
    ) -> None:
        etag = client.get("/articles/first/")["ETag"]
        with django_assert_num_queries(1):
            answer = client.get("/articles/first/", headers={"If-None-Match": etag})
        assert answer.status_code == 304
        assert answer.content == b""
        with as_in_a_request():
            _confirm(world)
        changed = client.get("/articles/first/", headers={"If-None-Match": etag})
        assert changed.status_code == 200

    def test_the_order_of_parameters_makes_no_other_page(
        self, client: Client, world: World, django_assert_num_queries: Any
    ) -> None:
        client.get("/articles/?kind=figure&person=ivan-petrov")
        with django_assert_num_queries(1):
            client.get("/articles/?person=ivan-petrov&kind=figure")
        one = client.get("/search/?q=Petrov&q=Aktau").content
        assert client.get("/search/?q=Aktau&q=Petrov").content != one

    def test_a_mention_in_one_article_leaves_the_pages_of_another(
        self, client: Client, world: World, django_assert_num_queries: Any
    ) -> None:
        client.get("/articles/second/")
        with as_in_a_request():
            _confirm(world)
        with django_assert_num_queries(1):
            client.get("/articles/second/")

    @pytest.mark.parametrize(
        "address",
        ["/basket/", "/check/", "/login/", "/articles/first/original/", "/no/"],
    )
    def test_pages_of_somebody_and_files_are_not(
        self, client: Client, world: World, address: str
    ) -> None:
        client.get(address)
        assert not _number_kept()

    def test_a_check_of_the_hashes_is_made_each_time(
        self, client: Client, world: World
    ) -> None:
        client.get("/articles/first/provenance/?verify=1")
        assert not _number_kept()

    def test_an_export_is_not(self, client: Client, world: World) -> None:
        client.get("/export/?format=csv")
        assert not _number_kept()

    def test_a_very_long_page_is_not(
        self, client: Client, make_article: MakeArticle
    ) -> None:
        article = make_article("Long", f"<p>{'word ' * (LARGEST // 5)}</p>")
        client.get(article.get_absolute_url())
        assert not _number_kept()

    def test_an_editor_gets_a_page_of_their_own_and_leaves_none(
        self, as_editor: Client, client: Client, world: World
    ) -> None:
        mine = as_editor.get("/articles/first/").content
        assert not _number_kept()
        theirs = client.get("/articles/first/").content
        assert b"Sign out" in mine
        assert b"Sign out" not in theirs
        assert b"Sign out" in as_editor.get("/articles/first/").content

    def test_a_reader_with_a_basket_sees_it_on_a_page_that_is_kept(
        self, client: Client, world: World
    ) -> None:
        Client().get("/articles/first/")
        client.post("/basket/", {"put": str(world.mentioned.pk)})
        page = client.get("/articles/first/").content.decode()
        assert f'data-held="{world.mentioned.pk}"' in page

    def test_each_host_and_scheme_has_its_own(
        self, client: Client, world: World, settings: Any
    ) -> None:
        settings.ALLOWED_HOSTS = ["one.example", "two.example"]
        for scheme in ("http", "https"):
            for host in ("one.example", "two.example"):
                page = client.get(
                    "/articles/first/", headers={"Host": host}, secure=scheme == "https"
                )
                assert f"{scheme}://{host}/articles/first/".encode() in page.content

    def test_a_foreign_host_gets_nothing(self, client: Client, world: World) -> None:
        client.get("/")
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


class TestGenerations:
    @pytest.fixture(autouse=True)
    def _as_in_a_request(self) -> Iterator[None]:
        with as_in_a_request():
            yield

    @pytest.mark.parametrize("folding_bits", [0, 5, 64])
    def test_every_raising_gives_another_edition(
        self, monkeypatch: pytest.MonkeyPatch, folding_bits: int
    ) -> None:
        monkeypatch.setattr(generations, "_FOLDING_BITS", folding_bits)
        editions = {edition_of_lists()}
        for _n in range(300):
            raise_articles(1, 2)
            editions.add(edition_of_lists())
        assert len(editions) == 301

    def test_the_table_stays_small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(generations, "_FOLDING_BITS", 5)
        for _n in range(2000):
            raise_articles(1)
        assert Generation.objects.count() < 1000

    def test_what_is_rolled_back_raises_nothing(self) -> None:
        before = edition_of_lists()
        with transaction.atomic():
            raise_articles(1)
            transaction.set_rollback(True)
        assert edition_of_lists() == before


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_wait_for_each_other_and_both_raise() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite only one writes at a time.")
    from concurrent.futures import ThreadPoolExecutor

    def raise_both(order: tuple[int, int]) -> None:
        try:
            for _n in range(100):
                with transaction.atomic():
                    for key in order:
                        raise_articles(key)
        finally:
            connection.close()

    before = edition_of_lists()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(raise_both, [(1, 2), (2, 1)]))
    assert edition_of_lists() != before


def _number_kept() -> int:
    return len(caches[CACHE]._cache)  # type: ignore[attr-defined]
