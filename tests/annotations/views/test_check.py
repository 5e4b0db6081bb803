"""The page on which a manuscript is checked: what it says of each quotation and figure, and
that it keeps nothing."""

import logging
import re
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.core import manuscripts
from annotations.figures.services import succeed
from annotations.models import Annotation, Measure
from archive.ingest.pipeline import take_in
from archive.models import Article, User
from archive.text.canonical import canonicalise
from tests.support.making import MakeArticle
from tests.support.marking import figure
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db

HTML = (
    "<p>The captain spoke first.</p><p>“Nobody gave the order to leave the harbour,” he said. “The boats were not "
    "armed, and every crew decided for itself.” By noon 14 boats had left.</p>"
)


@pytest.fixture
def harbour(make_article: MakeArticle) -> Article:
    return make_article(
        "A Day at the Harbour",
        HTML,
        publisher="The Example Times",
        published="2014-03-03",
        authors=["Aida Example"],
    )


def check(client: Client, text: str = "", **sent: Any) -> Node:
    return page_of(client.post("/check/", {"text": text} | sent))


def findings(page: Node, group: str) -> list[Node]:
    return [
        finding
        for section in page.all("section", id=group)
        for finding in section.all("li", cls="finding")
    ]


def only(page: Node, group: str) -> Node:
    (one,) = findings(page, group)
    return one


# What is said


def test_a_verbatim_quotation_comes_with_its_place_its_link_and_a_citation(
    client: Client, harbour: Article
) -> None:
    found = only(
        check(
            client,
            "First.\n\nHe said “nobody gave the order to leave the harbour,” at last.",
        ),
        "q-verbatim",
    )
    assert found.one("p", cls="manuscript").words == (
        "paragraph ¶ 2 He said “nobody gave the order to leave the harbour,” at last."
    )
    assert found.one("p", cls="source").words == (
        "A Day at the Harbour, ¶ 2, characters 27–69 of text version 1"
    )
    address = found.link("A Day at the Harbour")
    assert address.startswith("/articles/a-day-at-the-harbour/versions/1/#:~:text=")
    assert "Nobody%20gave%20the%20order" in address
    citation = found.one("p", cls="citation").words
    assert citation == (
        "Aida Example, “A Day at the Harbour,” The Example Times, March 3, 2014, para. 2, "
        "archived at http://testserver/articles/a-day-at-the-harbour/versions/1/."
    )


def test_offsets_name_the_words(client: Client, harbour: Article) -> None:
    found = only(check(client, "“every crew decided for itself”"), "q-verbatim")
    place = re.search(r"characters (\d+)–(\d+)", found.words)
    assert place
    assert (
        harbour.version.text[int(place[1]) : int(place[2])]
        == "every crew decided for itself"
    )


def test_an_altered_quotation_shows_what_differs_and_warns_of_a_negation(
    client: Client, harbour: Article
) -> None:
    found = only(
        check(client, "“The boats were armed, and every crew decided for itself.”"),
        "q-altered",
    )
    assert [each.words for each in found.all("del")] == ["the source: not"]
    assert found.all("ins") == []
    assert (
        found.all("p", cls="flag")[0].words
        == "The source says “not”; the quotation does not."
    )
    assert "¶ 2" in found.one("p", cls="source").words


def test_a_cut_quotation_shows_what_was_left_out_and_what_was_put_in(
    client: Client, harbour: Article
) -> None:
    found = only(
        check(client, "“The boats … every [ship’s] crew decided for itself”"), "q-cut"
    )
    difference = found.one("p", cls="difference")
    assert (
        difference.words
        == "The boats … left out: were not armed, and every [ship’s] crew decided for itself"
    )
    assert [each.words for each in difference.all("span", cls="own")] == [
        "…",
        "[ship’s]",
    ]


def test_parts_from_two_articles_are_put_together(
    client: Client, harbour: Article, make_article: MakeArticle
) -> None:
    make_article(
        "Later", "<p>Then the harbour master closed the gates of the town.</p>"
    )
    found = only(
        check(
            client, "“nobody gave the order to leave … closed the gates of the town”"
        ),
        "q-spliced",
    )
    assert found.one("p", cls="flag").words == "Its parts stand in different texts."
    assert [source.words.split(",")[0] for source in found.all("p", cls="source")] == [
        "A Day at the Harbour",
        "Later",
    ]


def test_what_stands_nowhere_is_said_to_be_nowhere_and_comes_first(
    client: Client, harbour: Article
) -> None:
    page = check(
        client, "“nobody gave the order to leave” and “we sang by the river all night”"
    )
    assert "we sang by the river" in only(page, "q-absent").words
    assert [section["id"] for section in page.all("section", cls="check-group")] == [
        "q-absent",
        "q-verbatim",
    ]


