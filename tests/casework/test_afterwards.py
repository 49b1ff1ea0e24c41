"""After the grant: completion reported, checked by two officers, breaches put right or revoked;
what is open keeps a case from being closed; mistakes of the office undone by further events."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import (
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
)
from tests.kit import SEAL, Play, paper, variant

TWO = ("inspector", "another_inspector")


def report(on="2022-07-20"):
    return c.ReportObligation("report_completion", date.fromisoformat(on), (paper("photo"),))


def check(*, passed=True, inspectors=TWO, finding=SEAL):
    return c.VerifyObligation("check_after_completion", passed, inspectors, finding)


def built():
    play = Play().served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    return play


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
    play.must("inspector", check(), "2022-08-02")
    assert play.case.obligations["check_after_completion"].status == "settled"
    play.do("window", "conclude", "2022-08-03")
    assert play.case.leaves == ("concluded",)


@pytest.mark.parametrize(
    "inspectors", [("inspector",), ("inspector", "inspector"), ("someone", "else"), ()]
)
def test_one_officer_is_not_enough_and_whoever_records_was_there(inspectors):
    outcome = built().tell("inspector", check(inspectors=inspectors), "2022-08-02")
    assert outcome == Refused(Reason.INSPECTORS_WANTED, ("2",))


def test_a_check_says_what_was_found():
    outcome = built().tell("inspector", check(finding=None), "2022-08-02")
    assert outcome == Refused(Reason.REASON_WANTED)


def test_only_inspectors_check_and_only_what_is_to_be_checked():
    play = built()
    assert play.tell("window", check(), "2022-08-02") == Refused(Reason.NOT_YOURS)
    report_ = c.VerifyObligation("report_completion", passed=True, inspectors=TWO, finding=SEAL)
    fresh = Play().served("2022-06-09")
    assert fresh.tell("inspector", report_, "2022-08-02").reason is Reason.OBLIGATION_NOT_OPEN
    assert fresh.tell("inspector", check(), "2022-08-02").reason is Reason.OBLIGATION_NOT_OPEN


def test_a_breach_is_ordered_to_be_put_right_and_checked_again():
    play = built()
    play.must("inspector", check(passed=False), "2022-08-02")
    held = play.case.obligations["check_after_completion"]
    assert (held.status, held.failed, held.ordered) == ("open", True, True)
    assert str(held.due) == "2022-08-16"
    play.must("inspector", check(), "2022-08-15")
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
    bare = c.TakeAction("revoke", c.Revocation(deceit))
    assert play.tell("leader", bare, "2022-08-20") == Refused(Reason.REASON_WANTED)
    play.do("leader", "revoke", "2022-08-20", c.Revocation(deceit, SEAL))
    assert (play.case.leaves, play.case.code) == (("revoked",), 15)
    assert play.case.obligations["check_after_completion"].status == "voided"
    assert play.case.documents[-1].document == "revocation"
    ground = c.Deregistration(DeregistrationGround.REVOKED)
    play.do("window", "deregister", "2022-08-22", ground)
    assert play.case.leaves == ("deregistered",)


def test_a_grant_revoked_before_it_was_served_leaves_nothing_running():
    play = Play().granted("2022-06-09")
    ground = c.Revocation(RevocationGround.BEYOND_POWERS, SEAL)
    play.do("leader", "revoke", "2022-06-10", ground)
    assert not any(clock.running for clock in play.case.clocks.values())
    assert {o.status for o in play.case.obligations.values()} == {"voided"}


def test_a_clerks_mistake_is_undone_and_what_was_drawn_up_is_void():
    play = Play().file("2022-06-09", "ordinary")
    before = play.case
    play.do("window", "accept", "2022-06-10")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-10")
    case = play.case
    assert (case.leaves, case.milestones, case.clocks) == (
        before.leaves,
        before.milestones,
        before.clocks,
    )
    assert [(d.document, d.void) for d in case.documents] == [
        ("receipt", False),
        ("acceptance_notice", True),
    ]
    assert play.events[-1] == "ActionReversed"
    play.do("window", "accept", "2022-06-10")
    assert play.case.documents[-1].number == "演示规受字〔2022〕1号"


def test_only_the_last_action_is_undone_and_only_while_nothing_followed_it():
    play = Play().accepted("2022-06-09")
    play.must("leader", c.ExtendClock("promise", SEAL), "2022-06-10")
    outcome = play.tell("supervisor", c.ReverseAction(SEAL), "2022-06-10")
    assert outcome == Refused(Reason.NOT_REVERSIBLE, ("accept",))


def test_a_decision_is_no_clerks_mistake():
    outcome = Play().granted("2022-06-09").tell("supervisor", c.ReverseAction(SEAL), "2022-06-09")
    assert outcome == Refused(Reason.NOT_REVERSIBLE, ("grant_on_the_spot",))


def test_undoing_needs_a_reason_and_a_supervisor():
    play = Play().accepted("2022-06-09")
    assert play.tell("supervisor", c.ReverseAction(), "2022-06-09") == Refused(
        Reason.REASON_WANTED
    )
    assert play.tell("window", c.ReverseAction(SEAL), "2022-06-09") == Refused(Reason.NOT_YOURS)


def test_a_filing_is_not_undone():
    outcome = Play().file("2022-06-09").tell("supervisor", c.ReverseAction(SEAL), "2022-06-09")
    assert outcome == Refused(Reason.NOT_REVERSIBLE, ("file",))


def rectify(milestone, on, reason=SEAL):
    return c.RectifyDate(milestone, date.fromisoformat(on), reason)


def test_a_wrong_day_of_receipt_is_put_right_with_everything_reckoned_from_it():
    play = Play().accepted("2022-06-09")
    play.must("supervisor", rectify("received", "2022-06-07"), "2022-06-10")
    assert str(play.case.milestones["received"]) == "2022-06-07"
    assert str(play.case.milestones["accepted"]) == "2022-06-07"
    assert play.due("promise") == "2022-06-09"
    assert play.due("completeness") == "2022-06-14"
    assert not play.case.clocks["completeness"].late


def test_a_receipt_put_right_leaves_an_acceptance_that_came_of_corrections():
    from tests.casework.test_intake import incomplete, notice, supplement

    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.do("applicant", "supply_corrections", "2022-06-15", supplement())
    play.do("window", "accept", "2022-06-15")
    play.must("supervisor", rectify("received", "2022-06-08"), "2022-06-16")
    assert str(play.case.milestones["accepted"]) == "2022-06-15"


def test_a_wrong_day_of_delivery_is_put_right_and_may_turn_out_late():
    play = Play().granted("2022-06-09")
    play.do("window", "deliver", "2022-07-01", c.Service(date(2022, 6, 20), "post"))
    assert not play.case.clocks["delivery"].late
    play.must("supervisor", rectify("delivered", "2022-07-01"), "2022-07-02")
    assert play.case.clocks["delivery"].late
    assert str(play.case.clocks["delivery"].stopped_on) == "2022-07-01"


def test_a_wrong_day_of_completion_moves_the_check():
    play = built()
    play.must("supervisor", rectify("works_completed", "2022-07-13"), "2022-07-21")
    assert str(play.case.obligations["check_after_completion"].due) == "2022-08-10"


@pytest.mark.parametrize(
    ("command", "outcome"),
    [
        (rectify("decided", "2022-06-08"), Refused(Reason.NO_SUCH_MILESTONE, ("decided",))),
        (rectify("delivered", "2022-06-08"), Refused(Reason.NO_SUCH_MILESTONE, ("delivered",))),
        (rectify("birthday", "2022-06-08"), Refused(Reason.NO_SUCH_MILESTONE, ("birthday",))),
        (rectify("received", "2022-06-08", None), Refused(Reason.REASON_WANTED)),
        (rectify("received", "2022-06-30"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-30",))),
        (rectify("accepted", "2022-06-08"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-08",))),
        (rectify("received", "2022-06-10"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-10",))),
    ],
)
def test_dates_are_put_right_only_where_people_wrote_them_and_in_their_order(command, outcome):
    play = Play().granted("2022-06-09")
    assert play.tell("supervisor", command, "2022-06-10") == outcome


EXAMPLE = {"example": {"zh": "示例", "en": "example"}}
RATES = [
    {"valid_from": "2020-01-01", "valid_until": "2022-06-30", "fen": 18500, "basis": EXAMPLE},
    {"valid_from": "2022-07-01", "fen": 20000, "basis": EXAMPLE},
]


def _add_fee(data, rows=None, due="granted"):
    text = {"zh": "测试费", "en": "Test charge"}
    unit = {"zh": "元/米", "en": "yuan/m"}
    data["rates"] = {"per_metre": {"title": text, "unit": unit, "rows": list(rows or RATES)}}
    data["fees"] = {
        "charge": {
            "title": text,
            "quantity": "length_m",
            "rate": "per_metre",
            "frozen_at": "granted",
            "due": {"earliest": [{"milestone": due, "plus": "6m"}], "basis": EXAMPLE},
            "basis": EXAMPLE,
        }
    }


def with_fee(rows=None, due="granted"):
    """The permit type with a charge of 185 yuan for each metre, frozen at the grant."""
    return variant(lambda data: _add_fee(data, rows, due))


def test_a_fee_is_frozen_at_the_rate_of_the_day_and_stays_so():
    play = Play(with_fee()).granted("2022-06-09")
    fee = play.case.fees["charge"]
    assert (fee.quantity, fee.fen_per_unit, fee.amount_fen) == (150, 18500, 2_775_000)
    assert str(fee.due) == "2022-12-09"
    assert Play(with_fee()).granted("2022-07-01").case.fees["charge"].fen_per_unit == 20000


def test_without_a_rate_the_case_waits():
    rows = [{"valid_from": "2023-01-01", "fen": 1, "basis": EXAMPLE}]
    play = Play(with_fee(rows)).accepted("2022-06-09", "commitment")
    outcome = play.tell("window", c.TakeAction("grant_on_the_spot"), "2022-06-09")
    assert outcome == Refused(Reason.NO_RATE, ("charge",))


def test_a_fee_is_paid_in_full_once_and_keeps_the_case_open_until_then():
    play = Play(with_fee()).served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    play.must("inspector", check(), "2022-08-02")
    assert play.tell("window", c.TakeAction("conclude"), "2022-08-03") == Refused(
        Reason.STILL_OPEN, ("charge",)
    )
    pay = c.PayFee("charge", date(2022, 8, 3), SEAL)
    for command, reason in (
        (c.PayFee("charge", date(2022, 8, 3)), Reason.REASON_WANTED),
        (c.PayFee("charge", date(2022, 9, 3), SEAL), Reason.DATE_NOT_LAWFUL),
        (c.PayFee("other", date(2022, 8, 3), SEAL), Reason.OBLIGATION_NOT_OPEN),
    ):
        assert play.tell("window", command, "2022-08-03").reason is reason
    play.must("window", pay, "2022-08-03")
    assert play.tell("window", pay, "2022-08-03").reason is Reason.OBLIGATION_NOT_OPEN
    play.do("window", "conclude", "2022-08-03")


def test_a_fee_frozen_when_works_are_completed_waits_for_its_rate_too():
    def at_completion(data):
        _add_fee(data, due="works_completed")
        data["fees"]["charge"]["frozen_at"] = "works_completed"
        data["rates"]["per_metre"]["rows"] = data["rates"]["per_metre"]["rows"][:1]

    play = Play(variant(at_completion)).served("2022-06-09")
    late = play.tell("applicant", report("2022-07-20"), "2022-07-21")
    assert late == Refused(Reason.NO_RATE, ("charge",))
    play.must("applicant", report("2022-06-30"), "2022-07-21")
    assert str(play.case.fees["charge"].due) == "2022-12-30"


def test_a_fee_due_from_a_milestone_to_come_is_dated_when_it_comes():
    play = Play(with_fee(due="works_completed")).served("2022-06-09")
    assert play.case.fees["charge"].due is None
    play.must("applicant", report("2022-07-20"), "2022-07-21")
    assert str(play.case.fees["charge"].due) == "2023-01-20"
    assert "FeeDated" in play.events
    play.must("supervisor", rectify("works_completed", "2022-07-13"), "2022-07-21")
    assert str(play.case.fees["charge"].due) == "2023-01-13"


def test_a_paid_fee_is_not_dated_again():
    play = Play(with_fee(due="works_completed")).served("2022-06-09")
    play.must("window", c.PayFee("charge", date(2022, 6, 9), SEAL), "2022-06-09")
    play.must("applicant", report("2022-07-20"), "2022-07-21")
    assert "FeeDated" not in play.events


def test_works_of_which_the_quantity_is_not_asked_owe_nothing():
    answers = {"listed_as": "temporary_relocation", "length_m": None, "road_class": None}
    play = Play(with_fee()).accepted("2022-06-09", "commitment", answers=answers)
    play.do("window", "grant_on_the_spot", "2022-06-09")
    assert play.case.fees == {}


def test_a_duty_due_from_the_earlier_of_two_dates_is_dated_again_when_the_second_comes():
    def sooner(data):
        due = data["obligations"]["report_completion"]["due"]["earliest"]
        due.append({"milestone": "delivered", "plus": "6m"})

    play = Play(variant(sooner)).granted("2022-06-09")
    assert str(play.case.obligations["report_completion"].due) == "2023-06-09"
    play.do("window", "deliver", "2022-06-13", c.Service(date(2022, 6, 13), "online"))
    assert str(play.case.obligations["report_completion"].due) == "2022-12-13"


def test_receipt_put_right_while_suspended_leaves_the_clock_without_a_date():
    play = Play().accepted("2022-06-09")
    special = c.SpecialProcedure(SpecialCause.HEARING, "5wd", notified=True)
    play.do("examiner", "suspend", "2022-06-09", special)
    play.must("supervisor", rectify("received", "2022-06-08"), "2022-06-09")
    assert play.case.clocks["promise"].due is None
    play.do("examiner", "resume", "2022-06-10")
    assert play.due("promise") == "2022-06-13"
