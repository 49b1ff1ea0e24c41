"""How much room each table of a database takes, its indexes counted with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from permits.services.office import Office
from permits.store.database import Database

_POSTGRESQL = text(
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
)
_SQLITE = (
    "SELECT coalesce(tbl_name, dbstat.name), sum(pgsize)"
    " FROM dbstat LEFT JOIN sqlite_master ON sqlite_master.name = dbstat.name"
    " WHERE aggregate = TRUE GROUP BY 1"
)

Bytes = dict[str, int]
"""The bytes of each table."""


def taken(work: Office) -> Bytes:
    """The bytes that each table takes, of an office that is closed for it: nobody writes while
    SQLite counts. `sqlite_schema` is what SQLite itself remembers of its tables."""
    if work.database.is_sqlite:
        path = settled(work.database)
        work.close()
        return of_file(path)
    with work.database.snapshot() as connection:
        found = {str(name): int(size) for name, size in connection.execute(_POSTGRESQL)}
    work.close()
    return found


def settled(database: Database) -> Path:
    """The file of a SQLite database, once everything that was written stands in it."""
    with database.writing.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - the connection is open
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(str(database.writing.url.database))


def of_file(path: Path) -> Bytes:
    """The same of a SQLite file that nobody has open. Python's own SQLite is asked, because the
    newer one comes without `dbstat`; where neither has it, all of the file is told as one."""
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
        try:
            return dict(connection.execute(_SQLITE))
        except sqlite3.OperationalError as missing:
            if "dbstat" not in str(missing):
                raise
            return {"all tables": path.stat().st_size}
