"""Questions that take several entries: what is taken of them, and what their totals may be."""

import msgspec
import pytest

from permits.definitions import loader
from tests.definitions.broken_entries import houses
from tests.definitions.changes import both, used, without_samples
from tests.definitions.shipped import data, rules


def asked_about_houses():
    written = data()
    houses()(written)
    return loader.from_content(msgspec.json.encode(written)).form


def test_several_houses_break_no_rule():
    assert rules(both(without_samples, houses())) == []


@pytest.mark.parametrize(
    "when", ["houses_m2 >= 5000", "house_count == 3", "smallest_m2 < largest_m2"]
)
def test_a_condition_may_read_what_is_made_of_them(when):
    assert rules(both(without_samples, houses(), used("is_large", when))) == []


def test_totals_have_the_limits_that_follow_from_those_of_the_entries():
    """Two to ten houses of 1 to 1,000 square metres."""
    limits = {q.id: (q.least, q.most) for q in asked_about_houses().answerable}
    assert limits["house_count"] == (2, 10)
    assert limits["houses_m2"] == (2, 10_000)
    assert limits["largest_m2"] == limits["smallest_m2"] == (1, 1_000)


def test_totals_stand_after_their_question():
    names = [q.id for q in asked_about_houses().answerable]
    at = names.index("houses")
    assert names[at + 1 : at + 5] == ["house_count", "houses_m2", "largest_m2", "smallest_m2"]
