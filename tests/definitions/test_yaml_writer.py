import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.definitions.yaml_reader import read_yaml
from permits.definitions.yaml_writer import write_yaml
from tests.definitions.shipped import data


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": 1, "b": True, "c": False}, "a: 1\nb: true\nc: false\n"),
        ({"a": "window", "b": "7wd", "c": "2022-06-01"}, "a: window\nb: 7wd\nc: 2022-06-01\n"),
        ({"a": "09:00", "b": "010", "c": ""}, 'a: "09:00"\nb: "010"\nc: ""\n'),
        ({"on": "yes", "y": "no"}, '"on": "yes"\n"y": "no"\n'),
        ({"a": ["b", "c"]}, "a: [b, c]\n"),
        ({"a": {"zh": "是", "en": "Yes"}}, 'a: {zh: "是", en: "Yes"}\n'),
        ({"a": [], "b": {}}, "a: []\nb: {}\n"),
        ({"a": [{"b": [1]}, {"c": {"d": [2]}}]}, "a:\n  - b: [1]\n  - c:\n      d: [2]\n"),
        ([[["a"]]], "- - [a]\n"),
        ({"a": "x" * 99}, f"a: {'x' * 99}\n"),
        ({"a": ["x" * 50, "y" * 50]}, f"a:\n  - {'x' * 50}\n  - {'y' * 50}\n"),
        ("a", "a\n"),
        ({}, "{}\n"),
    ],
)
def test_data_is_written_as_short_as_it_can_be_read(value, text):
    assert write_yaml(value) == text


def test_with_ascii_only_every_other_character_is_an_escape():
    text = write_yaml({"a": "许可", "b": "𬭎"}, ascii_only=True)
    assert text == 'a: "\\u8bb8\\u53ef"\nb: "\\U0002cb4e"\n'
    assert read_yaml(text, "it").data == {"a": "许可", "b": "𬭎"}


TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")))
NAME = st.one_of(
    TEXT, st.sampled_from(["on", "no", "~", "null", "1", "010", "a: b", "- a", "a #b"])
)
VALUE = st.recursive(
    st.one_of(st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), NAME),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(NAME, inner)),
    max_leaves=20,
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(VALUE, st.booleans())
def test_whatever_is_written_is_read_back(value, ascii_only):
    document = read_yaml(write_yaml(value, ascii_only=ascii_only), "it")
    assert document.findings == ()
    assert document.data == value


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_shipped_definition_is_read_back_in_its_order(ascii_only):
    document = read_yaml(write_yaml(data(), ascii_only=ascii_only), "it")
    assert document.findings == ()
    assert repr(document.data) == repr(data())
