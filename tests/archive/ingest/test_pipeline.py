from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from pytest_django import Settings

from archive.ingest import keeping
from archive.ingest.pipeline import IntakeOutcome, Refused, correct_text, take_in
from archive.models import (
    Article,
    Capture,
    Event,
    Publisher,
    TextVersion,
    User,
    sha256_of,
)
from archive.search import articles_with_words

pytestmark = pytest.mark.django_db

HARBOUR = """# Dockers stop work

May 3, 2004

Author: Aset Example

PORT VOSTOK — About 120 dockers walked out, and nobody was hurt. The cranes stood still until the evening.

Source URL: <https://www.harbour.example/dockers>
"""


def counts() -> dict[str, int]:
    kept: list[type[Model]] = [Article, Capture, TextVersion, Event, Publisher]
    return {model.__name__: model._default_manager.count() for model in kept}


def details(article: Article, kind: Event.Kind) -> list[str]:
    return [event.detail for event in article.events.filter(kind=kind)]


# A file becomes an article


def test_a_title_in_latin_letters_and_in_english_goes_into_the_article(
    curator: User,
) -> None:
    labels = "Transliteration: Dokery bastuyut\nTranslated title: Dockers on strike"
    article = take_in(
        f"# Докеры бастуют\n\n{labels}\n\nДокеры вышли.".encode(), "a.txt", curator
    ).article
    assert (article.title_transliterated, article.title_translated) == (
        "Dokery bastuyut",
        "Dockers on strike",
    )
    assert (
        "title transliterated, title translated"
        in details(article, Event.Kind.EXTRACTION)[0]
    )


def test_a_file_becomes_an_article_with_its_bytes_and_its_text(curator: User) -> None:
    taken = take_in(HARBOUR.encode(), "folder/dockers.txt", curator)

    article = taken.article
    capture = article.captures.get()
    assert taken.outcome is IntakeOutcome.IMPORTED
    assert (article.title, article.published, article.byline) == (
        "Dockers stop work",
        "2004-05-03",
        "Aset Example",
    )
    assert (bytes(capture.content), capture.filename, capture.size) == (
        HARBOUR.encode(),
        "dockers.txt",
        len(HARBOUR.encode()),
    )
    assert (capture.sha256, capture.received_by) == (
        sha256_of(HARBOUR.encode()),
        curator,
    )
    assert (
        article.version.number,
        article.version.capture,
        article.version.made_by,
    ) == (
        1,
        capture,
        curator,
    )
    assert article.version.text.startswith("PORT VOSTOK — About 120 dockers")


def test_what_came_in_is_found_by_search() -> None:
    assert articles_with_words("cranes") == set()

    article = take_in(HARBOUR.encode(), "dockers.txt").article

    assert articles_with_words("cranes") == {article.pk}


def test_events_say_what_was_done_in_which_order() -> None:
    article = take_in(
        ("✘" + HARBOUR.replace("\n\nPORT", "\n\n✘PORT")).encode("utf-16"), "dockers.txt"
    ).article

    assert [event.kind for event in article.events.all()] == [
        Event.Kind.IDENTIFICATION,
        Event.Kind.INGESTION,
        Event.Kind.IDENTIFICATION,
        Event.Kind.EXTRACTION,
        Event.Kind.NORMALIZATION,
    ]
    assert (
        details(article, Event.Kind.IDENTIFICATION)[1]
        == "The encoding is utf-16: by its byte order mark."
    )
    assert details(article, Event.Kind.NORMALIZATION) == ["stray “✘” removed: 2 times."]
    assert details(article, Event.Kind.EXTRACTION) == [
        "Read from the file: title, authors, published, original address."
    ]


def test_an_encoding_that_was_detected_says_how_sure_that_is() -> None:
    russian = "# Порт\n\nДокеры остановили работу в полдень, краны стояли до вечера. Никто не пострадал, сказал мастер."

    article = take_in(russian.encode("windows-1251"), "port.txt").article

    (sentence,) = (
        text
        for text in details(article, Event.Kind.IDENTIFICATION)
        if "encoding" in text
    )
    assert sentence.startswith("The encoding is windows-1251: detected, ")
    assert article.captures.get().encoding == "windows-1251"


