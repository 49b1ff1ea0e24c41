"""Events wait for their places, also those that were written before there were any."""

from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import inspect, text

from permits.evidence.merkle import Place, grown, looked_up
from permits.store import evidence_log, migrations
from permits.store.event_log import EventLog
from permits.store.evidence_log import Addition, Gap, Leaf
from tests.kit import beijing
from tests.store.test_event_log import addition, append, tamper

AT_NOTHING = looked_up({})


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
    with database.write() as connection:
        migrations.upgrade(connection)
    with database.read() as connection:
        additions, _events = evidence_log.waiting(connection, 10)
        assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() == 4
    assert additions == [Addition("case/1", 1, 3), Addition("case/2", 1, 1)]


def test_so_many_additions_wait_at_most_and_what_was_placed_waits_no_longer(database, log):
    append(database, log, addition("case/1", 2), addition("case/2"), addition("case/3", 3))
    with database.write() as connection:
        additions, events = evidence_log.waiting(connection, 2)
        assert [one.stream for one in additions] == ["case/1", "case/2"]
        assert len(events) == 3
        evidence_log.placed(connection, additions)
        evidence_log.placed(connection, [])
        left = [Addition("case/3", 1, 3)]
        assert evidence_log.all_waiting(connection) == left
        assert evidence_log.pending(connection) == 3
        evidence_log.placed(connection, left)
        assert (evidence_log.waits(connection), evidence_log.pending(connection)) == (False, 0)
        assert evidence_log.waiting(connection, 2) == ([], [])


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_an_event_that_waits_and_is_not_there_is_told(database, log, gone):
    append(database, log, addition("case/1", 3), addition("case/2", 1))
    tamper(database, "DELETE FROM event WHERE stream = 'case/1' AND seq = :seq", seq=gone)
    with database.read() as connection, pytest.raises(Gap) as gap:
        evidence_log.waiting(connection, 10)
    assert (gap.value.stream, gap.value.seq) == ("case/1", gone)


def test_an_addition_of_which_nothing_is_there_is_told(database, log):
    append(database, log, addition("case/1"))
    tamper(database, "DELETE FROM event")
    with database.read() as connection, pytest.raises(Gap):
        evidence_log.waiting(connection, 10)


def test_leaves_and_subtrees_are_read_as_they_were_put(database):
    hashes = [bytes([n]) * 32 for n in range(6)]
    leaves = [Leaf(n, f"case/{n % 2}", n // 2 + 1, found) for n, found in enumerate(hashes)]
    nodes = list(grown(0, hashes, AT_NOTHING))
    with database.write() as connection:
        assert evidence_log.size(connection) == 0
        evidence_log.put_leaves(connection, [])
        evidence_log.put_nodes(connection, [])
        evidence_log.put_leaves(connection, leaves)
        evidence_log.put_nodes(connection, nodes)
        assert evidence_log.size(connection) == 6
        assert list(evidence_log.all_leaves(connection)) == leaves
        assert evidence_log.leaves_of(connection, "case/1") == {
            one.seq: one for one in leaves if one.stream == "case/1"
        }
        assert sorted(evidence_log.all_nodes(connection)) == sorted(nodes)
        places = [place for place, _ in nodes] + [Place(0, n) for n in range(6)]
        at = evidence_log.read_nodes(connection, places)
    assert [at(place) for place in places] == [found for _, found in nodes] + hashes
    with pytest.raises(KeyError):
        at(Place(5, 0))


def test_the_lead_is_kept_for_half_a_minute_unless_it_is_let_go(database):
    now = beijing("2022-06-09")
    with database.write() as connection:
        assert evidence_log.lead(connection, "one", now)
        assert evidence_log.lead(connection, "one", now)
        assert not evidence_log.lead(connection, "other", now + timedelta(seconds=30))
        evidence_log.let_go(connection, "other")
        assert not evidence_log.lead(connection, "other", now + timedelta(seconds=30))
        assert evidence_log.lead(connection, "other", now + timedelta(seconds=31))
        evidence_log.let_go(connection, "other")
        assert evidence_log.lead(connection, "one", now)
