"""The page on which an export is chosen: names are proposed while somebody types."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.support.making import MakeArticle
from tests.support.marking import make_person, make_place, mention


def test_names_are_proposed_while_somebody_types(
    page: Page, live_server: LiveServer, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>Ivan Petrov came to Petrovo.</p>")
    mention(article, "Ivan Petrov", make_person("Ivan Petrov"))
    mention(article, "Petrovo", make_place("Petrovo"))
    page.goto(f"{live_server.url}/export/")
    people = page.locator("#person-names option")
    places = page.locator("#place-names option")
    page.get_by_label("Person", exact=True).press_sequentially("petr")
    expect(people).to_have_count(1)
    expect(people).to_have_attribute("value", "Ivan Petrov")
    expect(places).to_have_count(0)
    page.get_by_label("Place", exact=True).press_sequentially("petr")
    expect(places).to_have_attribute("value", "Petrovo")
