"""The front page."""

import pytest
from django.test import Client

from annotations.models import State
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, make_place, mention
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db


def section(page: Node, heading: str) -> list[str]:
    found = next(
        part
        for part in page.all("section")
        if part.all("h2") and part.all("h2")[0].words == heading
    )
    return [item.words for item in found.all("li")]


def test_an_empty_archive_says_what_is_not_there_yet(client: Client) -> None:
    page = page_of(client.get("/"))
    assert section(page, "Newest articles") == ["There are no articles yet."]
    assert section(page, "People most written about") == ["Nobody is tagged yet."]
    assert section(page, "Figures") == ["No figure is tagged yet."]


def test_the_six_newest_articles_stand_first(
    client: Client, make_article: MakeArticle
) -> None:
    for day in range(1, 9):
        make_article(f"Day {day}", published=f"2011-12-0{day}")
    titles = [heading.words for heading in page_of(client.get("/")).all("h3")]
    assert titles == [f"Day {day}" for day in (8, 7, 6, 5, 4, 3)]


def test_who_is_mentioned_most_stands_first_and_leads_to_their_page(
    client: Client, make_article: MakeArticle
) -> None:
    ivan, olga, aktau = make_person("Ivan"), make_person("Olga"), make_place("Aktau")
    article = make_article(html="<p>Olga, Ivan and Olga in Aktau; Ivan, Ivan.</p>")
    for nth in (0, 1):
        mention(article, "Olga", olga, nth=nth)
    mention(article, "Ivan", ivan)
    mention(article, "Ivan", ivan, State.SUGGESTED, nth=1)
    mention(article, "Aktau", aktau)
    page = page_of(client.get("/"))
    assert section(page, "People most written about") == ["Olga 2", "Ivan 1"]
    assert section(page, "Places") == ["Aktau 1"]
    assert page.link("Olga") == olga.get_absolute_url()


def test_the_newest_figures_and_allegations_stand_with_their_status(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>15 died. He fired first.</p>")
    figure(article, "15 died")
    allegation(article, "He fired first", "The police fired", status="denied")
    page = page_of(client.get("/"))
    assert "15 people killed" in section(page, "Figures")[0]
    assert "The police fired denied" in section(page, "Allegations")[0]


def test_one_can_search_from_here(client: Client, make_article: MakeArticle) -> None:
    make_article("Fire in Aktau")
    form = page_of(client.get("/")).one("form", cls="big-search")
    found = client.get(form["action"], form.fields() | {"q": "fire"})
    assert page_of(found).link("Fire in Aktau")


def test_what_is_counted_for_editors_is_not_shown_to_readers(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    """The counts are kept for a minute, for each role by itself."""
    ivan = make_person("Ivan")
    mention(make_article(html="<p>Ivan.</p>", is_public=False), "Ivan", ivan)
    assert section(page_of(as_editor.get("/")), "People most written about") == [
        "Ivan 1"
    ]
    assert section(page_of(client.get("/")), "People most written about") == [
        "Nobody is tagged yet."
    ]
