"""Opens the database; the only place that tells SQLite and PostgreSQL apart."""

import importlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.elements import ClauseElement

from permits.store import migrations
from permits.store.compiled import SHARED
from permits.store.condition import Condition
from permits.store.turn import Turn

SAFE_WITH_WAL = (3, 51, 3)
"""Older SQLite can lose commits when a write-ahead log is reset while another connection reads."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Database:
    """A database that is open and of the newest shape.

    `reading` begins plain transactions, `writing` such that hold the write lock from the start
    on SQLite, because a transaction that reads first and writes later loses to others there.
    SQLite's own lock is unfair to those who wait, so that there whoever writes takes a `turn`.
    """

    reading: Engine
    writing: Engine
    turn: Turn | None = None
    condition: Condition = field(default_factory=Condition)

    @property
    def dialect(self) -> Dialect:
        return self.writing.dialect

    @property
    def is_sqlite(self) -> bool:
        return self.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction. Broken if the database turns out to be damaged."""
        with self.condition.watched(), self.reading.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: everything is kept when the block ends, nothing if it raises. NoRoom
        if it does not fit on the disk, Broken if the database turns out to be damaged; Unsure,
        which alone leaves open whether it was kept, if that came to pass in the commit."""
        with (
            self.condition.watched() as watch,
            self.turn or nullcontext(),
            self.writing.begin() as connection,
        ):
            yield connection
            watch.committing = True
        self.condition.full = False

    @contextmanager
    def moment(self) -> Iterator[Connection]:
        """One transaction that reads everything as it stands at one moment, whatever is written
        meanwhile, so that what several queries find agrees. Broken as in `read`."""
        with self.condition.watched(), self._still() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Read everything as it stands at one moment, however long it takes and whatever is
        written meanwhile."""
        with self._still() as connection:
            self._be_patient(connection)
            yield connection

    @contextmanager
    def _still(self) -> Iterator[Connection]:
        with self.reading.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def alone(self, *tables: Table) -> Iterator[Connection]:
        """One transaction in which nobody else writes to the tables, held in their order, so that
        what it reads of them stays true. It waits for others, and takes, as long as it must."""
        with self.write() as connection:
            self._be_patient(connection)
            if tables and not self.is_sqlite:  # there, whoever writes is alone from the beginning
                named = ", ".join(map(self.dialect.identifier_preparer.format_table, tables))
                connection.exec_driver_sql(f"LOCK TABLE {named} IN EXCLUSIVE MODE")
            yield connection

    def _be_patient(self, connection: Connection) -> None:
        if self.is_sqlite:
            return
        for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            connection.exec_driver_sql(f"SET LOCAL {limit} = 0")

    def close(self) -> None:
        self.reading.dispose()
        self.writing.dispose()
        if self.turn is not None:
            self.turn.close()


def open_database(url: str) -> Database:
    """Open (on SQLite: or make) the database at `url` and bring its tables to the newest shape.

    `url` is `sqlite:///path/to/file.db` or `postgresql://…`. Raises `migrations.TooNew`.
    """
    database = _connected(url)
    try:
        _bring_up(database)
    except BaseException:
        database.close()
        raise
    return database


_SHAPING = "SELECT pg_advisory_xact_lock(hashtextextended('shape', 2))"


def _bring_up(database: Database) -> None:
    """Bring the tables to the newest shape, one process at a time, however long it takes. Where
    they have it, nothing is locked: whoever is started over what others write to would wait for a
    gap between their transactions, of which SQLite tells nobody."""
    with database.reading.begin() as connection:
        if migrations.is_newest(connection):
            return
    with database.alone() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(_SHAPING)
        migrations.upgrade(connection)


@contextmanager
def bare_database(url: str) -> Iterator[Database]:
    """The database at `url` as it is, whatever its shape, or with none."""
    database = _connected(url)
    try:
        yield database
    finally:
        database.close()


def _connected(url: str) -> Database:
    if url.startswith("sqlite:"):
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True)
        turn = Turn(file.with_name(f"{file.name}-turn"))
        return Database(_sqlite(url, "BEGIN", 20), _sqlite(url, "BEGIN IMMEDIATE", 4), turn)
    plain = url.replace("postgres://", "postgresql://", 1)
    full = plain.replace("postgresql://", "postgresql+psycopg://", 1)
    return Database(_postgresql(full, 20), _postgresql(full, 4))


