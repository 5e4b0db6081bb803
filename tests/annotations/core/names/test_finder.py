"""Where known names stand in a text: as whole words, the longest first, none in another."""

import pytest

from annotations.core.names.finder import Finder, same_words, typed_plainly, word_before


def found(text: str, *names: str, of_place: bool = False) -> list[str]:
    """Return the words of a text in which one of the names is found."""
    finder = Finder(dict.fromkeys(names, of_place))
    return [text[start:end] for start, end, _number in finder.hits(text)]


@pytest.mark.parametrize(
    "text",
    ["Kasymov", "(Kasymov)", "Kasymov's", "Kasymov, he", "the Kasymov", "'Kasymov'"],
)
def test_a_name_is_found_as_a_whole_word(text: str) -> None:
    assert found(text, "Kasymov") == ["Kasymov"]


@pytest.mark.parametrize(
    "text",
    ["Kasymovs", "Kasymov2", "Kasymov\u0301", "AKasymov", "2Kasymov", "O'Kasymov"],
)
def test_a_name_is_not_found_inside_another_word(text: str) -> None:
    assert found(text, "Kasymov") == []


def test_an_apostrophe_behind_a_small_letter_parts_words() -> None:
    assert found("l'Kasymov", "Kasymov") == ["Kasymov"]


def test_a_kazakh_ending_belongs_to_a_name() -> None:
    assert found("Қасымға барды", "Қасым") == ["Қасымға"]
    assert found("Қасымдарды", "Қасым") == ["Қасымдарды"]


def test_what_is_no_kazakh_ending_makes_another_word() -> None:
    assert found("Қасымбек", "Қасым") == []
    assert found("Қасымдардыдан", "Қасым") == []


def test_a_latin_name_has_no_kazakh_ending() -> None:
    assert found("Kasymға", "Kasym") == []


def test_a_name_that_ends_with_a_sign_is_found_before_a_letter() -> None:
    assert found("K.Kasymov", "K.") == ["K."]


@pytest.mark.parametrize("text", ["Kasymov-Smith", "Smith-Kasymov"])
def test_half_of_a_double_name_is_nobody_but_may_be_a_place(text: str) -> None:
    assert found(text, "Kasymov") == []
    assert found(text, "Kasymov", of_place=True) == ["Kasymov"]


@pytest.mark.parametrize(
    "text", ["anti-Kasymov", "Anti-Kasymov", "Kasymov-led", "non-Kasymov", "-Kasymov-"]
)
def test_a_prefix_and_a_small_word_make_no_double_name(text: str) -> None:
    assert found(text, "Kasymov") == ["Kasymov"]


def test_a_prefix_does_not_save_half_of_a_double_name() -> None:
    assert found("anti-Kasymov-Smith", "Kasymov") == []


def test_the_longest_of_overlapping_names_counts() -> None:
    names = ("Ivan Petrov", "Petrov", "Petrov Oleg Kim")

    assert found("Ivan Petrov Oleg Kim", *names) == ["Petrov Oleg Kim"]
    assert found("Ivan Petrov spoke", *names) == ["Ivan Petrov"]


def test_of_equally_long_names_the_first_counts() -> None:
    assert found("Aset Ivan Aset", "Aset Ivan", "Ivan Aset") == ["Aset Ivan"]


def test_at_one_place_the_name_with_more_known_letters_counts() -> None:
    assert Finder({"Алма": False, "Алматы": True}).hits("Алматы") == [(0, 6, 1)]
    assert Finder({"Алматы": True, "Алма": False}).hits("Алматы") == [(0, 6, 0)]


def test_hits_stand_in_the_order_of_the_text() -> None:
    hits = Finder({"Petrov": False, "Ivan Kim": False}).hits("Petrov, Ivan Kim, Petrov")

    assert hits == [(0, 6, 0), (8, 16, 1), (18, 24, 0)]


def test_names_side_by_side_are_both_found() -> None:
    assert found("K.Kim", "K.", "Kim") == ["K.", "Kim"]


# A finder that is changed


def test_a_finder_learns_names_and_leaves_the_old_one_as_it_was() -> None:
    old = Finder({"Petrov": False})
    new = old.with_changes({"Kim": False, "Aset": False}).with_changes({"Ivan": False})

    assert new.hits("Petrov Kim Aset Ivan") == [
        (0, 6, 0),
        (7, 10, 1),
        (11, 15, 2),
        (16, 20, 3),
    ]
    assert old.hits("Petrov Kim Aset Ivan") == [(0, 6, 0)]


def test_a_name_that_is_forgotten_is_found_no_longer_until_it_is_learned_again() -> (
    None
):
    old = Finder({"Petrov": False, "Kim": False})
    without = old.with_changes({"Petrov": None})
    again = without.with_changes({"Petrov": False})

    assert without.hits("Petrov Kim") == [(7, 10, 1)]
    assert again.hits("Petrov Kim") == [(0, 6, 0), (7, 10, 1)]
    assert old.hits("Petrov Kim") == [(0, 6, 0), (7, 10, 1)]


def test_a_name_may_become_one_of_places() -> None:
    person = Finder({"Kasymov": False})

    assert person.hits("Kasymov-Smith") == []
    assert person.with_changes({"Kasymov": True}).hits("Kasymov-Smith") == [(0, 7, 0)]


# How names are typed


def test_every_blank_hyphen_and_apostrophe_is_the_same() -> None:
    typed = "A\u00a0B\u2007C\u202fD\u2010E\u2011F‘G’H"

    assert typed_plainly(typed) == "A B C D-E-F'G'H"


def test_just_these_words_are_found_without_any_ending() -> None:
    find = same_words("Нұр‑Сұлтан", of_place=True)

    assert find("Нұр-Сұлтан, Нұр\u2010Сұлтанға") == [(0, 10)]
    assert same_words("Kasymov", of_place=False)("Kasymov-Smith, Kasymov") == [(15, 22)]


def test_the_word_before_a_place_ends_there() -> None:
    assert word_before("the anti-Kasymov", 8) == "anti"
    assert word_before("anti", 2) == "an"
    assert word_before("a b", 2) == ""
