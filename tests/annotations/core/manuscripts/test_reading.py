"""Each kind of manuscript, read back from real files; what cannot be read is refused in a
sentence."""

import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from annotations.core.manuscripts import (
    MOST_BYTES,
    MOST_WORDS,
    UnreadableManuscript,
    read_manuscript,
)
from annotations.core.quotes.extractor import positions_in, quotations

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(**parts: str) -> bytes:
    """A ZIP file; `__` in a name stands for `/`, and every part is XML."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name.replace('__', '/')}.xml", content)
    return file.getvalue()


def docx(body: str, footnotes: str = "", styles: str = "") -> bytes:
    inside = {
        "word__document": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    }
    if footnotes:
        inside["word__footnotes"] = (
            f'<w:footnotes xmlns:w="{W}">{footnotes}</w:footnotes>'
        )
    if styles:
        inside["word__styles"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    return zipped(**inside)


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def run(words: str) -> str:
    return f'<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def odt(body: str, styles: str = "", **more: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "style")
    )
    content = f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
    return zipped(content=f"{content}<office:body><office:text>{body}</office:text></office:body>"
                  "</office:document-content>", **more)  # fmt: skip


def refused(content: bytes, name: str) -> str:
    with pytest.raises(UnreadableManuscript) as raised:
        read_manuscript(content, name)
    return str(raised.value)


# Text and Markdown


def test_text_is_read_in_the_encoding_that_it_has() -> None:
    words = (
        "Он сказал, что никто не отдавал приказа и что об этом знали все. Потом он ушёл домой.\n\n"
        "Больше его не видели."
    )
    assert read_manuscript(words.encode("cp1251"), "статья.txt") == words


def test_lines_are_paragraphs_where_no_line_is_blank() -> None:
    long = "He said it again and again. " * 8
    assert (
        len(positions_in(read_manuscript(f"{long}\n{long}\nEnd.".encode(), "a.txt")))
        == 3
    )
    assert (
        len(
            positions_in(
                read_manuscript(b"Wrapped lines\nof a short\nparagraph.", "a.txt")
            )
        )
        == 1
    )


def test_lines_end_as_they_do_on_any_machine_and_pages_are_paragraphs() -> None:
    assert read_manuscript(b"One\r\ntwo.\r\rThree.\fFour.", "a.txt") == (
        "One\ntwo.\n\nThree.\n\nFour."
    )


def test_a_line_of_a_hundred_characters_is_no_paragraph_of_its_own() -> None:
    line = "word " * 19 + "words"

    assert read_manuscript(f"{line}\nEnd.".encode(), "a.txt") == f"{line}\nEnd."
    assert read_manuscript(f"{line}.\nEnd.".encode(), "a.txt") == f"{line}.\n\nEnd."


def test_as_many_words_as_can_be_checked_are_read() -> None:
    content = b"word " * MOST_WORDS

    assert read_manuscript(content, "a.txt").count("word") == MOST_WORDS


def test_a_file_of_as_many_bytes_as_may_be_is_not_too_large() -> None:
    assert refused(b" " * MOST_BYTES, "a.txt") == "It is empty."


def test_markdown_loses_its_signs_and_keeps_notes_and_block_quotations() -> None:
    text = (
        "---\ntitle: X\n---\n# Head\n\nHe *said* “no **order**”[^1] [here](https://example.org).\n\n"
        "> Nobody\n> gave it.\n\n[^1]: See “no\n    word”.\n"
    )
    assert read_manuscript(text.encode(), "a.md").split("\n\n") == [
        "Head",
        "He said “no order”[^1] here.",
        "> Nobody gave it.",
        "[^1]: See “no word”.",
    ]


# HTML


def test_a_page_gives_the_words_that_are_seen() -> None:
    page = (
        "<html><head><title>No</title><style>p{}</style><script>no()</script></head><body><h1>Head</h1>"
        "<p>He&nbsp;said <q>no <b>order</b></q><sup><a href='#n'>1</a></sup>,<br>twice.<p>Ten<sup>th</sup>."
        "<blockquote><p>Nobody.</p><p>Never.</p></blockquote><table><tr><td>14</td><td>15</td></tr></table>"
    )
    assert read_manuscript(page.encode(), "a.html").split("\n\n") == [
        "Head", "He said “no order”,\ntwice.", "Tenth.", "> Nobody.", "> Never.", "14", "15",
    ]  # fmt: skip


def test_a_page_is_decoded_as_it_says() -> None:
    page = '<meta charset="windows-1251"><p>«Да»</p>'
    assert read_manuscript(page.encode("cp1251"), "a.htm") == "«Да»"


def test_what_a_page_says_goes_before_what_its_bytes_look_like() -> None:
    page = '<META http-equiv=x content="text/html; charset=ISO-8859-5"><p>«Да»</p>'
    content = page.replace("«Да»", "Да").encode("iso-8859-5")

    assert read_manuscript(content, "a.htm") == "Да"


def test_a_page_that_is_wrong_about_its_encoding_is_decoded_by_its_bytes() -> None:
    for declared in ("ascii", "no-such"):
        page = f'<meta charset="{declared}"><p>«Да»</p>'
        assert read_manuscript(page.encode(), "a.html") == "«Да»"


def test_an_encoding_is_declared_in_the_head_of_a_page_only() -> None:
    page = "<p>" + "x" * 2048 + '</p><meta charset="koi8-r"><p>«Да»</p>'

    assert read_manuscript(page.encode(), "a.html").endswith("\n\n«Да»")


def test_block_quotations_stand_in_each_other_and_end_one_by_one() -> None:
    page = (
        "<p>Out.</p></blockquote><blockquote>One.<blockquote>Two.</blockquote>"
        "One.</blockquote><p>Out.</p>"
    )

    assert read_manuscript(page.encode(), "a.html").split("\n\n") == [
        "Out.",
        "> One.",
        "> Two.",
        "> One.",
        "Out.",
    ]


def test_a_line_break_in_a_block_quotation_stays_in_it() -> None:
    page = b"<blockquote>Nobody <br> gave it.</blockquote>"

    assert read_manuscript(page, "a.html") == "> Nobody\n> gave it."


def test_an_element_without_words_ends_what_was_left_open_in_it() -> None:
    page = b"<p>A<svg><math>no</svg> b</math>.</p>"

    assert read_manuscript(page, "a.html") == "A b."


@pytest.mark.parametrize("mark", ["1", "123", "[12]", "*", " † "])
def test_a_raised_number_or_star_marks_a_note_and_is_left_out(mark: str) -> None:
    page = f"<p>He said so.<sup>{mark}</sup> Twice<sup>x</sup>.</p>"

    assert read_manuscript(page.encode(), "a.html") == "He said so. Twicex."


def test_what_is_raised_at_the_very_end_of_a_page_is_read() -> None:
    assert read_manuscript(b"<p>Ten<sup>th", "a.html") == "Tenth"


# Word


def test_a_word_file_gives_its_text_after_all_changes_and_its_notes() -> None:
    changed = f"<w:del><w:r><w:delText>new </w:delText></w:r></w:del><w:ins>{run('order')}</w:ins>"
    called = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/></w:r>'
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    separator = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph(run("no"))}</w:footnote>'
    )
    content = docx(
        paragraph(run("He said “no "), changed, run("”"), called, run("twice."), field)
        + paragraph(run("Nobody gave it."), style="Zitat")
        + paragraph(run("Nor this."), style="a7")
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('14'))}</w:tc></w:tr></w:tbl>",
        footnotes=f'{separator}<w:footnote w:id="2">{paragraph(run("See “no word”."))}</w:footnote>',
        styles='<w:style w:styleId="a7"><w:name w:val="Intense Quote"/></w:style>',
    )
    assert read_manuscript(content, "a.docx").split("\n\n") == [
        "He said “no order”[^2] twice.", "> Nobody gave it.", "> Nor this.", "14", "[^2]: See “no word”.",
    ]  # fmt: skip


def test_an_open_document_gives_its_text_and_its_notes() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See “no word”.</text:p>"
    content = odt(
        "<text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes><text:h>Head</text:h>"
        f'<text:p>He said “no<text:s text:c="2"/><text:span>order</text:span>”{note}</text:note-body></text:note>, '
        "<office:annotation><text:p>Comment.</text:p></office:annotation>twice.</text:p>"
        '<text:p text:style-name="P1">Nobody gave it.</text:p>',
        styles='<style:style style:name="P1" style:parent-style-name="Quotations"/>',
    )
    assert read_manuscript(content, "a.odt").split("\n\n") == [
        "Head", "He said “no  order”[^1], twice.", "> Nobody gave it.", "[^1]: See “no word”.",
    ]  # fmt: skip


def test_a_style_is_for_quotations_if_one_that_it_was_made_from_is() -> None:
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Quotations"/>'
        '<style:style style:name="P2" style:parent-style-name="P1"/>'
        '<style:style style:name="P3" style:parent-style-name="Standard"/>'
        '<style:style style:name="P4"/>'
    )
    paragraphs = [
        f'<text:p text:style-name="{style}">{style}.</text:p>'
        for style in ("P2", "P3", "P4", "Zitat")
    ]
    content = odt("".join(paragraphs) + "<text:p>None.</text:p>", styles=styles)

    assert read_manuscript(content, "a.odt").split("\n\n") == [
        "> P2.",
        "P3.",
        "P4.",
        "> Zitat.",
        "None.",
    ]


def test_blanks_between_the_paragraphs_of_an_open_document_are_no_text() -> None:
    body = (
        "\n no \n<text:p>One\n  <text:tab/>two.</text:p>\n no \n<text:p>Three.</text:p>"
    )

    assert read_manuscript(odt(body), "a.odt").split("\n\n") == [
        "One  two.",
        "Three.",
    ]


def test_many_blanks_of_an_open_document_are_no_more_than_a_thousand() -> None:
    body = '<text:p>a<text:s/>b<text:s text:c="x"/>c<text:s text:c="9999"/>d</text:p>'

    assert read_manuscript(odt(body), "a.odt") == f"a b c{' ' * 1000}d"


def test_notes_of_an_open_document_are_numbered_and_each_has_its_mark() -> None:
    def note(words: str) -> str:
        body = f"<text:note-body><text:p>{words}</text:p><text:p>More.</text:p>"
        return f"<text:note>{body}</text:note-body></text:note>"

    content = odt(f"<text:p>One{note('A.')} two{note('B.')}.</text:p>")

    assert read_manuscript(content, "a.odt").split("\n\n") == [
        "One[^1] two[^2].",
        "[^1]: A.",
        "More.",
        "[^2]: B.",
        "More.",
    ]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FETCH = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BOMB, FETCH])
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_entities_are_refused_before_they_are_read(doctype: str, kind: str) -> None:
    part = "word__document" if kind == "docx" else "content"
    told = refused(zipped(**{part: f"{doctype}<x>&a;</x>"}), f"a.{kind}")
    assert told == "It declares a document type, which no manuscript needs."


def test_a_file_that_unpacks_to_far_too_much_is_refused() -> None:
    bomb = docx(paragraph(run("a" * 70_000_000)))
    assert len(bomb) < 100_000
    assert refused(bomb, "a.docx") == "It unpacks to far more than a manuscript holds."


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.txt", "It is empty."),
        (b"<p></p>", "a.html", "No words were found in it."),
        (
            b"words",
            "a.pages",
            "Files of the kind “.pages” are not read; these are: .docx, .htm",
        ),
        (b"no zip", "a.docx", "It is not a DOCX file, or damaged."),
        (b"PK\x03\x04 broken", "a.odt", "It is not a ODT file, or damaged."),
        (
            b"\xd0\xcf\x11\xe0 an old .doc",
            "a.docx",
            "It is protected with a password, or of an older kind",
        ),
        (zipped(other="<x/>"), "a.docx", "There is no text of a DOCX file in it."),
        (zipped(word__document="<x>"), "a.docx", "It is not a DOCX file, or damaged."),
        (b"%PDF-1.4 broken", "a.pdf", "It is not a PDF file, or damaged."),
        (b"\x89PNG\r\n", "a.txt", "It is a binary file, not a text."),
        (b"x" * (MOST_BYTES + 1), "a.txt", "It is too large"),
        (
            b"word " * (MOST_WORDS + 1),
            "a.txt",
            "It has 250,001 words, where 250,000 can be checked at once",
        ),
    ],
    ids=lambda value: value[:17] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    content: bytes, name: str, told: str
) -> None:
    assert refused(content, name).startswith(told)


def test_an_encrypted_open_document_is_refused() -> None:
    manifest = '<m:manifest xmlns:m="urn:x"><m:encryption-data/></m:manifest>'
    content = odt("<text:p>Words.</text:p>", **{"META-INF__manifest": manifest})
    assert (
        refused(content, "a.odt")
        == "It is protected with a password: save it without one."
    )


def test_an_open_document_with_a_broken_list_of_parts_is_refused() -> None:
    content = odt("<text:p>Words.</text:p>", **{"META-INF__manifest": "<m>"})

    assert refused(content, "a.odt") == "It is not a ODT file, or damaged."


# PDF


def pdf(*paragraphs: str, head: str = "") -> bytes:
    """A book's page, hyphenated by its typesetter at the ends of lines as `-` shows, with a
    running head."""
    file = BytesIO()
    style = ParagraphStyle(
        "body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=8
    )

    def decorated(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.drawString(60, A5[1] - 40, head)
        canvas.drawString(200, 30, str(document.page))

    document = SimpleDocTemplate(file, pagesize=A5)
    document.build(
        [Paragraph(words, style) for words in paragraphs],
        onFirstPage=decorated,
        onLaterPages=decorated,
    )
    return file.getvalue()


LONG = (
    "The captain spoke for an hour of boats and of weather, and nobody in the hall could say "
    "what he had meant by it."
)


def test_a_pdf_gives_whole_paragraphs_without_heads_and_page_numbers() -> None:
    content = pdf(
        *[
            f"{LONG} {LONG} In chapter {n} he said “nobody gave the order” twice."
            for n in range(20)
        ],
        head="A Book of Boats",
    )
    assert len(PdfReader(BytesIO(content)).pages) > 2
    text = read_manuscript(content, "a.pdf")
    assert "Book of Boats" not in text
    assert [each.words for each in quotations(positions_in(text))] == [
        "nobody gave the order"
    ] * 20
    assert len(positions_in(text)) == 20


def test_a_word_that_a_pdf_parts_at_the_end_of_a_line_is_put_together() -> None:
    content = pdf(
        "He said “nobody gave the or-<br/>der to the well-<br/>known men” there."
    )
    (one,) = quotations(positions_in(read_manuscript(content, "a.pdf")))
    assert one.wording.keys == [
        "nobody",
        "gave",
        "the",
        "order",
        "to",
        "the",
        "wellknown",
        "men",
    ]
    assert one.words.count("\u00ad") == 2


def in_private_use(content: bytes, **letters: str) -> bytes:
    """The same PDF, whose fonts say that some ASCII letters stand for these characters."""
    lines = [
        f"<{ord(letter):02x}> <{ord(character):04x}>"
        for letter, character in letters.items()
    ]
    to_unicode = StreamObject()
    to_unicode.set_data(
        "\n".join([f"{len(lines)} beginbfchar", *lines, "endbfchar"]).encode("ascii")
    )
    writer = PdfWriter(clone_from=BytesIO(content))
    reference = writer._add_object(to_unicode)
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font.get_object()[NameObject("/ToUnicode")] = reference
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_ligatures_that_a_browser_prints_in_private_use_are_their_letters() -> None:
    content = in_private_use(
        pdf("The oVcer said: “Wve Zags on the staX, muUed.”"),
        X="\uf000",
        W="\uf001",
        Z="\uf002",
        V="\uf003",
        U="\uf004",
    )
    text = read_manuscript(content, "a.pdf")
    assert text == "The officer said: “five flags on the staff, muffled.”"


def test_a_letter_that_a_pdf_does_not_tell_is_shown_as_unknown() -> None:
    content = in_private_use(
        pdf("“The Zrder of the day” was read. Y And then?"), Z="\ue123", Y="\uf0b7"
    )
    text = read_manuscript(content, "a.pdf")
    assert text == "“The \ufffdrder of the day” was read. \uf0b7 And then?"


def test_a_letter_that_a_pdf_tells_as_nul_is_none() -> None:
    content = in_private_use(pdf("NobodyZ gave it."), Z="\0")

    assert read_manuscript(content, "a.pdf") == "Nobody gave it."


def test_a_pdf_of_which_hardly_a_letter_is_told_is_refused() -> None:
    letters = {letter: chr(0xF000 + ord(letter)) for letter in "abdehilnorstuwy"}
    content = in_private_use(pdf(LONG), **letters)
    assert refused(content, "a.pdf").startswith(
        "Its fonts do not say which letters its signs are"
    )


def test_a_pdf_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf("Words.")))
    writer.encrypt("secret", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    assert (
        refused(file.getvalue(), "a.pdf")
        == "It is protected with a password: save it without one."
    )


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf("Words.")))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)

    assert read_manuscript(file.getvalue(), "a.pdf") == "Words."


def test_a_pdf_of_pictures_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    file = BytesIO()
    writer.write(file)
    assert refused(file.getvalue(), "a.pdf").startswith(
        "It holds pictures of pages and no text"
    )
