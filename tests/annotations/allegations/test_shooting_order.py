"""The order to shoot: denied by a minister in two outlets, contradicted by what prosecutors
found; one exchange.

From the real reports, tagged as an editor would, through the real pages; and from the committed
demonstration.
"""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from annotations.models import Allegation, Annotation, Answer, Entity
from archive.ingest.pipeline import take_in
from archive.models import Article
from tests.support.marking import make_person
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db

MINISTER = "Kalmukhambet Kasymov"


def turns(page: Node) -> list[Node]:
    return page.one("ol", cls="turns").all("li")


def tag(client: Client, article: Article, words: str, **said: str) -> Allegation:
    """Tag words by going through the steps that need no script: the paragraph, the words, the
    form."""
    address = reverse("annotations:annotation-create", args=[article.slug])
    step = page_of(client.get(address, {"kind": "allegation"})).one(
        "form", cls="paragraphs"
    )
    paragraph = next(
        button["value"] for button in step.all("button") if words in button.words
    )
    step = page_of(client.get(address, step.fields() | {"paragraph": paragraph})).one(
        "form", cls="stacked"
    )
    page = page_of(client.get(address, step.fields() | {"words": words}, follow=True))
    form = page.one("main").all("form")[-1]
    response = client.post(form["action"], form.fields() | said)
    assert response.status_code == 302, page_of(response).words
    return Allegation.objects.get(
        annotation__article=article, annotation__exact=words, summary=said["summary"]
    )


def link(client: Client, claim: Allegation, answer: Allegation, relation: str) -> None:
    """Link an answer on the page of the claim by the answer's permanent address."""
    page = page_of(
        client.get(page_of(client.get(claim.get_absolute_url())).link("Link an answer"))
    )
    form = page.one("form", cls="stacked")
    sent = form.fields() | {
        "permalink": answer.annotation.get_absolute_url(),
        "relation": relation,
    }
    assert (
        client.post(
            reverse("annotations:answer-create", args=[claim.pk]), sent
        ).status_code
        == 302
    )


@pytest.fixture
def reports(seeds: Path, db: None) -> dict[str, Article]:
    taken = [
        take_in(file.read_bytes(), file.name).article
        for file in sorted(seeds.glob("*.txt"))
    ]
    assert len(taken) == 3
    return {article.published: article for article in taken}


def test_the_three_reports_give_one_exchange_of_four_turns(
    client: Client, as_editor: Client, reports: dict[str, Article]
) -> None:
    early, late, undated = reports["2011-12-19"], reports["2012-01-26"], reports[""]
    minister = make_person(MINISTER, "Kalmuhambet Kasymov")
    said = {"claimant": MINISTER, "basis": "official"}
    order = {
        "conduct": "ordering the police to shoot",
        "happened": "2011-12-16",
        "place": "Zhanaozen",
    }
    claim = tag(
        as_editor,
        early,
        "the order to open fire",
        summary="The police were ordered to open fire",
        claimant="not named in the report",
        accused="Kazakh authorities",
        status="denied",
        **order,
    )
    denial = tag(
        as_editor,
        early,
        "Nobody specifically gave the order",
        summary="Nobody ordered the police to open fire",
        answers=str(claim.pk),
        relation="denies",
        **said,
    )
    again = tag(
        as_editor,
        undated,
        "No one gave the order",
        summary="Nobody gave an order to shoot",
        **said,
    )
    finding = tag(
        as_editor,
        late,
        "they used weapons illegally",
        summary="Police used weapons unlawfully",
        claimant="Kazakh prosecutors",
        accused="Police in Zhanaozen",
        status="charged",
    )
    link(as_editor, claim, again, "denies")
    link(as_editor, denial, finding, "contradicts")

    for start in (claim, denial, again, finding):
        shown = turns(page_of(client.get(start.get_absolute_url())))
        assert [turn.one("p", cls="turn-head").words for turn in shown] == [
            "1 not named in the report 19 December 2011 denied",
            f"2 {MINISTER} 19 December 2011 alleged",
            f"3 {MINISTER} undated alleged",
            "4 Kazakh prosecutors 26 January 2012 charged",
        ]
        assert [
            [line.words for line in turn.all("p", cls="answers")] for turn in shown
        ] == [
            [],
            ["denies 1. The police were ordered to open fire"],
            ["denies 1. The police were ordered to open fire"],
            ["contradicts 2. Nobody ordered the police to open fire"],
        ]
        words = [
            "the order to open fire",
            "Nobody specifically gave the order",
            "No one gave the order",
        ]
        assert [turn.one("blockquote").one("a").words for turn in shown] == [
            *words,
            "they used weapons illegally",
        ]
        assert "No response recorded" in shown[3].words
    ledger = page_of(client.get("/allegations/", {"claimant": minister.slug}))
    assert len(ledger.one("ul", cls="allegations").all("h2")) == 2
    told = page_of(client.get(minister.get_absolute_url())).words
    assert "contradicted by Kazakh prosecutors, 26 January 2012" in told


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_demonstration_has_it_in_each_language(
    client: Client, language: str
) -> None:
    call_command("load_demo", verbosity=0)
    claims = Annotation.objects.filter(
        article__language=language, allegation__conduct="ordering the police to shoot"
    )
    shown = turns(page_of(client.get(claims.get().allegation.get_absolute_url())))
    assert [turn.one("span", cls="speaker").words for turn in shown] == [
        "not named in the report",
        MINISTER,
        MINISTER,
        "Kazakh prosecutors",
        "An unverified amateur video",
    ]
    relations = [
        {line.words.split()[0] for line in turn.all("p", cls="answers")}
        for turn in shown
    ]
    assert relations == [
        set(),
        {"denies"},
        {"denies"},
        {"contradicts"},
        {"corroborates"},
    ]
    outlets = {turn.one("p", cls="origin").all("span")[0].words for turn in shown[1:3]}
    assert outlets == {"Digest of The Moscow Times", "Digest of IWPR"}
    assert shown[3].all("p", cls="answers")[0].words.startswith("contradicts 2.")
    assert shown[3].one("strong", cls="status").words == "charged"
    assert Entity.objects.get(name=MINISTER).parties.exists()


def test_the_demonstration_answers_in_one_language_only(client: Client) -> None:
    call_command("load_demo", verbosity=0)
    languages = Answer.objects.values_list(
        "claim__annotation__article__language", "answer__annotation__article__language"
    )
    assert {one == other for one, other in languages} == {True}
