"""The figures as they were known at the end of a past day.

What was recorded until then is folded anew, under the calendar that was published then, into a
database of its own with the tables that figures are counted in, and their totals; the same queries
are asked there. Of a past day nothing is ever recorded any more, so what was made once is kept for
a while. Cases in which nothing was recorded since are taken over as they stand, unless the
calendar was changed.
"""

import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, insert, select
from sqlalchemy.pool import NullPool

from permits.casework.dates import BEIJING, as_text
from permits.casework.envelope import Envelope
from permits.casework.families import calendar
from permits.casework.streams import read_event
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition, edition
from permits.services.derived import Made
from permits.store import published
from permits.store.database import Database, sqlite_library
from permits.store.event_log import EventLog
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.people_tables import party
from permits.store.pile_tables import opinion_row
from permits.store.shape import metadata
from permits.store.tables import case_row
from permits.store.total_tables import figure_group, figure_total
from permits.store.totals import put_all

TABLES = (case_row, case_facts, case_term, case_duty, case_fee, interval, opinion_row)
"""What figures are counted in, of each case."""

TOTALS = (figure_group, figure_total)
"""How many of those rows are alike: made of them once they all stand."""

MOST_KEPT = 4
"""Days of which what was known is kept at hand."""

AT_ONCE = 200


Row = TypeVar("Row")


class Past:
    """What was known at the end of a day: a database to ask, and the calendar of then."""

    def __init__(self, folder: Path, calendar: WorkingDays) -> None:
        self.calendar = calendar
        self._folder = folder
        self._engine = _engine(folder)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    def drop(self) -> None:
        """Let go of it, once nobody asks it any more."""
        self._engine.dispose()
        shutil.rmtree(self._folder, ignore_errors=True)


class KnownFigures:
    """Past days as they were known. Several may ask at once; each day is made once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._making = threading.Lock()
        self._kept: OrderedDict[date, Past] = OrderedDict()

    @contextmanager
    def at_the_end_of(self, day: date) -> Iterator[Past]:
        """What was known at the end of a day that is over. What is being asked is not let go."""
        with self._making:
            past = self._kept.pop(day, None) or made(self._database, day)
            self._kept[day] = past
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)[1].drop()
            yield past

    def close(self) -> None:
        with self._making:
            while self._kept:
                self._kept.popitem()[1].drop()


def end_of(day: date) -> datetime:
    """The first instant after a day in Beijing."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING)


def made(database: Database, day: date) -> Past:
    """Make what was known at the end of a day. Altered if a published definition is not what it
    was. Every case is folded whose record went on since; all of them if the calendar did."""
    folder = Path(tempfile.mkdtemp(prefix="permits-known-"))
    try:
        engine = _engine(folder)
        with database.snapshot() as connection, engine.begin() as past:
            metadata.create_all(past, tables=[*TABLES, *TOTALS, party])
            days, changed = _calendar(connection, database, end_of(day))
            before = as_text(end_of(day))
            since = case_row.c.updated_at >= before
            if not changed:
                _take_over(connection, past, before)
            moved = select(case_row.c.case_id).order_by(case_row.c.case_id)
            ids = connection.execute(moved if changed else moved.where(since)).scalars().all()
            then = _Then(database, days, end_of(day))
            editions = _Editions(connection)
            for some in _some(ids, AT_ONCE):
                made = Made()
                made.calendar, made.editions = days, editions
                _fold(connection, made, then, some)
                for table in TABLES:
                    _fill(past, table, made.rows[table.name].values())
            put_all(past)
            _fill(past, party, connection.execute(select(party)).mappings())
        engine.dispose()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Past(folder, days)


class _Then:
    """The log up to an instant, and the calendar of then."""

    def __init__(self, database: Database, days: WorkingDays, until: datetime) -> None:
        self.log = EventLog(database.dialect)
        self.days = days
        self.until = until

    def of(self, entries: Iterable[tuple[Envelope, bytes]]) -> list[tuple[Envelope, Any]]:
        return [(e, read_event(e, body)) for e, body in entries if e.recorded_at < self.until]


def _calendar(
    connection: Connection, database: Database, until: datetime
) -> tuple[WorkingDays, bool]:
    """The calendar as it was published until then, and whether it has been changed since."""
    then = _Then(database, WorkingDays(()), until)
    entries = list(then.log.read(connection, calendar.STREAM))
    known = then.of(entries)
    made = Made()
    made.years(known)
    return made.calendar, len(known) < len(entries)


def _take_over(connection: Connection, past: Connection, before: str) -> None:
    """The rows of cases in which nothing was recorded since, as they stand."""
    same = select(case_row.c.case_id).where(case_row.c.updated_at < before)
    for table in TABLES:
        rows = connection.execute(select(table).where(table.c.case_id.in_(same))).mappings()
        _fill(past, table, rows)


def _fold(connection: Connection, made: Made, then: _Then, ids: Sequence[str]) -> None:
    """The rows of cases from what was recorded of them until then; none before they were filed."""
    for stream, entries in then.log.read_each(connection, ids).items():
        known = then.of(entries)
        if known:
            made.stream(stream, known)


class _Editions(dict[str, Edition]):
    """Published definitions by their digest, each read and compiled when it is first wanted."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, digest: str) -> Edition:
        content = published.content(self._connection, digest)
        if content is None:
            raise published.Altered(digest)
        self[digest] = edition(content, digest)
        return self[digest]


def _fill(past: Connection, table: Table, rows: Iterable[Any]) -> None:
    for some in _some(rows, AT_ONCE):
        past.execute(insert(table), [dict(row) for row in some])


def _some(found: Iterable[Row], most: int) -> Iterator[list[Row]]:
    rest = iter(found)
    while some := list(islice(rest, most)):
        yield some


def _engine(folder: Path) -> Engine:
    url = f"sqlite:///{folder / 'known.db'}"
    return create_engine(url, module=sqlite_library(), poolclass=NullPool)
