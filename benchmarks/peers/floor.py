"""The floor: what no workflow can do without. A case's row is read, a hash taken, a row of the
log written and the case's row set if nobody else did, durably. A third argument names another
module of SQLite than the one that comes with Python."""

import hashlib
import json
import sys
from typing import Any

from telling import STEPS, Timed, asked, connected, kept, tell

SHAPE = (
    "CREATE TABLE approval (id INTEGER PRIMARY KEY, version INTEGER, state TEXT, hash TEXT)",
    "CREATE TABLE log (approval INTEGER, version INTEGER, body TEXT, hash TEXT, "
    "PRIMARY KEY (approval, version)) WITHOUT ROWID",
)


def step(connection: Any, case: int, name: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    version, before = connection.execute(
        "SELECT version, hash FROM approval WHERE id = ?", (case,)
    ).fetchone()
    body = json.dumps({"step": name, "by": "officer", "at": "2026-06-09T02:00:00Z"})
    now = hashlib.sha256((before + body).encode()).hexdigest()
    connection.execute("INSERT INTO log VALUES (?, ?, ?, ?)", (case, version + 1, body, now))
    changed = connection.execute(
        "UPDATE approval SET version = ?, state = ?, hash = ? WHERE id = ? AND version = ?",
        (version + 1, name, now, case, version),
    )
    if changed.rowcount != 1:
        raise SystemExit("somebody else changed the case")
    connection.execute("COMMIT")


def main() -> None:
    folder, cases = asked()
    connection = connected(folder / "floor.db", *sys.argv[3:])
    for statement in SHAPE:
        connection.execute(statement)
    rows = [(case, 0, "", "") for case in range(cases)]
    connection.executemany("INSERT INTO approval VALUES (?, ?, ?, ?)", rows)
    timed = Timed()
    with timed.counted():
        for name in STEPS:
            for case in range(cases):
                step(connection, case, name)
    logged = connection.execute("SELECT count(*) FROM log").fetchone()[0]
    tell(cases, timed, logged, kept(lambda sql: connection.execute(sql).fetchone()[0]))


main()
