"""DOCX, read back with mammoth, and held against Word's own schema."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import mammoth
from hypothesis import given
from lxml import etree, html

from annotations.export.excerpts import Excerpt
from annotations.export.formats.docx import write
from tests.support.hard_excerpts import HARD, allegation, excerpt, words
from tests.support.office_files import faults

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(*excerpts: Excerpt) -> bytes:
    return b"".join(write(excerpts))


def read(*excerpts: Excerpt) -> html.HtmlElement:
    return html.fromstring(
        f"<main>{mammoth.convert_to_html(io.BytesIO(written(*excerpts))).value}</main>"
    )


def part(name: str, *excerpts: Excerpt) -> etree._Element:
    with ZipFile(io.BytesIO(written(*excerpts))) as parts:
        return etree.fromstring(parts.read(name))


def shown(paragraph: html.HtmlElement) -> str:
    """The words of a paragraph without the signs of notes; a line break is a line feed."""
    for sign in paragraph.findall("sup"):
        sign.drop_tree()
    for line_break in paragraph.findall("br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return str(paragraph.text_content())


def notes(page: html.HtmlElement) -> list[str]:
    return [note.text_content().removesuffix("↑").strip() for note in page.iter("li")]


@given(words)
def test_the_words_the_tag_and_the_note_are_read_back(hard: str) -> None:
    claim = allegation(hard, words=hard, title=hard, authors=hard, publisher=hard)
    page = read(claim)
    *quoted, tag = page.findall("p")
    assert "\n\n".join(map(shown, quoted)) == hard
    assert shown(tag) == f"Allegation: {claim.tag}"
    assert notes(page) == [" ".join(claim.citation().split())]


def test_it_is_in_the_order_of_words_schema() -> None:
    arabic = excerpt("قال إن 15 قتلوا", language="ar", title="نص عربي")
    assert (
        faults(written(*map(excerpt, HARD), arabic, allegation("a\nb")), "docx") == []
    )


def test_a_fault_in_the_order_would_be_found() -> None:
    broken = io.BytesIO()
    with (
        ZipFile(io.BytesIO(written(excerpt()))) as parts,
        ZipFile(broken, "w", ZIP_DEFLATED) as copy,
    ):
        for name in parts.namelist():
            copy.writestr(
                name, parts.read(name).replace(b"<w:b/><w:bCs/>", b"<w:bCs/><w:b/>")
            )
    assert faults(broken.getvalue(), "docx")


def test_every_quotation_has_a_note_of_its_own_between_the_separators() -> None:
    page = read(excerpt(title="One"), excerpt(title="Two"))
    assert [link.get("href") for link in page.iterfind("p/sup/a")] == [
        "#footnote-1",
        "#footnote-2",
    ]
    assert ["“One,”" in notes(page)[0], "“Two,”" in notes(page)[1]] == [True, True]
    found = part("word/footnotes.xml", excerpt(), excerpt())
    assert [(note.get(f"{W}type"), note.get(f"{W}id")) for note in found] == [
        ("separator", "-1"),
        ("continuationSeparator", "0"),
        (None, "1"),
        (None, "2"),
    ]


def test_addresses_in_a_note_are_links() -> None:
    odd = 'https://post.example/?a=1&b="2"\\3'
    links = [
        link.get("href")
        for link in read(excerpt(original_address=odd)).iterfind("ol/li/p/a")
    ]
    assert links[:2] == ["https://post.example/?a=1&b=%222%22%5C3", excerpt().permalink]


def test_words_from_right_to_left_are_runs_of_their_own_in_their_language() -> None:
    document = part("word/document.xml", excerpt("قال 15 Reuters", language="ar"))
    quoted = document.findall(f".//{W}p")[1]
    assert quoted.find(f"{W}pPr/{W}bidi") is not None
    first, second = quoted.findall(f"{W}r")[:2]
    assert first.find(f"{W}rPr/{W}rtl") is not None
    assert first.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ar"
    assert second.find(f"{W}rPr/{W}rtl") is None


def test_a_quotation_says_its_language_and_one_not_known_says_none() -> None:
    for language, told in (("kk", "kk"), ("und", None)):
        quoted = part("word/document.xml", excerpt("Тоқта", language=language)).findall(
            f".//{W}p"
        )[1]
        found = quoted.find(f".//{W}lang")
        assert (None if found is None else found.get(f"{W}val")) == told


def test_paragraphs_of_a_passage_stay_paragraphs_with_one_note() -> None:
    page = read(excerpt("one\n\ntwo"))
    assert [shown(paragraph) for paragraph in page.findall("p")[:2]] == ["one", "two"]
    assert len(notes(page)) == 1


def test_control_characters_are_seen() -> None:
    assert shown(read(excerpt("a\x00\x0bb\ufffe")).findall("p")[0]) == "a␀␋b\ufffd"


def test_without_excerpts_it_is_still_a_document() -> None:
    assert faults(written(), "docx") == []
