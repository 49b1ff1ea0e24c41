"""How the outbox stands: what waits, what failed, what was given up."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, select, update

from permits.casework.dates import as_text
from permits.store.outbox import MOST_ATTEMPTS
from permits.store.tables import outbox

_OPEN = outbox.c.done_at.is_(None)
_GIVEN_UP = and_(_OPEN, outbox.c.attempts >= MOST_ATTEMPTS)


class Counts(NamedTuple):
    """How many tasks wait, among them those that failed before; how many were given up; and since
    when the oldest of those that could be done waits, empty if none does."""

    waiting: int
    failing: int
    given_up: int
    oldest: str


class Troubled(NamedTuple):
    """A task that failed: how often, when it is tried again, and what went wrong last."""

    id: str
    kind: str
    attempts: int
    run_at: str
    error: str
    given_up: bool


def counts(connection: Connection, now: datetime) -> Counts:
    """How many there are of each."""
    alive = and_(_OPEN, outbox.c.attempts < MOST_ATTEMPTS)
    due = and_(alive, outbox.c.run_at <= as_text(now))
    query = select(
        func.count(case((alive, 1))),
        func.count(case((and_(alive, outbox.c.attempts > 0), 1))),
        func.count(case((_GIVEN_UP, 1))),
        func.min(case((due, outbox.c.run_at))),
    ).where(_OPEN)
    waiting, failing, given_up, oldest = connection.execute(query).one()
    return Counts(waiting, failing, given_up, oldest or "")


def troubled(connection: Connection, most: int) -> list[Troubled]:
    """Tasks that failed, those that were given up first."""
    failed = and_(_OPEN, outbox.c.attempts > 0)
    query = select(outbox.c.id, outbox.c.kind, outbox.c.attempts, outbox.c.run_at, outbox.c.error)
    query = query.where(failed).order_by(outbox.c.attempts.desc(), outbox.c.id).limit(most)
    return [
        Troubled(*row[:4], row.error or "", row.attempts >= MOST_ATTEMPTS)
        for row in connection.execute(query)
    ]


def try_again(connection: Connection, task: str, now: datetime) -> int:
    """Begin anew with one task that was given up, or with all of them; how many they are."""
    which = and_(_GIVEN_UP, outbox.c.id == task) if task else _GIVEN_UP
    anew = update(outbox).where(which).values(attempts=0, run_at=as_text(now))
    return connection.execute(anew).rowcount
