"""Rows for lists and the timer, and the stays of a case, say what the case says."""

from datetime import date
from itertools import pairwise

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.rows import case_row, due_rows, intervals, stays, turn
from permits.definitions.procedure import SpecialCause
from tests.casework.duties import built, check, with_fee
from tests.casework.test_intake import incomplete, notice
from tests.kit import SEAL, Play, plan_exempt


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
    play = Play().file("2022-06-09").do("applicant", "withdraw", "2022-06-09", i.Reasoned())
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
    special = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "5wd", notified=True)
    cases = {
        "office": Play().file("2022-06-09"),
        "applicant": incomplete().do("window", "issue_correction", "2022-06-10", notice()),
        "outside": Play().accepted("2022-06-09").do("examiner", "suspend", "2022-06-09", special),
        "nobody": Play()
        .file("2022-06-09")
        .do("applicant", "withdraw", "2022-06-09", i.Reasoned()),
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
    done.checked("inspector", check("2022-08-02"), "2022-08-02")
    assert turn(done.case, plan_exempt()) == "office"


def names(play):
    return {(due.kind, due.name, str(due.due_on)) for due in due_rows(play.case, play.edition)}


def test_the_timer_waits_for_running_clocks_and_open_duties():
    assert names(Play().granted("2022-06-09")) == {
        ("clock", "delivery", "2022-06-23"),
        ("clock", "publication", "2022-06-20"),
        ("obligation", "report_completion", "2023-06-09"),
        ("obligation_reminder", "report_completion", "2023-05-11"),
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
    play.do("window", "deliver", "2022-06-09", i.Service(date(2022, 6, 9), "online"))
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
    play.do("window", "deliver", "2022-06-09", i.Service(date(2022, 6, 9), "online"))
    before = play.case
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-10")
    assert stays(before, play.case) == ()
