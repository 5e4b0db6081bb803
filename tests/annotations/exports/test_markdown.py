"""Markdown, read back with a CommonMark parser."""

from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from annotations.excerpts import Excerpt
from annotations.exports.markdown import write
from tests.annotations.exports.hard import allegation, excerpt, words


def read(*excerpts: Excerpt) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("commonmark").parse("".join(write(excerpts))))


def shown(node: SyntaxTreeNode) -> str:
    """The words that a reader sees; line breaks in the source stay line breaks."""
    if node.type in ("text", "text_special", "code_inline", "html_inline", "html_block", "fence", "code_block"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return ("\n\n" if node.type == "blockquote" else "").join(shown(child) for child in node.children)


def inline_types(tokens: list[Token]) -> set[str]:
    return {child.type for token in tokens for child in token.children or []}


@given(words)
def test_the_words_are_shown_as_they_are(hard: str) -> None:
    page = read(excerpt(hard))
    assert [node.type for node in page.children] == ["blockquote", "paragraph", "hr"]
    quotation = page.children[0]
    assert {node.type for node in quotation.children} == {"paragraph"}
    assert shown(quotation).split() == hard.split()


@given(words)
def test_nothing_in_a_tag_or_a_citation_is_taken_for_markdown(hard: str) -> None:
    line = " ".join(hard.split())
    claim = allegation(line, title=line, authors=line, publisher=line)
    page = read(claim)
    assert [node.type for node in page.children] == ["blockquote", "paragraph", "hr"]
    told = shown(page.children[1])
    assert told.startswith(f"Allegation: {line} (partly admitted)")
    assert told.endswith(claim.citation())


def test_html_stays_words() -> None:
    tokens = MarkdownIt("commonmark").parse("".join(write([excerpt("<b>bold</b>", title="<script>")])))
    assert not {"html_inline", "html_block"} & ({token.type for token in tokens} | inline_types(tokens))


def test_the_permanent_address_is_a_link() -> None:
    (link,) = (node for node in read(excerpt()).walk() if node.type == "link")
    assert link.attrs["href"] == excerpt().permalink


def test_a_summary_of_several_lines_stays_in_its_line() -> None:
    page = read(allegation("They fired.\n\nThen they left.\n# Nobody fell"))
    assert [node.type for node in page.children] == ["blockquote", "paragraph", "hr"]


def test_each_excerpt_is_parted_from_the_next() -> None:
    page = read(excerpt(), excerpt("two\n\nparagraphs"))
    assert [node.type for node in page.children] == ["blockquote", "paragraph", "hr"] * 2
