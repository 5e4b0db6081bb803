"""When two passages are of one agency's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.quotes.fingerprint import wording_of

WORDS = "nobody gave them the order to fire on the square"


def test_a_wording_stays_the_same_because_it_is_stored() -> None:
    assert wording_of(WORDS, "Reuters, AP") == "be651013fc54c89257a18f7beb14da9f"


@pytest.mark.parametrize(
    "words",
    [
        "Nobody gave them the order to fire on the square.",
        "“Nobody gave them the order”, to fire\non  the square",
        "nobody gave them the order to \ufb01re on the square",
    ],
)
def test_how_words_are_set_makes_no_difference(words: str) -> None:
    assert wording_of(words, "AP") == wording_of(WORDS, "AP")


@pytest.mark.parametrize(
    "credit",
    [
        "AP; Reuters",
        "reuters/ap",
        "Reuters & AP",
        "AP + Reuters",
        "Reuters (AP)",
        "AP and  Reuters",
        "AP и Reuters",
        "AP және Reuters",
        "AP, Reuters, AP",
    ],
)
def test_how_agencies_are_listed_makes_no_difference(credit: str) -> None:
    assert wording_of(WORDS, credit) == wording_of(WORDS, "Reuters, AP")


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("nobody gave them the order to fire in the square", "AP"),
        ("nobodygave them the order to fire on the square", "AP"),
        (WORDS, "Reuters"),
        (WORDS, "AP, Reuters"),
        (WORDS, "A P"),
    ],
)
def test_other_words_or_agencies_are_another_wording(words: str, credit: str) -> None:
    assert wording_of(words, credit) not in ("", wording_of(WORDS, "AP"))


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("He fired first.", "AP"),
        (WORDS, ""),
        (WORDS, " , "),
        ("a b c d e f g", "AP"),
        ("aaaaa bbbbb ccccc ddddd eeee", "AP"),
        ("aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd", "AP"),
    ],
)
def test_of_few_words_or_no_agency_nothing_is_told(words: str, credit: str) -> None:
    assert wording_of(words, credit) == ""


def test_five_words_of_25_letters_are_enough() -> None:
    assert wording_of("aaaaa bbbbb ccccc ddddd eeeee", "AP")


@given(st.text(), st.text())
def test_a_wording_is_told_of_any_words(words: str, credit: str) -> None:
    assert len(wording_of(words, credit)) in (0, 32)
    assert wording_of(words.upper().lower(), credit) == wording_of(
        words.upper().lower(), credit.strip()
    )
