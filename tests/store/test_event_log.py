"""Appending under a version guard, and noticing whatever was done to the log afterwards."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from permits.casework.envelope import GENESIS, Envelope, chained, seal_record
from permits.casework.families.deciding import Published
from permits.store.event_log import (
    NEW,
    Appended,
    BrokenChain,
    Entry,
    EventLog,
    Head,
    Overtaken,
    Record,
    verify_every,
    verify_records,
)


def envelope(stream, seq):
    return Envelope(
        id=f"{stream}-{seq}",
        stream=stream,
        seq=seq,
        type="Published",
        schema=1,
        definition="",
        recorded_at=datetime(2022, 6, 9, tzinfo=UTC),
        effective_at=date(2022, 6, 9),
        actor="window",
        role="",
        office="",
        department="",
        command="c",
    )


def addition(stream, count=1, before=NEW):
    entries, head = [], before
    for _ in range(count):
        at = envelope(stream, head.version + 1)
        record = seal_record(at, Published(on=date(2022, 6, 10)))
        head = Head(at.seq, chained(head.hash, record))
        entries.append(Entry(stream, at.seq, at.id, at.type, record, head.hash))
    return Appended(stream, before, head, tuple(entries))


@pytest.fixture
def log(database):
    return EventLog(database.dialect)


def append(database, log, *additions):
    with database.write() as connection:
        log.append(connection, additions)


def test_what_is_appended_is_read_back_in_order(database, log):
    append(database, log, addition("case/1", 3))
    with database.read() as connection:
        entries = log.read(connection, "case/1")
        later = log.read(connection, "case/1", after=2)
        assert log.verify(connection, "case/1") == 3
    assert [e.seq for e, _body in entries] == [1, 2, 3]
    assert [e.seq for e, _body in later] == [3]


def test_heads_of_several_streams_are_read_at_once(database, log):
    one, two = addition("case/1", 2), addition("case/2")
    append(database, log, one, two)
    with database.read() as connection:
        heads = log.heads(connection, ["case/1", "case/2", "case/3"])
    assert heads == {"case/1": one.after, "case/2": two.after}


def test_several_streams_are_read_at_once_each_in_its_order(database, log):
    append(database, log, addition("case/1", 12), addition("case/2"), addition("case/3", 2))
    with database.read() as connection:
        found = log.read_each(connection, ["case/1", "case/3", "case/4"])
        alone = {name: log.read(connection, name) for name in ("case/1", "case/3")}
    assert found == alone


def test_streams_are_listed_by_what_their_names_begin_with(database, log):
    append(database, log, addition("case/2"), addition("case/1"), addition("calendar"))
    with database.read() as connection:
        assert list(log.streams(connection, "case/")) == ["case/1", "case/2"]


def test_a_stream_goes_on_from_its_head(database, log):
    first = addition("case/1", 2)
    append(database, log, first)
    append(database, log, addition("case/1", 2, first.after))
    with database.read() as connection:
        assert log.verify(connection, "case/1") == 4


def test_whoever_decided_upon_an_older_head_is_overtaken_and_writes_nothing(database, log):
    first = addition("case/1", 2)
    append(database, log, first)
    append(database, log, addition("case/1", 1, first.after))
    with pytest.raises(Overtaken):
        append(database, log, addition("case/2"), addition("case/1", 1, first.after))
    with database.read() as connection:
        assert log.heads(connection, ["case/2"]) == {}
        assert log.verify(connection, "case/1") == 3


def test_two_who_open_the_same_stream_do_not_both(database, log):
    append(database, log, addition("case/1"))
    with pytest.raises(IntegrityError):
        append(database, log, addition("case/1"))


def tamper(database, statement, **values):
    """What somebody with the rights of the database's owner could do."""
    guards = {
        "sqlite": ("DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete"),
        "postgresql": ("ALTER TABLE event DISABLE TRIGGER USER",),
    }[database.dialect.name]
    with database.write() as connection:
        for guard in guards:
            connection.execute(text(guard))
        connection.execute(text(statement), values)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE event SET record = :forged WHERE seq = 2", "changed after it was written"),
        ("UPDATE event SET hash = :hash WHERE seq = 2", "changed after it was written"),
        ("UPDATE event SET type = 'Accepted' WHERE seq = 2", "something else than the record"),
        ("UPDATE event SET id = 'other' WHERE seq = 2", "something else than the record"),
        ("DELETE FROM event WHERE seq = 2", "missing or out of place"),
        ("DELETE FROM event WHERE seq = 3", "cut off at the end"),
        ("UPDATE stream SET version = 2", "cut off at the end"),
        ("UPDATE stream SET head = :hash", "cut off at the end"),
        ("DELETE FROM stream", "cut off at the end"),
    ],
)
def test_whatever_is_done_to_a_stream_is_noticed(database, log, statement, what):
    append(database, log, addition("case/1", 3))
    forged = seal_record(envelope("case/1", 2), Published(on=date(2022, 6, 11)))
    given = {"forged": forged, "hash": b"x" * 32}
    tamper(database, statement, **{k: v for k, v in given.items() if f":{k}" in statement})
    with database.read() as connection, pytest.raises(BrokenChain, match=what) as broken:
        log.verify(connection, "case/1")
    assert broken.value.stream == "case/1"


