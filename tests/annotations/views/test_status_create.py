"""Recording where an allegation stands, since when, and which passage says so."""

import pytest
from django.test import Client
from django.urls import reverse

from annotations.editing.undo import undo
from annotations.models import Act, Annotation, State, StatusChange
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, make_person, mention
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(make_article: MakeArticle) -> Annotation:
    article = make_article(
        "Day three", "<p>He fired first. Olga saw it.</p>", published="2011-12-19"
    )
    return allegation(article, "He fired first", accused="a guard")


@pytest.fixture
def court(make_article: MakeArticle) -> Article:
    return make_article(
        "In court", "<p>A guard is charged. Olga spoke.</p>", published="2012-01-26"
    )


def post(client: Client, mark: Annotation, **sent: str) -> Node:
    address = reverse("annotations:status-create", args=[mark.pk])
    return page_of(client.post(address, {"status": "charged"} | sent, follow=True))


def status_of(mark: Annotation) -> str:
    return Annotation.objects.get(pk=mark.pk).allegation.status


def test_a_status_is_recorded_with_its_passage_and_undone(
    as_editor: Client, editor: User, claim: Annotation, court: Article
) -> None:
    passage = allegation(
        court, "A guard is charged", "A guard fired", accused="a guard"
    )
    page = page_of(as_editor.get(claim.allegation.get_absolute_url()))
    page = page_of(as_editor.get(page.link("Record where it stands")))
    options = [
        option.words for option in page.one("select", name="passage").all("option")
    ]
    assert options == [
        "—",
        "The police fired (alleged) · 19 December 2011",
        "A guard fired (alleged) · 26 January 2012",
    ]
    found = post(
        as_editor, claim, passage=str(passage.pk), according_to="the prosecutor"
    )
    assert (
        "charged according to the prosecutor “A guard is charged”"
        in found.one("ol", cls="history").words
    )
    assert status_of(claim) == "charged"
    undo(Act.objects.get(), editor)
    assert status_of(claim) == "alleged"


def test_any_passage_that_an_editor_tagged_can_be_pasted(
    as_editor: Client, claim: Annotation, court: Article
) -> None:
    olga = make_person("Olga")
    confirmed = mention(court, "Olga", olga)
    linked = mention(claim.article, "Olga", olga, State.LINKED)
    assert (
        "no passage at this address"
        in post(as_editor, claim, permalink=linked.get_absolute_url()).words
    )
    assert (
        "no passage at this address"
        in post(as_editor, claim, permalink="nonsense", date="2012").words
    )
    post(
        as_editor,
        claim,
        permalink=f"https://archive.example{confirmed.get_absolute_url()}",
    )
    assert StatusChange.objects.get(status="charged").passage == confirmed


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Say since when"),
        ({"date": "soon"}, "not a date in EDTF"),
        ({"status": "guilty"}, "valid choice"),
    ],
)
def test_what_is_not_dated_or_not_known_is_refused_and_stays_typed(
    as_editor: Client, claim: Annotation, sent: dict[str, str], told: str
) -> None:
    found = post(as_editor, claim, note="As the paper says", **sent)
    assert told in found.words
    assert found.one("input", name="note")["value"] == "As the paper says"
    assert StatusChange.objects.count() == 1


def test_a_status_is_taken_back(as_editor: Client, claim: Annotation) -> None:
    found = post(as_editor, claim, date="2012-01-26")
    form = found.one("ol", cls="history").one("form")
    page_of(as_editor.post(form["action"], form.fields(), follow=True))
    assert status_of(claim) == "alleged"
    assert [change.status for change in StatusChange.objects.all()] == ["alleged"]


def test_the_form_of_the_tag_says_where_it_stands_by_its_own_passage(
    as_editor: Client, claim: Annotation
) -> None:
    post(as_editor, claim, date="2012-01-26")
    page = page_of(as_editor.get(f"{claim.get_absolute_url()}edit/"))
    form = page.one("main").all("form")[-1]
    assert form.fields()["status"] == "alleged"
    as_editor.post(form["action"], form.fields() | {"status": "denied"})
    assert [change.status for change in StatusChange.objects.all()] == [
        "denied",
        "charged",
    ]
    assert status_of(claim) == "charged"
