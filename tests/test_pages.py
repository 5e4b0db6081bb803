"""What holds for every page: its headers, its shape, its escaping, what it hides and what it
costs."""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from annotations.allegations.services import answer, change_status
from annotations.editing import tagging
from annotations.export.formats import FORMATS
from annotations.export.ledgers import LEDGER_FORMATS
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    Answer,
    Entity,
    State,
    StatusChange,
)
from archive.models import Article, Capture, User, sha256_of
from archive.roles import Role
from tests.support.crawling import CHECKED, content_of, crawl, number_of_queries
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, make_place, mention
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db


def is_page(response: Any) -> bool:
    return str(response.headers.get("Content-Type", "")).startswith("text/html")


@pytest.fixture
def demo() -> None:
    call_command("load_demo", verbosity=0)


@pytest.fixture(scope="module")
def every_page(django_db_setup: None, django_db_blocker: Any) -> list[tuple[str, Any]]:
    """A page of each kind, as a curator sees it, those with errors included; made once for all
    that look at them."""
    with django_db_blocker.unblock(), transaction.atomic():
        pages = list(_pages())
        transaction.set_rollback(True)
    return pages


def _pages() -> Iterator[tuple[str, Any]]:
    call_command("load_demo", verbosity=0)
    curator, reader = Client(), Client()
    curator.force_login(User.objects.create_user("a curator", role=Role.CURATOR))
    reader.force_login(User.objects.create_user("a reader"))
    figures = Annotation.objects.filter(kind="figure").order_by("pk")
    mark, gone, person = (
        figures[0],
        figures[1],
        Annotation.objects.filter(kind="person")[0],
    )
    act = tagging.delete(gone.pk, gone.revision, User.objects.get(username="a curator"))
    slug = mark.article.slug
    claim = Allegation.objects.filter(answers__isnull=False).order_by("pk")[0]
    tag = f"/articles/{slug}/tag/"
    for address in (
        "/",
        "/articles/",
        "/articles/import/",
        "/search/",
        "/search/?q=aktau",
        "/search/?q=%22%22",
        "/search/?q=zzz",
        "/people/",
        "/people/new/",
        "/people/kalmukhambet-kasymov/",
        "/people/kalmukhambet-kasymov/edit/",
        "/places/",
        "/places/new/",
        "/places/aktau/",
        "/places/aktau/edit/",
        "/figures/",
        "/allegations/",
        *(
            f"/allegations/{claim.pk}/{page}"
            for page in ("", "answer/", "answer/?q=police", "status/")
        ),
        "/allegations/?status=charged",
        "/allegations/?status=guilty",
        f"{tag}?version=1&start={mark.start}&end={mark.end}&kind=allegation",
        "/review/",
        "/check/",
        "/export/",
        "/export/?format=none",
        "/login/",
        "/nowhere/",
        f"/articles/{slug}/",
        "/basket/",
        "/baskets/",
        *(
            f"/articles/{slug}/{page}/"
            for page in ("edit", "correct", "provenance", "versions/1")
        ),
        f"/articles/{slug}/provenance/?verify",
        *(
            f"{tag}{query}"
            for query in (
                "",
                "?paragraph=1",
                "?paragraph=1&words=zzz",
                "?version=1&start=0&end=0",
            )
        ),
        f"{tag}?version=1&start={mark.start}&end={mark.end}&kind=figure",
        f"{tag}?version=1&start={mark.start}&end={mark.end}&kind=person",
        *(
            f"/annotations/{one.pk}/{page}"
            for one in (mark, person)
            for page in ("", "edit/", "delete/")
        ),
        f"/annotations/{gone.pk}/edit/",
        "/journal/",
        "/journal/?mine",
        act.get_absolute_url(),
    ):
        yield address, curator.get(address)
    stale = {
        "version": 1,
        "start": mark.start,
        "end": mark.end,
        "low": 1,
        "qualifier": "exactly",
        "counted": "people",
    }
    yield (
        "conflict",
        curator.post(f"/annotations/{mark.pk}/edit/", stale | {"revision": 99}),
    )
    yield (
        "deleted",
        curator.post(
            f"/annotations/{mark.pk}/delete/", {"revision": mark.revision}, follow=True
        ),
    )
    yield (
        "undone",
        curator.post(
            act.get_absolute_url(), {"next": act.get_absolute_url()}, follow=True
        ),
    )
    yield "undone already", curator.post(act.get_absolute_url(), follow=True)
    yield "checked", reader.post("/check/", {"text": CHECKED})
    yield "not checked", reader.post("/check/", {})
    yield "not for readers", reader.get("/review/")


