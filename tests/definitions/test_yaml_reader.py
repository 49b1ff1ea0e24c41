import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.definitions.findings import Mark
from permits.definitions.yaml_reader import (
    LARGEST_NUMBER,
    MOST_BYTES,
    MOST_DEPTH,
    MOST_NODES,
    read_yaml,
)


def read(text):
    return read_yaml(text, "permit.yaml")


def rules(text):
    return [finding.rule for finding in read(text).findings]


def only(text):
    (finding,) = read(text).findings
    return finding


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1", {"a": 1}),
        ("a: 0\nb: -7\nc: 10", {"a": 0, "b": -7, "c": 10}),
        ("a: true\nb: false", {"a": True, "b": False}),
        ("a: reviewer", {"a": "reviewer"}),
        ("a: 2022-06-01", {"a": "2022-06-01"}),
        ("a: 1.2.3", {"a": "1.2.3"}),
        ("a: 7wd", {"a": "7wd"}),
        ("a: 第四十条", {"a": "第四十条"}),
        ('a: "010"\nb: \'yes\'\nc: ""', {"a": "010", "b": "yes", "c": ""}),
        ('"on": 1', {"on": 1}),
        ("a: [b, {c: d}]", {"a": ["b", {"c": "d"}]}),
        ("a: |\n  one\n  two\nb: >-\n  one\n  two", {"a": "one\ntwo\n", "b": "one two"}),
        ("# a comment\na: b  # another", {"a": "b"}),
        ("a: 5#6", {"a": "5#6"}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("- a\n- b", ["a", "b"]),
        ("a: {}\nb: []", {"a": {}, "b": []}),
        (f"a: {LARGEST_NUMBER}\nb: -{LARGEST_NUMBER}", {"a": 2**53 - 1, "b": -(2**53) + 1}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    ],
)
def test_what_is_written_plainly_is_read_as_it_looks(text, data):
    document = read(text)
    assert document.findings == ()
    assert document.data == data


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "y", "n", "On", "NO", "True", "FALSE"])
def test_words_that_yaml_takes_for_truth_values_must_be_quoted(word):
    assert only(f"a: {word}").rule == "yaml.ambiguous"
    assert f'quote it: "{word}"' in only(f"a: {word}").says
    assert only(f"{word}: a").rule == "yaml.ambiguous"


@pytest.mark.parametrize(
    "number",
    [
        "010",
        "0o17",
        "0x1F",
        "0b11",
        "12:30",
        "190:20:30",
        "1.5",
        "1e3",
        "1.5e-3",
        ".5",
        "1.",
        "+5",
        "1_000",
        "-0",
        "00",
        ".inf",
        "-.inf",
        ".nan",
        "-010",
        "-1.5",
    ],
)
def test_numbers_that_yaml_reads_otherwise_than_they_look_must_be_quoted(number):
    assert only(f"a: {number}").rule == "yaml.ambiguous"
    assert f'a text is quoted: "{number}"' in only(f"a: {number}").says
    assert only(f"{number}: a").rule == "yaml.ambiguous"


@pytest.mark.parametrize("number", ["1", "-4", "true", "false"])
def test_a_key_is_never_a_number_or_a_truth_value(number):
    assert only(f"{number}: a").rule == "yaml.ambiguous"
    assert f"the key `{number}`" in only(f"{number}: a").says


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null"])
def test_a_missing_value_is_told_and_not_taken_for_nothing(nothing):
    assert "no value here" in only(f"a: {nothing}").says
    assert only(f"- a\n- {nothing}\n").path == (1,)
    assert only(f"? {nothing}\n: a").rule == "yaml.ambiguous"


def test_a_number_too_large_to_be_kept_exactly_is_refused():
    assert "at most" in only(f"a: {LARGEST_NUMBER + 1}").says
    assert "at most" in only("a: " + "9" * 6000).says


def test_a_text_may_not_run_on_into_the_next_line_unless_it_says_so():
    finding = only("by:\n  - window\n   - leader\n")
    assert finding.path == ("by", 0)
    assert "next line" in finding.says


def test_a_number_sign_that_cuts_a_text_short_is_told():
    finding = only("a: Gate #3 of the plot")
    assert "`#3 of the plot` is a comment here" in finding.says


def test_a_key_written_twice_is_told_once_with_the_place_of_the_second():
    document = read("a: 1\nb: 2\na: [on]\n")
    assert [(f.rule, f.where, f.mark.line) for f in document.findings] == [
        ("yaml.duplicate_key", "a", 3),
        ("yaml.ambiguous", "a[0]", 3),
    ]
    assert document.data == {"a": 1, "b": 2}


@pytest.mark.parametrize("text", ["? [a, b]\n: c", "? {a: b}\n: c"])
def test_a_key_is_a_single_word(text):
    assert only(text).rule == "yaml.key"
    assert read(text).data == {}


@pytest.mark.parametrize("text", ["a: &x b", "a: *x", "&x a: b", "a: &x {b: c}", "<<: {a: b}"])
def test_anchors_aliases_and_merge_keys_are_not_used(text):
    assert only(text).rule == "yaml.alias"
    assert "`uses`" in only(text).says


def test_an_alias_as_a_key_is_refused_too():
    assert set(rules("*x : b")) == {"yaml.key", "yaml.alias"}


