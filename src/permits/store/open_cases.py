"""The cases that are open, some at a time, and the dates that wait to be told."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, case, func, select

from permits.store.tables import case_row, due_row


def after(connection: Connection, case_id: str, most: int) -> list[str]:
    """The ids of open cases after one, in their order."""
    query = select(case_row.c.case_id).where(case_row.c.ended.is_(False))
    query = query.where(case_row.c.case_id > case_id).order_by(case_row.c.case_id).limit(most)
    return list(connection.execute(query).scalars())


def count(connection: Connection) -> int:
    """How many there are."""
    query = select(func.count()).where(case_row.c.ended.is_(False))
    return int(connection.execute(query).scalar_one())


def by_definition(connection: Connection) -> dict[str, int]:
    """How many are bound to each version of a permit type, by its digest."""
    query = select(case_row.c.definition, func.count()).where(case_row.c.ended.is_(False))
    rows = connection.execute(query.group_by(case_row.c.definition))
    return {row[0]: row[1] for row in rows}


class Lights(NamedTuple):
    """How many open cases have a next date that passed, that is close, that is not, or none."""

    red: int
    yellow: int
    green: int
    undated: int


def by_light(connection: Connection, today: date) -> Lights:
    """How many of each there are on a day; a case of which nothing is said when it is close turns
    yellow on the day itself."""
    due, close, day = case_row.c.due_on, case_row.c.warn_on, today.isoformat()
    light = case(
        (due.is_(None), "undated"),
        (due < day, "red"),
        (func.coalesce(close, due) <= day, "yellow"),
        else_="green",
    )
    query = select(light, func.count()).where(case_row.c.ended.is_(False)).group_by(light)
    found = {row[0]: row[1] for row in connection.execute(query)}
    return Lights(**{name: found.get(name, 0) for name in Lights._fields})


def untold(connection: Connection, today: date) -> tuple[int, date | None]:
    """How many dates had passed before a day and were not told to their cases, and the oldest."""
    query = select(func.count(), func.min(due_row.c.due_on))
    count, oldest = connection.execute(query.where(due_row.c.due_on < today.isoformat())).one()
    return int(count), date.fromisoformat(oldest) if oldest else None
