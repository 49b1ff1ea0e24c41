"""The store alone, and whole commands through the writer, beside the same statements bare.

What the store sends to the driver for a run of commands is recorded once. Bare is that recording
played back on a driver connection, transaction by transaction, with the same durability.
"""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.cases import NOW, office, orders
from benchmarks.measure import Figure, interleaved, stopwatch
from permits.services import batch as batching
from permits.services.batch import Batch
from permits.services.office import Office
from permits.services.queue import WriterQueue
from permits.services.writer import Done, Order, Writer
from permits.store.database import Prepared, journal_of, sqlite_library

COUNT = 96
STORE_GOAL = 0.5


class Sent(NamedTuple):
    """A statement as the driver got it."""

    sql: str
    values: Any
    many: bool


class Recorder:
    """Notes every statement between the begin and the end of each transaction."""

    def __init__(self) -> None:
        self.transactions: list[list[Sent]] = []
        self.real = (Prepared.all, Prepared.many)

    def __enter__(self) -> "Recorder":
        real_all, real_many = self.real

        def all_(this: Prepared, connection: Any, **values: Any) -> Any:
            self.transactions[-1].append(Sent(this.sql, this._bound(values), False))
            return real_all(this, connection, **values)

        def many(this: Prepared, connection: Any, rows: Any) -> int:
            if rows:
                bound = [this._bound(row) for row in rows]
                self.transactions[-1].append(Sent(this.sql, bound, True))
            return real_many(this, connection, rows)

        Prepared.all, Prepared.many = all_, many  # type: ignore[method-assign]
        return self

    def __exit__(self, *_exc: object) -> None:
        Prepared.all, Prepared.many = self.real  # type: ignore[method-assign]


def recorded(work: Office, together: int) -> list[list[Sent]]:
    """The statements of a run, a list for each transaction."""
    writer = Writer(work.database, work.shelf, lambda: NOW)
    with Recorder() as recorder:
        for round_ in orders(COUNT):
            for start in range(0, COUNT, together):
                recorder.transactions.append([])
                _done(writer.write(round_[start : start + together]))
    return recorder.transactions


def _done(answers: list[Any]) -> None:
    for answer in answers:
        if not isinstance(answer, Done):
            raise SystemExit(f"a measured command failed: {answer!r}")


def bare(path: Path, transactions: list[list[Sent]]) -> float:
    """Play statements back on the driver alone."""
    library = sqlite_library()
    journal, synchronous = journal_of(library)
    connection = library.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("PRAGMA cache_size=-65536")
    with stopwatch() as taken:
        for statements in transactions:
            connection.execute("BEGIN IMMEDIATE")
            for sql, values, many in statements:
                if many:
                    connection.executemany(sql, values)
                else:
                    connection.execute(sql, values).fetchall()
            connection.execute("COMMIT")
    connection.close()
    return taken[0]


def replayed(work: Office, gathered: list["Gathered"]) -> None:
    """Write what was gathered from earlier decisions: the store without any decision."""
    tables = batching.Tables(work.database.dialect)
    for one in gathered:
        with work.database.write() as connection:
            work.shelf.refresh(connection)
            batch = Batch(tables, connection, NOW)
            batch.look_up(one.keys, one.ids)
            batch._tables.numbers.read(connection, "planning_bureau", "20260609")
            one.put_into(batch)
            batch.flush()


class Gathered(NamedTuple):
    """What a transaction of the writer had gathered when it was written."""

    keys: list[str]
    ids: list[str]
    state: dict[str, Any]

    def put_into(self, batch: Batch) -> None:
        for name, value in self.state.items():
            setattr(batch, name, value)


_GATHERED = ("vault", "_answers", "_appended", "_rows", "_read", "_taken", "_tasks")


def gathered(work: Office, together: int) -> list[Gathered]:
    """What the writer gathers in a run, a batch for each transaction."""
    found: list[Gathered] = []
    asked: list[tuple[list[str], list[str]]] = []
    real_look, real_flush = Batch.look_up, Batch.flush

    def look_up(this: Batch, keys: Any, ids: Any) -> None:
        asked.append((list(keys), list(ids)))
        real_look(this, keys, ids)

    def flush(this: Batch) -> None:
        state = {name: getattr(this, name) for name in _GATHERED}
        found.append(Gathered(*asked[-1], state))
        real_flush(this)

    Batch.look_up, Batch.flush = look_up, flush  # type: ignore[method-assign]
    writer = Writer(work.database, work.shelf, lambda: NOW)
    for round_ in orders(COUNT):
        for start in range(0, COUNT, together):
            _done(writer.write(round_[start : start + together]))
    Batch.look_up, Batch.flush = real_look, real_flush  # type: ignore[method-assign]
    return found


class Place:
    """An empty office's database, to be copied for each round."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = office(folder)
        self.template = made.settings.data / "permits.db"
        made.close()
        self._count = 0

    def copy(self) -> Path:
        self._count += 1
        target = self.folder / f"copy{self._count}" / "permits.db"
        target.parent.mkdir(parents=True)
        shutil.copy(self.template, target)
        return target

    def office(self) -> Office:
        return office(self.folder, f"sqlite:///{self.copy()}")


def figures(folder: Path) -> Iterator[Figure]:
    """Commands a second of the store and of the writer, as ratios to the bare statements."""
    place = Place(folder)
    commands = COUNT * len(list(orders(1)))
    for together, callers in ((1, "one caller"), (32, "32 callers")):
        statements = recorded(place.office(), together)
        batches = gathered(place.office(), together)
        taken = interleaved(
            {
                "bare": lambda s=statements: bare(place.copy(), s),  # type: ignore[misc]
                "store": lambda b=batches: _with_office(place, b),  # type: ignore[misc]
            }
        )
        rate = {name: commands / seconds for name, seconds in taken.items()}
        yield Figure(f"bare statements, {callers}", rate["bare"], "commands/s")
        ratio = rate["store"] / rate["bare"]
        goal = f"≥ {STORE_GOAL}" if together == 1 else ""
        met = ratio >= STORE_GOAL if together == 1 else None
        yield Figure(
            f"store alone, {callers}", rate["store"], "commands/s", ratio, "bare", goal, met
        )
    yield from _whole(place, commands)


def _with_office(place: Place, batches: list[Gathered]) -> float:
    work = place.office()
    with stopwatch() as taken:
        replayed(work, batches)
    work.close()
    return taken[0]


def _whole(place: Place, commands: int) -> Iterator[Figure]:
    """Whole commands: decided, hashed, written, answered; callers wait for their answer."""
    single = recorded(place.office(), 1)
    for callers in (1, 8, 32):
        taken = interleaved(
            {
                "bare": lambda: bare(place.copy(), single),
                "writer": lambda n=callers: _called(place, n),  # type: ignore[misc]
            },
            rounds=3,
        )
        rate = {name: commands / seconds for name, seconds in taken.items()}
        yield Figure(
            f"whole command, {callers} callers",
            rate["writer"],
            "commands/s",
            rate["writer"] / rate["bare"],
            "bare, one caller",
        )


def _called(place: Place, callers: int) -> float:
    work = place.office()
    queue = WriterQueue(work.database, work.shelf, lambda: NOW)
    rounds = list(orders(COUNT))
    with stopwatch() as taken:
        for round_ in rounds:
            shares = [round_[n::callers] for n in range(callers)]
            threads = [threading.Thread(target=_caller, args=(queue, share)) for share in shares]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    queue.close()
    work.close()
    return taken[0]


def _caller(queue: WriterQueue, share: list[Order]) -> None:
    for one in share:
        _done([queue.write(one)])
