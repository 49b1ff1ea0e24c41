"""How the outbox stands: what waits, what failed, what was given up."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, select, update

from permits.casework.dates import as_text
from permits.store import notes
from permits.store.outbox import DOCUMENT, MOST_ATTEMPTS
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


_PAUSED = "outbox paused"


def pause(connection: Connection, why: str) -> None:
    """Let nothing go out, and no date be told, from the next look on."""
    notes.put(connection, _PAUSED, why)


def paused(connection: Connection) -> str:
    """Why nothing goes out; empty if everything does."""
    return notes.noted(connection, _PAUSED) or ""


def resume(connection: Connection) -> None:
    """Let everything go out again."""
    notes.put(connection, _PAUSED, "")


def hold_back(connection: Connection, why: str) -> int:
    """Give up every letter and message to programs that waits, so that each goes out only if a
    person sends it again; how many. Documents are made all the same: twice is as well as once."""
    waits = and_(_OPEN, outbox.c.attempts < MOST_ATTEMPTS, outbox.c.kind != DOCUMENT)
    held = update(outbox).where(waits).values(attempts=MOST_ATTEMPTS, error=why, lease_until=None)
    return connection.execute(held).rowcount


def give_up_on(connection: Connection, prefix: str, but: Collection[str]) -> int:
    """Give up what waits of kinds that begin like this, but for some of them; how many."""
    waits = and_(_OPEN, outbox.c.attempts < MOST_ATTEMPTS, outbox.c.kind.startswith(prefix))
    gone = update(outbox).where(waits, outbox.c.kind.not_in(but))
    says = "nobody of this name is told anything any more"
    return connection.execute(gone.values(attempts=MOST_ATTEMPTS, error=says)).rowcount
