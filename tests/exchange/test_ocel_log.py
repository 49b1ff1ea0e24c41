"""A log in OCEL 2.0: the objects of one type are the cases, in JSON and in SQLite alike."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from permits.exchange.log import BadLog, How, LogEvent, Oddities
from permits.exchange.reading import read_log
from tests.exchange.made import HERE, told

NOON, ONE = "2022-06-09T12:00:00+08:00", "2022-06-09T13:00:00+08:00"
OBJECTS = [("c1", "case"), ("c2", "case"), ("p1", "project")]
EVENTS = [
    ("e1", "accept", NOON, ["c1", "p1"]),
    ("e2", "join", ONE, ["c1", "c2", "p1"]),
    ("e3", "draw lots", NOON, ["p1"]),
]


def as_json(folder: Path, objects=OBJECTS, events=EVENTS) -> Path:
    path = folder / "log.json"
    content = {
        "objectTypes": [{"name": kind, "attributes": []} for kind in {k for _, k in objects}],
        "eventTypes": [{"name": kind, "attributes": []} for kind in {e[1] for e in events}],
        "objects": [{"id": one, "type": kind} for one, kind in objects],
        "events": [
            {
                "id": one,
                "type": kind,
                "time": at,
                "relationships": [{"objectId": each, "qualifier": ""} for each in related],
            }
            for one, kind, at, related in events
        ],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def as_sqlite(folder: Path, objects=OBJECTS, events=EVENTS) -> Path:
    path = folder / "log.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT)")
        database.execute("CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT)")
        database.execute("CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT)")
        database.execute(
            "CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT,"
            " ocel_qualifier TEXT)"
        )
        database.executemany("INSERT INTO object VALUES (?, ?)", objects)
        database.executemany("INSERT INTO event VALUES (?, ?)", [e[:2] for e in events])
        for number, kind in enumerate(dict.fromkeys(e[1] for e in events)):
            name = f'Type "{number}"'
            database.execute("INSERT INTO event_map_type VALUES (?, ?)", (kind, name))
            quoted = '"event_' + name.replace('"', '""') + '"'
            database.execute(f"CREATE TABLE {quoted} (ocel_id TEXT PRIMARY KEY, ocel_time TEXT)")
            for one, _kind, at, related in (e for e in events if e[1] == kind):
                database.execute("INSERT INTO " + quoted + " VALUES (?, ?)", (one, at))  # noqa: S608 - quoted
                database.executemany(
                    "INSERT INTO event_object VALUES (?, ?, '')", [(one, each) for each in related]
                )
    return path


def read(path: Path, how: How | None = None) -> tuple[list[LogEvent], Oddities]:
    odd = Oddities()
    return list(read_log(path, how or How(), odd)), odd


WAYS = pytest.mark.parametrize("write", [as_json, as_sqlite])


@WAYS
def test_an_event_happens_in_every_case_it_concerns(write, tmp_path):
    events, odd = read(write(tmp_path))
    assert [(one.case, one.activity, one.place) for one in events] == [
        ("c1", "accept", "e1"),
        ("c1", "join", "e2"),
        ("c2", "join", "e2"),
    ]
    assert told(odd) == [("no_object", "e3")]


@WAYS
def test_objects_of_another_type_can_be_the_cases(write, tmp_path):
    events, odd = read(write(tmp_path), How(object_type="project"))
    assert [one.case for one in events] == ["p1", "p1", "p1"]
    assert odd.total == 0


@WAYS
def test_which_objects_are_the_cases_is_asked_for_if_nothing_tells(write, tmp_path):
    path = write(tmp_path, [("a", "house"), ("b", "street")], [("e", "build", NOON, ["a", "b"])])
    with pytest.raises(BadLog) as caught:
        read(path)
    assert (caught.value.wrong, caught.value.about) == ("no_type", "house, street")
    with pytest.raises(BadLog, match="no_type"):
        read(path, How(object_type="town"))
    assert len(read(path, How(object_type="house"))[0]) == 1


@WAYS
def test_one_type_alone_needs_no_name(write, tmp_path):
    path = write(tmp_path, [("a", "house")], [("e", "build", NOON, ["a"])])
    assert [one.case for one in read(path)[0]] == ["a"]


@WAYS
def test_a_time_without_an_offset_needs_a_zone(write, tmp_path):
    path = write(tmp_path, OBJECTS, [("e", "build", "2022-06-09 12:00:00", ["c1"])])
    with pytest.raises(BadLog, match="no_zone"):
        read(path)
    assert read(path, HERE)[0][0].at.isoformat() == NOON


@WAYS
def test_what_is_odd_is_told_by_event(write, tmp_path):
    events = [
        ("e1", "a", "", ["c1"]),
        ("e2", "a", "soon", ["c1"]),
        ("e3", "  ", NOON, ["c1"]),
        ("e4", "a", NOON, [" "]),
        ("e5", "a", NOON, ["c1", "c1"]),
    ]
    found, odd = read(write(tmp_path, [*OBJECTS, (" ", "case")], events))
    assert [(one.case, one.place) for one in found] == [("c1", "e5")]
    assert told(odd) == [
        ("no_time", "e1"), ("bad_time", "e2"), ("no_activity", "e3"), ("no_case", "e4"),
    ]  # fmt: skip


@WAYS
def test_events_of_one_time_stay_in_the_order_of_the_file(write, tmp_path):
    events = [("e1", "b", NOON, ["c1"]), ("e2", "a", NOON, ["c1"]), ("e3", "b", NOON, ["c1"])]
    found, _odd = read(write(tmp_path, OBJECTS, events))
    assert [one.activity for one in found] == ["b", "a", "b"]


def test_an_object_that_is_named_only_is_told(tmp_path):
    _events, odd = read(as_json(tmp_path, OBJECTS, [("e", "a", NOON, ["c1", "c9"])]))
    assert told(odd) == [("unknown_object", "e")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{", "json"),
        ("{}", "no_log"),
        ('{"events": [], "objects": [{"id": 1, "type": "case"}]}', "no_log"),
        ('{"events": [], "objects": []}', "no_type"),
    ],
)
def test_what_is_no_log_in_json_is_refused(text, wrong, tmp_path):
    path = tmp_path / "log.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadLog, match=wrong):
        read(path)


def test_what_is_no_log_in_a_database_is_refused(tmp_path):
    path = tmp_path / "log.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE event (x)")
    with pytest.raises(BadLog) as caught:
        read(path)
    assert (caught.value.wrong, caught.value.about) == (
        "no_log",
        "event_map_type, event_object, object",
    )
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(BadLog, match="sqlite"):
        read(path)


def test_a_table_that_the_database_promises_must_be_there(tmp_path):
    path = as_sqlite(tmp_path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("INSERT INTO event_map_type VALUES ('x', 'gone')")
    with pytest.raises(BadLog) as caught:
        read(path)
    assert (caught.value.wrong, caught.value.about) == ("no_log", "event_gone")


def test_a_view_is_not_taken_for_a_table(tmp_path):
    path = as_sqlite(tmp_path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE VIEW event_seen AS SELECT 'e' AS ocel_id, 'x' AS ocel_time")
        database.execute("INSERT INTO event_map_type VALUES ('x', 'seen')")
    with pytest.raises(BadLog, match="event_seen"):
        read(path)


def test_a_database_is_only_read(tmp_path):
    path = as_sqlite(tmp_path)
    before = path.read_bytes()
    path.chmod(0o400)
    assert read(path)[0]
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["log.sqlite"]
