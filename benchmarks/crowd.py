"""Fills a database with very many cases, cast from a few that were really lived through.

Each has an id, number, party, department and seals of its own. Its dates, in the log and in the
rows alike, are those of its model moved by whole weeks; its log has a right hash chain and its
seals open. Beyond `LOGS` cases only the rows are written, because lists read nothing else, except
for the `BIG` parties, whose pages are looked at.
"""

import random
import re
import sqlite3
import uuid
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.lives import KEPT_UNDER, Life
from permits.casework.envelope import GENESIS, chained
from permits.casework.identifiers import credit_check_digit
from permits.casework.seals import SALT_BYTES, seal
from permits.store.database import sqlite_library

LOGS = 100_000
AT_ONCE = 2_000
OPEN_SHARE = 0.15
"""Of the cases this share is open; the others have reached their end."""
CASES_A_PARTY = 50

ROOMS = (
    ("planning_bureau", "planning"),
    ("planning_bureau", "roads"),
    ("water_bureau", "planning"),
    ("water_bureau", "drainage"),
    ("park_bureau", "green"),
    ("transport_bureau", "roads"),
)

Slots = tuple[tuple[int, str], ...]


@cache
def party(number: int) -> str:
    """A credit code with a right check digit that no register gives out."""
    first = f"9241017201{number:07d}"
    return first + credit_check_digit(first)


BIG = frozenset(party(number) for number in range(8))
"""Those with the most cases. Whatever their pages read is there."""


def logged(number: str, party: str) -> bool:
    """Whether a case of the crowd has a log, so that its page can be looked at."""
    return int(number.rpartition("-")[2]) < LOGS or party in BIG


