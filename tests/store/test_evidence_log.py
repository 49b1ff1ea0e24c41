"""Events wait for their places, also those that were written before there were any."""

import pytest
from alembic import command
from sqlalchemy import inspect, text

from permits.store import evidence_log, migrations
from permits.store.event_log import EventLog
from permits.store.evidence_log import Addition
from tests.store.test_event_log import addition, append


@pytest.fixture
def log(database):
    return EventLog(database.dialect)


def test_each_addition_to_a_stream_waits_from_its_first_event_to_its_last(database, log):
    one = addition("case/1", 3)
    append(database, log, one, addition("case/2"))
    append(database, log, addition("case/1", 2, before=one.after))
    with database.read() as connection:
        additions, events = evidence_log.waiting(connection, 10)
        assert evidence_log.pending(connection) == 6
        assert evidence_log.waits(connection)
    assert additions == [
        Addition("case/1", 1, 3),
        Addition("case/1", 4, 5),
        Addition("case/2", 1, 1),
    ]
    assert [(one.stream, one.seq) for one in events] == [
        *(("case/1", seq) for seq in range(1, 6)),
        ("case/2", 1),
    ]


def test_what_was_written_before_there_were_places_waits_for_one_after_the_upgrade(database, log):
    append(database, log, addition("case/1", 3), addition("case/2"))
    config = migrations._config()
    with database.writing.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    with database.read() as connection:
        assert "log_leaf" not in inspect(connection).get_table_names()
    migrations.upgrade(database.writing)
    with database.read() as connection:
        additions, _events = evidence_log.waiting(connection, 10)
        assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() == 4
    assert additions == [Addition("case/1", 1, 3), Addition("case/2", 1, 1)]
