"""Citations of many passages of one article: the same as if each were cited by itself."""

from dataclasses import replace

import pytest
from hypothesis import given

from archive.citations.citation import STYLES, Reference, plain
from archive.citations.passages import _ARCHIVED, _PARAGRAPH, PassageCitations
from tests.support.citation_references import REFERENCES, reference
from tests.support.hard_excerpts import words

PERMALINK = "https://archive.example/annotations/3c1b2f0e-0000-4000-8000-000000000000/"


def in_full(article: Reference, style: str, paragraph: int, archived: str) -> str:
    passage = replace(article, paragraph=paragraph, archived=archived)
    return plain(STYLES[style].cite(passage))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("article", REFERENCES.values(), ids=REFERENCES)
def test_a_passage_is_cited_as_it_is_by_itself(article: Reference, style: str) -> None:
    citations = PassageCitations(article, style)
    for paragraph in (1, 12, 1_200):
        expected = in_full(article, style, paragraph, PERMALINK)
        assert citations.citation(paragraph, PERMALINK) == expected


@pytest.mark.parametrize("style", STYLES)
def test_whatever_the_article_is_called(style: str) -> None:
    @given(words)
    def is_cited_so(hard: str) -> None:
        article = reference(hard, title_translated=hard, publisher=hard, by=hard)
        expected = in_full(article, style, 4, PERMALINK)
        assert PassageCitations(article, style).citation(4, PERMALINK) == expected

    is_cited_so()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("title", [f"No. {_PARAGRAPH}", f"See {_ARCHIVED}"])
def test_an_article_may_be_called_what_stands_in_for_a_passage(
    style: str, title: str
) -> None:
    article = reference(title)
    expected = in_full(article, style, 4, PERMALINK)
    assert PassageCitations(article, style).citation(4, PERMALINK) == expected


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("paragraph", "archived"),
    [(0, PERMALINK), (4, ""), (4, "https://a.example/1."), (4, "urn:passage:1,")],
)
def test_a_passage_unlike_what_stands_in_for_it_is_cited_in_full(
    style: str, paragraph: int, archived: str
) -> None:
    article = reference()
    cited = PassageCitations(article, style).citation(paragraph, archived)
    assert cited == in_full(article, style, paragraph, archived)
