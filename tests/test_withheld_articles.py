"""Nothing of a withheld article is shown to readers: on pages, in counts, in exports, by search."""

import pytest
from django.test import Client

from annotations.allegations.services import answer, change_status
from annotations.editing import tagging
from annotations.export.formats import FORMATS
from annotations.export.ledgers import LEDGER_FORMATS
from annotations.models import (
    Allegation,
    Annotation,
    StatusChange,
)
from archive.models import Article, User
from tests.support.crawling import content_of, crawl
from tests.support.making import MakeArticle, capture_of
from tests.support.marking import allegation, figure, make_person, make_place, mention
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db


CANARY = "Zyxwv"


@pytest.fixture
def withheld(make_article: MakeArticle, admin: User) -> Article:
    """An article that readers may not see, with the canary in all that is known of it."""
    ivan, aktau = make_person("Ivan Petrov"), make_place("Aktau")
    public = make_article(
        "Public", "<p>Ivan Petrov came to Aktau. 15 died.</p>", published="2011-12-19"
    )
    mention(public, "Ivan Petrov", ivan)
    mention(public, "Aktau", aktau)
    figure(public, "15 died", said_by="Ivan Petrov", said_by_entity=ivan)
    article = make_article(
        f"{CANARY} title",
        f"<p>Ivan Petrov {CANARY} words. Aktau too. 16 died {CANARY}. He fired {CANARY}. He left {CANARY}.</p>",
        publisher=f"{CANARY} publisher",
        authors=[f"{CANARY} author"],
        topics=[f"{CANARY} topic"],
        published="2011-12-20",
        standfirst=f"{CANARY} standfirst",
        credit=f"{CANARY} credit",
        coverage=f"{CANARY} coverage",
        original_address=f"https://{CANARY.lower()}.example/",
        language="kk",
        is_public=False,
    )
    content = f"{CANARY} bytes".encode()
    capture_of(article, content, filename=f"{CANARY}.txt")
    mention(article, "Ivan Petrov", ivan)
    mention(article, "Aktau", aktau)
    said = {"said_by": f"{CANARY} speaker", "said_by_entity": ivan}
    figure(article, f"16 died {CANARY}", "16", counted=f"{CANARY} counted", **said)
    parties = {
        "claimant_entity": ivan,
        "accused_entity": ivan,
        "accused": f"{CANARY} accused",
    }
    allegation(
        article,
        f"He fired {CANARY}",
        f"{CANARY} summary",
        claimant=f"{CANARY} claimant",
        **parties,
    )
    gone = allegation(article, f"He left {CANARY}")
    tagging.delete(gone.pk, gone.revision, admin)
    _answer_publicly(article, public, admin)
    return article


def _answer_publicly(withheld: Article, public: Article, admin: User) -> None:
    """Let a public allegation be answered, charged and copied in an article that is
    withheld."""
    claim, hidden = (
        allegation(public, "came to Aktau", "He came"),
        withheld.annotations.get(kind="allegation"),
    )
    answer(claim.allegation, hidden.allegation, "denies", admin)
    answer(hidden.allegation, claim.allegation, "contradicts", admin)
    change_status(
        StatusChange(allegation=claim.allegation, status="charged", passage=hidden),
        admin,
    )
    Allegation.objects.filter(pk=hidden.pk).update(wording=claim.allegation.wording)


def test_nothing_of_a_withheld_article_is_on_any_page_that_a_reader_finds(
    withheld: Article, somebody: Client
) -> None:
    visited = list(crawl(somebody, "/", "/export/", "/search/?q=died"))
    assert len(visited) > 30
    leaks = [
        address
        for address, response in visited
        if CANARY.lower() in content_of(response).lower()
    ]
    assert leaks == []