# Shape


def test_every_page_is_one_page_in_a_language_with_one_heading(
    every_page: list[tuple[str, Any]],
) -> None:
    for address, response in every_page:
        assert response.status_code < 500, address
        page = page_of(response)
        assert page.one("html")["lang"] == "en", address
        assert page.one("h1").words, address
        assert page.one("title").words, address
        assert len(page.all("main")) == 1, address


def test_no_page_carries_a_style_a_script_or_an_event_in_it(
    every_page: list[tuple[str, Any]],
) -> None:
    for address, response in every_page:
        for node in page_of(response).walk():
            assert node.tag != "style", address
            is_data = node.attributes.get("type") == "application/ld+json"
            assert (
                node.tag != "script"
                or is_data
                or (node["src"] and not node.text.strip())
            ), address
            assert not [
                name
                for name in node.attributes
                if name == "style" or name.startswith("on")
            ], address
            assert (
                not node.attributes.get("href", "")
                .lower()
                .startswith(("javascript:", "data:"))
            ), address


def test_no_two_elements_of_a_page_have_the_same_id(
    every_page: list[tuple[str, Any]],
) -> None:
    for address, response in every_page:
        ids = [
            node["id"] for node in page_of(response).walk() if "id" in node.attributes
        ]
        assert len(ids) == len(set(ids)), (
            f"{address}: {sorted(i for i in ids if ids.count(i) > 1)}"
        )


def test_every_field_of_every_form_has_a_label(
    every_page: list[tuple[str, Any]],
) -> None:
    for address, response in every_page:
        page = page_of(response)
        labelled = {label.attributes.get("for") for label in page.all("label")}
        inside = {id(node) for label in page.all("label") for node in label.walk()}
        for node in page.walk():
            if node.tag in ("textarea", "select") or (
                node.tag == "input" and node.attributes.get("type") != "hidden"
            ):
                named = node.attributes.get("id") in labelled or id(node) in inside
                assert named, f"{address}: {node.attributes}"


def test_every_id_that_an_attribute_refers_to_is_on_the_page(
    every_page: list[tuple[str, Any]],
) -> None:
    for address, response in every_page:
        nodes = list(page_of(response).walk())
        ids = {node.attributes.get("id") for node in nodes}
        for node in nodes:
            for name in ("for", "aria-labelledby", "aria-describedby"):
                for one in node.attributes.get(name, "").split():
                    assert one in ids, f"{address}: {name}={one}"


# Headers


