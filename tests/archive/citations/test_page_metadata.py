"""What the page of an article says to programs, read as they read it."""

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest
from bibtexparser.entrypoint import parse_string
from django.test import Client
from django.urls import reverse

from archive.citations.author_names import parse_names
from archive.citations.formats import REFERENCE_FORMATS
from archive.citations.page_metadata import coins, json_ld, meta
from archive.citations.reference import Reference
from tests.support.making import MakeArticle, capture_of
from tests.support.pages import Node, page_of

EVIL = """</script><script>alert(1)</script> <!-- "quoted" 'it' & \u2028 </title>"""
ADDRESS = "https://archive.example/articles/day-three/"


def reference(**fields: Any) -> Reference:
    usual: dict[str, Any] = {
        "title": "Day three",
        "authors": parse_names("Ivan Petrov; Human Rights Watch"),
        "publisher": "The Post",
        "published": "2011-12-19",
        "accessed": date(2026, 3, 1),
        "address": "https://post.example/day-three?a=1&b=2",
        "language": "en",
        "archived": ADDRESS,
    }
    return Reference(**usual | fields)


def said(**fields: Any) -> dict[str, list[str]]:
    """The contents of the `meta` elements by name."""
    found: dict[str, list[str]] = {}
    for name, content in meta(reference(**fields)):
        found.setdefault(name, []).append(content)
    return found


def test_highwire_and_dublin_core_say_who_wrote_what_where_and_when() -> None:
    assert said() == {
        "citation_title": ["Day three"],
        "citation_author": ["Petrov, Ivan", "Human Rights Watch,"],
        "citation_publication_date": ["2011/12/19"],
        "citation_publisher": ["The Post"],
        "citation_language": ["en"],
        "citation_public_url": ["https://post.example/day-three?a=1&b=2"],
        "prism.publicationName": ["The Post"],
        "z.itemType": ["newspaperArticle"],
        "DC.title": ["Day three"],
        "DC.creator": ["Ivan Petrov", "Human Rights Watch"],
        "DC.publisher": ["The Post"],
        "DC.date": ["2011-12-19"],
        "DC.language": ["en"],
        "DC.identifier": [ADDRESS],
        "DCTERMS.dateSubmitted": ["2026-03-01"],
    }


@pytest.mark.parametrize(
    ("byline", "ris", "bibtex", "highwire"),
    [
        (
            "Vincent van Gogh",
            "AU  - van Gogh, Vincent\r\n",
            "author = {van Gogh, Vincent}",
            "van Gogh, Vincent",
        ),
        (
            "Human Rights Watch",
            "AU  - Human Rights Watch,\r\n",
            "{{Human Rights Watch}}",
            "Human Rights Watch,",
        ),
        ("Хасан", "AU  - Хасан,\r\n", "{{Хасан}}", "Хасан"),
    ],
)
def test_no_part_of_a_name_is_lost_or_taken_for_another(
    byline: str, ris: str, bibtex: str, highwire: str
) -> None:
    known = reference(authors=parse_names(byline))
    assert ris in REFERENCE_FORMATS["ris"].write(known)
    assert bibtex in REFERENCE_FORMATS["bibtex"].write(known)
    assert said(authors=parse_names(byline))["citation_author"] == [highwire]


def test_what_is_not_known_is_not_said() -> None:
    bare = said(
        authors=(),
        publisher="",
        published="",
        accessed=None,
        address="",
        language="und",
    )
    assert set(bare) == {"citation_title", "z.itemType", "DC.title", "DC.identifier"}
    assert bare["z.itemType"] == ["webpage"]


@pytest.mark.parametrize(
    ("published", "highwire", "schema"),
    [
        ("2011", "2011", "2011"),
        ("2011-12", "2011/12", "2011-12"),
        ("2011-12-19", "2011/12/19", "2011-12-19"),
        *(
            (uncertain, "", "")
            for uncertain in (
                "2011-12~",
                "2011?",
                "2011-12-16/2011-12-19",
                "201X",
                "2011-21",
                "",
            )
        ),
    ],
)
def test_a_date_is_given_only_where_it_is_certain(
    published: str, highwire: str, schema: str
) -> None:
    tags = said(published=published)
    assert "".join(tags.get("citation_publication_date", [])) == highwire
    assert "".join(tags.get("DC.date", [])) == published
    assert json_ld(reference(published=published)).get("datePublished", "") == schema
    assert (
        "".join(parse_qs(coins(reference(published=published))).get("rft.date", []))
        == schema
    )


