"""What publishing years would change: days of the calendar, and the dates of open cases.

Nothing is written, and no case is named: how many dates of which kind would move, and how far, is
all that whoever publishes a calendar has to know.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from permits.casework import commands as c
from permits.casework.access import TIMER
from permits.casework.case import Case
from permits.casework.decide import decide
from permits.casework.refusals import Refused
from permits.casework.working_days import DayKind, PublishedYear, Why, WorkingDays
from permits.definitions.schema import Definition, Text
from permits.services.cases import Cases
from permits.services.following import made_of_each
from permits.services.shelf import Shelf
from permits.store import open_cases
from permits.store.database import Database
from permits.store.event_log import EventLog

MOST_CASES = 2_000
AT_ONCE = 200


class ChangedDay(NamedTuple):
    """A day that is not what it was."""

    was: Why
    now: Why


class Moved(NamedTuple):
    """Open dates of one kind that would be others: how many, of which some get a date that no
    longer is provisional, and how far the first and the last of them move, in days."""

    permit: Text
    title: Text
    dates: int
    settled: int
    earliest: int
    latest: int


class Preview(NamedTuple):
    """What would change. Of an office with very many open cases only some were looked at."""

    days: tuple[ChangedDay, ...]
    moved: tuple[Moved, ...]
    looked_at: int
    open_cases: int


def preview(
    database: Database, shelf: Shelf, cases: Cases, years: Sequence[PublishedYear]
) -> Preview:
    """What publishing these years would change today. A case that cannot be followed is not
    looked at."""
    before = after = shelf.calendar
    for year in years:
        after = after.with_year(year)
    log = EventLog(database.dialect)
    tally = _Tally()
    last, looked_at, number = "", 0, 0
    while looked_at < MOST_CASES:
        with database.read() as connection:
            page = open_cases.after(connection, last, AT_ONCE)
            open_now = made_of_each(log, connection, page, lambda case: case)
            number = open_cases.count(connection)
        if not page:
            break
        last, looked_at = page[-1], looked_at + len(open_now)
        for case in open_now.values():
            tally.add(case, _under(cases, case, after), cases.edition(case).definition)
    return Preview(_days(before, after, years), tally.lines(), looked_at, number)


def _days(
    before: WorkingDays, after: WorkingDays, years: Sequence[PublishedYear]
) -> tuple[ChangedDay, ...]:
    """The days that differ; of a year that was not published, those that leave the week."""
    found = []
    for year in years:
        days = {special.day for special in (*year.off, *year.work)}
        if before.knows(date(year.year, 1, 1)):
            known = next(one for one in before.years if one.year == year.year)
            days |= {special.day for special in (*known.off, *known.work)}
        for day in sorted(days):
            was, now = before.why(day), after.why(day)
            if was != now and now.kind is not DayKind.YEAR_NOT_PUBLISHED:
                found.append(ChangedDay(was, now))
    return tuple(found)


def _under(cases: Cases, case: Case, calendar: WorkingDays) -> Case:
    """The case as it would be under a calendar."""
    desk = replace(cases.desk(case, TIMER), calendar=calendar)
    outcome = decide(case, c.Recompute(), desk)
    return case if isinstance(outcome, Refused) else outcome.case


class _Date(NamedTuple):
    due: date | None
    provisional: bool


def _dates(case: Case, definition: Definition) -> Iterator[tuple[str, str, _Date, Text]]:
    """The dates of a case: which part of the definition, which entry of it, and when."""
    for name, clock in case.clocks.items():
        yield "clocks", name, _Date(clock.due, clock.provisional), definition.clocks[name].title
    for name, duty in case.obligations.items():
        title = definition.obligations[name].title
        yield "obligations", name, _Date(duty.due, duty.provisional), title
    for name, fee in case.fees.items():
        yield "fees", name, _Date(fee.due, fee.provisional), definition.fees[name].title


class _Tally:
    """Gathers how dates would move, by permit type and entry."""

    def __init__(self) -> None:
        self._moves: defaultdict[tuple[str, str, str], list[tuple[int, bool]]] = defaultdict(list)
        self._titles: dict[tuple[str, str, str], tuple[Text, Text]] = {}

    def add(self, was: Case, now: Case, definition: Definition) -> None:
        dates = {(part, name): date for part, name, date, _ in _dates(now, definition)}
        for part, name, before, title in _dates(was, definition):
            after = dates[part, name]
            if after == before:
                continue
            key = (definition.permit.id, part, name)
            self._titles[key] = (definition.permit.title, title)
            settled = before.provisional and not after.provisional
            self._moves[key].append((_days_between(before.due, after.due), settled))

    def lines(self) -> tuple[Moved, ...]:
        return tuple(_line(*self._titles[key], self._moves[key]) for key in sorted(self._moves))


def _line(permit: Text, title: Text, moves: Sequence[tuple[int, bool]]) -> Moved:
    days = [by for by, _settled in moves]
    settled = sum(settled for _by, settled in moves)
    return Moved(permit, title, len(moves), settled, min(days), max(days))


def _days_between(was: date | None, now: date | None) -> int:
    return (now - was).days if was is not None and now is not None else 0
