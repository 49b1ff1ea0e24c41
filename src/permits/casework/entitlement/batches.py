"""A batch of payments for the treasury."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from permits.casework.envelope import Envelope, Event, only
from permits.casework.parts import Seal


def stream_of(number: str) -> str:
    return f"batch/{number}"


class PaymentLine(msgspec.Struct, frozen=True):
    """What is paid to whom; `account` seals the bank account."""

    code: str
    name: str
    period: str
    amount_fen: int
    account: Seal


class PaymentsOrdered(Event, frozen=True):
    """Payments of a policy were ordered together; their number has no gaps in a year."""

    policy: str
    authority: str
    department: str
    lines: tuple[PaymentLine, ...]


class Batch(msgspec.Struct, frozen=True):
    """A batch as it was ordered."""

    number: str
    policy: str
    definition: str
    authority: str
    department: str
    lines: tuple[PaymentLine, ...]
    ordered_on: date
    recorded_at: datetime

    @property
    def total_fen(self) -> int:
        return sum(line.amount_fen for line in self.lines)


def batch_of(number: str, entries: Iterable[tuple[Envelope, Event]]) -> Batch | None:
    """The batch of a stream; None if there is none of that number."""
    for envelope, event in only(PaymentsOrdered, entries):
        return Batch(
            number=number,
            policy=event.policy,
            definition=envelope.definition,
            authority=event.authority,
            department=event.department,
            lines=event.lines,
            ordered_on=envelope.effective_at,
            recorded_at=envelope.recorded_at,
        )
    return None
