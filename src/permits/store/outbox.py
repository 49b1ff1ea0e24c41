"""What must still be done outside, kept in the transaction that decided it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, insert, or_, select, update
from sqlalchemy.engine import Dialect

from permits.store.database import Prepared
from permits.store.tables import outbox

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8


class Task(msgspec.Struct, frozen=True):
    """One thing to do. `id` names it for good, so that doing it twice can be noticed."""

    id: str
    kind: str
    stream: str
    seq: int
    payload: bytes
    attempts: int = 0


class Outbox:
    """Puts tasks within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._insert = Prepared(insert(outbox), dialect)

    def put(self, connection: Connection, tasks: Sequence[Task], now: str) -> None:
        self._insert.many(
            connection,
            [
                {
                    "id": t.id,
                    "kind": t.kind,
                    "stream": t.stream,
                    "seq": t.seq,
                    "payload": t.payload,
                    "run_at": now,
                    "attempts": 0,
                    "lease_until": None,
                    "done_at": None,
                    "error": None,
                }
                for t in tasks
            ],
        )


def claim(connection: Connection, now: datetime, most: int = 20) -> list[Task]:
    """Take waiting tasks for a while; another worker that looks meanwhile does not see them."""
    waiting = (
        select(outbox)
        .where(
            outbox.c.done_at.is_(None),
            outbox.c.attempts < MOST_ATTEMPTS,
            outbox.c.run_at <= _text(now),
            or_(outbox.c.lease_until.is_(None), outbox.c.lease_until < _text(now)),
        )
        .order_by(outbox.c.run_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(waiting).all()
    if rows:
        leased = update(outbox).where(outbox.c.id.in_([r.id for r in rows]))
        connection.execute(leased.values(lease_until=_text(now + LEASE)))
    return [Task(r.id, r.kind, r.stream, r.seq, bytes(r.payload), r.attempts) for r in rows]


def done(connection: Connection, task: Task, now: datetime) -> None:
    """The task was done."""
    finished = update(outbox).where(outbox.c.id == task.id)
    connection.execute(finished.values(done_at=_text(now), lease_until=None, error=None))


def failed(connection: Connection, task: Task, now: datetime, error: str) -> None:
    """The task failed and is tried again later, each time after twice as long; after the last
    attempt it stays for a person to look at."""
    again = now + timedelta(seconds=30 * 2**task.attempts)
    tried = update(outbox).where(outbox.c.id == task.id)
    connection.execute(
        tried.values(
            attempts=task.attempts + 1, run_at=_text(again), lease_until=None, error=error[:500]
        )
    )


def dead_letters(connection: Connection) -> list[tuple[str, str]]:
    """Tasks that were given up, with the last error."""
    given_up = select(outbox.c.id, outbox.c.error).where(
        outbox.c.done_at.is_(None), outbox.c.attempts >= MOST_ATTEMPTS
    )
    return [(row.id, row.error) for row in connection.execute(given_up)]


def _text(instant: datetime) -> str:
    return instant.isoformat()