def test_a_language_that_the_file_names_is_not_detected() -> None:
    named = take_in(
        HARBOUR.replace("May 3", "Language: kk\n\nMay 3").encode(), "a.txt"
    ).article
    detected = take_in(HARBOUR.replace("dockers>", "other>").encode(), "b.txt").article

    assert (named.language, detected.language) == ("kk", "en")
    assert "language" not in " ".join(details(named, Event.Kind.IDENTIFICATION))
    assert details(detected, Event.Kind.IDENTIFICATION)[0].startswith(
        "The language was detected: English, "
    )


def test_what_was_not_understood_is_an_event_that_did_not_succeed() -> None:
    article = take_in(
        b"---\ntitle: Dockers stop work\nlayout: post\n---\nThey went home.", "a.md"
    ).article

    event = article.events.get(kind=Event.Kind.VALIDATION)
    assert (event.succeeded, event.detail) == (
        False,
        "Not understood in the front matter: layout.",
    )


def test_an_address_that_may_have_been_cut_short_is_an_event() -> None:
    content = HARBOUR.replace(
        "www.harbour.example/dockers", "www.themoscowtimes.com/2004/05/03/dockers-a1"
    )

    article = take_in(content.encode(), "a.txt").article

    (sentence,) = details(article, Event.Kind.VALIDATION)
    assert "may have been cut short" in sentence


# Its publisher


def test_a_known_host_names_the_outlet() -> None:
    article = take_in(
        HARBOUR.replace("www.harbour.example", "iwpr.net").encode(), "a.txt"
    ).article

    assert article.publisher is not None
    assert (article.publisher.name, article.publisher.host) == (
        "Institute for War & Peace Reporting",
        "iwpr.net",
    )


def test_an_unknown_host_is_its_own_name() -> None:
    article = take_in(HARBOUR.encode(), "a.txt").article

    assert str(article.publisher) == "harbour.example"


def test_a_masthead_wins_over_the_host_and_teaches_it() -> None:
    masthead = HARBOUR.replace("Author:", "**The Harbour Post**\n\nAuthor:")
    take_in(masthead.encode(), "a.txt")

    later = take_in(HARBOUR.replace("dockers>", "other>").encode(), "b.txt").article

    assert str(later.publisher) == "The Harbour Post"
    assert Publisher.objects.count() == 1


def test_without_masthead_and_address_the_publisher_is_unknown() -> None:
    assert (
        take_in(b"# Dockers stop work\n\nThey went home.", "a.txt").article.publisher
        is None
    )


# The same again, and other bytes


def test_the_same_bytes_are_not_taken_in_twice() -> None:
    first = take_in(HARBOUR.encode(), "a.txt")
    before = counts()

    second = take_in(HARBOUR.encode(), "another name.md")

    assert (second.outcome, second.article) == (IntakeOutcome.KNOWN, first.article)
    assert counts() == before


def test_other_bytes_for_a_known_address_are_a_new_version() -> None:
    first = take_in(HARBOUR.encode(), "a.txt").article
    content = HARBOUR.replace("About 120", "About 130").replace(
        "https://www.", "http://"
    )

    second = take_in(content.encode(), "b.txt")

    assert (second.outcome, second.article) == (IntakeOutcome.UPDATED, first)
    assert [version.number for version in first.versions.all()] == [1, 2]
    assert second.article.version.text.startswith("PORT VOSTOK — About 130")
    assert second.article.version.previous == first.version
    assert first.captures.count() == 2
    assert articles_with_words("130") == {first.pk}


def test_two_reports_without_an_address_are_two_articles() -> None:
    for body in (b"They went home.", b"They stayed."):
        take_in(b"# Dockers stop work\n\n" + body, "a.txt")

    assert Article.objects.count() == 2


# What is refused leaves nothing after


