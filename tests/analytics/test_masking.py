"""Of few cases nothing is told, and nothing from which they could be reckoned."""

import pytest

from permits.analytics.masking import told
from permits.analytics.rule_book import ruled
from tests.kit import plan_exempt


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, set()),
        ({"a": 5, "b": 9}, {"a", "b"}),
        ({"a": 4, "b": 9, "c": 7}, {"b"}),  # 7 is kept back, or 4 were the whole less the rest
        ({"a": 4, "b": 3, "c": 7}, {"c"}),
        ({"a": 4, "b": 0}, {"b"}),
        ({"a": 4}, set()),
    ],
)
def test_what_is_told_of_groups(counts, shown):
    assert told(counts, 5) == shown


def test_the_rule_book_saves_five_materials_and_two_days_by_the_commitment():
    (one,) = (r for r in ruled(plan_exempt().definition) if r.track == "commitment")
    assert one.materials_ordinary - one.materials == 5
    assert one.days_ordinary - one.days == 2