def test_one_or_two_words_are_listed_apart(client: Client, harbour: Article) -> None:
    first, second = findings(check(client, "The “harbour” of “bandits”."), "q-short")
    assert first.one("p", cls="source").words.startswith(
        "It stands, for one: A Day at the Harbour"
    )
    assert second.one("p", cls="flag").words == "It stands in no text of this archive."


def test_a_title_is_known_for_one(client: Client, harbour: Article) -> None:
    found = only(check(client, "See “A Day at the Harbour,” a report."), "q-verbatim")
    assert found.one("p", cls="flag").words == "It is the title of an article."
    assert found.link("A Day at the Harbour") == harbour.get_absolute_url()


def test_words_of_an_earlier_version_are_found_there(
    client: Client, harbour: Article
) -> None:
    harbour.add_version(canonicalise("<p>The captain said nothing.</p>"))
    found = only(
        check(client, "“nobody gave the order to leave the harbour”"), "q-verbatim"
    )
    assert (
        found.one("p", cls="flag").words
        == "These words stand only in an earlier version of the text."
    )
    assert "/versions/1/" in found.link("A Day at the Harbour")


def test_the_article_that_came_first_is_named_first(
    client: Client, harbour: Article, make_article: MakeArticle
) -> None:
    for number in range(4):
        make_article(f"Reprint {number}", HTML, published=f"2014-03-0{9 - number}")
    found = only(
        check(client, "“nobody gave the order to leave the harbour”"), "q-verbatim"
    )
    assert [source.words.split(",")[0] for source in found.all("p", cls="source")] == [
        "A Day at the Harbour", "Reprint 3", "Reprint 2",
    ]  # fmt: skip
    assert found.one("p", cls="hint").words == "It stands in 2 more texts."


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            "<p>Капитан сказал: «Никто не отдавал приказа выйти в море».</p>",
            "никто не отдавал приказа выйти в море",
        ),
        (
            "<p>«Ешкім теңізге шығуға бұйрық берген жоқ», деді капитан.</p>",
            "ешкім теңізге шығуға бұйрық берген жоқ",
        ),
    ],
)
def test_russian_and_kazakh_are_compared_each_with_itself(
    client: Client, harbour: Article, make_article: MakeArticle, html: str, words: str
) -> None:
    make_article("Гавань", html, language="ru")
    page = check(
        client, f"Дословно: «{words}», и «{words.split()[0]} приказ отдал в море сам»."
    )
    assert only(page, "q-verbatim").link("Гавань")
    assert len(findings(page, "q-absent")) == 1


def test_html_in_a_manuscript_or_an_article_is_shown_and_not_run(
    client: Client, make_article: MakeArticle
) -> None:
    make_article(
        "<b>Bold</b> & more",
        "<p>They sang &lt;i&gt;loudly&lt;/i&gt; by the river all night.</p>",
    )
    page = check(
        client, "<script>x()</script> “They sang <i>loudly</i> by the sea all night”"
    )
    assert "They sang <i>loudly</i> by the" in only(page, "q-altered").words
    assert page.all("b") == []


# Figures


@pytest.fixture
def boats(harbour: Article, make_article: MakeArticle) -> dict[str, Annotation]:
    measure = Measure.objects.create(name="Boats that left")
    later = make_article(
        "Later",
        "<p>At least 17 boats had left.</p>",
        published="2014-03-09",
        publisher="The Post",
    )
    return {
        "14": figure(harbour, "14 boats", "14", counted="boats left", measure=measure, said_by="the captain"),
        "17": figure(later, "At least 17", "17", counted="boats left", measure=measure, said_by="the captain",
                     qualifier="at_least"),
    }  # fmt: skip


def test_a_number_that_its_speaker_replaced_is_superseded(
    client: Client, boats: dict[str, Annotation], editor: User
) -> None:
    found = only(check(client, "By noon 14 boats left."), "f-superseded")
    flag = found.one("p", cls="flag").words
    assert (
        flag
        == "Later the same source says: at least 17, the captain, 9 March 2014, when it was published · Boats that left"
    )
    succeed(boats["14"].figure, boats["17"].figure, editor)
    assert (
        only(check(client, "By noon 14 boats left."), "f-superseded")
        .one("p", cls="flag")
        .words.startswith("Superseded by:")
    )


def test_a_number_that_is_given_says_by_whom(
    client: Client, boats: dict[str, Annotation]
) -> None:
    found = only(check(client, "At least 17 boats left."), "f-given")
    assert found.link("at least 17") == boats["17"].get_absolute_url()
    assert "the captain, 9 March 2014" in found.words
    assert found.all("p", cls="citation")[0].words.startswith(
        "“Later,” The Post, March 9, 2014, para. 1"
    )


