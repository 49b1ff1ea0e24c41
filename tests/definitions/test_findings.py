import pytest

from permits.definitions.findings import (
    BrokenDefinition,
    Finding,
    Mark,
    Marks,
    spell,
    spell_value,
)

HERE = Mark("permit.yaml", 7, 3)


def test_a_finding_reads_as_place_path_sentence_and_rule():
    finding = Finding(
        "ref.state", ("chart", "actions", "grant", "moves", 0, "to"), "no such", HERE
    )
    assert str(finding) == "permit.yaml:7: chart.actions.grant.moves[0].to: no such [ref.state]"


def test_a_finding_about_a_whole_file_says_so():
    assert str(Finding("yaml.empty", (), "the file is empty")) == (
        "(file): the file is empty [yaml.empty]"
    )


def test_list_positions_stand_in_brackets():
    assert spell((0, "a", 1, 2, "b")) == "[0].a[1][2].b"
    assert spell(()) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "`true`"),
        (False, "`false`"),
        (12, "the number 12"),
        ("abc", "the text `abc`"),
        ("x" * 41, f"the text `{'x' * 39}…`"),
        ([1], "a list"),
        ((1,), "a list"),
        ({}, "a mapping"),
    ],
)
def test_what_was_found_is_put_in_words(value, words):
    assert spell_value(value) == words


def test_a_path_that_was_not_written_stands_where_its_parent_does():
    marks = Marks({("permit",): HERE})
    assert marks.of(("permit", "title", "en")) == HERE
    assert marks.of(("chart",)) is None


def test_findings_come_in_the_order_of_the_file():
    marks = Marks({("a",): Mark("x", 1), ("b",): Mark("x", 2)})
    late, early, placed = (
        Finding("r", ("b",), "late"),
        Finding("r", ("a",), "early"),
        Finding("r", ("c",), "placed", Mark("x", 1, 9)),
    )
    assert [f.says for f in marks.place([late, placed, early])] == ["early", "placed", "late"]


def test_a_broken_definition_tells_every_reason():
    broken = BrokenDefinition((Finding("a.b", ("c",), "one"), Finding("a.b", ("d",), "two")))
    assert str(broken).splitlines() == ["c: one [a.b]", "d: two [a.b]"]
