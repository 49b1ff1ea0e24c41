"""Fees: frozen at the rate of a day, dated, paid once; never waived by what came later."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework.refusals import Reason, Refused
from tests.casework.duties import EXAMPLE, add_fee, check, rectify, report, with_fee
from tests.kit import SEAL, Play, variant


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
    play.must("inspector", check("2022-08-02"), "2022-08-02")
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
        add_fee(data, due="works_completed")
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


@pytest.mark.parametrize(
    ("first_rate", "outcome"),
    [("2022-06-09", None), ("2022-06-13", Refused(Reason.NO_RATE, ("charge",)))],
)
def test_an_acceptance_that_counts_from_an_earlier_day_takes_the_rate_of_that_day(
    first_rate, outcome
):
    """Received on Thursday 9 June 2022, accepted on Monday the 13th as of the 9th."""
    rows = [{"valid_from": first_rate, "fen": 100, "basis": EXAMPLE}]

    def change(data):
        add_fee(data, rows, due="accepted")
        data["fees"]["charge"]["frozen_at"] = "accepted"

    play = Play(variant(change)).file("2022-06-09")
    answer = play.tell("window", c.TakeAction("accept"), "2022-06-13")
    assert (answer if isinstance(answer, Refused) else None) == outcome


def test_what_was_paid_stays_paid_when_the_track_is_switched():
    def change(data):
        add_fee(data, due="accepted")
        data["fees"]["charge"]["frozen_at"] = "accepted"

    play = Play(variant(change)).accepted("2022-06-09", "commitment")
    play.must("window", c.PayFee("charge", date(2022, 6, 10), SEAL), "2022-06-10")
    play.do("applicant", "withdraw_commitment", "2022-06-10")
    play.must("timer", c.LapseClock("completeness"), "2022-06-20")
    assert str(play.case.fees["charge"].paid_on) == "2022-06-10"


def test_nothing_is_paid_before_it_is_owed_and_the_payment_says_how_much():
    play = Play(with_fee()).granted("2022-06-09")
    early = play.tell("window", c.PayFee("charge", date(2022, 6, 8), SEAL), "2022-06-10")
    assert early == Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-08",))
    paid = play.must("window", c.PayFee("charge", date(2022, 6, 9), SEAL), "2022-06-10")
    assert paid.facts[0].event.amount_fen == 2_775_000
