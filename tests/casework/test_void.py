"""Grants that are void by law because works were not started in time, or not void after all."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import inputs as i
from permits.casework.openings_after import AfterOpening, openings_after
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row, due_rows
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import DeregistrationGround as G
from tests.casework.afterwards import (
    FLAG,
    START,
    asked,
    charged,
    decided,
    due,
    not_put_off,
    permitted,
    tells,
    void,
)
from tests.kit import SEAL, Play, calendar
from tests.staged import TOWER, Site, application, report, served
from tests.staged import permitted as granted

# Void by law.


def test_when_it_is_void_nothing_of_it_stays_open_and_it_is_written_down():
    play = void(permitted(), "2022-06-02")
    assert not [n for n, held in play.case.obligations.items() if held.status == "open"]
    assert not [n for n, clock in play.case.clocks.items() if clock.running]
    assert due_rows(play.case, play.edition) == ()
    assert play.case.documents[-1].document == "void_notice"
    assert case_row(play.case, play.edition).phase == "lapsed"


def test_the_three_months_run_from_the_day_the_permit_was_received():
    """建筑法 art. 9: 自领取施工许可证之日起三个月内. Granted on Tuesday 1 March 2022, handed over
    on Thursday the 10th: until Friday 10 June, and on 2 June nothing is void."""
    play = served(Site().granted("whole", "2022-03-01"), "2022-03-10")
    assert due(play) == "2022-06-10"
    assert play.ask("timer", FLAG, "2022-06-02") == Refused(Reason.NOT_YET_DUE, (START,))
    void(play, "2022-06-13")
    assert play.case.milestones["voided"] == date(2022, 6, 10)


def test_a_permit_that_nobody_was_handed_is_not_void():
    """The office is late with its delivery; that ends no permit."""
    play = Site().granted("whole", "2022-03-01")
    assert due(play) == "None"
    assert play.ask("timer", FLAG, "2022-12-01") == Refused(Reason.NOT_YET_DUE, (START,))
    served(play, "2022-12-01")
    assert due(play) == "2023-03-01"


def test_a_delivery_that_was_dated_wrongly_moves_the_date():
    play = permitted("2022-03-10")
    play.must("supervisor", c.RectifyDate("delivered", date(2022, 3, 14), SEAL), "2022-03-15")
    assert due(play) == "2022-06-14"


def test_deregistration_stays_a_later_step_of_a_person():
    play = void(permitted(), "2022-06-02")
    for ground in (G.EXPIRED, G.REVOKED):
        wrong = c.TakeAction("deregister", i.Deregistration(ground))
        assert play.ask("window", wrong, "2022-06-03") == Refused(Reason.GROUND_NOT_LAWFUL)
    play.do("window", "deregister", "2022-06-03", i.Deregistration(G.OTHER))
    assert play.case.leaves == ("deregistered_unrevoked",)


def test_the_project_is_told_and_later_stages_have_nothing_to_stand_on():
    site = Site()
    pit = served(site.granted("pit", "2022-03-01", "ordinary"), "2022-03-01")
    void(pit, "2022-06-02")
    member = site.project.members[pit.case.id]
    assert (member.stands, str(member.milestones["voided"])) == (False, "2022-06-01")
    assert not site.project.shut("completion_inspection")
    refused = site.apply("basement", "2022-06-03", "ordinary")
    assert refused == Refused(Reason.STAGE_SKIPPED, ("pit",))


def test_who_asked_in_time_waits_for_the_decision():
    """The law ends a permit whose holder neither starts nor asks; here it asked."""
    play = asked(permitted(), "2022-06-01")
    assert not tells(play, "2022-06-10")
    assert play.ask("timer", FLAG, "2022-06-10") == Refused(Reason.NOT_YET_DUE, (START,))
    decided(play, "2022-06-10")
    assert (due(play), tells(play, "2022-06-10")) == ("2022-09-01", True)


def test_a_refusal_after_the_date_ends_it_from_the_refusal_on():
    play = not_put_off(asked(permitted(), "2022-06-01"), "2022-06-10")
    void(play, "2022-06-13")
    assert play.case.milestones["voided"] == date(2022, 6, 10)


def test_the_timer_takes_it_only_when_the_time_has_come():
    direct = c.TakeAction("void_by_law")
    play = permitted()
    assert play.ask("timer", direct, "2022-06-01") == Refused(Reason.NOT_YET_DUE, (START,))
    assert play.ask("leader", direct, "2022-06-02") == Refused(Reason.NOT_YOURS)
    assert not isinstance(play.ask("timer", direct, "2022-06-02"), Refused)


def test_a_provisional_date_ends_nothing():
    """The calendar of 2022 is not published here."""
    play = permitted()
    play.days = WorkingDays([year for year in calendar().years if year.year < 2022])
    play.must("timer", c.Recompute(), "2022-03-02")
    assert play.case.obligations[START].provisional
    assert play.ask("timer", FLAG, "2022-07-01") == Refused(Reason.DATE_PROVISIONAL, (START,))
    direct = play.ask("timer", c.TakeAction("void_by_law"), "2022-07-01")
    assert direct == Refused(Reason.NOT_YET_DUE, (START,))
    asked(play, "2022-07-01")


def test_without_more_time_to_ask_for_a_duty_is_merely_overdue():
    play = permitted(stage="pit")
    play.must("timer", c.FlagOverdue("supply_planning_permit"), "2022-06-02")
    assert play.case.obligations["supply_planning_permit"].overdue
    assert play.case.leaves == ("in_force",)


# Not void after all.


def test_works_that_had_begun_in_time_and_were_reported_late():
    play = void(permitted(), "2022-06-02")
    command = a.RestoreGrant(date(2022, 5, 30), SEAL)
    assert AfterOpening("restore_grant") in openings_after(
        play.case, play.desk("leader", "2022-06-10")
    )
    play.must("leader", command, "2022-06-10")
    case = play.case
    assert (case.leaves, "voided" in case.milestones) == (("in_force",), False)
    assert (case.obligations[START].status, str(case.milestones["works_started"])) == (
        "settled",
        "2022-05-30",
    )
    assert case.obligations["check_commitment"].status == "open"
    assert [d.void for d in case.documents if d.document == "void_notice"] == [True]


@pytest.mark.parametrize("on", ["2022-02-28", "2022-06-02"])
def test_what_was_done_too_late_restores_nothing(on):
    play = void(permitted(), "2022-06-02")
    refused = play.ask("leader", a.RestoreGrant(date.fromisoformat(on), SEAL), "2022-06-10")
    assert refused == Refused(Reason.DATE_NOT_LAWFUL, (on,))


def test_it_is_restored_with_reasons_and_while_nothing_followed():
    play = void(permitted(), "2022-06-02")
    mute = play.ask("leader", a.RestoreGrant(date(2022, 5, 30)), "2022-06-10")
    assert mute == Refused(Reason.REASON_WANTED)
    play.do("window", "deregister", "2022-06-13", i.Deregistration(G.OTHER))
    late = play.ask("leader", a.RestoreGrant(date(2022, 5, 30), SEAL), "2022-06-14")
    assert late == Refused(Reason.NOT_REVERSIBLE, ("deregister",))


def test_what_is_not_void_is_not_restored():
    refused = permitted().ask("leader", a.RestoreGrant(date(2022, 5, 30), SEAL), "2022-06-01")
    assert refused == Refused(Reason.NOT_REVERSIBLE, ("publish",))


def test_a_debt_that_fell_away_with_the_permit_is_owed_again():
    """23,000 m² at 185 yuan; what was cancelled and what is owed again stand in the ledger."""
    play = Play(charged())
    wanted = application(play.edition, "commitment", TOWER, stage_covered="whole")
    play.must("applicant", wanted, "2022-03-01")
    served(granted(play, "2022-03-01"), "2022-03-01")
    void(play, "2022-06-02")
    assert (play.case.fees["charge"].cancelled, play.case.fees["charge"].balance_fen) == (True, 0)
    play.must("leader", a.RestoreGrant(date(2022, 5, 30), SEAL), "2022-06-10")
    fee = play.case.fees["charge"]
    assert (fee.cancelled, fee.balance_fen) == (False, 23_000 * 18_500)
    assert [entry.kind for entry in fee.entries] == ["frozen", "cancelled", "corrected"]


def test_the_law_has_ended_it_whether_or_not_the_timer_has_looked():
    """A start in time may still be reported, a later one not."""
    play = permitted()
    late = play.ask("applicant", report(START, "2022-06-02"), "2022-06-07")
    assert late == Refused(Reason.TERM_ENDED, ("2022-06-01",))
    play.must("applicant", report(START, "2022-06-01"), "2022-06-07")
    assert play.case.leaves == ("in_force",)
