"""In which order an exchange is read."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotations.allegations.thread_order import thread_order

FIRST, LATER = date(2011, 12, 19), date(2012, 1, 26)
DAYS = st.dictionaries(
    st.integers(0, 12),
    st.none() | st.integers(0, 400).map(lambda days: FIRST + timedelta(days)),
    min_size=1,
)
LINKS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20)


def test_a_claim_stands_before_its_answer_of_the_same_day() -> None:
    assert thread_order(
        {"denial": FIRST, "claim": FIRST}, [("denial", "claim")], "claim"
    ) == [
        "claim",
        "denial",
    ]


def test_what_answers_on_another_day_stands_where_its_date_puts_it() -> None:
    days = {"earlier": FIRST, "claim": LATER}
    assert thread_order(days, [("earlier", "claim")], "claim") == ["earlier", "claim"]


def test_an_undated_answer_stands_beside_what_it_answers_and_before_what_came_later() -> (
    None
):
    days = {"undated": None, "claim": FIRST, "finding": LATER}
    links = [("undated", "claim"), ("finding", "undated")]
    assert thread_order(days, links, "finding") == ["claim", "undated", "finding"]


def test_an_undated_claim_stands_before_its_first_answer() -> None:
    days = {"answer": FIRST, "claim": None, "reply": LATER}
    assert thread_order(days, [("answer", "claim"), ("reply", "claim")], "reply") == [
        "claim",
        "answer",
        "reply",
    ]


def test_what_nothing_joins_is_left_out() -> None:
    assert thread_order({"one": FIRST, "other": FIRST}, [("gone", "one")], "one") == [
        "one"
    ]


@given(DAYS, LINKS)
def test_every_turn_leads_to_the_same_exchange(
    days: dict[int, date | None], links: list[tuple[int, int]]
) -> None:
    start = next(iter(days))
    order = thread_order(days, links, start)
    assert start in order
    assert len(set(order)) == len(order)
    assert all(thread_order(days, links, key) == order for key in order)


@given(DAYS, LINKS)
def test_what_is_dated_stands_in_order_of_dates(
    days: dict[int, date | None], links: list[tuple[int, int]]
) -> None:
    order = thread_order(days, links, next(iter(days)))
    dated = [day for key in order if (day := days[key])]
    assert dated == sorted(dated)
