"""What a payment or a refund says of the treasury's own number, before it is decided upon."""

from collections.abc import Sequence

from permits.casework import commands as c
from permits.casework.ledger import EntryKind
from permits.store.receipts import Entry
from permits.store.vault import SealedValue


def entry_of(
    command: c.Command, case_id: str, authority: str, sealed: Sequence[SealedValue]
) -> Entry | None:
    """The entry that a command wants in a ledger, under the number that its seal was made of;
    None if it is no such command, or has no number."""
    kind: EntryKind
    match command:
        case c.PayFee():
            kind = "paid"
        case c.RefundFee():
            kind = "refunded"
        case _:
            return None
    number = next((one.value for one in sealed if one.seal == command.receipt), "")
    return Entry(case_id, authority, command.fee, kind, number) if number else None
