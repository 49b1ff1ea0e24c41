"""Decisions about money: ordered once, paid or returned, demanded back."""

from collections.abc import Iterator
from typing import NamedTuple

from permits.casework.entitlement import claims as cl
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.batches import Batch, PaymentLine, PaymentsOrdered
from permits.casework.entitlement.batches import stream_of as batch_stream
from permits.casework.entitlement.claim_events import (
    PaymentMade,
    PaymentOrdered,
    PaymentReturned,
    RecoveryOrdered,
    RecoveryPaid,
)
from permits.casework.entitlement.desk import Decision, Desk, Fact, Noted, acting, no
from permits.casework.refusals import Reason, Refused
from permits.definitions.policies.schema import Duty

MOST_LINES = 200
"""A batch holds at most so many payments; what is left goes into the next."""


class _Payable(NamedTuple):
    claim: cl.Claim
    fen: int


def order_payments(desk: Desk, command: c.OrderPayments) -> Decision:
    """Order everything that may be paid of a policy, at most a batch of it.

    What the group has paid meanwhile is deducted again; whatever leaves nothing is left out, and
    so is what whoever orders has prepared: somebody else orders that.
    """
    role = acting(desk, Duty.PAY)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.PAY])
    payable, actor = [*_payable(desk, command.policy)], desk.actor.acting_as(role)
    if not payable:
        return no(Reason.NOTHING_TO_PAY)
    found = [
        one
        for one in payable
        if not actor.is_any_of(one.claim.prepared_by, one.claim.prepared_for)
    ][:MOST_LINES]
    if not found:
        return no(Reason.SAME_PERSON)
    ordered = PaymentsOrdered(
        policy=command.policy,
        authority=desk.policy.authority.id,
        department=desk.policy.authority.department,
        lines=tuple(_line(one) for one in found),
    )
    facts = [Fact(batch_stream(desk.batch_number), ordered)]
    for claim, fen in found:
        event = PaymentOrdered(
            policy=claim.policy,
            period=claim.period,
            batch=desk.batch_number,
            amount_fen=fen,
            again=claim.standing == "corrected",
        )
        facts.append(Fact(cl.stream_of(claim.party), event))
    return Noted(tuple(facts), role)


def _payable(desk: Desk, policy: str) -> Iterator[_Payable]:
    """What may be paid, by credit code; one claim of an enterprise at a time, because each counts
    against the next. Whoever is barred meanwhile waits until the bar has ended."""
    for code in sorted(desk.holdings):
        if desk.withheld(code):
            continue
        for claim in desk.holdings[code].claims.values():
            if claim.policy != policy or not claim.payable:
                continue
            fen = claim.amount_fen if claim.standing == "corrected" else desk.left_of(claim)
            if fen > 0:
                yield _Payable(claim, fen)
                break


def _line(one: _Payable) -> PaymentLine:
    claim = one.claim
    assert claim.account is not None  # noqa: S101 - what confirms or corrects it names one
    return PaymentLine(claim.party, claim.name, claim.period, one.fen, claim.account)


def record_payments(desk: Desk, command: c.RecordPayments) -> Decision:
    """What the treasury paid, and what came back."""
    batch = desk.batch
    if batch is None:
        return no(Reason.NO_SUCH_BATCH)
    role = acting(desk, Duty.RECORD)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.RECORD])
    if not batch.ordered_on <= command.on <= desk.today:
        return no(Reason.DATE_NOT_LAWFUL, command.on)
    wanted = (*command.paid, *command.returned)
    if not wanted or len(set(wanted)) < len(wanted):
        return no(Reason.WRONG_INPUT, "record_payments")
    facts: list[Fact] = []
    for line in wanted:
        claim = _ordered(desk, batch, line)
        if isinstance(claim, Refused):
            return claim
        facts.append(Fact(cl.stream_of(claim.party), _outcome(claim, command, line)))
    return Noted(tuple(facts), role)


def _ordered(desk: Desk, batch: Batch, line: str) -> cl.Claim | Refused:
    """The claim of a line `code/period` of a batch, of which nothing is recorded yet."""
    code, _, period = line.partition("/")
    claim = desk.holding(code).claim(batch.policy, period)
    if claim is None:
        return no(Reason.NO_SUCH_CLAIM)
    if claim.standing != "ordered" or claim.batch != batch.number:
        return no(Reason.NOT_NOW, "record_payments")
    return claim


def _outcome(
    claim: cl.Claim, command: c.RecordPayments, line: str
) -> PaymentMade | PaymentReturned:
    cause = command.returned.get(line)
    if cause is None:
        return PaymentMade(policy=claim.policy, period=claim.period, on=command.on)
    return PaymentReturned(policy=claim.policy, period=claim.period, on=command.on, cause=cause)


def order_recovery(desk: Desk, command: c.OrderRecovery) -> Decision:
    """Demand back what was paid wrongly; a person decides, with reasons."""
    role = acting(desk, Duty.RECOVER)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.RECOVER])
    claim = desk.holding(command.party).claim(command.policy, command.period)
    if claim is None:
        return no(Reason.NO_SUCH_CLAIM)
    if claim.standing not in ("paid", "recovering", "recovered"):
        return no(Reason.NOT_NOW, "order_recovery")
    left = claim.amount_fen - claim.recovery_fen
    if not 0 < command.amount_fen <= left:
        return no(Reason.AMOUNT_NOT_LAWFUL, command.policy, left)
    if command.reason is None:
        return no(Reason.REASON_WANTED)
    due, provisional = desk.due(desk.policy.recovery.term)
    event = RecoveryOrdered(
        policy=command.policy,
        period=command.period,
        ground=command.ground,
        amount_fen=command.amount_fen,
        reason=command.reason,
        due=due,
        provisional=provisional,
    )
    return Noted((Fact(cl.stream_of(claim.party), event),), role)


def record_recovery(desk: Desk, command: c.RecordRecovery) -> Decision:
    role = acting(desk, Duty.RECORD)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.RECORD])
    claim = desk.holding(command.party).claim(command.policy, command.period)
    if claim is None:
        return no(Reason.NO_SUCH_CLAIM)
    if claim.standing != "recovering" or claim.paid_on is None:
        return no(Reason.NOT_NOW, "record_recovery")
    if not claim.paid_on <= command.on <= desk.today:
        return no(Reason.DATE_NOT_LAWFUL, command.on)
    if not 0 < command.amount_fen <= claim.owed_back_fen:
        return no(Reason.AMOUNT_NOT_LAWFUL, command.policy, claim.owed_back_fen)
    event = RecoveryPaid(
        policy=command.policy,
        period=command.period,
        on=command.on,
        amount_fen=command.amount_fen,
    )
    return Noted((Fact(cl.stream_of(claim.party), event),), role)
