"""The access streams of all accounts, of strangers and of the command line as one log: what was
done to accounts, and by whom. Whoever audits reads it here, on a page or at the command line."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, insert, literal, select, tuple_

from permits.casework.dates import BEIJING, as_text
from permits.casework.envelope import Envelope, Event, open_record
from permits.casework.families.access import ALL, AccountClosed, CaseShown, PlaceTaken
from permits.casework.families.access import RolesChanged as Changed
from permits.casework.families.access import SubstituteNamed as Named
from permits.casework.families.watching import (
    BESIDE_ACCOUNTS,
    COMMANDS,
    STRANGERS,
    AccessRefused,
    CommandRun,
    FileTaken,
    OfficeAdministered,
)
from permits.casework.streams import read_event
from permits.store.people_tables import access_row, account
from permits.store.tables import event as record


def row_of(at: Envelope, event: Event) -> dict[str, Any]:
    """The row of an event of a stream that is audited."""
    return {
        "account": whose(at.stream),
        "seq": at.seq,
        "id": at.id,
        "kind": at.type,
        "at": as_text(at.recorded_at),
        "actor": at.actor,
        "role": at.role,
        "about": _about(event),
    }


def whose(stream: str) -> str:
    """The account that a stream is of; the command line and strangers, who have none, go by a
    name."""
    return stream.partition("/")[2]


COMMAND_LINE, STRANGER = whose(COMMANDS), whose(STRANGERS)
_BESIDE = {whose(stream): stream for stream in BESIDE_ACCOUNTS}


def _stream_of(account_id: str) -> str:
    return _BESIDE.get(account_id, f"{ALL}{account_id}")


def _about(event: Event) -> str:
    """What an event is about beside its account: a case, roles, another account, an address with
    the ids that stood in it, or what was given to a command."""
    match event:
        case (
            CaseShown(case_id=about)
            | Named(substitute=about)
            | PlaceTaken(of=about)
            | AccountClosed(handed_to=about)
        ):
            found: tuple[str, ...] = (about,)
        case Changed():
            found = (*event.roles,)
        case FileTaken():
            found = (event.what, *event.of)
        case AccessRefused():
            found = (event.what, *event.of, f"{event.status} ×{event.times}")
        case CommandRun():
            found = (event.command, event.about, f"({event.operator})")
        case OfficeAdministered():
            found = (event.act, event.about)
        case _:
            found = ()
    return " ".join(found).strip()


def is_audited(stream: str) -> bool:
    """Whether the events of a stream stand in the access log."""
    return stream.startswith(ALL) or stream in BESIDE_ACCOUNTS


def put(connection: Connection, entries: Iterable[tuple[Envelope, Event]]) -> None:
    """Put the rows of events that are being appended, of streams that are audited."""
    rows = [row_of(at, event) for at, event in entries if is_audited(at.stream)]
    if rows:
        connection.execute(insert(access_row), rows)


class Wanted(NamedTuple):
    """Which entries: of one account (its id), of some kinds, in a period of days of the office,
    both included; what is empty narrows nothing."""

    account: str = ""
    kinds: tuple[str, ...] = ()
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


_of, _by, _other = account.alias("whose"), account.alias("by"), account.alias("other")
_entries = (
    select(
        access_row,
        *(
            column.label(label)
            for column, label in (
                (_of.c.username, "username"),
                (_of.c.name, "name"),
                (_by.c.username, "by_username"),
                (_by.c.name, "by_name"),
                (_other.c.username, "about_name"),
            )
        ),
    )
    .join(_of, _of.c.id == access_row.c.account, isouter=True)
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


def following(connection: Connection, after: tuple[str, str], most: int) -> list[Entry]:
    """The entries after an instant and id, the oldest first."""
    row = access_row.c
    later = _entries.where(tuple_(row.at, row.id) > tuple_(*map(literal, after)))
    oldest = later.order_by(row.at, row.id).limit(most)
    return [_entry(found) for found in connection.execute(oldest).mappings()]


def _entry(found: RowMapping) -> Entry:
    named = {str(name): value for name, value in found.items() if value is not None}
    return Entry(**named)


def every(connection: Connection, wanted: Wanted, at_once: int) -> Iterable[Sequence[Entry]]:
    """All entries, some at once, the newest first."""
    after = None
    while page := listed(connection, wanted, after, at_once):
        yield page
        after = (page[-1].at, page[-1].id)


def told(connection: Connection, entries: Sequence[Entry]) -> dict[str, Event]:
    """What exactly was noted in each of some entries, by their ids."""
    places = [(_stream_of(one.account), one.seq) for one in entries]
    query = select(record.c.record).where(tuple_(record.c.stream, record.c.seq).in_(places))
    opened = (open_record(bytes(row[0])) for row in connection.execute(query))
    return {envelope.id: read_event(envelope, body) for envelope, body in opened}


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    row = access_row.c
    if wanted.account:
        query = query.where(row.account == wanted.account)
    if wanted.kinds:
        query = query.where(row.kind.in_(wanted.kinds))
    if wanted.first is not None:
        query = query.where(row.at >= _instant(wanted.first, time.min))
    if wanted.last is not None:
        query = query.where(row.at <= _instant(wanted.last, time.max))
    return query


def _instant(day: date, clock: time) -> str:
    return as_text(datetime.combine(day, clock, BEIJING))
