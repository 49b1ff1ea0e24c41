"""Our own log as an OCEL 2.0 database: a table for each type of event and of object."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from permits.exchange.own_log import OF_CASE, Kind, OwnCase, OwnEvent
from permits.exchange.writing import Seen, typed, written

_SQL: dict[Kind, str] = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER"}

_TABLES = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE event (
  ocel_id TEXT PRIMARY KEY,
  ocel_type TEXT NOT NULL REFERENCES event_map_type (ocel_type)
);
CREATE TABLE object (
  ocel_id TEXT PRIMARY KEY,
  ocel_type TEXT NOT NULL REFERENCES object_map_type (ocel_type)
);
CREATE TABLE event_object (
  ocel_event_id TEXT NOT NULL REFERENCES event (ocel_id),
  ocel_object_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_qualifier TEXT NOT NULL,
  PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier)
);
CREATE TABLE object_object (
  ocel_source_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_target_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_qualifier TEXT NOT NULL,
  PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier)
);
"""


def write_ocel_sqlite(path: Path, cases: Iterable[OwnCase]) -> None:
    """Write a database into a file that is not there yet, or is empty. Raises sqlite3.Error.

    The same log gives the same bytes wherever the same SQLite writes them.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # A file that is written in one go and is thrown away otherwise needs no journal.
        database.execute("PRAGMA journal_mode = OFF")
        database.executescript("BEGIN;" + _TABLES)
        seen = Seen()
        for case in cases:
            for event in case.events:
                _write_event(database, seen, case, event)
        _write_objects(database, seen)
        database.execute("COMMIT")


def _write_event(database: sqlite3.Connection, seen: Seen, case: OwnCase, event: OwnEvent) -> None:
    columns = typed(event.activity)
    if not seen.knows(event.activity):
        _open(database, "event", event.activity, columns)
    seen.add(case, event)
    database.execute("INSERT INTO event VALUES (?, ?)", (event.id, event.activity))
    values = [event.values.get(name) for name in columns]
    _insert(database, f"event_{event.activity}", [event.id, written(event.at), *values])
    for one in event.objects:
        _insert(database, "event_object", [event.id, one.id, one.type])


def _write_objects(database: sqlite3.Connection, seen: Seen) -> None:
    for kind in seen.types:
        columns: dict[str, Kind] = dict.fromkeys(("ocel_changed_field",), "string")
        if kind == "case":
            columns |= dict.fromkeys(OF_CASE, "string")
        _open(database, "object", kind, columns)
    for one, case in seen.objects.values():
        database.execute("INSERT INTO object VALUES (?, ?)", (one.id, one.type))
        since = "1970-01-01T00:00:00+00:00" if case is None else written(case.filed_at)
        values = [] if case is None else [case.values[name] for name in OF_CASE]
        _insert(database, f"object_{one.type}", [one.id, since, None, *values])
        if one.of:
            _insert(database, "object_object", [one.id, one.of, "case"])


def _open(database: sqlite3.Connection, what: str, name: str, columns: dict[str, Kind]) -> None:
    """A table for a type. Names of types and columns are our own, never taken from outside."""
    inner = "".join(f', "{column}" {_SQL[kind]}' for column, kind in columns.items())
    unique = " PRIMARY KEY" if what == "event" else ""
    database.execute(
        f'CREATE TABLE "{what}_{name}" (ocel_id TEXT NOT NULL{unique} REFERENCES {what} (ocel_id),'
        f" ocel_time TEXT NOT NULL{inner})"
    )
    _insert(database, f"{what}_map_type", [name, name])


def _insert(database: sqlite3.Connection, table: str, values: list[object]) -> None:
    places = ", ".join("?" * len(values))
    database.execute(f'INSERT INTO "{table}" VALUES ({places})', values)  # noqa: S608 - our own names
