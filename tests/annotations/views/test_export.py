"""Exports: tagged excerpts that can be checked against the text they come from."""

import json
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from annotations.core.anchoring.selectors import select
from annotations.export import excerpts
from annotations.export.formats import FORMATS, Purpose
from annotations.models import Annotation, Answer, Figure, Kind, State
from archive.models import Article
from tests.support.export_readers import READERS
from tests.support.hard_excerpts import HARD
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, make_place, mention
from tests.support.pages import page_of

EXPORT = reverse("annotations:export")


def exported(client: Client, name: str, **query: str) -> bytes:
    response: Any = client.get(EXPORT, {"format": name, **query})
    assert isinstance(response, StreamingHttpResponse)
    content: bytes = response.getvalue()
    return content


def rows(client: Client, **query: str) -> list[dict[str, Any]]:
    return list(json.loads(exported(client, "json", **query)))


def words(client: Client, **query: str) -> list[str]:
    return [row["words"] for row in rows(client, **query)]


@pytest.fixture
def tagged(make_article: MakeArticle) -> list[Article]:
    """Two reports of a day, with a figure, an allegation, a person and a place in each, and one
    without a date."""
    petrov, aktau = make_person("Ivan Petrov"), make_place("Aktau")
    articles = []
    for title, day, publisher in (
        ("One", "2011-12-19", "The Post"),
        ("Two", "2012-01-26", "Вести"),
        ("Three", "", ""),
    ):
        html = f"<p>{title} rain fell.</p><p>In Aktau Ivan Petrov said 15 people died. He fired first.</p>"
        article = make_article(
            title, html, published=day, publisher=publisher, authors=["Olga Smirnova"]
        )
        mention(article, "Aktau", aktau)
        mention(article, "Ivan Petrov", petrov, State.LINKED)
        figure(article, "15 people", qualifier="at_least", said_by="Ivan Petrov")
        allegation(
            article,
            "He fired first",
            "He fired first",
            claimant="a witness",
            status="denied",
        )
        articles.append(article)
    return articles


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_streamed_as_a_file_to_keep(
    client: Client, tagged: list[Article], name: str
) -> None:
    response: Any = client.get(EXPORT, {"format": name})
    assert isinstance(response, StreamingHttpResponse)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == FORMATS[name].media_type
    assert re.fullmatch(
        rf'attachment; filename="testimonia-excerpts-\d{{4}}-\d\d-\d\d\.{FORMATS[name].ending}"',
        response.headers["Content-Disposition"],
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_every_excerpt_to_a_reader_that_is_not_ours(
    client: Client, tagged: list[Article], name: str
) -> None:
    assert READERS[name](exported(client, name)) == words(client)
    assert len(words(client)) == 12


def test_the_words_of_every_excerpt_stand_at_its_offsets_in_the_text_at_its_address(
    client: Client, make_article: MakeArticle
) -> None:
    for n, hard in enumerate(HARD):
        html = f"<p>😀 Before</p><p>It said: {hard.replace('&', '&amp;').replace('<', '&lt;')} and no more.</p>"
        article = make_article(f"{hard[:40]} {n}", html)
        start = article.version.text.index("It said: ")
        passage = select(
            article.version.text, start, article.version.text.index(" and no more")
        )
        mark = Annotation(kind=Kind.FIGURE)
        mark.put_on(article.version, passage)
        mark.save()
        Figure.objects.create(annotation=mark, low=n, counted=hard[:200])
    found = rows(client)
    assert len(found) == len(HARD)
    for row in found:
        text = client.get(row["text_address"]).content.decode()
        assert text[row["start"] : row["end"]] == row["words"]
        assert text[: row["start"]].endswith(row["before"])
        assert text[row["end"] :].startswith(row["after"])
        assert text.count("\n\n", 0, row["start"]) + 1 == row["paragraph"] == 2
        assert client.get(row["permalink"]).status_code == 200


def test_an_excerpt_of_a_real_report_leads_back_to_the_bytes_it_came_in_as(
    client: Client, make_article: MakeArticle
) -> None:
    call_command("load_demo")
    found = rows(client)
    assert len(found) > 100
    assert {row["kind"] for row in found} == set(Kind.values)
    texts = {
        address: client.get(address)
        for address in {row["text_address"] for row in found}
    }
    for row in found:
        assert (
            texts[row["text_address"]].content.decode()[row["start"] : row["end"]]
            == row["words"]
        )
        assert len(row["capture_sha256"]) == 64
        assert row["accessed"]
        if "original_address" in row:
            assert row["original_link"].startswith(
                f"{row['original_address']}#:~:text="
            )
    for address in {row["entity_address"] for row in found if "entity" in row}:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 12),
        ({"kind": "figure"}, 3),
        ({"kind": "allegation"}, 3),
        ({"person": "ivan-petrov"}, 3),
        ({"place": "aktau"}, 3),
        ({"article": "two"}, 4),
        ({"publisher": "Вести"}, 4),
        ({"status": "denied"}, 3),
        ({"status": "convicted"}, 0),
        ({"since": "2011-12-20"}, 4),
        ({"until": "2011-12-20"}, 4),
        ({"since": "2011-12-19", "until": "2012-01-26"}, 8),
        ({"kind": "person", "article": "three"}, 1),
    ],
)
def test_the_page_and_the_command_take_the_same_filters(
    client: Client,
    tagged: list[Article],
    tmp_path: Path,
    query: dict[str, str],
    count: int,
) -> None:
    on_page = rows(client, **query)
    file = tmp_path / "excerpts.json"
    options = [f"--{name}={value}" for name, value in query.items()]
    call_command(
        "export_excerpts", "--format=json", f"--output={file}", *options, verbosity=0
    )
    by_command = json.loads(file.read_text(encoding="utf-8"))
    assert len(on_page) == count
    assert [row["permalink"].rsplit("/", 2)[1] for row in on_page] == [
        row["permalink"].rsplit("/", 2)[1] for row in by_command
    ]


