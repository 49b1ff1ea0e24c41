"""The cases of a department that fit what somebody chose, in the order they chose."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import ColumnElement, Connection, and_, literal, or_, select, tuple_

from permits.casework.access import Actor
from permits.casework.dates import as_text
from permits.casework.rows import CaseRow
from permits.store import scope
from permits.store.lists import LISTED, After, Listed, Pile, in_pile, rows_of
from permits.store.office_tables import handler
from permits.store.people_tables import party
from permits.store.project_tables import project_case
from permits.store.scope import Where
from permits.store.tables import case_row

Order = Literal["due", "received", "changed", "number"]

ORDERS: tuple[Order, ...] = get_args(Order)

NOBODY = "nobody"
"""Instead of an account: cases that nobody in particular sees to."""


class Wanted(NamedTuple):
    """Which cases: of a pile, of one permit type, on one track, in one state of the procedure,
    seen to by an account or by nobody, with some words in their name, their place or the name of
    the applicant. What is empty narrows nothing."""

    pile: Pile
    permit: str = ""
    track: str = ""
    state: str = ""
    who: str = ""
    words: str = ""
    order: Order = "due"


def found(
    connection: Connection, actor: Actor, wanted: Wanted, after: After | None, most: int
) -> list[Listed]:
    """A page of the cases of the actor's department that fit. Those that are open are few enough
    to be looked through one by one; among those that have ended the newest come first."""
    row = case_row.c
    each = (and_(*in_pile(actor, turn, wanted.pile)) for turn in wanted.pile.turns)
    query = LISTED.where(or_(*each), *_narrow(wanted))
    column, falling = _columns(wanted.order), _falls(wanted)
    if after is not None:
        place = tuple_(column, row.case_id)
        last = tuple_(literal(after.value), literal(after.case_id))
        query = query.where(place < last if falling else place > last)
    order = [one.desc() if falling else one for one in (column, row.case_id)]
    return rows_of(connection, query.order_by(*order).limit(most))


def _narrow(wanted: Wanted) -> Iterator[Where]:
    row = case_row.c
    if wanted.permit:
        yield row.permit == wanted.permit
    if wanted.track:
        yield row.track == wanted.track
    if wanted.state:
        yield row.state == wanted.state
    if wanted.who == NOBODY:
        yield row.case_id.not_in(select(handler.c.case_id))
    elif wanted.who:
        yield row.case_id.in_(select(handler.c.case_id).where(handler.c.account == wanted.who))
    if wanted.words:
        texts = (row.title, row.place, party.c.name)
        yield or_(*(one.icontains(wanted.words, autoescape=True) for one in texts))


def _columns(order: Order) -> ColumnElement[Any]:
    row = case_row.c
    match order:
        case "due":
            return row.sort_on
        case "received":
            return row.received_on
        case "changed":
            return row.updated_at
        case "number":
            return row.number


def place(row: CaseRow, order: Order) -> str:
    """Where a case stands in an order, as the table writes it."""
    match order:
        case "due":
            return row.sort_on.isoformat()
        case "received":
            return row.received_on.isoformat()
        case "changed":
            return as_text(row.updated_at)
        case "number":
            return row.number


def _falls(wanted: Wanted) -> bool:
    return wanted.order == "changed" or wanted.pile.turns == ("nobody",)


def of_project(
    connection: Connection, actor: Actor, code: str, after: After | None, most: int
) -> list[Listed]:
    """The cases of a project that the actor sees, the highest number first."""
    row = case_row.c
    members = select(project_case.c.case_id).where(project_case.c.code == code)
    theirs = LISTED.where(scope.cases(actor), row.case_id.in_(members))
    if after is not None:
        theirs = theirs.where(row.number < after.value)
    return rows_of(connection, theirs.order_by(row.number.desc()).limit(most))
