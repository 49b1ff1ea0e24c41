"""Faults that a test does to the writer: in what it asks of the database, and in its own steps."""

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import psycopg
import pytest
from sqlalchemy import event

from permits.casework import figures, rows
from permits.services import appending, batch, records
from permits.services import writer as writing
from permits.services.writer import AnyOrder, Order, Writer
from permits.store.database import Database, sqlite_library


class Faults:
    """Fails the n-th thing that a transaction asks of the driver: before it is done, or after."""

    def __init__(self) -> None:
        self.before_it: Exception | None = None
        self.after_it: Exception | None = None
        self.place = self.count = 0
        self.after = self.hit = self.committed = self.within = False

    def come_to(self, database: Database) -> None:
        """Stand between a database and its driver from now on."""
        engine, lite = database.writing, database.is_sqlite
        self.before_it = sqlite_error() if lite else psycopg.errors.DiskFull("no space")
        self.after_it = sqlite_error() if lite else lost()
        how = (sqlite_connection if lite else postgresql_connection)(self)
        event.listen(engine, "do_connect", lambda _d, _r, _given, named: named.update(how))
        dialect: Any = engine.dialect
        dialect.do_begin = functools.partial(self.begin, dialect.do_begin)
        dialect.do_commit = functools.partial(self.commit, dialect.do_commit)
        dialect.do_rollback = functools.partial(self.roll_back, dialect.do_rollback)
        engine.dispose()

    def arm(self, place: int, *, after: bool) -> None:
        self.place, self.after, self.hit, self.committed = place, after, False, False

    def disarm(self) -> None:
        self.place = 0

    def begin(self, does: Callable[..., Any], dbapi: Any) -> None:
        self.count, self.within = 0, True
        does(dbapi)

    def around(self, does: Callable[..., Any], *given: Any) -> Any:
        self.count += 1
        fails = self.within and self.count == self.place
        self.hit = self.hit or fails
        if fails and not self.after:
            raise self.before_it
        found = does(*given)
        if fails:
            raise self.after_it
        return found

    def commit(self, does: Callable[..., Any], dbapi: Any) -> None:
        self.committed = self.committed or (self.after and self.count + 1 == self.place)
        self.around(does, dbapi)

    def roll_back(self, does: Callable[..., Any], dbapi: Any) -> None:
        self.within = False
        does(dbapi)


def sqlite_error() -> Exception:
    error: Exception = sqlite_library().OperationalError("disk I/O error")
    return error


def lost() -> Exception:
    """What was asked of PostgreSQL is done, and its answer does not come."""
    return psycopg.OperationalError("server closed the connection unexpectedly")


def sqlite_connection(faults: Faults) -> dict[str, Any]:
    library = sqlite_library()

    class Cursor(library.Cursor):
        def execute(self, *given: Any) -> Any:
            return faults.around(super().execute, *given)

        def executemany(self, *given: Any) -> Any:
            return faults.around(super().executemany, *given)

    class Connection(library.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

    return {"factory": Connection}


def postgresql_connection(faults: Faults) -> dict[str, Any]:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, *given: Any, **how: Any) -> Any:
            return faults.around(functools.partial(super().execute, **how), *given)

        def executemany(self, *given: Any, **how: Any) -> Any:
            return faults.around(functools.partial(super().executemany, **how), *given)

    return {"cursor_factory": Cursor}


class Making:
    """Fails the n-th step of making what is to be written of an order."""

    STEPS = (
        *((rows, name) for name in ("case_row", "due_rows", "stays")),
        (figures, "facts_row"),
        *((appending, name) for name in ("seal_record", "chained", "messages")),
        (batch, "places"),
        (writing, "Done"),
    )

    def __init__(self, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error = ArithmeticError("a fault of ours")
        self.place = self.count = self.steps = 0
        self.at_it = self.hit = False
        decide = Writer._decide

        def decided(writer: Writer, one: Order, *given: Any) -> Any:
            self.at_it, self.count = one is order, 0
            return decide(writer, one, *given)

        monkeypatch.setattr(Writer, "_decide", decided)
        for where, name in self.STEPS:
            step = functools.partial(self._step, getattr(where, name))
            monkeypatch.setattr(where, name, step)

    def _step(self, does: Callable[..., Any], *given: Any, **more: Any) -> Any:
        self.count += self.at_it
        if self.at_it and self.count == self.place:
            self.hit = True
            raise self.error
        return does(*given, **more)

    def places(self) -> Iterator[int]:
        """One place after the other, until none was hit."""
        for self.steps in itertools.count():
            self.place, self.hit = self.steps + 1, False
            yield self.place
            if not self.hit:
                return


class Names:
    """Names of events that hang on the order alone: what is written twice looks the same."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.key = ""
        self.given = 0
        decide = Writer._decide

        def decided(writer: Writer, order: AnyOrder, *given: Any) -> Any:
            self.key, self.given = order.key, 0
            return decide(writer, order, *given)

        monkeypatch.setattr(Writer, "_decide", decided)
        monkeypatch.setattr(records, "uuid_utils", self)

    def uuid7(self) -> UUID:
        self.given += 1
        return uuid5(NAMESPACE_OID, f"{self.key}, {self.given}")
