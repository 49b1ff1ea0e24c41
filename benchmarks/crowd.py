"""Fills a database with very many cases, cloned from a few that were really lived through.

Each clone has an id, number and party of its own, a whole log with a right hash chain, and its
rows. Dates in the rows of open cases are spread, so that lists have something to sort.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect

from benchmarks.cases import DAY, office, order, story
from permits.casework.envelope import GENESIS, chained
from permits.services.office import Office
from permits.services.writer import Writer
from permits.store.database import sqlite_library

OPEN_SHARE = 0.15
"""Of the clones this share is open; the others have reached their end."""


def lived(work: Office) -> tuple[list[str], list[str]]:
    """Templates: cases that are open, one for each step, and one that has ended."""
    writer = Writer(work.database, work.shelf, work.now)
    open_, ended = [], []
    for steps in (1, 2, 2, 3, 5, len(story())):
        case_id = f"case/{uuid.uuid4()}"
        writer.write([order(case_id, actor, c) for _name, actor, c in story()[:steps]])
        (ended if steps == len(story()) else open_).append(case_id)
    return open_, ended


def filled(folder: Path, count: int) -> Office:
    """An office with `count` cases in a SQLite file."""
    work = office(folder)
    open_, ended = lived(work)
    path = work.settings.data / "permits.db"
    connection = sqlite_library().connect(str(path), isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    tables = {t: _columns(path, t) for t in ("case_row", "case_facts", "due_row", "interval")}
    templates = {c: _template(connection, c, tables) for c in (*open_, *ended)}
    chance = random.Random(count)
    for start in range(0, count, 5_000):
        connection.execute("BEGIN")
        for number in range(start, min(start + 5_000, count)):
            chosen = chance.choice(open_ if chance.random() < OPEN_SHARE else ended)
            _clone(connection, templates[chosen], chosen, number, chance)
        connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return work


def _columns(path: Path, table: str) -> list[str]:
    engine = create_engine(f"sqlite:///{path}")
    names = [column["name"] for column in inspect(engine).get_columns(table)]
    engine.dispose()
    return names


def _template(connection: Any, case_id: str, tables: dict[str, list[str]]) -> dict[str, Any]:
    def rows(query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(query, (case_id,)).fetchall()]

    events = rows("SELECT seq, id, type, record FROM event WHERE stream = ? ORDER BY seq")
    return {
        "events": events,
        "rows": {
            name: (columns, rows(f"SELECT {', '.join(columns)} FROM {name} WHERE case_id = ?"))
            for name, columns in tables.items()
        },
    }


def _clone(
    connection: Any, template: dict[str, Any], old: str, number: int, chance: random.Random
) -> None:
    new = f"case/{uuid.UUID(int=chance.getrandbits(128), version=4)}"
    head = GENESIS
    entries = []
    for seq, _id, kind, record in template["events"]:
        changed = bytes(record).replace(old.encode(), new.encode())
        head = chained(head, changed)
        entries.append((new, seq, f"{new}-{seq}", kind, changed, head))
    connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", entries)
    connection.execute("INSERT INTO stream VALUES (?, ?, ?)", (new, len(entries), head))
    days = chance.randrange(-20, 60)
    for table, (columns, rows) in template["rows"].items():
        for row in rows:
            values = dict(zip(columns, row, strict=True), case_id=new)
            values |= dict(_own(table, values, number, days))
            marks = ", ".join("?" for _ in columns)
            connection.execute(
                f"INSERT INTO {table} VALUES ({marks})", [values[c] for c in columns]
            )


def _own(table: str, values: dict[str, Any], number: int, days: int) -> Iterator[tuple[str, Any]]:
    """What differs from clone to clone besides the id."""
    if table in ("case_row", "case_facts"):
        yield "number", f"GXGH-20260609-{number:07d}"
    if table == "case_row":
        yield "updated_at", f"2026-06-09T02:00:{number % 60:02d}.{number % 1_000_000:06d}+00:00"
        if values["due_on"] is not None:
            due = (DAY + timedelta(days=days)).isoformat()
            yield from (("due_on", due), ("sort_on", due), ("warn_on", due))
        if values["published_on"] is not None:
            yield "published_on", (DAY - timedelta(days=number % 365)).isoformat()
