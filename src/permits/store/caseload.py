"""Rows made of cases: for lists, the timer, the figures. Written with the events, never alone."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from permits.casework.asked_rows import OpinionRow
from permits.casework.check_rows import CheckRow
from permits.casework.dates import as_text
from permits.casework.figures import FactsRow
from permits.casework.ledger_rows import FeeEntryRow
from permits.casework.measured_rows import DutyRow, FeeRow, TermRow
from permits.casework.published import DocumentRow
from permits.casework.rows import CaseRow, DueRow, Interval
from permits.casework.waiting_rows import WaitingRow
from permits.store.database import Prepared
from permits.store.document_tables import document_row
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.pile_tables import check_row, opinion_row, waiting_row
from permits.store.tables import case_row, due_row, fee_entry, number_series


class Measured(msgspec.Struct, frozen=True):
    """What figures count of the time limits, duties and fees of a case."""

    terms: tuple[TermRow, ...]
    duties: tuple[DutyRow, ...]
    fees: tuple[FeeRow, ...]


class CaseRows(msgspec.Struct, frozen=True):
    """Everything tables hold of one case after a command; `opinions` is None for a case in which
    none were ever asked for, `checks` for one in which nobody was drawn to make any, `measured`
    where nothing of it changed. `counted` says that the case had a result before; `was` is then
    what stood where `measured` stands now, None if nobody but the tables can tell."""

    row: CaseRow
    facts: FactsRow
    dues: tuple[DueRow, ...]
    waiting: tuple[WaitingRow, ...]
    stays: tuple[Interval, ...] = ()
    opinions: tuple[OpinionRow, ...] | None = None
    fees: tuple[FeeEntryRow, ...] = ()
    checks: tuple[CheckRow, ...] | None = None
    documents: tuple[DocumentRow, ...] = ()
    measured: Measured | None = None
    counted: bool = False
    was: Measured | None = None


class Measuring:
    """Writes what figures count of time limits, duties and fees, in the place of what stood there:
    undoing an action may take one away."""

    def __init__(self, dialect: Dialect) -> None:
        tables = (case_term, case_duty, case_fee)
        self._none = tuple(
            Prepared(delete(one).where(one.c.case_id == bindparam("case_id")), dialect)
            for one in tables
        )
        self._each = tuple(Prepared(upsert(one, dialect), dialect) for one in tables)

    def put(self, connection: Connection, cases: Sequence[CaseRows]) -> None:
        changed = [one.measured for one in cases if one.measured is not None]
        ids = [{"case_id": one.row.case_id} for one in cases if one.measured is not None]
        for none in self._none:
            none.many(connection, ids)
        terms, duties, fees = self._each
        terms.many(connection, [plain(row) for one in changed for row in one.terms])
        duties.many(connection, [plain(row) for one in changed for row in one.duties])
        fees.many(connection, [plain(row) for one in changed for row in one.fees])


class Taken(msgspec.Struct, frozen=True):
    """The last place taken in a series of numbers, and what it was before."""

    series: str
    authority: str
    period: str
    last: int
    before: int


class Caseload:
    """Writes the rows of cases within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._case = Prepared(upsert(case_row, dialect), dialect)
        self._facts = Prepared(upsert(case_facts, dialect), dialect)
        self._due = Prepared(upsert(due_row, dialect), dialect)
        self._waiting = Prepared(upsert(waiting_row, dialect), dialect)
        self._no_due, self._no_waiting = (
            Prepared(delete(table).where(table.c.case_id == bindparam("case_id")), dialect)
            for table in (due_row, waiting_row)
        )
        self._opinion = Prepared(upsert(opinion_row, dialect), dialect)
        self._no_opinion = Prepared(
            delete(opinion_row).where(opinion_row.c.case_id == bindparam("case_id")), dialect
        )
        self._check = Prepared(upsert(check_row, dialect), dialect)
        self._no_check = Prepared(
            delete(check_row).where(check_row.c.case_id == bindparam("case_id")), dialect
        )
        self._measured = Measuring(dialect)
        self._stay = Prepared(upsert(interval, dialect), dialect)
        self._fee = Prepared(upsert(fee_entry, dialect), dialect)
        self._document = Prepared(unless_there(document_row, dialect), dialect)
        self._first = Prepared(number_series.insert(), dialect)
        self._next = Prepared(
            update(number_series)
            .where(
                number_series.c.series == bindparam("of"),
                number_series.c.last == bindparam("before"),
            )
            .values(last=bindparam("last")),
            dialect,
        )

    def put(self, connection: Connection, cases: Sequence[CaseRows]) -> None:
        """Put the rows of cases, each case once; what stood there before is replaced."""
        ids = [{"case_id": c.row.case_id} for c in cases]
        self._case.many(connection, [plain(c.row) for c in cases])
        self._facts.many(connection, [plain(c.facts) for c in cases])
        self._no_due.many(connection, ids)
        asked = [c for c in cases if c.opinions is not None]
        self._no_opinion.many(connection, [{"case_id": c.row.case_id} for c in asked])
        rows = [plain(one) for c in asked for one in c.opinions or ()]
        self._opinion.many(connection, rows)
        drawn = [c for c in cases if c.checks is not None]
        self._no_check.many(connection, [{"case_id": c.row.case_id} for c in drawn])
        self._check.many(connection, [plain(one) for c in drawn for one in c.checks or ()])
        self._due.many(connection, [plain(due) for c in cases for due in c.dues])
        self._no_waiting.many(connection, ids)
        self._waiting.many(connection, [plain(one) for c in cases for one in c.waiting])
        self._measured.put(connection, cases)
        self._stay.many(connection, [plain(stay) for c in cases for stay in c.stays])
        self._fee.many(connection, [plain(entry) for c in cases for entry in c.fees])
        self._document.many(connection, [plain(one) for c in cases for one in c.documents])

    def take(self, connection: Connection, numbers: Sequence[Taken]) -> bool:
        """Take places in series; False if another transaction took one meanwhile.

        A series that is new meets another first one as an integrity error.
        """
        ordered = sorted(numbers, key=lambda n: n.series)
        self._first.many(
            connection,
            [
                {"series": n.series, "authority": n.authority, "period": n.period, "last": n.last}
                for n in ordered
                if n.before == 0
            ],
        )
        later = [n for n in ordered if n.before > 0]
        moved = self._next.many(
            connection, [{"of": n.series, "before": n.before, "last": n.last} for n in later]
        )
        return moved == len(later)


