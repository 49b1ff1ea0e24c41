"""The pile of a department that was asked for opinions by others."""

from datetime import date

import msgspec
from sqlalchemy import Connection, func, literal, select, tuple_

from permits.casework.rows import CaseRow
from permits.store.lists import After, Listed, Room
from permits.store.tables import case_row, opinion_row, party


class Asked(msgspec.Struct, frozen=True):
    """A case in the pile, with which opinion is wanted of the department, and by when."""

    listed: Listed
    asked: str
    round: int
    due_on: date | None
    warn_on: date | None


def pile(connection: Connection, room: Room, after: After | None, most: int) -> list[Asked]:
    """The cases whose opinion the room still owes, the most urgent first."""
    o = opinion_row.c
    query = (
        select(case_row, party.c.name.label("party_name"), o.asked, o.round,
               o.due_on.label("opinion_due"), o.warn_on.label("opinion_warn"))
        .join(opinion_row, o.case_id == case_row.c.case_id)
        .join(party, party.c.code == case_row.c.party, isouter=True)
        .where(o.office == room.authority, o.department == room.department,
               o.standing == "waiting")
    )  # fmt: skip
    if after is not None:
        last = tuple_(literal(after.value), literal(after.case_id))
        query = query.where(tuple_(o.sort_on, o.case_id) > last)
    found = connection.execute(query.order_by(o.sort_on, o.case_id).limit(most)).mappings()
    return [_asked(dict(row)) for row in found]


def _asked(row: dict[str, object]) -> Asked:
    own = {key: row.pop(key) for key in ("asked", "round", "opinion_due", "opinion_warn")}
    name = str(row.pop("party_name") or row["party"])
    listed = Listed(msgspec.convert(row, CaseRow, strict=False), name)
    due, warn = (msgspec.convert(own[k], date | None) for k in ("opinion_due", "opinion_warn"))
    return Asked(listed, str(own["asked"]), int(str(own["round"])), due, warn)


def size(connection: Connection, room: Room, most: int) -> int:
    """How many opinions the room owes, counted up to `most`."""
    o = opinion_row.c
    owed = select(o.case_id).where(
        o.office == room.authority, o.department == room.department, o.standing == "waiting"
    )
    return connection.execute(
        select(func.count()).select_from(owed.limit(most).subquery())
    ).scalar_one()
