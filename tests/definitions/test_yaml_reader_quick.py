"""Whichever parser reads a file, the same is made of it, and the same is said of it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from permits.definitions.yaml_reader import _quickly, _strictly, read_yaml
from tests.definitions.shipped import FOLDER

FILES = sorted(FOLDER.rglob("*.yaml"))
LINES = sorted({line for file in FILES for line in file.read_text("utf-8").splitlines()})
PIECES = [
    *"-:?|>&*!%@`\"'[]{},#~\t\n 你",
    "- ",
    ": ",
    " #",
    "--- ",
    "...",
    "<<: ",
    "010",
    "!!str ",
    ">-",
]


def strictly(text):
    return _strictly(text, "permit.yaml")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_of_what_is_shipped_both_parsers_make_the_same(file):
    text = file.read_text("utf-8")
    assert read_yaml(text, "permit.yaml") == strictly(text)
    if not strictly(text).findings and "\t" not in text:
        assert _quickly(text, "permit.yaml") is not None


@pytest.mark.parametrize(
    "text", ['a: "b"\t', "by: [w?indow, leader]", "en: {zh: 届满, en: Expi?red}", "a: >-#\n  b"]
)
def test_what_one_parser_takes_and_the_other_does_not_is_refused(text):
    assert _quickly(text, "permit.yaml") is None
    assert [finding.rule for finding in read_yaml(text, "permit.yaml").findings] == ["yaml.syntax"]


def test_what_is_not_yaml_is_told_by_the_strict_one():
    assert _quickly("a: [b", "permit.yaml") is None
    assert read_yaml("a: [b", "permit.yaml") == strictly("a: [b")


@st.composite
def nearly_shipped(draw):
    """A few lines of a shipped file, with something put in, taken out or said twice."""
    begin = draw(st.integers(0, len(LINES) - 1))
    taken = LINES[begin : begin + draw(st.integers(1, 5))]
    margin = min(len(line) - len(line.lstrip(" ")) for line in taken)
    text = "\n".join(line[margin:] for line in taken)
    for _ in range(draw(st.integers(1, 4))):
        at, to = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        piece = draw(st.sampled_from([*PIECES, "", text[at:to][:12]]))
        text = text[:at] + piece + text[at if piece else at + 2 :]
    return text


@settings(max_examples=400)
@given(nearly_shipped())
@example("a:\n  - b\n  -\n")
@example("? a\n: b\n")
@example("a: |2\n   b\n  c\n")
def test_of_what_is_nearly_in_order_both_parsers_make_the_same(text):
    whole = read_yaml(text, "permit.yaml")
    if whole.data is not None or not whole.findings:
        assert whole == strictly(text)
