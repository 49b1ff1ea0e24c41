"""A fee as its case goes on: frozen at the rate of a day, dated, and changed by nothing but a
recorded correction; never waived by what came later."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.decide.fees import freeze
from permits.casework.decide.minutes import Minutes
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import RevocationGround, Role
from tests.casework.duties import EXAMPLE, add_fee, check, pay, rectify, report, with_fee
from tests.kit import SEAL, Play, variant

STEPS = [
    {"valid_from": "2020-01-01", "valid_until": "2022-06-09", "fen": 100, "basis": EXAMPLE},
    {"valid_from": "2022-06-10", "fen": 200, "basis": EXAMPLE},
]
"""A rate that doubles on 10 June 2022."""


def frozen_on_acceptance(rows=None):
    return variant(lambda data: add_fee(data, rows, due="accepted", frozen_at="accepted"))


def test_a_fee_is_frozen_at_the_rate_of_the_day_and_stays_so():
    play = Play(with_fee()).granted("2022-06-09")
    fee = play.case.fees["charge"]
    (line,) = fee.lines
    assert (line.quantity, line.fen_per_unit, fee.amount_fen) == (150, 18500, 2_775_000)
    assert (fee.full_fen, fee.relief, fee.balance_fen) == (2_775_000, "", 2_775_000)
    assert str(fee.due) == "2022-12-09"
    later = Play(with_fee()).granted("2022-07-01").case.fees["charge"]
    assert later.lines[0].fen_per_unit == 20000


def test_without_a_rate_the_case_waits():
    rows = [{"valid_from": "2023-01-01", "fen": 1, "basis": EXAMPLE}]
    play = Play(with_fee(rows)).accepted("2022-06-09", "commitment")
    outcome = play.tell("window", c.TakeAction("grant_on_the_spot"), "2022-06-09")
    assert outcome == Refused(Reason.NO_RATE, ("charge",))


def test_a_fee_keeps_the_case_open_until_it_is_paid():
    play = Play(with_fee()).served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    play.checked("inspector", check("2022-08-02"), "2022-08-02")
    assert play.tell("window", c.TakeAction("conclude"), "2022-08-03") == Refused(
        Reason.STILL_OPEN, ("charge",)
    )
    play.must("window", pay(2_775_000), "2022-08-03")
    play.do("window", "conclude", "2022-08-03")


def test_a_fee_frozen_when_works_are_completed_waits_for_its_rate_too():
    def at_completion(data):
        add_fee(data, due="works_completed", frozen_at="works_completed")
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
    play.must("window", pay(2_775_000, "2022-06-09"), "2022-06-09")
    play.must("applicant", report("2022-07-20"), "2022-07-21")
    assert "FeeDated" not in play.events


def test_works_of_which_the_quantity_is_not_asked_owe_nothing():
    answers = {"listed_as": "temporary_relocation", "length_m": None, "road_class": None}
    play = Play(with_fee()).accepted("2022-06-09", "commitment", answers=answers)
    play.do("window", "grant_on_the_spot", "2022-06-09")
    fee = play.case.fees["charge"]
    assert (fee.lines, fee.amount_fen, fee.due, fee.open) == ((), 0, None, False)


@pytest.mark.parametrize(
    ("first_rate", "outcome"),
    [("2022-06-09", None), ("2022-06-13", Refused(Reason.NO_RATE, ("charge",)))],
)
def test_an_acceptance_that_counts_from_an_earlier_day_takes_the_rate_of_that_day(
    first_rate, outcome
):
    """Received on Thursday 9 June 2022, accepted on Monday the 13th as of the 9th."""
    rows = [{"valid_from": first_rate, "fen": 100, "basis": EXAMPLE}]
    play = Play(frozen_on_acceptance(rows)).file("2022-06-09")
    answer = play.tell("window", c.TakeAction("accept"), "2022-06-13")
    assert (answer if isinstance(answer, Refused) else None) == outcome


class TestAWrongDateOfTheMilestone:
    def accepted(self, rows=None):
        return Play(frozen_on_acceptance(rows or STEPS)).accepted("2022-06-10", "commitment")

    def test_put_right_freezes_anew_at_the_rate_of_the_right_day(self):
        play = self.accepted()
        play.must("supervisor", rectify("received", "2022-06-09"), "2022-06-13")
        fee = play.case.fees["charge"]
        assert (fee.amount_fen, fee.balance_fen, str(fee.frozen_on)) == (
            15_000,
            15_000,
            "2022-06-09",
        )
        assert [entry.kind for entry in fee.entries] == ["frozen", "corrected"]
        assert play.events.count("FeeFrozen") == 1
        assert play.events.count("FeeFrozenAnew") == 1

    def test_leaves_to_be_refunded_what_was_paid_too_much(self):
        play = self.accepted()
        play.must("window", pay(30_000, "2022-06-13"), "2022-06-13")
        play.must("supervisor", rectify("received", "2022-06-09"), "2022-06-14")
        assert play.case.fees["charge"].balance_fen == -15_000

    def test_with_the_same_rate_changes_nothing_of_the_fee(self):
        play = self.accepted([STEPS[0] | {"valid_until": "2022-12-31"}])
        play.must("supervisor", rectify("received", "2022-06-09"), "2022-06-13")
        assert "FeeFrozenAnew" not in play.events

    def test_is_refused_on_a_day_without_a_rate(self):
        play = self.accepted(STEPS[1:])
        told = play.tell("supervisor", rectify("received", "2022-06-09"), "2022-06-13")
        assert told == Refused(Reason.NO_RATE, ("charge",))

    def test_leaves_a_cancelled_debt_alone(self):
        play = self.accepted().do("applicant", "withdraw", "2022-06-13", i.Reasoned(SEAL))
        play.must("supervisor", rectify("received", "2022-06-09"), "2022-06-14")
        assert play.case.fees["charge"].amount_fen == 30_000


class TestACaseThatTakesAnotherTurn:
    def test_cancels_what_its_definition_says_and_what_was_paid_is_refunded(self):
        play = Play(frozen_on_acceptance()).accepted("2022-06-09", "commitment")
        play.must("window", pay(100, "2022-06-10"), "2022-06-10")
        play.do("applicant", "withdraw", "2022-06-10", i.Reasoned(SEAL))
        fee = play.case.fees["charge"]
        assert (fee.cancelled, fee.owed_fen, fee.balance_fen, fee.due) == (True, 0, -100, None)
        assert fee.amount_fen == 2_775_000, "what was frozen is not changed"

    def test_reckons_anew_what_is_accepted_again_and_keeps_what_was_paid(self):
        play = Play(frozen_on_acceptance()).accepted("2022-06-09", "commitment")
        play.must("window", pay(2_775_000, "2022-06-10"), "2022-06-10")
        play.do("applicant", "withdraw_commitment", "2022-06-10")
        play.must("timer", c.LapseClock("completeness"), "2022-06-20")
        fee = play.case.fees["charge"]
        assert (fee.cancelled, fee.owed_fen, fee.paid_fen, fee.open) == (
            False,
            2_775_000,
            2_775_000,
            False,
        )
        assert [entry.kind for entry in fee.entries] == ["frozen", "paid", "cancelled", "frozen"]

    def test_leaves_the_debt_that_stays(self):
        play = Play(with_fee()).granted("2022-06-09")
        play.revoked("2022-06-10", RevocationGround.DECEIT_OR_BRIBERY)
        fee = play.case.fees["charge"]
        assert (fee.cancelled, fee.balance_fen, str(fee.due)) == (False, 2_775_000, "2022-12-09")

    def test_has_no_debt_to_end_before_one_arose(self):
        play = Play(frozen_on_acceptance()).file("2022-06-09")
        play.do("applicant", "withdraw", "2022-06-10", i.Reasoned(SEAL))
        assert play.case.fees == {}


class TestAnActionThatIsUndone:
    def test_cancels_what_it_froze_and_the_next_one_freezes_anew(self):
        play = Play(frozen_on_acceptance()).accepted("2022-06-09", "commitment")
        play.must("supervisor", c.ReverseAction(SEAL), "2022-06-10")
        fee = play.case.fees["charge"]
        assert (fee.cancelled, fee.owed_fen, fee.due) == (True, 0, None)
        play.do("window", "accept", "2022-06-10")
        fee = play.case.fees["charge"]
        assert (fee.cancelled, fee.balance_fen) == (False, 2_775_000)
        assert [entry.kind for entry in fee.entries] == ["frozen", "cancelled", "frozen"]

    def test_leaves_alone_what_was_frozen_before(self):
        play = Play(with_fee(due="delivered")).granted("2022-06-09")
        service = i.Service(date(2022, 6, 9), "online")
        play.do("window", "deliver", "2022-06-09", service)
        assert str(play.case.fees["charge"].due) == "2022-12-09"
        play.must("supervisor", c.ReverseAction(SEAL), "2022-06-10")
        fee = play.case.fees["charge"]
        assert (fee.cancelled, fee.balance_fen, fee.due) == (False, 2_775_000, None)


class TestADueDateThatPasses:
    def test_is_told_once_as_of_the_day_it_was_due(self):
        play = Play(with_fee()).served("2022-06-09")
        flag = c.FlagFeeOverdue("charge")
        assert play.tell("timer", flag, "2022-12-09") == Refused(Reason.NOT_YET_DUE, ("charge",))
        (fact,) = play.must("timer", flag, "2022-12-12").facts
        assert (str(fact.effective_at), fact.event.balance_fen) == ("2022-12-09", 2_775_000)
        assert play.case.fees["charge"].overdue
        assert play.tell("timer", flag, "2022-12-13").reason is Reason.NOT_YET_DUE

    def test_of_what_is_paid_in_part_tells_the_rest(self):
        play = Play(with_fee()).served("2022-06-09")
        play.must("window", pay(2_000_000), "2022-08-03")
        (fact,) = play.must("timer", c.FlagFeeOverdue("charge"), "2022-12-12").facts
        assert fact.event.balance_fen == 775_000

    def test_of_what_is_paid_is_not_told(self):
        play = Play(with_fee()).served("2022-06-09")
        play.must("window", pay(2_775_000), "2022-08-03")
        told = play.tell("timer", c.FlagFeeOverdue("charge"), "2022-12-12")
        assert told == Refused(Reason.NOT_YET_DUE, ("charge",))

    def test_in_a_year_without_a_calendar_is_not_told(self):
        play = Play(with_fee()).served("2026-12-01")
        told = play.tell("timer", c.FlagFeeOverdue("charge"), "2027-07-01")
        assert told == Refused(Reason.DATE_PROVISIONAL, ("charge",))

    def test_of_a_fee_that_there_is_not_is_refused(self):
        told = Play().served("2022-06-09").tell("timer", c.FlagFeeOverdue("tea"), "2022-12-12")
        assert told == Refused(Reason.NO_SUCH_FEE, ("tea",))

    def test_is_told_anew_if_the_date_is_put_right(self):
        play = Play(with_fee(due="works_completed")).served("2022-06-09")
        play.must("applicant", report("2022-07-20"), "2022-07-21")
        play.must("timer", c.FlagFeeOverdue("charge"), "2023-01-30")
        play.must("supervisor", rectify("works_completed", "2022-07-21"), "2023-01-30")
        assert play.case.fees["charge"].overdue, "the right day has passed as well"
        play.must("supervisor", rectify("works_completed", "2023-01-03"), "2023-01-30")
        fee = play.case.fees["charge"]
        assert (fee.overdue, str(fee.due)) == (False, "2023-07-03")


def test_the_day_of_the_last_payment_is_when_it_was_settled():
    play = Play(with_fee()).served("2022-06-09")
    assert play.case.fees["charge"].settled_on is None
    play.must("window", pay(775_000, "2022-08-03"), "2022-08-03")
    play.must("window", pay(2_000_000, "2022-08-02"), "2022-08-04")
    assert play.case.fees["charge"].settled_on == date(2022, 8, 3)


FROM_THE_NINTH = [{"valid_from": "2022-06-09", "fen": 100, "basis": EXAMPLE}]
FROM_COMPLETION = [{"valid_from": "2022-07-20", "fen": 100, "basis": EXAMPLE}]


def test_a_date_is_not_put_right_to_a_day_without_a_rate():
    at = "works_completed"
    works = variant(lambda data: add_fee(data, FROM_COMPLETION, due=at, frozen_at=at))
    play = Play(works).served("2022-06-09")
    play.must("applicant", report("2022-07-20"), "2022-07-21")
    told = play.tell("supervisor", rectify(at, "2022-07-19"), "2022-07-22")
    assert told == Refused(Reason.NO_RATE, ("charge",))


def minutes_of(play, on):
    return Minutes(play.case, play.desk("window", on), Role.WINDOW)


def test_what_is_frozen_is_not_frozen_again_when_its_milestone_comes_once_more():
    minutes = minutes_of(Play(with_fee()).granted("2022-06-09"), "2022-07-01")
    freeze(minutes, "charge", date(2022, 7, 1))
    assert minutes.facts == []


def test_nothing_is_frozen_on_a_day_without_a_rate():
    play = Play(with_fee(FROM_THE_NINTH)).accepted("2022-06-09", "commitment")
    minutes = minutes_of(play, "2022-06-10")
    freeze(minutes, "charge", date(2022, 6, 8))
    assert minutes.facts == []