def test_a_number_without_its_at_least_is_given_otherwise(
    client: Client, boats: dict[str, Annotation]
) -> None:
    assert "at least 17" in only(check(client, "17 boats left."), "f-otherwise").words


def test_a_number_that_nobody_gives_comes_with_those_that_are_given(
    client: Client, boats: dict[str, Annotation]
) -> None:
    found = only(check(client, "Some 29 boats left."), "f-not_given")
    given = [each.words for each in found.one("ul", cls="given-by").all("li")]
    assert len(given) == 2
    assert given[0].startswith("at least 17, the captain")
    assert given[0].endswith("both can be true")
    assert given[1].endswith("both cannot be true of the same")


def test_a_number_of_something_else_is_compared_with_nothing(
    client: Client, boats: dict[str, Annotation]
) -> None:
    assert (
        len(
            findings(
                check(client, "There 14 pupils sang. In 2014 chapter 14 began."),
                "f-unknown",
            )
        )
        == 1
    )


@pytest.mark.parametrize(
    "said", ["17 dead", "17 were killed", "killing 17 people", "погибли 17 человек"]
)
def test_the_same_is_counted_in_several_words(
    client: Client, harbour: Article, said: str
) -> None:
    figure(harbour, "14 boats", "17", counted="people killed")
    assert len(findings(check(client, f"By noon {said}."), "f-given")) == 1


# Whom it may tell what


def test_readers_learn_nothing_of_what_is_withheld(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        "The Withheld Canary",
        "<p>Nobody but the canary knew of 23 drowned miners.</p>",
        is_public=False,
    )
    figure(article, "23 drowned miners", "23", counted="drowned miners")
    text = "“Nobody but the canary knew of” “canary” “The Withheld Canary” and 23 drowned miners, 24 drowned miners."
    seen = client.post("/check/", {"text": text}).content.decode()
    page = check(client, text)
    assert len(findings(page, "q-absent")) == 2
    assert (
        only(page, "q-short").one("p", cls="flag").words
        == "It stands in no text of this archive."
    )
    assert len(findings(page, "f-unknown")) == 2
    assert article.slug not in seen
    for_editors = check(as_editor, text)
    assert only(for_editors, "q-short").link("The Withheld Canary")
    assert len(findings(for_editors, "q-verbatim")) == 2
    assert len(findings(for_editors, "f-given")) == 1
    assert len(findings(for_editors, "f-not_given")) == 1


# What it keeps


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(0)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.__dict__}")


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 our own tables
            rows.append(repr(cursor.fetchall()))
    return "".join(rows)


CANARY = "zugvogelkanarienruf"


