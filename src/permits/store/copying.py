"""A database as one file, taken while others write to it, and put back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.engine import URL

from permits.store.database import Database, sqlite_library

HOURS = 6 * 3600
"""Seconds for which a program of PostgreSQL may take at the longest."""


class CannotCopy(Exception):
    """A database could not be written down or put back; the message says why."""


def copy_sqlite(database: Database, target: Path) -> None:
    """Write the whole database into a new file, as it stands at one moment. Whoever writes
    meanwhile goes on; free pages and what was deleted are left out."""
    raw = database.reading.raw_connection()
    try:
        driver = raw.driver_connection
        assert driver is not None  # noqa: S101 - the connection is open
        driver.execute("VACUUM INTO ?", (str(target),))
    finally:
        raw.close()


@contextmanager
def read_copy(file: Path) -> Iterator[Connection]:
    """A copy of a SQLite database, to be read and not touched."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    library = sqlite_library()
    engine = create_engine(
        "sqlite://", module=library, creator=lambda: library.connect(address, uri=True)
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def integrity(connection: Connection) -> list[str]:
    """What SQLite finds wrong with a database; nothing if it is whole."""
    found = connection.execute(text("PRAGMA integrity_check(20)")).scalars().all()
    return [] if found == ["ok"] else [str(one) for one in found]


def postgresql_program(name: str, server: tuple[int, ...]) -> str | None:
    """The path of `pg_dump` or `pg_restore`, if it is there and no older than the server."""
    path = shutil.which(name)
    if path is None:
        return None
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    number = next((word for word in told.stdout.split() if word[0].isdigit()), "0")
    major = number.partition(".")[0]
    return path if major.isdigit() and int(major) >= server[0] else None


def pg_dump(program: str, database: Database, connection: Connection, target: Path) -> None:
    """Write a PostgreSQL database into a file in PostgreSQL's own format, as the transaction of
    the connection sees it."""
    snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    _run(program, [*words, f"--file={target}"], database.writing.url)


def pg_restore(program: str, source: Path, url: str) -> None:
    """Fill an empty PostgreSQL database from such a file: wholly, or not at all."""
    words = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run(program, [*words, str(source)], make_url(url.replace("postgres://", "postgresql://", 1)))


def pg_list(program: str, source: Path) -> None:
    """Read the contents of such a file; CannotCopy if it is none."""
    _finish([program, "--list", str(source)], dict(os.environ))


def _run(program: str, words: list[str], url: URL) -> None:
    """The password goes by the environment: words can be read by everybody on the machine."""
    plain = url.set(drivername="postgresql", password=None)
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = url.password
    _finish([program, f"--dbname={plain.render_as_string()}", *words], environment)


def _finish(words: list[str], environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            words, env=environment, capture_output=True, text=True, timeout=HOURS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotCopy(f"{Path(words[0]).name} could not be run: {error}") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise CannotCopy(f"{Path(words[0]).name}: {said[0]}")