@pytest.mark.parametrize(
    ("content", "filename", "reason"),
    [
        (b"", "a.txt", "It is empty."),
        (b" \n\t\n", "a.txt", "It is empty."),
        (b"%PDF-1.7", "a.txt", "It is a binary file, not a text."),
        (
            b"# \xff\xfe\xfa",
            "a.txt",
            "Its encoding could not be told. Save it as UTF-8 and import it again.",
        ),
        (
            b"They went home.",
            "a.txt",
            "It has no title: begin it with a line “# Title”.",
        ),
        (b"# Dockers stop work", "a.txt", "It has a title but no text."),
        (
            b"# Dockers stop work\n\n<!-- -->\\\n",
            "a.html",
            "Files of the kind “.html” are not read; these are: .markdown",
        ),
        (b"# Dockers stop work\n\n&#32;", "a.txt", "It has a title but no text."),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(
    content: bytes, filename: str, reason: str
) -> None:
    with pytest.raises(Refused) as refusal:
        take_in(content, filename)

    assert str(refusal.value).startswith(reason)
    assert set(counts().values()) == {0}


def test_a_file_over_the_limit_is_refused_with_both_sizes(settings: Settings) -> None:
    settings.ARCHIVE_MAX_BYTES = 1024

    with pytest.raises(
        Refused,
        match=r"^It is too large: 2\.0\xa0KB, where this archive takes 1\.0\xa0KB at most\.$",
    ):
        take_in(b"# T\n\n" + b"x" * 2043, "a.txt")


def test_whatever_fails_on_the_way_leaves_nothing_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: Any) -> list[str]:
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(keeping, "receive_versions", fail)

    with pytest.raises(RuntimeError):
        take_in(HARBOUR.encode(), "a.txt")

    assert set(counts().values()) == {0}
    assert articles_with_words("cranes") == set()


@pytest.mark.parametrize(
    "lines",
    [
        "Author: " + "Aset " * 60,
        "Topic: " + "strikes " * 50,
        "Publisher: " + "Post " * 80,
        "Credit: " + "Reuters " * 60,
        "Region: " + "Asia " * 90,
        "Language: " + "kazakh" * 10,
        "Date: [" + ", ".join(["2004-05-03"] * 20) + "]",
        "URL: https://harbour.example/?q=" + "ы" * 900,
        "title: " + "Dockers " * 200,
    ],
)
def test_a_field_of_any_length_harms_nobody(lines: str) -> None:
    take_in(f"# Dockers stop work\n\n{lines}\n\nThey went home.".encode(), "a.txt")
    take_in(
        f"---\ntitle: Dockers stop work\n{lines}\n---\n\nThey went home.".encode(),
        "a.md",
    )

    assert Article.objects.count() == 2


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's index takes any number of words."
)
def test_more_different_words_than_the_index_takes_are_refused() -> None:
    words = " ".join(f"word{number:x}" for number in range(200_000))

    with pytest.raises(
        Refused, match="more different words than the search index can take"
    ):
        take_in(f"# A book\n\n{words}".encode(), "a.txt")

    assert set(counts().values()) == {0}


# Corrections


def test_a_corrected_text_is_a_version_made_by_somebody_for_a_reason(
    curator: User,
) -> None:
    article = take_in(HARBOUR.encode(), "a.txt").article

    version, _notes = correct_text(
        article, "<p>Nobody was hurt.</p>", curator, "The rest was a caption."
    )

    assert (version.number, version.made_by, version.note) == (
        2,
        curator,
        "The rest was a caption.",
    )
    assert version.capture == article.captures.get()
    assert articles_with_words("cranes") == set()
    assert details(article, Event.Kind.VERSION) == [
        "Version 2 was made from version 1: The rest was a caption."
    ]


@pytest.mark.parametrize(
    ("html", "reason"),
    [("<p> </p>", "cannot be empty"), ("<p>Same.</p>", "the same as version 1")],
)
def test_a_correction_that_corrects_nothing_is_refused(
    curator: User, html: str, reason: str
) -> None:
    article = take_in(b"# Dockers stop work\n\nSame.", "a.txt").article

    with pytest.raises(Refused, match=reason):
        correct_text(article, html, curator, "")

    assert article.versions.count() == 1
