"""Taking a tag away: a mention is rejected and kept, a figure or an allegation goes into the
journal."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.linking.linker import link_version
from annotations.models import Act, Annotation, State
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import (
    acts_on,
    allegation,
    figure,
    lines_of,
    make_person,
    mention,
    what_it_says,
)
from tests.support.pages import page_of


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        html="<p>Ivan Petrov said that 15 people died. He fired first.</p>"
    )


def rows_of(mark: Annotation) -> list[dict[str, Any]]:
    """All that is kept of an annotation and of what it says."""
    mark = Annotation.objects.get(pk=mark.pk)
    return [what_it_says(row) for row in (mark, getattr(mark, mark.kind))]


def delete_url(mark: Annotation) -> str:
    return reverse("annotations:annotation-delete", args=[mark.pk])


def test_it_is_asked_for_before_anything_goes(
    as_editor: Client, article: Article
) -> None:
    mark = figure(article, "15 people")
    page = page_of(as_editor.get(delete_url(mark)))
    assert page.one("h1").words == "Delete this tag?"
    assert page.one("mark").text == "15 people"
    assert Annotation.objects.exists()


def test_a_rejected_mention_is_never_proposed_again(
    as_editor: Client, client: Client, article: Article
) -> None:
    mark = mention(article, "Ivan Petrov", make_person("Ivan Petrov"), State.LINKED)
    page = page_of(as_editor.get(delete_url(mark)))
    assert page.one("h1").words == "Say that this is not Ivan Petrov?"
    response = as_editor.post(delete_url(mark), page.form().fields())
    assert response.headers["Location"] == article.get_absolute_url()
    assert Annotation.objects.get().state == State.REJECTED
    assert link_version(article.version).added == 0
    assert Annotation.objects.get().state == State.REJECTED
    assert not page_of(client.get(article.get_absolute_url())).one(id="text").all("a")


@pytest.mark.parametrize("kind", ["figure", "allegation"])
def test_what_is_deleted_comes_back_with_the_same_id_and_the_same_values(
    as_editor: Client, editor: User, article: Article, kind: str
) -> None:
    speaker = make_person("Ivan Petrov")
    if kind == "figure":
        mark = figure(
            article,
            "15 people",
            low="15.5",
            high="20",
            qualifier="between",
            said_by_entity=speaker,
        )
    else:
        mark = allegation(
            article,
            "He fired first",
            claimant_entity=speaker,
            accused="police",
            status="denied",
        )
    before = rows_of(mark)
    deleted = page_of(as_editor.post(delete_url(mark), {"revision": "1"}, follow=True))
    assert not Annotation.objects.exists()
    act = Act.objects.get()
    assert (act.kind, act.by, act.what) == (Act.Kind.DELETED, editor, mark.exact)
    assert {(line.table, line.after) for line in lines_of(mark)} == {
        ("annotation", None),
        (kind, None),
    }
    kept = [
        lines_of(mark).get(table=table).before or {} for table in ("annotation", kind)
    ]
    assert [
        {name: row[name] for name in known}
        for row, known in zip(kept, before, strict=True)
    ] == before
    undo = deleted.one("ul", cls="messages").one("form")
    as_editor.post(undo["action"], undo.fields())
    assert Annotation.objects.get(kind=kind).pk == mark.pk
    assert rows_of(mark) == before
    assert [act.kind for act in acts_on(mark)] == [Act.Kind.DELETED, Act.Kind.UNDONE]


def test_bringing_back_what_is_there_again_does_nothing(
    as_editor: Client, article: Article
) -> None:
    mark = figure(article, "15 people")
    as_editor.post(delete_url(mark), {"revision": "1"})
    deleted = Act.objects.get()
    assert (
        as_editor.post(deleted.get_absolute_url()).headers["Location"]
        == mark.get_passage_url()
    )
    again = as_editor.post(deleted.get_absolute_url(), follow=True)
    assert "This was undone already" in page_of(again).one("ul", cls="messages").words
    assert Annotation.objects.count() == 1
    assert Act.objects.count() == 2


def test_only_a_click_brings_back_not_an_address(
    as_editor: Client, article: Article
) -> None:
    mark = figure(article, "15 people")
    as_editor.post(delete_url(mark), {"revision": "1"})
    response = as_editor.get(Act.objects.get().get_absolute_url())
    assert page_of(response).form()["action"] == Act.objects.get().get_absolute_url()
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("revision", ["2", "", "one"])
def test_what_was_changed_meanwhile_is_not_taken_away(
    as_editor: Client, article: Article, revision: str
) -> None:
    mark = figure(article, "15 people")
    response = as_editor.post(delete_url(mark), {"revision": revision}, follow=True)
    page = page_of(response)
    assert "It was changed meanwhile" in page.one("ul", cls="messages").words
    assert response.redirect_chain[0][0] == mark.get_absolute_url()
    assert Annotation.objects.exists()


def test_what_was_deleted_meanwhile_is_told(
    as_editor: Client, article: Article
) -> None:
    mark = figure(article, "15 people")
    as_editor.post(delete_url(mark), {"revision": "1"})
    assert as_editor.get(delete_url(mark)).status_code == 410
    assert as_editor.post(delete_url(mark), {"revision": "1"}).status_code == 410
