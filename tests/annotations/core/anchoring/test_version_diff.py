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


def told(words: str, text: str) -> str:
    return match_in_version(select(words, 0, len(words)), text).difference


def test_what_is_alike_by_half_is_another_wording_and_less_is_not() -> None:
    assert told("one two three four", "one two five six") == (
        "one two [-three four-] {+five six+}"
    )
    assert told("one two three four", "one five six seven") == ""


def test_the_paragraph_that_is_most_alike_is_compared() -> None:
    text = "one two x y\n\none two three y\n\none two z y"

    assert told("one two three four", text) == "one two three [-four-] {+y+}"


def test_of_equally_like_paragraphs_the_first_is_compared() -> None:
    assert told("one two three", "one two x\n\none two y") == (
        "one two [-three-] {+x+}"
    )


def test_only_the_place_of_the_passage_is_compared_and_not_its_paragraph() -> None:
    assert told("one two three", "before that one two four, and so on") == (
        "one two [-three-] {+four+}"
    )
    assert told("zero one two", "much before x one two, and so on") == (
        "[-zero-] {+x+} one two"
    )


def test_a_word_that_is_common_in_a_paragraph_is_compared_as_any_other() -> None:
    often = "the order of the day " * 60

    assert told("order of the night", often) == "order of the [-night-] {+day+}"


def test_the_same_words_in_another_order_are_no_other_wording() -> None:
    assert told("one two three four", "four three two one") == ""


def test_the_pieces_say_which_text_they_are_of() -> None:
    words = "one two three four"
    found = match_in_version(select(words, 0, len(words)), "one  two\nfive four")

    assert [(piece.what, piece.words) for piece in found.pieces] == [
        ("same", "one two"),
        ("removed", "three"),
        ("added", "five"),
        ("same", "four"),
    ]


def test_a_passage_of_signs_is_compared_as_words_are() -> None:
    assert told("(14) ?", "(15) ?") == "( [-14-] {+15+} ) ?"


def test_a_passage_of_more_than_400_words_is_not_compared() -> None:
    words = " ".join(["word"] * 399)

    assert told(f"{words} new", f"{words} old").endswith("[-new-] {+old+}")
    assert told(f"{words} a new", f"{words} a old") == ""


def test_a_passage_without_words_is_absent() -> None:
    assert match_in_version(select("a  b", 1, 3), "ab").how == MatchKind.ABSENT
