import pytest

from permits.definitions.checker.asking import condition_findings
from permits.definitions.checker.edges import TooWide, kinds_of, situations, values_at_edges
from permits.definitions.form import LARGEST_NUMBER, NOT_LISTED, Question
from permits.definitions.schema import Definition, TrackName
from tests.definitions.shipped import data, definition

BOTH = {"zh": "示例", "en": "An example"}


def question(kind, **limits):
    return Question.model_validate({"id": "it", "title": BOTH, "type": kind, **limits})


def edges(kind, source, **limits):
    return values_at_edges(definition(), question(kind, **limits), source)


def test_a_number_is_tried_at_its_limits_and_around_every_constant():
    assert edges("integer", "it < 200", least=1, most=500) == (1, 199, 200, 201, 500)
    assert edges("integer", "it > 0 && it < 3") == (0, 1, 2, 3, 4, LARGEST_NUMBER)
    assert edges("integer", "it == 7", most=0) == (0,)


def test_a_choice_is_tried_with_each_option():
    assert edges("choice", "it == 'a'", options={"a": BOTH, "b": BOTH}) == ("a", "b")
    assert edges("boolean", "it") == (False, True)


def test_a_row_is_tried_with_each_row_and_with_none():
    assert edges("list_row", "it == 'emergency'") == (*definition().list, NOT_LISTED)


def test_a_date_is_tried_long_ago_on_the_days_named_and_far_ahead():
    assert edges("date", "it > '2022-06-01'") == ("2000-01-01", "2022-06-01", "2099-12-31")


@pytest.mark.parametrize("kind", ["text", "long_text", "phone", "credit_code", "project_code"])
def test_a_text_is_tried_as_named_as_nothing_and_as_something_else(kind):
    assert edges(kind, "it == 'x' || it == \"y\"") == ("x", "y", "", "…")


def met(changes, *sources, tracks=()):
    """The situations that expressions can tell apart, after a change of the data."""
    changed = data()
    changes(changed)
    for n, source in enumerate(sources):
        changed["conditions"][f"odd_{n}"] = {"when": source, "says": BOTH}
    whole = Definition.model_validate(changed, strict=False, by_alias=True)
    conditions, findings = condition_findings(whole)
    assert findings == ()
    asked = [conditions[f"odd_{n}"] for n in range(len(sources))]
    return situations(whole, conditions, asked, tracks)


def nothing(_data):
    return None


def test_only_answers_to_questions_that_are_put_are_met():
    found = met(nothing, "length_m < 200")
    assert {tuple(s.answers) for s in found} == {("listed_as", "length_m"), ("listed_as",)}
    assert {s.answers["listed_as"] for s in found if "length_m" in s.answers} == {"short_line"}


def test_an_optional_answer_may_be_missing():
    def optional(changed):
        changed["form"]["sections"][2]["fields"][8]["required"] = False

    assert [dict(s.answers) for s in met(nothing, "new_land")] == [
        {"new_land": False},
        {"new_land": True},
    ]
    assert {} in [dict(s.answers) for s in met(optional, "new_land")]


def test_facts_go_together_as_they_do_on_a_track():
    found = met(nothing, "case_track == 'ordinary' || case_on_the_spot || case_kind == 'none'")
    assert [tuple(s.facts.values()) for s in found] == [
        ("none", False, "ordinary"),
        ("with_filing", True, "commitment"),
        ("outright", True, "commitment"),
    ]
    only = met(nothing, "case_kind == 'none'", tracks=(TrackName.ORDINARY,))
    assert [dict(s.facts) for s in only] == [{"case_kind": "none"}]


def test_without_a_list_no_case_has_a_kind():
    changed = definition().model_copy(update={"list": {}})
    assert kinds_of(changed, TrackName.COMMITMENT) == ("none",)


def test_a_situation_meets_conditions_together():
    (fewer,) = [s for s in met(nothing, "new_land", "!breaks_road") if s.answers == {
        "new_land": True, "breaks_road": False}]  # fmt: skip
    conditions, _ = condition_findings(definition())
    assert fewer.meets([])
    assert not fewer.meets([conditions["no_new_land"]])
    assert fewer.meets([conditions["will_break_road"]]) is False


TRUTHS = [
    "with_road",
    "type_changed",
    "route_changed",
    "inside_red_line",
    "new_land",
    "underground",
]


def always_asked(changed):
    for section in changed["form"]["sections"]:
        for field in section["fields"]:
            field.pop("when", None)


def test_too_many_combinations_are_not_tried():
    wide = [*TRUTHS, "breaks_road", "neighbours_affected", "restricted_place"]
    lengths = [f"length_m != {n * 10}" for n in range(1, 20)]
    with pytest.raises(TooWide):
        met(always_asked, *wide, *lengths)


def test_too_many_combinations_of_answers_and_facts_are_not_tried():
    wide = [*TRUTHS, "breaks_road", "neighbours_affected", "restricted_place"]
    facts = "case_corrections == 1 || case_result == 'open' || case_kind == 'none'"
    with pytest.raises(TooWide):
        met(always_asked, *wide, "length_m != 100", facts)