def sqlite_library() -> Any:
    """The newest SQLite at hand: the wheel's where there is one, else the one of Python."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def journal_of(library: Any) -> tuple[str, str]:
    """Journal mode and synchronous level that keep every commit with this SQLite."""
    if tuple(library.sqlite_version_info) >= SAFE_WITH_WAL:
        return "WAL", "FULL"
    return "DELETE", "EXTRA"


def _sqlite(url: str, begin: str, size: int) -> Engine:
    library = sqlite_library()
    journal, synchronous = journal_of(library)
    engine = create_engine(
        url,
        module=library,
        pool_size=size,
        max_overflow=20,
        connect_args={"timeout": 10, "check_same_thread": False},
        execution_options={"compiled_cache": SHARED},
    )

    @event.listens_for(engine, "connect")
    def connected(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = None  # transactions begin where we say, not where pysqlite guesses
        for pragma in (
            f"journal_mode={journal}",
            f"synchronous={synchronous}",
            "foreign_keys=on",
            "trusted_schema=off",
            "busy_timeout=10000",
            "secure_delete=on",
            "cache_size=-65536",
        ):
            dbapi.execute(f"PRAGMA {pragma}")

    def begun(dbapi: PoolProxiedConnection) -> None:
        dbapi.cursor().execute(begin)

    # A dialect is asked to begin in this way, and its own does nothing. An event would do as well,
    # but an engine that has one looks for more of them at every statement.
    engine.dialect.do_begin = begun  # type: ignore[assignment]
    return engine


def _postgresql(url: str, size: int) -> Engine:
    return create_engine(
        url,
        pool_size=size,
        max_overflow=20,
        pool_pre_ping=True,
        connect_args={
            "options": "-c lock_timeout=3s -c statement_timeout=30s"
            " -c idle_in_transaction_session_timeout=30s"
        },
        execution_options={"compiled_cache": SHARED},
    )


class Prepared:
    """A statement compiled once, when it is first wanted, and run on the driver's own cursor.

    For the write path only: per statement it saves more time there than a small commit costs.
    """

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        self._statement = statement
        self._dialect = dialect

    @cached_property
    def _compiled(self) -> "_Compiled":
        compiled = self._statement.compile(dialect=self._dialect)
        return _Compiled(
            str(compiled),
            _in_order(getattr(compiled, "positiontup", None)),
            {k: v for k, v in compiled.params.items() if v is not None},
            self._dialect.loaded_dbapi.Error,
        )

    @property
    def sql(self) -> str:
        """The statement as the driver gets it."""
        return self._compiled.sql

    def all(self, connection: Connection, **values: Any) -> list[Any]:
        """Every row of a query, as the driver gives it."""
        cursor = _driver(connection).cursor()
        compiled = self._compiled
        with compiled.told_as_ours():
            cursor.execute(compiled.sql, compiled.bound(values))
            return list(cursor.fetchall())

    def many(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Run the statement once for each row; how many rows of the table it touched."""
        if not rows:
            return 0
        cursor = _driver(connection).cursor()
        compiled = self._compiled
        with compiled.told_as_ours():
            cursor.executemany(compiled.sql, [compiled.bound(row) for row in rows])
        return int(cursor.rowcount)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as the driver takes it: its text, how its values are put in order, those that
    are fixed, and what the driver raises."""

    sql: str
    in_order: Callable[[Row], Any]
    fixed: Row
    error: type[Exception]

    @contextmanager
    def told_as_ours(self) -> Iterator[None]:
        """Whatever the driver raises is raised as SQLAlchemy would, without the values in it."""
        try:
            yield
        except self.error as error:
            raise DBAPIError.instance(
                self.sql, None, error, self.error, hide_parameters=True
            ) from error

    def bound(self, values: Row) -> Any:
        return self.in_order({**self.fixed, **values} if self.fixed else values)


def _in_order(names: Sequence[str] | None) -> Callable[[Row], Any]:
    """What puts values in the order of a statement; by name if the driver takes them so."""
    if names is None:
        return lambda values: values
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _driver(connection: Connection) -> DBAPIConnection:
    driver: DBAPIConnection | None = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    return driver
