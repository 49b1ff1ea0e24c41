"""Payment put off on a commitment: the debt stays, an obligation to pay it opens, and what the
definition names stays shut until it is paid."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from tests.kit import SEAL
from tests.workflows.deferring import (
    CIVIL,
    DUTY,
    FACTORY,
    FEE,
    HOUSING,
    INFRA,
    accepted,
    building,
    check,
    deferred,
    duty_of,
    fee_of,
    filed,
    pay,
    report,
    revoke,
)

BOTH = pytest.mark.parametrize("name", [INFRA, CIVIL])
ALL = {INFRA: 259_500_000, CIVIL: 235_164_400}


@BOTH
class TestWhatIsPutOff:
    def test_is_frozen_all_the_same_and_has_no_due_date_of_its_own(self, name):
        fee = fee_of(accepted(name, "2022-06-09"))
        assert (fee.amount_fen, fee.deferred, fee.due) == (ALL[name], True, None)

    def test_is_granted_as_an_open_debt(self, name):
        play = deferred(name, "2022-06-09")
        assert (play.case.code, DUTY[name] in play.case.obligations) == (12, False)

    def test_is_owed_from_the_construction_permit_on(self, name):
        """Six months from 1 July 2022 end on New Year's Day, so on the next working day."""
        play = building(name, "2022-06-09", "2022-07-01")
        assert (duty_of(play).status, str(duty_of(play).due)) == ("open", "2023-01-03")

    def test_is_owed_at_once_when_joint_acceptance_is_applied_for(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        play.must("applicant", report("apply_for_joint_acceptance", "2022-10-10"), "2022-10-11")
        assert str(duty_of(play).due) == "2022-10-10"

    def test_is_not_owed_when_it_was_paid_before(self, name):
        play = deferred(name, "2022-06-09")
        pay(play, ALL[name], "2022-06-20")
        play.must("applicant", report("report_construction_permit", "2022-07-01"), "2022-07-01")
        assert DUTY[name] not in play.case.obligations

    def test_is_settled_by_the_last_part(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        pay(play, 100, "2022-08-01")
        assert duty_of(play).status == "open"
        pay(play, ALL[name] - 100, "2022-12-30")
        assert (duty_of(play).status, str(duty_of(play).closed_on)) == ("settled", "2022-12-30")

    def test_is_owed_to_the_last_fen(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        pay(play, ALL[name] - 1, "2022-08-01")
        assert duty_of(play).status == "open"
        pay(play, 1, "2022-08-02")
        assert duty_of(play).status == "settled"
        play.must("supervisor", c.UndoFeeEntry(FEE[name], 3, SEAL), "2022-08-03")
        assert duty_of(play).status == "open"

    def test_is_reported_or_checked_by_nobody(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        told = play.tell("applicant", report(DUTY[name], "2022-07-04"), "2022-07-04")
        assert told == Refused(Reason.OBLIGATION_NOT_OPEN, (DUTY[name],))
        checked = c.VerifyObligation(DUTY[name], True, date(2022, 7, 4), ("inspector",), SEAL)
        told = play.tell("inspector", checked, "2022-07-04")
        assert told == Refused(Reason.OBLIGATION_NOT_OPEN, (DUTY[name],))


@BOTH
class TestAWrongEntryThatHadSettledIt:
    def test_leaves_it_owed_again_by_its_date(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        pay(play, ALL[name], "2022-08-01")
        play.must("supervisor", c.UndoFeeEntry(FEE[name], 2, SEAL), "2022-08-02")
        assert (duty_of(play).status, str(duty_of(play).due)) == ("open", "2023-01-03")
        pay(play, ALL[name], "2022-08-03")
        assert duty_of(play).status == "settled"

    def test_dates_it_by_what_came_meanwhile(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        pay(play, ALL[name], "2022-08-01")
        play.must("applicant", report("apply_for_joint_acceptance", "2022-10-10"), "2022-10-10")
        play.must("supervisor", c.UndoFeeEntry(FEE[name], 2, SEAL), "2022-10-11")
        assert str(duty_of(play).due) == "2022-10-10"


@BOTH
class TestWhatIsShut:
    def test_joint_acceptance_waits_for_the_whole_fee(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        play.must("applicant", report("apply_for_joint_acceptance", "2022-10-10"), "2022-10-10")
        passing = report("pass_joint_acceptance", "2022-10-12")
        pay(play, 100, "2022-10-11")
        told = play.tell("applicant", passing, "2022-10-12")
        assert told == Refused(Reason.FEE_UNPAID, (FEE[name], str(ALL[name] - 100)))
        pay(play, ALL[name] - 100, "2022-10-12")
        play.must("applicant", passing, "2022-10-12")

    def test_the_decision_waits_for_payment_on_the_ordinary_track_only(self, name):
        play = accepted(name, "2022-06-09", "ordinary")
        play.do("examiner", "examine", "2022-06-10", i.Opinion("grant", SEAL))
        told = play.tell("leader", c.TakeAction("grant"), "2022-06-13")
        assert told == Refused(Reason.FEE_UNPAID, (FEE[name], str(ALL[name])))
        pay(play, ALL[name], "2022-06-13")
        play.do("leader", "grant", "2022-06-13")
        assert play.case.code == 11

    def test_a_refusal_never_waits_for_payment(self, name):
        play = accepted(name, "2022-06-09", "ordinary")
        play.do("examiner", "examine", "2022-06-10", i.Opinion("refuse", SEAL))
        play.do("leader", "refuse", "2022-06-13", i.Reasoned(SEAL))
        assert fee_of(play).cancelled


@BOTH
class TestABreach:
    def test_is_told_by_the_timer_and_stays_a_debt(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        play.must("timer", c.FlagOverdue(DUTY[name]), "2023-01-04")
        assert duty_of(play).overdue
        assert pay(play, ALL[name], "2023-02-01").case.obligations[DUTY[name]].status == "settled"

    def test_that_leads_to_revocation_makes_the_whole_debt_due(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        pay(play, 100, "2022-08-01")
        revoke(play, "2023-02-01")
        fee = fee_of(play)
        assert (fee.deferred, fee.lost, str(fee.due)) == (False, True, "2023-02-15")
        assert (duty_of(play).status, fee.balance_fen) == ("voided", ALL[name] - 100)

    def test_keeps_the_case_from_being_put_away_until_it_is_paid(self, name):
        play = revoke(building(name, "2022-06-09", "2022-07-01"), "2023-02-01")
        away = c.TakeAction("deregister", i.Deregistration("70-4"))
        assert play.tell("leader", away, "2023-02-02").reason is Reason.FEE_UNPAID
        play.must("timer", c.FlagFeeOverdue(FEE[name]), "2023-02-16")
        pay(play, ALL[name], "2023-03-01")
        play.must("leader", away, "2023-03-01")

    def test_before_the_construction_permit_makes_it_due_as_well(self, name):
        play = revoke(deferred(name, "2022-06-09"), "2022-06-20")
        assert (fee_of(play).lost, str(fee_of(play).due)) == (True, "2022-07-04")

    def test_after_payment_takes_nothing_from_anybody(self, name):
        play = building(name, "2022-06-09", "2022-07-01")
        pay(play, ALL[name], "2022-08-01")
        revoke(play, "2022-08-02")
        assert (fee_of(play).lost, fee_of(play).open) == (False, False)


@BOTH
def test_a_switch_of_track_cancels_the_debt_and_the_next_acceptance_reckons_it_anew(name):
    play = accepted(name, "2022-06-09").do("applicant", "withdraw_commitment", "2022-06-10")
    assert fee_of(play).cancelled
    play.must("timer", c.LapseClock("completeness"), "2022-06-20")
    fee = fee_of(play)
    assert (fee.deferred, fee.owed_fen, str(fee.due)) == (False, ALL[name], "2022-07-08")


@BOTH
def test_a_case_is_put_away_when_everything_is_paid_checked_and_accepted(name):
    play = building(name, "2022-06-09", "2022-07-01")
    play.checked("inspector", check("2022-07-20"), "2022-07-20")
    pay(play, ALL[name], "2022-12-01")
    play.must("applicant", report("apply_for_joint_acceptance", "2023-03-01"), "2023-03-01")
    play.must("applicant", report("pass_joint_acceptance", "2023-03-10"), "2023-03-10")
    play.do("window", "conclude", "2023-03-13")
    assert play.case.leaves == ("concluded",)


class TestWhatIsNotOwed:
    def test_is_neither_put_off_nor_shuts_anything(self):
        exempt = {**HOUSING, "relief_ground": "rental_housing"}
        play = accepted(INFRA, "2022-06-09", "ordinary", exempt)
        fee = fee_of(play)
        assert (fee.full_fen, fee.relief, fee.amount_fen) == (259_500_000, "rental_housing", 0)
        play.do("examiner", "examine", "2022-06-10", i.Opinion("grant", SEAL))
        play.do("leader", "grant", "2022-06-13")

    def test_of_a_pure_factory_needs_neither_approval_nor_payment(self):
        play = accepted(CIVIL, "2022-06-09", "ordinary", FACTORY)
        play.do("examiner", "examine", "2022-06-10", i.Opinion("grant", SEAL))
        play.do("leader", "grant", "2022-06-13")
        assert fee_of(play).amount_fen == 0

    def test_cannot_be_put_off(self):
        exempt = {**HOUSING, "relief_ground": "rental_housing"}
        with pytest.raises(AssertionError, match="owes_something"):
            filed(INFRA, "2022-06-09", "commitment", exempt)
