"""Rows made of parties: written with the events, never alone; and what lists read of them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, literal, select, tuple_
from sqlalchemy.engine import Dialect

from permits.casework.access import Actor
from permits.casework.party import Party
from permits.casework.party_rows import (
    BarRow,
    EntryRow,
    PartyNameRow,
    PartyRow,
    TaskRow,
    bar_rows,
    entry_rows,
    name_rows,
    party_row,
    task_rows,
)
from permits.store import scope
from permits.store.caseload import plain, upsert
from permits.store.counting import Count, up_to
from permits.store.database import Prepared
from permits.store.party_tables import credit_entry, party_bar, party_name, party_task
from permits.store.people_tables import account, party, standing
from permits.store.tables import case_row


class PartyRows(msgspec.Struct, frozen=True):
    """Everything tables hold of one party."""

    row: PartyRow
    names: tuple[PartyNameRow, ...]
    entries: tuple[EntryRow, ...]
    tasks: tuple[TaskRow, ...]
    bars: tuple[BarRow, ...] = ()


def rows_of(held: Party) -> PartyRows:
    return PartyRows(
        row=party_row(held),
        names=name_rows(held),
        entries=entry_rows(held),
        tasks=task_rows(held),
        bars=bar_rows(held),
    )


class Parties:
    """Writes the rows of parties within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._row = Prepared(upsert(party, dialect), dialect)
        self._name = Prepared(upsert(party_name, dialect), dialect)
        self._entry = Prepared(upsert(credit_entry, dialect), dialect)
        self._task = Prepared(upsert(party_task, dialect), dialect)
        self._bar = Prepared(upsert(party_bar, dialect), dialect)
        self._no_entry, self._no_task, self._no_bar = (
            Prepared(delete(table).where(table.c.code == bindparam("of")), dialect)
            for table in (credit_entry, party_task, party_bar)
        )

    def put(self, connection: Connection, parties: Sequence[PartyRows]) -> None:
        """Put the rows of parties, each once, in the order of their codes; names only ever come
        to the others."""
        ordered = sorted(parties, key=lambda one: one.row.code)
        codes = [{"of": one.row.code} for one in ordered]
        self._row.many(connection, [plain(one.row) for one in ordered])
        self._name.many(connection, [plain(n) for one in ordered for n in one.names])
        self._no_entry.many(connection, codes)
        self._entry.many(connection, [plain(e) for one in ordered for e in one.entries])
        self._no_task.many(connection, codes)
        self._task.many(connection, [plain(t) for one in ordered for t in one.tasks])
        self._no_bar.many(connection, codes)
        self._bar.many(connection, [plain(b) for one in ordered for b in one.bars])


class Task(NamedTuple):
    """Something of a party that waits for officers."""

    code: str
    party_name: str
    kind: str
    name: str
    number: str
    permit: str
    since: str
    due_on: str | None
    sort_on: str


class Published(NamedTuple):
    """A credit entry in the public list."""

    code: str
    party_name: str
    entry: str
    kind: str
    degree: str
    number: str
    permit: str
    office: str
    department: str
    entered_on: str
    until_on: str
    published_on: str


MOST = 200


def tasks(connection: Connection, actor: Actor, code: str = "") -> list[Task]:
    """What waits for the actor's department, the most urgent first; of one party only, if it is
    named. At most `MOST`."""
    t = party_task.c
    query = (
        select(
            t.code, party.c.name, t.kind, t.name, t.number, t.permit, t.since, t.due_on, t.sort_on
        )
        .join(party, party.c.code == t.code)
        .where(scope.tasks(actor))
        .order_by(t.sort_on, t.since, t.code, t.name)
        .limit(MOST)
    )
    if code:
        query = query.where(t.code == code)
    return [Task(*row) for row in connection.execute(query)]


def size(actor: Actor, most: int) -> Count:
    """How many things wait for the actor's department, counted up to `most`."""
    t = party_task.c
    return up_to(most, select(t.code).where(scope.tasks(actor)))


def published(
    connection: Connection, today: date, after: tuple[str, str, str] | None, most: int
) -> list[Published]:
    """The published entries that stand, the newest first; `after` is where the last page ended:
    day of publication, code and name of the entry."""
    e = credit_entry.c
    place = tuple_(e.published_on, e.code, e.entry)
    query = (
        select(
            e.code, party.c.name, e.entry, e.kind, e.degree, e.number, e.permit, e.office,
            e.department, e.entered_on, e.until_on, e.published_on,
        )
        .join(party, party.c.code == e.code)
        .where(e.published_on.is_not(None), e.repaired_on.is_(None))
        .where(e.until_on >= today.isoformat())
        .order_by(e.published_on.desc(), e.code.desc(), e.entry.desc())
        .limit(most)
    )  # fmt: skip
    if after is not None:
        query = query.where(place < tuple_(*map(literal, after)))
    return [Published(*tuple(row)) for row in connection.execute(query)]


class CaseOf(NamedTuple):
    """A case of a party, for lists on its page."""

    case_id: str
    number: str
    permit: str
    title: str
    authority: str
    department: str
    state: str
    definition: str
    decided_on: str | None
    code: int


def cases(connection: Connection, code: str) -> list[CaseOf]:
    """The cases of a party, those that changed last first; at most `MOST`."""
    c = case_row.c
    query = (
        select(
            c.case_id, c.number, c.permit, c.title, c.authority, c.department, c.state,
            c.definition, c.decided_on, c.code,
        )
        .where(c.party == code)
        .order_by(c.updated_at.desc(), c.case_id)
        .limit(MOST)
    )  # fmt: skip
    return [CaseOf(*tuple(row)) for row in connection.execute(query)]


def seen(connection: Connection, code: str, actor: Actor) -> bool:
    """Whether a party is among those the actor sees."""
    query = select(party.c.code).where(party.c.code == code, scope.parties(actor))
    return connection.execute(query).first() is not None


def accounts_of(connection: Connection, code: str) -> dict[str, str]:
    """The open accounts of a party with their names."""
    query = (
        select(account.c.id, account.c.name)
        .join(standing, standing.c.account == account.c.id)
        .where(standing.c.party == code, standing.c.open)
        .order_by(account.c.name, account.c.id)
    )
    return {row.id: row.name for row in connection.execute(query)}
