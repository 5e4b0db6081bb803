"""Changing a tag, also when somebody else changes it at the same time."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.editing import tagging
from annotations.models import Act, Annotation, Entity, State
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import (
    acts_on,
    allegation,
    figure,
    lines_of,
    make_person,
    mention,
)
from tests.support.pages import Node, page_of

HTML = "<p>Ivan Petrov said that 15 people died. He fired first.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html=HTML)


@pytest.fixture
def mark(article: Article) -> Annotation:
    return figure(article, "15 people", said_by="Ivan Petrov")


def edit_url(mark: Annotation) -> str:
    return reverse("annotations:annotation-edit", args=[mark.pk])


def form_of(page: Node) -> dict[str, str]:
    return page.form().fields()


def test_the_form_shows_what_is_there_and_saves_what_is_changed(
    as_editor: Client, editor: User, mark: Annotation
) -> None:
    form = form_of(page_of(as_editor.get(edit_url(mark))))
    assert (form["low"], form["counted"], form["said_by"], form["revision"]) == (
        "15",
        "people killed",
        "Ivan Petrov",
        "1",
    )
    response = as_editor.post(edit_url(mark), form | {"qualifier": "at_least"})
    assert response.headers["Location"] == mark.get_passage_url()
    mark = Annotation.objects.get()
    assert (mark.tag, mark.revision) == ("at least 15 people killed", 2)
    act = Act.objects.get()
    assert (act.kind, act.by, act.what, acts_on(mark)) == (
        Act.Kind.CHANGED,
        editor,
        "15 people",
        [act],
    )
    line = lines_of(mark).get(table="figure")
    assert (line.before, line.after) == (
        {"qualifier": "exactly"},
        {"qualifier": "at_least"},
    )


def test_other_words_can_be_chosen(
    as_editor: Client, article: Article, mark: Annotation
) -> None:
    page = page_of(as_editor.get(edit_url(mark)))
    paragraphs = as_editor.get(page.link("Choose other words"))
    number = page_of(paragraphs).one("button", name="paragraph")["value"]
    query = {"annotation": str(mark.pk), "paragraph": number, "words": "15 people died"}
    there = as_editor.get(
        reverse("annotations:annotation-create", args=[article.slug]),
        query,
        follow=True,
    )
    page = page_of(there)
    assert page.one("h1").words == "Edit a tag"
    form = page.form()
    as_editor.post(form["action"], form.fields())
    mark = Annotation.objects.get()
    assert (mark.exact, mark.figure.said_by) == ("15 people died", "Ivan Petrov")


def test_what_is_wrong_is_told_and_what_was_typed_stays(
    as_editor: Client, mark: Annotation
) -> None:
    form = form_of(page_of(as_editor.get(edit_url(mark))))
    response = as_editor.post(edit_url(mark), form | {"low": "", "said_by": "Olga"})
    assert response.status_code == 400
    assert form_of(page_of(response))["said_by"] == "Olga"
    assert Annotation.objects.get().figure.said_by == "Ivan Petrov"


def test_a_stale_form_gets_a_page_with_both_versions(
    as_editor: Client, as_curator: Client, mark: Annotation
) -> None:
    mine = form_of(page_of(as_editor.get(edit_url(mark))))
    as_curator.post(edit_url(mark), mine | {"counted": "people injured"})
    response = as_editor.post(edit_url(mark), mine | {"counted": "people shot"})
    assert response.status_code == 409
    page = page_of(response)
    theirs, ours = page.one("section", cls="theirs"), page.one("section", cls="mine")
    assert "Saved meanwhile by curator" in theirs.words
    assert "people injured" in theirs.words
    assert form_of(ours)["counted"] == "people shot"
    assert Annotation.objects.get().figure.counted == "people injured"


def test_saving_over_the_other_version_works_and_both_are_in_the_journal(
    as_editor: Client, as_curator: Client, editor: User, curator: User, mark: Annotation
) -> None:
    mine = form_of(page_of(as_editor.get(edit_url(mark))))
    as_curator.post(edit_url(mark), mine | {"counted": "people injured"})
    conflict = page_of(
        as_editor.post(edit_url(mark), mine | {"counted": "people shot"})
    )
    response = as_editor.post(edit_url(mark), form_of(conflict))
    assert response.status_code == 302
    assert Annotation.objects.get().figure.counted == "people shot"
    lines = [
        (line.act.by, line.before, line.after)
        for line in lines_of(mark).filter(table="figure")
    ]
    assert lines == [
        (curator, {"counted": "people killed"}, {"counted": "people injured"}),
        (editor, {"counted": "people injured"}, {"counted": "people shot"}),
    ]


def test_a_stale_mention_shows_both_names(
    as_editor: Client, as_curator: Client, article: Article
) -> None:
    petrov, other = make_person("Ivan Petrov"), make_person("Ivan Petrov")
    mark = mention(article, "Ivan Petrov", petrov)
    mine = form_of(page_of(as_editor.get(edit_url(mark))))
    as_curator.post(edit_url(mark), mine | {"entity": str(other.pk)})
    response = as_editor.post(
        edit_url(mark),
        mine | {"entity": "new", "name": "Ivan Petrov junior", "another": "on"},
    )
    page = page_of(response)
    assert (
        page.one("section", cls="theirs").one("a", cls="person")["href"]
        == other.get_absolute_url()
    )
    assert form_of(page)["name"] == "Ivan Petrov junior"
    assert not Entity.objects.filter(name="Ivan Petrov junior").exists()
    as_editor.post(edit_url(mark), form_of(page))
    assert Annotation.objects.get(pk=mark.pk).tag == "Ivan Petrov junior"


def test_a_form_without_a_revision_is_stale(
    as_editor: Client, mark: Annotation
) -> None:
    mine = form_of(page_of(as_editor.get(edit_url(mark))))
    for revision in ("", "7"):
        assert (
            as_editor.post(edit_url(mark), mine | {"revision": revision}).status_code
            == 409
        )


def test_what_was_deleted_meanwhile_can_be_brought_back_and_nothing_typed_is_lost(
    as_editor: Client, curator: User, mark: Annotation
) -> None:
    mine = form_of(page_of(as_editor.get(edit_url(mark))))
    tagging.delete(mark.pk, 1, curator)
    response = as_editor.post(edit_url(mark), mine | {"counted": "people shot"})
    assert response.status_code == 410
    page = page_of(response)
    assert "curator deleted it" in page.one("p", cls="lead").words
    assert "people shot" in page.one("dl").words
    back = as_editor.post(page.form()["action"])
    assert back.headers["Location"] == mark.get_passage_url()
    assert Annotation.objects.get().tag == "15 people killed"


def test_what_was_deleted_twice_can_be_brought_back_twice(
    as_editor: Client, editor: User, mark: Annotation
) -> None:
    for _time in (1, 2):
        tagging.delete(mark.pk, Annotation.objects.get().revision, editor)
        response = as_editor.get(edit_url(mark))
        assert response.status_code == 410
        as_editor.post(page_of(response).form()["action"])
        assert Annotation.objects.get().pk == mark.pk


def test_what_never_was_is_no_page(as_editor: Client, mark: Annotation) -> None:
    address = edit_url(mark)
    mark.delete()
    assert as_editor.get(address).status_code == 404


def test_a_mention_rejected_by_mistake_can_be_given_to_somebody(
    as_editor: Client, article: Article
) -> None:
    mark = mention(article, "Ivan Petrov", make_person("Ivan Petrov"), State.REJECTED)
    as_editor.post(edit_url(mark), form_of(page_of(as_editor.get(edit_url(mark)))))
    assert Annotation.objects.get().state == State.CONFIRMED


def test_an_orphan_is_placed_again_on_words_of_the_new_text(
    as_editor: Client, curator: User, article: Article, mark: Annotation
) -> None:
    correct_text(
        article,
        HTML.replace("15 people", "sixteen people"),
        curator,
        "The number was misread",
    )
    review = page_of(as_editor.get(reverse("annotations:review")))
    assert as_editor.get(edit_url(mark)).status_code == 400
    step = review.link("Place it again")
    paragraph = page_of(as_editor.get(step)).one("button", name="paragraph")["value"]
    words = as_editor.get(
        f"{step}&paragraph={paragraph}&words=sixteen+people", follow=True
    )
    form = page_of(words).form()
    as_editor.post(form["action"], form.fields() | {"low": "16"})
    mark = Annotation.objects.get()
    assert (mark.version.number, mark.exact, mark.tag) == (
        2,
        "sixteen people",
        "16 people killed",
    )
    assert mark.is_current or mark.version == Article.objects.get().current_version


def test_an_orphan_can_be_placed_on_words_that_stand_several_times(
    as_editor: Client, curator: User, article: Article, mark: Annotation
) -> None:
    correct_text(
        article, "<p>16 people here, 16 people there.</p>", curator, "Another text"
    )
    step = reverse("annotations:annotation-create", args=[article.slug])
    query = {"annotation": str(mark.pk), "paragraph": "1", "words": "16 people"}
    places = page_of(as_editor.get(step, query)).one("section", role="alert").all("a")
    form = page_of(as_editor.get(places[1]["href"])).form()
    as_editor.post(form["action"], form.fields())
    assert Annotation.objects.get().start == len("16 people here, ")


def test_a_tag_carried_to_a_new_version_meanwhile_is_no_lost_edit(
    as_editor: Client, curator: User, article: Article, mark: Annotation
) -> None:
    mine = form_of(page_of(as_editor.get(edit_url(mark)))) | {"counted": "people shot"}
    correct_text(article, f"<p>A first line.</p>{HTML}", curator, "A line was missing")
    moved = as_editor.post(edit_url(mark), mine)
    assert moved.status_code == 409
    conflict = as_editor.post(edit_url(mark), form_of(page_of(moved)))
    assert conflict.status_code == 409
    as_editor.post(edit_url(mark), form_of(page_of(conflict)))
    mark = Annotation.objects.get()
    assert (mark.version.number, mark.exact, mark.figure.counted) == (
        2,
        "15 people",
        "people shot",
    )


def test_an_allegation_says_who_answers_for_it_after_its_status_changed(
    as_editor: Client, client: Client, article: Article
) -> None:
    mark = allegation(article, "He fired first", claimant="the police")
    form = form_of(page_of(as_editor.get(edit_url(mark))))
    as_editor.post(edit_url(mark), form | {"status": "denied"})
    note: Any = page_of(client.get(article.get_absolute_url())).one("li", cls="note")
    assert "denied" in note.words
    assert "the police" in note.words
