"""The fee family: amounts frozen at a dated rate and paid; a commitment never waives one."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.case import Case, Fee
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, due_of, recorded
from permits.casework.parts import Seal


class FeeFrozen(Event, frozen=True):
    """Quantity × rate as they stood at the milestone; amounts in fen."""

    fee: str
    quantity: int
    fen_per_unit: int
    amount_fen: int
    rate_from: date
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class FeeDated(Event, frozen=True):
    """A due date that changed: a milestone came, or another calendar."""

    fee: str
    was: date | None
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    cause: str


class FeePaid(Event, frozen=True):
    """Paid in full, in fen; `receipt` seals the number of the treasury's receipt."""

    fee: str
    on: date
    amount_fen: int
    receipt: Seal


def _frozen(case: Case, e: FeeFrozen, at: Envelope) -> Case:
    fee = Fee(e.fee, at.effective_at, e.quantity, e.fen_per_unit, e.amount_fen, **due_of(e))
    return replace(case, fees={**case.fees, e.fee: fee})


def _changed(case: Case, name: str, **changes: Any) -> Case:
    return replace(case, fees={**case.fees, name: replace(case.fees[name], **changes)})


def _dated(case: Case, e: FeeDated, _at: Envelope) -> Case:
    return _changed(case, e.fee, **due_of(e))


def _paid(case: Case, e: FeePaid, _at: Envelope) -> Case:
    return _changed(recorded(case, e.fee), e.fee, paid_on=e.on)


FOLDS: Folds = {
    FeeFrozen: _frozen,
    FeeDated: _dated,
    FeePaid: _paid,
}
