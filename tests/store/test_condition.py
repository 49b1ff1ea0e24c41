"""A disk that is full is waited for; a database that is damaged is not believed."""

from types import SimpleNamespace

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from permits.store.condition import Broken, Condition, NoRoom, Unsure
from permits.store.database import open_database
from permits.store.tables import note


def big(name):
    return insert(note).values(name=name, value="x" * 200_000)


@pytest.fixture
def small(tmp_path):
    """A SQLite database that takes hardly more than it holds."""
    database = open_database(f"sqlite:///{tmp_path / 'permits.db'}")
    with database.writing.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    database.writing.dispose()

    def limit(most):
        from sqlalchemy import event

        @event.listens_for(database.writing, "connect")
        def connected(dbapi, _record):
            dbapi.execute(f"PRAGMA max_page_count={most}")

        database.writing.dispose()

    limit(pages + 10)
    yield database, limit
    database.close()


def test_where_there_is_no_room_nothing_is_written_and_all_can_be_read(small):
    database, _limit = small
    with pytest.raises(NoRoom), database.write() as connection:
        connection.execute(insert(note).values(name="before", value=""))
        connection.execute(big("a"))
    assert database.condition.full
    with database.read() as connection:
        names = set(connection.execute(select(note.c.name)).scalars())
    assert not names & {"before", "a"}


def test_once_there_is_room_again_it_writes_without_being_started_anew(small):
    database, limit = small
    with pytest.raises(NoRoom), database.write() as connection:
        connection.execute(big("a"))
    limit(100_000)
    with database.write() as connection:
        connection.execute(big("a"))
    assert not database.condition.full


def test_a_database_that_is_damaged_is_asked_nothing_more(tmp_path):
    file = tmp_path / "permits.db"
    open_database(f"sqlite:///{file}").close()
    content = bytearray(file.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    database = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    (tmp_path / "other.db-wal").unlink(missing_ok=True)
    database.reading.dispose()
    database.writing.dispose()
    (tmp_path / "other.db").write_bytes(bytes(content))
    with pytest.raises(Broken), database.read() as connection:
        connection.execute(select(note)).all()
    assert database.condition.broke.is_set()
    with pytest.raises(Broken), database.write():
        pytest.fail("nothing may be written any more")
    database.close()


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        ("53100", NoRoom), ("58030", Broken), ("58P01", Broken), ("XX001", Broken),
        ("XX002", Broken), ("40001", DBAPIError), ("23505", DBAPIError), (None, DBAPIError),
    ],
)  # fmt: skip
def test_what_postgresql_says(code, raised):
    condition = Condition()
    fault = DBAPIError("SELECT 1", {}, SimpleNamespace(sqlstate=code))
    with pytest.raises(raised), condition.watched():
        raise fault
    assert condition.full is (raised is NoRoom)
    assert condition.broke.is_set() is (raised is Broken)


@pytest.mark.parametrize(
    ("code", "raised"),
    [("58030", Unsure), ("XX001", Unsure), (None, Unsure), ("57P01", Unsure), ("53100", NoRoom),
     ("40001", OperationalError)],
)  # fmt: skip
def test_what_fails_in_the_commit_may_have_been_kept(code, raised):
    """But not what the database says it has rolled back."""
    condition = Condition()
    fault = OperationalError("COMMIT", {}, SimpleNamespace(sqlstate=code))
    with pytest.raises(raised), condition.watched() as watch:
        watch.committing = True
        raise fault
    assert condition.broke.is_set() is (code in {"58030", "XX001"})
