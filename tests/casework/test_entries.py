"""Answers of several entries: each is read by itself, and decides only by what is made of all."""

import json
from functools import cache

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import inputs as i
from permits.casework.answers import Fault, Problem, faults, read_answers
from permits.casework.carrying import carried
from permits.casework.entries import text_of, text_of_entries, unknown_in, with_totals
from permits.casework.envelope import canonical
from permits.casework.families.filing import Filed
from permits.casework.refusals import Reason, Refused
from permits.casework.screening import screen
from permits.casework.tracks import declared_digest
from tests.casework.afterwards import changed
from tests.definitions.broken_entries import houses
from tests.definitions.changes import BOTH, both, used, without_samples
from tests.kit import LINE, SEAL, SEALED, Play, defect, filing, variant
from tests.staged import TOWER, Site, application, permitted

TWO = [{"name": "一号楼", "area_m2": "800"}, {"name": "门卫室", "area_m2": "45"}]
READ = ({"name": "一号楼", "area_m2": 800}, {"name": "门卫室", "area_m2": 45})
MADE = {"house_count": 2, "houses_m2": 845, "largest_m2": 800, "smallest_m2": 45}
"""800 + 45 = 845."""

ASKED = variant(houses())
FIELD = ASKED.questions["houses"]


def read(entries, edition=ASKED):
    typed = entries if isinstance(entries, str) else text_of_entries(entries)
    return read_answers(edition, {"houses": typed}, only=frozenset({"houses"}))


def problems(entries):
    return [p for p in read(entries).problems if p.field == "houses"]


def with_third(**entry):
    return [*TWO, {"name": "三号楼", "area_m2": "100", **entry}]


def test_what_was_typed_becomes_entries_in_the_order_of_their_columns_and_their_totals():
    found = read([dict(reversed(one.items())) for one in TWO])
    assert found.answers == {"houses": READ, **MADE}
    assert [*found.answers["houses"][0]] == ["name", "area_m2"]
    assert found.problems == ()


def test_entries_sent_as_json_are_read_alike():
    sent = [{"name": "一号楼", "area_m2": 800}, {"name": "门卫室", "area_m2": "45"}]
    assert read_answers(ASKED, {"houses": sent}, only=frozenset({"houses"})) == read(TWO)


@pytest.mark.parametrize(
    ("entry", "fault", "limit", "column"),
    [
        ({"name": " "}, Fault.MISSING, None, "name"),
        ({"name": "楼" * 61}, Fault.TOO_LONG, 60, "name"),
        ({"area_m2": ""}, Fault.MISSING, None, "area_m2"),
        ({"area_m2": "很大"}, Fault.NOT_A_NUMBER, None, "area_m2"),
        ({"area_m2": "1001"}, Fault.TOO_LARGE, 1_000, "area_m2"),
        ({"area_m2": "0"}, Fault.TOO_SMALL, 1, "area_m2"),
    ],
)
def test_what_is_wrong_with_an_entry_says_which_entry_and_which_column(
    entry, fault, limit, column
):
    assert problems(with_third(**entry)) == [Problem("houses", fault, limit, 3, column)]
    assert Problem("houses", fault, limit, 3, column).place == f"houses.3.{column}"


def test_a_column_is_of_any_plain_type():
    begun = {"id": "begun_on", "title": BOTH, "type": "date", "required": False}
    lived_in = {"id": "lived_in", "title": BOTH, "type": "boolean"}
    use = {"id": "use", "title": BOTH, "type": "choice", "options": {"home": BOTH, "shop": BOTH}}
    edition = variant(houses(columns=[begun, lived_in, use], totals={}, at_least=1))
    typed = {"lived_in": "false", "use": "shop", "begun_on": "2022-06-09"}
    assert read([typed], edition).answers["houses"] == (
        {"begun_on": "2022-06-09", "lived_in": False, "use": "shop"},
    )
    del typed["begun_on"]
    assert read([typed], edition).answers["houses"] == ({"lived_in": False, "use": "shop"},)
    wrong = {"lived_in": "perhaps", "use": "barn", "begun_on": "9 June"}
    assert [p.fault for p in read([wrong], edition).problems] == [
        Fault.NOT_A_DATE,
        Fault.NOT_A_TRUTH,
        Fault.NOT_A_CHOICE,
    ]


def test_what_was_declared_to_whoever_signs_is_every_entry():
    smaller = (READ[0], {**READ[1], "area_m2": 44})
    assert declared_digest(WHOLE) != declared_digest({**WHOLE, "houses": smaller})


def test_of_entries_that_do_not_all_fit_nothing_is_decided():
    found = read(with_third(area_m2="很大"))
    assert found.answers == {}


