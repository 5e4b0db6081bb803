"""What is in a basket, and what becomes of it when two windows change it."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core import basket_contents as baskets
from annotations.core.basket_contents import (
    BasketContents,
    BasketItem,
    ItemNote,
    stamp_of,
)

ONE, TWO, THREE, FOUR = (UUID(int=number) for number in (1, 2, 3, 4))

keys = st.integers(1, 6).map(lambda number: UUID(int=number))
changes = st.lists(
    st.one_of(
        st.tuples(st.just("put"), keys),
        st.tuples(st.just("taken_out"), keys),
        st.tuples(st.just("raised"), keys),
        st.tuples(st.just("lowered"), keys),
    )
)


def holding(*numbers: int) -> BasketContents:
    return BasketContents().put(
        BasketItem(UUID(int=number), f"on {number}") for number in numbers
    )


def order(contents: BasketContents) -> list[int]:
    return [key.int for key in contents.keys]


def test_what_is_put_in_stands_at_the_end_and_once() -> None:
    assert order(holding(1, 2).put([BasketItem(THREE), BasketItem(ONE)])) == [1, 2, 3]


def test_a_full_basket_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baskets, "MOST", 2)
    assert order(holding(1, 2, 3)) == [1, 2]
    assert order(
        holding(1, 2).taken_out({ONE}).put([BasketItem(THREE)]).put_back()
    ) == [2, 3]


def test_an_excerpt_that_comes_back_finds_its_note() -> None:
    contents = holding(1, 2).taken_out({ONE}).put([BasketItem(ONE)])
    assert contents.items[-1] == BasketItem(ONE, "on 1")
    assert order(contents.put_back()) == [2, 1]


def test_a_note_that_is_copied_does_not_go_over_ones_own() -> None:
    contents = (
        BasketContents()
        .put([BasketItem(ONE, "mine"), BasketItem(TWO)])
        .put([BasketItem(ONE, "theirs"), BasketItem(TWO, "theirs")])
    )
    assert [item.note for item in contents.items] == ["mine", "theirs"]


def test_what_was_taken_out_last_goes_back_where_it_stood() -> None:
    assert holding(1, 2, 3, 4).taken_out({TWO, THREE}).put_back() == holding(1, 2, 3, 4)
    assert order(holding(1, 2).emptied().put([BasketItem(THREE)]).put_back()) == [
        1,
        2,
        3,
    ]


def test_taking_out_nothing_forgets_nothing() -> None:
    contents = holding(1, 2).taken_out({ONE})
    assert contents.taken_out({FOUR}) == contents


@pytest.mark.parametrize(
    ("key", "before", "expected"),
    [
        (THREE, ONE, [3, 1, 2]),
        (ONE, THREE, [2, 1, 3]),
        (ONE, None, [2, 3, 1]),
        (ONE, ONE, [1, 2, 3]),
        (ONE, FOUR, [1, 2, 3]),
        (FOUR, ONE, [1, 2, 3]),
    ],
)
def test_an_excerpt_moves_in_front_of_another_or_to_the_end(
    key: UUID, before: UUID | None, expected: list[int]
) -> None:
    assert order(holding(1, 2, 3).moved(key, before)) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [(ONE, [1, 2, 3]), (TWO, [2, 1, 3]), (THREE, [1, 3, 2]), (FOUR, [1, 2, 3])],
)
def test_an_excerpt_is_raised_by_one_position(key: UUID, expected: list[int]) -> None:
    assert order(holding(1, 2, 3).raised(key)) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [(ONE, [2, 1, 3]), (TWO, [1, 3, 2]), (THREE, [1, 2, 3]), (FOUR, [1, 2, 3])],
)
def test_an_excerpt_is_lowered_by_one_position(key: UUID, expected: list[int]) -> None:
    assert order(holding(1, 2, 3).lowered(key)) == expected


def test_what_is_moved_leaves_what_was_taken_out() -> None:
    contents = holding(1, 2, 3).taken_out({ONE}).moved(THREE, TWO)

    assert order(contents.put_back()) == [1, 3, 2]


def test_what_a_session_keeps_is_read_back_with_its_notes() -> None:
    contents = holding(1, 2, 3).taken_out({TWO})

    again = BasketContents.read(json.loads(json.dumps(contents.kept)))

    assert again == contents
    assert again.gone == ((1, BasketItem(TWO, "on 2")),)
    assert BasketContents.read({}) == BasketContents()


def test_a_note_is_written_over_the_one_that_was_seen() -> None:
    assert holding(1).noted({ONE: ItemNote(stamp_of("on 1"), "new")}).items == (
        BasketItem(ONE, "new"),
    )
    assert holding(1).noted({ONE: ItemNote(stamp_of("on 1"), "")}).items == (
        BasketItem(ONE, ""),
    )


def test_of_two_notes_on_one_excerpt_both_stay() -> None:
    seen = stamp_of("on 1")
    contents = (
        holding(1)
        .noted({ONE: ItemNote(seen, "first")})
        .noted({ONE: ItemNote(seen, "second")})
    )
    assert contents.items[0].note == "first\nsecond"


def test_a_note_that_holds_the_other_stays_alone() -> None:
    seen = stamp_of("on 1")
    longer = holding(1).noted({ONE: ItemNote(seen, "first and second")})

    assert longer.noted({ONE: ItemNote(seen, "second")}) == longer
    assert holding(1).noted({ONE: ItemNote("", "on 1, too")}).items[0].note == (
        "on 1, too"
    )


def test_a_page_that_did_not_touch_a_note_does_not_take_it_back() -> None:
    contents = holding(1).noted({ONE: ItemNote(stamp_of("on 1"), "new")})
    assert (
        contents.noted({ONE: ItemNote(stamp_of("on 1"), "on 1")}).items[0].note == "new"
    )


def test_a_note_on_what_was_taken_out_meanwhile_comes_back_with_it() -> None:
    contents = (
        holding(1, 2).taken_out({ONE}).noted({ONE: ItemNote(stamp_of("on 1"), "new")})
    )
    assert contents.put_back().items[0] == BasketItem(ONE, "new")


@given(changes)
def test_whatever_is_done_no_excerpt_stands_twice_and_no_note_is_mixed_up(
    done: list[tuple[str, UUID]],
) -> None:
    contents = BasketContents()
    for change, key in done:
        value = (
            [BasketItem(key, f"on {key.int}")]
            if change == "put"
            else {key}
            if change == "taken_out"
            else key
        )
        contents = getattr(contents, change)(value)
        assert len(set(contents.keys)) == len(contents)
        assert all(item.note == f"on {item.key.int}" for item in contents.items)
    assert BasketContents.read(json.loads(json.dumps(contents.kept))) == contents
    assert set(contents.put_back().keys) == {
        *contents.keys,
        *(item.key for _place, item in contents.gone),
    }
