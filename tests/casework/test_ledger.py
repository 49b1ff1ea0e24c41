"""The ledger of a fee: part payments, receipts, refunds, and wrong entries taken back."""

from dataclasses import replace
from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.decide.payments import undoable
from permits.casework.families.fees import taken_back
from permits.casework.ledger_rows import fee_rows
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row, turn
from permits.casework.waiting_rows import waiting_rows
from permits.definitions.procedure import RevocationGround
from tests.casework.duties import pay, rectify, with_fee
from tests.casework.test_fees import STEPS, frozen_on_acceptance
from tests.kit import SEAL, Play

DAY = date(2022, 8, 3)


@pytest.fixture
def owing():
    """27,750 yuan are owed since 9 June 2022."""
    return Play(with_fee()).served("2022-06-09")


def refunds(play):
    """What waits to be given back: of which fee, for whom, by when."""
    rows = waiting_rows(play.case, play.edition)
    return [(one.name, one.party, one.due_on) for one in rows if one.kind == "refund"]


@pytest.fixture
def overpaid():
    """A case that paid 300 yuan and owes, after a date was put right, half of it."""
    play = Play(frozen_on_acceptance(STEPS)).accepted("2022-06-10", "commitment")
    play.must("window", pay(30_000, "2022-06-13"), "2022-06-13")
    play.must("supervisor", rectify("received", "2022-06-09"), "2022-06-14")
    return play


def refund(amount, on="2022-06-15", receipt=SEAL, reason=SEAL):
    return c.RefundFee("charge", date.fromisoformat(on), amount, receipt, reason)


def undo(entry, reason=SEAL):
    return c.UndoFeeEntry("charge", entry, reason)


def test_the_treasury_is_told_every_entry_with_its_sign_and_place(overpaid):
    overpaid.must("window", refund(10_000), "2022-06-15")
    rows = fee_rows(overpaid.case)
    assert {row.fee for row in rows} == {"charge"}
    assert [row.place for row in rows] == [*range(1, len(rows) + 1)]
    told = [(row.kind, row.amount_fen, str(row.entered_on)) for row in rows]
    assert told == [
        ("frozen", 30_000, "2022-06-10"),
        ("paid", -30_000, "2022-06-13"),
        ("corrected", -15_000, "2022-06-14"),
        ("refunded", 10_000, "2022-06-15"),
    ]


