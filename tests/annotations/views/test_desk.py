"""What the desk asks of the server, and what it is told."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.core.anchoring.highlighter import overlay
from annotations.editing import tagging
from annotations.linking.linker import link_version
from annotations.models import Act, Annotation, Kind, State
from annotations.reading.desk import marked_pieces
from annotations.reading.page import span_of
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import acts_on, figure, make_person, mention
from tests.support.pages import Node, page_of

HTML = (
    "<p>Ivan Petrov spoke first 😀.</p><ul><li>Petrov said that 15 people died.</li><li>He left.</li></ul>"
    "<blockquote><p>Nobody knows.</p><p>Nobody asked.</p></blockquote><p>Әйгерім was there.</p>"
)
ASKS = {"HX-Request": "true"}


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html=HTML)


def desk_url(article: Article) -> str:
    return reverse("annotations:desk", args=[article.slug])


def tag_url(article: Article) -> str:
    return reverse("annotations:annotation-create", args=[article.slug])


def passage(article: Article, words: str) -> dict[str, Any]:
    start = article.version.text.index(words)
    return {
        "version": article.version.number,
        "start": start,
        "end": start + len(words),
        "exact": words,
    }


def shown_by(page: Node) -> dict[str, str]:
    """What the script sends of a page that is open: its stamps and the number of its
    version."""
    stamps = [
        (node["id"][1:], node["data-stamp"])
        for node in every(page, "data-stamp")
        if node["data-stamp"]
    ]
    return {"shown": ",".join(map(":".join, stamps)), "shown_version": "1"}


def every(page: Node, attribute: str) -> list[Node]:
    return [node for node in page.walk() if attribute in node.attributes]


def page_of_html(html: str) -> Node:
    return page_of(HttpResponse(html))


def pieces_of(response: Any) -> list[str]:
    return [node["data-paragraph"] for node in page_of(response).all(cls="piece")]


def a_figure(article: Article, words: str = "15 people", **more: Any) -> dict[str, Any]:
    fields = {
        "kind": "figure",
        "low": "15",
        "qualifier": "exactly",
        "counted": "people",
    }
    return {**passage(article, words), **fields, **more}


def test_the_pieces_together_are_the_text_with_its_marks(
    article: Article, editor: User
) -> None:
    mention(article, "Ivan Petrov", make_person("Ivan Petrov"))
    figure(article, "died.\n\nHe left.\n\nNobody knows.\n\nNobody")
    marks = Annotation.objects.in_text_order()
    whole = overlay(
        article.version.html,
        [span_of(mark, f"/annotations/{mark.pk}/edit/") for mark in marks],
    )
    together = "\n\n".join(
        piece.text_html for piece in marked_pieces(article.version, editor)
    )
    assert (
        page_of_html(together).text == page_of_html(whole).text == article.version.text
    )
    assert [
        node["id"]
        for node in every(page_of_html(together), "data-annotation")
        if "id" in node.attributes
    ] == [f"a-{mark.pk}" for mark in marks]


def test_the_desk_shows_the_text_its_marks_and_a_form_for_each_kind(
    as_editor: Client, article: Article
) -> None:
    mark = figure(article, "15 people")
    page = page_of(as_editor.get(desk_url(article)))
    assert page.one(id="text").text == article.version.text
    assert "15 people killed" in page.one("li", id=f"m-{mark.pk}").words
    assert [
        page.one("template", id=f"blank-{kind}").one("form")["action"] for kind in Kind
    ] == [tag_url(article)] * 4


def test_nothing_is_told_where_nothing_has_changed(
    as_editor: Client, article: Article
) -> None:
    figure(article, "15 people")
    page = page_of(as_editor.get(desk_url(article)))
    assert as_editor.post(desk_url(article), shown_by(page)).status_code == 204


def test_only_the_pieces_that_others_have_changed_come(
    as_editor: Client, curator: User, article: Article
) -> None:
    petrov = make_person("Ivan Petrov", "Petrov")
    mention(article, "Ivan Petrov", petrov)
    shown = shown_by(page_of(as_editor.get(desk_url(article))))
    mark = mention(article, "Petrov", petrov, nth=1)
    assert pieces_of(as_editor.post(desk_url(article), shown)) == ["2"]
    shown = shown_by(page_of(as_editor.get(desk_url(article))))
    tagging.delete(mark.pk, 1, curator)
    assert pieces_of(as_editor.post(desk_url(article), shown)) == ["2"]
    petrov.name = "Ivan I. Petrov"
    petrov.save()
    shown = shown_by(page_of(as_editor.get(desk_url(article))))
    petrov.name = "Ivan Petrov"
    petrov.save()
    assert pieces_of(as_editor.post(desk_url(article), shown)) == ["1"]


def test_a_mention_that_the_machine_no_longer_links_comes_as_a_suggestion(
    as_editor: Client, article: Article
) -> None:
    petrov = make_person("Ivan Petrov")
    link_version(article.version)
    shown = shown_by(page_of(as_editor.get(desk_url(article))))
    petrov.spellings.update(linkable=False, changed_at=timezone.now())
    link_version(article.version)
    assert Annotation.objects.get().state == State.SUGGESTED
    assert pieces_of(as_editor.post(desk_url(article), shown)) == ["1"]


def test_what_is_no_stamp_is_drawn_anew(as_editor: Client, article: Article) -> None:
    figure(article, "15 people")
    for shown in ("", "2", "2:", "x:y", "2:00000000,99999999999:1"):
        assert pieces_of(
            as_editor.post(desk_url(article), {"shown": shown, "shown_version": "1"})
        ) == ["2"]


def test_saving_brings_what_was_saved_and_what_others_did(
    as_editor: Client, article: Article
) -> None:
    shown = shown_by(page_of(as_editor.get(desk_url(article))))
    mention(article, "Әйгерім", make_person("Әйгерім"))
    response = as_editor.post(tag_url(article), a_figure(article) | shown, headers=ASKS)
    assert (response.status_code, pieces_of(response)) == (200, ["2", "6"])
    said = page_of(response).one(id="said")
    mark = Annotation.objects.get(kind=Kind.FIGURE)
    assert (said["data-mark"], said.words) == (
        str(mark.pk),
        "Tagged as Figure: 15 people.",
    )
    assert page_of(response).one("li", id=f"m-{mark.pk}")["data-revision"] == "1"


def test_what_is_sent_again_is_done_once(as_editor: Client, article: Article) -> None:
    sent = a_figure(article, key=str(uuid4()), shown_version="1")
    first, again = (
        as_editor.post(tag_url(article), sent, headers=ASKS) for _time in (1, 2)
    )
    assert [response.status_code for response in (first, again)] == [200, 200]
    mark = Annotation.objects.get()
    assert page_of(again).one(id="said")["data-mark"] == str(mark.pk)
    assert Act.objects.count() == 1
    change = sent | {"key": str(uuid4()), "revision": "1", "low": "16"}
    edit_url = reverse("annotations:annotation-edit", args=[mark.pk])
    assert [
        as_editor.post(edit_url, change, headers=ASKS).status_code for _time in (1, 2)
    ] == [
        200,
        200,
    ]
    assert Annotation.objects.get().revision == 2
    gone = {"key": str(uuid4()), "revision": "2", "shown_version": "1"}
    delete_url = reverse("annotations:annotation-delete", args=[mark.pk])
    assert [
        as_editor.post(delete_url, gone, headers=ASKS).status_code for _time in (1, 2)
    ] == [
        200,
        410,
    ]
    assert Act.objects.count() == 3


def test_a_rejection_that_is_sent_again_is_done_once(
    as_editor: Client, article: Article
) -> None:
    mark = mention(article, "Petrov", make_person("Ivan Petrov"), State.SUGGESTED)
    sent = {"key": str(uuid4()), "revision": "1", "shown_version": "1"}
    delete_url = reverse("annotations:annotation-delete", args=[mark.pk])
    assert [
        as_editor.post(delete_url, sent, headers=ASKS).status_code for _time in (1, 2)
    ] == [
        200,
        200,
    ]
    assert [act.kind for act in acts_on(mark)] == [Act.Kind.REJECTED]


def test_the_same_key_from_somebody_else_is_another_key(
    as_editor: Client, as_curator: Client, article: Article
) -> None:
    sent = a_figure(article, key=str(uuid4()))
    for client in (as_editor, as_curator):
        client.post(tag_url(article), sent)
    assert Act.objects.count() == 2


def test_the_form_without_script_carries_a_key_too(
    as_editor: Client, article: Article
) -> None:
    form = (
        page_of(
            as_editor.get(
                tag_url(article), passage(article, "15 people") | {"kind": "figure"}
            )
        )
        .form()
        .fields()
    )
    for _time in (1, 2):
        assert as_editor.post(tag_url(article), form).status_code == 302
    assert Annotation.objects.count() == 1


def test_a_stale_change_gets_both_versions_and_the_form_as_it_was_typed(
    as_editor: Client, article: Article
) -> None:
    mark = figure(article, "15 people")
    edit_url = reverse("annotations:annotation-edit", args=[mark.pk])
    as_editor.post(edit_url, a_figure(article, revision="1", low="16"), headers=ASKS)
    response = as_editor.post(
        edit_url, a_figure(article, revision="1", low="17"), headers=ASKS
    )
    page = page_of(response)
    assert response.status_code == 409
    assert "16 people" in page.one("section", cls="theirs").words
    form = page.one("section", cls="mine").one("form")
    assert (form.fields()["low"], form.fields()["revision"], form["action"]) == (
        "17",
        "2",
        edit_url,
    )
    assert not page.all("header")


def test_what_is_wrong_comes_back_as_a_form(
    as_editor: Client, article: Article
) -> None:
    response = as_editor.post(tag_url(article), a_figure(article, low=""), headers=ASKS)
    page = page_of(response)
    assert response.status_code == 400
    assert page.form().fields()["counted"] == "people"
    assert not page.all("header")


def test_a_desk_with_an_earlier_text_is_told_to_open_anew(
    as_editor: Client, curator: User, article: Article
) -> None:
    correct_text(article, HTML + "<p>More.</p>", curator, "A paragraph was missing")
    said = page_of(
        as_editor.post(desk_url(article), {"shown": "", "shown_version": "1"})
    ).one(id="said")
    assert "data-reload" in said.attributes


def test_undoing_at_the_desk_tells_what_was_undone(
    as_editor: Client, article: Article
) -> None:
    as_editor.post(tag_url(article), a_figure(article))
    shown = shown_by(page_of(as_editor.get(desk_url(article))))
    act = Act.objects.get()
    response = as_editor.post(act.get_absolute_url(), shown, headers=ASKS)
    assert pieces_of(response) == ["2"]
    assert "tagged “15 people”" in page_of(response).one(id="said").words
    assert not Annotation.objects.exists()
    response = as_editor.post(act.get_absolute_url(), shown, headers=ASKS)
    assert page_of(response).one(id="said").words == "This was undone already."


def test_a_page_for_the_desk_is_never_kept_for_another(
    as_editor: Client, article: Article
) -> None:
    response = as_editor.get(tag_url(article), passage(article, "15 people"))
    assert "HX-Request" in response.headers["Vary"]
