"""Money and other numbers with places behind the point are exact, and half cents are a setting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.amounts import LARGEST_UNITS, Amount, HalfCents, amount_words, read_amount
from branchbook.domain.problems import RefusedProblem


@pytest.mark.parametrize(
    "text, decimals, units",
    [
        ("200", 2, 20000),
        ("12.5", 2, 1250),
        ("0.01", 2, 1),
        ("1,234.50", 2, 123450),
        ("￥50", 2, 5000),
        ("50 元", 2, 5000),
        ("１２．５０", 2, 1250),
        ("1.5", 1, 15),
        ("32", 0, 32),
        ("7.000", 0, 7),
        ("0", 2, 0),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, decimals, units):
    assert read_amount(text, decimals) == Amount(units)


@pytest.mark.parametrize(
    "text, said",
    [
        ("-5", "负数"),
        ("五十", "不是一个数"),
        ("", "不是一个数"),
        ("1,23", "不是一个数"),
        ("1e3", "不是一个数"),
        ("=1+1", "不是一个数"),
        ("0.005", "最多 2 位小数"),
        ("100000000000.01", "数目太大"),
        ("NaN", "不是一个数"),
    ],
)
def test_anything_else_is_refused_in_words(text, said):
    with pytest.raises(RefusedProblem, match=said):
        read_amount(text, 2)


def test_a_whole_number_has_no_places():
    with pytest.raises(RefusedProblem, match="整数"):
        read_amount("1.5", 0)


@pytest.mark.parametrize(
    "text, units", [("0.005", 1), ("0.004", 0), ("1.245", 125), ("1.255", 126), ("2.675", 268)]
)
def test_half_cents_are_rounded_up_where_the_setting_says_so_and_it_is_told(text, units):
    """2.675 is where binary fractions go wrong."""
    assert read_amount(text, 2, HalfCents.ROUND) == Amount(units, rounded=True)


@given(st.integers(0, LARGEST_UNITS), st.integers(0, 3))
def test_words_are_read_back_exactly(units, decimals):
    assert read_amount(amount_words(units, decimals), decimals) == Amount(units)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_the_sum_of_the_parts_is_the_whole(parts):
    read = [read_amount(amount_words(each, 2), 2).units for each in parts]
    assert amount_words(sum(read), 2) == amount_words(sum(parts), 2)