class TestAPayment:
    @pytest.mark.parametrize(
        ("command", "refused"),
        [
            (pay(2_775_000, receipt=None), Refused(Reason.REASON_WANTED)),
            (pay(1, fee="tea"), Refused(Reason.NO_SUCH_FEE, ("tea",))),
            (pay(0), Refused(Reason.AMOUNT_NOT_LAWFUL, ("charge", "2775000"))),
            (pay(-1), Refused(Reason.AMOUNT_NOT_LAWFUL, ("charge", "2775000"))),
            (pay(2_775_001), Refused(Reason.AMOUNT_NOT_LAWFUL, ("charge", "2775000"))),
            (pay(1, "2022-08-04"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-08-04",))),
            (pay(1, "2022-06-08"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-08",))),
        ],
    )
    def test_that_does_not_fit_is_refused(self, owing, command, refused):
        assert owing.tell("window", command, "2022-08-03") == refused

    def test_in_part_leaves_the_rest(self, owing):
        owing.must("window", pay(1), "2022-08-03")
        fee = owing.case.fees["charge"]
        assert (fee.paid_fen, fee.balance_fen, fee.open) == (1, 2_774_999, True)

    def test_has_a_receipt_with_a_number_and_holds_in_law_when_it_was_paid(self, owing):
        (fact,) = owing.must("window", pay(1, "2022-08-02"), "2022-08-03").facts
        assert (fact.event.number, fact.event.place) == ("演示规缴字〔2022〕1号", 1)
        assert fact.event.series == "document/planning_bureau/缴/2022"
        assert str(fact.effective_at) == "2022-08-02"

    def test_says_who_paid_if_that_was_somebody_else(self, owing):
        owing.must("window", c.PayFee("charge", DAY, 1, SEAL, "7" * 64), "2022-08-03")
        assert owing.case.fees["charge"].entries[-1].payer == "7" * 64

    def test_under_a_number_that_was_entered_before_is_refused(self, owing):
        desk = replace(owing.desk("window", "2022-08-03"), entered="GXGH-20220609-0001")
        told = owing.carry_out(pay(1), desk)
        assert told == Refused(Reason.RECEIPT_ENTERED, ("GXGH-20220609-0001",))

    def test_of_what_is_paid_is_refused(self, owing):
        owing.must("window", pay(2_775_000), "2022-08-03")
        told = owing.tell("window", pay(1), "2022-08-03")
        assert told == Refused(Reason.FEE_NOT_OPEN, ("charge",))


class TestARefund:
    def test_waits_for_the_department_until_all_of_it_was_given_back(self, overpaid):
        room = "planning_bureau/planning"
        assert refunds(overpaid) == [("charge", room, None)]
        assert turn(overpaid.case, overpaid.edition) == "office"
        overpaid.must("window", refund(5_000), "2022-06-15")
        assert refunds(overpaid) == [("charge", room, None)]
        overpaid.must("window", refund(10_000), "2022-06-15")
        assert refunds(overpaid) == []

    def test_waits_too_in_a_case_that_is_over(self):
        """Withdrawn on 10 June after part of a fee was paid: the debt is cancelled, and the case
        is put away only once what was paid has been given back."""
        play = Play(frozen_on_acceptance()).accepted("2022-06-09", "commitment")
        play.must("window", pay(100, "2022-06-10"), "2022-06-10")
        play.do("applicant", "withdraw", "2022-06-10", i.Reasoned(SEAL))
        row = case_row(play.case, play.edition)
        assert (row.turn, row.ended, len(refunds(play))) == ("office", False, 1)
        play.must("window", refund(100), "2022-06-15")
        row = case_row(play.case, play.edition)
        assert (row.turn, row.ended, refunds(play)) == ("nobody", True, [])

    def test_gives_back_what_was_paid_too_much(self, overpaid):
        overpaid.must("window", refund(15_000), "2022-06-15")
        fee = overpaid.case.fees["charge"]
        assert (fee.refunded_fen, fee.balance_fen, fee.open) == (15_000, 0, False)
        assert fee.settled_on == date(2022, 6, 13)

    @pytest.mark.parametrize(
        ("command", "refused"),
        [
            (refund(15_001), Refused(Reason.AMOUNT_NOT_LAWFUL, ("charge", "15000"))),
            (refund(1, "2022-06-16"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-16",))),
            (refund(1, receipt=None), Refused(Reason.REASON_WANTED)),
            (refund(1, reason=None), Refused(Reason.REASON_WANTED)),
            (c.RefundFee("tea", DAY, 1), Refused(Reason.NO_SUCH_FEE, ("tea",))),
        ],
    )
    def test_that_does_not_fit_is_refused(self, overpaid, command, refused):
        assert overpaid.tell("window", command, "2022-06-15") == refused

    def test_under_a_number_that_was_entered_before_is_refused(self, overpaid):
        desk = replace(overpaid.desk("window", "2022-06-15"), entered="GXGH-20220609-0001")
        told = overpaid.carry_out(refund(1), desk)
        assert told == Refused(Reason.RECEIPT_ENTERED, ("GXGH-20220609-0001",))

    def test_of_what_is_owed_is_refused(self, owing):
        told = owing.tell("window", refund(1, "2022-08-03"), "2022-08-03")
        assert told == Refused(Reason.FEE_NOT_OPEN, ("charge",))

    def test_is_still_open_after_the_case_has_ended(self, overpaid):
        overpaid.do("applicant", "withdraw", "2022-06-15", i.Reasoned(SEAL))
        overpaid.must("window", refund(30_000), "2022-06-15")
        assert not overpaid.case.fees["charge"].open


class TestAWrongEntry:
    def test_is_taken_back_by_another_and_both_stay(self, owing):
        owing.must("window", pay(5), "2022-08-03")
        (fact,) = owing.must("supervisor", undo(2), "2022-08-04").facts
        assert fact.event.amount_fen == 5
        fee = owing.case.fees["charge"]
        assert [entry.kind for entry in fee.entries] == ["frozen", "paid", "undone"]
        assert (fee.paid_fen, fee.balance_fen) == (0, 2_775_000)

    def test_that_is_a_refund_is_taken_back_too(self, overpaid):
        overpaid.must("window", refund(15_000), "2022-06-15")
        overpaid.must("supervisor", undo(4), "2022-06-15")
        fee = overpaid.case.fees["charge"]
        assert (fee.refunded_fen, fee.balance_fen) == (0, -15_000)

    def test_that_is_a_payment_stays_while_a_refund_rests_on_it(self, overpaid):
        overpaid.must("window", refund(15_000), "2022-06-15")
        told = overpaid.tell("supervisor", undo(2), "2022-06-15")
        assert told == Refused(Reason.GIVEN_BACK, ("charge",))
        assert undoable(overpaid.case, overpaid.desk("window", "2022-06-15"), "charge") == (4,)
        overpaid.must("supervisor", undo(4), "2022-06-15")
        overpaid.must("supervisor", undo(2), "2022-06-15")
        assert overpaid.case.fees["charge"].paid_fen == 0

    @pytest.mark.parametrize("entry", [0, 1, 3, 4])
    def test_is_a_payment_or_refund_that_stands(self, owing, entry):
        """The second is a payment that was taken back by the third."""
        owing.must("window", pay(5), "2022-08-03")
        told = owing.must("supervisor", undo(2), "2022-08-03") and owing.tell(
            "supervisor", undo(entry), "2022-08-03"
        )
        assert told == Refused(Reason.NO_SUCH_ENTRY, ("charge", str(entry)))
        again = owing.tell("supervisor", undo(2), "2022-08-03")
        assert again == Refused(Reason.NO_SUCH_ENTRY, ("charge", "2"))

    def test_is_taken_back_with_a_reason_and_of_a_fee_that_there_is(self, owing):
        owing.must("window", pay(5), "2022-08-03")
        assert owing.tell("supervisor", undo(2, None), "2022-08-03") == Refused(
            Reason.REASON_WANTED
        )
        nothing = c.UndoFeeEntry("tea", 1, SEAL)
        assert owing.tell("supervisor", nothing, "2022-08-03").reason is Reason.NO_SUCH_FEE

    def test_does_not_leave_a_debt_in_a_case_that_has_ended(self):
        play = Play(frozen_on_acceptance()).accepted("2022-06-09", "commitment")
        play.must("window", pay(2_775_000, "2022-06-09"), "2022-06-09")
        play.do("window", "grant_on_the_spot", "2022-06-09")
        play.revoked("2022-06-10", RevocationGround.DECEIT_OR_BRIBERY)
        play.do("leader", "deregister", "2022-06-13", i.Deregistration("70-4"))
        assert play.tell("supervisor", undo(2), "2022-06-14") == Refused(
            Reason.NOT_NOW, ("charge",)
        )

    def test_in_a_case_that_has_ended_may_leave_something_to_refund(self):
        play = Play(frozen_on_acceptance()).accepted("2022-06-09", "commitment")
        play.must("window", pay(100, "2022-06-09"), "2022-06-09")
        play.must("window", pay(200, "2022-06-09"), "2022-06-09")
        play.do("applicant", "withdraw", "2022-06-10", i.Reasoned(SEAL))
        play.must("supervisor", undo(2), "2022-06-13")
        assert play.case.fees["charge"].balance_fen == -200


def test_what_an_action_added_to_a_ledger_is_cancelled_with_it_and_no_entry_is_lost(owing):
    before = owing.case.fees
    owing.must("window", pay(5), "2022-08-03")
    after = owing.case.fees
    (fee,) = taken_back(before, after, DAY).values()
    assert fee.entries[:-1] == after["charge"].entries
    assert (fee.entries[-1].kind, fee.entries[-1].on) == ("cancelled", DAY)
    assert taken_back({}, after, DAY) == {"charge": fee}
    assert taken_back(after, after, DAY) == after