@pytest.mark.parametrize("size", [100, 4_000_000])
def test_nothing_of_a_manuscript_is_kept(
    as_editor: Client,
    harbour: Article,
    size: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept = _Kept()
    root = logging.getLogger()
    root.addHandler(kept)
    level, root.level = root.level, 0
    try:
        content = (
            f"“{CANARY} gave the order to leave”\n\n{'x' * 60} ".encode()
            + b"\n\n"
            + b"y " * (size // 400)
            + b" " * size
        )
        response = as_editor.post(
            "/check/", {"file": SimpleUploadedFile(f"{CANARY}.txt", content)}
        )
        as_editor.post("/check/", {"text": CANARY * 3, "download": "markdown"})
        as_editor.post(
            "/check/", {"file": SimpleUploadedFile(f"{CANARY}.pdf", CANARY.encode())}
        )
    finally:
        root.removeHandler(kept)
        root.level = level
    assert CANARY in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert CANARY not in everything_in_the_database()
    assert CANARY not in repr(
        [session.get_decoded() for session in Session.objects.all()]
    )
    assert CANARY not in repr(getattr(cache, "_cache", {}))
    assert CANARY not in "".join(kept.lines)
    assert CANARY not in repr(response.cookies)
    assert [*tmp_path.rglob("*")] == []


def test_a_large_file_never_touches_the_disk(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(
        "django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse
    )
    content = b"A word. " + b" " * 4_000_000
    assert (
        client.post(
            "/check/", {"file": SimpleUploadedFile("a.txt", content)}
        ).status_code
        == 200
    )


# What is refused


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    content = BytesIO(b"x" * (manuscripts.MOST_BYTES + 1))
    content.name = "a.txt"
    response = client.post("/check/", {"file": content})
    assert response.status_code == 400
    assert "It is too large: 20.0\xa0MB at most." in page_of(response).text


def test_a_text_that_is_too_large_is_refused_in_a_sentence(client: Client) -> None:
    response = client.post("/check/", {"text": "x" * 10_500_000})
    assert response.status_code == 413
    assert "It is too large" in page_of(response).text
    assert response.headers["Cache-Control"] == "no-store"


def test_what_cannot_be_read_is_refused_and_what_was_typed_stays(
    client: Client,
) -> None:
    page = check(client, "A typed text.", file=SimpleUploadedFile("a.xls", b"words"))
    assert (
        "Files of the kind “.xls” are not read"
        in page.one("div", id="id_file_error").words
    )
    assert page.form().fields()["text"] == "A typed text."
    assert "Choose a file, or paste a text." in check(client).words


def test_a_form_of_another_site_is_refused(harbour: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    assert (
        client.post("/check/", {"text": "“nobody gave the order”"}).status_code == 403
    )
    page = page_of(client.get("/check/"))
    sent = page.form().fields() | {"text": "“nobody gave the order”"}
    assert client.post("/check/", sent).status_code == 200


# The form, and the report


def test_a_file_comes_back_as_it_was_read_to_be_corrected_and_checked_again(
    client: Client, harbour: Article
) -> None:
    page = check(
        client,
        file=SimpleUploadedFile("a.md", b"He *said* it.\n\n> Nobody gave the order"),
    )
    assert page.form().fields()["text"] == "He said it.\n\n> Nobody gave the order"
    assert "Nothing in a.md is altered, missing or superseded." in page.words
    assert len(findings(check(client, page.form().fields()["text"]), "q-verbatim")) == 1


def test_the_report_can_be_downloaded_instead(client: Client, harbour: Article) -> None:
    response = client.post(
        "/check/",
        {
            "text": "“nobody gave the order” “we sang by the river”",
            "download": "markdown",
        },
    )
    report = response.content.decode()
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert (
        response.headers["Content-Disposition"]
        == 'attachment; filename="the text-checked.md"'
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert "## Not in the archive\n\n> we sang by the river" in report
    assert (
        "para. 2, archived at http://testserver/articles/a-day-at-the-harbour/versions/1/"
        in report
    )


def test_a_manuscript_without_quotations_says_so(
    client: Client, harbour: Article
) -> None:
    assert "There is no quotation in it." in check(client, "He said nothing.").words


def test_the_number_of_queries_does_not_grow_with_what_is_found(
    client: Client, make_article: MakeArticle
) -> None:
    counts = []
    for number in (1, 12):
        for n in range(number):
            article = make_article(
                f"Day {number} {n}",
                f"<p>{HTML} Day {n} of {number} was over by noon, and {n} boats left.</p>",
            )
            measure = Measure.objects.create(name=f"Boats of day {number} {n}")
            figure(article, f"{n} boats", str(n), counted="boats left", measure=measure)
        text = " ".join(
            f"“Day {n} of {number} was over by noon” and {n} boats left."
            for n in range(number)
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = check(client, text)
        assert len(findings(page, "q-verbatim")) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The real reports


def test_every_quotation_of_the_real_reports_is_verbatim_in_them(
    client: Client, curator: User, seeds: Path
) -> None:
    files = sorted(seeds.glob("*.txt"))
    for file in files:
        take_in(file.read_bytes(), file.name, curator)
    for file in files:
        page = check(client, file.read_text(encoding="utf-8"))
        assert {section["id"] for section in page.all("section", cls="check-group")} <= {
            "q-verbatim", "q-short", "f-unknown",
        }, file  # fmt: skip
        assert findings(page, "q-verbatim")


def test_a_real_report_with_one_word_less_is_altered(
    client: Client, curator: User, seeds: Path
) -> None:
    for file in sorted(seeds.glob("*.txt")):
        article = take_in(file.read_bytes(), file.name, curator).article
        for paragraph in article.version.text.split("\n\n"):
            words = re.sub("[\"“”‘’'\\[\\]…]|\\.\\.\\.", "", paragraph).split()
            if len(words) < 12:
                continue
            page = check(client, f"“{' '.join(words[:5] + words[6:])}”")
            assert findings(page, "q-altered"), paragraph


def test_letters_that_a_file_does_not_tell_are_said(
    client: Client, harbour: Article
) -> None:
    page = check(
        client,
        "He said: “Nob\ufffddy gave the \ufffdrder to leave the harbour,” twice.",
    )
    assert page.one("p", cls="unknown-letters").words == (
        "The file does not say which letters 2 signs are: they stand as “\ufffd”, and words with "
        "them are not found."
    )
    assert not check(client, "Nobody gave it.").all("p", cls="unknown-letters")