def test_every_address_of_a_withheld_article_is_none_for_readers(
    withheld: Article, somebody: Client, as_editor: Client
) -> None:
    capture = withheld.captures.get()
    addresses = [
        *(
            f"/articles/{withheld.slug}/{page}"
            for page in ("", "provenance/", "text/", "original/")
        ),
        *(
            f"/articles/{withheld.slug}/{page}"
            for page in ("versions/1/", "versions/1/text/")
        ),
        f"/articles/{withheld.slug}/original/{capture.sha256}/",
    ]
    for mark in Annotation.objects.filter(article=withheld):
        addresses += [mark.get_absolute_url(), f"{mark.get_absolute_url()}next/"]
        if mark.kind == "allegation":
            addresses.append(f"/allegations/{mark.pk}/")
    assert len(addresses) == 16
    assert [somebody.get(address).status_code for address in addresses] == [404] * 16
    assert {as_editor.get(address).status_code for address in addresses} <= {200, 302}


def test_no_count_that_a_reader_sees_counts_what_is_withheld(
    withheld: Article, somebody: Client
) -> None:
    assert "1 mention, 1 article" in page_of(somebody.get("/people/")).words
    assert (
        "1 mention in 1 article" in page_of(somebody.get("/people/ivan-petrov/")).words
    )
    facets = page_of(somebody.get("/articles/")).one("aside", cls="facets")
    assert {count.text for count in facets.all("span", cls="count")} == {"1"}
    assert "Kazakh" not in facets.words
    assert [
        count.text for count in page_of(somebody.get("/")).all("span", cls="count")
    ] == [
        "1",
        "1",
    ]
    measures = page_of(somebody.get("/figures/")).one("aside")
    assert [count.text for count in measures.all("span", cls="count")] == ["1"]
    facets = page_of(somebody.get("/allegations/")).one("aside", cls="facets")
    assert {count.text for count in facets.all("span", cls="count")} == {"1"}
    assert "no response recorded" in page_of(somebody.get("/allegations/")).words


@pytest.mark.parametrize("name", FORMATS)
def test_no_export_gives_a_reader_what_is_withheld(
    withheld: Article, somebody: Client, name: str
) -> None:
    for query in (
        {},
        {"person": "ivan-petrov"},
        {"publisher": f"{CANARY} publisher"},
        {"article": withheld.slug},
    ):
        assert CANARY not in content_of(
            somebody.get("/export/", {"format": name, **query})
        ).replace(f"{CANARY} publisher", "")


@pytest.mark.parametrize("name", LEDGER_FORMATS)
def test_no_export_of_the_ledger_gives_a_reader_what_is_withheld(
    withheld: Article, somebody: Client, name: str
) -> None:
    told = content_of(somebody.get("/allegations/export/", {"format": name}))
    assert "He came" in told
    assert CANARY not in told


@pytest.mark.parametrize("words", ["words", "title", CANARY, "16", f'"{CANARY} words"'])
def test_no_search_finds_what_is_withheld(
    withheld: Article, somebody: Client, words: str
) -> None:
    page = page_of(somebody.get("/search/", {"q": words}))
    assert not page.all("ol", cls="hits")


def test_lists_narrowed_to_what_is_withheld_show_nothing_of_it(
    withheld: Article, somebody: Client
) -> None:
    for query in ("author", "publisher", "topic"):
        listed = page_of(somebody.get("/articles/", {query: f"{CANARY} {query}"})).one(
            "ul", cls="articles"
        )
        assert CANARY not in listed.words
    assert (
        "16"
        not in page_of(
            somebody.get("/figures/", {"counted": f"{CANARY} counted"})
        ).words
    )
    for narrowed in (
        {"claimant": f"{CANARY} claimant"},
        {"accused": "ivan-petrov"},
        {"publisher": f"{CANARY} publisher"},
    ):
        assert (
            not page_of(somebody.get("/allegations/", narrowed))
            .one("ul", cls="allegations")
            .all("h2")
        )


def test_the_next_mention_passes_over_what_is_withheld(
    withheld: Article, somebody: Client
) -> None:
    mark = Annotation.objects.get(article__is_public=True, kind="person")
    response = somebody.get(f"{mark.get_absolute_url()}next/")
    assert response.headers["Location"] == mark.get_passage_url()


def test_editors_see_what_is_withheld_and_that_it_is(
    withheld: Article, as_editor: Client
) -> None:
    listed = page_of(as_editor.get("/articles/")).one("ul", cls="articles")
    assert "withheld from readers" in listed.words
    assert (
        "2 mentions in 2 articles"
        in page_of(as_editor.get("/people/ivan-petrov/")).words
    )