def test_aliases_that_would_multiply_are_never_expanded():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(
        f"{c}: &{c} [{', '.join(['*' + p] * 9)}]\n"
        for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert set(rules(bomb)) == {"yaml.alias"}
    assert read(bomb).data["i"] == [None] * 9


@pytest.mark.parametrize(
    "text", ["a: !!str 1", "a: !mine b", "!mine a: b", "a: !!python/name:os.system ''"]
)
def test_tags_are_not_used(text):
    assert only(text).rule == "yaml.tag"


def test_a_tagged_mapping_is_told_and_its_inside_read_on():
    assert rules("a: !mine {b: on}") == ["yaml.tag", "yaml.ambiguous"]


def test_a_file_holds_one_document():
    finding = only("a: b\n---\nc: d\n")
    assert (finding.rule, finding.mark.line) == ("yaml.documents", 2)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_told(text):
    assert only(text).rule == "yaml.empty"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("\ta: b", "not with tabs"),
        ("a:\tb", "not with tabs"),
        ("a: {zh: 是否, en: Is it?}", "inside {…}"),
        ("a: [b?, c]", "inside {…}"),
        ("a: b: c", "colon and a space"),
        ("a： b\nc: d", "："),
        ("a: @b", "quote a text that begins"),
        ("a: `b`", "quote a text that begins"),
        ("a: %b", "quote a text that begins"),
        ('a: "\\q"', "single quotes"),
        ('a: "b', "close the quote"),
        ("a: [b", "close the bracket"),
        ("a: {b: c", "close the bracket"),
        ("a:\n - b\n c: d", "same column"),
        ("a: >x\n b", "lines above"),
    ],
)
def test_what_is_not_yaml_is_told_with_a_way_out(text, hint):
    document = read(text)
    assert document.data is None
    assert document.findings[-1].rule == "yaml.syntax"
    assert hint in document.findings[-1].says


def test_a_comma_inside_braces_that_makes_a_key_is_told_where_it_stands():
    document = read("a: {zh: 你好, en: Hello, world}\n")
    (finding,) = document.findings
    assert (finding.rule, finding.path) == ("yaml.ambiguous", ("a", "world"))
    assert "quote a text that holds a comma" in finding.says


def test_a_colon_without_a_space_inside_braces_is_told():
    assert "space after a colon" in only("a: {zh:你好}").says


def test_what_was_found_before_a_syntax_error_is_told_with_it():
    assert rules("a: on\nb: 010\nc: [\n") == ["yaml.ambiguous", "yaml.ambiguous", "yaml.syntax"]


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        *((c, "a control") for c in "\x00\x07\x85\r"),
        *((c, "an invisible") for c in "\u200b\u202e\ufeff"),
        *((c, "a line") for c in "\u2028\u2029"),
        ("\ud800", "half a"),
        ("\uffff", "no"),
    ],
)
def test_characters_nobody_sees_are_told_with_their_place(character, kind):
    finding = only(f"a: b\nc: d{character}e\n")
    assert (finding.rule, finding.mark) == ("yaml.character", Mark("permit.yaml", 2, 5))
    assert finding.says.startswith(f"there is {kind} character")
    assert f"U+{ord(character):04X}" in finding.says


@pytest.mark.parametrize("escape", ["\\0", "\\u202e", "\\ud800", "\\x85", "\\L"])
def test_characters_nobody_sees_are_not_let_in_as_escapes(escape):
    finding = only(f'a:\n  - "b{escape}"\n')
    assert (finding.rule, finding.path) == ("yaml.character", ("a", 0))
    assert only(f'"b{escape}": c\n').rule == "yaml.character"
    assert read('a: "b\\tc\\nd"').data == {"a": "b\tc\nd"}


def test_a_file_may_hold_so_many_bytes_and_not_one_more():
    text = "a: " + "b" * (MOST_BYTES - 3)
    assert read(text).findings == ()
    assert rules(text + "b") == ["yaml.too_large"]
    assert rules("a: " + "许" * (MOST_BYTES // 3)) == ["yaml.too_large"]


def test_a_file_may_be_so_deep_and_no_deeper():
    assert read("[" * MOST_DEPTH + "]" * MOST_DEPTH).findings == ()
    assert rules("[" * (MOST_DEPTH + 2) + "]" * (MOST_DEPTH + 2)) == ["yaml.too_large"]
    assert rules("{a: " * 200_000) == ["yaml.too_large"]


def test_a_file_may_hold_so_many_values_and_not_one_more():
    assert read("- a\n" * (MOST_NODES - 1)).findings == ()
    assert rules("- a\n" * MOST_NODES) == ["yaml.too_large"]


def test_every_value_knows_its_line_and_column():
    document = read("permit:\n  id: x\n  guide:\n    - zh: 你好\n      en: hello\n")
    assert document.marks.of(("permit", "id")) == Mark("permit.yaml", 2, 3)
    assert document.marks.of(("permit", "guide", 0)) == Mark("permit.yaml", 4, 7)
    assert document.marks.of(("permit", "guide", 0, "en")) == Mark("permit.yaml", 5, 7)
    assert document.marks.of(("permit", "not_there")) == Mark("permit.yaml", 1, 1)


PIECES = [*"ab{}[],?'\"|>#~1\t你%@", "b: ", "- ", ": ", "\n", "\n  ", "&x ", "*x", "!t ", "---\n"]
PIECES += ["...", "on", "010", "<<: "]


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30))
def test_no_text_however_broken_makes_the_reader_fail(pieces):
    document = read("".join(pieces))
    assert document.findings or document.data is not None
    assert all(finding.mark for finding in document.findings)
