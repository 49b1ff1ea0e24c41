"""The same tables on both databases; a log that accepts only inserts; nothing half-written."""

import pkgutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from permits import store
from permits.store import migrations
from permits.store.database import journal_of, open_database, sqlite_library
from permits.store.event_log import Entry
from permits.store.migrations import TooNew
from permits.store.shape import metadata
from permits.store.tables import event, stream

ENTRY = Entry("case/1", 1, "id-1", "Filed", b"record", b"h" * 32)

for _module in pkgutil.iter_modules(store.__path__, f"{store.__name__}."):
    import_module(_module.name)  # whoever is tested alone has every table, too


@pytest.fixture
def logged(database):
    with database.write() as connection:
        connection.execute(insert(event), [ENTRY._asdict()])
    return database


def test_the_migrations_make_the_tables_the_code_knows(database):
    with database.read() as connection:
        context = MigrationContext.configure(connection)
        found = [d for d in compare_metadata(context, metadata) if "alembic_version" not in str(d)]
    assert found == []


def test_opening_again_changes_nothing(database, database_url):
    open_database(database_url).close()


def test_whoever_opens_waits_for_nobody_who_writes(database, database_url):
    """SQLite tells nobody when its lock is free, so that waiting for it may take as long as others
    write."""
    with database.write() as connection:
        connection.execute(insert(event), [ENTRY._asdict()])
        with ThreadPoolExecutor(1) as others:
            others.submit(open_database, database_url).result(timeout=5).close()


def test_of_those_who_open_an_empty_database_at_once_one_makes_its_tables(database, database_url):
    migrations.empty(database.writing)
    with ThreadPoolExecutor(4) as everybody:
        for opened in everybody.map(open_database, [database_url] * 4):
            opened.close()
    with database.read() as connection:
        assert migrations.is_newest(connection)
        assert connection.execute(select(event)).all() == []


def test_a_database_of_a_later_program_is_left_alone(database, database_url):
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TooNew, match="9999"):
        open_database(database_url)


def test_a_database_that_is_begun_anew_is_empty_and_of_the_newest_shape(logged):
    migrations.begin_anew(logged.writing)
    with logged.read() as connection:
        context = MigrationContext.configure(connection)
        found = [d for d in compare_metadata(context, metadata) if "alembic_version" not in str(d)]
        assert found == []
        assert connection.execute(select(event)).all() == []
    with logged.write() as connection:
        connection.execute(insert(event), [ENTRY._asdict()])
    with pytest.raises(DBAPIError, match="only inserts"), logged.write() as connection:
        connection.execute(delete(event))


@pytest.mark.parametrize(
    "statement",
    [update(event).values(type="Forged"), delete(event)],
    ids=["update", "delete"],
)
def test_the_log_accepts_only_inserts(logged, statement):
    with pytest.raises(DBAPIError, match="only inserts"), logged.write() as connection:
        connection.execute(statement)
    with logged.read() as connection:
        assert connection.execute(select(event.c.type)).scalar_one() == "Filed"


def test_the_log_cannot_be_emptied_at_once(logged):
    """SQLite has no TRUNCATE; there a DELETE of everything could skip triggers, and does not."""
    emptying = "DELETE FROM event" if logged.is_sqlite else "TRUNCATE event"
    with pytest.raises(DBAPIError, match="only inserts"), logged.write() as connection:
        connection.execute(text(emptying))


OVER = "(stream, seq, id, type, record, hash) VALUES ('case/1', 1, 'x', 'Forged', '', '')"
REPLACEMENTS = {
    "sqlite": (
        f"INSERT OR REPLACE INTO event {OVER}",
        "REPLACE INTO event (rowid, stream, seq, id, type, record, hash)"
        " VALUES ((SELECT rowid FROM event), 'case/2', 1, 'x', 'Forged', '', '')",
        "UPDATE OR REPLACE event SET type = 'Forged'",
        f"INSERT INTO event {OVER} ON CONFLICT DO UPDATE SET type = 'Forged'",
    ),
    "postgresql": (
        f"INSERT INTO event {OVER} ON CONFLICT (stream, seq) DO UPDATE SET type = 'Forged'",
    ),
}


