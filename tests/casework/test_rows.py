"""Rows for lists, the timer and the figures say what the case says."""

import dataclasses
from datetime import date
from itertools import pairwise

from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework.rows import (
    case_row,
    due_rows,
    facts_row,
    intervals,
    result,
    stays,
    turn,
)
from permits.definitions.procedure import RevocationGround, SpecialCause
from tests.casework.duties import built, check, with_fee
from tests.casework.test_intake import incomplete, notice
from tests.kit import SEAL, Play, calendar, plan_exempt, variant


def row(play):
    return case_row(play.case, play.edition)


def test_a_case_is_listed_by_its_works_and_its_next_due_date():
    found = row(Play().file("2022-06-09"))
    assert (found.title, found.place) == ("特勤大队燃气工程", "特勤大队营区")
    assert (str(found.due_on), found.due_name) == ("2022-06-16", "completeness")
    assert str(found.warn_on) == "2022-06-15"
    assert found.sort_on == found.due_on
    assert (found.state, found.phase, found.code, found.turn) == (
        "received",
        "intake",
        1,
        "office",
    )


def test_a_case_without_a_due_date_comes_last():
    play = Play().file("2022-06-09").do("applicant", "withdraw", "2022-06-09", c.Reasoned())
    found = row(play)
    assert (found.due_on, found.sort_on, found.warn_on, found.ended) == (
        None,
        date.max,
        None,
        True,
    )


def test_the_earliest_of_several_dates_counts():
    assert row(Play().granted("2022-06-09")).due_name == "publication"


def test_a_frozen_fee_has_its_place_among_the_dates():
    found = row(Play(with_fee()).served("2022-06-09"))
    assert (found.due_name, str(found.due_on)) == ("charge", "2022-12-09")


def test_a_lapsed_clock_or_an_overdue_duty_shows():
    play = Play().accepted("2022-06-09")
    assert not row(play).overdue
    play.must("timer", c.LapseClock("promise"), "2022-06-14")
    assert row(play).overdue
    late = built()
    late.must("timer", c.FlagOverdue("check_after_completion"), "2022-08-18")
    assert row(late).overdue


def test_whose_turn_it_is():
    special = c.SpecialProcedure(SpecialCause.HEARING, "5wd", notified=True)
    cases = {
        "office": Play().file("2022-06-09"),
        "applicant": incomplete().do("window", "issue_correction", "2022-06-10", notice()),
        "outside": Play().accepted("2022-06-09").do("examiner", "suspend", "2022-06-09", special),
        "nobody": Play()
        .file("2022-06-09")
        .do("applicant", "withdraw", "2022-06-09", c.Reasoned()),
    }
    assert {turn(play.case, plan_exempt()): whose for whose, play in cases.items()} == {
        whose: whose for whose in cases
    }


def test_after_the_grant_it_is_the_applicants_turn_until_completion_then_the_offices():
    play = Play().granted("2022-06-09")
    assert turn(play.case, plan_exempt()) == "office"
    assert turn(Play().served("2022-06-09").case, plan_exempt()) == "applicant"
    done = built()
    assert turn(done.case, plan_exempt()) == "office"
    done.must("inspector", check("2022-08-02"), "2022-08-02")
    assert turn(done.case, plan_exempt()) == "office"


def names(play):
    return {(due.kind, due.name, str(due.due_on)) for due in due_rows(play.case)}


def test_the_timer_waits_for_running_clocks_and_open_duties():
    assert names(Play().granted("2022-06-09")) == {
        ("clock", "delivery", "2022-06-23"),
        ("clock", "publication", "2022-06-20"),
        ("obligation", "report_completion", "2023-06-09"),
    }


def test_the_timer_does_not_wait_for_what_was_told_or_is_provisional():
    play = Play().accepted("2022-06-09")
    play.must("timer", c.LapseClock("promise"), "2022-06-14")
    assert {name for _kind, name, _due in names(play)} == {"statutory"}
    assert names(Play().file("2026-12-30")) == set()
    late = built()
    late.must("timer", c.FlagOverdue("check_after_completion"), "2022-08-18")
    assert names(late) == set()


