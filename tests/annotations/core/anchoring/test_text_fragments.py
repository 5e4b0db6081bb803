"""Text fragments, found again as the specification has it: a second reading, with ICU's rules
for words left out."""

import re
import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotations.core.anchoring.text_fragments import (
    _folded,
    _folded_text,
    directive,
    link_to_passage,
)
from tests.support.hard_excerpts import HARD

TWICE = "At least 14 people were killed.\n\nLater it said that 14 people were killed in a day."


def parsed(found: str) -> tuple[str, str, str, str]:
    """Return prefix, start, end and suffix, as "parse a text directive" does."""
    assert re.fullmatch(r"text=[A-Za-z0-9%._~,-]+", found)
    tokens = found.removeprefix("text=").split(",")
    prefix = (
        unquote(tokens.pop(0)[:-1], errors="strict") if tokens[0].endswith("-") else ""
    )
    suffix = (
        unquote(tokens.pop()[1:], errors="strict") if tokens[-1].startswith("-") else ""
    )
    assert 1 <= len(tokens) <= 2
    start, end = (*tokens, "")[:2]
    return (
        prefix,
        unquote(start, errors="strict"),
        unquote(end, errors="strict"),
        suffix,
    )


def is_boundary(text: str, at: int) -> bool:
    """Say whether a word may begin or end there: letters, digits and what joins them stay
    together."""
    joined = re.compile(r"[\w'’.,:;\u0300-\u036f\u200d]")
    return at in (0, len(text)) or not (
        joined.match(text[at - 1]) and re.match(r"\w|[\u0300-\u036f\u200d]", text[at])
    )


def places(
    text: str, words: str, since: int, *, starts: bool, ends: bool
) -> list[tuple[int, int]]:
    """Return where `words` stand, in any case, within a block: "find a string in range"."""
    pattern = r"[^\S\n]+".join(re.escape(word) for word in words.split())
    found = [
        m.span(1)
        for m in re.compile(f"(?=({pattern}))", re.IGNORECASE).finditer(text, since)
    ]
    return [
        (a, b)
        for a, b in found
        if (not starts or is_boundary(text, a)) and (not ends or is_boundary(text, b))
    ]


def after_space(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


def first_place(text: str, found: str) -> tuple[int, int] | None:
    """Return the code points of the first place that fits: "find a range from a text
    directive"."""
    prefix, start, end, suffix = parsed(found)
    if prefix:
        wanted = {
            after_space(text, b)
            for _a, b in places(text, prefix, 0, starts=True, ends=False)
        }
        openings = [
            at
            for at in places(text, start, 0, starts=False, ends=bool(end) or not suffix)
            if at[0] in wanted
        ]
    else:
        openings = places(text, start, 0, starts=True, ends=bool(end) or not suffix)
    for a, b in openings:
        closings = (
            places(text, end, b, starts=True, ends=not suffix) if end else [(a, b)]
        )
        for _c, d in closings:
            after = after_space(text, d)
            if not suffix or after in [
                e for e, _f in places(text, suffix, after, starts=False, ends=True)
            ]:
                return a, d
    return None


words = st.sampled_from(
    [
        "14",
        "people",
        "were",
        "killed,",
        "Қасымов",
        "über",
        "a-b",
        "R&D",
        "«да»",
        "(so)",
        "1,000",
        "x",
        "People",
        "е́",
    ]
)
lines = st.lists(words, min_size=1, max_size=12).map(" ".join)
texts = st.lists(lines, min_size=1, max_size=6).map("\n\n".join)


@given(texts, st.data())
def test_the_first_place_that_fits_is_the_passage(
    text: str, data: st.DataObject
) -> None:
    text = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(
        text[start:end].strip()
        and not text[start].isspace()
        and not text[end - 1].isspace()
    )
    found = directive(text, start, end)
    assert not found or first_place(text, found) == (start, end)


@given(st.text("aB \n.é…½ﬁßİ\u00a0\u00ad\u0301й日ŉ“́", min_size=1))
def test_a_character_stands_after_those_before_it_are_folded(text: str) -> None:
    folded = _folded_text(text)
    for offset, character in enumerate(text):
        if not character.isspace():
            before = "\n".join(map(_folded, text[:offset].split("\n")))
            assert folded.offset_of(offset) == len(before)


@given(
    st.lists(st.text("abcdefgh", min_size=3), min_size=8, max_size=40, unique=True),
    st.data(),
)
def test_where_words_differ_there_is_always_one_to_give(
    all_words: list[str], data: st.DataObject
) -> None:
    text = " ".join(all_words)
    start = data.draw(
        st.sampled_from([0, *(n + 1 for n, c in enumerate(text) if c == " ")])
    )
    end = data.draw(
        st.sampled_from(
            [
                n
                for n in (*range(start + 1, len(text)), len(text))
                if text[n : n + 1] in " "
            ]
        )
    )
    assert first_place(text, directive(text, start, end)) == (start, end)


@pytest.mark.parametrize("hard", HARD)
def test_signs_of_the_syntax_are_words_where_they_stand_in_words(hard: str) -> None:
    text = f"The first block of it.\n\nThe paper wrote: {hard} and no more."
    start = text.index(hard)
    prefix, begins, ends, _suffix = parsed(directive(text, start, start + len(hard)))
    assert prefix == "The paper wrote:" or not prefix
    assert [begins, *([ends] if ends else [])] == (
        hard.split("\n") if "\n" in hard else [" ".join(hard.split())]
    )


def test_words_that_stand_twice_get_the_words_around_them() -> None:
    first, second = (m.start() for m in re.finditer("14 people", TWICE))
    assert (
        directive(TWICE, second, second + 9)
        == "text=it%20said%20that-,14%20people,-were%20killed%20in"
    )
    assert first_place(TWICE, directive(TWICE, first, first + 9)) == (first, first + 9)


def test_a_long_passage_is_looked_for_by_its_two_ends() -> None:
    text = " ".join(f"word{n}" for n in range(200))
    start, end = text.index("word20 "), text.index(" word90")
    assert parsed(directive(text, start, end)) == (
        *(
            "",
            "word20 word21 word22 word23 word24",
            "word85 word86 word87 word88 word89",
            "",
        ),
    )


def test_no_term_goes_across_the_end_of_a_block() -> None:
    text = "One two three.\n\nFour five six.\n\nSeven eight."
    start, end = text.index("three"), text.index(" eight")
    assert parsed(directive(text, start, end)) == (
        "",
        "three.",
        "Seven",
        "",
    ) or "\n" not in directive(text, start, end)
    assert first_place(text, directive(text, start, end)) == (start, end)
    assert (
        parsed(directive(text, text.index("Four"), text.index(" five")))[0]
        == "One two three."
    )


def test_a_piece_of_a_word_is_found_by_what_touches_it() -> None:
    text = "They held 1,000 men."
    assert parsed(directive(text, 10, 11)) == ("They held", "1", "", ",000 men.")


def test_words_that_no_context_can_tell_apart_get_no_directive() -> None:
    assert directive("a\n\na\n\na\n\na", 9, 10) == ""


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (
            "https://post.example/a",
            "https://post.example/a#:~:text=One%20two%20three%20four",
        ),
        (
            "https://post.example/a#b",
            "https://post.example/a#b:~:text=One%20two%20three%20four",
        ),
        (
            "https://post.example/#:~:text=x",
            "https://post.example/#:~:text=One%20two%20three%20four",
        ),
        ("", ""),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_the_directive_goes_behind_an_address_of_the_web(
    address: str, link: str
) -> None:
    assert link_to_passage(address, "One two three four five.", 0, 18) == link
