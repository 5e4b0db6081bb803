"""Judging what the machine suggested."""

import pytest
from django.test import Client
from django.urls import reverse

from annotations.linking.linker import link_version
from annotations.models import Act, Annotation, Change, State
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.pages import page_of


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html="<p>Petrov said that 15 people died.</p>")


@pytest.fixture
def suggested(article: Article) -> Annotation:
    return mention(
        article, "Petrov", make_person("Ivan Petrov", "Petrov"), State.SUGGESTED
    )


def judge(client: Client, mark: Annotation, verdict: str, revision: int = 1) -> str:
    data = {"verdict": verdict, "passage": f"{mark.pk}:{revision}"}
    response = client.post(reverse("annotations:review"), data)
    return response.headers["Location"].removesuffix("?")


@pytest.mark.parametrize(
    ("verdict", "state", "kind"),
    [
        ("confirm", State.CONFIRMED, Act.Kind.CONFIRMED),
        ("reject", State.REJECTED, Act.Kind.REJECTED),
    ],
)
def test_a_verdict_is_kept_against_the_machine(
    as_editor: Client,
    editor: User,
    article: Article,
    suggested: Annotation,
    verdict: str,
    state: State,
    kind: Act.Kind,
) -> None:
    assert judge(as_editor, suggested, verdict) == reverse("annotations:review")
    link_version(article.version)
    mark = Annotation.objects.get()
    assert (mark.pk, mark.state, mark.revision) == (suggested.pk, state, 2)
    line = Change.objects.get()
    assert (line.act.kind, line.act.by, line.act.article, line.key) == (
        kind,
        editor,
        article,
        str(mark.pk),
    )
    assert line.before
    assert line.after
    assert (line.before["state"], line.after["state"]) == ("suggested", state)


def test_a_second_verdict_is_told_and_not_taken(
    as_editor: Client, as_curator: Client, suggested: Annotation
) -> None:
    judge(as_curator, suggested, "confirm")
    judge(as_editor, suggested, "reject")
    assert Annotation.objects.get().state == State.CONFIRMED
    page = page_of(as_editor.get(reverse("annotations:review")))
    assert (
        "Somebody else has judged 1 of these meanwhile"
        in page.one("ul", cls="messages").words
    )


def test_without_a_verdict_nothing_is_judged(
    as_editor: Client, suggested: Annotation
) -> None:
    judge(as_editor, suggested, "")
    judge(as_editor, suggested, "perhaps")
    assert Annotation.objects.get().state == State.SUGGESTED


def test_an_address_alone_judges_nothing(
    as_editor: Client, suggested: Annotation
) -> None:
    query = {"verdict": "reject", "passage": f"{suggested.pk}:1"}
    assert as_editor.get(reverse("annotations:review"), query).status_code == 200
    assert Annotation.objects.get().state == State.SUGGESTED


def test_figures_are_not_judged(as_editor: Client, article: Article) -> None:
    mark = figure(article, "15 people")
    judge(as_editor, mark, "reject")
    assert Annotation.objects.get().state == State.CONFIRMED


def test_what_is_gone_is_told_and_is_no_act(
    as_editor: Client, suggested: Annotation
) -> None:
    gone = Annotation.objects.get()
    suggested.delete()
    judge(as_editor, gone, "confirm")
    page = page_of(as_editor.get(reverse("annotations:review")))
    assert "judged 1 of these meanwhile" in page.one("ul", cls="messages").words
    assert not Act.objects.exists()
