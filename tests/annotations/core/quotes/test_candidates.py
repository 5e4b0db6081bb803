"""Looking through many texts for many quotations at once: nothing that stands somewhere may be
missed."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.quotes.candidates import MOST_TEXTS, CandidateFinder, Candidates
from annotations.core.quotes.extractor import Quotation, positions_in, quotations
from tests.support.strategies import words as any_word

TEXTS = {
    1: "Nobody gave the order. Every crew of the fleet decided for itself.",
    2: "By noon the harbour was empty, and the gates of the town were closed.",
    3: "Nobody gave the order, they said. By noon the harbour was empty.",
}


def quoted(*words: str) -> list[Quotation]:
    return [*quotations(positions_in("\n\n".join(f"“{each}”" for each in words)))]


def scouted(words: str, texts: dict[int, str] = TEXTS) -> Candidates:
    scout = CandidateFinder(quoted(words))
    for key, text in texts.items():
        scout.look(key, text)
    return scout.candidates(0)


def test_every_text_with_the_words_is_found() -> None:
    assert scouted("nobody gave the order").whole == [1, 3]


def test_a_text_with_most_of_the_words_is_near() -> None:
    found = scouted("the gates of the old town were closed")
    assert (found.whole, found.near) == ([], [2])


def test_a_text_is_near_if_three_words_stand_there_side_by_side() -> None:
    assert scouted("gates of the town, they said twice").near == [2]
    assert scouted("gates open, the old town sleeps now").near == []


def test_a_text_with_most_of_what_is_rare_is_nearest() -> None:
    found = scouted("nobody gave the order of the fleet decided")

    assert found.near == [1, 3]


def test_a_text_with_all_parts_is_whole_and_others_are_listed_by_part() -> None:
    assert scouted("Nobody gave the order … the harbour was empty").whole == [3]
    apart = scouted("crew of the fleet … the gates of the town")
    assert (apart.whole, apart.of_parts) == ([], [[1], [2]])


def test_one_or_two_words_are_found_once_and_then_no_longer_looked_for() -> None:
    scout = CandidateFinder(quoted("the harbour", "fleet", "armada", "crew crew"))
    for key in range(1000):
        scout.look(key, TEXTS[1 + key % 3])
    assert [scout.candidates(n).whole for n in range(4)] == [[1], [0], [], []]


def test_a_phrase_of_many_texts_does_not_fill_the_memory() -> None:
    many = dict.fromkeys(range(MOST_TEXTS + 50), TEXTS[1])
    found = scouted("nobody gave the order", many)
    assert found.whole == [*range(MOST_TEXTS)]


def test_words_that_nobody_wrote_are_nowhere() -> None:
    assert scouted("a choir sang by the river all night") == Candidates([], [], [[]])


def test_a_manuscript_without_quotations_is_looked_for_nowhere() -> None:
    assert CandidateFinder([]).look(1, TEXTS[1]) is False


@given(
    st.lists(st.lists(any_word, min_size=4, max_size=20), min_size=1, max_size=6),
    st.data(),
)
def test_no_text_that_holds_an_excerpt_is_missed(
    texts: list[list[str]], data: st.DataObject
) -> None:
    key = data.draw(st.integers(0, len(texts) - 1))
    first = data.draw(st.integers(0, len(texts[key]) - 3))
    excerpt = " ".join(
        texts[key][first : data.draw(st.integers(first + 3, len(texts[key])))]
    )
    found = scouted(excerpt, {n: " ".join(text) for n, text in enumerate(texts)})
    assert key in found.whole
