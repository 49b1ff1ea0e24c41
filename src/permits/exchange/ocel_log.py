"""A log in OCEL 2.0, as JSON or SQLite: the objects of one type are the cases.

An event that concerns several of them happens in each. What concerns none is told and left out.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec

from permits.exchange.instants import instant
from permits.exchange.log import BadLog, How, LogEvent, Tell

CASE_TYPES = ("case", "permit_case")
"""Types that are taken for the cases if none is named and there are several."""


class _Named(msgspec.Struct):
    name: str


class _Object(msgspec.Struct):
    id: str
    type: str


class _Relation(msgspec.Struct):
    object_id: str = msgspec.field(name="objectId")


class _Event(msgspec.Struct):
    id: str
    type: str
    time: str
    relationships: tuple[_Relation, ...] = ()


class _Document(msgspec.Struct):
    objects: list[_Object]
    events: list[_Event]
    object_types: list[_Named] = msgspec.field(name="objectTypes", default_factory=list)


def read_ocel_json(content: bytes, how: How, tell: Tell) -> Iterator[LogEvent]:
    """The events of a document, in its order. All of it is held in memory: a document of JSON ends
    before it can be understood. Raises BadLog where no log can be made of it."""
    try:
        document = msgspec.json.decode(content, type=_Document)
    except msgspec.ValidationError as error:
        raise BadLog("no_log", None, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadLog("json", None, str(error)) from None
    types = {named.name for named in document.object_types} | {o.type for o in document.objects}
    kind = _case_type(types, how)
    known = {one.id: one.type for one in document.objects}
    for event in document.events:
        related = [relation.object_id for relation in event.relationships]
        for missing in (one for one in related if one not in known):
            tell("unknown_object", event.id, missing)
        cases = [one for one in related if known.get(one) == kind]
        yield from _in_each(cases, (event.id, event.type, event.time), how, tell)


def read_ocel_sqlite(path: Path, how: How, tell: Tell) -> Iterator[LogEvent]:
    """The events of a database, in its order. It is only read. Raises BadLog as above."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            # What an outside file defines is never run.
            connection.execute("PRAGMA trusted_schema = OFF")
            yield from _of_database(connection, how, tell)
    except sqlite3.Error as error:
        raise BadLog("sqlite", None, str(error)) from None


def _of_database(connection: sqlite3.Connection, how: How, tell: Tell) -> Iterator[LogEvent]:
    tables = {name for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table'")}  # fmt: skip
    needed = {"event", "object", "event_object", "event_map_type"}
    if not needed <= tables:
        raise BadLog("no_log", None, ", ".join(sorted(needed - tables)))
    types = {str(kind) for (kind,) in connection.execute("SELECT DISTINCT ocel_type FROM object")}
    kind = _case_type(types, how)
    _gather_times(connection, tables)
    found = connection.execute(
        "SELECT e.ocel_id, e.ocel_type, t.ocel_time, o.ocel_id FROM event e"
        " LEFT JOIN taken t ON t.ocel_id = e.ocel_id"
        " LEFT JOIN event_object eo ON eo.ocel_event_id = e.ocel_id"
        " LEFT JOIN object o ON o.ocel_id = eo.ocel_object_id AND o.ocel_type = ?"
        " ORDER BY e.rowid, eo.rowid",
        (kind,),
    )
    for event, rows in groupby(found, key=itemgetter(0, 1, 2)):
        event_id, activity, time = ("" if one is None else str(one) for one in event)
        cases = [str(row[3]) for row in rows if row[3] is not None]
        yield from _in_each(cases, (event_id, activity, time), how, tell)


def _gather_times(connection: sqlite3.Connection, tables: set[str]) -> None:
    """The times of all events in one table, which lies beside the file: each type of event has a
    table of its own, and the order of the file is that of all events."""
    maps = list(connection.execute("SELECT ocel_type_map FROM event_map_type"))
    connection.execute("CREATE TEMP TABLE taken (ocel_id PRIMARY KEY, ocel_time) WITHOUT ROWID")
    for (mapped,) in maps:
        table = f"event_{mapped}"
        if table not in tables:
            raise BadLog("no_log", None, table)
        quoted = '"' + table.replace('"', '""') + '"'
        # The table is one that the database itself lists, and stands quoted.
        connection.execute(
            f"INSERT OR IGNORE INTO taken SELECT ocel_id, ocel_time FROM main.{quoted}"  # noqa: S608 - quoted
        )


def _case_type(types: set[str], how: How) -> str:
    if how.object_type:
        if how.object_type not in types:
            raise BadLog("no_type", None, f"{how.object_type}: {', '.join(sorted(types))}")
        return how.object_type
    if len(types) == 1:
        return next(iter(types))
    for known in CASE_TYPES:
        if known in types:
            return known
    raise BadLog("no_type", None, ", ".join(sorted(types)))


def _in_each(
    cases: Iterable[str], event: tuple[str, str, str], how: How, tell: Tell
) -> Iterator[LogEvent]:
    event_id, activity, written = event
    found = list(dict.fromkeys(cases))
    if not activity.strip():
        tell("no_activity", event_id, "")
        return
    if not found:
        tell("no_object", event_id, activity)
        return
    at = instant(written, how, event_id, tell)
    if at is None:
        return
    for case in found:
        if case.strip():
            yield LogEvent(case, activity, at, event_id)
        else:
            tell("no_case", event_id, activity)