def test_an_allegation_comes_with_what_it_is_of_and_what_was_last_answered(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>He fired first. He denied it. He was seen.</p>")
    hidden = make_article(
        html="<p>He lied.</p>", is_public=False, published="2012-01-26"
    )
    said = {
        "conduct": "shooting",
        "basis": "video",
        "happened": "2011-12-16",
        "place": "Aktau",
    }
    claim = allegation(article, "He fired first", **said).allegation
    denial = allegation(article, "He denied it", claimant="the guard").allegation
    Answer.objects.create(claim=claim, answer=denial, relation="denies")
    lie = allegation(hidden, "He lied", claimant="a neighbour").allegation
    Answer.objects.create(claim=claim, answer=lie, relation="contradicts")
    for who in (client, as_editor):
        first, second = rows(who, kind="allegation")[:2]
        assert {name: first[name] for name in said} == said
        assert (first["answer"], second["answer"]) == (
            "denied by the guard",
            "no response recorded",
        )
    assert "denied by the guard" in exported(client, "csv").decode()


def test_excerpts_stand_in_reading_order(client: Client, tagged: list[Article]) -> None:
    found = rows(client)
    assert [row["title"] for row in found] == ["Three"] * 4 + ["One"] * 4 + ["Two"] * 4
    assert [row["words"] for row in found[:4]] == [
        "Aktau",
        "Ivan Petrov",
        "15 people",
        "He fired first",
    ]


def test_neither_suggestions_nor_what_was_rejected_is_exported(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov, Petrov, Petrov.</p>")
    for nth, state in enumerate((State.SUGGESTED, State.REJECTED, State.LINKED)):
        mention(article, "Petrov", petrov, state, nth)
    for who in (client, as_editor):
        assert [row["state"] for row in rows(who)] == ["linked"]


def test_editors_export_withheld_articles_too_and_readers_do_not(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    figure(make_article(html="<p>15 died.</p>", is_public=False), "15 died")
    assert (words(client), words(as_editor)) == ([], ["15 died"])


@pytest.mark.parametrize(
    "query",
    [
        {"format": "wordstar"},
        {"format": "csv", "person": "nobody"},
        {"format": "csv", "since": "yesterday"},
    ],
)
def test_what_is_not_understood_is_told_and_not_left_out_silently(
    client: Client, tagged: list[Article], query: dict[str, str]
) -> None:
    response = client.get(EXPORT, query)
    assert response.status_code == 400
    assert page_of(response).all(role="alert")


def test_without_a_format_there_is_a_page_to_choose_one(
    client: Client, tagged: list[Article]
) -> None:
    page = page_of(client.get(EXPORT, {"person": "ivan-petrov"}))
    assert [button["value"] for button in page.all("button", name="format")] == list(
        FORMATS
    )
    assert [legend.words for legend in page.all("legend")] == [
        str(purpose.label) for purpose in Purpose
    ]
    for button in page.all("button", name="format"):
        assert (
            page.one(id=button["aria-describedby"]).words
            == FORMATS[button["value"]].use
        )
    assert page.one("form", cls="export").fields()["person"] == "Ivan Petrov"


def test_the_addresses_are_those_of_the_request_or_of_the_settings(
    client: Client, tagged: list[Article], tmp_path: Path, settings: Any
) -> None:
    assert rows(client)[0]["permalink"].startswith("http://testserver/annotations/")
    settings.SITE_URL = "https://archive.example/"
    file = tmp_path / "excerpts.json"
    call_command("export_excerpts", "--format=json", f"--output={file}", verbosity=0)
    assert json.loads(file.read_text())[0]["text_address"].startswith(
        "https://archive.example/articles/"
    )


def test_a_command_refuses_a_filter_that_it_does_not_understand(
    tagged: list[Article],
) -> None:
    with pytest.raises(CommandError, match="--person: "):
        call_command("export_excerpts", "--format=csv", "--person=nobody")


# More excerpts than an export holds at a time, where it takes so many from the database
# at once:
MANY = 400
AT_ONCE = 100
TEXT = f"<p>{'word ' * 2000}</p>"


def _many(count: int, article: Article) -> None:
    version = article.version
    marks = []
    for n in range(count):
        mark = Annotation(kind=Kind.FIGURE)
        mark.put_on(version, select(version.text, n, n + 20))
        marks.append(mark)
    Annotation.objects.bulk_create(marks, batch_size=500)
    Figure.objects.bulk_create(
        [
            Figure(annotation=mark, low=n, counted="people")
            for n, mark in enumerate(marks)
        ],
        batch_size=500,
    )


def _peak(stream: Callable[[], Iterator[bytes]]) -> int:
    """The most memory, in bytes, that is held while a stream is read piece by piece and each is
    let go."""
    tracemalloc.start()
    try:
        for _piece in stream():
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", FORMATS)
def test_four_times_the_excerpts_do_not_take_more_memory(
    client: Client,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr(excerpts, "BATCH_SIZE", AT_ONCE)

    def stream() -> Iterator[bytes]:
        response: Any = client.get(EXPORT, {"format": name})
        assert isinstance(response, StreamingHttpResponse)
        return iter(response)

    for title in "12":
        _many(MANY // 2, make_article(title, TEXT))
    _peak(stream)  # what is only made once is not counted
    # Less where garbage happens to be collected meanwhile.
    few = max(_peak(stream) for _again in range(3))
    for title in "345678":
        _many(MANY // 2, make_article(title, TEXT))
    many = _peak(stream)
    assert many < few * 2, f"{few} bytes for {MANY} excerpts, {many} for {4 * MANY}"


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_asks_for_rows_sources_and_texts_however_many_passages_it_has(
    client: Client, make_article: MakeArticle, django_assert_num_queries: Any, name: str
) -> None:
    _many(MANY, make_article(html=TEXT, original_address="https://post.example/one"))
    with django_assert_num_queries(7):
        exported(client, name)


def test_the_page_lists_no_names_but_proposes_what_is_typed(
    client: Client, tagged: list[Article]
) -> None:
    assert "Ivan Petrov" not in page_of(client.get(EXPORT)).text
    assert proposed(client, "person", "petr") == ["Ivan Petrov"]
    assert proposed(client, "place", "petr") == []
    assert proposed(client, "place", "Akta") == ["Aktau"]
    assert proposed(client, "person", "") == []


def test_whoever_has_a_name_alone_is_chosen_by_it(
    client: Client, tagged: list[Article]
) -> None:
    petrov = {row["words"] for row in rows(client, person="Ivan Petrov")}
    assert petrov == {"Ivan Petrov"}
    assert rows(client, person="ivan-petrov") == rows(client, person="Ivan Petrov")


def test_namesakes_are_told_apart_by_their_addresses(
    client: Client, make_article: MakeArticle
) -> None:
    for title in ("One", "Two"):
        article = make_article(title, "<p>Anna Kim came.</p>")
        mention(article, "Anna Kim", make_person("Anna Kim"))
    slugs = proposed(client, "person", "Anna Kim")
    assert len(slugs) == 2
    for slug in slugs:
        assert len(rows(client, person=slug)) == 1
    assert (
        client.get(EXPORT, {"person": "Anna Kim", "format": "csv"}).status_code == 400
    )


def test_a_name_under_which_somebody_else_is_known_too_is_proposed_as_an_address(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        html="<p>Anna Kim and Anna Petrova, once Anna Kim, came.</p>"
    )
    petrova = make_person("Anna Petrova", "Anna Kim")
    mention(article, "Anna Kim", make_person("Anna Kim"))
    mention(article, "Anna Petrova", petrova)
    mention(article, "Anna Kim", petrova, nth=1)
    assert sorted(proposed(client, "person", "Anna")) == ["Anna Petrova", "anna-kim"]


@pytest.mark.parametrize("parameter", ["person", "said_by", "claimant", "accused"])
def test_a_hidden_person_is_answered_like_nobody(
    client: Client, make_article: MakeArticle, parameter: str
) -> None:
    article = make_article("Hidden", "<p>Anna Kim came.</p>", is_public=False)
    mention(article, "Anna Kim", make_person("Anna Kim"))
    assert proposed(client, "person", "Anna") == []
    hidden = client.get(EXPORT, {parameter: "anna-kim", "format": "csv"})
    nobody = client.get(EXPORT, {parameter: "anna-kin", "format": "csv"})
    assert hidden.status_code == nobody.status_code == 400
    assert hidden.content.replace(b"anna-kim", b"anna-kin") == nobody.content


def proposed(client: Client, kind: str, typed: str) -> list[str]:
    address = reverse("annotations:entity-names")
    query = {"kind": kind, "field": "typed", "typed": typed}
    options = client.get(address, query).content.decode()
    return re.findall(r'<option value="([^"]*)"', options)
