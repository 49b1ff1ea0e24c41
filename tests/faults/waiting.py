"""F6: dates that pass and letters that wait, looked after by four processes at once.

Their clocks are set two hours forward and back between one look and the next, across midnight,
and the one that told most is killed on the way. Each date must be told to its case once. Each
letter is taken by one process at a time. For letters the clocks agree, as those of servers that
share an office must; the one that was in the hands of whoever was killed waits until its time runs
out, and may go twice.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from permits.casework.dates import day_of
from permits.casework.streams import read_event
from permits.services.outgoing import claimed, settle
from permits.services.queue import WriterQueue
from permits.services.rebuild import check
from permits.services.shelf import Shelf
from permits.services.timers import lapse_due
from permits.store import outbox
from permits.store.database import Database, open_database
from permits.store.event_log import EventLog
from permits.store.outbox import MAIL
from permits.store.tables import due_row, event
from permits.store.tables import outbox as tasks
from tests.faults import works
from tests.faults.report import Outcome, Sum
from tests.faults.server import postgresql
from tests.faults.works import Verdict
from tests.faults.writing import Child, Say, forked
from tests.kit import beijing

PROCESSES = 4
STEPS = tuple(timedelta(hours=hours) for hours in (-2, 0, 2))
AT = beijing("2022-06-17", 0, 30)
"""Half an hour into the day on which the dates have passed; two hours earlier they have not."""
LETTERS_AT = AT + timedelta(hours=3)
"""Where the clocks agree, behind all that was written."""
PATIENCE = 90.0
"""Seconds without any date or letter being done, until it counts as not done at all."""


def looks(url: str, seed: int, *, careless: bool) -> Callable[[Say], None]:
    """One of those who look after the office, until it is killed."""

    def work(say: Say) -> None:
        database = open_database(url)
        chance, clock = random.Random(seed), [AT]
        shelf = Shelf(database, lambda: clock[0])
        queue = WriterQueue(database, shelf, lambda: clock[0])
        if careless:
            outbox.renew = lambda *_given: (
                None
            )  # the mistake: what is taken is not kept from others
        say({"told": 0})
        while True:
            clock[0] = AT + chance.choice(STEPS)
            told = lapse_due(database, queue.submit, clock[0], lambda _took: None)
            sent = _send(database, say)
            say({"told": told})
            if not told and not sent:
                time.sleep(0.05)

    return work


def _send(database: Database, say: Say) -> int:
    """Send what waits; how many. A letter takes a moment, in which others look as well."""
    sent = 0
    for task in claimed(database, MAIL, lambda: LETTERS_AT):
        time.sleep(0.001)
        say({"sent": task.id})
        settle(database, task, LETTERS_AT, None)
        sent += 1
    return sent


@contextmanager
def database_of(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of a kind, gone at the end."""
    if kind == "SQLite":
        path = folder / "waiting.db"
        for file in folder.glob("waiting.db*"):
            file.unlink()
        yield f"sqlite:///{path}"
        return
    with postgresql(folder) as server:
        yield server.get_uri()


def filled(url: str, cases: int) -> int:
    """So many cases whose dates have passed; how many dates that are so far."""
    works.furnish(url)
    database = open_database(url)
    writer = works.written_by(database)
    for first in range(0, cases, 50):
        orders = [works.life(f"w{n}")[0] for n in range(first, min(cases, first + 50))]
        writer.write(orders)
    with database.read() as connection:
        number = _due(connection)
    database.close()
    return number


def _due(connection: Connection) -> int:
    late = due_row.c.due_on < day_of(AT).isoformat()
    query = select(func.count()).select_from(due_row).where(late)
    return connection.execute(query).scalar_one()


def looked_after(
    folder: Path, kind: str, cases: int, *, mutant: bool = False, seed: int = 1
) -> Outcome:
    """Dates and letters of so many cases, until nothing waits."""
    total = Sum("F6", f"{PROCESSES} instances, clocks set ±2 h, one killed, {kind}",
                "letters that are not kept from others" if mutant else None)  # fmt: skip
    with database_of(kind, folder) as url:
        filled(url, cases)
        children = [forked(looks(url, seed + n, careless=mutant)) for n in range(PROCESSES)]
        database = open_database(url)
        try:
            gone = _watch(database, children, lambda n: forked(looks(url, n, careless=mutant)))
        finally:
            for child in children:
                child.kill()
        said = [child.ended() for child in children]
        verdict, letters = _found(database, [*said, gone])
        dates = _told(database)
        total.add(verdict, sum(dates.values()), seed)
        if check(database):
            total.miss("the tables are not as the log says")
        database.close()
    total.outcome = total.outcome._replace(runs=sum(dates.values()))
    return total.beside(f"{letters} letters")


def _watch(
    database: Database, children: list[Child], another: Callable[[int], Child]
) -> list[Any]:
    """Wait until nothing waits; half way the busiest is killed and another begun. What it said."""
    gone: list[Any] = []
    begun = before = sum(_left(database))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        due, letters = _left(database)
        if due + letters != before:
            before, until = due + letters, time.monotonic() + PATIENCE
        if not gone and due < begun / 2:
            busiest = max(children, key=lambda one: len(one.said))
            busiest.kill()
            children.remove(busiest)
            gone = busiest.ended()
            children.append(another(99))
        if not due and letters <= (1 if gone else 0):
            return gone
        time.sleep(0.05)
    raise AssertionError(f"nothing was done for {PATIENCE:.0f} s, and {before} still wait")


def _left(database: Database) -> tuple[int, int]:
    """How many dates and letters wait. The letter that was being sent by the one that was killed
    waits until its time runs out."""
    unsent = select(func.count()).select_from(tasks)
    with database.read() as connection:
        letters = unsent.where(tasks.c.kind == MAIL, tasks.c.done_at.is_(None))
        return _due(connection), connection.execute(letters).scalar_one()


def _told(database: Database) -> Counter[tuple[str, str]]:
    """How often each date was told, by case and clock."""
    found: Counter[tuple[str, str]] = Counter()
    log = EventLog(database.dialect)
    with database.read() as connection:
        streams = connection.execute(select(event.c.stream).distinct()).scalars().all()
        for stream in streams:
            if stream.startswith("case/"):
                for envelope, body in log.read(connection, stream):
                    if envelope.type == "ClockLapsed":
                        one = read_event(envelope, body)
                        found[stream, one.clock] += 1
    return found


def _found(database: Database, said: list[list[Any]]) -> tuple[Verdict, int]:
    """What was told and sent more than once, or noted as sent by nobody; how many letters."""
    dates = _told(database)
    sent = Counter(line["sent"] for lines in said for line in lines if "sent" in line)
    with database.read() as connection:
        mail = select(tasks.c.id, tasks.c.done_at).where(tasks.c.kind == MAIL)
        rows = connection.execute(mail).all()
    doubled = [f"{case} {clock}" for (case, clock), times in dates.items() if times > 1]
    doubled += [f"letter {one}" for one, times in sent.items() if times > 1]
    lost = [f"letter {row.id}" for row in rows if row.done_at and row.id not in sent]
    return Verdict(lost=tuple(lost), doubled=tuple(doubled)), len(rows)


def experiment(
    folder: Path, cases: int, of_mutant: int, kinds: tuple[str, ...]
) -> Iterator[Outcome]:
    for kind in kinds:
        yield looked_after(folder, kind, cases)
    yield looked_after(folder, kinds[0], of_mutant, mutant=True)
