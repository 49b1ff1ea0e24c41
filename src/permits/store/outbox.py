"""What must still be done outside, kept in the transaction that decided it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, and_, delete, insert, or_, select, update
from sqlalchemy.engine import Dialect

from permits.casework.dates import as_text
from permits.store.database import Prepared
from permits.store.tables import outbox

LEASE = timedelta(minutes=10)
"""How long a task that was claimed is kept from others."""

MOST_ATTEMPTS = 14
"""From the first attempt to the last it is almost three days, so that a weekend without a mail
server costs no letter."""

MOST_AT_ONCE = 1_000


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


MAIL, DOCUMENT, REPORT, WEBHOOK = "mail", "document", "report", "webhook/"
"""Kinds of tasks: a letter to be written, a document to be made a file of, figures to be sent,
and, followed by its id, a receiver to be told something."""


def claim(connection: Connection, now: datetime, kind: str = MAIL) -> Task | None:
    """Take the task of a kind that has waited longest, for a while; whoever else looks meanwhile
    does not see it."""
    waiting = (
        select(outbox)
        .where(
            outbox.c.kind == kind,
            outbox.c.done_at.is_(None),
            outbox.c.attempts < MOST_ATTEMPTS,
            outbox.c.run_at <= as_text(now),
            or_(outbox.c.lease_until.is_(None), outbox.c.lease_until < as_text(now)),
        )
        .order_by(outbox.c.run_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(waiting).one_or_none()
    if row is None:
        return None
    task = Task(row.id, row.kind, row.stream, row.seq, bytes(row.payload), row.attempts)
    renew(connection, task, now)
    return task


def renew(connection: Connection, task: Task, now: datetime) -> None:
    """Keep a task from others for a while from now on."""
    leased = update(outbox).where(outbox.c.id == task.id)
    connection.execute(leased.values(lease_until=as_text(now + LEASE)))


def done(connection: Connection, task: Task, now: datetime) -> None:
    """The task was done."""
    finished = update(outbox).where(outbox.c.id == task.id)
    connection.execute(finished.values(done_at=as_text(now), lease_until=None, error=None))


def failed(
    connection: Connection, task: Task, now: datetime, error: str, *, for_good: bool = False
) -> bool:
    """The task failed and is tried again later as it is now, each time after twice as long; after
    the last attempt, or at once if no other can help, it is given up and stays for a person to
    look at. Whether it is given up."""
    attempts = MOST_ATTEMPTS if for_good else task.attempts + 1
    again = now + timedelta(seconds=30 * 2**task.attempts)
    tried = update(outbox).where(outbox.c.id == task.id)
    connection.execute(
        tried.values(
            payload=task.payload,
            attempts=attempts,
            run_at=as_text(again),
            lease_until=None,
            error="".join(c if c.isprintable() else " " for c in error[:500]),
        )
    )
    return attempts >= MOST_ATTEMPTS


_GIVEN_UP = and_(outbox.c.done_at.is_(None), outbox.c.attempts >= MOST_ATTEMPTS)


def given_up(connection: Connection) -> list[tuple[str, str]]:
    """Tasks that were given up, with the last error."""
    query = select(outbox.c.id, outbox.c.error).where(_GIVEN_UP).order_by(outbox.c.id)
    return [(row.id, row.error) for row in connection.execute(query)]


def given_up_on(connection: Connection, task_id: str) -> str | None:
    """Why a task was given up; None if it was not."""
    query = select(outbox.c.error).where(_GIVEN_UP, outbox.c.id == task_id)
    return connection.execute(query).scalar_one_or_none()


def waits(connection: Connection, task_id: str) -> bool:
    """Whether a task is still to be done."""
    query = select(outbox.c.id).where(outbox.c.id == task_id, outbox.c.done_at.is_(None))
    return connection.execute(query).one_or_none() is not None


def try_again(connection: Connection, now: datetime) -> int:
    """Begin anew with the tasks that were given up; how many they are."""
    anew = update(outbox).where(_GIVEN_UP).values(attempts=0, run_at=as_text(now))
    return connection.execute(anew).rowcount


def forget(connection: Connection, done_before: datetime) -> int:
    """Forget some of the tasks that were done before an instant; how many, at most
    `MOST_AT_ONCE`. What waits or was given up is never forgotten, however old it is."""
    old = select(outbox.c.id).where(outbox.c.done_at < as_text(done_before)).limit(MOST_AT_ONCE)
    return connection.execute(delete(outbox).where(outbox.c.id.in_(old))).rowcount
