"""What of open work belongs to one account alone, and its moving to another one."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from permits.store.office_tables import handler
from permits.store.people_tables import unsent
from permits.store.pile_tables import check_row
from permits.store.tables import case_row, draft, upload


class Check(NamedTuple):
    """A check that somebody was drawn to make, and the number of its case."""

    case_id: str
    number: str
    obligation: str


def drafts(connection: Connection, account: str) -> int:
    """How many applications somebody is writing at the counter."""
    return _count(connection, draft.c.account == account, *_WRITTEN)


def forms(connection: Connection, account: str) -> int:
    """How many forms that somebody typed are kept, because their session had ended."""
    return _count(connection, unsent.c.account == account)


def checks(connection: Connection, account: str) -> tuple[Check, ...]:
    """The checks somebody was drawn to make, those that are due first."""
    k = check_row.c
    query = (
        select(k.case_id, case_row.c.number, k.obligation)
        .join(case_row, case_row.c.case_id == k.case_id)
        .where(k.officer == account)
        .order_by(k.sort_on, k.case_id, k.obligation)
    )
    return tuple(Check(*row) for row in connection.execute(query))


def hearings(connection: Connection, account: str) -> tuple[str, ...]:
    """The numbers of the cases in which somebody was called to preside over a hearing that is
    still to be held, whenever it is and whether or not it is late."""
    row = case_row.c
    query = select(row.number).where(row.chair == account).order_by(row.number)
    return tuple(connection.execute(query).scalars())


def hand_over(connection: Connection, account: str, to: str) -> None:
    """Give a colleague what is written at the counter, and what was typed and not sent."""
    mine = (draft.c.account == account, *_WRITTEN)
    places = select(draft.c.id).where(*mine)
    scans = update(upload).where(upload.c.account == account, upload.c.place.in_(places))
    connection.execute(scans.values(account=to))
    connection.execute(update(draft).where(*mine).values(account=to))
    theirs = select(unsent.c.page).where(unsent.c.account == to)
    kept = update(unsent).where(unsent.c.account == account, unsent.c.page.not_in(theirs))
    connection.execute(kept.values(account=to))


def hand_cases(connection: Connection, account: str, to: str) -> None:
    """The cases somebody sees to are seen to by a colleague, or by nobody if `to` is empty."""
    theirs = handler.c.account == account
    if to:
        connection.execute(update(handler).where(theirs).values(account=to))
    else:
        connection.execute(delete(handler).where(theirs))


_WRITTEN = (draft.c.counter != "", draft.c.filed_at.is_(None))


def _count(connection: Connection, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).where(*which)
    return int(connection.execute(query).scalar_one())