def test_nothing_is_put_in_the_place_of_an_event(logged):
    """SQLite replaces a row without telling the trigger that watches over removals."""
    for statement in REPLACEMENTS[logged.dialect.name]:
        with pytest.raises(DBAPIError, match="only inserts"), logged.write() as connection:
            connection.execute(text(statement))
        with logged.read() as connection:
            assert connection.execute(select(event.c.type)).scalars().all() == ["Filed"]


def test_another_event_of_the_stream_is_taken(logged):
    with logged.write() as connection:
        connection.execute(insert(event), [ENTRY._replace(seq=2)._asdict()])
        connection.execute(insert(event), [ENTRY._replace(stream="case/2")._asdict()])


def test_what_fails_halfway_leaves_nothing(database):
    row = {"id": "x", "version": 1, "head": b""}
    with pytest.raises(DBAPIError), database.write() as connection:
        connection.execute(insert(stream), [row])
        connection.execute(insert(stream), [row])
    with database.read() as connection:
        assert connection.execute(select(stream)).all() == []


@pytest.mark.parametrize("reading", ["moment", "snapshot"])
def test_what_is_written_meanwhile_is_not_seen(logged, reading):
    if logged.is_sqlite and journal_of(sqlite_library())[0] != "WAL":
        pytest.skip("whoever writes waits there until nobody reads")
    how_many = select(func.count()).select_from(event)
    with getattr(logged, reading)() as connection:
        assert connection.execute(how_many).scalar_one() == 1
        with logged.write() as another:
            another.execute(insert(event), [ENTRY._replace(seq=2)._asdict()])
        assert connection.execute(how_many).scalar_one() == 1
    with logged.read() as connection:
        assert connection.execute(how_many).scalar_one() == 2


def test_commits_survive_a_loss_of_power(database):
    """Every commit is on the disk before anybody hears of it, and a fault of old SQLite versions
    with write-ahead logs is kept away from."""
    if not database.is_sqlite:
        with database.read() as connection:
            assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "on"
        return
    journal, synchronous = journal_of(sqlite_library())
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == journal.lower()
        level = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
        assert level == {"FULL": 2, "EXTRA": 3}[synchronous]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")),
        ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")),
        ((3, 53, 4), ("WAL", "FULL")),
    ],
)
def test_old_sqlite_uses_the_rollback_journal(version, expected):
    assert journal_of(SimpleNamespace(sqlite_version_info=version)) == expected


def test_without_the_wheel_pythons_own_sqlite_is_used(monkeypatch):
    import importlib

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    assert sqlite_library() is sqlite3


def test_two_readers_and_a_writer_do_not_lose_each_others_work(database):
    """The write lock is taken before anything is read, so nobody decides on what is stale."""
    import threading

    with database.write() as connection:
        connection.execute(insert(stream), [{"id": "n", "version": 0, "head": b""}])

    def count() -> None:
        for _ in range(25):
            with database.write() as connection:
                at = select(stream.c.version).where(stream.c.id == "n").with_for_update()
                now = connection.execute(at).scalar_one()
                connection.execute(update(stream).values(version=now + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute(select(stream.c.version)).scalar_one() == 100


def test_what_was_erased_is_not_left_in_the_file(tmp_path):
    """PostgreSQL takes it away when it next vacuums; SQLite would leave it until it needs room."""
    path = tmp_path / "permits.db"
    database = open_database(f"sqlite:///{path}")
    row = {"id": "s", "version": 1, "head": b"0371-00000000 " * 500}
    with database.write() as connection:
        connection.execute(insert(stream), [row])
    with database.write() as connection:
        connection.execute(delete(stream))
    database.close()
    assert b"0371-00000000" not in path.read_bytes()
