"""The pile of a department that others asked for its opinion."""

import msgspec
from sqlalchemy import Connection, literal, select, tuple_

from permits.casework.access import Actor
from permits.casework.rows import CaseRow
from permits.store import scope
from permits.store.counting import Count, up_to
from permits.store.lists import After, Listed
from permits.store.people_tables import party
from permits.store.pile_tables import opinion_row
from permits.store.tables import case_row

WAITING = "waiting"


def pile(connection: Connection, actor: Actor, after: After | None, most: int) -> list[Listed]:
    """The cases whose opinion the actor's department still owes, the most urgent first. The
    date of each is that of the opinion, and is called by the department's name in the definition.
    """
    o = opinion_row.c
    owed = (
        select(
            case_row,
            party.c.name.label("party_name"),
            o.asked.label("opinion"),
            o.due_on.label("opinion_due"),
            o.sort_on.label("opinion_sort"),
            o.warn_on.label("opinion_warn"),
        )
        .join(opinion_row, o.case_id == case_row.c.case_id)
        .join(party, party.c.code == case_row.c.party, isouter=True)
        .where(scope.opinions(actor), o.standing == WAITING)
    )
    if after is not None:
        last = tuple_(literal(after.value), literal(after.case_id))
        owed = owed.where(tuple_(o.sort_on, o.case_id) > last)
    found = connection.execute(owed.order_by(o.sort_on, o.case_id).limit(most)).mappings()
    return [_listed({str(name): one for name, one in row.items()}) for row in found]


def _listed(values: dict[str, object]) -> Listed:
    name = str(values.pop("party_name") or values["party"])
    values["due_name"] = values.pop("opinion")
    for column in ("due", "sort", "warn"):
        values[f"{column}_on"] = values.pop(f"opinion_{column}")
    values["rectifies"] = False
    values["put_right_on"] = None
    return Listed(msgspec.convert(values, CaseRow, strict=False), name)


def size(actor: Actor, most: int) -> Count:
    """How many opinions the actor's department owes, counted up to `most`."""
    o = opinion_row.c
    owed = select(o.case_id).where(scope.opinions(actor), o.standing == WAITING)
    return up_to(most, owed)