def fill(path: Path, lives: list[Life], count: int, today: date) -> None:
    """Add `count` cases to a SQLite file that nobody has open."""
    connection = sqlite_library().connect(str(path), isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-262144")
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    indexes = connection.execute(made).fetchall()
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    crowd = Crowd(lives, count, today)
    for start in range(0, count, AT_ONCE):
        _insert(connection, crowd.rows(start, min(start + AT_ONCE, count)))
    parties = [(party(n), f"示例建设单位{n}") for n in range(crowd.parties)]
    connection.executemany("INSERT OR IGNORE INTO party (code, name) VALUES (?, ?)", parties)
    for _name, sql in indexes:
        connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _insert(connection: sqlite3.Connection, tables: dict[str, list[list[Any]]]) -> None:
    connection.execute("BEGIN")
    for table, rows in tables.items():
        if rows:
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    connection.execute("COMMIT")


class Crowd:
    """Casts cases, the same each time for the same count and day."""

    def __init__(self, lives: list[Life], count: int, today: date) -> None:
        self.parties = max(16, count // CASES_A_PARTY)
        self._open = [life for life in lives if not life.ended]
        self._ended = [life for life in lives if life.ended]
        self._chance = random.Random(count)
        self._today = today
        self._moulds: dict[tuple[str, int], Mould] = {}

    def rows(self, first: int, last: int) -> dict[str, list[list[Any]]]:
        """The rows of cases from one number up to another, by table."""
        tables: dict[str, list[list[Any]]] = {table: [] for table in ("stream", *KEPT_UNDER)}
        for number in range(first, last):
            values = self._values(number)
            self._mould().cast(values, tables, logged=logged(values["number"], values["party"]))
        return tables

    def _mould(self) -> "Mould":
        """A life moved to where it ends some weeks ago: long ago if it is over, else lately."""
        chance = self._chance
        if chance.random() < OPEN_SHARE:
            life = chance.choice(self._open)
            most = 20 if life.rows["case_row"][0]["state"] == "in_force" else 4
        else:
            life, most = chance.choice(self._ended), 52
        weeks = (self._today - life.stood_on).days // 7 - chance.randrange(most)
        if (life.case_id, weeks) not in self._moulds:
            self._moulds[life.case_id, weeks] = Mould(life, weeks)
        return self._moulds[life.case_id, weeks]

    def _values(self, number: int) -> dict[str, Any]:
        chance = self._chance
        room = ROOMS[0] if chance.random() < 0.3 else chance.choice(ROOMS[1:])
        index = int(self.parties * chance.random() ** 2)
        unique = uuid.UUID(int=((0x19 << 56) + number << 64) | chance.getrandbits(64))
        return {
            "case": f"case/{unique}",
            "number": f"GXGH-20250101-{number:07d}",
            "party": party(index),
            "authority": room[0],
            "department": room[1],
        }


class Mould:
    """A life with its dates moved and places left open for what each case has of its own."""

    def __init__(self, life: Life, weeks: int) -> None:
        row = life.rows["case_row"][0]
        self._sealed = life.rows["sealed_value"]
        own = {
            life.case_id: "case",
            row["number"]: "number",
            row["party"]: "party",
            f'"authority":"{row["authority"]}"': "authority_",
            f'"department":"{row["department"]}"': "department_",
            **{one["seal"]: f"seal{n}" for n, one in enumerate(self._sealed)},
        }
        self._records = [
            (one, _opened(_moved(bytes(one["record"]).decode(), weeks), own))
            for one in life.rows["event"]
        ]
        self._plain = {
            table: [_slotted(one, KEPT_UNDER[table], weeks) for one in life.rows[table]]
            for table in ("case_row", "waiting_row", "case_facts", "due_row", "interval")
        }
        self._uploads = [_slotted(one, "place", weeks) for one in life.rows["upload"]]

    def cast(
        self, values: dict[str, Any], tables: dict[str, list[list[Any]]], *, logged: bool
    ) -> None:
        """Add the rows of a case."""
        for table, rows in self._plain.items():
            tables[table] += [_cast(row, slots, values) for row, slots in rows]
        if logged:
            self._cast_log(values, tables)

    def _cast_log(self, values: dict[str, Any], tables: dict[str, list[list[Any]]]) -> None:
        case = values["case"]
        inside = {
            **values,
            "authority_": f'"authority":"{values["authority"]}"',
            "department_": f'"department":"{values["department"]}"',
        }
        salts = random.Random(case)
        for n, one in enumerate(self._sealed):
            salt = salts.randbytes(SALT_BYTES)
            inside[f"seal{n}"] = seal(salt, one["value"])
            own = {"seal": inside[f"seal{n}"], "stream": case, "salt": salt}
            tables["sealed_value"].append(list((one | own).values()))
        head = GENESIS
        for one, text in self._records:
            record = (text % inside).encode()
            head = chained(head, record)
            tables["event"].append([case, one["seq"], one["id"], one["type"], record, head])
        tables["stream"].append([case, len(self._records), head])
        for n, (row, slots) in enumerate(self._uploads):
            tables["upload"].append([f"{case[5:]}/{n}", *_cast(row, slots, values)[1:]])


def _opened(text: str, own: dict[str, str]) -> str:
    """A record with a place left open wherever something of the case's own stands."""
    names = re.compile("|".join(map(re.escape, own)))
    return names.sub(lambda found: f"%({own[found[0]]})s", text.replace("%", "%%"))


def _slotted(row: dict[str, Any], case: str, weeks: int) -> tuple[list[Any], Slots]:
    """A row with its dates moved, and which of its columns each case has of its own."""
    own = {case: "case", **{name: name for name in OWN}}
    slots = tuple((place, own[name]) for place, name in enumerate(row) if name in own)
    return [_moved(v, weeks) if isinstance(v, str) else v for v in row.values()], slots


OWN = ("number", "party", "authority", "department")


def _cast(row: list[Any], slots: Slots, values: dict[str, Any]) -> list[Any]:
    cast = row.copy()
    for place, name in slots:
        cast[place] = values[name]
    return cast


_DAY = re.compile(r"\b20\d\d-\d\d-\d\d")


def _moved(text: str, weeks: int) -> str:
    """A text with every day in it moved."""
    return _DAY.sub(lambda found: _later(found[0], weeks), text)


@cache
def _later(day: str, weeks: int) -> str:
    return (date.fromisoformat(day) + timedelta(weeks=weeks)).isoformat()
