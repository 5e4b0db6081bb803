import unicodedata
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.text.canonical import (
    PARAGRAPH_BREAK,
    CanonicalText,
    canonicalise,
    paragraph_of,
    paragraphs,
    pieces,
)
from archive.text.sanitise import (
    ADDRESS_SCHEMES,
    BLOCKS,
    CONTAINERS,
    INLINE,
    clean,
)
from tests.support import strategies
from tests.support.markup import misplaced, text_content, tree


@given(strategies.canonical)
def test_the_text_is_the_text_content_of_the_html(made: CanonicalText) -> None:
    assert text_content(made.html) == made.text


@given(strategies.canonical)
def test_the_canonical_form_of_a_canonical_form_is_itself(made: CanonicalText) -> None:
    assert canonicalise(made.html) == made


@given(strategies.plain_reports)
@example("<p>a</p><p>b</p>\n<h2> </h2>\n\n<p><em></em>&quot;c\n d&quot;<em> e</em></p>")
@example("<p>\t\u0085a\u2028\ufeff\ufffe\u00ad\u200b</p>")
def test_a_text_of_nothing_but_words_needs_no_parser_to_be_clean(html: str) -> None:
    # A comment, which is no word, has everything parsed.
    parsed = canonicalise(f"{html}<!-- -->")

    assert clean(html) == html
    assert canonicalise(html) == parsed


def test_an_unfinished_paragraph_after_many_does_not_take_long() -> None:
    html = "<p>Words and <em>words</em> &quot;here&quot;.</p>\n" * 20_000

    assert len(paragraphs(canonicalise(f"{html}<p>&quot;").text)) == 20_001


@given(strategies.canonical)
def test_no_line_of_a_text_begins_or_ends_with_a_blank(made: CanonicalText) -> None:
    assert all(line == line.strip(" \t\r") for line in made.text.split("\n"))


@given(strategies.canonical)
def test_blocks_are_parted_by_exactly_one_blank_line(made: CanonicalText) -> None:
    assert "\n\n\n" not in made.text
    assert made.text == made.text.strip("\n")


@given(strategies.canonical)
def test_every_run_of_words_is_composed(made: CanonicalText) -> None:
    assert all(
        unicodedata.is_normalized("NFC", run) for run in tree(made.html).itertext()
    )


@given(strategies.canonical)
def test_no_element_stands_where_a_browser_would_move_it(made: CanonicalText) -> None:
    assert misplaced(made.html) == []


@given(strategies.canonical)
def test_no_element_is_empty(made: CanonicalText) -> None:
    elements = list(tree(made.html).iter())[1:]

    assert all(
        "".join(element.itertext()) for element in elements if element.tag != "br"
    )


@given(strategies.prose)
def test_a_paragraph_keeps_each_character_that_a_reader_sees(line: str) -> None:
    made = canonicalise(f"<p>{escape(line)}</p>")

    assert made.text == unicodedata.normalize("NFC", line)


@given(st.lists(strategies.prose, min_size=1, max_size=5))
def test_every_code_point_is_in_the_paragraph_that_paragraph_of_says(
    lines: list[str],
) -> None:
    text = canonicalise("".join(f"<p>{escape(line)}</p>" for line in lines)).text

    numbered = list(enumerate(paragraphs(text), start=1))

    assert len(numbered) == len(lines)
    for number, (start, block) in numbered:
        assert text[start : start + len(block)] == block
        assert {paragraph_of(text, at) for at in range(start, start + len(block))} == {
            number
        }


def test_an_empty_page_has_an_empty_text() -> None:
    assert canonicalise("<p> </p><div>\n</div><b></b>") == CanonicalText("", "")


def test_white_space_is_folded_as_a_browser_folds_it() -> None:
    assert (
        canonicalise("<p>\n  Two\t <b> words </b>\r\n here </p>").html
        == "<p>Two <b>words</b> here</p>"
    )


def test_a_no_break_space_is_a_letter_like_any_other() -> None:
    assert canonicalise("<p>16&nbsp;убитых</p>").text == "16\u00a0убитых"


def test_kazakh_letters_and_emoji_come_through() -> None:
    assert (
        canonicalise("<p>Жаңаөзен, Шетпе 😀 Қалмұханбет</p>").text
        == "Жаңаөзен, Шетпе 😀 Қалмұханбет"
    )


def test_letters_with_loose_accents_become_one_code_point() -> None:
    assert canonicalise("<p>Cafe\u0301 Васили\u0306</p>").text == "Café Василй"


def test_an_accent_joins_its_letter_across_an_element_that_vanishes() -> None:
    assert canonicalise("<p>e<b></b>\u0301</p>") == CanonicalText("<p>é</p>", "é")


def test_a_line_break_is_one_line_feed() -> None:
    made = canonicalise("<p>One <br> two</p>")

    assert made == CanonicalText("<p>One<br>\ntwo</p>", "One\ntwo")


