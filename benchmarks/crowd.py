"""Very many cases, cast from a few that were really lived through.

Each has an id, number, party, department and seals of its own. Its dates, in the log and in the
rows alike, are those of its model moved by whole weeks; its log has a right hash chain and its
seals open. Beyond so many cases, `LOGS` unless something else is said, only the rows are cast,
because lists read nothing else, except for the `BIG` parties, whose pages are looked at.
"""

import random
import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from benchmarks.lives import KEPT_UNDER, Life
from permits.casework.envelope import GENESIS, chained
from permits.casework.identifiers import credit_check_digit
from permits.casework.seals import SALT_BYTES, seal

LOGS = 100_000
AT_ONCE = 2_000
OPEN_SHARE = 0.15
"""Of the cases this share is open; the others have reached their end."""
CASES_A_PARTY = 50
EVENTS = 12
"""Of a case at most on average, where a crowd is cast of short lives (`shorter`)."""

ROOMS = (
    ("planning_bureau", "planning"),
    ("planning_bureau", "roads"),
    ("water_bureau", "planning"),
    ("water_bureau", "drainage"),
    ("park_bureau", "green"),
    ("transport_bureau", "roads"),
)

Slots = tuple[tuple[int, str], ...]

Rows = dict[str, list[list[Any]]]
"""Rows by table, each in the order of the table's columns."""


@cache
def party(number: int) -> str:
    """A credit code with a right check digit that no register gives out."""
    first = f"9241017201{number:07d}"
    return first + credit_check_digit(first)


BIG = frozenset(party(number) for number in range(8))
"""Those with the most cases. Whatever their pages read is there."""


def logged(number: str, party: str, logs: int = LOGS) -> bool:
    """Whether a case of the crowd has a log, so that its page can be looked at."""
    return int(number.rpartition("-")[2]) < logs or party in BIG


def shorter(lives: list[Life], mean: float) -> list[Life]:
    """Those with the fewest events, of the open and of the ended as many as have so many on
    average; never fewer than one."""
    return [
        life
        for ended in (False, True)
        for life in _fewest([one for one in lives if one.ended is ended], mean)
    ]


def _fewest(lives: list[Life], mean: float) -> list[Life]:
    lives = sorted(lives, key=lambda life: len(life.rows["event"]))
    events = list(accumulate(len(life.rows["event"]) for life in lives))
    most = max((n for n, some in enumerate(events, 1) if some / n <= mean), default=1)
    return lives[:most]


class Crowd:
    """Casts cases, the same each time for the same count and day."""

    def __init__(self, lives: list[Life], count: int, today: date, logs: int = LOGS) -> None:
        self.count, self.logs = count, logs
        self.parties = max(16, count // CASES_A_PARTY)
        self.texts: dict[str, bytes] = {}
        """What was signed in the logs that were cast, by its digest."""
        self._open = [life for life in lives if not life.ended]
        self._ended = [life for life in lives if life.ended]
        self._chance = random.Random(count)
        self._today = today
        self._moulds: dict[tuple[str, int], Mould] = {}

    def tables(self) -> Iterator[Rows]:
        """The rows of all cases, some cases at a time."""
        for first in range(0, self.count, AT_ONCE):
            yield self._rows(first, min(first + AT_ONCE, self.count))

    def _rows(self, first: int, last: int) -> Rows:
        tables: Rows = {table: [] for table in ("stream", *KEPT_UNDER)}
        for number in range(first, last):
            values = self._values(number)
            has_log = logged(values["number"], values["party"], self.logs)
            mould = self._mould()
            mould.cast(values, tables, logged=has_log)
            if has_log:
                self.texts |= mould.texts
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
        self.texts = life.texts
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
            table: [_slotted(one, column, weeks) for one in life.rows[table]]
            for table, column in KEPT_UNDER.items()
            if column == "case_id"
        }
        self._uploads = [_slotted(one, "place", weeks) for one in life.rows["upload"]]

    def cast(self, values: dict[str, Any], tables: Rows, *, logged: bool) -> None:
        """Add the rows of a case."""
        for table, rows in self._plain.items():
            tables[table] += [_cast(row, slots, values) for row, slots in rows]
        if logged:
            self._cast_log(values, tables)

    def _cast_log(self, values: dict[str, Any], tables: Rows) -> None:
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
