"""Check digits and forms: worked example T19 of the procedure's specification."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework.identifiers import credit_check_digit, is_credit_code, is_project_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_t19_a_right_credit_code_is_taken():
    assert is_credit_code("91350100M000100Y43")


def test_the_check_digit_as_reckoned_by_hand():
    """Σ digit × 3^i mod 31 over 91350100M000100Y4 leaves 28; 31 − 28 = 3."""
    assert credit_check_digit("91350100M000100Y4") == "3"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("91350100M000100Y44", "the last digit is wrong"),
        ("9135I100M000100Y43", "the letter I is not of the alphabet"),
        ("91350100m000100y43", "small letters are not of the alphabet"),
        ("91350100M000100Y4", "a digit is missing"),
        ("91350100M000100Y433", "a digit too many"),
        ("", "nothing"),
    ],
)
def test_t19_wrong_credit_codes_are_refused(code, why):
    assert not is_credit_code(code), why


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(first, place, other):
    code = first + credit_check_digit(first)
    assert is_credit_code(code)
    changed = code[:place] + other + code[place + 1 :]
    assert is_credit_code(changed) == (changed == code)


def test_a_project_code_has_24_characters_in_five_groups():
    assert is_project_code("2509-320193-89-01-544060")
    assert is_project_code("2018-410172-48-03-012345")


@pytest.mark.parametrize(
    "code",
    [
        "2509-320193-89-01-54406",
        "2509-320193-89-01-5440600",
        "2509 320193 89 01 544060",
        "abc",
        "",
    ],
)
def test_t19_a_project_code_of_another_length_or_form_is_refused(code):
    assert not is_project_code(code)
