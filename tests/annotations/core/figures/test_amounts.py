"""How numbers and amounts are told."""

from decimal import Decimal

import pytest

from annotations.core.figures.parser import Amount, number


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("15", "15"),
        ("15.0000", "15"),
        ("0", "0"),
        ("1400", "1,400"),
        ("1234567.5000", "1,234,567.5"),
        ("0.0125", "0.0125"),
        ("-3.50", "-3.5"),
        ("1E+3", "1,000"),
        ("99999999999999999.9999", "99,999,999,999,999,999.9999"),
    ],
)
def test_a_number_has_commas_and_no_zeros_at_its_end(value: str, words: str) -> None:
    assert number(Decimal(value)) == words


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (15, None, "exactly", "15"),
        (15, None, "at_least", "at least 15"),
        (1400, None, "about", "about 1,400"),
        (17, None, "at_most", "at most 17"),
        (10, None, "more_than", "more than 10"),
        (20, None, "fewer_than", "fewer than 20"),
        (20, 30, "exactly", "20 to 30"),
        (20, 30, "about", "about 20 to 30"),
        (20, 30, "between", "between 20 and 30"),
        (20, None, "between", "20"),
    ],
)
def test_an_amount_reads_as_its_source_would_put_it(
    low: int, high: int | None, qualifier: str, words: str
) -> None:
    amount = Amount(Decimal(low), None if high is None else Decimal(high), qualifier)

    assert str(amount) == words
