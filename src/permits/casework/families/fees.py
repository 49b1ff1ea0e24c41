"""The fee family: amounts frozen at a milestone, and everything that is paid on them.

A frozen amount is never changed: a wrong date of its milestone, put right, freezes it anew, which
is an event of its own; a debt that falls away is cancelled beside it.
"""

from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, due_of
from permits.casework.ledger import Fee, FeeEntry
from permits.casework.parts import Seal
from permits.definitions.reckoning import FeeLine


class FeeFrozen(Event, frozen=True):
    """What the fee comes to at the rates of the milestone's day; amounts in fen. `full_fen` is
    without relief, `deferred` says that payment is put off on a commitment."""

    fee: str
    lines: tuple[FeeLine, ...]
    full_fen: int
    relief: str
    amount_fen: int
    deferred: bool
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class FeeFrozenAnew(Event, frozen=True):
    """The date of the milestone was wrong: the amount at the rates of the right day."""

    fee: str
    on: date
    lines: tuple[FeeLine, ...]
    full_fen: int
    relief: str
    was_fen: int
    amount_fen: int


class FeeDated(Event, frozen=True):
    """A due date that changed: a milestone came, or another calendar; `overdue` says whether it
    had been told to have passed, and still is to."""

    fee: str
    was: date | None
    overdue: bool
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    cause: str


class DeferralLost(Event, frozen=True):
    """What payment was put off for is gone: the whole debt is due."""

    fee: str
    milestone: str
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class FeeCancelled(Event, frozen=True):
    """Nothing is owed any more; what was paid is to be refunded."""

    fee: str
    milestone: str
    amount_fen: int


class FeeOverdue(Event, frozen=True):
    """The due date passed unpaid. Effective the day it was due."""

    fee: str
    due: date
    balance_fen: int


class FeePaid(Event, frozen=True):
    """A payment, in whole or in part, in fen. `receipt` seals the treasury's own number, `payer`
    who paid; `number` is that of the office's receipt, at a place in its series."""

    fee: str
    on: date
    amount_fen: int
    receipt: Seal
    payer: Seal
    number: str
    series: str
    place: int


class FeeRefunded(Event, frozen=True):
    """What was paid too much was given back, in fen."""

    fee: str
    on: date
    amount_fen: int
    receipt: Seal
    reason: Seal


class FeeEntryUndone(Event, frozen=True):
    """A payment or refund was wrongly entered. `entry` is its place in the ledger, `amount_fen`
    the signed amount that takes it back."""

    fee: str
    entry: int
    amount_fen: int
    reason: Seal


def _frozen(case: Case, e: FeeFrozen, at: Envelope) -> Case:
    """A debt that was cancelled and arises anew keeps what was paid on it."""
    before = case.fees.get(e.fee)
    entry = FeeEntry("frozen", at.effective_at, e.amount_fen)
    fee = Fee(
        name=e.fee,
        frozen_on=at.effective_at,
        lines=e.lines,
        full_fen=e.full_fen,
        relief=e.relief,
        amount_fen=e.amount_fen,
        deferred=e.deferred,
        entries=(*(before.entries if before else ()), entry),
        **due_of(e),
    )
    return replace(case, fees={**case.fees, e.fee: fee})


def _anew(case: Case, e: FeeFrozenAnew, at: Envelope) -> Case:
    return _changed(
        case,
        e.fee,
        FeeEntry("corrected", at.effective_at, e.amount_fen - e.was_fen),
        frozen_on=e.on,
        lines=e.lines,
        full_fen=e.full_fen,
        relief=e.relief,
        amount_fen=e.amount_fen,
    )


def _changed(case: Case, name: str, entry: FeeEntry | None = None, **changes: Any) -> Case:
    fee = case.fees[name]
    if entry is not None:
        changes["entries"] = (*fee.entries, entry)
    return replace(case, fees={**case.fees, name: replace(fee, **changes)})


def _dated(case: Case, e: FeeDated, _at: Envelope) -> Case:
    return _changed(case, e.fee, overdue=e.overdue, **due_of(e))


def _lost(case: Case, e: DeferralLost, _at: Envelope) -> Case:
    return _changed(case, e.fee, deferred=False, lost=True, **due_of(e))


def _cancelled(case: Case, e: FeeCancelled, at: Envelope) -> Case:
    fee = _cancel(case.fees[e.fee], e.amount_fen, at.effective_at)
    return replace(case, fees={**case.fees, e.fee: fee})


def _overdue(case: Case, e: FeeOverdue, _at: Envelope) -> Case:
    return _changed(case, e.fee, overdue=True)


def _paid(case: Case, e: FeePaid, _at: Envelope) -> Case:
    entry = FeeEntry("paid", e.on, -e.amount_fen, e.number, e.receipt, e.payer)
    return _changed(case, e.fee, entry)


def _refunded(case: Case, e: FeeRefunded, _at: Envelope) -> Case:
    entry = FeeEntry("refunded", e.on, e.amount_fen, receipt=e.receipt, reason=e.reason)
    return _changed(case, e.fee, entry)


def _undone(case: Case, e: FeeEntryUndone, at: Envelope) -> Case:
    entry = FeeEntry("undone", at.effective_at, e.amount_fen, reason=e.reason, undoes=e.entry)
    return _changed(case, e.fee, entry)


def taken_back(before: dict[str, Fee], after: dict[str, Fee], on: date) -> dict[str, Fee]:
    """The fees once the action is undone that led from one to the other: what it froze is
    cancelled, for a ledger loses no entry; dates are as they were."""
    frozen = {
        name: fee for name, fee in after.items()
        if name not in before or len(fee.entries) > len(before[name].entries)
    }  # fmt: skip
    return {**before, **{name: _cancel(fee, fee.amount_fen, on) for name, fee in frozen.items()}}


def revived(before: dict[str, Fee], after: dict[str, Fee], on: date) -> dict[str, Fee]:
    """The fees once a grant stands again that had lapsed: what was cancelled with it is owed
    again, by an entry of its own."""
    found = {}
    for name, fee in before.items():
        since = after[name].entries[len(fee.entries) :]
        gone = sum(entry.amount_fen for entry in since)
        again = (*since, FeeEntry("corrected", on, -gone)) if since else ()
        found[name] = replace(fee, entries=(*fee.entries, *again))
    return found


def _cancel(fee: Fee, amount_fen: int, on: date) -> Fee:
    entries = (*fee.entries, FeeEntry("cancelled", on, -amount_fen))
    return replace(
        fee, entries=entries, cancelled=True, deferred=False, due=None, warn_on=None, overdue=False
    )


FOLDS: Folds = {
    FeeFrozen: _frozen,
    FeeFrozenAnew: _anew,
    FeeDated: _dated,
    DeferralLost: _lost,
    FeeCancelled: _cancelled,
    FeeOverdue: _overdue,
    FeePaid: _paid,
    FeeRefunded: _refunded,
    FeeEntryUndone: _undone,
}
