"""Dates that passed are told to their cases through the ordinary way, once."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import literal, select, tuple_

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework.access import TIMER
from permits.casework.dates import day_of
from permits.casework.refusals import Refused
from permits.services.once import digest_source
from permits.services.party_timers import publications, successions
from permits.services.resting import AT_ONCE, Rest, on_at_once, paced
from permits.services.writer import Answer, AnyOrder, Order
from permits.store.database import Database
from permits.store.tables import case_row, due_row

log = logging.getLogger(__name__)

Submit = Callable[[AnyOrder], "Future[Answer]"]


class Due(NamedTuple):
    """A date that passed, and the version of its case that has it."""

    due_on: str
    case_id: str
    kind: str
    name: str
    version: int


def lapse_due(database: Database, submit: Submit, now: datetime, rest: Rest = on_at_once) -> int:
    """Tell every case whose date has passed, publish entries whose day has come, and let cases
    follow a merger; how many were told.

    What is refused or fails is passed over until the next look, and stands in nobody's way.
    """
    pages = paced(_orders(database, now), rest)
    return sum(ask(submit, page) for page in pages)


def _orders(database: Database, now: datetime) -> Iterator[Sequence[AnyOrder]]:
    """Everything that has to be told, a few at a time."""
    for page in _pages(database, day_of(now)):
        yield [_order(due) for due in page]
    yield from publications(database, now)
    yield from successions(database)


def _pages(database: Database, today: date) -> Iterator[list[Due]]:
    page = _waiting(database, today)
    while page:
        yield page
        page = _waiting(database, today, page[-1]) if len(page) == AT_ONCE else []


_PLACE = (due_row.c.due_on, due_row.c.case_id, due_row.c.kind, due_row.c.name)


def _waiting(database: Database, today: date, after: Due | None = None) -> list[Due]:
    query = (
        select(*_PLACE, case_row.c.version)
        .join(case_row, case_row.c.case_id == due_row.c.case_id)
        .where(due_row.c.due_on < today.isoformat())
        .order_by(*_PLACE)
        .limit(AT_ONCE)
    )
    if after is not None:
        query = query.where(tuple_(*_PLACE) > tuple_(*map(literal, after[:4])))
    with database.read() as connection:
        return [Due(*row) for row in connection.execute(query)]


def _order(due: Due) -> Order:
    """The key names the date and where the case stood, so that it is told once however many
    look, and again if the case has come to the same date anew."""
    command = _command(due)
    key = f"{due.case_id}/{due.kind}/{due.name}/{due.due_on}/{due.version}"
    return Order(due.case_id, command, TIMER, key, digest_source(key))


def _command(due: Due) -> c.Command:
    match due.kind:
        case "clock":
            return c.LapseClock(due.name)
        case "obligation":
            return c.FlagOverdue(due.name)
        case "obligation_reminder":
            return a.RemindOfObligation(due.name)
        case "fee":
            return c.FlagFeeOverdue(due.name)
        case "term":
            return a.PassTerm()
        case "term_reminder":
            return a.RemindOfTerm()
        case "reminder" | "opinion" | "hearing" | "third_party":
            return h.PassDate(due.kind, due.name)
        case _:
            raise ValueError(f"no such kind of date: {due.kind}")


def ask(submit: Submit, orders: Sequence[AnyOrder]) -> int:
    """Order all of them; how many changed something. A fault with one is logged and is no reason
    to leave the others."""
    futures = [submit(order) for order in orders]
    return sum(_changed(order, future) for order, future in zip(orders, futures, strict=True))


def _changed(order: AnyOrder, future: "Future[Answer]") -> bool:
    """Whether an order changed something. Whatever went wrong with it, it is asked again at the
    next look, since its date still stands, and the others go on."""
    try:
        answer = future.result()
    except Exception:
        log.exception("%s failed", order.key)
        return False
    return not isinstance(answer, Refused) and bool(answer.events)
