"""What is left of a personal value under its mask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework.masks import BESIDE, HIDDEN, mask_of, masked
from tests.kit import plan_exempt


@pytest.mark.parametrize(
    ("value", "mask", "shown"),
    [
        ("张三", "name", "张*"),
        ("欧阳修远", "name", "欧*"),
        ("𬭎㛃", "name", "𬭎*"),
        ("", "name", "*"),
        ("13800001234", "phone", "138****1234"),
        ("0371-00000000", "phone", "037****0000"),
        ("1234567", "phone", HIDDEN),
        ("410100000000001234", "number", "4101**********1234"),
        ("123456789012", "number", "1234****9012"),
        ("12345678901", "number", HIDDEN),
        ("郑州市高新区科学大道1号院2号楼", "address", "郑州市高新区****"),
        ("科学大道1号", "address", HIDDEN),
        ("采光受影响", "whole", HIDDEN),
    ],
)
def test_a_value_under_its_mask(value, mask, shown):
    assert masked(value, mask) == shown


@given(st.text(min_size=2), st.sampled_from(["name", "phone", "number", "address", "whole"]))
def test_at_least_one_character_is_hidden_whatever_the_value(value, mask):
    shown = masked(value, mask)
    assert shown.count("*") >= 1
    assert value not in shown or set(value) == {"*"}


def test_answers_are_masked_as_their_definition_says_and_other_texts_by_what_they_are():
    edition = plan_exempt()
    assert mask_of("contact_phone", edition) == "phone"
    assert mask_of("contact_name", edition) == "name"
    assert mask_of("works_name", edition) is None
    assert mask_of("reason", edition) is None
    assert mask_of("contact_phone", None) is None
    assert {mask_of(field, None) for field in BESIDE} == {"name", "phone", "whole"}