def upsert(table: Table, dialect: Dialect) -> Any:
    """Insert a row, or replace the columns of the one with the same primary key."""
    return _upsert(table, dialect.name)


@cache
def _upsert(table: Table, database: str) -> Any:
    """A statement belongs to a kind of database, and every office of the process says it alike."""
    statement = _inserting(table, database)
    keys = [column.name for column in table.primary_key]
    changed = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def unless_there(table: Table, dialect: Dialect) -> Any:
    """Insert a row, or leave the one with the same primary key as it is."""
    return inserting(table, dialect).on_conflict_do_nothing()


def inserting(table: Table, dialect: Dialect) -> Any:
    """An insert that can say what is to be done if the row is there already."""
    return _inserting(table, dialect.name)


def _inserting(table: Table, database: str) -> Any:
    return (postgresql.insert if database == "postgresql" else sqlite.insert)(table)


def plain(row: msgspec.Struct) -> dict[str, Any]:
    """A row as column values: days and instants as ISO text."""
    values: dict[str, Any] = msgspec.to_builtins(row, builtin_types=(datetime,))
    for name in _instants(type(row)):
        if values[name] is not None:
            values[name] = as_text(values[name])
    return values


@cache
def _instants(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The columns of a row that hold instants; they are named `…_at`."""
    return tuple(name for name in kind.__struct_fields__ if name.endswith("_at"))
