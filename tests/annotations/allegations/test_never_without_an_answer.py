"""An accusation is nowhere shown to readers without where it stands and what was answered."""

import pytest
from django.core.cache import cache
from django.test import Client

from annotations.allegations.services import answer, change_status, unlink_answer
from annotations.models import Annotation, Answer, Entity, Relation, StatusChange
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, make_person, mention
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db

ACCUSATION = "The guard fired first"


@pytest.fixture
def guard() -> Entity:
    return make_person("Ivan Petrov")


@pytest.fixture
def claim(make_article: MakeArticle, guard: Entity) -> Annotation:
    article = make_article(
        "Day three", "<p>Petrov fired first, she said.</p>", published="2011-12-19"
    )
    mention(article, "Petrov", guard)
    woman = make_person("Olga")
    return allegation(
        article,
        "Petrov fired first",
        ACCUSATION,
        accused_entity=guard,
        claimant_entity=woman,
    )


@pytest.fixture
def denial(make_article: MakeArticle, guard: Entity) -> Annotation:
    article = make_article(
        "Day four", "<p>He denied it all.</p>", published="2011-12-20"
    )
    return allegation(
        article, "He denied it all", "The guard did not fire", claimant_entity=guard
    )


def places(claim: Annotation) -> dict[str, str]:
    """Where readers meet an accusation: each page, and the element that shows one."""
    return {
        "/": "li",
        "/allegations/": "li",
        "/people/ivan-petrov/": "li",
        "/people/olga/": "li",
        claim.article.get_absolute_url(): "li",
        claim.get_absolute_url(): "p",
        claim.allegation.get_absolute_url(): "main",
    }


def shown(client: Client, claim: Annotation) -> dict[str, str]:
    """Return the words of the smallest elements in which the accusation stands, by page."""
    found = {}
    for address, tag in places(claim).items():
        nodes: list[Node] = page_of(client.get(address)).all(tag)
        told = [node.words for node in nodes if ACCUSATION in node.words]
        assert told, address
        for words in told:
            assert claim.allegation.get_status_display() in words, f"{address}: {words}"
        found[address] = " | ".join(told).casefold()
    return found


def test_where_nothing_answers_it_that_is_said(
    client: Client, claim: Annotation
) -> None:
    for address, told in shown(client, claim).items():
        assert told.count(ACCUSATION.casefold()) <= told.count(
            "no response recorded"
        ), f"{address}: {told}"


def test_what_answers_it_is_said_and_by_whom(
    client: Client, editor: User, claim: Annotation, denial: Annotation
) -> None:
    answer(claim.allegation, denial.allegation, Relation.DENIES, editor)
    cache.clear()
    for address, told in shown(client, claim).items():
        assert "denied by ivan petrov" in told or "denies" in told, f"{address}: {told}"


def test_another_status_is_shown_wherever_it_is(
    client: Client, editor: User, claim: Annotation
) -> None:
    change_status(
        StatusChange(
            allegation=claim.allegation, status="convicted", date="2012-06-04"
        ),
        editor,
    )
    cache.clear()
    claim.allegation.refresh_from_db()
    assert claim.allegation.status == "convicted"
    shown(client, claim)


def test_what_a_page_keeps_is_made_anew_when_an_answer_comes_or_goes(
    client: Client, editor: User, claim: Annotation, denial: Annotation
) -> None:
    """The margin is kept for a day: it must not go on saying that nothing was answered, or what
    is withheld now."""
    address = claim.article.get_absolute_url()

    def margin() -> str:
        return page_of(client.get(address)).one("aside", cls="margin").words

    assert "no response recorded" in margin()
    answer(claim.allegation, denial.allegation, Relation.DENIES, editor)
    assert "denied by Ivan Petrov, 20 December 2011" in margin()
    Article.objects.filter(pk=denial.article_id).update(is_public=False)
    assert "no response recorded" in margin()
    Article.objects.filter(pk=denial.article_id).update(is_public=True)
    assert "denied by" in margin()
    unlink_answer(Answer.objects.get(), editor)
    assert "no response recorded" in margin()


def test_on_a_persons_page_an_answer_says_what_it_answers(
    client: Client, editor: User, claim: Annotation, denial: Annotation
) -> None:
    answer(claim.allegation, denial.allegation, Relation.DENIES, editor)
    page = page_of(client.get("/people/ivan-petrov/"))
    sections = {
        part.one("h2").words: part.words
        for part in page.all("section")
        if part.all("h2")
    }
    assert "What Ivan Petrov says of others" not in sections
    assert (
        "denies The guard fired first alleged He denied it all"
        in sections["What Ivan Petrov answered"]
    )
    against = sections["What is said of Ivan Petrov"]
    assert (
        "The guard fired first alleged claimed by Olga about Ivan Petrov · denied by Ivan Petrov"
        in against
    )


def test_what_answers_and_accuses_stands_under_both(
    client: Client, editor: User, claim: Annotation
) -> None:
    accuser = make_person("Berik")
    article = Article.objects.get(pk=claim.article_id)
    counter = allegation(
        article, "she said", "She lied", claimant_entity=accuser, accused="Olga"
    )
    answer(claim.allegation, counter.allegation, Relation.CONTRADICTS, editor)
    page = page_of(client.get("/people/berik/"))
    headings = [heading.words for heading in page.all("h2")]
    assert {"What Berik says of others", "What Berik answered"} <= set(headings)
