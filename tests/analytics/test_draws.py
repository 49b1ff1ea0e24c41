"""Chance from a seed: the same on every machine, and as likely as it says."""

from itertools import pairwise

import pytest

from permits.analytics.draws import Draws


def test_the_numbers_of_a_seed_are_these_and_stay_so():
    # SHAKE-256 of "permits\n1\ncases\n1", four bytes at a time, the lowest byte first.
    assert Draws(1, "cases").words(3).tolist() == WORDS
    assert Draws(1, "cases").places(3, 10) == [word * 10 >> 32 for word in WORDS]


WORDS = [2032715364, 1852122254, 3779079756]


def test_another_seed_another_name_and_another_turn_give_other_numbers():
    draws = Draws(1, "cases")
    first, second = draws.words(4), draws.words(4)
    others = [Draws(2, "cases").words(4), Draws(1, "breaches").words(4), second]
    assert all(first != other for other in others)


def test_every_place_is_drawn_about_as_often_as_any_other():
    often = [0] * 7
    for place in Draws(3, "places").places(70_000, 7):
        often[place] += 1
    # Each count has a standard deviation of √(70,000 · 1/7 · 6/7) ≈ 93: five of them.
    assert all(abs(count - 10_000) < 465 for count in often)


def test_hits_come_as_often_as_their_chance_says():
    draws = Draws(4, "hits")
    assert (draws.hits(0, 0.5), draws.hits(50, 0), draws.hits(50, 1)) == (0, 0, 50)
    # A standard deviation is √(40,000 · 0.2 · 0.8) = 80: five of them.
    assert abs(draws.hits(40_000, 0.2) - 8_000) < 400


@pytest.mark.parametrize(("first", "second"), [(0.5, 0.5), (0.5, 20.5), (3.5, 7.5), (80.5, 20.5)])
def test_shares_have_the_mean_and_the_spread_of_their_distribution(first, second):
    draws = Draws(5, "beta")
    found = [draws.beta(first, second) for _ in range(4_000)]
    mean = first / (first + second)
    variance = mean * (1 - mean) / (first + second + 1)
    assert all(0 <= one <= 1 for one in found)
    assert abs(sum(found) / len(found) - mean) < 5 * (variance / len(found)) ** 0.5
    spread = sum((one - mean) ** 2 for one in found) / len(found)
    assert spread == pytest.approx(variance, rel=0.2)


def test_a_unit_is_never_nought_nor_one():
    draws = Draws(6, "units")
    found = [draws.unit() for _ in range(3_000)]
    assert all(0 < one < 1 for one in found)
    assert any(before != after for before, after in pairwise(found))
