"""Publishing a calendar year, and everything that is reckoned anew because of it.

Open dates are reckoned anew as events, figures of decided cases in their rows. Whoever publishes
does it at once. What that leaves behind is made up for by the worker: if the machine stopped in
between, or if somebody else was deciding under the earlier calendar and wrote it down later.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Text, and_, cast, false, literal, or_, select

from permits.casework import commands as c
from permits.casework import figures
from permits.casework.access import TIMER
from permits.casework.case import Case
from permits.casework.dates import as_text
from permits.casework.envelope import only
from permits.casework.families.calendar import STREAM, YearPublished
from permits.casework.streams import read_event
from permits.casework.working_days import PublishedYear
from permits.services.following import made_of_each
from permits.services.office import Office
from permits.services.once import digest_source
from permits.services.resting import AT_ONCE, Rest, on_at_once, paced
from permits.services.shelf import Shelf
from permits.services.timers import ask
from permits.services.writer import Order
from permits.store import notes
from permits.store.caseload import upsert
from permits.store.database import Database
from permits.store.event_log import EventLog
from permits.store.measured_tables import case_facts
from permits.store.tables import case_row, idempotency, stream
from permits.store.totals import TotalsWriter

MARGIN = timedelta(minutes=10)
"""How long after a year was published a decision under the earlier calendar may be written down:
longer than a transaction may last and clocks may differ."""

FOLLOWED = "calendar that figures follow"
"""The note of the version of the calendar's stream under which every figure was made anew."""


class Loaded(msgspec.Struct, frozen=True):
    """Years that were new or changed, open cases whose dates changed, decided cases whose
    figures changed."""

    years: tuple[int, ...]
    recomputed: int
    figures: int


class Newest(NamedTuple):
    """The calendar as it was published last: the version of its stream, and when that was."""

    version: int
    published_at: datetime


def load(office: Office, years: tuple[PublishedYear, ...], *, actor: str) -> Loaded:
    """Publish years; reckon open clocks anew as events, and the figures of what they touch.

    Years that are published already are gone through all the same, so that whatever an earlier
    time did not come to is done now.
    """
    changed = office.shelf.load_years(years, actor=actor, now=office.now())
    newest = _newest(office.database)
    if newest is None:
        return Loaded(changed, 0, 0)
    figures = _follow(office, newest)
    if not changed:
        figures += _figures(office, or_(false(), *(_within(year.year) for year in years)))
    return Loaded(changed, _recompute(office, newest), figures)


def catch_up(office: Office, settled: int, rest: Rest = on_at_once) -> int:
    """Reckon anew what was still decided under an earlier calendar. The version of the calendar
    under which nothing is left to be done, `settled` being the last one that was found."""
    newest = _newest(office.database)
    if newest is None or newest.version == settled:
        return settled
    begun = office.now()
    _recompute(office, newest, rest)
    _follow(office, newest, rest)
    return newest.version if begun > newest.published_at + MARGIN else settled


def _newest(database: Database) -> Newest | None:
    log = EventLog(database.dialect)
    with database.read() as connection:
        head = log.heads(connection, [STREAM]).get(STREAM)
        if head is None:
            return None
        ((last, _body),) = log.read(connection, STREAM, head.version - 1)
    return Newest(last.seq, last.recorded_at)


def _recompute(office: Office, newest: Newest, rest: Rest = on_at_once) -> int:
    """Reckon the dates of open cases anew that were last decided before this calendar was
    published, or while it was; how many changed."""
    submit, pages = office.queue.submit, paced(_behind(office.database, newest), rest)
    return sum(ask(submit, [_order(newest, *row) for row in page]) for page in pages)


def _order(newest: Newest, case_id: str, version: int) -> Order:
    key = f"{_key(newest)}{case_id}/{version}"
    return Order(case_id, c.Recompute(), TIMER, key, digest_source(key))


def _key(newest: Newest) -> str:
    """How the keys of everything begin that is reckoned anew under this calendar. The key of a
    case ends with the version it was found in: it is gone through once as it stands."""
    return f"{STREAM}/{newest.version}/"


def _behind(database: Database, newest: Newest) -> Iterator[list[tuple[str, int]]]:
    """Open cases, with their versions, that have not been gone through under this calendar."""
    page = _page_behind(database, newest, "")
    while page:
        yield page
        page = _page_behind(database, newest, page[-1][0])


