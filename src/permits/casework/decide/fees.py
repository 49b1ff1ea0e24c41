"""A fee as the case goes on: frozen, dated, put off, cancelled, overdue."""

from collections.abc import Iterable
from datetime import date

from permits.casework import commands as c
from permits.casework.decide.dating import differs, earliest, undated
from permits.casework.decide.minutes import Minutes
from permits.casework.families.fees import (
    DeferralLost,
    FeeCancelled,
    FeeDated,
    FeeFrozen,
    FeeFrozenAnew,
    FeeOverdue,
)
from permits.casework.ledger import Fee
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Milestone, ends_debt
from permits.definitions.reckoning import Amount, reckon

FEE_WARNING = 5
"""Working days before its due date from which an unpaid fee is shown as close."""


def amount(minutes: Minutes, name: str, on: date) -> Amount | None:
    """What a fee comes to on a day; None without a rate for it."""
    definition = minutes.definition
    return reckon(definition, definition.fees[name], minutes.case.answers, minutes.holds, on)


def no_rate(minutes: Minutes, milestones: Iterable[Milestone], on: date) -> Refused | None:
    """A fee is never frozen without a rate: what would freeze it waits until an office has one."""
    for milestone in milestones:
        for fee in minutes.desk.edition.at[milestone].freezes:
            if not _is_frozen(minutes, fee) and amount(minutes, fee, on) is None:
                return Refused(Reason.NO_RATE, (fee,))
    return None


def _is_frozen(minutes: Minutes, name: str) -> bool:
    held = minutes.case.fees.get(name)
    return held is not None and not held.cancelled


def freeze(minutes: Minutes, name: str, on: date) -> None:
    """Fix the amount at the rates of the day. What is frozen stays so, however often its
    milestone comes again."""
    if _is_frozen(minutes, name):
        return
    found = amount(minutes, name, on)
    if found is None:
        return
    deferred = put_off(minutes, name, found)
    due = undated(minutes)
    if found.amount_fen > 0 and not deferred:
        due = earliest(minutes, minutes.definition.fees[name].due, FEE_WARNING)
    frozen = FeeFrozen(
        fee=name,
        lines=found.lines,
        full_fen=found.full_fen,
        relief=found.relief,
        amount_fen=found.amount_fen,
        deferred=deferred,
        **due,
    )
    minutes.note(frozen, on)


def put_off(minutes: Minutes, name: str, found: Amount) -> bool:
    """Whether payment of what a fee comes to is put off in this case."""
    rule = minutes.definition.fees[name].deferral
    signed = {signature.commitment for signature in minutes.case.commitments}
    return (
        rule is not None
        and found.amount_fen > 0
        and minutes.track is rule.track
        and rule.commitment in signed
    )


def freeze_anew(minutes: Minutes, name: str, found: Amount, on: date) -> None:
    """Another day was the right one: what it comes to then, if that is another amount."""
    held = minutes.case.fees[name]
    if (held.lines, held.amount_fen) == (found.lines, found.amount_fen):
        return
    minutes.note(
        FeeFrozenAnew(
            fee=name,
            on=on,
            lines=found.lines,
            full_fen=found.full_fen,
            relief=found.relief,
            was_fen=held.amount_fen,
            amount_fen=found.amount_fen,
        )
    )


def date_fee_again(minutes: Minutes, name: str, cause: str) -> None:
    """Reckon the due date of what is owed anew; noted only if it changed."""
    fee = minutes.case.fees.get(name)
    if fee is None or fee.deferred or fee.balance_fen <= 0:
        return
    rule = minutes.definition.fees[name]
    due = rule.deferral.lost if fee.lost and rule.deferral is not None else rule.due
    found = earliest(minutes, due, FEE_WARNING)
    sure = found["due"] is not None and not found["provisional"]
    overdue = fee.overdue and sure and found["due"] < minutes.desk.today
    if differs(fee, found) or overdue != fee.overdue:
        minutes.note(FeeDated(fee=name, was=fee.due, overdue=overdue, cause=cause, **found))


def end(minutes: Minutes, name: str, milestone: Milestone, on: date) -> None:
    """What the definition says becomes of the debt when the case is withdrawn or undone: it is
    cancelled, or stays and is no longer put off."""
    fee = minutes.case.fees.get(name)
    if fee is None or fee.cancelled:
        return
    rule = minutes.definition.fees[name]
    debt = next(end.debt for end in rule.ends if ends_debt(milestone, end.at))
    if debt == "cancelled":
        gone = FeeCancelled(fee=name, milestone=milestone, amount_fen=fee.amount_fen)
        minutes.note(gone, on)
    elif fee.deferred and rule.deferral is not None and fee.balance_fen > 0:
        due = earliest(minutes, rule.deferral.lost, FEE_WARNING)
        minutes.note(DeferralLost(fee=name, milestone=milestone, **due), on)


def flag(minutes: Minutes, command: c.FlagFeeOverdue) -> Refused | None:
    """The due date of a fee passed unpaid. Effective the day it was due."""
    fee = minutes.case.fees.get(command.fee)
    if fee is None:
        return Refused(Reason.NO_SUCH_FEE, (command.fee,))
    if not _passed(fee, minutes.desk.today):
        return Refused(Reason.NOT_YET_DUE, (command.fee,))
    if fee.provisional:
        return Refused(Reason.DATE_PROVISIONAL, (command.fee,))
    due = fee.due or minutes.desk.today
    minutes.note(FeeOverdue(fee=command.fee, due=due, balance_fen=fee.balance_fen), due)
    return None


def _passed(fee: Fee, today: date) -> bool:
    unpaid = fee.balance_fen > 0 and not fee.overdue
    return unpaid and fee.due is not None and fee.due < today
