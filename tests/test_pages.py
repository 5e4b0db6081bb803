"""What holds for every page: its shape, its headers, its links and its escaping."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from annotations.editing import tagging
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    State,
)
from archive.models import Article, User
from archive.roles import Role
from tests.support.crawling import CHECKED, crawl
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
