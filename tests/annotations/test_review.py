"""Review: what waits for an editor's judgement."""

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import State
from annotations.views import review
from archive.intake import correct_text
from archive.models import User
from tests.making import MakeArticle
from tests.marking import figure, make_person, mention
from tests.pages import page_of

REVIEW = reverse("annotations:review")


def test_suggestions_wait_each_with_its_context_and_two_answers(as_editor: Client, make_article: MakeArticle) -> None:
    petrov = make_person("Ivan Petrov", "Petrov", description="Mayor in 2011")
    article = make_article(html="<p>Then Petrov left. Petrov!</p>")
    mention(article, "Petrov", petrov, State.SUGGESTED)
    mention(article, "Petrov", petrov, nth=1)
    page = page_of(as_editor.get(REVIEW))
    waiting = page.one("li", cls="passage")
    assert waiting.one("p", cls="words").text == "…Then Petrov left. Petrov!…"
    assert "Is this Ivan Petrov? Mayor in 2011" in waiting.words
    as_editor.post(waiting.form()["action"], waiting.form().fields() | {"verdict": "confirm"})
    assert not page_of(as_editor.get(REVIEW)).all("li", cls="passage")


def test_what_a_new_version_left_behind_waits_to_be_placed_again(
    as_editor: Client, curator: User, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>15 people died.</p>")
    mark = figure(article, "15 people")
    correct_text(article, "<p>16 people died.</p>", curator, "Misread")
    page = page_of(as_editor.get(REVIEW))
    orphan = page.one("li", cls="passage")
    assert "version 1" in orphan.words
    assert orphan.link("Place it again") == f"{article.get_absolute_url()}tag/?annotation={mark.pk}"


def test_nothing_to_do_is_told(as_editor: Client) -> None:
    words = page_of(as_editor.get(REVIEW)).words
    assert "Nothing is waiting for a judgement" in words
    assert "every mark stands on the current version" in words


def test_many_suggestions_are_paged(
    as_editor: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "PAGE_SIZE", 2)
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov Petrov Petrov Petrov Petrov</p>")
    for nth in range(5):
        mention(article, "Petrov", petrov, State.SUGGESTED, nth)
    seen, address = 0, REVIEW
    while address:
        page = page_of(as_editor.get(address))
        seen += len(page.all("li", cls="passage"))
        following = page.all("a", rel="next")
        address = REVIEW + following[0]["href"] if following else ""
    assert seen == 5
