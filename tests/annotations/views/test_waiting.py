"""What names change in a large archive: some articles are linked at once, the others wait and
are not forgotten."""

from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations.editing.undo import undo
from annotations.entities.merging import merge
from annotations.journal.recorder import record
from annotations.linking import linker as mentions
from annotations.linking.linker import add_spelling, link_articles, link_waiting
from annotations.models import Act, Annotation, Entity, PendingRelink, Spelling
from annotations.views import journal as acts
from archive.models import Article, User
from tests.support.making import MakeArticle, make_article
from tests.support.marking import make_person
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db
MANY = 7


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request bears two articles."""
    monkeypatch.setattr(mentions, "MOST_LINKED_AT_ONCE", 2)


@pytest.fixture
def articles(db: None) -> list[Article]:
    return [
        make_article(title=f"Day {n}", html="<p>Aset Example came.</p>")
        for n in range(MANY)
    ]


def linked() -> int:
    return Annotation.objects.count()


def test_a_new_name_is_linked_in_some_articles_now_and_in_the_others_later(
    articles: list[Article],
) -> None:
    _form, told = add_spelling(make_person("Leader"), "Aset Example")
    assert (told.added, told.waiting, linked(), PendingRelink.objects.count()) == (
        2,
        5,
        2,
        5,
    )

    assert link_waiting(3) == 3
    assert linked() == 5
    assert [link_waiting(), link_waiting()] == [2, 0]
    assert (linked(), PendingRelink.objects.count()) == (MANY, 0)


def test_reading_that_was_interrupted_goes_on_where_it_was(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_spelling(make_person("Leader"), "Aset Example")

    class Stopped(BaseException):
        pass

    def stop(*args: object) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(mentions, "_annotation_of", stop)
        with pytest.raises(Stopped):
            link_waiting()
    assert (linked(), PendingRelink.objects.count()) == (2, 5)

    call_command("link_mentions", "--waiting")
    call_command("link_mentions", "--waiting")
    assert (linked(), PendingRelink.objects.count()) == (MANY, 0)


def test_an_article_waits_once_though_several_names_changed(
    articles: list[Article],
) -> None:
    add_spelling(make_person("Leader"), "Aset Example")
    add_spelling(make_person("Deputy"), "Example came")
    assert PendingRelink.objects.count() == 5


def test_what_is_read_later_belongs_to_its_act_and_is_undone_with_it(
    articles: list[Article], curator: User
) -> None:
    aset, other = make_person("Aset Example"), make_person("Example", "Aset Example")
    link_articles([article.pk for article in articles])
    before = set(Annotation.objects.values_list("pk", "entity", "state"))
    done = merge(other, aset, curator, "one")
    while link_waiting():
        pass
    assert {
        entity
        for _pk, entity, _state in Annotation.objects.values_list(
            "pk", "entity", "state"
        )
    } == {aset.pk}

    undo(done, curator)
    while link_waiting():
        pass

    assert set(Annotation.objects.values_list("pk", "entity", "state")) == before


def test_what_the_machine_takes_back_later_is_a_line_of_the_act(
    articles: list[Article], curator: User
) -> None:
    aset = make_person("Aset Example")
    link_articles([article.pk for article in articles])
    with record(Act.Kind.NAMED, by=curator, what="Aset") as recorder:
        recorder.delete(Spelling.objects.filter(entity=aset))
        mentions.link_spellings(["Aset Example"], recorder)
    while link_waiting():
        pass
    assert linked() == 0
    assert (
        recorder.act.changes.filter(table="annotation", after__isnull=True).count()
        == MANY
    )


def test_the_page_shows_how_many_are_left_and_reads_some(
    as_curator: Client, articles: list[Article]
) -> None:
    response = as_curator.post(
        reverse("annotations:person-create"),
        {"name": "Aset Example", "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"},
    )
    page = page_of(as_curator.get(Entity.objects.get().get_absolute_url()))
    assert response.status_code == 302
    assert (
        "2 mentions linked; 5 more articles are being read"
        in page.one("ul", cls="messages").words
    )
    assert (
        "5 articles are still to be read"
        in page_of(as_curator.get(reverse("annotations:act-list"))).words
    )

    assert (
        "Every article has been read"
        in page_of(as_curator.get(reverse("annotations:waiting"))).words
    )
    assert linked() == MANY


def test_the_page_offers_to_look_again_while_some_are_left(
    as_curator: Client, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_spelling(make_person("Leader"), "Aset Example")
    monkeypatch.setattr(acts, "LOOK_SECONDS", 0)
    page = page_of(as_curator.get(reverse("annotations:waiting")))
    assert "5 articles are still to be read" in page.words
    assert "/static/js/waiting.js" in [script["src"] for script in page.all("script")]
    assert page.link("Look again") == reverse("annotations:waiting")
    monkeypatch.undo()
    assert (
        "Look again"
        not in page_of(as_curator.get(reverse("annotations:waiting"))).words
    )


@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="SQLite has one writer at a time; in memory, the next is refused",
)
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_link_each_mention_once(make_article: MakeArticle) -> None:
    for n in range(MANY):
        make_article(title=f"Day {n}", html="<p>Aset Example came.</p>")
    add_spelling(make_person("Leader"), "Aset Example")
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while link_waiting(1):
                pass
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    workers = [Thread(target=work) for _n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    assert (linked(), PendingRelink.objects.count()) == (MANY, 0)
