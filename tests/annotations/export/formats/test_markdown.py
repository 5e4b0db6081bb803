"""Markdown, read back with a CommonMark parser that knows footnotes."""

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from annotations.export.excerpts import Excerpt
from annotations.export.formats.markdown import write
from tests.support.hard_excerpts import allegation, excerpt, words

PARSER = MarkdownIt("commonmark").use(footnote_plugin)
ONE = ["blockquote", "paragraph"]


def read(*excerpts: Excerpt) -> SyntaxTreeNode:
    return SyntaxTreeNode(PARSER.parse("".join(write(excerpts))))


def types(page: SyntaxTreeNode) -> list[str]:
    return [node.type for node in page.children]


def shown(node: SyntaxTreeNode) -> str:
    """The words that a reader sees; line breaks in the source stay line breaks."""
    if node.type in (
        "text",
        "text_special",
        "code_inline",
        "html_inline",
        "html_block",
        "fence",
        "code_block",
    ):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return ("\n\n" if node.type == "blockquote" else "").join(
        shown(child) for child in node.children
    )


def notes(page: SyntaxTreeNode) -> list[str]:
    return [shown(node) for node in page.walk() if node.type == "footnote"]


def inline_types(tokens: list[Token]) -> set[str]:
    return {child.type for token in tokens for child in token.children or []}


@given(words)
@example("^")
def test_the_words_are_shown_as_they_are(hard: str) -> None:
    page = read(excerpt(hard))
    assert types(page) == [*ONE, "footnote_block"]
    quotation = page.children[0]
    assert {node.type for node in quotation.children} == {"paragraph"}
    assert shown(quotation) == hard


@given(words)
def test_nothing_in_a_tag_or_a_citation_is_taken_for_markdown(hard: str) -> None:
    line = " ".join(hard.split())
    claim = allegation(line, title=line, authors=line, publisher=line)
    page = read(claim)
    assert types(page) == [*ONE, "footnote_block"]
    assert shown(page.children[1]) == f"Allegation: {line} (partly admitted)"
    assert notes(page) == [claim.citation()]


def test_html_stays_words() -> None:
    tokens = PARSER.parse("".join(write([excerpt("<b>bold</b>", title="<script>")])))
    assert not {"html_inline", "html_block"} & (
        {token.type for token in tokens} | inline_types(tokens)
    )


def test_addresses_are_links_and_the_outlet_is_in_italics() -> None:
    page = read(excerpt())
    links = [node.attrs["href"] for node in page.walk() if node.type == "link"]
    assert links == [excerpt().source.original_address, excerpt().permalink]
    assert [shown(node) for node in page.walk() if node.type == "em"] == ["The Post"]


def test_a_summary_of_several_lines_stays_in_its_line() -> None:
    assert types(read(allegation("They fired.\n\nThen they left.\n# Nobody fell"))) == [
        *ONE,
        "footnote_block",
    ]


def test_each_excerpt_has_a_note_of_its_own() -> None:
    page = read(excerpt(title="One"), excerpt("two\n\nparagraphs", title="Two"))
    assert types(page) == [*ONE, *ONE, "footnote_block"]
    assert len(page.children[2].children) == 2
    first, second = notes(page)
    assert ("“One,”" in first, "“Two,”" in second) == (True, True)


@pytest.mark.parametrize(
    "address",
    ["https://x.example/<a>", "https://x.example/a_b*c", "https://x.example/a b\\"],
)
def test_an_address_with_signs_stays_one_link(address: str) -> None:
    page = read(excerpt(original_address=address))
    assert len([node for node in page.walk() if node.type == "link"]) == 2
