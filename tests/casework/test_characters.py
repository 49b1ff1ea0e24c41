"""What counts as a character, and which ones nobody can see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework.characters import characters, is_unseen, showable

RARE = "𬭎㛃䶮㙦"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (RARE, 4),
        ("張三", 2),
        ("e\u0301", 1),
        ("葛\U000e0100城", 2),
        ("a\u0301\u0302\u0303\u0304", 3),
        ("\u0301", 0),
    ],
    ids=["none", "beyond the plane", "ideographs", "accent", "variant", "heaped", "alone"],
)
def test_characters_are_counted_as_they_are_read(text, count):
    assert characters(text) == count


@given(st.text())
def test_no_text_counts_more_than_its_code_points_and_marks_cannot_be_heaped(text):
    assert characters(text) <= len(text) <= 3 * characters(text) + 2


@pytest.mark.parametrize(
    "unseen",
    [
        "\u202e", "\u2066", "\u200b", "\u200d", "\u200f", "\u061c", "\u00ad", "\u2028", "\u2060",
        "\ufeff", "\ufffd", "\u3164", "\u115f", "\u2800", "\u034f", "\U000e0041", "\x00", "\x7f",
        "\x85", "\ufffe", "\U0001ffff",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_nobody_can_see_or_reorders_the_rest_is_not_shown(unseen):
    assert is_unseen(unseen)
    assert not showable(f"张{unseen}三", lines=True)


def test_half_a_character_is_none():
    assert is_unseen(chr(0xD800))


def test_rare_names_variants_and_other_scripts_are_shown():
    for text in (RARE, "葛\U000e0100城", "﨑", "مرحبا", "👷", "ї", "\u2ceb0", "\U00031350"):
        assert showable(text, lines=False), text


def test_lines_and_tabs_stand_only_where_a_text_may_have_several_lines():
    assert showable("一\n二\t三", lines=True)
    assert not showable("一\n二", lines=False)
    assert not showable("一\t二", lines=False)