def test_every_page_closes_the_door_to_foreign_scripts_frames_and_types(
    every_page: list[tuple[str, Any]],
) -> None:
    for address, response in every_page:
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, address
        directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert (directives["default-src"], directives["script-src"]) == (
            "'none'",
            "'self'",
        )
        assert (directives["style-src"], directives["frame-ancestors"]) == (
            "'self'",
            "'none'",
        )
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_a_reader_who_has_the_page_already_is_told_so(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>Petrov came.</p>")
    address = article.get_absolute_url()
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    mention(article, "Petrov", make_person("Petrov"))
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_page_for_editors_is_not_the_page_for_readers(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    address = make_article().get_absolute_url()
    tag = client.get(address).headers["ETag"]
    response = as_editor.get(address, headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "Cookie" in response.headers["Vary"]


# Links


def test_no_link_leads_nowhere(demo: None, client: Client) -> None:
    visited = list(crawl(client, "/", most=150))
    assert len(visited) > 100
    assert [
        address for address, response in visited if response.status_code >= 400
    ] == []


def test_no_link_of_a_curator_leads_nowhere(demo: None, as_curator: Client) -> None:
    visited = list(crawl(as_curator, "/review/", "/", most=150))
    assert [
        address for address, response in visited if response.status_code >= 400
    ] == []


def test_a_fragment_that_a_mark_leads_to_is_there(demo: None, client: Client) -> None:
    article = Article.objects.get(slug__contains="two-days", language="en")
    links = (
        page_of(client.get(article.get_absolute_url()))
        .one(id="text")
        .all("a", cls="mark")
    )
    assert links
    for link in links:
        address, _hash, anchor = link["href"].partition("#")
        assert page_of(client.get(address)).all(id=anchor)


# Withheld articles

CANARY = "Zyxwv"


@pytest.fixture
def withheld(make_article: MakeArticle, admin: User) -> Article:
    """An article that readers may not see, with the canary in all that is known of it."""
    ivan, aktau = make_person("Ivan Petrov"), make_place("Aktau")
    public = make_article(
        "Public", "<p>Ivan Petrov came to Aktau. 15 died.</p>", published="2011-12-19"
    )
    mention(public, "Ivan Petrov", ivan)
    mention(public, "Aktau", aktau)
    figure(public, "15 died", said_by="Ivan Petrov", said_by_entity=ivan)
    article = make_article(
        f"{CANARY} title",
        f"<p>Ivan Petrov {CANARY} words. Aktau too. 16 died {CANARY}. He fired {CANARY}. He left {CANARY}.</p>",
        publisher=f"{CANARY} publisher",
        authors=[f"{CANARY} author"],
        topics=[f"{CANARY} topic"],
        published="2011-12-20",
        standfirst=f"{CANARY} standfirst",
        credit=f"{CANARY} credit",
        coverage=f"{CANARY} coverage",
        original_address=f"https://{CANARY.lower()}.example/",
        language="kk",
        is_public=False,
    )
    content = f"{CANARY} bytes".encode()
    Capture.objects.create(
        article=article,
        sha256=sha256_of(content),
        content=content,
        size=len(content),
        filename=f"{CANARY}.txt",
        media_type="text/plain",
        encoding="UTF-8",
    )
    mention(article, "Ivan Petrov", ivan)
    mention(article, "Aktau", aktau)
    said = {"said_by": f"{CANARY} speaker", "said_by_entity": ivan}
    figure(article, f"16 died {CANARY}", "16", counted=f"{CANARY} counted", **said)
    parties = {
        "claimant_entity": ivan,
        "accused_entity": ivan,
        "accused": f"{CANARY} accused",
    }
    allegation(
        article,
        f"He fired {CANARY}",
        f"{CANARY} summary",
        claimant=f"{CANARY} claimant",
        **parties,
    )
    gone = allegation(article, f"He left {CANARY}")
    tagging.delete(gone.pk, gone.revision, admin)
    _answer_publicly(article, public, admin)
    return article


def _answer_publicly(withheld: Article, public: Article, admin: User) -> None:
    """Let a public allegation be answered, charged and copied in an article that is
    withheld."""
    claim, hidden = (
        allegation(public, "came to Aktau", "He came"),
        withheld.annotations.get(kind="allegation"),
    )
    answer(claim.allegation, hidden.allegation, "denies", admin)
    answer(hidden.allegation, claim.allegation, "contradicts", admin)
    change_status(
        StatusChange(allegation=claim.allegation, status="charged", passage=hidden),
        admin,
    )
    Allegation.objects.filter(pk=hidden.pk).update(wording=claim.allegation.wording)


def test_nothing_of_a_withheld_article_is_on_any_page_that_a_reader_finds(
    withheld: Article, somebody: Client
) -> None:
    visited = list(crawl(somebody, "/", "/export/", "/search/?q=died"))
    assert len(visited) > 30
    leaks = [
        address
        for address, response in visited
        if CANARY.lower() in content_of(response).lower()
    ]
    assert leaks == []


def test_every_address_of_a_withheld_article_is_none_for_readers(
    withheld: Article, somebody: Client, as_editor: Client
) -> None:
    capture = withheld.captures.get()
    addresses = [
        *(
            f"/articles/{withheld.slug}/{page}"
            for page in ("", "provenance/", "text/", "original/")
        ),
        *(
            f"/articles/{withheld.slug}/{page}"
            for page in ("versions/1/", "versions/1/text/")
        ),
        f"/articles/{withheld.slug}/original/{capture.sha256}/",
    ]
    for mark in Annotation.objects.filter(article=withheld):
        addresses += [mark.get_absolute_url(), f"{mark.get_absolute_url()}next/"]
        if mark.kind == "allegation":
            addresses.append(f"/allegations/{mark.pk}/")
    assert len(addresses) == 16
    assert [somebody.get(address).status_code for address in addresses] == [404] * 16
    assert {as_editor.get(address).status_code for address in addresses} <= {200, 302}


def test_no_count_that_a_reader_sees_counts_what_is_withheld(
    withheld: Article, somebody: Client
) -> None:
    assert "1 mention, 1 article" in page_of(somebody.get("/people/")).words
    assert (
        "1 mention in 1 article" in page_of(somebody.get("/people/ivan-petrov/")).words
    )
    facets = page_of(somebody.get("/articles/")).one("aside", cls="facets")
    assert {count.text for count in facets.all("span", cls="count")} == {"1"}
    assert "Kazakh" not in facets.words
    assert [
        count.text for count in page_of(somebody.get("/")).all("span", cls="count")
    ] == [
        "1",
        "1",
    ]
    measures = page_of(somebody.get("/figures/")).one("aside")
    assert [count.text for count in measures.all("span", cls="count")] == ["1"]
    facets = page_of(somebody.get("/allegations/")).one("aside", cls="facets")
    assert {count.text for count in facets.all("span", cls="count")} == {"1"}
    assert "no response recorded" in page_of(somebody.get("/allegations/")).words


@pytest.mark.parametrize("name", FORMATS)
def test_no_export_gives_a_reader_what_is_withheld(
    withheld: Article, somebody: Client, name: str
) -> None:
    for query in (
        {},
        {"person": "ivan-petrov"},
        {"publisher": f"{CANARY} publisher"},
        {"article": withheld.slug},
    ):
        assert CANARY not in content_of(
            somebody.get("/export/", {"format": name, **query})
        ).replace(f"{CANARY} publisher", "")


@pytest.mark.parametrize("name", LEDGER_FORMATS)
def test_no_export_of_the_ledger_gives_a_reader_what_is_withheld(
    withheld: Article, somebody: Client, name: str
) -> None:
    told = content_of(somebody.get("/allegations/export/", {"format": name}))
    assert "He came" in told
    assert CANARY not in told


@pytest.mark.parametrize("words", ["words", "title", CANARY, "16", f'"{CANARY} words"'])
def test_no_search_finds_what_is_withheld(
    withheld: Article, somebody: Client, words: str
) -> None:
    page = page_of(somebody.get("/search/", {"q": words}))
    assert not page.all("ol", cls="hits")


def test_lists_narrowed_to_what_is_withheld_show_nothing_of_it(
    withheld: Article, somebody: Client
) -> None:
    for query in ("author", "publisher", "topic"):
        listed = page_of(somebody.get("/articles/", {query: f"{CANARY} {query}"})).one(
            "ul", cls="articles"
        )
        assert CANARY not in listed.words
    assert (
        "16"
        not in page_of(
            somebody.get("/figures/", {"counted": f"{CANARY} counted"})
        ).words
    )
    for narrowed in (
        {"claimant": f"{CANARY} claimant"},
        {"accused": "ivan-petrov"},
        {"publisher": f"{CANARY} publisher"},
    ):
        assert (
            not page_of(somebody.get("/allegations/", narrowed))
            .one("ul", cls="allegations")
            .all("h2")
        )


def test_the_next_mention_passes_over_what_is_withheld(
    withheld: Article, somebody: Client
) -> None:
    mark = Annotation.objects.get(article__is_public=True, kind="person")
    response = somebody.get(f"{mark.get_absolute_url()}next/")
    assert response.headers["Location"] == mark.get_passage_url()


def test_editors_see_what_is_withheld_and_that_it_is(
    withheld: Article, as_editor: Client
) -> None:
    listed = page_of(as_editor.get("/articles/")).one("ul", cls="articles")
    assert "withheld from readers" in listed.words
    assert (
        "2 mentions in 2 articles"
        in page_of(as_editor.get("/people/ivan-petrov/")).words
    )


# Escaping

EVIL = "<i id=evil>&amp;\"'<"


def test_signs_of_html_are_words_wherever_they_are_typed(
    as_curator: Client, make_article: MakeArticle, editor: User
) -> None:
    person, place = (
        make_person(EVIL, description=EVIL),
        make_place(EVIL, description=EVIL),
    )
    article = make_article(
        EVIL,
        f"<p>He said {escape(EVIL)} and {escape(EVIL)} twice, then left, thrice.</p>",
        publisher=EVIL,
        authors=[EVIL],
        topics=[EVIL],
        standfirst=EVIL,
        credit=EVIL,
        coverage=EVIL,
        language="x-<i>",
        original_address='https://example.org/"><i id=evil>',
    )
    mention(article, EVIL, person)
    mention(article, EVIL, place, State.SUGGESTED, nth=1)
    figure(article, "twice", counted=EVIL, said_by=EVIL, said_by_entity=person)
    parties: dict[str, Any] = {
        "claimant": EVIL,
        "accused": EVIL,
        "accused_entity": person,
    }
    claim = allegation(article, "then left", EVIL, **parties)
    gone = allegation(article, "thrice", EVIL, **parties)
    tagging.delete(gone.pk, gone.revision, editor)
    article.events.create(kind="validation", detail=EVIL)
    starts = (
        "/",
        "/review/",
        f"/annotations/{gone.pk}/edit/",
        f"/annotations/{claim.pk}/edit/",
        *(f"{path}?q=%3Ci+id%3Devil%3E" for path in ("/search/", "/people/")),
        *(
            f"{path}?counted=%3Ci+id%3Devil%3E&format=%3Ci+id%3Devil%3E"
            for path in ("/figures/", "/export/")
        ),
        f"/articles/{article.slug}/tag/?paragraph=1&words=%3Ci+id%3Devil%3E&kind=%3Ci+id%3Devil%3E",
        f"/articles/{article.slug}/tag/?version=1&start=8&end=20&find=%3Ci+id%3Devil%3E",
    )
    visited = [
        (address, response)
        for address, response in crawl(as_curator, *starts)
        if is_page(response)
    ]
    assert len(visited) > 40
    for address, response in visited:
        assert not page_of(response).all(id="evil"), address
        assert "<i id=evil" not in response.content.decode(), address
    assert not [address for address, response in visited if response.status_code >= 500]


# Cost


@pytest.fixture
def grow(make_article: MakeArticle) -> Callable[[int], None]:
    """`grow(20)` adds twenty marks of each kind to one article, and an article with one of
    each."""
    petrov, aktau, olga = (
        make_person("Petrov"),
        make_place("Aktau"),
        make_person("Olga"),
    )
    article = make_article(
        "Marks",
        "<p>" + "Petrov Aktau figure claim guess. " * 100 + "</p>",
        authors=["Olga"],
    )
    added = 0

    def tag(article: Article, nth: int, speaker: Entity) -> None:
        mention(article, "Petrov", petrov, nth=nth)
        mention(article, "Aktau", aktau, State.LINKED, nth=nth)
        mention(article, "guess", petrov, State.SUGGESTED, nth=nth)
        figure(
            article,
            "figure",
            nth=nth,
            said_by="Petrov",
            said_by_entity=petrov,
            counted=f"measure {nth}",
        )
        parties: dict[str, Any] = {
            "claimant_entity": petrov,
            "accused": "O",
            "accused_entity": speaker,
        }
        claim = allegation(article, "claim", nth=nth, **parties)
        last = allegation(
            article,
            "claim guess",
            nth=nth,
            claimant_entity=speaker,
            accused="P",
            accused_entity=petrov,
        )
        Answer.objects.create(
            claim=claim.allegation, answer=last.allegation, relation="denies"
        )

    def add(count: int) -> None:
        nonlocal added
        for nth in range(added, added + count):
            tag(article, nth, olga)
            other = make_article(
                f"Other {nth}",
                "<p>Petrov Aktau figure claim guess.</p>",
                publisher=f"P{nth}",
                authors=[f"A{nth}"],
            )
            tag(other, 0, make_person(f"Speaker {nth}"))
        added += count

    return add


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/articles/",
        "/articles/marks/",
        "/articles/marks/provenance/",
        "/people/",
        "/places/",
        "/people/petrov/",
        "/places/aktau/",
        "/figures/",
        "/allegations/",
        "/export/",
        "/search/?q=petrov",
    ],
)
@pytest.mark.parametrize("who", ["reader", "curator"])
def test_a_page_costs_the_same_queries_whatever_it_shows(
    client: Client,
    as_curator: Client,
    grow: Callable[[int], None],
    who: str,
    address: str,
) -> None:
    somebody = as_curator if who == "curator" else client
    grow(1)
    few = number_of_queries(somebody, address)
    grow(12)
    assert number_of_queries(somebody, address) == few


def test_review_costs_the_same_queries_whatever_waits(
    as_editor: Client, grow: Callable[[int], None]
) -> None:
    grow(1)
    few = number_of_queries(as_editor, "/review/")
    grow(12)
    assert number_of_queries(as_editor, "/review/") == few


def test_the_reading_page_costs_three_queries_with_three_marks_and_with_sixty(
    client: Client, make_article: MakeArticle, django_assert_num_queries: Any
) -> None:
    petrov = make_person("Petrov")
    for count in (3, 60):
        article = make_article(html=f"<p>{'Petrov ' * count}</p>")
        for nth in range(count):
            mention(article, "Petrov", petrov, nth=nth)
        with django_assert_num_queries(3):
            page = page_of(client.get(article.get_absolute_url()))
        assert len(page.one(id="text").all("a")) == count


def test_a_passage_and_its_form_cost_a_fixed_number_of_queries(
    as_editor: Client, grow: Callable[[int], None]
) -> None:
    grow(1)
    marks = list(Annotation.objects.filter(article__slug="marks"))
    addresses = [
        f"{mark.get_absolute_url()}{page}"
        for mark in marks
        for page in ("", "edit/", "delete/")
    ]
    few = [number_of_queries(as_editor, address) for address in addresses]
    grow(12)
    assert [number_of_queries(as_editor, address) for address in addresses] == few


def test_no_address_answers_nonsense_with_an_error(
    as_curator: Client, curator: User, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>Petrov came, 15 died.</p>")
    mark, gone = figure(article, "15 died"), figure(article, "15")
    claim = allegation(article, "came, 15")
    mention(article, "Petrov", make_person("Petrov"))
    act = tagging.delete(gone.pk, gone.revision, curator)
    nonsense = ["\0", "9" * 30, "-1", "[", '["a"]', "%", "😀\ud7ff", "null"]
    places = {
        "/articles/": (
            "after",
            "publisher",
            "author",
            "language",
            "topic",
            "since",
            "until",
            "person",
            "place",
            "kind",
        ),
        "/search/": ("q", "page"),
        "/people/": ("q", "after"),
        "/people/petrov/": ("after", "before", "at"),
        "/figures/": ("counted", "after", "person", "since", "article", "status"),
        "/allegations/": (
            "status",
            "after",
            "place",
            "publisher",
            "claimant",
            "accused",
            "basis",
            "since",
            "until",
        ),
        "/allegations/export/": ("format", "status", "claimant", "place"),
        **dict.fromkeys((f"/allegations/{claim.pk}/answer/",), ("q",)),
        **dict.fromkeys(
            ("/review/", "/journal/", "/journal/?mine", act.get_absolute_url()),
            ("after",),
        ),
        "/export/": ("format", "kind", "person", "article", "since"),
        "/basket/export/": ("format",),
        f"/articles/{article.slug}/tag/": (
            "paragraph",
            "words",
            "kind",
            "version",
            "start",
            "end",
            "find",
        ),
        f"/annotations/{mark.pk}/edit/": ("start", "end", "version", "exact", "find"),
        f"/articles/{article.slug}/provenance/": ("verify",),
        "/login/": ("next",),
    }
    for path, names in places.items():
        for name in names:
            for value in nonsense:
                extra: dict[str, Any] = (
                    {"version": 1, "start": 0, "end": 6} if name == "find" else {}
                )
                assert as_curator.get(path, {**extra, name: value}).status_code < 500, (
                    f"{path}?{name}={value!r}"
                )
    for path in (
        "/articles/x/versions/" + "9" * 30 + "/",
        "/journal/" + "9" * 30 + "/",
    ):
        assert as_curator.get(path).status_code == 404
    assert list(Act.objects.all()) == [act]


def test_every_string_on_a_page_is_marked_for_translation() -> None:
    """Templates hold no words outside of translate tags, but for a few signs."""
    from django.conf import settings

    for template in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        if template.name == "500.html":
            continue  # it is shown when nothing works, translation included
        source = template.read_text(encoding="utf-8")
        source = re.sub(
            r"{% blocktranslate.*?{% endblocktranslate %}", "", source, flags=re.DOTALL
        )
        source = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", source, flags=re.DOTALL)
        source = re.sub(r"<!DOCTYPE html>|<[^>]*>|&[a-z]+;|SHA-256", "", source)
        left = [
            line.strip()
            for line in source.splitlines()
            if re.search(r"[^\W\d_]{2,}", line)
        ]
        assert left == [], template.name


def test_the_page_for_errors_needs_nothing_but_files_that_are_there() -> None:
    from django.conf import settings

    page = page_of(HttpResponse(render_to_string("500.html")))
    assert page.one("main").one("h1").words == "Something went wrong"
    for link in page.all("link"):
        assert (settings.BASE_DIR / link["href"].lstrip("/")).is_file()
