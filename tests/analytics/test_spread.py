"""Median, ninth decile and mean, against the numbers written down one by one."""

import math
import statistics
from collections import Counter
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.analytics.spread import Spread, spread


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=200))
def test_it_is_that_of_the_numbers_in_order(numbers):
    found = spread(Counter(numbers))
    ordered = sorted(numbers)
    assert (found.count, found.total) == (len(numbers), sum(numbers))
    assert found.median == statistics.median(numbers)
    assert found.p90 == ordered[math.ceil(Fraction(9, 10) * len(ordered)) - 1]
    within = sum(1 for number in numbers if number <= found.p90)
    assert 10 * within >= 9 * len(numbers)
    exact = Decimal(sum(numbers)) / Decimal(len(numbers))
    assert found.mean == float(exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN))


def test_of_nothing_nothing_is_said():
    assert spread({}) == Spread(0, 0, None, None)
    assert spread({}).mean is None


@pytest.mark.parametrize(
    ("numbers", "median", "p90"),
    [
        ([2], 2.0, 2),
        ([1, 2], 1.5, 2),
        ([2, 2, 2, -4], 2.0, 2),
        (list(range(1, 11)), 5.5, 9),
        (list(range(1, 12)), 6.0, 10),
    ],
)
def test_examples(numbers, median, p90):
    found = spread(Counter(numbers))
    assert (found.median, found.p90) == (median, p90)


def test_a_number_that_occurs_never_counts_for_nothing():
    assert spread({7: 0, 2: 3}) == Spread(3, 6, 2.0, 2)
