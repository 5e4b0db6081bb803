"""The permanent address of a passage."""

import pytest
from django.test import Client

from annotations.editing import tagging
from annotations.editing.undo import undo
from annotations.models import Annotation, State
from annotations.views import passages
from archive.ingest.pipeline import correct_text
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import acts_on, allegation, figure, make_person, mention
from tests.support.pages import page_of


def test_it_says_where_exactly_the_words_stand_and_how_to_cite_them(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        "Day three",
        "<p>Rain.</p><p>At least 15 people died.</p>",
        publisher="The Post",
        published="2011-12-19",
    )
    mark = figure(article, "15 people", qualifier="at_least")
    page = page_of(client.get(mark.get_absolute_url()))
    facts = " ".join(facts.words for facts in page.all("dl", cls="facts"))
    assert f"{mark.start}–{mark.end}" in facts
    assert article.version.sha256 in facts
    assert f"http://testserver{mark.get_absolute_url()}" in facts
    assert page.all("span", cls="citation")[0].words == (
        f"“Day Three,” The Post, December 19, 2011, para. 2, archived at http://testserver{mark.get_absolute_url()}."
    )
    assert page.one("p", cls="tag").words == "at least 15 people killed"


def test_a_mention_leads_to_its_person_and_to_its_article(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Ivan Petrov")
    mark = mention(make_article(html="<p>Ivan Petrov.</p>"), "Ivan Petrov", petrov)
    page = page_of(client.get(mark.get_absolute_url()))
    assert page.link("Ivan Petrov") == petrov.get_absolute_url()
    assert page.link("Read it in its article") == mark.get_passage_url()
    assert page.one("nav", cls="between").words == "1 of 1 mentions of Ivan Petrov"


def test_it_leads_to_the_mentions_before_and_after_and_counts_them(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    late = mention(
        make_article(html="<p>Petrov.</p>", published="2012"), "Petrov", petrov
    )
    article = make_article(
        html="<p>Petrov, Petrov, Petrov.</p>", published="2011-12-19"
    )
    first, middle, _suggested = (
        mention(article, "Petrov", petrov, state, nth=nth)
        for nth, state in enumerate((State.LINKED, State.CONFIRMED, State.SUGGESTED))
    )
    between = page_of(client.get(middle.get_absolute_url())).one("nav", cls="between")
    assert between.words == "‹ Previous 2 of 3 mentions of Petrov Next ›"
    assert [between.one("a", rel=rel)["href"] for rel in ("prev", "next")] == [
        first.get_absolute_url(),
        late.get_absolute_url(),
    ]
    last = page_of(client.get(late.get_absolute_url())).one("nav", cls="between")
    assert last.words == "‹ Previous 3 of 3 mentions of Petrov"


def test_many_mentions_are_not_counted(
    client: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passages, "MOST_COUNTED", 2)
    petrov, article = (
        make_person("Petrov"),
        make_article(html="<p>Petrov, Petrov, Petrov, Petrov.</p>"),
    )
    marks = [mention(article, "Petrov", petrov, nth=nth) for nth in range(4)]
    between = page_of(client.get(marks[1].get_absolute_url())).one("nav", cls="between")
    assert between.words == "‹ Previous Mentions of Petrov Next ›"
    assert between.one("a", rel="next")["href"] == marks[2].get_absolute_url()


def test_a_passage_left_behind_leads_to_its_own_version(
    client: Client, curator: User, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>15 people died.</p>")
    mark = figure(article, "15 people")
    correct_text(article, "<p>Nobody died.</p>", curator, "Misread")
    page = page_of(client.get(mark.get_absolute_url()))
    assert "do not stand in the current version" in page.words
    there = page_of(client.get(page.link("Read it in version 1")))
    assert there.one("mark", id=f"a-{mark.pk}").text == "15 people"


def test_readers_see_neither_suggestions_nor_what_was_rejected(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    article, petrov = (
        make_article(html="<p>Petrov met Petrov.</p>"),
        make_person("Petrov"),
    )
    suggested = mention(article, "Petrov", petrov, State.SUGGESTED)
    rejected = mention(article, "Petrov", petrov, State.REJECTED, nth=1)
    assert [
        client.get(mark.get_absolute_url()).status_code
        for mark in (suggested, rejected)
    ] == [404, 404]
    assert [
        as_editor.get(mark.get_absolute_url()).status_code
        for mark in (suggested, rejected)
    ] == [200, 404]


def test_only_editors_see_what_was_done_to_it(
    client: Client, as_editor: Client, editor: User, make_article: MakeArticle
) -> None:
    mark = allegation(make_article(html="<p>He fired.</p>"), "He fired")
    undo(tagging.delete(mark.pk, 1, editor), editor)
    address = mark.get_absolute_url()
    events = page_of(as_editor.get(address)).one("ol", cls="events")
    deleted, undone = acts_on(mark)
    assert [event.one("a", cls="kind").words for event in events.all("li")] == [
        "deleted “He fired”",
        "undid: deleted “He fired”",
    ]
    assert [event.one("a")["href"] for event in events.all("li")] == [
        deleted.get_absolute_url(),
        undone.get_absolute_url(),
    ]
    assert all("editor" in event.words for event in events.all("li"))
    assert not page_of(client.get(address)).all("ol", cls="events")


def test_a_deleted_passage_is_gone_for_readers(
    client: Client, editor: User, make_article: MakeArticle
) -> None:
    mark = figure(make_article(html="<p>15 people died.</p>"), "15 people")
    tagging.delete(mark.pk, 1, editor)
    assert not Annotation.objects.exists()
    assert client.get(mark.get_absolute_url()).status_code == 404


def test_it_leads_to_the_passage_alone_in_the_formats_of_reference_managers(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article("Day three", "<p>15 people died.</p>", publisher="The Post")
    mark = figure(article, "15 people")
    links = (
        page_of(client.get(mark.get_absolute_url()))
        .one("head")
        .all("link", rel="alternate")
    )
    files = {
        link["title"]: client.get(link["href"])
        for link in links
        if "title" in link.attributes
    }
    assert set(files) == {"RIS", "BibTeX", "CSL-JSON"}
    content: bytes = files["RIS"].getvalue()
    assert content.decode().count("TY  - NEWS") == 1
    assert "“15 people”" in content.decode()
    suggested = mention(article, "people", make_person("People"), State.SUGGESTED)
    assert as_editor.get(f"{suggested.get_absolute_url()}export/").status_code == 404
    assert (
        not page_of(as_editor.get(suggested.get_absolute_url()))
        .one("head")
        .all("link", title="RIS")
    )
