"""Twelve million events in a database: what they take, and what they do to whoever asks it."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from benchmarks import browsing, figuring
from benchmarks.growing import Grown
from benchmarks.lives import Life
from benchmarks.measure import Figure, interleaved, processor, stopwatch
from benchmarks.room import taken
from benchmarks.size import Size
from benchmarks.town import Town
from permits import settings as clock
from permits.analytics import parquet_export
from permits.analytics.choosing import Chosen
from permits.analytics.parquet import TABLES
from permits.casework.dates import day_of
from permits.services.office import Office
from permits.services.rebuild import check
from permits.store.database import Database
from permits.store.tables import case_row
from permits.store.totals import put_all

HOW = """\
SQLite. Cases of nine or ten events on average, cast from the shorter lives of the demonstration's
stories: each with an id, seals and a hash chain of its own, every event with its place in the one
log, and the rows of lists and figures; of its documents, letters and keys nothing. Only one permit
type is among them, so that its totals are few. What pages ask the database, and cases read whole
from their log, take turns with a small office of the same lives. `rebuild --check` holds all its
rows in memory: it is measured on the small office. *Processor* is what this process took."""

ROUNDS = 3
"""Overviews of so many cases take turns so often: from the rows each takes a good while."""


def figures(folder: Path, lives: list[Life], size: Size) -> Iterator[Figure]:
    """What the database takes, then overview, pages, cases, checking and export."""
    size = replace(size, large=size.standing, rounds=min(size.rounds, ROUNDS))
    small = Town(folder / "small", lives, size.small, whole=True)
    large = Town(folder / "large", lives, size.standing, whole=True)
    cases, events, seconds = large.filled
    yield Figure("Events", events, "")
    yield Figure("Cast, written and indexed", events / seconds, "events/s")
    for town in (small, large):
        with closing(town.open()) as work, work.database.alone() as connection:
            put_all(connection)
    yield from Grown(taken(large.open()), cases, events).figures()
    with closing(large.open()) as work:
        yield from figuring.compared(work.database, "SQLite", cases, size, _broken())
    yield from browsing.compared(small, large, size)
    yield from _cases(small, large, size)
    yield from _checked(small)
    with closing(large.open()) as work, tempfile.TemporaryDirectory(dir=folder) as target:
        yield from _exported(work, Path(target))
    shutil.rmtree(folder)


def _broken() -> Chosen:
    """A period among the dates of the crowd that begins and ends in the middle of a month."""
    today = day_of(clock.now())
    return Chosen(first=_middle(today - timedelta(300)), last=_middle(today - timedelta(60)))


def _middle(day: date) -> date:
    return day.replace(day=15)


def _cases(small: Town, large: Town, size: Size) -> Iterator[Figure]:
    """Events a second of cases that are read from their log and folded."""
    with closing(small.open()) as few, closing(large.open()) as many:
        works = {
            "few": partial(_read, few, _some(few, size.looks)),
            "many": partial(_read, many, _some(many, size.looks)),
        }
        spent = interleaved(works, size.rounds)
    yield Figure(
        f"An event of a case that is read from its log, of {size.standing:,} cases",
        spent["many"] * 1e6,
        "µs of processor",
        spent["many"] / spent["few"],
        f"of {size.small:,}",
    )


def _some(work: Office, count: int) -> list[str]:
    with work.database.read() as connection:
        every = connection.execute(select(case_row.c.case_id)).scalars().all()
    return random.Random(1).sample(every, min(count, len(every)))


def _read(work: Office, case_ids: list[str]) -> float:
    """Seconds of processor for each event."""
    events = 0
    with processor() as spent:
        for case_id in case_ids:
            record = work.cases.recorded(case_id)
            if record is None:
                raise SystemExit(f"{case_id} is not there")
            events += len(record.entries)
    return spent[0] / events


def _checked(town: Town) -> Iterator[Figure]:
    """Events a second of the log folded anew, and every row compared with what it says."""
    with closing(town.open()) as work, stopwatch() as seconds, processor() as spent:
        check(work.database)
    cases, events, _seconds = town.filled
    yield Figure(f"`rebuild --check` of {cases:,} cases", events / seconds[0], "events/s")
    yield Figure(
        f"`rebuild --check` of {cases:,} cases, an event",
        spent[0] / events * 1e6,
        "µs of processor",
    )


def _exported(work: Office, folder: Path) -> Iterator[Figure]:
    """Rows a second of an export of everything into an empty folder."""
    scanned = _scanned(work.database)
    with work.database.snapshot() as connection, stopwatch() as seconds, processor() as spent:
        done = parquet_export.export(connection, folder, work.shelf.calendar)
    yield Figure("Rows of figures exported to Parquet", done.rows, "")
    yield Figure(
        "Rows exported", done.rows / seconds[0], "/s", spent[0] / scanned, "processor of a driver"
    )
    size = sum(file.stat().st_size for file in folder.rglob("*.parquet"))
    yield Figure("Files of the export", size / 1e6, "MB")


def _scanned(database: Database) -> float:
    """Seconds of processor for the same rows, read by the driver alone."""
    with database.snapshot() as connection, processor() as spent:
        for kind in TABLES:
            columns = ", ".join(f'"{column.name}"' for column in kind.columns)
            for _row in _driver(connection).execute(f'SELECT {columns} FROM "{kind.table.name}"'):
                pass
    return spent[0]


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
