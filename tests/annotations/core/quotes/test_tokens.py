"""What is the same wording, and what is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.quotes.tokens import Wording, hyphens_resolved, keys_of
from tests.support.strategies import prose

signs = st.text("ab1éК'’-–—…. ,\u00ad\u200bﬁ_“”«»\u0301İ\n", max_size=40)


def same(one: str, other: str) -> bool:
    first, second = Wording(one), Wording(other)
    return first.keys == second.keys and first.same(0, second, 0, len(first))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Don’t shoot”", '"Don\'t shoot"'),
        ("the office – closed – stayed", "the office—closed — stayed"),
        ("two  words\n\nmore", "two words more"),
        ("the ﬁrst oﬃce", "the first office"),
        ("well\u00adknown\u200b men", "wellknown men"),
        ("he said ... nothing", "he said… nothing"),
        ("he said . . . nothing", "he said … nothing"),
        ("_never_ *again*", "never again"),
        ("Never again", "never again"),
        ("O‘zbek", "Oʻzbek"),
        ("жол «ашық»", "жол “ашық”"),
    ],
)
def test_what_typesetters_change_is_the_same(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("they were armed", "they were not armed"),
        ("14 died", "15 died"),
        ("1,000 died", "1,500 died"),
        ("let us eat, friends", "let us eat friends"),
        ("the President said", "the president said"),
        ("a re-sent letter", "a resent letter"),
        ("its end", "it's end"),
        ("10² men", "102 men"),
        ("he left; it burned", "he left. it burned"),
        ("café", "cafe"),
        ("ел", "ёл"),
    ],
)
def test_everything_else_is_not(one: str, other: str) -> None:
    assert not same(one, other)


@given(st.one_of(signs, prose))
def test_the_quick_reader_of_words_finds_the_same_words(text: str) -> None:
    assert keys_of(text) == Wording(text).keys


@given(prose)
def test_each_token_stands_where_it_says(text: str) -> None:
    wording = Wording(text)
    assert all(text[token.start : token.end] for token in wording.tokens)
    ends = [(token.start, token.end) for token in wording.tokens]
    assert ends == sorted(ends)
    assert all(one[1] <= other[0] for one, other in pairwise(ends))


@given(prose, st.data())
def test_words_are_found_where_they_stand(text: str, data: st.DataObject) -> None:
    wording = Wording(text)
    if not len(wording):
        return
    first = data.draw(st.integers(0, len(wording) - 1))
    end = data.draw(st.integers(first + 1, len(wording)))
    assert first in wording.positions(wording.keys[first:end])


def test_words_are_found_whole_and_where_they_overlap() -> None:
    assert [*Wording("no no no nobody no").positions(["no", "no"])] == [0, 1]


@pytest.mark.parametrize(
    ("known", "resolved"),
    [
        ({"well", "known"}, "well-known"),
        ({"wellknown"}, "well\u00adknown"),
        ({"well"}, "well\u00adknown"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_kept_where_the_source_has_it(
    known: set[str], resolved: str
) -> None:
    assert hyphens_resolved("a well\u00adknown man", known) == f"a {resolved} man"
