"""Puts a crowd of cases into a database that nobody uses meanwhile: row by row on SQLite, by COPY
on PostgreSQL, with the indexes made afterwards.

With `placed` every event has its place in the one log, with the hashes above it, as if it had been
given one while the office worked; what waits for a place in the office gets one after them. Each
case may be there several times: what is more than once is copied within the database, its rows
alone, under numbers of its own, which takes a tenth of the time.
"""

import time
from typing import Any, NamedTuple, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import Table

from benchmarks.crowd import Crowd, Rows, party
from benchmarks.lives import KEPT_UNDER
from permits.evidence.merkle import Growing
from permits.store import evidence_log
from permits.store.database import open_database, sqlite_library
from permits.store.evidence_tables import log_leaf, log_node
from permits.store.shape import metadata

PARTY = "INSERT INTO party (code, name) VALUES ({mark}, {mark}) ON CONFLICT (code) DO NOTHING"
TEXT = (
    "INSERT INTO signed_text (digest, content) VALUES ({mark}, {mark})"
    " ON CONFLICT (digest) DO NOTHING"
)


class Filled(NamedTuple):
    """How many cases and events were added, in how many seconds."""

    cases: int
    events: int
    seconds: float


def fill(url: str, crowd: Crowd, times: int = 1, *, placed: bool = False) -> Filled:
    """Add a crowd, each case of it so many times, to the database at `url`, which has the newest
    shape and no crowd yet."""
    began = time.perf_counter()
    places = _Places(_leaves(url)) if placed else None
    filling = _SQLite(url) if url.startswith("sqlite:") else _PostgreSQL(url)
    events = 0
    for rows in crowd.tables():
        events += len(rows["event"])
        filling.put(rows if places is None else rows | places.given(rows["event"]))
    for number in range(1, times):
        for table in LISTED:
            filling.do(_copied(table, number))
    filling.add(PARTY, [(party(n), f"示例建设单位{n}") for n in range(crowd.parties)])
    filling.add(TEXT, list(crowd.texts.items()))
    filling.finish()
    return Filled(crowd.count * times, events, time.perf_counter() - began)


LISTED = [table for table, column in KEPT_UNDER.items() if column == "case_id"]
"""The tables of which lists are made."""

CAST = "case/19"
"""How the ids of all cases of a crowd begin."""

ONCE = f"{CAST}000000"
"""How those begin that were cast; those of copies have their number in place of 0."""


def _copied(name: str, number: int) -> str:
    """What copies the rows of a table, those that were cast, under numbers of the copy's own."""
    columns = metadata.tables[name].columns.keys()
    own = {
        "case_id": f"'{CAST}{number:06x}' || SUBSTR(case_id, {len(ONCE) + 1})",
        "number": f"SUBSTR(number, 1, 5) || '{20250101 + number}' || SUBSTR(number, 14)",
    }
    names = ", ".join(f'"{one}"' for one in columns)
    taken = ", ".join(own.get(one, f'"{one}"') for one in columns)
    cast = f"SUBSTR(case_id, 1, {len(ONCE)}) = '{ONCE}'"
    return f'INSERT INTO "{name}" ({names}) SELECT {taken} FROM "{name}" WHERE {cast}'


def _leaves(url: str) -> list[bytes]:
    database = open_database(url)
    with database.read() as connection:
        found = [leaf.hash for leaf in evidence_log.all_leaves(connection)]
    database.close()
    return found


class _Places:
    """Gives events the places after those that have one."""

    def __init__(self, before: list[bytes]) -> None:
        self._tree = Growing()
        for leaf in before:
            self._tree.add(leaf)

    def given(self, events: list[list[Any]]) -> Rows:
        """The places of events, and the hashes that are whole with them."""
        leaves, nodes = [], []
        for stream, seq, *_, digest in events:
            leaves.append([self._tree.size, stream, seq, digest])
            made = self._tree.add(digest)
            nodes += [[place.level, place.number, found] for place, found in made]
        return {log_leaf.name: leaves, log_node.name: nodes}


class _Filling(Protocol):
    def put(self, rows: Rows) -> None: ...

    def do(self, statement: str) -> None: ...

    def add(self, statement: str, rows: list[tuple[str, Any]]) -> None: ...

    def finish(self) -> None: ...


class _SQLite(_Filling):
    def __init__(self, url: str) -> None:
        path = url.removeprefix("sqlite:///")
        self._connection = sqlite_library().connect(path, isolation_level=None)
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("PRAGMA cache_size=-262144")
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        self._indexes = self._connection.execute(made).fetchall()
        for name, _sql in self._indexes:
            self._connection.execute(f"DROP INDEX {name}")

    def put(self, rows: Rows) -> None:
        self._connection.execute("BEGIN")
        for table, some in rows.items():
            if some:
                marks = ", ".join("?" for _ in some[0])
                self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", some)
        self._connection.execute("COMMIT")

    def do(self, statement: str) -> None:
        self._connection.execute(statement)

    def add(self, statement: str, rows: list[tuple[str, Any]]) -> None:
        self._connection.executemany(statement.format(mark="?"), rows)

    def finish(self) -> None:
        for _name, made in self._indexes:
            self._connection.execute(made)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()


class _PostgreSQL(_Filling):
    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute("SET synchronous_commit = off")
        self._connection.execute("SET maintenance_work_mem = '256MB'")
        self._indexes = self._connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        ).fetchall()
        for name, _made in self._indexes:
            self._connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))

    def put(self, rows: Rows) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            for table, some in rows.items():
                if some:
                    self._copy(cursor, metadata.tables[table], some)

    def do(self, statement: str) -> None:
        self._connection.execute(sql.SQL(statement))

    def _copy(self, cursor: psycopg.Cursor, table: Table, rows: list[list[Any]]) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, table.columns.keys()))
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
        with cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def add(self, statement: str, rows: list[tuple[str, Any]]) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(statement.format(mark="%s"), rows)

    def finish(self) -> None:
        for _name, made in self._indexes:
            self._connection.execute(made)
        self._connection.execute("ANALYZE")
        self._connection.close()
