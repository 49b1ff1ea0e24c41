"""What tables hold of the ledgers of a case, for the treasury."""

from datetime import date

import msgspec

from permits.casework.case import Case
from permits.casework.ledger import EntryKind
from permits.casework.parts import Seal


class FeeEntryRow(msgspec.Struct, frozen=True):
    """An entry of the ledger of a fee, for the treasury; `amount_fen` is signed, and `receipt`
    seals the treasury's own number."""

    case_id: str
    fee: str
    place: int
    kind: EntryKind
    entered_on: date
    amount_fen: int
    number: str
    receipt: Seal
    undoes: int


def fee_rows(case: Case) -> tuple[FeeEntryRow, ...]:
    """Every entry of every ledger of a case."""
    return tuple(
        FeeEntryRow(
            case_id=case.id,
            fee=name,
            place=place,
            kind=entry.kind,
            entered_on=entry.on,
            amount_fen=entry.amount_fen,
            number=entry.number,
            receipt=entry.receipt,
            undoes=entry.undoes,
        )
        for name, fee in case.fees.items()
        for place, entry in enumerate(fee.entries, 1)
    )
