"""The treasury's own numbers, as they were entered into ledgers: where one stands already."""

from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, exists, literal_column, or_, select
from sqlalchemy.engine import Dialect

from permits.casework.ledger import EntryKind
from permits.store.database import Prepared
from permits.store.tables import case_row, fee_entry, sealed_value

FIELD = "receipt"
"""What a treasury's number is sealed as."""


class Entry(NamedTuple):
    """What is to be entered into the ledger of a fee, under a number of the treasury."""

    case_id: str
    authority: str
    fee: str
    kind: EntryKind
    receipt: str


_BACK = fee_entry.alias("taken_back")


class Receipts:
    """Looks for a number within the caller's transaction, once the numbers of the authority were
    read there: on PostgreSQL that keeps others who enter something for it from doing so now."""

    def __init__(self, dialect: Dialect) -> None:
        undone = exists().where(
            _BACK.c.case_id == fee_entry.c.case_id,
            _BACK.c.fee == fee_entry.c.fee,
            _BACK.c.undoes == fee_entry.c.place,
        )
        entered = and_(
            fee_entry.c.case_id == sealed_value.c.stream,
            fee_entry.c.receipt == sealed_value.c.seal,
        )
        self._standing = Prepared(
            select(case_row.c.number)
            .select_from(sealed_value)
            .join(fee_entry, entered)
            .join(case_row, case_row.c.case_id == fee_entry.c.case_id)
            .where(
                # Written out, so that the index is found that holds nothing else.
                sealed_value.c.field == literal_column("'receipt'"),
                sealed_value.c.value == bindparam("receipt"),
                fee_entry.c.kind == bindparam("kind"),
                case_row.c.authority == bindparam("authority"),
                or_(
                    fee_entry.c.case_id != bindparam("case_id"),
                    fee_entry.c.fee == bindparam("fee"),
                ),
                ~undone,
            )
            .order_by(case_row.c.number)
            .limit(1),
            dialect,
        )

    def standing(self, connection: Connection, entry: Entry) -> str:
        """The number of the case in which a payment or a refund stands under the treasury's number
        of another: of the same authority, and of another case or of the same fee. Several fees of
        a case may be paid by one receipt. Nothing if there is none."""
        found = self._standing.all(connection, **entry._asdict())
        return str(found[0][0]) if found else ""
