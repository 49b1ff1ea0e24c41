"""Figures as people read them."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework.parts import Outcome
from permits.definitions.tracks import TrackName
from permits.text.figures import number, outcome, share, track


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (0, "0"),
        (10, "10"),
        (1234567, "1,234,567"),
        (-4, "−4"),
        (2.0, "2"),
        (2.5, "2.5"),
        (2.35, "2.35"),
        (-0.25, "−0.25"),
        (100.0, "100"),
        (None, "–"),
    ],
)
def test_a_number_is_short_and_has_a_true_minus(value, says):
    assert number(value, "zh") == number(value, "en") == says


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [
        (82, 92, "89.1%"),
        (1, 2, "50%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (9999, 10000, "99.9%"),
        (1, 100000, "0.1%"),
        (0, 0, "–"),
    ],
)
def test_a_share(part, whole, says):
    assert share(part, whole, "zh") == share(part, whole, "en") == says


@given(st.integers(1, 10**6), st.data())
def test_only_all_is_all_and_only_nothing_is_nothing(whole, data):
    part = data.draw(st.integers(0, whole))
    says = share(part, whole, "en")
    assert (says == "100%") == (part == whole)
    assert (says == "0%") == (part == 0)


def test_each_track_and_each_result_has_a_name_of_its_own():
    for language in ("zh", "en"):
        assert len({track(one, language) for one in TrackName}) == len(TrackName)
        results = get_args(Outcome)
        assert len({outcome(one, language) for one in results}) == len(results)
