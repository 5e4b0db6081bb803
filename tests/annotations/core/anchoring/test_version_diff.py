"""How a passage stands in another version of its text."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.anchoring.selectors import select
from annotations.core.anchoring.version_diff import MatchKind, match_in_version

TEXT = "Police came at noon.\n\nOfficials said that 14 people were killed on Friday.\n\nNobody gave an order."


def passage(words: str, text: str = TEXT) -> MatchKind:
    start = TEXT.index(words)
    return match_in_version(select(TEXT, start, start + len(words)), text).how


def test_words_that_stand_there_as_they_did_are_the_same() -> None:
    assert passage("14 people", TEXT + "\n\nMore was said.") == MatchKind.SAME


def test_words_in_other_surroundings_have_moved() -> None:
    assert passage("14 people", "Of 14 people nothing is known.") == MatchKind.MOVED


def test_a_number_that_was_changed_is_shown_as_what_it_was_and_is() -> None:
    words = "Officials said that 14 people were killed"
    start = TEXT.index(words)
    found = match_in_version(
        select(TEXT, start, start + len(words)), TEXT.replace("14", "15")
    )
    assert found.how == MatchKind.OTHER
    assert found.difference == "Officials said that [-14-] {+15+} people were killed"


def test_words_that_are_gone_are_absent() -> None:
    assert passage("Nobody gave an order", "Police came at noon.") == MatchKind.ABSENT


def test_nothing_alike_is_no_other_wording() -> None:
    assert (
        passage(
            "Nobody gave an order",
            "The order of the day was read by nobody else at all in town.",
        )
        == MatchKind.ABSENT
    )


words = st.lists(
    st.sampled_from("Kasymov said that police fired into the air Ақтау ✘ 14".split()),
    min_size=1,
)


@given(words, words)
def test_the_pieces_give_the_passage_back_and_words_of_the_other_text(
    ours: list[str], theirs: list[str]
) -> None:
    text, other = " ".join(ours), " ".join(theirs)
    found = match_in_version(select(text, 0, len(text)), other)
    if found.how == MatchKind.OTHER:
        assert (
            " ".join(piece.words for piece in found.pieces if piece.what != "added")
            == text
        )
        assert (
            " ".join(piece.words for piece in found.pieces if piece.what != "removed")
            in other
        )
