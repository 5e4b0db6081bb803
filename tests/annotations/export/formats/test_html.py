"""HTML, read back with html5lib, which is strict and does as browsers do."""

import html5lib
import pytest
from hypothesis import given
from lxml import etree

from annotations.export.excerpts import Excerpt
from annotations.export.formats.html import write
from tests.support.hard_excerpts import allegation, excerpt, words


def read(*excerpts: Excerpt) -> etree._Element:
    """Return the page. Raises html5lib.html5parser.ParseError where HTML5 calls it an error."""
    parser = html5lib.HTMLParser(
        html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False
    )
    return parser.parse("".join(write(excerpts))).getroot()


def text(element: etree._Element) -> str:
    return "".join(element.itertext())


def quotation(element: etree._Element) -> str:
    """The words of a quotation as they are seen: without the number of its note."""
    for number in element.findall(".//sup"):
        number.getparent().remove(number)
    paragraphs = []
    for paragraph in element.findall("p"):
        for line_break in paragraph.findall("br"):
            line_break.tail = f"\n{(line_break.tail or '').removeprefix(chr(10))}"
        paragraphs.append(text(paragraph))
    return "\n\n".join(paragraphs)


@given(words)
def test_the_words_the_tag_and_the_note_are_shown_as_they_are(hard: str) -> None:
    claim = allegation(hard, words=hard, title=hard, authors=hard, publisher=hard)
    page = read(claim)
    (quoted,) = page.iter("blockquote")
    assert quotation(quoted) == hard
    (tag,) = page.iter("bdi")
    assert text(tag) == claim.tag
    (noted,) = page.iter("li")
    assert text(noted).startswith(claim.citation())
    assert [element.tag for element in page.iter("script", "b", "img")] == ["b"]


def test_notes_and_quotations_lead_to_each_other() -> None:
    page = read(excerpt(), excerpt("14"))
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    to_notes = [a.get("href") for a in page.iter("a") if a.get("role") == "doc-noteref"]
    back = [a.get("href") for a in page.iter("a") if a.get("role") == "doc-backlink"]
    assert (to_notes, back) == (["#note-1", "#note-2"], ["#quote-1", "#quote-2"])
    assert ids == {address[1:] for address in (*to_notes, *back)}


@pytest.mark.parametrize(
    ("language", "lang", "direction"),
    [("ar", "ar", "rtl"), ("kk", "kk", "ltr"), ("und", "", "auto"), ("", "", "auto")],
)
def test_each_quotation_says_its_language_and_direction(
    language: str, lang: str, direction: str
) -> None:
    (quoted,) = read(excerpt("نص عربي", language=language)).iter("blockquote")
    assert (quoted.get("lang"), quoted.get("dir")) == (lang, direction)


def test_it_needs_nothing_from_elsewhere() -> None:
    page = read(excerpt())
    assert not [*page.iter("script", "link", "img", "iframe")]
    assert "url(" not in text(page)


def test_paragraphs_and_lines_stay_apart() -> None:
    page = read(excerpt("one\ntwo\n\nthree"))
    (quoted,) = page.iter("blockquote")
    assert quotation(quoted) == "one\ntwo\n\nthree"


def test_the_note_opens_the_original_at_the_words() -> None:
    page = read(excerpt())
    assert excerpt().original_link in [a.get("href") for a in page.iter("a")]


def test_no_excerpts_are_said_to_be_none() -> None:
    assert "No excerpts." in text(read())
