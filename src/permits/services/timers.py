"""Dates that passed are told to their cases through the ordinary way, once."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, datetime

from sqlalchemy import select

from permits.casework import commands as c
from permits.casework.access import TIMER
from permits.casework.dates import day_of
from permits.casework.refusals import Refused
from permits.services.requests import digest_source
from permits.services.writer import Answer, Order
from permits.store.database import Database
from permits.store.tables import case_row, due_row

AT_ONCE = 200


def lapse_due(
    database: Database, submit: "Callable[[Order], Future[Answer]]", now: datetime
) -> int:
    """Tell every case whose date has passed; how many were told.

    The key names the date, so that a date is told once however many look.
    """
    told = 0
    while True:
        waiting = _waiting(database, day_of(now))
        answers = [submit(_order(*row)).result() for row in waiting]
        told += sum(1 for answer in answers if not isinstance(answer, Refused))
        if len(waiting) < AT_ONCE or all(isinstance(answer, Refused) for answer in answers):
            return told


def _waiting(database: Database, today: date) -> list[tuple[str, str, str, str]]:
    query = (
        select(due_row.c.case_id, due_row.c.kind, due_row.c.name, due_row.c.due_on)
        .where(due_row.c.due_on < today.isoformat())
        .order_by(due_row.c.due_on)
        .limit(AT_ONCE)
    )
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def _order(case_id: str, kind: str, name: str, due_on: str) -> Order:
    command = c.LapseClock(name) if kind == "clock" else c.FlagOverdue(name)
    key = f"{case_id}/{kind}/{name}/{due_on}"
    return Order(case_id, command, TIMER, key, digest_source(key))


def recompute_open(
    database: Database, submit: "Callable[[Order], Future[Answer]]", calendar: str
) -> int:
    """Reckon the dates of every open case anew under a calendar, named by its digest; how many
    cases changed."""
    query = select(case_row.c.case_id).where(case_row.c.ended.is_(False))
    with database.read() as connection:
        open_cases = list(connection.execute(query.order_by(case_row.c.case_id)).scalars())
    changed = 0
    for start in range(0, len(open_cases), AT_ONCE):
        futures = [
            submit(Order(case_id, c.Recompute(), TIMER, f"{calendar}/{case_id}", b""))
            for case_id in open_cases[start : start + AT_ONCE]
        ]
        for future in futures:
            answer = future.result()
            changed += not isinstance(answer, Refused) and bool(answer.events)
    return changed
