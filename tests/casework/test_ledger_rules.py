"""Whatever is done with a fee in whatever order: what was frozen is not changed, the ledger adds
up, an obligation to pay is open exactly while something is owed, the log folds in any split."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.families.fees import FeeFrozen, FeeFrozenAnew
from permits.casework.fold import fold_all
from tests.casework.duties import rectify
from tests.kit import SEAL
from tests.workflows.deferring import (
    CIVIL,
    DUTY,
    FEE,
    INFRA,
    accepted,
    building,
    check,
    deferred,
    fee_of,
    pay,
    report,
)

FIRST = date(2022, 12, 20)
"""Eleven days before the rate of housing rises."""


STAGES = ("ordinary", "accepted", "deferred", "building", "announced", "paid")
"""How far the case has come when it begins."""

TURNS = {
    "grant_on_the_spot": ("window", i.Plain()),
    "accept": ("window", i.Plain()),
    "withdraw": ("applicant", i.Reasoned(SEAL)),
    "withdraw_commitment": ("applicant", i.Plain()),
    "revoke": ("leader", i.Revocation("69-1-5", SEAL)),
}
"""Who takes which action of the chart, and with what."""


class Ledger(RuleBasedStateMachine):
    """A case of one of the two types, a few days passing between what is done."""

    @initialize(
        name=st.sampled_from([INFRA, CIVIL]),
        stage=st.sampled_from(
            ["ordinary", "accepted", "deferred", "building", "announced", "paid"]
        ),
    )
    def begin(self, name, stage):
        self.today, first = FIRST, FIRST.isoformat()
        if stage in ("ordinary", "accepted"):
            track = "ordinary" if stage == "ordinary" else "commitment"
            self.play = accepted(name, first, track)
        elif stage == "deferred":
            self.play = deferred(name, first)
        else:
            self.play = building(name, first, first)
        if stage == "paid":
            pay(self.play, fee_of(self.play).balance_fen, first)
        if stage == "announced":
            self.play.must("applicant", report("apply_for_joint_acceptance", first), first)
        self.name = FEE[name]
        self.frozen = fee_of(self.play).amount_fen
        self.seen = 0

    def tell(self, who, command):
        return self.play.tell(who, command, self.today.isoformat())

    @rule(days=st.integers(1, 40))
    def wait(self, days):
        self.today = min(self.today + timedelta(days=days), date(2024, 12, 1))

    @rule(part=st.sampled_from([1, 50, 100]), amount=st.sampled_from([-1, 0, 0, 0, 1]))
    def pay(self, part, amount):
        fen = fee_of(self.play).balance_fen * part // 100 + amount
        self.tell("window", c.PayFee(self.name, self.today, fen, SEAL))

    @rule(part=st.sampled_from([50, 100]), amount=st.sampled_from([-1, 0, 0, 1]))
    def refund(self, part, amount):
        fen = -fee_of(self.play).balance_fen * part // 100 + amount
        self.tell("window", c.RefundFee(self.name, self.today, fen, SEAL, SEAL))

    @rule(entry=st.integers(1, 4))
    def take_back(self, entry):
        self.tell("supervisor", c.UndoFeeEntry(self.name, entry, SEAL))

    @rule(ago=st.integers(0, 10))
    def put_right(self, ago):
        self.tell("supervisor", rectify("received", (self.today - timedelta(ago)).isoformat()))

    @rule(
        obligation=st.sampled_from(
            ["report_construction_permit", "apply_for_joint_acceptance", "pass_joint_acceptance"]
        )
    )
    def report(self, obligation):
        self.tell("applicant", report(obligation, self.today.isoformat()))

    @rule(
        what=st.sampled_from(
            ["grant_on_the_spot", "accept", "withdraw", "withdraw_commitment", "revoke"]
        )
    )
    def turn(self, what):
        who, given = TURNS[what]
        self.tell(who, c.TakeAction(what, given))

    @rule()
    def put_away(self):
        self.tell("inspector", check(self.today.isoformat()))
        self.tell("leader", c.TakeAction("deregister", i.Deregistration("70-4")))
        self.tell("window", c.TakeAction("conclude"))

    @rule()
    def reverse(self):
        self.tell("supervisor", c.ReverseAction(SEAL))

    @rule()
    def look(self):
        for command in (c.FlagFeeOverdue(self.name), c.FlagOverdue(DUTY[self.play.case.permit])):
            self.tell("timer", command)

    @invariant()
    def what_was_frozen_changes_only_by_a_recorded_correction(self):
        for _at, event in self.play.log[self.seen :]:
            if isinstance(event, FeeFrozen | FeeFrozenAnew):
                self.frozen = event.amount_fen
        self.seen = len(self.play.log)
        assert fee_of(self.play).amount_fen == self.frozen

    @invariant()
    def payments_less_refunds_and_the_balance_are_what_is_owed(self):
        fee = fee_of(self.play)
        assert fee.paid_fen - fee.refunded_fen + fee.balance_fen == fee.owed_fen
        assert fee.owed_fen == (0 if fee.cancelled else fee.amount_fen)
        assert 0 <= fee.refunded_fen <= fee.paid_fen

    @invariant()
    def an_obligation_to_pay_is_open_exactly_while_something_is_owed(self):
        held = self.play.case.obligations.get(DUTY[self.play.case.permit])
        if held is not None and held.status != "voided":
            assert (held.status == "open") == (fee_of(self.play).balance_fen > 0)

    @invariant()
    def joint_acceptance_was_never_passed_with_a_debt(self):
        """But for a payment that was taken back afterwards."""
        undone = any(e.kind in ("undone", "corrected") for e in fee_of(self.play).entries)
        if "joint_acceptance" in self.play.case.milestones and not undone:
            assert fee_of(self.play).balance_fen <= 0

    def teardown(self):
        if not hasattr(self, "play"):
            return
        log = self.play.log
        for split in {0, len(log) // 3, len(log) // 2, len(log)}:
            begun = fold_all(Case(id=self.play.case.id), log[:split])
            assert fold_all(begun, log[split:]) == self.play.case


Ledger.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestLedger = Ledger.TestCase
