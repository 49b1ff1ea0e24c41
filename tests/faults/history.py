"""What several processes are told while they write to the same cases, held against the log.

Each process has a writer with several callers. All of them try the same few cases: to file them,
to take the next step, with or without saying which version they had seen; and read them. Every
call is noted with its times and its answer, and `linear.py` says whether that can have been.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select

from permits.casework.refusals import Refused
from permits.services.queue import WriterQueue
from permits.services.shelf import Shelf
from permits.services.writer import Done, Order, Writer
from permits.store.database import Database, open_database
from permits.store.event_log import EventLog, Head
from permits.store.tables import case_row, event, idempotency
from tests.faults import works
from tests.faults.linear import Call, Logged, Place, wrong
from tests.faults.report import Outcome, Sum
from tests.faults.waiting import database_of
from tests.faults.writing import Say, forked

ACTS = ("file", "accept", "grant_on_the_spot")
PROCESSES, CALLERS = 3, 4
EACH_CASE = 3
"""So many calls of each caller to a case, about; of all of them three can be carried out."""

Mistake = Callable[[], None]


def trusting() -> None:
    """a writer that decides upon what it remembers of a case"""
    case_of = Writer._case

    def remembered(self: Writer, case_id: str, batch: Any, connection: Connection) -> Any:
        known = self._cases.get(case_id)
        return known if known is not None else case_of(self, case_id, batch, connection)

    Writer._case = remembered  # type: ignore[method-assign]


def unguarded() -> None:
    """no version guard: appended wherever the stream stands by now"""
    append = EventLog.append

    def appended(self: EventLog, connection: Connection, all_of: Any) -> None:
        anew = []
        for one in all_of:
            connection.exec_driver_sql(
                "SELECT 1 FROM stream WHERE id = %s FOR UPDATE", (one.stream,)
            )
            now = self.heads(connection, [one.stream]).get(one.stream, one.before)
            by = now.version - one.before.version
            moved = tuple(entry._replace(seq=entry.seq + by) for entry in one.entries)
            after = Head(one.after.version + by, one.after.hash)
            anew.append(one._replace(before=now, after=after, entries=moved))
        append(self, connection, anew)

    EventLog.append = appended  # type: ignore[method-assign]


def calls(url: str, seed: int, each: int, mistake: Mistake | None) -> Callable[[Say], None]:
    """A process with so many callers, each of whom calls so many times."""

    def work(say: Say) -> None:
        if mistake is not None:
            mistake()
        database = open_database(url)
        shelf = Shelf(database, lambda: works.NOW)
        queue = WriterQueue(database, shelf, lambda: works.NOW)
        callers = [
            Caller(database, queue, f"{seed}.{n}", random.Random(f"{seed}.{n}"))
            for n in range(CALLERS)
        ]
        threads = [threading.Thread(target=one.call, args=(each,)) for one in callers]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        queue.close()
        database.close()
        say({"calls": [msgspec.to_builtins(call) for one in callers for call in one.made]})

    return work


class Caller:
    """Somebody who tries the same cases as everybody else."""

    def __init__(
        self, database: Database, queue: WriterQueue, name: str, chance: random.Random
    ) -> None:
        self.database, self.queue = database, queue
        self.name, self.chance = name, chance
        self.made: list[Call] = []
        self._seen: dict[str, int] = {}
        self._log = EventLog(database.dialect)

    def call(self, times: int) -> None:
        for number in range(times):
            case = f"h{max(0, number // EACH_CASE + self.chance.randint(-1, 1))}"
            if self.chance.random() < 0.3:
                self.made.append(self._read(f"case/{case}"))
            else:
                self.made.append(self._asked(case, number))

    def _read(self, case: str) -> Call:
        asked = time.monotonic()
        with self.database.moment() as connection:
            head = self._log.heads(connection, [case]).get(case)
            state = select(case_row.c.state).where(case_row.c.case_id == case)
            stands = connection.execute(state).scalar_one_or_none() if head else None
        answered = time.monotonic()
        if head is None:
            return Call(case, "read", "", asked, answered, "read")
        self._seen[case] = head.version
        digest = bytes(head.hash).hex()
        return Call(
            case,
            "read",
            "",
            asked,
            answered,
            "read",
            head.version,
            head=digest,
            state=stands or "",
        )

    def _asked(self, case: str, number: int) -> Call:
        step = self.chance.randrange(len(ACTS))
        seen = self._seen.get(f"case/{case}") if self.chance.random() < 0.4 else None
        order: Order = replace(works.life(case)[step], key=f"{self.name}/{number}", seen=seen)
        asked = time.monotonic()
        try:
            answer: Any = self.queue.write(order)
        except Exception as error:  # noqa: BLE001 - what it was is told with the call
            answer = error
        call = Call(
            order.case_id, ACTS[step], order.key, asked, time.monotonic(), "unknown", seen=seen
        )
        if isinstance(answer, Done):
            self._seen[order.case_id] = answer.version
            return replace(call, how="done", version=answer.version, state=answer.state)
        if isinstance(answer, Refused):
            return replace(call, how="refused", reason=answer.reason.value)
        return replace(call, reason=repr(answer))


def logged(database: Database) -> dict[str, Logged]:
    """The log of each case, with the orders in it."""
    places: dict[str, list[Place]] = {}
    hashes: dict[str, list[str]] = {}
    with database.read() as connection:
        for key, answer in connection.execute(select(idempotency.c.key, idempotency.c.answer)):
            if not bytes(answer).startswith(b'{"type":"done"'):
                continue  # the key of a draft
            done = msgspec.json.decode(answer, type=Done)
            first = done.version - len(done.events) + 1
            place = Place(key, first, done.version, done.state)
            places.setdefault(done.case_id, []).append(place)
        rows = select(event.c.stream, event.c.hash).order_by(event.c.stream, event.c.seq)
        for stream, digest in connection.execute(rows):
            hashes.setdefault(stream, []).append(bytes(digest).hex())
    found = {}
    for case in {*places, *(one for one in hashes if one.startswith("case/"))}:
        ordered = sorted(places.get(case, []), key=lambda one: (one.first, one.last))
        found[case] = Logged(tuple(ordered), tuple(hashes.get(case, [])))
    return found


def held_against(
    folder: Path, kind: str, each: int, mistake: Mistake | None = None, seed: int = 1
) -> Outcome:
    """So many calls of each caller, and what of it cannot have been."""
    named = mistake.__doc__ if mistake else None
    total = Sum("H", f"what {PROCESSES} × {CALLERS} callers are told, {kind}", named)
    with database_of(kind, folder) as url:
        works.furnish(url)
        children = [forked(calls(url, seed + n, each, mistake)) for n in range(PROCESSES)]
        said = [line for child in children for line in child.ended()]
        made = [msgspec.convert(one, Call) for line in said for one in line["calls"]]
        database = open_database(url)
        for one in wrong(made, logged(database)):
            total.miss(one)
        database.close()
    how = {name: sum(call.how == name for call in made) for name in ("done", "refused", "read")}
    unknown = sum(call.how == "unknown" for call in made)
    total.outcome = total.outcome._replace(runs=len(made))
    return total.beside(
        f"{how['done']} done, {how['refused']} refused, {how['read']} read, {unknown} unknown;"
        f" {len(total.outcome.missed)} that cannot have been"
    )


def experiment(
    folder: Path, each: int, of_mutants: int, kinds: tuple[str, ...]
) -> Iterator[Outcome]:
    for kind in kinds:
        yield held_against(folder, kind, each)
    for kind in kinds:
        yield held_against(folder, kind, of_mutants, trusting)
    if "PostgreSQL" in kinds:
        yield held_against(folder, "PostgreSQL", of_mutants, unguarded)
