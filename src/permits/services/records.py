"""Appends to streams beside the cases: calendar, definitions, parties, access."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import uuid_utils
from sqlalchemy import Connection, text

from permits.casework.dates import day_of
from permits.casework.envelope import Envelope, Event, chained, seal_record
from permits.casework.streams import read_event, schema_of
from permits.store import access_log
from permits.store.database import Database
from permits.store.event_log import NEW, Appended, Entry, EventLog


def new_id() -> str:
    """A new identifier that sorts by time (UUIDv7)."""
    return str(uuid_utils.uuid7())


_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:stream, 0))")


class By(NamedTuple):
    """Who appends: an account, and the role in which it does."""

    account: str
    role: str = ""


class Records:
    """Appends events to a stream within the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self.log = EventLog(database.dialect)

    def append(
        self,
        connection: Connection,
        stream: str,
        events: Sequence[Event],
        *,
        actor: str,
        now: datetime,
    ) -> None:
        """Append after whatever the stream holds; whoever appends to it at the same time waits."""
        self.append_by(connection, stream, events, By(actor), now)

    def append_by(
        self,
        connection: Connection,
        stream: str,
        events: Sequence[Event],
        by: By,
        now: datetime,
    ) -> None:
        """The same, of somebody who acts in a role."""
        self._take_turn(connection, stream)
        before = self.log.heads(connection, [stream]).get(stream, NEW)
        head = before
        entries: list[Entry] = []
        told: list[tuple[Envelope, Event]] = []
        command = new_id()
        for event in events:
            envelope = Envelope(
                id=new_id(),
                stream=stream,
                seq=head.version + 1,
                type=type(event).__name__,
                schema=schema_of(type(event).__name__),
                definition="",
                recorded_at=now.astimezone(UTC),
                effective_at=day_of(now),
                actor=by.account,
                role=by.role,
                office="",
                department="",
                command=command,
            )
            told.append((envelope, event))
            record = seal_record(envelope, event)
            digest = chained(head.hash, record)
            entries.append(Entry(stream, envelope.seq, envelope.id, envelope.type, record, digest))
            head = type(head)(envelope.seq, digest)
        self.log.append(connection, [Appended(stream, before, head, tuple(entries))])
        access_log.put(connection, told)

    def _take_turn(self, connection: Connection, stream: str) -> None:
        """Keep others from the stream, even before it exists, until the transaction ends. On
        SQLite a transaction that writes has kept them away from its beginning."""
        if connection.dialect.name == "postgresql":
            connection.execute(_TURN, {"stream": stream})

    def events(self, connection: Connection, stream: str) -> list[tuple[Envelope, Event]]:
        """The events of a stream in order."""
        entries = self.log.read(connection, stream)
        return [(envelope, read_event(envelope, body)) for envelope, body in entries]
