import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.anchoring.selectors import (
    CONTEXT,
    Quotable,
    Selector,
    Unanchorable,
    around,
    carry,
    occurrences,
    select,
)

TEXT = (
    "Kasymov spoke on Sunday. He said that nobody gave the order.\n\n"
    "Жаңаөзенде 😀 Kasymov spoke on Sunday. He said that all had been quiet."
)

# Texts of so few letters that everything stands in them more than once.
short_texts = st.text("ab ", max_size=30)


def passage(words: str, text: str = TEXT, nth: int = 0) -> Selector:
    start = occurrences(text, words)[nth]
    return select(text, start, start + len(words))


@given(st.data())
def test_a_passage_is_its_words_between_its_context(data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=200))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    found = select(text, start, end)

    assert text[found.start : found.end] == found.exact
    assert text[: found.start].endswith(found.prefix)
    assert text[found.end :].startswith(found.suffix)
    assert len(found.prefix) == min(CONTEXT, start)
    assert len(found.suffix) == min(CONTEXT, len(text) - end)


def test_offsets_are_code_points() -> None:
    assert select("😀 Қасымов", 2, 9).exact == "Қасымов"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 3), (0, 6), (5, 6)])
def test_what_is_no_passage_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(Unanchorable):
        select("Aktau", start, end)


def test_a_passage_moves_with_its_words_when_something_is_written_before_them() -> None:
    text = "A new first paragraph.\n\n" + TEXT

    carried = carry(passage("nobody gave the order"), text)

    assert carried == passage("nobody gave the order", text)


def test_a_passage_is_carried_by_its_context_where_its_words_stand_twice() -> None:
    text = TEXT + "\n\nThe end."

    assert carry(passage("Kasymov", nth=1), text) == passage("Kasymov", text, nth=1)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("nobody", "no one"),
        TEXT.replace("He said that nobody", "He said nobody"),
        TEXT.replace("order.\n\n", "order. "),
        TEXT + "\n\n" + TEXT,
        "",
    ],
    ids=["other words", "other context", "other paragraphs", "twice", "nothing"],
)
def test_a_passage_is_never_moved_by_guess(text: str) -> None:
    assert carry(passage("nobody gave the order"), text) is None


@given(short_texts, short_texts, st.data())
def test_what_is_carried_has_the_same_words_and_context_and_stands_there_once(
    old: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, max(0, len(old) - 1)))
    end = data.draw(st.integers(start, len(old)))
    if start == end:
        return
    wanted = select(old, start, end)

    carried = carry(wanted, new)

    whole = wanted.prefix + wanted.exact + wanted.suffix
    places = [at for at in range(len(new)) if new.startswith(whole, at)]
    if carried is None:
        assert len(places) != 1
    else:
        assert places == [carried.start - len(wanted.prefix)]
        assert new[carried.start : carried.end] == carried.exact == wanted.exact


@given(
    st.text(min_size=1, max_size=60),
    st.text(max_size=20),
    st.text(max_size=20),
    st.data(),
)
def test_a_passage_that_stood_once_is_found_again_between_new_words(
    old: str, before: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    wanted = select(old, start, len(old))
    new = before + old + after

    carried = carry(wanted, new)

    if new.count(wanted.prefix + wanted.exact) == 1:
        assert carried is None or carried.start == len(before) + start
    if carried:
        assert new[carried.start : carried.end] == wanted.exact


def test_occurrences_are_found_even_where_they_overlap() -> None:
    assert occurrences("aaaa", "aa") == [0, 1, 2]
    assert occurrences("aaaa", "aa", 1, 3) == [1]
    assert occurrences("abba", "ba", 0, 3) == []
    assert occurrences("aaaa", "") == []


@pytest.mark.parametrize(
    ("most", "shown"),
    [(9, ("…that ", " gave…")), (150, (TEXT[:38], TEXT[44:]))],
)
def test_what_stands_around_is_cut_between_words_and_says_so(
    most: int, shown: tuple[str, str]
) -> None:
    start = TEXT.index("nobody")
    assert around(TEXT, start, start + 6, most) == shown


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "starts"),
    [
        ("Kasymov", "", "", [0, 75]),
        ("Kasymov", "order. ", "", []),
        ("Kasymov", "Жаңаөзенде 😀", "spoke\n on", [75]),
        ("gave\n  the order.", "that nobody", "Жаңаөзенде", [45]),
        ("order. Жаңаөзенде", "", "", [54]),
        ("order.Жаңаөзенде", "", "", []),
        ("Kasymo", "", "", []),
        ("asymov", "K", "", [1, 76]),
        ("", "He", "said", []),
        (" ", "", "", []),
    ],
)
def test_a_quotation_is_found_however_its_blanks_are_typed_and_never_in_other_words(
    exact: str, prefix: str, suffix: str, starts: list[int]
) -> None:
    found = Quotable(TEXT).find(exact, prefix, suffix)
    assert [one.start for one in found] == starts
    assert all(TEXT[one.start : one.end].split() == exact.split() for one in found)


@given(st.data())
def test_whatever_stands_in_a_text_is_found_as_a_quotation(data: st.DataObject) -> None:
    text = data.draw(st.text("abc \n😀é", min_size=1, max_size=40))
    start = data.draw(st.integers(0, len(text) - 1))
    wanted = select(text, start, data.draw(st.integers(start + 1, len(text))))
    found = Quotable(text).find(wanted.exact, wanted.prefix, wanted.suffix)
    # At an end of the text there is no context to say that a word goes on.
    assert [one for one in found if one.exact.split() != wanted.exact.split()] == []
    if wanted.exact.strip() and wanted.prefix and wanted.suffix:
        assert wanted.exact.strip() in [one.exact for one in found]


def test_context_is_read_in_one_line_and_without_a_word_that_is_cut() -> None:
    text = f"{'x' * 20} one\n\ntwo\nthree four five|here|six seven\n\neight\nnine {'y' * 20}"
    found = passage("|here|", text)

    assert found.before == "one two three four five"
    assert found.after == "six seven eight nine"


def test_context_to_the_end_of_the_text_is_read_whole() -> None:
    found = passage("here", "One two\n\nhere\n\nthree four")

    assert (found.before.strip(), found.after.strip()) == ("One two", "three four")


def test_context_that_is_one_long_word_is_read_as_far_as_it_goes() -> None:
    found = passage("|here|", f"{'x' * 40}|here|{'y' * 40}")

    assert (found.before, found.after) == ("x" * 32, "y" * 32)


def test_around_a_passage_an_ellipsis_stands_only_where_more_follows() -> None:
    assert around("one two three", 4, 7, 4) == ("one ", "…")
    assert around("one two three", 4, 7, 6) == ("one ", " three")
    assert around("one two three", 5, 7, 4) == ("…t", "…")
