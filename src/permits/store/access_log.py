"""The access streams of all accounts as one log: what was done to accounts, and by whom."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, insert, literal, select, tuple_

from permits.casework.dates import BEIJING, as_text
from permits.casework.envelope import Envelope, Event
from permits.casework.families.access import ALL, AccountClosed, CaseShown, PlaceTaken
from permits.casework.families.access import RolesChanged as Changed
from permits.casework.families.access import SubstituteNamed as Named
from permits.casework.families.watching import OfficeAdministered
from permits.store.people_tables import access_row, account


def row_of(at: Envelope, event: Event) -> dict[str, Any]:
    """The row of an event of an access stream."""
    return {
        "account": at.stream.removeprefix(ALL),
        "seq": at.seq,
        "id": at.id,
        "kind": at.type,
        "at": as_text(at.recorded_at),
        "actor": at.actor,
        "role": at.role,
        "about": _about(event),
    }


def _about(event: Event) -> str:
    """What an event is about beside its account: a case, roles, or another account."""
    match event:
        case CaseShown():
            return event.case_id
        case Changed():
            return " ".join(event.roles)
        case Named():
            return event.substitute
        case PlaceTaken():
            return event.of
        case AccountClosed():
            return event.handed_to
        case OfficeAdministered():
            return f"{event.act} {event.about}".strip()
        case _:
            return ""


def put(connection: Connection, entries: Iterable[tuple[Envelope, Event]]) -> None:
    """Put the rows of events that are being appended to access streams."""
    rows = [row_of(at, event) for at, event in entries if at.stream.startswith(ALL)]
    if rows:
        connection.execute(insert(access_row), rows)


class Wanted(NamedTuple):
    """Which entries: of one account (its id), of one kind, in a period of days; what is empty
    narrows nothing."""

    account: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None


class Entry(NamedTuple):
    """An entry of the log, with the names that go with its accounts; those of accounts that are
    none (a command line) are empty."""

    account: str
    seq: int
    id: str
    kind: str
    at: str
    actor: str
    role: str
    about: str
    username: str = ""
    name: str = ""
    by_username: str = ""
    by_name: str = ""
    about_name: str = ""


_whose, _by, _other = account.alias("whose"), account.alias("by"), account.alias("other")
_entries = (
    select(
        access_row,
        *(
            column.label(label)
            for column, label in (
                (_whose.c.username, "username"),
                (_whose.c.name, "name"),
                (_by.c.username, "by_username"),
                (_by.c.name, "by_name"),
                (_other.c.username, "about_name"),
            )
        ),
    )
    .join(_whose, _whose.c.id == access_row.c.account, isouter=True)
    .join(_by, _by.c.id == access_row.c.actor, isouter=True)
    .join(_other, _other.c.id == access_row.c.about, isouter=True)
)


def listed(
    connection: Connection, wanted: Wanted, after: tuple[str, str] | None, most: int
) -> list[Entry]:
    """The newest entries first; `after` is where the last page ended: instant and id."""
    row = access_row.c
    query = _narrowed(_entries, wanted)
    if after is not None:
        query = query.where(tuple_(row.at, row.id) < tuple_(*map(literal, after)))
    newest = query.order_by(row.at.desc(), row.id.desc()).limit(most)
    return [_entry(found) for found in connection.execute(newest).mappings()]


def _entry(found: RowMapping) -> Entry:
    named = {str(name): value for name, value in found.items() if value is not None}
    return Entry(**named)


def every(connection: Connection, wanted: Wanted, at_once: int) -> Iterable[Sequence[Entry]]:
    """All entries, some at once, the newest first."""
    after = None
    while page := listed(connection, wanted, after, at_once):
        yield page
        after = (page[-1].at, page[-1].id)


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    row = access_row.c
    if wanted.account:
        query = query.where(row.account == wanted.account)
    if wanted.kind:
        query = query.where(row.kind == wanted.kind)
    if wanted.first is not None:
        query = query.where(row.at >= _instant(wanted.first, time.min))
    if wanted.last is not None:
        query = query.where(row.at <= _instant(wanted.last, time.max))
    return query


def _instant(day: date, clock: time) -> str:
    return as_text(datetime.combine(day, clock, BEIJING))