@pytest.mark.parametrize(
    "typed",
    ["no list", '{"name": "一号楼"}', '["一号楼"]', "[1]", '[{"name": []}]', "[" * 100_000],
)
def test_what_is_no_list_of_entries_is_said_to_be_none(typed):
    assert problems(typed) == [Problem("houses", Fault.NOT_ENTRIES)]
    assert Problem("houses", Fault.NOT_ENTRIES).place == "houses"


def test_there_are_as_many_entries_as_are_wanted_at_least_and_taken_at_most():
    assert problems(TWO[:1]) == [Problem("houses", Fault.TOO_FEW, 2)]
    assert problems(TWO * 5) == []
    assert problems([*TWO * 5, TWO[0]]) == [Problem("houses", Fault.TOO_MANY, 10)]


def test_an_entry_of_which_nothing_was_filled_in_is_none_and_the_others_keep_their_place():
    blank = {"name": " ", "area_m2": ""}
    assert read([TWO[0], blank, TWO[1]]).answers["houses"] == READ
    (found,) = problems([blank, *TWO, {"name": "三号楼"}])
    assert (found.entry, found.column) == (4, "area_m2")


@pytest.mark.parametrize("typed", ["", "[]", "[{}]", '[{"name": " "}]'])
def test_if_nothing_was_filled_in_anywhere_the_whole_is_missing(typed):
    assert problems(typed) == [Problem("houses", Fault.MISSING)]


def test_a_column_that_is_not_asked_is_passed_over_in_a_draft_and_told_to_whoever_sends_it():
    """What was typed under an earlier edition did no wrong; a program that sends it does."""
    more = [{**TWO[0], "colour": "red"}, TWO[1]]
    assert read(more).answers["houses"] == READ
    sent = read_answers(ASKED, {"houses": more}, only=frozenset({"houses"}))
    assert sent.problems == (Problem("houses", Fault.UNKNOWN_FIELD, entry=1, column="colour"),)


def test_totals_are_never_taken_from_whoever_sends_them():
    typed = {"houses": text_of_entries(TWO), "houses_m2": "1"}
    assert read_answers(ASKED, typed, only=frozenset({"houses"})).answers["houses_m2"] == 845


WHOLE = {**LINE, "houses": READ, **MADE}


def test_answers_that_were_read_are_in_order():
    assert faults(ASKED, WHOLE, SEALED) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"houses_m2": 846},
        {"house_count": 3},
        {"largest_m2": None},
        {"houses": ({"area_m2": 800, "name": "一号楼 "}, READ[1])},
        {"houses": (*READ, {})},
    ],
)
def test_entries_whose_totals_do_not_follow_are_not_in_order(change):
    given_ = {name: value for name, value in {**WHOLE, **change}.items() if value is not None}
    assert [p.fault for p in faults(ASKED, given_, SEALED)] == [Fault.NOT_THE_TOTAL]


def test_totals_without_entries_are_not_in_order():
    optional = variant(houses(required=False))
    assert faults(optional, LINE, SEALED) == ()
    assert faults(optional, {**LINE, "house_count": 2}, SEALED) == (
        Problem("house_count", Fault.NOT_ASKED),
    )


def test_what_is_wrong_with_one_entry_keeps_the_application_from_being_filed():
    wrong = {**WHOLE, "houses": (READ[0], {"name": "门卫室", "area_m2": 2_000})}
    refused = Play(ASKED).ask("applicant", filing(ASKED, answers=wrong), "2022-06-09")
    assert refused == Refused(Reason.BAD_ANSWERS, ("houses",))


entries = st.lists(
    st.fixed_dictionaries(
        {"name": st.text('一二abc"\\/', min_size=1, max_size=9), "area_m2": st.integers(1, 1_000)}
    ),
    min_size=2,
    max_size=10,
)


@given(entries)
def test_what_was_read_is_read_again_the_same_and_its_totals_are_those_of_its_numbers(sent):
    first = read_answers(ASKED, {**LINE, "houses": sent})
    areas = [one["area_m2"] for one in sent]
    made = {
        "house_count": len(areas),
        "houses_m2": sum(areas),
        "largest_m2": max(areas),
        "smallest_m2": min(areas),
    }
    assert {name: first.answers[name] for name in made} == made
    assert read_answers(ASKED, first.answers).answers == first.answers
    typed = {"houses": text_of_entries(first.answers["houses"])}
    assert read_answers(ASKED, {**LINE, **typed}).answers == first.answers


@given(entries)
def test_entries_keep_their_bytes_in_the_record(sent):
    """What was filed is written by RFC 8785, and folds into the case as it was filed."""
    read_ = read_answers(ASKED, {**LINE, "houses": sent}).answers
    event = replace(FILED, answers=read_)
    again = msgspec.json.decode(canonical(event), type=Filed)
    assert again == event
    assert canonical(again) == canonical(event) == rfc8785.dumps(json.loads(canonical(event)))


def filed(edition, **answers):
    play = Play(edition)
    play.must("applicant", filing(edition, answers={**WHOLE, **answers}), "2022-06-09")
    return play


