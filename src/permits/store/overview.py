"""How the departments of an office get on: counts of their open cases, and the cases behind."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, get_args

from sqlalchemy import Connection, and_, case, func, or_, select

from permits.casework.access import Actor
from permits.casework.rows import Turn
from permits.definitions.board_thresholds import CARDS, Card
from permits.definitions.procedure import Phase
from permits.store import scope
from permits.store.asked import WAITING
from permits.store.lists import LISTED, LONGEST_WARNING, Listed, rows_of
from permits.store.office_tables import handler
from permits.store.pile_tables import opinion_row
from permits.store.scope import Where
from permits.store.tables import case_row

OPEN = tuple(turn for turn in get_args(Turn) if turn != "nobody")


class Counts(NamedTuple):
    """How many cases of a department each figure counts."""

    department: str
    cards: Mapping[Card, int]


def counts(connection: Connection, actor: Actor, today: date) -> list[Counts]:
    """The figures of each department the actor is told of, in one query, over what is open."""
    row, found = case_row.c, _conditions(today)
    sums = [func.sum(case((found[card], 1), else_=0)).label(card) for card in CARDS]
    query = (
        select(row.department, *sums)
        .where(scope.overseen(actor), row.turn.in_(OPEN))
        .group_by(row.department)
        .order_by(row.department)
    )
    return [
        Counts(one["department"], {card: int(one[card]) for card in CARDS})
        for one in connection.execute(query).mappings()
    ]


def behind(
    connection: Connection, actor: Actor, card: Card, today: date, most: int
) -> list[Listed]:
    """The cases behind a figure, by department, the most urgent first."""
    row = case_row.c
    open_cases = LISTED.where(scope.overseen(actor), row.turn.in_(OPEN))
    query = open_cases.where(_conditions(today)[card])
    return rows_of(
        connection, query.order_by(row.department, row.sort_on, row.case_id).limit(most)
    )


def within(
    connection: Connection, actor: Actor, today: date, days: int, most: int
) -> list[Listed]:
    """The cases that are late or whose next date comes within some days, by department, the most
    urgent first."""
    row, last = case_row.c, (today + timedelta(days=days)).isoformat()
    open_cases = LISTED.where(scope.overseen(actor), row.turn.in_(OPEN), row.sort_on <= last)
    order = (row.department, row.sort_on, row.case_id)
    return rows_of(connection, open_cases.order_by(*order).limit(most))


class Owed(NamedTuple):
    """An opinion that a department owes in a case: what it is called there, and until when."""

    case_id: str
    number: str
    title: str
    definition: str
    department: str
    asked: str
    due_on: date
    warn_on: date | None


def opinions_within(
    connection: Connection, actor: Actor, today: date, days: int, most: int
) -> list[Owed]:
    """The opinions other departments owe in these cases that are late or due within some days."""
    row, o, last = case_row.c, opinion_row.c, (today + timedelta(days=days)).isoformat()
    columns = (row.case_id, row.number, row.title, row.definition, row.department)
    query = (
        select(*columns, o.asked, o.due_on, o.warn_on)
        .join(opinion_row, o.case_id == row.case_id)
        .where(scope.overseen(actor), o.standing == WAITING, o.sort_on <= last)
        .order_by(o.sort_on, row.case_id, o.asked)
    )
    return [_owed(one) for one in connection.execute(query.limit(most))]


def _owed(found: Any) -> Owed:
    warn = date.fromisoformat(found.warn_on) if found.warn_on else None
    case_id, number, title, definition, department, asked = found[:6]
    due = date.fromisoformat(found.due_on)
    return Owed(case_id, number, title, definition, department, asked, due, warn)


def _conditions(today: date) -> Mapping[Card, Where]:
    row, on = case_row.c, today.isoformat()
    late, office = row.sort_on < on, row.turn == "office"
    far = (today + LONGEST_WARNING).isoformat()
    asked = select(opinion_row.c.case_id).where(opinion_row.c.standing == WAITING)
    held = select(handler.c.case_id)
    return {
        "open": or_(*(row.turn == turn for turn in OPEN)),
        "late": late,
        "soon": and_(row.sort_on >= on, row.sort_on <= far, row.warn_on <= on),
        "applicant": row.turn == "applicant",
        "outside": row.turn == "outside",
        "departments": row.case_id.in_(asked),
        "sent_back": row.sent_back,
        "duties": and_(late, row.phase == Phase.IN_EFFECT),
        "nobody": and_(office, row.case_id.not_in(held)),
    }
