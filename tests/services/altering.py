"""What somebody may do to the log who owns the database: events slipped in behind those of a
stream, chained as if they had been written, so that no hash tells."""

import json
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from permits.casework.envelope import Envelope, Event, chained, open_record, seal_record
from permits.casework.families.inspectors import CheckSigned
from permits.store.database import Database
from tests.kit import SEAL

NEVER_CHECKED = CheckSigned(obligation="report_completion", record=SEAL)


def _unlock(connection: Connection) -> None:
    """No trigger stops who owns the database."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    found = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for name in connection.execute(text(found)).scalars().all():
        connection.execute(text(f"DROP TRIGGER {name}"))


def slip_in(database: Database, stream: str, what: Event | bytes | dict[str, Any]) -> int:
    """Append an event to a stream, or a record as it is given, or the last one with some fields
    of its envelope or body replaced; its place."""
    with database.write() as connection:
        _unlock(connection)
        last = connection.execute(
            text("SELECT record FROM event WHERE stream = :s ORDER BY seq DESC LIMIT 1"),
            {"s": stream},
        ).scalar_one()
        head = connection.execute(text("SELECT head FROM stream WHERE id = :s"), {"s": stream})
        envelope, _body = open_record(bytes(last))
        at = msgspec.structs.replace(envelope, seq=envelope.seq + 1, id="0" * 32, command="0")
        record = _record(at, what, bytes(last))
        row = {
            "stream": stream, "seq": at.seq, "id": at.id, "record": record,
            "type": type(what).__name__ if isinstance(what, Event) else _type(record),
            "hash": chained(bytes(head.scalar_one()), record),
        }  # fmt: skip
        connection.execute(
            text(
                "INSERT INTO event (stream, seq, id, type, record, hash)"
                " VALUES (:stream, :seq, :id, :type, :record, :hash)"
            ),
            row,
        )
        connection.execute(
            text("UPDATE stream SET version = :seq, head = :hash WHERE id = :stream"), row
        )
    return at.seq


def _record(at: Envelope, what: Event | bytes | dict[str, Any], last: bytes) -> bytes:
    if isinstance(what, bytes):
        return what
    if isinstance(what, Event):
        return seal_record(msgspec.structs.replace(at, type=type(what).__name__), what)
    told = json.loads(last)
    told |= {"seq": at.seq, "id": at.id, "command": at.command}
    told["body"] |= what.pop("body", {})
    return msgspec.json.encode(told | what, order="sorted")


def _type(record: bytes) -> str:
    try:
        return str(json.loads(record)["type"])
    except ValueError:
        return "Nothing"


def cut_off(database: Database, stream: str) -> None:
    """The last event of a stream is gone, and its head says nothing of it."""
    with database.write() as connection:
        _unlock(connection)
        for statement in CUT_OFF:
            connection.execute(text(statement), {"stream": stream})


CUT_OFF = (
    "DELETE FROM event WHERE stream = :stream"
    " AND seq = (SELECT version FROM stream WHERE id = :stream)",
    "UPDATE stream SET version = version - 1, head = (SELECT hash FROM event"
    " WHERE stream = :stream ORDER BY seq DESC LIMIT 1) WHERE id = :stream",
)
