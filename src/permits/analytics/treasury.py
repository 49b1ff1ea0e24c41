"""The ledgers of all fees as the treasury sees them: a period's entries, totals and balances.

What is said of a period is a sum over its entries: what stood before it, what was added in it by
each kind of entry, and what stands after it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import get_args

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from permits.casework.ledger import EntryKind
from permits.store.people_tables import party
from permits.store.tables import case_row, fee_entry, sealed_value

BATCH = 500
KINDS: tuple[EntryKind, ...] = get_args(EntryKind)


class Entry(msgspec.Struct, frozen=True):
    """An entry of a ledger with its case. `receipt` is the treasury's own number, empty if it was
    erased; `stands` is False for a payment or refund that was taken back."""

    case_id: str
    case_number: str
    definition: str
    party: str
    party_name: str
    fee: str
    place: int
    kind: EntryKind
    on: date
    amount_fen: int
    number: str
    receipt: str
    stands: bool


class Totals(msgspec.Struct, frozen=True):
    """What was owed before a period, what each kind of entry added to it (signed, in fen), and
    what is owed after it."""

    before_fen: int
    by_kind: Mapping[EntryKind, int]

    @property
    def after_fen(self) -> int:
        return self.before_fen + sum(self.by_kind.values())


class Balance(msgspec.Struct, frozen=True):
    """A ledger that is not settled: what is still owed, or to be refunded if less than nothing."""

    case_id: str
    case_number: str
    definition: str
    party_name: str
    fee: str
    frozen_fen: int
    balance_fen: int


def totals(connection: Connection, first: date, last: date) -> Totals:
    """The totals of the days from `first` to `last`."""
    amount, on = func.sum(fee_entry.c.amount_fen), fee_entry.c.entered_on
    earlier = connection.execute(select(amount).where(on < first.isoformat())).scalar_one()
    within = (
        select(fee_entry.c.kind, amount)
        .where(on.between(first.isoformat(), last.isoformat()))
        .group_by(fee_entry.c.kind)
    )
    found = {row[0]: int(row[1]) for row in connection.execute(within)}
    return Totals(int(earlier or 0), {kind: found.get(kind, 0) for kind in KINDS})


def balances(connection: Connection, last: date, most: int) -> list[Balance]:
    """The ledgers that were not settled at the end of a day, the largest debt first."""
    amount = func.sum(fee_entry.c.amount_fen)
    charged = fee_entry.c.kind.in_(("frozen", "corrected"))
    query = (
        select(
            fee_entry.c.case_id,
            case_row.c.number,
            case_row.c.definition,
            party.c.name,
            fee_entry.c.fee,
            func.sum(fee_entry.c.amount_fen).filter(charged),
            amount,
        )
        .join(case_row, case_row.c.case_id == fee_entry.c.case_id)
        .join(party, party.c.code == case_row.c.party, isouter=True)
        .where(fee_entry.c.entered_on <= last.isoformat())
        .group_by(
            fee_entry.c.case_id,
            case_row.c.number,
            case_row.c.definition,
            party.c.name,
            fee_entry.c.fee,
        )
        .having(amount != 0)
        .order_by(amount.desc(), fee_entry.c.case_id, fee_entry.c.fee)
        .limit(most)
    )
    return [
        Balance(row[0], row[1], row[2], row[3] or "", row[4], int(row[5] or 0), int(row[6]))
        for row in connection.execute(query)
    ]


def entries(connection: Connection, first: date, last: date) -> Iterator[Entry]:
    """Every entry of a period by day, case, fee and place, read a batch at a time."""
    query = _entries(first, last)
    found = _batch(connection, query)
    while found:
        yield from found
        found = _batch(connection, query.where(_after(found[-1]))) if len(found) == BATCH else []


_BACK = fee_entry.alias("taken_back")
_WHERE = (fee_entry.c.entered_on, fee_entry.c.case_id, fee_entry.c.fee, fee_entry.c.place)


def _entries(first: date, last: date) -> Select[tuple[object, ...]]:
    back = and_(
        _BACK.c.case_id == fee_entry.c.case_id,
        _BACK.c.fee == fee_entry.c.fee,
        _BACK.c.undoes == fee_entry.c.place,
    )
    return (
        select(
            fee_entry,
            case_row.c.number.label("case_number"),
            case_row.c.definition,
            case_row.c.party,
            party.c.name.label("party_name"),
            sealed_value.c.value.label("treasury_number"),
            _BACK.c.place.label("taken_back"),
        )
        .join(case_row, case_row.c.case_id == fee_entry.c.case_id)
        .join(party, party.c.code == case_row.c.party, isouter=True)
        .join(sealed_value, sealed_value.c.seal == fee_entry.c.receipt, isouter=True)
        .join(_BACK, back, isouter=True)
        .where(fee_entry.c.entered_on.between(first.isoformat(), last.isoformat()))
        .order_by(*_WHERE)
        .limit(BATCH)
    )


def _after(last: Entry) -> ColumnElement[bool]:
    """What comes after an entry in the order of the file."""
    values = (last.on.isoformat(), last.case_id, last.fee, last.place)
    return or_(
        *(
            and_(*(c == v for c, v in zip(_WHERE[:n], values[:n], strict=True)), _WHERE[n] > value)
            for n, value in enumerate(values)
        )
    )


def _batch(connection: Connection, query: Select[tuple[object, ...]]) -> list[Entry]:
    return [
        Entry(
            case_id=row["case_id"],
            case_number=row["case_number"],
            definition=row["definition"],
            party=row["party"],
            party_name=row["party_name"] or "",
            fee=row["fee"],
            place=row["place"],
            kind=row["kind"],
            on=date.fromisoformat(row["entered_on"]),
            amount_fen=row["amount_fen"],
            number=row["number"],
            receipt=row["treasury_number"] or "",
            stands=row["taken_back"] is None,
        )
        for row in connection.execute(query).mappings()
    ]


def moved(found: Sequence[Entry] | Iterator[Entry]) -> Iterator[Entry]:
    """Of entries the payments and refunds that stand: what the treasury must know too."""
    return (one for one in found if one.kind in ("paid", "refunded") and one.stands)
