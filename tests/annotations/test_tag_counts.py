"""Counts of tags: they follow what is tagged, and tell readers of nothing hidden."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client

from annotations.allegations.embargoes import set_embargo
from annotations.journal import record
from annotations.models import Act, Annotation, Embargo, Kind, State, TagCount
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, make_person, mention
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db

READER = AnonymousUser()
TEXT = "<p>Petrov spoke. Petrov left. The police fired.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article("First", TEXT)


def counts(article: Article, user: Any = READER) -> list[tuple[str, str | None, int]]:
    rows = TagCount.objects.visible_to(user).filter(article=article)
    return sorted(rows.values_list("kind", "entity__name", "number"))


@pytest.mark.parametrize(
    ("state", "number"),
    [
        (State.CONFIRMED, 2),
        (State.LINKED, 2),
        (State.SUGGESTED, 1),
        (State.REJECTED, 1),
    ],
)
def test_only_what_readers_see_is_counted(
    article: Article, state: State, number: int
) -> None:
    petrov = make_person("Petrov")
    mention(article, "Petrov", petrov)
    mention(article, "Petrov", petrov, state, nth=1)
    assert counts(article) == [("person", "Petrov", number)]


def test_an_act_counts_anew_what_it_saves_updates_and_deletes(
    article: Article, editor: User
) -> None:
    petrov, other = make_person("Petrov"), make_person("Other")
    first = mention(article, "Petrov", petrov)
    second = mention(article, "Petrov", petrov, nth=1)
    with record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.update([second], entity_id=other.pk)
    assert counts(article) == [("person", "Other", 1), ("person", "Petrov", 1)]
    with record(Act.Kind.DELETED, by=editor) as recorder:
        recorder.delete([first])
    assert counts(article) == [("person", "Other", 1)]
    second.state = State.SUGGESTED
    with record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.save(second)
    assert counts(article) == []


def test_what_stays_behind_on_an_earlier_text_is_not_counted(
    article: Article, editor: User
) -> None:
    petrov = make_person("Petrov")
    mention(article, "Petrov", petrov)
    correct_text(article, "<p>Nobody spoke.</p>", editor, "as printed")
    assert Annotation.objects.count() == 1
    assert counts(article) == []


def test_readers_are_told_of_no_withheld_article(
    make_article: MakeArticle, editor: User
) -> None:
    hidden = make_article("Hidden", TEXT, is_public=False)
    mention(hidden, "Petrov", make_person("Petrov"))
    assert counts(hidden) == []
    assert counts(hidden, editor) == [("person", "Petrov", 1)]


def test_readers_are_told_of_no_allegation_under_embargo(
    article: Article, make_article: MakeArticle, curator: User, client: Client
) -> None:
    other = make_article("Second", TEXT)
    mention(article, "Petrov", make_person("Petrov"))
    for each in (article, other):
        allegation(each, "The police fired")
    set_embargo(Embargo(article=article, note="court"), curator)
    assert counts(article) == [("person", "Petrov", 1)]
    assert counts(article, curator) == [
        ("allegation", None, 1),
        ("person", "Petrov", 1),
    ]
    assert counts(other) == [("allegation", None, 1)]
    page = page_of(client.get("/articles/", {"kind": Kind.ALLEGATION}))
    assert "Second" in page.text
    assert "First" not in page.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="On SQLite only one writes at a time."
)
def test_who_tags_at_the_same_moment_waits_and_counts_both(
    make_article: MakeArticle,
) -> None:
    article = make_article("First", TEXT)
    person = make_person("Petrov")
    is_counted = Event()

    def tag_second() -> None:
        try:
            is_counted.wait(10)
            with transaction.atomic():
                mention(article, "Petrov", person, nth=1)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            mention(article, "Petrov", person)
            is_counted.set()
            second = pool.submit(tag_second)
            # Long enough to be reached by whoever does not wait.
            time.sleep(0.5)
        second.result()
    assert counts(article) == [("person", "Petrov", 2)]
