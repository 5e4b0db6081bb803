"""Linking allegations as answers: from the page of one of them, and while tagging."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from annotations.editing.undo import undo
from annotations.models import Act, Annotation, Answer
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, make_person, mention
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        "Day three",
        "<p>He fired first. He denied it. A woman saw him.</p>",
        published="2011-12-19",
    )


@pytest.fixture
def claim(article: Article) -> Annotation:
    return allegation(
        article, "He fired first", "The guard fired first", accused="a guard"
    )


@pytest.fixture
def denial(article: Article) -> Annotation:
    return allegation(
        article, "He denied it", "The guard did not fire", claimant="a guard"
    )


def address(mark: Annotation) -> str:
    return reverse("annotations:answer-create", args=[mark.pk])


def offered(page: Node) -> list[str]:
    return [
        one.all("strong")[0].words
        for one in page.one("form", cls="stacked").all("label", cls="proposal")
        if one.all("strong")
    ]


def post(client: Client, mark: Annotation, **sent: str) -> HttpResponse:
    fields = {"direction": "answered", "relation": "denies"} | sent
    response: HttpResponse = client.post(address(mark), fields, follow=True)  # type: ignore[assignment]
    return response


def test_an_answer_is_chosen_from_those_of_the_article(
    as_editor: Client, claim: Annotation, denial: Annotation, editor: User
) -> None:
    page = page_of(as_editor.get(claim.allegation.get_absolute_url()))
    page = page_of(as_editor.get(page.link("Link an answer")))
    assert offered(page) == ["The guard did not fire"]
    answer = page_of(post(as_editor, claim, other=str(denial.pk)))
    assert (
        answer.one("li", cls="reply")
        .one("p", cls="answers")
        .words.startswith("denies 1. The guard fired first")
    )
    link = Answer.objects.get()
    assert (link.claim_id, link.answer_id, link.made_by) == (
        claim.pk,
        denial.pk,
        editor,
    )
    undo(Act.objects.get(), editor)
    assert not Answer.objects.exists()


def test_this_may_be_the_answer_to_the_other(
    as_editor: Client, claim: Annotation, denial: Annotation
) -> None:
    post(
        as_editor,
        denial,
        other=str(claim.pk),
        direction="answers",
        relation="contradicts",
    )
    link = Answer.objects.get()
    assert (link.claim_id, link.answer_id, link.relation) == (
        claim.pk,
        denial.pk,
        "contradicts",
    )


def test_another_article_is_found_by_words_and_by_its_address(
    as_editor: Client, claim: Annotation, make_article: MakeArticle
) -> None:
    other = make_article("In court", "<p>Он отрицал выстрелы.</p>", language="ru")
    denial = allegation(
        other, "Он отрицал выстрелы", "No shots were fired", claimant="the ministry"
    )
    assert offered(page_of(as_editor.get(address(claim)))) == []
    for words in ("SHOTS fired", "Ministry", "ОТРИЦАЛ"):
        assert offered(page_of(as_editor.get(address(claim), {"q": words}))) == [
            "No shots were fired"
        ]
    assert offered(page_of(as_editor.get(address(claim), {"q": "shots nowhere"}))) == []
    for pasted in (
        denial.get_absolute_url(),
        f"https://archive.example/allegations/{denial.pk}/#turn-1",
    ):
        Answer.objects.all().delete()
        post(as_editor, claim, permalink=pasted)
        assert Answer.objects.get().answer_id == denial.pk


def test_a_choice_found_by_words_can_be_sent(
    as_editor: Client, claim: Annotation, make_article: MakeArticle
) -> None:
    denial = allegation(
        make_article(html="<p>No shots.</p>"),
        "No shots",
        "No shots were fired",
        claimant="x",
    )
    page = page_of(as_editor.get(address(claim), {"q": "shots"}))
    form = page.one("form", cls="stacked")
    as_editor.post(
        f"{address(claim)}?q=shots", form.fields() | {"other": str(denial.pk)}
    )
    assert Answer.objects.get().answer_id == denial.pk


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose an allegation"),
        ({"permalink": "nonsense"}, "Choose an allegation"),
        (
            {"permalink": "/annotations/00000000-0000-0000-0000-000000000000/"},
            "Choose an allegation",
        ),
        ({"permalink": "itself"}, "cannot answer itself"),
        ({"relation": "hates"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_linked_is_refused_in_words_and_stays_typed(
    as_editor: Client, claim: Annotation, sent: dict[str, str], told: str
) -> None:
    sent = {
        name: claim.get_absolute_url() if value == "itself" else value
        for name, value in sent.items()
    }
    response = post(as_editor, claim, **sent)
    assert response.status_code == 400
    page = page_of(response)
    assert told in page.words
    assert page.one("input", name="permalink").attributes.get("value", "") == sent.get(
        "permalink", ""
    )


def test_a_link_is_taken_away_and_both_allegations_stay(
    as_editor: Client, claim: Annotation, denial: Annotation
) -> None:
    post(as_editor, claim, other=str(denial.pk))
    page = page_of(as_editor.get(claim.allegation.get_absolute_url()))
    form = page.one("p", cls="answers").one("form")
    page = page_of(as_editor.post(form["action"], form.fields(), follow=True))
    assert "both allegations stay" in page.words
    assert (Answer.objects.count(), Annotation.objects.count()) == (0, 2)


# While tagging


def tag_page(client: Client, article: Article, words: str) -> Node:
    start = article.version.text.index(words)
    query = {
        "version": "1",
        "start": str(start),
        "end": str(start + len(words)),
        "kind": "allegation",
    }
    return page_of(
        client.get(reverse("annotations:annotation-create", args=[article.slug]), query)
    )


def send(client: Client, page: Node, **typed: str) -> HttpResponse:
    form = page.one("main").all("form")[-1]
    response: HttpResponse = client.post(
        form["action"], form.fields() | typed, follow=True
    )  # type: ignore[assignment]
    return response


def test_a_new_allegation_is_linked_to_what_it_answers_in_the_same_act(
    as_editor: Client, editor: User, article: Article, claim: Annotation
) -> None:
    page = tag_page(as_editor, article, "He denied it")
    typed = {
        "summary": "He did not fire",
        "claimant": "a guard",
        "answers": str(claim.pk),
        "relation": "denies",
    }
    send(
        as_editor,
        page,
        **typed,
        happened="2011-12-16",
        place="Aktau",
        conduct="shooting",
        basis="hearsay",
    )
    link = Answer.objects.get()
    said = link.answer
    assert (link.claim_id, said.happened, said.place, said.conduct, said.basis) == (
        claim.pk,
        "2011-12-16",
        "Aktau",
        "shooting",
        "hearsay",
    )
    undo(Act.objects.get(), editor)
    assert list(Annotation.objects.all()) == [claim]


def test_those_about_whom_the_article_mentions_are_offered_too(
    as_editor: Client, article: Article, make_article: MakeArticle
) -> None:
    woman = make_person("A woman")
    mention(article, "A woman", woman)
    other = make_article("Before", "<p>She lied.</p>")
    allegation(other, "She lied", "She lied in court", accused_entity=woman)
    allegation(make_article(html="<p>Else.</p>"), "Else", "Something else")
    options = (
        tag_page(as_editor, article, "He denied it")
        .one("select", name="answers")
        .all("option")
    )
    assert [option.words for option in options] == [
        "—",
        "She lied in court (alleged) · undated",
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"answers": "claim", "relation": ""}, "Say what it does"),
        ({"happened": "last week"}, "not a date in EDTF"),
        ({"claimant": "x" * 201}, "Each can have 200 characters"),
        ({"basis": "rumour"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_further_down_is_shown_open_and_stays_typed(
    as_editor: Client,
    article: Article,
    claim: Annotation,
    typed: dict[str, str],
    told: str,
) -> None:
    typed = {
        name: str(claim.pk) if value == "claim" else value
        for name, value in typed.items()
    }
    fields = {"summary": "He did not fire", "claimant": "a guard"} | typed
    response = send(as_editor, tag_page(as_editor, article, "He denied it"), **fields)
    assert response.status_code == 400
    page = page_of(response)
    assert told in page.words
    assert ("open" in page.one("details", cls="more-fields").attributes) == (
        "claimant" not in typed
    )
    form = page.one("main").all("form")[-1]
    assert {name: form.fields().get(name) for name in typed if name != "basis"} == {
        name: value for name, value in typed.items() if name != "basis"
    }


def test_the_further_fields_are_closed_until_something_stands_in_them(
    as_editor: Client, article: Article, claim: Annotation
) -> None:
    assert (
        "open"
        not in tag_page(as_editor, article, "He denied it")
        .one("details", cls="more-fields")
        .attributes
    )
    edit = f"{claim.get_absolute_url()}edit/"
    assert (
        "open"
        not in page_of(as_editor.get(edit)).one("details", cls="more-fields").attributes
    )
    claim.allegation.place = "Aktau"
    claim.allegation.save()
    assert (
        "open"
        in page_of(as_editor.get(edit)).one("details", cls="more-fields").attributes
    )