def test_line_breaks_at_the_ends_of_a_block_vanish() -> None:
    assert canonicalise("<p><br>One<br></p><p><br></p>").text == "One"


def test_loose_words_get_a_paragraph() -> None:
    assert canonicalise("Before <i>it</i><p>in it</p>after").html == (
        "<p>Before <i>it</i></p>\n\n<p>in it</p>\n\n<p>after</p>"
    )


def test_words_after_a_block_inside_an_item_get_a_paragraph_there() -> None:
    made = canonicalise("<ul><li>16 dead<div>in one town</div>one elsewhere</li></ul>")

    assert made.text == "16 dead\n\nin one town\n\none elsewhere"
    assert (
        made.html
        == "<ul><li>16 dead\n\n<p>in one town</p>\n\n<p>one elsewhere</p></li></ul>"
    )


def test_lists_may_stand_in_items() -> None:
    html = "<ul><li>Outer\n\n<ul><li>Inner</li></ul></li>\n\n<li>Next</li></ul>"

    assert canonicalise(html).html == html


def test_no_link_stands_in_a_link() -> None:
    made = canonicalise(
        '<a href="https://a.org">one <b><a href="https://b.org">two</a></b></a>'
    )

    assert made.text == "one two"
    assert misplaced(made.html) == []


@pytest.mark.parametrize(
    "tag",
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h6",
        "header",
        "hgroup",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
    ],
)
def test_blocks_of_any_kind_do_not_run_together(tag: str) -> None:
    assert canonicalise(f"<{tag}>15</{tag}><{tag}>17</{tag}>").text == "15\n\n17"


def test_table_cells_and_captions_do_not_run_together() -> None:
    table = (
        "<table><caption>Killed</caption><tr><th>16<th>1</tr><tr><td>14<td>15</table>"
    )

    assert canonicalise(table).text == "Killed\n\n16\n\n1\n\n14\n\n15"


def test_a_rule_parts_paragraphs() -> None:
    assert canonicalise("one<hr>two").text == "one\n\ntwo"


class _Danger(HTMLParser):
    """Collects whatever of a page could run or reach out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in BLOCKS | CONTAINERS | INLINE:
            self.found.append(tag)
        for name, value in attrs:
            if name not in ("class", "dir", "href", "lang"):
                self.found.append(f"{tag} {name}")
            if name == "href" and urlsplit(
                (value or "").strip()
            ).scheme not in ADDRESS_SCHEMES | {""}:
                self.found.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"instruction {data}")


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<script src=//evil.example></script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<img src='x' onerror='alert(1)'",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><p><style><img src='</style><img src=x onerror=alert(1)>'></style></p></svg>",
        "<math><mtext></p><style><a title='</style><img src=x onerror=alert(1)>'></style></mtext></math>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' jAvAsCrIpT:alert(1)'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<a href='&#x6A;avascript&colon;alert(1)'>x</a>",
        "<a href='\x01javascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:msgbox(1)'>x</a>",
        "<a href='//evil.example' onclick=alert(1)>x</a>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
        "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
        "<body onload=alert(1)><base href='//evil.example/'><meta http-equiv=refresh content='0;//evil.example'>",
        "<link rel=stylesheet href='//evil.example'><style>*{background:url(//evil.example)}</style>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<p class='anything' id='x' name='y'>x</p>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<textarea><script>alert(1)</script></textarea><title><img src=x onerror=alert(1)></title>",
        "<template><script>alert(1)</script></template><xmp><script>alert(1)</script></xmp>",
        "<p lang='\"><script>alert(1)</script>'>x</p>",
        "<a href='https://a.org/\"onmouseover=alert(1) x=\"'>x</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<b<script>alert(1)//<",
        "<marquee onstart=alert(1)><video><source onerror=alert(1)></video><details open ontoggle=alert(1)>",
    ],
)
def test_nothing_executable_comes_through(payload: str) -> None:
    html = canonicalise(f"<p>Before</p>{payload}<p>after</p>").html

    assert _Danger(html).found == []
    assert text_content(html).startswith("Before")


@given(strategies.soup)
def test_nothing_executable_comes_through_whatever_is_thrown_together(
    html: str,
) -> None:
    assert _Danger(canonicalise(html).html).found == []


@given(strategies.canonical)
# A list's item outside any list is an element like others.
@example(canonicalise("<li>One<p>Two"))
@example(canonicalise("<p>One<br>two</p><p>Three</p>"))
def test_the_pieces_of_a_page_are_its_outermost_elements(page: CanonicalText) -> None:
    cut = pieces(page.html)

    assert PARAGRAPH_BREAK.join(piece.html for piece in cut) == page.html
    assert all(len(list(tree(piece.html))) == 1 for piece in cut if piece.html)
    for piece in cut:
        words = text_content(piece.html)
        assert page.text[piece.start : piece.start + len(words)] == words
        assert paragraph_of(page.text, piece.start) == piece.paragraph