def test_a_stream_that_is_not_there_is_not_whole(database, log):
    with database.read() as connection, pytest.raises(BrokenChain):
        log.verify(connection, "case/1")


def rows(stream="case/1", count=3):
    return [Record(*entry[1:]) for entry in addition(stream, count).entries]


def test_records_are_whole_up_to_the_head_that_is_kept():
    head = addition("case/1", 3).after
    assert verify_records("case/1", rows(), head) == 3
    assert verify_records("case/1", [], NEW) == 0
    for kept in (None, NEW, Head(2, head.hash), Head(3, GENESIS)):
        with pytest.raises(BrokenChain, match="cut off"):
            verify_records("case/1", rows(), kept)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"seq": 3}, "out of place"),
        ({"id": "other"}, "says something else"),
        ({"type": "Accepted"}, "says something else"),
        ({"hash": b"x" * 32}, "changed after"),
        ({"record": rows("case/2")[1].record}, "out of place"),
        ({"record": rows()[2].record}, "out of place"),
    ],
)
def test_a_record_that_is_otherwise_is_found_where_it_is(wrong, what):
    one, other, third = rows()
    with pytest.raises(BrokenChain, match=what) as broken:
        verify_records("case/1", [one, other._replace(**wrong), third], NEW)
    assert (broken.value.stream, broken.value.seq) == ("case/1", 2)


def test_every_stream_is_looked_at_and_none_has_a_head_only():
    heads = {name: addition(name, 2).after for name in ("case/1", "case/2")}
    every = [(name, one) for name in heads for one in rows(name, 2)]
    assert verify_every(every, heads) == 4
    assert verify_every([], {}) == 0
    for missing in ("case/1", "case/2"):
        with pytest.raises(BrokenChain, match="cut off") as broken:
            verify_every([(name, one) for name, one in every if name != missing], heads)
        assert (broken.value.stream, broken.value.seq) == (missing, 0)
    with pytest.raises(BrokenChain, match="cut off") as broken:
        verify_every(every, {"case/1": heads["case/1"]})
    assert broken.value.stream == "case/2"


def test_the_chain_begins_with_zeros():
    assert bytes(32) == GENESIS
    assert Head(0, GENESIS) == NEW


def test_a_second_event_of_the_same_number_is_refused_by_the_table(database, log):
    append(database, log, addition("case/1"))
    with pytest.raises(DBAPIError):
        tamper(
            database,
            "INSERT INTO event (stream, seq, id, type, record, hash)"
            " VALUES ('case/1', 1, 'x', 'x', :record, :record)",
            record=b"",
        )
