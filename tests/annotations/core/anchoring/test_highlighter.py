import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hypothesis import example, given
from hypothesis import strategies as st

from annotations.core.anchoring.highlighter import (
    MOST_LANES,
    HighlightSpan,
    lanes_of,
    overlay,
    overlay_piece,
)
from archive.text.canonical import CanonicalText, canonicalise, paragraphs, pieces
from tests.support import strategies
from tests.support.markup import misplaced, text_content, tree


def marked(html: str, *spans: HighlightSpan) -> str:
    """The overlay of canonical HTML without what it adds for each paragraph and each mark but
    its id."""
    page = overlay(canonicalise(html).html, spans)
    page = re.sub(r' (?:id|class|title)="[^"]*"', "", page)
    return page.replace(' data-annotation="', ' x="')


def span(
    name: str, start: int, end: int, href: str = "", label: str = ""
) -> HighlightSpan:
    return HighlightSpan(name, start, end, "figure", href, label)


def shown_of(text: str, one: HighlightSpan) -> str:
    """The words of a passage without the blank lines between paragraphs, which no mark
    holds."""
    return "".join(
        block[max(0, one.start - start) : max(0, one.end - start)]
        for start, block in paragraphs(text)
    )


def elements_of(page: str) -> Iterator[Element]:
    return (
        element for element in tree(page).iter() if "data-annotation" in element.attrib
    )


# Any spans on any page


@st.composite
def pages(draw: st.DrawFn) -> tuple[CanonicalText, list[HighlightSpan]]:
    """A page and spans on it that nest, cross, touch, repeat and go over paragraphs; some of
    them are links."""
    page = draw(strategies.canonical.filter(lambda made: made.text))
    spans = []
    for number in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, len(page.text) - 1))
        end = draw(st.integers(start + 1, len(page.text)))
        spans.append(
            span(
                f"s{number}",
                start,
                end,
                draw(st.sampled_from(["", "/people/x/?a=1&b"])),
                draw(strategies.prose),
            )
        )
    return page, spans


@given(pages())
def test_a_marked_page_has_the_same_text(
    drawn: tuple[CanonicalText, list[HighlightSpan]],
) -> None:
    page, spans = drawn

    assert text_content(overlay(page.html, spans)) == page.text


@given(pages())
def test_each_mark_holds_exactly_the_words_of_its_passage(
    drawn: tuple[CanonicalText, list[HighlightSpan]],
) -> None:
    page, spans = drawn

    words: dict[str, list[str]] = {span.id: [] for span in spans}
    for element in elements_of(overlay(page.html, spans)):
        words[element.attrib["data-annotation"]].append("".join(element.itertext()))

    for one in spans:
        assert "".join(words[one.id]) == shown_of(page.text, one)


@given(pages())
def test_a_marked_page_has_no_link_in_a_link_and_no_block_in_a_mark(
    drawn: tuple[CanonicalText, list[HighlightSpan]],
) -> None:
    page, spans = drawn

    assert misplaced(overlay(page.html, spans)) == []


@given(pages())
def test_each_mark_can_be_pointed_at_once_and_paragraphs_are_numbered(
    drawn: tuple[CanonicalText, list[HighlightSpan]],
) -> None:
    page, spans = drawn

    ids = [
        element.attrib["id"]
        for element in tree(overlay(page.html, spans)).iter()
        if "id" in element.attrib
    ]

    numbers = [
        f"p{number}" for number, _block in enumerate(paragraphs(page.text), start=1)
    ]
    shown = [f"a-{one.id}" for one in spans if shown_of(page.text, one)]
    assert sorted(ids) == sorted(numbers + shown)


@given(pages())
def test_the_first_element_of_a_mark_starts_it_and_the_last_ends_it(
    drawn: tuple[CanonicalText, list[HighlightSpan]],
) -> None:
    page, spans = drawn

    classes: dict[str, list[set[str]]] = {}
    for element in elements_of(overlay(page.html, spans)):
        classes.setdefault(element.attrib["data-annotation"], []).append(
            set(element.attrib["class"].split())
        )

    for one in spans:
        pieces = classes.get(one.id, [])
        assert [number for number, names in enumerate(pieces) if "starts" in names] == [
            0
        ][: len(pieces)]
        if shown_of(page.text, span("last", one.end - 1, one.end)):
            assert [
                number for number, names in enumerate(pieces) if "ends" in names
            ] == [len(pieces) - 1]


@given(pages())
def test_a_page_without_its_marks_is_the_page(
    drawn: tuple[CanonicalText, list[HighlightSpan]],
) -> None:
    page, spans = drawn

    bare = re.sub(
        r'<(?:a|mark)(?: id="[^"]*")? class="[^"]*" data-annotation=[^>]*>',
        "<x>",
        overlay(page.html, spans),
    )
    bare = re.sub(r' id="p\d+"', "", bare)
    while (
        less := re.sub(r"<x>([^<]*(?:<br>[^<]*)*)</(?:a|mark)>", r"\1", bare)
    ) != bare:
        bare = less

    assert bare == page.html


# Single cases


def test_a_mark_without_an_address_is_a_mark_and_one_with_it_is_a_link() -> None:
    page = overlay(
        "<p>At least 15 died</p>",
        [
            HighlightSpan("x", 3, 11, "figure"),
            HighlightSpan("y", 12, 16, "person", "/y/?a&b"),
        ],
    )

    assert page == (
        '<p id="p1">At <mark id="a-x" class="figure lane1 starts ends" data-annotation="x">least 15</mark> '
        '<a id="a-y" class="person lane1 starts ends" data-annotation="y" href="/y/?a&amp;b">died</a></p>'
    )