def test_the_stays_of_a_case_follow_each_other_without_a_gap():
    play = Play().served("2022-06-09")
    found = intervals(play.case.id, play.log)
    assert [stay.state for stay in found] == ["received", "examining", "granted", "in_force"]
    for earlier, later in pairwise(found):
        assert (earlier.left_at, earlier.left_on) == (later.entered_at, later.entered_on)
    assert found[-1].left_at is None


def test_moving_inside_a_state_is_no_new_stay():
    play = Play().granted("2022-06-09")
    before = play.case
    play.do("window", "deliver", "2022-06-09", c.Service(date(2022, 6, 9), "online"))
    assert stays(before, play.case) == ()


def test_a_reversed_action_leads_back_to_a_stay_of_its_own():
    play = Play().accepted("2022-06-09")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-10")
    assert [s.state for s in intervals("case/1", play.log)] == [
        "received",
        "examining",
        "received",
    ]


def test_reversing_a_move_inside_a_state_goes_on_with_its_stay():
    play = Play().granted("2022-06-09")
    play.do("window", "deliver", "2022-06-09", c.Service(date(2022, 6, 9), "online"))
    before = play.case
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-10")
    assert stays(before, play.case) == ()


def test_an_appointment_of_figures_says_what_became_of_the_case():
    facts = facts_row(Play().granted("2022-06-09").case, plan_exempt(), Play().days)
    assert (facts.result, facts.kind, facts.track) == ("granted", "with_filing", "commitment")
    assert result(Play().file("2022-06-09").case) == "open"


def test_the_day_of_a_result_is_that_of_the_decision_or_of_what_came_instead():
    taken_back = Play().file("2022-06-09").do("applicant", "withdraw", "2022-06-10", c.Reasoned())
    away = Play().file("2022-06-09")
    away.do("window", "declare_not_required", "2022-06-13", c.Reasoned(SEAL))
    revoked = Play().granted("2022-06-09")
    revoked.revoked("2022-06-20", RevocationGround.NOT_QUALIFIED)
    cases = {"withdrawn": taken_back, "not_accepted": away, "revoked": revoked}
    found = {name: facts_row(play.case, plan_exempt(), play.days) for name, play in cases.items()}
    assert {name: row.result for name, row in found.items()} == {name: name for name in cases}
    assert [str(row.result_on) for row in found.values()] == [
        "2022-06-10",
        "2022-06-13",
        "2022-06-09",
    ]
    assert facts_row(Play().file("2022-06-09").case, plan_exempt(), calendar()).result_on is None


def test_dates_that_contradict_each_other_leave_the_days_unknown():
    """Whatever led to them: a figure that cannot be made must not hold up the case."""
    case = Play().granted("2022-06-09").case
    later = replace(case, milestones={**case.milestones, "accepted": date(2022, 6, 13)})
    facts = facts_row(later, plan_exempt(), calendar())
    assert (facts.used_wd, facts.suspended_wd, facts.saved_wd) == (None, None, None)
    assert (facts.result, facts.saved_materials) == ("granted", 5)


def test_a_condition_that_cannot_be_asked_saves_no_material():
    def under_a_condition(data):
        data["materials"]["design_scheme"]["when"] = "will_be_covered"

    class Unanswerable:
        def holds(self, _answers, _facts):
            raise ZeroDivisionError

    asked = variant(under_a_condition)
    edition = dataclasses.replace(
        asked, conditions=dict.fromkeys(asked.conditions, Unanswerable())
    )
    facts = facts_row(Play().granted("2022-06-09").case, edition, calendar())
    assert (facts.result, facts.baseline_materials, facts.saved_materials) == ("granted", 0, 0)
    assert facts.saved_wd == 2


def test_lateness_counts_in_the_figures():
    play = Play().proposed("2022-06-09").do("leader", "grant", "2022-06-20")
    assert facts_row(play.case, plan_exempt(), play.days).late
    soon = Play().granted("2022-06-09")
    assert not facts_row(soon.case, plan_exempt(), soon.days).late
