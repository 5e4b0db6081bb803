"""The page of a person or a place."""

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import State
from annotations.views import entities
from archive.intake import correct_text
from archive.models import User
from tests.making import MakeArticle
from tests.marking import allegation, figure, make_person, make_place, mention
from tests.pages import Node, page_of

pytestmark = pytest.mark.django_db


def lines(page: Node) -> list[str]:
    return [line["href"] for line in page.all("a", cls="line")]


def side(page: Node, heading: str) -> list[str]:
    section = next(part for part in page.all("section") if part.all("h2") and part.all("h2")[0].words == heading)
    return [item.words for item in section.all("li")]


def test_every_mention_stands_in_order_of_date_with_its_context_and_article(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Ivan Petrov", "Petrov")
    late = make_article("Late", "<p>So Petrov left.</p>", published="2012-01-26", publisher="The Post")
    early = make_article("Early", "<p>Ivan Petrov came. Petrov spoke.</p>", published="2011-12-19")
    marks = [
        mention(early, "Ivan Petrov", petrov),
        mention(early, "Petrov", petrov, State.LINKED, nth=1),
        mention(late, "Petrov", petrov),
    ]
    page = page_of(client.get(petrov.get_absolute_url()))
    assert page.one("h1").text == "Ivan Petrov"
    assert "3 mentions in 2 articles" in page.one("p", cls="summary").words
    assert lines(page) == [mark.get_passage_url() for mark in marks]
    assert [heading.words for heading in page.all("h3")] == ["Early", "Late"]
    assert page.all("a", cls="line")[2].text == "…So Petrov left.…"
    assert [origin.words for origin in page.all("p", cls="origin")] == [
        "19 December 2011 publisher not known English",
        "26 January 2012 The Post English",
    ]
    assert side(page, "Spellings") == ["Petrov 2", "Ivan Petrov 1"]


def test_what_the_machine_linked_says_so(client: Client, make_article: MakeArticle) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov met Petrov.</p>")
    mention(article, "Petrov", petrov)
    linked = mention(article, "Petrov", petrov, State.LINKED, nth=1)
    linked.reason = "full name"
    linked.save()
    abouts = [about.words for about in page_of(client.get(petrov.get_absolute_url())).all("span", cls="about")]
    assert abouts == ["¶ 1 confirmed", "¶ 1 linked: full name"]


def test_a_mark_on_the_reading_page_leads_to_its_line_here(client: Client, make_article: MakeArticle) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Then Petrov came.</p>")
    mention(article, "Petrov", petrov)
    mark = page_of(client.get(article.get_absolute_url())).one(id="text").one("a")
    address, _hash, anchor = mark["href"].partition("#")
    assert page_of(client.get(address)).one("li", id=anchor).one("mark").text == "Petrov"


def test_who_is_mentioned_in_the_same_articles_is_listed_most_often_first(
    client: Client, make_article: MakeArticle
) -> None:
    petrov, olga, aktau = make_person("Petrov"), make_person("Olga"), make_place("Aktau")
    for words in ("Petrov, Olga, Aktau.", "Petrov, Aktau, Aktau.", "Olga."):
        article = make_article(html=f"<p>{words}</p>")
        for entity in (petrov, olga, aktau):
            if entity.name in words:
                mention(article, entity.name, entity)
    page = page_of(client.get(petrov.get_absolute_url()))
    assert side(page, "Mentioned in the same articles") == ["Aktau 2", "Olga 1"]
    assert page.link("Aktau") == aktau.get_absolute_url()


def test_what_is_claimed_by_and_about_them_and_the_figures_they_gave_are_listed(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Ivan Petrov")
    article = make_article(html="<p>Petrov said 15 died, the crowd began, his men fired, nobody ordered it.</p>")
    figure(article, "15 died", said_by="Ivan Petrov", said_by_entity=petrov)
    allegation(article, "the crowd began", "The crowd attacked first", claimant="Petrov", claimant_entity=petrov)
    allegation(article, "his men fired", "They fired", accused="Petrov", accused_entity=petrov, status="denied")
    page = page_of(client.get(petrov.get_absolute_url()))
    assert "The crowd attacked first alleged" in side(page, "What Ivan Petrov says of others")[0]
    assert "They fired denied" in side(page, "What is said of Ivan Petrov")[0]
    assert "15 people killed" in side(page, "Figures given by Ivan Petrov")[0]


def test_a_mention_on_an_earlier_version_is_not_listed(
    as_editor: Client, curator: User, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov.</p>")
    mention(article, "Petrov", petrov)
    correct_text(article, "<p>Popov.</p>", curator, "Misread")
    page = page_of(as_editor.get(petrov.get_absolute_url()))
    assert "0 mentions in 0 articles" in page.one("p", cls="summary").words
    assert lines(page) == []


def test_a_place_says_where_it_is(as_editor: Client) -> None:
    aktau = make_place("Aktau", latitude="43.65", longitude="0")
    assert page_of(as_editor.get(aktau.get_absolute_url())).one("p", cls="geo").words == "43.65000, 0.00000"


def test_a_person_is_no_place(client: Client) -> None:
    make_person("Aktau")
    assert client.get(reverse("annotations:place-detail", args=["aktau"])).status_code == 404


def test_who_is_named_in_nothing_public_is_not_shown_to_readers(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    mention(make_article(html="<p>Petrov.</p>", is_public=False), "Petrov", petrov)
    assert client.get(petrov.get_absolute_url()).status_code == 404
    assert as_editor.get(petrov.get_absolute_url()).status_code == 200


def test_namesakes_have_pages_of_their_own(as_editor: Client, make_article: MakeArticle) -> None:
    one, other = make_person("Ivan Petrov"), make_person("Ivan Petrov")
    mention(make_article(html="<p>Ivan Petrov.</p>"), "Ivan Petrov", other)
    assert one.get_absolute_url() != other.get_absolute_url()
    assert [len(lines(page_of(as_editor.get(entity.get_absolute_url())))) for entity in (one, other)] == [0, 1]


def test_many_mentions_are_paged_in_order(
    client: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entities, "PAGE_SIZE", 3)
    petrov = make_person("Petrov")
    marks = []
    for day in ("2011-12-20", "2011-12-19", "2011-12-19"):
        article = make_article(html="<p>Petrov, Petrov, Petrov.</p>", published=day)
        marks.append([mention(article, "Petrov", petrov, nth=nth) for nth in range(3)])
    expected = [mark.get_passage_url() for group in (marks[1], marks[2], marks[0]) for mark in group]
    seen, address = [], petrov.get_absolute_url()
    while address:
        page = page_of(client.get(address))
        seen += lines(page)
        following = page.all("a", rel="next")
        address = petrov.get_absolute_url() + following[0]["href"] if following else ""
    assert seen == expected