FILED = next(event for _at, event in filed(ASKED).log if isinstance(event, Filed))


def test_a_case_has_the_entries_that_were_filed():
    assert filed(ASKED).case.answers["houses"] == READ


def test_a_condition_looks_at_what_is_made_of_the_entries():
    """A material is asked for from 900 square metres on: 845 do not reach it."""
    edition = variant(both(without_samples, houses(), used("is_large", "houses_m2 >= 900")))
    holds = edition.conditions["is_large"].holds
    assert not holds(read(TWO, edition).answers, {})
    assert holds(read(with_third(), edition).answers, {})


def test_where_a_total_decides_it_is_asked_for_itself_before_there_is_an_application():
    def excludes(data):
        data["exclusions"]["large"] = {
            **data["exclusions"]["restricted_place"],
            "when": "is_large",
        }

    edition = variant(
        both(without_samples, houses(), used("is_large", "houses_m2 >= 900"), excludes)
    )
    asked = screen(edition, {})
    assert "houses_m2" in [question.id for question in asked.questions]
    assert "houses" not in [question.id for question in asked.questions]
    assert screen(edition, {"houses_m2": "many"}).problems[-1].fault is not None
    assert screen(edition, {"houses_m2": "950"}).answers["houses_m2"] == 950


def test_entries_stay_with_an_application_whose_columns_change():
    fewer = variant(
        houses(columns=[{**FIELD.columns[0].model_dump(exclude_none=True)}], totals={})
    )
    typed = {"houses": text_of_entries(TWO)}
    told = carried(ASKED, fewer, typed)
    assert (told.changed, told.anew, told.gone) == (("houses",), (), ())
    assert read(TWO, fewer).answers == {"houses": ({"name": "一号楼"}, {"name": "门卫室"})}
    assert read(TWO).answers["houses"] == READ


@cache
def amendable():
    def change(data):
        houses()(data)
        data["amendment"]["fields"].append("houses")

    return changed("staged_construction", change)


def granted():
    edition = amendable()
    play = Site().play()
    play.edition = edition
    base = {**TOWER, "houses": READ, **MADE}
    play.must("applicant", application(edition, "commitment", base), "2022-03-01")
    return permitted(play, "2022-03-01")


def test_a_change_after_the_grant_is_of_the_whole_list_with_its_totals():
    """A third house of 100 square metres: three of 945, the largest and smallest as they were."""
    play, more = granted(), (*READ, {"name": "三号楼", "area_m2": 100})
    new = {"houses": more, **MADE, "house_count": 3, "houses_m2": 945}
    play.must("applicant", a.AskAmendment(new, SEAL), "2022-03-10")
    (asked,) = play.case.amendments
    assert asked.answers == {"houses": more, "house_count": 3, "houses_m2": 945}
    assert asked.was == {"houses": READ, "house_count": 2, "houses_m2": 845}
    play.must("examiner", a.ExamineAmendment("grant", SEAL), "2022-03-11")
    play.must("leader", a.DecideAmendment(granted=True), "2022-03-14")
    assert play.case.answers["houses"] == more
    assert play.case.answers["houses_m2"] == 945


def test_a_total_is_not_changed_by_itself():
    refused = granted().ask("applicant", a.AskAmendment({"houses_m2": 900}, SEAL), "2022-03-10")
    assert refused == Refused(Reason.BAD_ANSWERS, ("houses",))


def test_a_number_is_no_list_of_entries():
    found = read_answers(ASKED, {"houses": 7}, only=frozenset({"houses"}))
    assert found.problems == (Problem("houses", Fault.NOT_ENTRIES),)


def test_answers_are_written_as_forms_write_them():
    assert (text_of(True), text_of(150), text_of("一号楼")) == ("true", "150", "一号楼")
    assert json.loads(text_of(READ)) == TWO


def test_what_no_form_asks_is_told_of_a_question_or_of_a_column():
    assert [*unknown_in(None, "nowhere", "7")] == [Problem("nowhere", Fault.UNKNOWN_FIELD)]
    assert [*unknown_in(ASKED.questions["length_m"], "length_m", "7")] == []
    (found,) = unknown_in(FIELD, "houses", [{**TWO[0], "colour": "red"}])
    assert (found.entry, found.column) == (1, "colour")


def test_names_of_entries_stand_for_their_totals_too():
    named = with_totals(ASKED.questions.values(), ("works_name", "houses"))
    assert named == ("works_name", "houses", *MADE)


def test_a_correction_notice_names_the_question_and_no_total():
    play = filed(ASKED)
    for name, refused in (("houses", False), ("houses_m2", True)):
        given_ = i.Corrections((defect(f"field.{name}"),))
        outcome = play.ask("window", c.TakeAction("issue_correction", given_), "2022-06-10")
        assert isinstance(outcome, Refused) == refused
