"""After the grant: completion reported, checked by two officers, breaches put right or revoked;
what is open keeps a case from being closed."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.check_rows import check_rows, has_checks
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row, turn
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from tests.casework.duties import TWO, built, check, report
from tests.kit import SEAL, Play, variant


def test_a_grant_leaves_a_duty_to_report_within_a_year():
    held = Play().granted("2022-06-09").case.obligations["report_completion"]
    assert (held.status, str(held.due)) == ("open", "2023-06-09")


def test_a_report_of_completion_opens_the_check():
    case = built().case
    assert case.obligations["report_completion"].status == "settled"
    assert str(case.milestones["works_completed"]) == "2022-07-20"
    assert [h.material for h in case.obligations["report_completion"].evidence] == ["photo"]
    assert str(case.obligations["check_after_completion"].due) == "2022-08-17"


def test_on_the_ordinary_track_nothing_was_committed_and_nothing_is_checked():
    play = Play().proposed("2022-06-09").do("leader", "grant", "2022-06-10")
    play.must("applicant", report(), "2022-07-21")
    assert "check_after_completion" not in play.case.obligations


@pytest.mark.parametrize("on", ["2022-06-08", "2022-07-22"])
def test_works_are_completed_between_the_grant_and_today(on):
    outcome = Play().served("2022-06-09").tell("applicant", report(on), "2022-07-21")
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, (on,))


def test_a_report_is_made_once_and_only_where_one_is_owed():
    play = built()
    again = play.tell("applicant", report(), "2022-07-21")
    assert again == Refused(Reason.OBLIGATION_NOT_OPEN, ("report_completion",))
    other = c.ReportObligation("tell_a_story", date(2022, 7, 20))
    assert play.tell("applicant", other, "2022-07-21").reason is Reason.NO_SUCH_OBLIGATION
    check_ = c.ReportObligation("check_after_completion", date(2022, 7, 20))
    assert play.tell("applicant", check_, "2022-07-21").reason is Reason.OBLIGATION_NOT_OPEN


def test_a_check_by_two_officers_settles_it():
    play = built()
    play.checked("inspector", check("2022-08-02"), "2022-08-02")
    assert play.case.obligations["check_after_completion"].status == "settled"
    play.do("window", "conclude", "2022-08-03")
    assert play.case.leaves == ("concluded",)


@pytest.mark.parametrize(
    "inspectors", [("inspector",), ("inspector", "inspector"), ("someone", "else"), ()]
)
def test_one_officer_is_not_enough_and_whoever_records_was_there(inspectors):
    outcome = built().tell("inspector", check("2022-08-02", inspectors=inspectors), "2022-08-02")
    assert outcome == Refused(Reason.INSPECTORS_WANTED, ("2",))


def test_a_check_says_what_was_found():
    outcome = built().tell("inspector", check("2022-08-02", finding=None), "2022-08-02")
    assert outcome == Refused(Reason.REASON_WANTED)


def test_only_inspectors_check_and_only_what_is_to_be_checked():
    play = built()
    assert play.tell("window", check("2022-08-02"), "2022-08-02") == Refused(Reason.NOT_YOURS)
    report_ = c.VerifyObligation(
        "report_completion", passed=True, on=date(2022, 7, 22), inspectors=TWO, finding=SEAL
    )
    fresh = Play().served("2022-06-09")
    assert fresh.tell("inspector", report_, "2022-08-02").reason is Reason.OBLIGATION_NOT_OPEN
    assert (
        fresh.tell("inspector", check("2022-08-02"), "2022-08-02").reason
        is Reason.OBLIGATION_NOT_OPEN
    )


def test_a_breach_is_ordered_to_be_put_right_and_checked_again():
    play = built()
    play.checked("inspector", check("2022-08-02", passed=False), "2022-08-02")
    held = play.case.obligations["check_after_completion"]
    assert (held.status, held.failed, held.ordered) == ("open", True, True)
    assert str(held.due) == "2022-08-16"
    play.checked("inspector", check("2022-08-15"), "2022-08-15")
    assert play.case.obligations["check_after_completion"].status == "settled"


def test_an_overdue_duty_is_flagged_once_as_of_the_day_it_was_due():
    play = built()
    flag = c.FlagOverdue("check_after_completion")
    assert play.tell("timer", flag, "2022-08-17").reason is Reason.NOT_YET_DUE
    play.must("timer", flag, "2022-08-18")
    assert play.case.obligations["check_after_completion"].overdue
    envelope, _event = play.log[-1]
    assert str(envelope.effective_at) == "2022-08-17"
    assert play.tell("timer", flag, "2022-08-19").reason is Reason.NOT_YET_DUE


def test_a_duty_whose_date_is_provisional_is_not_flagged():
    play = Play().served("2026-06-09")
    assert play.case.obligations["report_completion"].provisional
    outcome = play.tell("timer", c.FlagOverdue("report_completion"), "2027-07-01")
    assert outcome == Refused(Reason.DATE_PROVISIONAL, ("report_completion",))


def test_the_timer_flags_only_duties_that_are_there():
    play = Play().served("2022-06-09")
    assert play.tell("timer", c.FlagOverdue("nothing"), "2022-07-01").reason is (
        Reason.NO_SUCH_OBLIGATION
    )


def test_a_case_is_not_closed_while_something_is_open():
    play = built()
    outcome = play.tell("window", c.TakeAction("conclude"), "2022-08-01")
    assert outcome == Refused(Reason.STILL_OPEN, ("check_after_completion",))


def test_a_revocation_has_a_ground_and_reasons_and_ends_every_duty():
    play = built()
    deceit = RevocationGround.DECEIT_OR_BRIBERY
    play.must("leader", c.NoticeRevocation(deceit, SEAL), "2022-08-20")
    play.must("applicant", c.StateCase(SEAL), "2022-08-20")
    bare = c.TakeAction("revoke", i.Revocation(deceit))
    assert play.tell("leader", bare, "2022-08-20") == Refused(Reason.REASON_WANTED)
    play.do("leader", "revoke", "2022-08-20", i.Revocation(deceit, SEAL))
    assert (play.case.leaves, play.case.code) == (("revoked",), 15)
    assert play.case.obligations["check_after_completion"].status == "voided"
    assert play.case.documents[-1].document == "revocation"
    ground = i.Deregistration(DeregistrationGround.REVOKED)
    play.do("window", "deregister", "2022-08-22", ground)
    assert play.case.leaves == ("deregistered",)


def test_a_grant_revoked_before_it_was_served_leaves_nothing_running():
    play = Play().granted("2022-06-09")
    play.revoked("2022-06-10", RevocationGround.BEYOND_POWERS)
    assert not any(clock.running for clock in play.case.clocks.values())
    assert {o.status for o in play.case.obligations.values()} == {"voided"}


def test_a_duty_due_from_the_earlier_of_two_dates_is_dated_again_when_the_second_comes():
    def sooner(data):
        due = data["obligations"]["report_completion"]["due"]["earliest"]
        due.append({"milestone": "delivered", "plus": "6m"})

    play = Play(variant(sooner)).granted("2022-06-09")
    assert str(play.case.obligations["report_completion"].due) == "2023-06-09"
    play.do("window", "deliver", "2022-06-13", i.Service(date(2022, 6, 13), "online"))
    assert str(play.case.obligations["report_completion"].due) == "2022-12-13"


@pytest.mark.parametrize(
    ("ground", "fits"),
    [(DeregistrationGround.REVOKED, True), (DeregistrationGround.EXPIRED, False)],
)
def test_what_was_revoked_is_deregistered_for_that(ground, fits):
    play = Play().served("2022-06-09")
    play.revoked("2022-06-20", RevocationGround.DECEIT_OR_BRIBERY)
    outcome = play.tell(
        "leader", c.TakeAction("deregister", i.Deregistration(ground)), "2022-06-21"
    )
    assert isinstance(outcome, Refused) is not fits


@pytest.mark.parametrize("on", ["2022-07-19", "2022-08-02"])
def test_a_check_lies_between_the_report_and_today(on):
    play = Play().served("2022-06-09")
    play.must("applicant", report("2022-07-20"), "2022-07-20")
    outcome = play.tell("inspector", check(on), "2022-08-01")
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, (on,))


def test_whoever_has_to_put_a_breach_right_has_the_turn():
    play = built()
    assert turn(play.case, play.edition) == "office"
    play.checked("inspector", check("2022-07-25", passed=False), "2022-07-25")
    assert turn(play.case, play.edition) == "applicant"
    overdue = play.must("timer", c.FlagOverdue("check_after_completion"), "2022-08-15")
    assert overdue.facts[0].event.debtor == "applicant"
    assert turn(play.case, play.edition) == "office", "whether it was put right, the office checks"


def test_a_breach_is_in_the_pile_of_the_inspectors_while_it_is_put_right():
    """Ordered on Monday 25 July: to be put right by Friday 12 August."""
    play = built()
    assert check_rows(play.case) == ()
    play.checked("inspector", check("2022-07-25", passed=False), "2022-07-25")
    [row] = check_rows(play.case)
    assert (row.officer, row.rectifies) == ("planning_bureau/planning", True)
    assert row.due_on == play.case.obligations["check_after_completion"].due
    listed = case_row(play.case, play.edition)
    assert (listed.due_name, listed.rectifies) == ("check_after_completion", True)
    play.checked("inspector", check("2022-07-26"), "2022-07-26")
    assert check_rows(play.case) == () and has_checks(play.case)
    assert not case_row(play.case, play.edition).rectifies
