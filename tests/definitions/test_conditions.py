import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.definitions.conditions import (
    FACTS,
    FAILS,
    ask,
    compile_all,
    compile_condition,
    shown,
)
from permits.definitions.form import NOT_LISTED
from permits.definitions.schema import TrackName
from tests.definitions.shipped import definition

CONDITIONS = compile_all(definition())


def holds(source, facts=None, **answers):
    return compile_condition("odd", source).holds(answers, facts or {})


@pytest.mark.parametrize(
    "source",
    ["1 / 0 == n", "9223372036854775807 + n > 0", "[1][n] == 1", "{'a': n}['b'] == 1",
     "n + 'a' == 'a'", "int('x') == n", "foo(n)", "n && true"],
)  # fmt: skip
def test_whatever_cannot_be_reckoned_is_one_of_the_failures_that_are_known(source):
    with pytest.raises(FAILS):
        compile_condition("odd", source).ask({"n": 3})


def test_a_condition_knows_what_it_reads():
    condition = compile_condition("odd", "length_m < 200 && case_track != 'ordinary'")
    assert condition.answers == {"length_m"}
    assert condition.facts == {"case_track"}
    assert (condition.name, condition.source) == (
        "odd",
        "length_m < 200 && case_track != 'ordinary'",
    )


def test_a_condition_holds_or_does_not():
    assert holds("length_m < 200", length_m=199)
    assert not holds("length_m < 200", length_m=200)
    assert holds("case_track == 'ordinary'", facts={"case_track": "ordinary"})


def test_a_condition_about_a_question_that_was_not_put_does_not_hold():
    assert not holds("length_m < 200")
    assert not holds("!new_land")


def test_what_is_neither_true_nor_false_does_not_hold():
    assert not holds("length_m", length_m=1)


def test_answers_that_a_condition_does_not_read_change_nothing():
    assert holds("new_land", new_land=True, length_m="nonsense")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "mismatched input '<EOF>'"),
        ("new_land &&", "mismatched input '<EOF>'"),
        ("new_land &&\n  @", "token recognition error"),
        ("length_m = 5", "token recognition error"),
        ("(" * 4000, "Recursion limit"),
    ],
)
def test_what_cel_cannot_read_is_told_in_one_line(source, says):
    with pytest.raises(ValueError, match="ERROR") as error:
        compile_condition("odd", source)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_every_fact_a_condition_may_ask_for_is_named():
    assert set(FACTS["case_track"]) == {name.value for name in TrackName}
    assert all(name.startswith("case_") for name in FACTS)


def test_asking_tells_the_conditions_that_do_not_hold():
    facts = {"case_track": "ordinary", "case_on_the_spot": False}
    names = ("no_new_land", "will_break_road", "on_another_track")
    assert ask(CONDITIONS, names, {"new_land": False, "breaks_road": False}, facts) == (
        "will_break_road",
        "on_another_track",
    )


def put(**answers):
    return {question.id for question in shown(definition(), CONDITIONS, answers)}


def test_questions_are_put_by_the_row_that_was_chosen():
    assert {"length_m", "road_class"} <= put(listed_as="short_line")
    assert "voltage" not in put(listed_as="short_line")
    assert "voltage" in put(listed_as="power_line")
    assert "length_m" not in put()


def test_a_question_depends_on_answers_to_questions_that_were_put():
    assert "neighbours_agree" in put(neighbours_affected=True)
    assert "neighbours_agree" not in put(neighbours_affected=False)


def possible(question):
    match question.type:
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(0, 1000)
        case "choice":
            return st.sampled_from(list(question.options))
        case "list_row":
            return st.sampled_from([*definition().list, NOT_LISTED])
        case _:
            return st.just("…")


QUESTIONS = definition().form.questions


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.fixed_dictionaries({}, optional={q.id: possible(q) for q in QUESTIONS}))
def test_hidden_answers_never_change_which_questions_are_put(answers):
    first = put(**answers)
    assert put(**{name: value for name, value in answers.items() if name in first}) == first
