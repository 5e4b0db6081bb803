"""The address of any words of a text version, and finding the words to cite."""

import pytest
from django.test import Client

from annotations.reading.passage import passage_address
from archive.models import Article
from archive.text.canonical import canonicalise
from tests.support.crawling import number_of_queries
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db

HTML = "<p>“Сәлем”, he said 🙂.</p><p>Officials said that 14 people were killed. Ivan Petrov left. 14 people came.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        "A Day",
        HTML,
        publisher="The Post",
        published="2011-12-19",
        original_address="https://example.org/day",
    )


def at(article: Article, words: str) -> str:
    start = article.version.text.index(words)
    return passage_address(article.version, start, start + len(words))


def test_any_words_can_be_cited_in_each_style(client: Client, article: Article) -> None:
    address = at(article, "Officials said that 14 people were killed")
    page = page_of(client.get(address))
    assert (
        page.one("blockquote").words.count("Officials said that 14 people were killed")
        == 1
    )
    citations = [each.words for each in page.all("span", cls="citation")]
    assert len(citations) >= 4
    assert all("A Day" in words or "The Post" in words for words in citations)
    assert page.one(id="permanent-address").words == f"http://testserver{address}"


def test_offsets_count_code_points(client: Client, article: Article) -> None:
    text = article.version.text
    start = text.index("Officials")
    page = page_of(
        client.get(f"/articles/{article.slug}/versions/1/{start}-{start + 9}/")
    )
    assert "“Officials”" in page.one("title").words


def test_the_link_to_the_original_names_the_words(
    client: Client, article: Article
) -> None:
    page = page_of(client.get(at(article, "Ivan Petrov left")))
    link = page.one(id="original-address").one("a")["href"]
    assert link.startswith("https://example.org/day#:~:text=")
    assert "Ivan%20Petrov%20left" in link


def test_what_is_tagged_on_the_words_is_named(client: Client, article: Article) -> None:
    mark = mention(article, "Ivan Petrov", make_person("Ivan Petrov"))
    figure(article, "14 people were killed", "14")
    page = page_of(client.get(at(article, "Ivan Petrov left")))
    assert mark.get_absolute_url() in [
        link["href"] for link in page.one("ul", cls="passages").all("a")
    ]
    assert "14 people" not in page.one("ul", cls="passages").words


def test_an_earlier_version_says_which_words_the_others_have(
    client: Client, article: Article
) -> None:
    address = at(article, "Officials said that 14 people were killed")
    article.add_version(canonicalise(HTML.replace("said that 14", "said that 15")))
    page = page_of(client.get(address))
    assert "version 2 is the one that is read now" in page.words
    other = page.one("ul", cls="other-versions")
    assert other.one("del").words.endswith("14")
    assert other.one("ins").words.endswith("15")


@pytest.mark.parametrize("offsets", ["0-0", "5-3", "0-99999"])
def test_offsets_outside_the_text_are_no_passage(
    client: Client, article: Article, offsets: str
) -> None:
    assert (
        client.get(f"/articles/{article.slug}/versions/1/{offsets}/").status_code == 404
    )


def test_words_of_a_withheld_article_have_no_address(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article("Withheld", HTML, is_public=False)
    address = at(article, "Ivan Petrov left")
    assert (client.get(address).status_code, as_editor.get(address).status_code) == (
        404,
        200,
    )
    assert client.get(f"/articles/{article.slug}/find/?words=Ivan").status_code == 404


def test_words_that_stand_once_are_found(client: Client, article: Article) -> None:
    response = client.get(
        f"/articles/{article.slug}/find/", {"words": "Ivan  Petrov left"}
    )
    assert response.headers["Location"] == at(article, "Ivan Petrov left")


def test_of_words_that_stand_at_several_places_one_is_chosen(
    client: Client, article: Article
) -> None:
    page = page_of(
        client.get(f"/articles/{article.slug}/find/", {"words": "14 people"})
    )
    links = [link["href"] for link in page.one("ol", cls="concordance").all("a")]
    assert len(links) == 2
    assert client.get(links[1]).status_code == 200


def test_words_that_do_not_stand_there_are_said_not_to(
    client: Client, article: Article
) -> None:
    response = client.get(f"/articles/{article.slug}/find/", {"words": "15 people"})
    assert response.status_code == 404
    assert "“15 people” does not stand in this article" in page_of(response).words
    assert page_of(response).one(id="cite-words")["value"] == "15 people"


def test_a_passage_costs_the_same_whatever_is_tagged_on_it(
    client: Client, article: Article
) -> None:
    address = at(article, "Officials said that 14 people were killed")
    figure(article, "14 people were killed", "14")
    before = number_of_queries(client, address)
    for _n in range(20):
        figure(article, "14 people were killed", "14")
    assert number_of_queries(client, address) == before <= 5
