"""At which values of a field a condition is tried, and that no others are needed."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.definitions.checker.applications import Applications
from permits.definitions.checker.asking import condition_findings
from permits.definitions.checker.edges import Edges
from permits.definitions.checker.shape import comparisons
from permits.definitions.fitting import whole
from permits.definitions.form import LARGEST_NUMBER, NOT_LISTED, Question
from permits.definitions.schema import Definition
from tests.definitions.shipped import data, definition

BOTH = {"zh": "示例", "en": "An example"}


def question(kind, name="it", **limits):
    return Question.model_validate({"id": name, "title": BOTH, "type": kind, **limits})


def edges(kind, source, *others, **limits):
    it = question(kind, **limits)
    fields = {q.id: q for q in (it, *others)}
    return Edges(tuple(definition().list), fields, comparisons(source)).values(it)


def test_a_number_is_tried_at_its_limits_and_around_every_constant():
    assert edges("integer", "it < 200", least=1, most=500) == (1, 199, 200, 201, 500)
    assert edges("integer", "it > 0 && it < 3") == (0, 1, 2, 3, 4, LARGEST_NUMBER)
    assert edges("integer", "it == 7", most=0) == (0,)


def test_constants_that_other_fields_are_compared_with_do_not_matter():
    assert edges("integer", "it < 200 && more > 5", question("integer", "more"), most=300) == (
        0, 199, 200, 201, 300)  # fmt: skip


def test_numbers_that_are_compared_are_tried_around_the_limits_of_both_at_two_values():
    more = question("integer", "more", least=10, most=90)
    assert edges("integer", "it < more && more < 50", more, most=70) == (
        0, 1, 2, 8, 9, 10, 11, 12, 48, 49, 50, 51, 52, 68, 69, 70)  # fmt: skip


def test_a_choice_is_tried_with_each_option():
    assert edges("choice", "it == 'a'", options={"a": BOTH, "b": BOTH}) == ("a", "b")
    assert edges("boolean", "it") == (False, True)


def test_a_row_is_tried_with_each_row_and_with_none():
    assert edges("list_row", "it == 'emergency'") == (*definition().list, NOT_LISTED)


def test_a_day_is_tried_long_ago_around_the_days_named_and_far_ahead():
    assert edges("date", "it > '2022-06-01'") == (
        "2000-01-01", "2022-05-31", "2022-06-01", "2022-06-02", "2099-12-31")  # fmt: skip


def test_the_first_and_the_last_day_there_is_have_a_neighbour_each():
    found = edges("date", "it > '0001-01-01' && it < '9999-12-31'")
    assert (found[0], found[1]) == ("0001-01-01", "0001-01-02")
    assert (found[-2], found[-1]) == ("9999-12-30", "9999-12-31")


@pytest.mark.parametrize("kind", ["text", "long_text", "phone", "credit_code", "project_code"])
def test_a_text_is_tried_as_named_as_nothing_and_as_something_else(kind):
    assert edges(kind, "it == 'x' || it == \"y\"") == ("x", "y", "", "…")


def test_texts_that_are_compared_are_tried_alike_and_different():
    assert edges("text", "it == more", question("text", "more")) == ("", "…", "……")


def number(least, most):
    limits = {"type": "integer", "unit": BOTH, "least": least, "most": most}
    return limits, st.integers(least, most)


DAY = {"type": "date"}, st.dates(datetime.date(2022, 6, 1), datetime.date(2022, 6, 9)).map(str)
WORD = {"type": "text"}, st.sampled_from(["a", "b", "c", "d"])
TOGETHER = [
    ("<", ["15", "25"], {"one": number(0, 30), "two": number(0, 30), "three": number(5, 30)}),
    ("<", [], {"one": number(0, 30), "two": number(0, 30), "three": number(0, 30)}),
    ("<", [], {"one": number(0, 10), "two": number(5, 30)}),
    ("<", ["'2022-06-05'"], {"one": DAY, "two": DAY}),
    ("!=", ["'a'"], {"one": WORD, "two": WORD, "three": WORD}),
]


def compared(operator, constants, names):
    """The names compared with the constants and with each other in every way."""
    pairs = [(a, b) for a in names for b in (*names, *constants) if a != b]
    return [f"{a} {sign} {b}" for a, b in pairs for sign in (operator, "==")]


@pytest.mark.parametrize(("operator", "constants", "fields"), TOGETHER)
def test_whatever_is_answered_values_at_the_edges_come_out_the_same(operator, constants, fields):
    changed = data()
    asked = [{"id": name, "title": BOTH, **kind} for name, (kind, _) in fields.items()]
    changed["form"]["sections"][0]["fields"] += asked
    for n, source in enumerate(compared(operator, constants, fields)):
        changed["conditions"][f"odd_{n}"] = {"when": source, "says": BOTH}
    built = Definition.model_validate(changed, strict=False, by_alias=True)
    conditions, findings = condition_findings(whole(built, changed))
    assert findings == ()
    odd = {name: c for name, c in conditions.items() if name.startswith("odd_")}
    found = {a.holding for a in Applications(built, conditions).telling(odd)}

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(st.fixed_dictionaries({name: answer for name, (_, answer) in fields.items()}))
    def same(answers):
        assert {name for name, c in odd.items() if c.holds(answers, {})} in found

    same()