def _page_behind(database: Database, newest: Newest, after: str) -> list[tuple[str, int]]:
    until = as_text(newest.published_at + MARGIN)
    key = literal(_key(newest)) + case_row.c.case_id + "/" + cast(case_row.c.version, Text)
    gone_through = and_(idempotency.c.key == key, idempotency.c.actor == TIMER.id)
    query = (
        select(case_row.c.case_id, case_row.c.version)
        .outerjoin(idempotency, gone_through)
        .where(case_row.c.ended.is_(False), case_row.c.updated_at < until)
        .where(idempotency.c.key.is_(None), case_row.c.case_id > after)
        .order_by(case_row.c.case_id)
        .limit(AT_ONCE)
    )
    with database.read() as connection:
        return [(row.case_id, row.version) for row in connection.execute(query)]


def _follow(office: Office, newest: Newest, rest: Rest = on_at_once) -> int:
    """Make the figures anew of decided cases whose days were changed since the calendar that
    figures followed last. Once they follow this one it is noted, and all that is left are cases
    that were written down while it was published. How many changed."""
    followed = _followed(office.database)
    if followed >= newest.version:
        return _figures(office, _written_meanwhile(newest), rest)
    changed = _figures(office, _touched(office.database, followed), rest)
    with office.database.write() as connection:
        notes.put(connection, FOLLOWED, str(newest.version))
    return changed


def _followed(database: Database) -> int:
    with database.read() as connection:
        return int(notes.noted(connection, FOLLOWED) or "0")


def _written_meanwhile(newest: Newest) -> ColumnElement[bool]:
    since, until = as_text(newest.published_at - MARGIN), as_text(newest.published_at + MARGIN)
    written = case_row.c.updated_at
    return and_(case_facts.c.decided_on.is_not(None), written >= since, written < until)


def _touched(database: Database, followed: int) -> ColumnElement[bool]:
    """Cases with days in a year that was published after a version of the calendar, and not
    written since: those that were are reckoned with it."""
    with database.read() as connection:
        entries = EventLog(database.dialect).read(connection, STREAM, followed)
    touched: list[ColumnElement[bool]] = []
    told = ((envelope, read_event(envelope, body)) for envelope, body in entries)
    for envelope, event in only(YearPublished, told):
        until = as_text(envelope.recorded_at + MARGIN)
        touched.append(and_(_within(event.year.year), case_row.c.updated_at < until))
    return or_(false(), *touched)


def _within(year: int) -> ColumnElement[bool]:
    """Decided cases of whose days some lie in a year."""
    accepted, decided = case_facts.c.accepted_on, case_facts.c.decided_on
    return and_(accepted <= f"{year}-12-31", decided >= f"{year}-01-01")


def _figures(office: Office, which: ColumnElement[bool], rest: Rest = on_at_once) -> int:
    """Make the figures of cases anew, some at a time; how many changed."""
    pages = paced(_decided(office.database, which), rest)
    return sum(_made_anew(office, page) for page in pages)


def _decided(database: Database, which: ColumnElement[bool]) -> Iterator[list[str]]:
    page = _page_decided(database, which, "")
    while page:
        yield page
        page = _page_decided(database, which, page[-1])


def _page_decided(database: Database, which: ColumnElement[bool], after: str) -> list[str]:
    of_case = case_row.c.case_id == case_facts.c.case_id
    query = select(case_facts.c.case_id).join(case_row, of_case)
    query = query.where(which, case_facts.c.case_id > after)
    with database.read() as connection:
        found = connection.execute(query.order_by(case_facts.c.case_id).limit(AT_ONCE))
        return list(found.scalars())


def _made_anew(office: Office, case_ids: Sequence[str]) -> int:
    log = EventLog(office.database.dialect)
    with office.database.write() as connection:
        _hold(connection, case_ids)
        office.shelf.refresh(connection)
        these = select(case_facts).where(case_facts.c.case_id.in_(case_ids))
        stand = [dict(row) for row in connection.execute(these).mappings()]
        should = made_of_each(log, connection, case_ids, lambda case: _facts(office.shelf, case))
        rows = [(row, should.get(row["case_id"], row)) for row in stand]
        wrong = [now for row, now in rows if row != now]
        if wrong:
            totals = TotalsWriter(connection.dialect)
            with totals.following(connection, [str(row["case_id"]) for row in wrong]):
                connection.execute(upsert(case_facts, connection.dialect), wrong)
    return len(wrong)


def _hold(connection: Connection, case_ids: Sequence[str]) -> None:
    """Let nobody write to the cases meanwhile; on SQLite nobody can."""
    these = select(stream.c.id).where(stream.c.id.in_(case_ids)).order_by(stream.c.id)
    connection.execute(these.with_for_update()).all()


def _facts(shelf: Shelf, case: Case) -> dict[str, object]:
    row = figures.facts_row(case, shelf.edition(case.definition), shelf.calendar)
    made: dict[str, object] = msgspec.to_builtins(row)
    return made
