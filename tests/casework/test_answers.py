"""Answers are read once at the door: what is typed, what is refused, what is not asked."""

import pytest

from permits.casework.answers import Fault, Problem, faults, read_answers
from tests.kit import LINE, SEALED, plan_exempt, variant

TYPED = {
    "works_name": "  特勤大队燃气工程 ",
    "works_place": "特勤大队营区",
    "works_summary": "接入燃气管线\r\n共一处",
    "listed_as": "short_line",
    "length_m": "150",
    "road_class": "branch",
    "new_land": "false",
    "underground": "true",
    "breaks_road": "true",
    "neighbours_affected": "false",
    "restricted_place": "false",
    "starts_on": "2022-06-20",
    "contact_name": "经办人",
    "contact_phone": "0371-12345678",
}


def read(**changes):
    typed = {**TYPED, **changes}
    return read_answers(plan_exempt(), {k: v for k, v in typed.items() if v is not None})


def test_typed_answers_become_values_and_personal_ones_stand_apart():
    found = read()
    assert found.problems == ()
    assert found.answers["works_name"] == "特勤大队燃气工程"
    assert found.answers["works_summary"] == "接入燃气管线\n共一处"
    assert found.answers["length_m"] == 150
    assert found.answers["new_land"] is False
    assert found.personal == {"contact_name": "经办人", "contact_phone": "0371-12345678"}
    assert not found.answers.keys() & found.personal.keys()


def test_values_sent_as_json_are_read_alike():
    assert read(length_m=150, new_land=False, underground=True).answers == read().answers


@pytest.mark.parametrize(
    ("field", "value", "fault", "limit"),
    [
        ("works_name", "", Fault.MISSING, None),
        ("works_name", "   ", Fault.MISSING, None),
        ("works_name", "名" * 121, Fault.TOO_LONG, 120),
        ("works_name", "名\x00", Fault.CONTROL_CHARACTER, None),
        ("works_name", "管线\u202e2202", Fault.CONTROL_CHARACTER, None),
        ("works_name", "𬭎㛃\ufffd", Fault.CONTROL_CHARACTER, None),
        ("works_name", "一\n二", Fault.CONTROL_CHARACTER, None),
        ("works_name", 7, Fault.NOT_A_TEXT, None),
        ("works_summary", "长" * 1001, Fault.TOO_LONG, 1000),
        ("listed_as", "everything", Fault.NOT_A_CHOICE, None),
        ("length_m", "很长", Fault.NOT_A_NUMBER, None),
        ("length_m", "1.5", Fault.NOT_A_NUMBER, None),
        ("length_m", "１５０", Fault.NOT_A_NUMBER, None),
        ("length_m", True, Fault.NOT_A_NUMBER, None),
        ("length_m", 1.5, Fault.NOT_A_NUMBER, None),
        ("length_m", "-3", Fault.TOO_SMALL, 1),
        ("length_m", "0", Fault.TOO_SMALL, 1),
        ("length_m", "100001", Fault.TOO_LARGE, 100000),
        ("length_m", "9" * 40, Fault.TOO_LARGE, 100000),
        ("road_class", "motorway", Fault.NOT_A_CHOICE, None),
        ("road_class", 3, Fault.NOT_A_CHOICE, None),
        ("new_land", "maybe", Fault.NOT_A_TRUTH, None),
        ("new_land", 1, Fault.NOT_A_TRUTH, None),
        ("starts_on", "2022-02-30", Fault.NOT_A_DATE, None),
        ("starts_on", "20220620", Fault.NOT_A_DATE, None),
        ("starts_on", "tomorrow", Fault.NOT_A_DATE, None),
        ("contractor_code", "91350100M000100Y44", Fault.NOT_A_CREDIT_CODE, None),
        ("project_code", "2509-320193", Fault.NOT_A_PROJECT_CODE, None),
        ("contact_phone", "call me", Fault.NOT_A_PHONE, None),
        ("contact_phone", "123", Fault.NOT_A_PHONE, None),
    ],
)
def test_each_wrong_answer_is_told_with_its_field_and_limit(field, value, fault, limit):
    assert read(**{field: value}).problems == (Problem(field, fault, limit),)


def test_every_wrong_answer_is_told_at_once():
    found = read(works_name="", length_m="x", starts_on="y")
    assert {p.field for p in found.problems} == {"works_name", "length_m", "starts_on"}


def test_optional_questions_may_be_left_out_and_codes_are_tidied():
    assert read(contractor_code=None).problems == ()
    assert read(contractor_code="91350100m000100y43").answers["contractor_code"] == (
        "91350100M000100Y43"
    )
    assert read(project_code="2509-320193-89-01-544060").problems == ()


def test_a_telephone_may_be_written_with_spaces_and_a_country():
    assert read(contact_phone="+86 371 1234 5678").problems == ()


def test_rare_characters_count_as_one_and_survive():
    name = "𬭎㛃䶮㙦" * 30
    assert read(works_name=name).answers["works_name"] == name
    assert read(works_name=name + "一").problems[0].fault is Fault.TOO_LONG


def test_an_answer_to_a_question_that_is_no_longer_put_is_left_out_silently():
    """Whoever changes the row did nothing wrong by having answered the earlier questions."""
    found = read(listed_as="temporary_relocation")
    assert found.problems == ()
    assert "length_m" not in found.answers


def test_a_question_hidden_by_a_hidden_answer_is_not_put():
    found = read(neighbours_affected="false", neighbours_agree="true")
    assert "neighbours_agree" not in found.answers


def test_a_conditional_question_is_asked_when_its_condition_holds():
    assert read(neighbours_affected="true").problems == (
        Problem("neighbours_agree", Fault.MISSING),
    )


def test_an_unknown_field_is_told():
    assert read(surprise="1").problems == (Problem("surprise", Fault.UNKNOWN_FIELD),)


def test_with_only_some_fields_the_others_are_not_complained_of():
    found = read_answers(
        plan_exempt(), {"works_name": "x", "length_m": "oops"}, only=frozenset({"works_name"})
    )
    assert found.problems == ()
    wrong = read_answers(plan_exempt(), {"listed_as": "?"}, only=frozenset({"listed_as"}))
    assert [p.field for p in wrong.problems] == ["listed_as"]


def test_answers_that_were_read_have_no_faults():
    assert faults(plan_exempt(), LINE, SEALED) == ()


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"surprise": 1}, "surprise", Fault.UNKNOWN_FIELD),
        ({"length_m": "150 m"}, "length_m", Fault.NOT_A_NUMBER),
        ({"voltage": "up_to_10kv"}, "voltage", Fault.NOT_ASKED),
        ({"starts_on": None}, "starts_on", Fault.MISSING),
    ],
)
def test_answers_that_were_not_are_found_out_by_the_core(change, field, fault):
    answers = {k: v for k, v in {**LINE, **change}.items() if v is not None}
    assert faults(plan_exempt(), answers, SEALED) == (Problem(field, fault),)


def test_a_personal_answer_must_come_sealed():
    missing = faults(plan_exempt(), LINE, {"contact_name": "a" * 64})
    assert missing == (Problem("contact_phone", Fault.MISSING),)


def test_a_text_field_without_a_limit_of_its_own_has_the_usual_one():
    def unlimited(data):
        data["form"]["sections"][0]["fields"][0].pop("most")

    long = read_answers(variant(unlimited), {**TYPED, "works_name": "名" * 201})
    assert long.problems == (Problem("works_name", Fault.TOO_LONG, 200),)