def test_a_page_without_marks_only_gets_its_numbers() -> None:
    assert overlay(
        '<p class="standfirst">One</p>\n\n<ul><li>Two\n\n<p>Three</p></li></ul>', []
    ) == (
        '<p id="p1" class="standfirst">One</p>\n\n<ul><li id="p2">Two\n\n<p id="p3">Three</p></li></ul>'
    )


def test_the_longer_mark_is_outside() -> None:
    assert marked("<p>At least 15 died</p>", span("in", 3, 11), span("out", 0, 16)) == (
        '<p><mark x="out">At <mark x="in">least 15</mark> died</mark></p>'
    )


def test_crossing_marks_are_split_where_they_cross() -> None:
    assert marked("<p>one two three</p>", span("x", 0, 7), span("y", 4, 13)) == (
        '<p><mark x="x">one <mark x="y">two</mark></mark><mark x="y"> three</mark></p>'
    )


def test_a_mark_over_two_paragraphs_stands_in_both() -> None:
    assert (
        marked("<p>one</p><p>two</p>", span("x", 0, 8))
        == '<p><mark x="x">one</mark></p>\n\n<p><mark x="x">two</mark></p>'
    )


def test_a_mark_goes_through_emphasis_and_line_breaks() -> None:
    assert marked("<p>a <b>b</b> c<br>d</p>", span("x", 0, 7)) == (
        '<p><mark x="x">a </mark><b><mark x="x">b</mark></b><mark x="x"> c</mark><br><mark x="x">\nd</mark></p>'
    )


def test_a_linked_mark_inside_a_link_of_the_text_is_no_link() -> None:
    html = '<p>See <a href="https://a.example">Kasymov here</a></p>'

    assert marked(html, span("x", 4, 11, "/people/x/")) == (
        '<p>See <a href="https://a.example"><mark x="x">Kasymov</mark> here</a></p>'
    )


def test_of_two_linked_marks_in_one_another_only_the_outer_is_a_link() -> None:
    assert marked(
        "<p>New Aktau port</p>", span("x", 0, 9, "/x/"), span("y", 4, 9, "/y/")
    ) == ('<p><a x="x" href="/x/">New <mark x="y">Aktau</mark></a> port</p>')


def test_signs_are_counted_as_characters_and_stay_escaped() -> None:
    assert (
        marked("<p>A &lt; B &amp; 😀 C</p>", span("x", 2, 9))
        == '<p>A <mark x="x">&lt; B &amp; 😀</mark> C</p>'
    )


def test_what_a_mark_carries_cannot_break_out_of_its_attributes() -> None:
    hostile = '"><script>alert(1)</script>'

    page = overlay("<p>one two</p>", [HighlightSpan(hostile, 0, 3, *[hostile] * 5)])

    (element,) = elements_of(page)
    carried = {
        element.attrib[name]
        for name in ("href", "data-annotation", "data-says", "data-ends", "data-entity")
    }
    assert carried == {hostile}
    assert "<script" not in page


def test_underlines_are_stacked_and_what_is_deeper_is_only_counted() -> None:
    spans = [span(str(n), n, 20 - n) for n in range(MOST_LANES + 1)]

    page = overlay("<p>one two three four five</p>", spans)

    lanes = [
        set(element.attrib["class"].split()) & {"lane1", "lane2", "lane3", "deeper"}
        for element in elements_of(page)
    ]
    assert lanes == [{"lane1"}, {"lane2"}, {"lane3"}, {"deeper"}]


def test_an_underline_is_free_again_where_the_mark_above_it_ends() -> None:
    page = overlay(
        "<p>one two three</p>", [span("x", 0, 3), span("y", 0, 7), span("z", 4, 13)]
    )

    lanes = {
        element.attrib["data-annotation"]: element.attrib["class"].split()[1]
        for element in elements_of(page)
    }
    assert lanes == {"y": "lane1", "x": "lane2", "z": "lane2"}


# Piece by piece


@given(pages())
@example((canonicalise("<li>One<p>Two"), []))
def test_the_marked_pieces_of_a_page_are_the_marked_page(
    drawn: tuple[CanonicalText, list[HighlightSpan]],
) -> None:
    page, spans = drawn
    lanes = lanes_of((span.id, span.start, span.end) for span in spans)
    made = []
    for piece in pieces(page.html):
        end = piece.start + len(text_content(piece.html))
        near = [one for one in spans if one.start < end and one.end > piece.start]
        made.append(overlay_piece(piece, near, lanes, "then"))

    assert all(piece.count(' data-stamp="then"') == 1 for piece in made)
    assert "\n\n".join(made).replace(' data-stamp="then"', "") == overlay(
        page.html, spans
    )


def test_what_a_mark_is_stands_where_it_starts_and_that_it_ends_where_it_does() -> None:
    span = HighlightSpan("x", 0, 13, "person", says="Person: X", ends="end of Person")
    page = overlay("<p>one <em>two</em> three</p>", [span])

    told = [
        (element.attrib.get("data-says"), element.attrib.get("data-ends"))
        for element in elements_of(page)
    ]
    assert told == [("Person: X", None), (None, None), (None, "end of Person")]


def test_quotation_marks_in_words_stay_as_they_are() -> None:
    html = "<p>He said \"no\" and 'never' &amp; left</p>"

    assert marked(html, span("x", 8, 12)) == (
        '<p>He said <mark x="x">"no"</mark> and \'never\' &amp; left</p>'
    )
