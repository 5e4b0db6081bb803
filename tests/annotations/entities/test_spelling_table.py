"""The table of spellings by outlet and year."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.entities.spelling_table import (
    MOST_OUTLETS,
    MOST_ROWS,
    MOST_YEARS,
    SPARK_HEIGHT,
    SPARK_WIDTH,
    SpellingCount,
    spelling_table,
)

found = st.builds(
    SpellingCount,
    spelling=st.sampled_from([f"Petro{letter}" for letter in "abcdefghijklmnop"]),
    language=st.sampled_from(["en", "ru", "kk"]),
    outlet=st.sampled_from(["", "The Post", "Pravda", "A", "B", "C", "D"]),
    year=st.sampled_from([0, 1, 79, 1895, 1991, 2011, 2012, 9999]),
    times=st.integers(min_value=1, max_value=1000),
)


def test_the_commonest_spelling_and_the_busiest_outlet_come_first() -> None:
    table = spelling_table(
        [
            SpellingCount("Petroff", "en", "The Times", 1912, 1),
            SpellingCount("Petrov", "en", "The Post", 2011, 4),
            SpellingCount("Petrov", "ru", "The Times", 2011, 1),
            SpellingCount("Petrov", "en", "", 0, 2),
        ]
    )
    assert table.outlets == ["The Post", "", "The Times"]
    assert [
        (row.spelling, row.language, row.by_outlet, row.total) for row in table.rows
    ] == [
        ("Petrov", "en", [4, 2, 1], 7),
        ("Petroff", "en", [0, 0, 1], 1),
    ]
    assert (table.years[0], table.years[-1], table.span) == (
        "1910–1919",
        "2010–2019",
        "1910–2019",
    )
    assert [(row.by_year[0], row.by_year[-1], row.undated) for row in table.rows] == [
        (0, 5, 2),
        (1, 0, 0),
    ]
    assert table.rows[0].peak == "2010–2019"


def test_few_years_have_a_column_each() -> None:
    table = spelling_table(
        [
            SpellingCount("Petrov", "en", "", 2009, 1),
            SpellingCount("Petrov", "en", "", 2011, 3),
        ]
    )
    assert (table.years, table.rows[0].by_year, table.rows[0].peak) == (
        ["2009", "2010", "2011"],
        [1, 0, 3],
        "2011",
    )
    assert len(table.rows[0].spark) == 2


def test_a_name_without_dates_has_no_years() -> None:
    table = spelling_table([SpellingCount("Petrov", "en", "", 0, 3)])
    assert (
        table.years,
        table.has_undated,
        table.rows[0].undated,
        table.rows[0].spark,
    ) == (
        [],
        True,
        3,
        [],
    )


@given(st.lists(found, min_size=1, max_size=60))
def test_nothing_is_counted_twice_or_left_out(rows: list[SpellingCount]) -> None:
    table = spelling_table(rows)
    assert len(table.outlets) <= MOST_OUTLETS
    assert len(table.rows) <= MOST_ROWS
    assert len(table.years) <= MOST_YEARS
    assert sum(row.total for row in table.rows) + table.left_out_count == sum(
        row.times for row in rows
    )
    assert len(table.rows) + table.left_out == len({row.spelling for row in rows})
    for row in table.rows:
        assert (
            row.total
            == sum(row.by_outlet) + row.others
            == sum(row.by_year) + row.undated
        )
        assert not row.others or table.has_others
        for x, y, width, height in row.spark:
            assert x >= 0
            assert x + width <= SPARK_WIDTH
            assert abs(y + height - SPARK_HEIGHT) < 0.02
