"""Citations in every style: what must hold for any reference, and what single sources ask
for."""

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.citations.author_names import parse_names
from archive.citations.citation import (
    STYLES,
    Reference,
    TextRun,
    citations,
    html,
    plain,
)
from archive.citations.formats.csl_json import item_of
from tests.support.citation_references import reference
from tests.support.strategies import CYRILLIC, LATIN
from tests.support.strategies import words as one_word

WITH_TITLE = sorted(set(STYLES) - {"short"})
DOUBLED = re.compile(
    r",,|, ,|,\.|\.\.|,;|;,|::|\( |\(\)|\[\]| [,.;]| {2}|“”|‘’|\bNone\b|\bNaN\b"
)

names = st.lists(
    st.text(LATIN + CYRILLIC, min_size=2, max_size=8), min_size=1, max_size=3
).map(" ".join)
titles = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(
        st.one_of(
            one_word,
            st.sampled_from(
                [
                    "“no”",
                    '"no"',
                    "'no'",
                    "‘no’",
                    "«нет»",
                    "15",
                    "<b>",
                    "&",
                    "(so)",
                    "it’s",
                ]
            ),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(
        ["", "", "?", "!", ".", ",", ";", ":", "…", "?”", '!"', "”", ",”", " "]
    ),
)
edtf = st.sampled_from(
    "2011-12-19 2011-12 2011 2011-12~ 2011? 2011% 201X 2011-21 2011-12-XX 2011/2012 2011-12-17/2011-12-19 2011-12-17/ "
    "../2011 [2011,2012] Y170000".split()
)
references = st.builds(
    Reference,
    title=titles,
    title_transliterated=st.one_of(st.just(""), titles),
    title_translated=st.one_of(st.just(""), titles),
    authors=st.lists(names, max_size=23).map("; ".join).map(parse_names),
    credit=st.sampled_from(["", "Reuters", "Reuters, AP", "AFP and Interfax / TASS"]),
    publisher=st.one_of(st.just(""), names, titles),
    published=st.one_of(st.just(""), edtf),
    accessed=st.one_of(st.none(), st.dates()),
    address=st.sampled_from(
        ["", "https://post.example/a", "https://post.example/?q=a&b=c."]
    ),
    language=st.sampled_from(["", "en", "en-GB", "ru", "ar", "und"]),
    paragraph=st.one_of(st.none(), st.integers(1, 99)),
    archived=st.sampled_from(["", "https://archive.example/annotations/1/"]),
)


def letters(words: str) -> str:
    return re.sub(r"[\W_]", "", words).lower()


@pytest.mark.parametrize("style", STYLES)
@given(reference=references)
def test_no_sign_is_doubled_and_nothing_unknown_is_written(
    style: str, reference: Reference
) -> None:
    cited = plain(STYLES[style].cite(reference))
    assert cited.strip() == cited != ""
    assume("none" not in letters(f"{reference}".replace("None", "")))
    assert DOUBLED.findall(cited.replace("https://post.example/?q=a&b=c..", "")) == []


@pytest.mark.parametrize("style", WITH_TITLE)
@given(reference=references)
def test_no_style_loses_the_title_or_the_translation(
    style: str, reference: Reference
) -> None:
    cited = letters(plain(STYLES[style].cite(reference)))
    assert letters(reference.title_transliterated or reference.title) in cited
    assert letters(reference.title_translated) in cited


@pytest.mark.parametrize("style", STYLES)
@given(reference=references)
def test_quotation_marks_and_isolates_are_in_pairs(
    style: str, reference: Reference
) -> None:
    cited = plain(STYLES[style].cite(reference))
    assert cited.count("\u2068") == cited.count("\u2069")


@pytest.mark.parametrize("style", STYLES)
@given(reference=references)
def test_html_says_the_same_words_and_nothing_in_them_is_markup(
    style: str, reference: Reference
) -> None:
    runs = STYLES[style].cite(reference)
    assert unescape(re.sub(r"</?i>", "", html(runs))) == plain(runs)


@given(references)
def test_what_is_cited_is_the_same_each_time(reference: Reference) -> None:
    assert citations(reference) == citations(reference)


def test_styles_that_say_the_same_are_shown_once() -> None:
    shown = [citation.style for citation in citations(reference())]
    assert shown == ["chicago", "chicago-bibliography", "mla", "apa", "short"]
    assert len(citations(reference(by="Ivan Petrov; Olga Smirnova; Aset Example"))) == 6


def test_a_run_is_escaped_and_italic() -> None:
    assert (
        html((TextRun("<b>&", italic=True), TextRun("”"))) == "<i>&lt;b&gt;&amp;</i>”"
    )


@pytest.mark.parametrize(
    ("style", "cited"),
    [
        (
            "chicago",
            "Ivan Petrov, “Day Three of the Strike,” The Post, December 19, 2011, para. 4, "
            "https://post.example/day-three, archived at https://a.example/1/.",
        ),
        (
            "chicago-bibliography",
            "Petrov, Ivan. “Day Three of the Strike.” The Post, December 19, 2011. https://post.example/day-three. "
            "Archived at https://a.example/1/.",
        ),
        (
            "mla",
            "Petrov, Ivan. “Day Three of the Strike.” The Post, 19 Dec. 2011, https://post.example/day-three. Par. 4. "
            "Archived at https://a.example/1/.",
        ),
        (
            "apa",
            "Petrov, I. (2011, December 19). Day three of the strike. The Post. https://post.example/day-three "
            "(para. 4; archived at https://a.example/1/)",
        ),
        ("short", "The Post, 19 Dec. 2011"),
    ],
)
def test_a_passage_has_its_paragraph_and_its_permanent_address(
    style: str, cited: str
) -> None:
    passage = reference(paragraph=4, archived="https://a.example/1/")
    assert plain(STYLES[style].cite(passage)) == cited


@pytest.mark.parametrize(
    ("fields", "cited"),
    [
        (
            {"published": "2012-01-26", "publisher": "The Moscow Times"},
            "The Moscow Times, 26 Jan. 2012",
        ),
        ({"published": ""}, "The Post, undated"),
        ({"published": "2011-12~"}, "The Post, c. Dec. 2011"),
        ({"published": "2011?"}, "The Post, 2011?"),
        ({"publisher": ""}, "Ivan Petrov, 19 Dec. 2011"),
        (
            {"publisher": "", "by": "A. B. Example; C. D. Example; E. F. Example"},
            "A. B. Example et al., 19 Dec. 2011",
        ),
        (
            {"publisher": "", "by": "", "credit": "Reuters, AP"},
            "Reuters and AP, 19 Dec. 2011",
        ),
        ({"publisher": "", "by": ""}, "“Day three of the strike,” 19 Dec. 2011"),
    ],
)
def test_one_line_names_the_best_that_is_known(
    fields: dict[str, str], cited: str
) -> None:
    assert plain(STYLES["short"].cite(reference(**fields))) == cited


def test_csl_json_keeps_what_csl_has_no_variable_for() -> None:
    item = item_of(
        reference(
            "Расстрел",
            title_transliterated="Rasstrel",
            credit="AP",
            archived="https://a.example/1/",
        ),
        "x",
    )
    assert item["title"] == "Rasstrel"
    assert item["custom"] == {
        "original-title": "Расстрел",
        "credit": "AP",
        "archived": "https://a.example/1/",
    }


@pytest.mark.parametrize(
    ("edtf", "issued"),
    [
        ("2011-12-19", {"date-parts": [[2011, 12, 19]]}),
        ("2011-12~", {"date-parts": [[2011, 12]], "circa": True}),
        ("2011-21", {"date-parts": [[2011]], "season": 1}),
        ("2011/2012-01", {"date-parts": [[2011], [2012, 1]]}),
        ("2011-12-17/", {"literal": "not before December 17, 2011"}),
        ("201X", {"literal": "2010s"}),
    ],
)
def test_csl_dates_are_parts_or_words(edtf: str, issued: object) -> None:
    assert (
        item_of(reference(published=edtf, accessed=date(2026, 3, 1)), "x")["issued"]
        == issued
    )
