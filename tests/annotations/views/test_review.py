"""Review: what waits for an editor's judgement, one at a time, for several editors at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.models import Act, Annotation, Entity, ReviewHold, State
from annotations.views import review
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.pages import Node, page_of

REVIEW = reverse("annotations:review")


@pytest.fixture
def petrov(db: None) -> Entity:
    return make_person("Ivan Petrov", "Petrov", description="Mayor in 2011")


@pytest.fixture
def article(make_article: MakeArticle, petrov: Entity) -> Article:
    """Three suggestions of one name, in one article."""
    article = make_article(
        title="First",
        html="<p>Petrov left. Then Petrov came. Petrov!</p>",
        published="2011-12-16",
    )
    for nth in range(3):
        mention(article, "Petrov", petrov, State.SUGGESTED, nth)
    return article


@pytest.fixture
def second(make_article: MakeArticle, petrov: Entity) -> Article:
    article = make_article(
        title="Second", html="<p>Mr Petrov.</p>", published="2012-01-01"
    )
    mention(article, "Petrov", petrov, State.SUGGESTED)
    return article


def shown(client: Client, address: str = REVIEW) -> Node:
    return page_of(client.get(address)).one("section", cls="waiting")


def words_shown(client: Client, address: str = REVIEW) -> str:
    return shown(client, address).one("blockquote").text


def press(client: Client, key: str, address: str = REVIEW) -> Any:
    """Do what a key does: follow its link, or send its form with its button."""
    page = page_of(client.get(address))
    control = page.one(**{"aria-keyshortcuts": key})
    if control.tag == "a":
        return client.get(REVIEW + control["href"])
    form = next(form for form in page.all("form") if control in form.walk())
    passages = [field["value"] for field in form.all("input", name="passage")]
    sent = {name: value for name, value in form.fields().items() if name != "passage"}
    extra = (
        {"passage": passages, "verdict": control["value"]}
        if "name" in control.attributes
        else {}
    )
    return client.post(form.attributes.get("action", address), sent | extra)


def states(article: Article) -> list[str]:
    return list(article.annotations.in_reading_order().values_list("state", flat=True))


def test_a_suggestion_is_shown_with_its_context_its_reason_and_three_answers(
    as_editor: Client, make_article: MakeArticle, petrov: Entity
) -> None:
    article = make_article(
        html="<p>It rained.</p><p>Then Petrov left.</p>", language="ru"
    )
    Annotation.objects.filter(
        pk=mention(article, "Petrov", petrov, State.SUGGESTED).pk
    ).update(reason="surname alone")
    waiting = shown(as_editor)
    quote = waiting.one("blockquote")
    assert (quote.text, quote["lang"]) == ("It rained.\n\nThen Petrov left.", "ru")
    assert "Is this Ivan Petrov? Mayor in 2011" in waiting.words
    assert "its bearer’s full name is not in this text" in waiting.words
    assert {
        node["aria-keyshortcuts"]
        for node in waiting.walk()
        if "aria-keyshortcuts" in node.attributes
    } == {"a", "r", "s"}


def test_context_that_is_cut_is_cut_between_words_and_says_so(
    as_editor: Client, make_article: MakeArticle, petrov: Entity
) -> None:
    article = make_article(html=f"<p>{'before ' * 80}Petrov{' afterwards' * 80}</p>")
    mention(article, "Petrov", petrov, State.SUGGESTED)
    before, _name, after = words_shown(as_editor).partition("Petrov")
    assert set(before.strip("…").split()) == {"before"}
    assert set(after.strip("…").split()) == {"afterwards"}
    assert (before[0], after[-1]) == ("…", "…")


@pytest.mark.parametrize(
    ("key", "state"), [("a", State.CONFIRMED), ("r", State.REJECTED)]
)
def test_a_key_judges_one_and_shows_the_next(
    as_editor: Client, article: Article, key: str, state: State
) -> None:
    response = press(as_editor, key)
    assert states(article) == [state, State.SUGGESTED, State.SUGGESTED]
    assert words_shown(as_editor, response.headers["Location"]).startswith(
        "Petrov left. Then Petrov"
    )
    assert "2 suggestions are left" in page_of(as_editor.get(REVIEW)).words


def test_skipping_shows_the_next_and_at_the_end_begins_again(
    as_editor: Client, article: Article
) -> None:
    marks = [str(mark.pk) for mark in article.annotations.in_reading_order()]
    seen, address = [], REVIEW
    for _step in range(4):
        waiting = shown(as_editor, address)
        seen.append(waiting.all("input", name="passage")[0]["value"].partition(":")[0])
        address = REVIEW + waiting.one("a", **{"aria-keyshortcuts": "s"})["href"]
    assert seen == [*marks, marks[0]]


def test_where_all_after_the_key_are_judged_the_skipped_ones_are_offered_again(
    as_editor: Client, article: Article
) -> None:
    address = REVIEW + shown(as_editor).one("a", **{"aria-keyshortcuts": "s"})["href"]
    press(as_editor, "a", address)
    press(as_editor, "a", address)
    waiting = shown(as_editor, address)
    assert "This is the end of the queue" in waiting.words
    assert words_shown(
        as_editor, REVIEW + waiting.one("a", **{"aria-keyshortcuts": "s"})["href"]
    )


def test_all_of_one_name_in_an_article_are_judged_at_once_and_undone_at_once(
    as_editor: Client, article: Article, second: Article
) -> None:
    assert "All 3 of this name in this article Yes to all 3" in shown(as_editor).words
    press(as_editor, "Shift+A")
    assert (states(article), states(second)) == (
        [State.CONFIRMED] * 3,
        [State.SUGGESTED],
    )
    assert [(act.kind, act.passages) for act in Act.objects.all()] == [
        (Act.Kind.CONFIRMED, 3)
    ]

    press(as_editor, "Control+Z")
    assert (states(article), states(second)) == (
        [State.SUGGESTED] * 3,
        [State.SUGGESTED],
    )


def test_what_was_done_last_can_be_undone_after_a_reload_and_in_another_browser(
    as_editor: Client, editor: User, article: Article
) -> None:
    press(as_editor, "a")
    press(as_editor, "r")
    elsewhere = Client()
    elsewhere.force_login(editor)
    press(elsewhere, "Control+Z")
    press(elsewhere, "Control+Z")
    assert states(article) == [State.SUGGESTED] * 3
    assert "Last:" not in shown(elsewhere).words


def test_two_who_are_meant_by_the_same_words_are_both_offered(
    as_editor: Client, article: Article
) -> None:
    other = make_person("Nikolai Petrov")
    mention(article, "Petrov", other, State.SUGGESTED)
    waiting = shown(as_editor)
    asked = waiting.one("h2", cls="question").one("a").words
    offered = [
        button.words.removeprefix("It is ")
        for button in waiting.all("button")
        if "It is" in button.words
    ]
    assert sorted([asked, *offered]) == ["Ivan Petrov", "Nikolai Petrov"]


def test_a_queue_of_one_person_leaves_out_the_others(
    as_editor: Client, article: Article, petrov: Entity, make_article: MakeArticle
) -> None:
    other = make_person("Aset Example")
    elsewhere = make_article(
        title="Zero", html="<p>Aset Example.</p>", published="2010"
    )
    mention(elsewhere, "Aset Example", other, State.SUGGESTED)
    assert "Aset Example" in words_shown(as_editor)
    assert "Petrov" in words_shown(as_editor, f"{REVIEW}?of={petrov.pk}")
    assert (
        "3 suggestions are left"
        in page_of(as_editor.get(f"{REVIEW}?of={petrov.pk}")).words
    )


def test_two_reviewers_are_shown_different_articles(
    as_editor: Client,
    as_curator: Client,
    editor: User,
    article: Article,
    second: Article,
) -> None:
    assert "Then Petrov" in words_shown(as_editor)
    theirs = shown(as_curator)
    assert "Mr Petrov" in theirs.one("blockquote").text
    assert f"{editor} reviews First" in theirs.words


def test_who_finds_only_articles_that_others_review_is_told(
    as_editor: Client, as_curator: Client, article: Article
) -> None:
    shown(as_editor)
    assert "others review right now" in shown(as_curator).words


def test_an_article_is_free_again_after_a_while_and_when_its_reviewer_went_on(
    as_editor: Client, as_curator: Client, article: Article, second: Article
) -> None:
    shown(as_editor)
    ReviewHold.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert "Then Petrov" in words_shown(as_curator)
    assert "Mr Petrov" in words_shown(as_editor)
    assert ReviewHold.objects.count() == 2


def test_what_somebody_else_judged_meanwhile_stays_and_the_rest_of_the_batch_is_saved(
    as_editor: Client, as_curator: Client, article: Article, petrov: Entity
) -> None:
    marks = list(article.annotations.in_reading_order())
    passages = [f"{mark.pk}:{mark.revision}" for mark in marks]
    as_curator.post(REVIEW, {"passage": passages[1:2], "verdict": "reject"})

    response = as_editor.post(
        REVIEW, {"passage": passages, "verdict": "confirm"}, follow=True
    )

    assert states(article) == [State.CONFIRMED, State.REJECTED, State.CONFIRMED]
    assert "1 of these meanwhile" in page_of(response).words


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verdict": "confirm"},
        {
            "verdict": "confirm",
            "passage": ["x", "1:2", ":", "00000000-0000-0000-0000-000000000000:1"],
        },
        {"verdict": "maybe", "passage": "PASSAGE"},
        {"verdict": "confirm", "passage": "KEY:99"},
    ],
)
def test_what_makes_no_sense_changes_nothing(
    as_editor: Client, article: Article, sent: dict[str, Any]
) -> None:
    mark = article.annotations.in_reading_order()[0]
    known = {"PASSAGE": f"{mark.pk}:{mark.revision}", "KEY:99": f"{mark.pk}:99"}
    sent = {
        name: known.get(value, value) if isinstance(value, str) else value
        for name, value in sent.items()
    }
    assert as_editor.post(REVIEW, sent).status_code == 302
    assert states(article) == [State.SUGGESTED] * 3


@pytest.mark.parametrize(
    "query",
    ["?after=x", "?after=[1,2,3,4]", "?of=x", "?of=99999999999999999999", "?of=7"],
)
def test_an_address_that_makes_no_sense_shows_the_queue(
    as_editor: Client, article: Article, query: str
) -> None:
    assert as_editor.get(REVIEW + query).status_code == 200


def test_what_a_new_version_left_behind_waits_to_be_placed_again(
    as_editor: Client,
    curator: User,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make_article(html="<p>15 people died, 20 were hurt.</p>")
    mark = figure(article, "15 people")
    figure(article, "20 were", low="20")
    correct_text(article, "<p>16 people died, 21 were hurt.</p>", curator, "Misread")
    page = page_of(as_editor.get(REVIEW))
    orphan = page.all("li", cls="passage")[0]
    assert "version 1" in orphan.words
    assert (
        orphan.link("Place it again")
        == f"{article.get_absolute_url()}tag/?annotation={mark.pk}"
    )
    assert "2 passages to place again" in page.words
    monkeypatch.setattr(review, "PAGE_SIZE", 1)
    page = page_of(as_editor.get(REVIEW))
    assert len(page.all("li", cls="passage")) == 1
    assert "the others follow" in page.words


def test_nothing_to_do_is_told(as_editor: Client) -> None:
    words = page_of(as_editor.get(REVIEW)).words
    assert "Nothing is waiting for a judgement" in words
    assert "every mark stands on the current version" in words
