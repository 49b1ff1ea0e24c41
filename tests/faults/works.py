"""What is written while something fails, and what is held against the record afterwards.

Lives of cases are filed, accepted and granted, each step an order under a key of its own. Every
order is noted with what whoever asked was told. Afterwards the record must hold every order that
was told as done, once and whole; none that was told as not done; and whatever it holds of those
that got no answer must be whole as well.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from permits.casework import commands as c
from permits.casework.refusals import Refused
from permits.services.shelf import Shelf
from permits.services.writer import Answer, Done, Order, Writer
from permits.store.condition import Unsure
from permits.store.database import Database, open_database, sqlite_library
from tests.definitions.shipped import resolved
from tests.kit import APPLICANT, WINDOW, beijing, filing, plan_exempt, years

NOW = beijing("2022-06-09")
STEPS = (c.TakeAction("accept"), c.TakeAction("grant_on_the_spot"))


def furnish(url: str) -> None:
    """The calendar and one permit type, in an empty database."""
    database = open_database(url)
    shelf = Shelf(database, lambda: NOW)
    shelf.load_years(tuple(y for y in years() if y.year in (2022, 2023)), actor="setup", now=NOW)
    shelf.publish(resolved(), actor="setup", now=NOW)
    database.close()


def furnished(folder: Path) -> Path:
    """A SQLite file with that, and no journal beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "furnished.db"
    furnish(f"sqlite:///{path}")
    database = open_database(f"sqlite:///{path}")
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


def written_by(database: Database) -> Writer:
    return Writer(database, Shelf(database, lambda: NOW), lambda: NOW)


def life(name: str) -> list[Order]:
    """The orders of one case, from its application to the grant."""
    case, permit = f"case/{name}", "plan_exempt"
    file = Order(case, filing(plan_exempt()), APPLICANT, f"{name}/0", b"filed", permit=permit)
    acts = [
        Order(case, step, WINDOW, f"{name}/{number}", b"acted")
        for number, step in enumerate(STEPS, 1)
    ]
    return [file, *acts]


def lives(chance: random.Random, name: str, most: int = 6) -> Iterator[list[Order]]:
    """Batches of orders without end: of several cases at a time, each case one step a batch."""
    waiting: list[list[Order]] = []
    number = 0
    while True:
        for _ in range(chance.randint(1, most) - len(waiting)):
            waiting.append(life(f"{name}-{number}"))
            number += 1
        yield [case.pop(0) for case in waiting]
        waiting = [case for case in waiting if case]


@dataclass
class Ledger:
    """What was asked and told. What is only asked may have been kept or not."""

    asked: dict[str, str] = field(default_factory=dict)
    done: dict[str, Done] = field(default_factory=dict)
    denied: set[str] = field(default_factory=set)

    def ask(self, orders: Sequence[Order]) -> None:
        for one in orders:
            self.asked[one.key] = one.case_id
            self.denied.discard(one.key)

    def told(self, orders: Sequence[Order], answers: Sequence[Answer | Exception]) -> None:
        for order, answer in zip(orders, answers, strict=True):
            if isinstance(answer, Done):
                self.done[order.key] = answer
            elif isinstance(answer, Refused) or not isinstance(answer, Unsure):
                self.denied.add(order.key)


class Verdict(msgspec.Struct, frozen=True):
    """How the record stands against what was told: orders `lost` though told as done, `doubled`,
    `denied` though kept, kept by `half`; `found` are those that were kept without an answer."""

    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    found: int = 0

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.denied or self.half)

    @property
    def why(self) -> str:
        """What is wrong, in a line."""
        parts = {"lost": self.lost, "doubled": self.doubled, "denied yet kept": self.denied,
                 "half": self.half}  # fmt: skip
        return "; ".join(f"{len(at)} {name}: {at[0]}" for name, at in parts.items() if at)


class Kept(msgspec.Struct, frozen=True):
    """What is in the record: the answer under each key, the newest version of each stream by its
    head and by its events, how many applications each has, and the versions of rows of lists."""

    answers: dict[str, Done]
    heads: dict[str, int]
    events: dict[str, tuple[int, int]]
    filed: dict[str, int]
    rows: dict[str, int]


QUERIES = {
    "answers": "SELECT key, answer FROM idempotency",
    "heads": "SELECT id, version FROM stream WHERE SUBSTR(id, 1, 5) = 'case/'",
    "events": "SELECT stream, COUNT(*), MAX(seq) FROM event WHERE SUBSTR(stream, 1, 5) = 'case/'"
    " GROUP BY stream",
    "filed": "SELECT stream, COUNT(*) FROM event WHERE type = 'Filed' GROUP BY stream",
    "rows": "SELECT case_id, version FROM case_row",
}
_done = msgspec.json.Decoder(Done)


def kept(found: dict[str, list[Any]]) -> Kept:
    return Kept(
        {key: _done.decode(bytes(answer)) for key, answer in found["answers"]},
        dict(map(tuple, found["heads"])),
        {row[0]: (row[1], row[2]) for row in found["events"]},
        dict(map(tuple, found["filed"])),
        dict(map(tuple, found["rows"])),
    )


def kept_in(database: Database) -> Kept:
    with database.read() as connection:
        found = {n: list(connection.exec_driver_sql(q)) for n, q in QUERIES.items()}
    return kept({name: [tuple(row) for row in rows] for name, rows in found.items()})


def kept_in_file(path: Path) -> Kept | str:
    """What a SQLite file holds once it was recovered; in words, if it is damaged."""
    library = sqlite_library()
    connection = library.connect(path)
    try:
        (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
        if whole != "ok":
            return str(whole)
        return kept({n: connection.execute(q).fetchall() for n, q in QUERIES.items()})
    except library.Error as error:
        return str(error)
    finally:
        connection.close()


def judged(ledger: Ledger, held: Kept) -> Verdict:
    """What was told held against what is there."""
    lost = [key for key, done in ledger.done.items() if not _is_kept(held, key, done)]
    by_case = Counter(ledger.asked[key] for key in held.answers if key in ledger.asked)
    newest: dict[str, int] = {}
    for done in held.answers.values():
        newest[done.case_id] = max(newest.get(done.case_id, 0), done.version)
    half = [
        case
        for case in {*held.heads, *held.events, *held.rows, *newest}
        if not (
            held.heads.get(case)
            == held.rows.get(case)
            == newest.get(case)
            == held.events.get(case, (0, 0))[0]
            == held.events.get(case, (0, 0))[1]
        )
    ]
    doubled = [case for case, times in held.filed.items() if times > 1]
    doubled += [case for case, times in by_case.items() if times > len(STEPS) + 1]
    denied = [key for key in ledger.denied if key in held.answers]
    told = ledger.done.keys() | ledger.denied
    found = sum(key in ledger.asked and key not in told for key in held.answers)
    return Verdict(tuple(lost), tuple(doubled), tuple(denied), tuple(half), found)


def _is_kept(held: Kept, key: str, done: Done) -> bool:
    return held.answers.get(key) == done and held.heads.get(done.case_id, 0) >= done.version