def test_schema_org_has_what_a_news_article_needs() -> None:
    assert json_ld(reference(credit="Reuters", title_translated="The third day")) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Day three",
        "alternativeHeadline": "The third day",
        "author": [{"@type": "Person", "name": "Ivan Petrov"}, "Human Rights Watch"],
        "creditText": "Reuters",
        "publisher": {"@type": "Organization", "name": "The Post"},
        "datePublished": "2011-12-19",
        "inLanguage": "en",
        "url": "https://post.example/day-three?a=1&b=2",
        "archivedAt": ADDRESS,
        "mainEntityOfPage": ADDRESS,
    }


@pytest.mark.parametrize(
    "title", ["Day & night; 100% = “all”", "Касымов объясняет", EVIL]
)
def test_an_openurl_is_read_back(title: str) -> None:
    assert parse_qs(coins(reference(title=title)), strict_parsing=True) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["newspaperArticle"],
        "rft.title": [title],
        "rft.creator": ["Petrov, Ivan", "Human Rights Watch,"],
        "rft.source": ["The Post"],
        "rft.publisher": ["The Post"],
        "rft.date": ["2011-12-19"],
        "rft.language": ["en"],
        "rft.identifier": ["https://post.example/day-three?a=1&b=2"],
    }


# On the page


def head_of(client: Client, address: str) -> Node:
    return page_of(client.get(address)).one("head")


@pytest.mark.parametrize(
    "title", ["Day three", "Касымов объясняет, почему стреляли", EVIL]
)
def test_the_page_carries_it_whatever_the_title(
    client: Client, make_article: MakeArticle, title: str
) -> None:
    article = make_article(
        title, authors=[title[:100], "Ivan Petrov"], publisher="R&D “Post”"
    )
    address = article.get_absolute_url()
    head = head_of(client, address)
    assert [tag["content"] for tag in head.all("meta", name="citation_title")] == [
        title
    ]
    assert len(head.all("meta", name="citation_author")) == 2
    script = head.one("script", type="application/ld+json")
    assert not [
        script for script in head.all("script") if not script.attributes.get("type")
    ]
    data = json.loads(script.text)
    assert (data["headline"], data["publisher"]["name"]) == (title, "R&D “Post”")
    assert data["archivedAt"] == f"http://testserver{address}"
    assert not set(script.text) & set("<>&\u2028")
    listed = page_of(client.get("/articles/")).one("span", cls="Z3988")
    assert parse_qs(listed["title"])["rft.title"] == [title]


def test_the_day_of_capture_is_said(client: Client, make_article: MakeArticle) -> None:
    article = make_article()
    capture = capture_of(article, b"a", filename="a")
    article.versions.update(capture=capture)
    tag = head_of(client, article.get_absolute_url()).one(
        "meta", name="DCTERMS.dateSubmitted"
    )
    assert tag["content"] == capture.received_at.date().isoformat()


def test_search_results_carry_an_openurl_each(
    client: Client, make_article: MakeArticle
) -> None:
    for n in range(2):
        make_article(f"Fire {n}", "<p>Fire.</p>")
    spans = page_of(client.get("/search/", {"q": "fire"})).all("span", cls="Z3988")
    assert sorted(parse_qs(span["title"])["rft.title"][0] for span in spans) == [
        "Fire 0",
        "Fire 1",
    ]


def test_the_page_leads_to_its_reference_in_every_format(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        "Day three",
        publisher="The Post",
        published="2011-12-19",
        authors=["Ivan Petrov"],
    )
    links = head_of(client, article.get_absolute_url()).all("link", rel="alternate")
    files = {
        link["title"]: client.get(link["href"])
        for link in links
        if "title" in link.attributes
    }
    assert set(files) == {format.label for format in REFERENCE_FORMATS.values()}
    for format in REFERENCE_FORMATS.values():
        response = files[format.label]
        assert response.headers["Content-Type"] == format.media_type
        assert (
            f'filename="{article.slug}.{format.ending}"'
            in response.headers["Content-Disposition"]
        )
    ris = files["RIS"].content.decode()
    assert (
        "AU  - Petrov, Ivan\r\nTI  - Day three\r\nT2  - The Post\r\nPY  - 2011\r\n"
        in ris
    )
    assert f"AV  - http://testserver{article.get_absolute_url()}\r\n" in ris
    (item,) = json.loads(files["CSL-JSON"].content)
    assert (item["author"][0]["family"], item["issued"]["date-parts"]) == (
        "Petrov",
        [[2011, 12, 19]],
    )
    (entry,) = parse_string(files["BibTeX"].content.decode()).entries
    assert (entry.key, entry.fields_dict["date"].value) == ("petrov2011", "2011-12-19")


def test_a_format_that_there_is_not_and_a_withheld_article_are_no_pages(
    client: Client, make_article: MakeArticle
) -> None:
    address = reverse("archive:article-cite", args=[make_article().slug])
    secret = reverse("archive:article-cite", args=[make_article(is_public=False).slug])
    assert client.get(address, {"format": "exe"}).status_code == 404
    assert client.get(secret).status_code == 404
