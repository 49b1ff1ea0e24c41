"""The ledger of a fee: what is owed of it, paid and given back."""

from datetime import date
from typing import Literal

import msgspec

from permits.casework.parts import (
    Seal,
)
from permits.definitions.reckoning import FeeLine

EntryKind = Literal["frozen", "corrected", "cancelled", "paid", "refunded", "undone"]


class FeeEntry(msgspec.Struct, frozen=True, gc=False):
    """A line of a ledger. `amount_fen` is signed: what adds to the debt is positive.

    `number` is that of a receipt, `receipt` seals the treasury's own number, `payer` who paid,
    `undoes` is the place of the entry that was wrong.
    """

    kind: EntryKind
    on: date
    amount_fen: int
    number: str = ""
    receipt: Seal = ""
    payer: Seal = ""
    reason: Seal = ""
    undoes: int = 0


class Fee(msgspec.Struct, frozen=True, gc=False):
    """The ledger of a fee, in fen. `full_fen` is what it would be without `relief`; `deferred`
    says that an obligation to pay stands in the place of a due date, `lost` that it fell away.
    Places of entries count from 1."""

    name: str
    frozen_on: date
    lines: tuple[FeeLine, ...]
    full_fen: int
    relief: str
    amount_fen: int
    deferred: bool
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    entries: tuple[FeeEntry, ...] = ()
    lost: bool = False
    cancelled: bool = False
    overdue: bool = False

    @property
    def balance_fen(self) -> int:
        """What is still to be paid; less than nothing if something is to be refunded."""
        return sum(entry.amount_fen for entry in self.entries)

    @property
    def paid_fen(self) -> int:
        """Payments, without those that were wrongly entered."""
        return -self._of("paid")

    @property
    def refunded_fen(self) -> int:
        """Refunds, without those that were wrongly entered."""
        return self._of("refunded")

    @property
    def owed_fen(self) -> int:
        """The debt, paid or not: the frozen amount, or nothing once it was cancelled."""
        return sum(e.amount_fen for e in self.entries if e.kind in _CHARGES)

    @property
    def open(self) -> bool:
        """Whether something is still to be paid or to be refunded."""
        return self.balance_fen != 0

    @property
    def settled_on(self) -> date | None:
        """The day of the last payment, if nothing is owed any more."""
        paid = [entry.on for entry in self.entries if entry.kind == "paid"]
        return max(paid, default=None) if not self.open else None

    def stands(self, place: int) -> bool:
        """Whether there is a payment or refund at a place that was not undone."""
        known = 1 <= place <= len(self.entries)
        movable = known and self.entries[place - 1].kind in ("paid", "refunded")
        return movable and all(entry.undoes != place for entry in self.entries)

    def _of(self, kind: EntryKind) -> int:
        places = [n for n, e in enumerate(self.entries, 1) if e.kind == kind and self.stands(n)]
        return sum(self.entries[place - 1].amount_fen for place in places)


_CHARGES = frozenset({"frozen", "corrected", "cancelled"})
