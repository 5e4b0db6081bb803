"""A reader that is not ours for every format: from the bytes of a file to the words of its
excerpts, in their order.

A new format gets one here; `test_every_format` fails until it has.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import mammoth
import rispy
from bibtexparser.entrypoint import parse_string
from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from openpyxl import load_workbook
from pylatexenc.latex2text import LatexNodes2Text

from tests.support.schemas import TEI, text_of, valid_tei


def of_csv(content: bytes) -> list[str]:
    rows = csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True)
    return [row["words"].removeprefix("'") for row in rows]


def of_xlsx(content: bytes) -> list[str]:
    header, *rows = load_workbook(io.BytesIO(content), data_only=False)[
        "Excerpts"
    ].iter_rows()
    column = [cell.value for cell in header].index("words")
    assert not [cell for row in rows for cell in row if cell.data_type == "f"], (
        "a formula"
    )
    return [row[column].value for row in rows]


def of_json(content: bytes) -> list[str]:
    return [row["words"] for row in json.loads(content)]


def of_csl_json(content: bytes) -> list[str]:
    return [item["annote"] for item in json.loads(content)]


def of_jsonld(content: bytes) -> list[str]:
    """The words are in the selector of each annotation that quotes."""
    annotations = json.loads(content).get("first", {}).get("items", [])
    selectors = (
        node for annotation in annotations for node in _objects(annotation["target"])
    )
    return [
        node["exact"] for node in selectors if node.get("type") == "TextQuoteSelector"
    ]


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
    for child in (
        value.values()
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else ()
    ):
        yield from _objects(child)


def of_notes(content: bytes) -> list[str]:
    """Each quotation has a number, and the note of that number stands below it."""
    noted = re.compile(
        r"“(.*?)”\[(\d+)\]\n\n\2\. [^\n]+\n +Characters [^\n]+\n{3}", re.DOTALL
    )
    return [found[1] for found in noted.finditer(content.decode())]


def of_ris(content: bytes) -> list[str]:
    """The words are the lines of the note up to the closing quotation mark, after which stands
    the tag."""
    notes = (
        "\n".join(record["notes"])
        for record in rispy.loads(content.decode(), newline="\r\n")
    )
    return [
        found[1]
        for note in notes
        if (found := re.match(r"“(.*?)”\n\w+: ", note, re.DOTALL))
    ]


def of_bibtex(content: bytes) -> list[str]:
    """BibTeX has no lines: there the words are on one."""
    library = parse_string(content.decode())
    assert not library.failed_blocks
    return [
        _quoted(plain_of_tex(str(entry.fields_dict["note"].value)))
        for entry in library.entries
    ]


def plain_of_tex(latex: str) -> str:
    """What TeX sets; pylatexenc does not know the names of the braces, and takes another
    circumflex."""
    latex = latex.replace(r"\textbraceleft{}", r"\{").replace(
        r"\textbraceright{}", r"\}"
    )
    set_as = str(LatexNodes2Text(strict_latex_spaces=True).latex_to_text(latex))
    return " ".join(set_as.replace("\u02c6", "^").split())


def _quoted(note: str) -> str:
    return note.removeprefix("“").partition("”: ")[0]


def of_markdown(content: bytes) -> list[str]:
    page = SyntaxTreeNode(
        MarkdownIt("commonmark").use(footnote_plugin).parse(content.decode())
    )
    return [
        "\n\n".join(map(_shown, quote.children))
        for quote in page.children
        if quote.type == "blockquote"
    ]


def _shown(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return (
        node.content
        if node.type in ("text", "text_special")
        else "".join(map(_shown, node.children))
    )


def of_html(content: bytes) -> list[str]:
    parser = html5lib.HTMLParser(
        html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False
    )
    return [
        "\n\n".join(_lines(p) for p in quote.findall("p"))
        for quote in parser.parse(content).iter("blockquote")
    ]


def of_docx(content: bytes) -> list[str]:
    """Each quotation is all paragraphs up to one that has a note, and a tag follows it."""
    page = html.fromstring(
        f"<main>{mammoth.convert_to_html(io.BytesIO(content)).value}</main>"
    )
    found, open_, after_note = [], "", False
    for paragraph in page.findall("p"):
        if after_note:
            after_note = False
            continue
        after_note = paragraph.find("sup") is not None
        open_ += ("\n\n" if open_ else "") + _lines(paragraph)
        if after_note:
            found.append(open_)
            open_ = ""
    return found


def _lines(paragraph: etree._Element) -> str:
    """The words of a paragraph of HTML without the signs of its notes; a line break is a line
    feed."""
    words = paragraph.text or ""
    for child in paragraph:
        inside = {"br": "\n", "sup": ""}.get(child.tag)
        tail = child.tail or ""
        words += (_lines(child) if inside is None else inside) + (
            tail.lstrip("\n") if child.tag == "br" else tail
        )
    return words


def of_tei(content: bytes) -> list[str]:
    notes = valid_tei(content.decode()).iter(f"{TEI}note")
    return [text_of(note) for note in notes if note.get("type") == "quote"]


READERS: dict[str, Callable[[bytes], list[str]]] = {
    "csv": of_csv,
    "xlsx": of_xlsx,
    "ris": of_ris,
    "bibtex": of_bibtex,
    "csl-json": of_csl_json,
    "docx": of_docx,
    "markdown": of_markdown,
    "html": of_html,
    **dict.fromkeys(("chicago", "mla", "apa"), of_notes),
    "json": of_json,
    "jsonld": of_jsonld,
    "tei": of_tei,
    "tei-inline": of_tei,
}
# Formats that have no lines.
ON_ONE_LINE = {"bibtex"}
