"""The pile of whoever enters refunds: what was paid too much and is still to be given back."""

import msgspec
from sqlalchemy import Connection, Select, literal, select, tuple_

from permits.casework.access import Actor
from permits.casework.rows import CaseRow
from permits.store import scope
from permits.store.counting import Count, up_to
from permits.store.lists import After, Listed
from permits.store.people_tables import party
from permits.store.pile_tables import waiting_row
from permits.store.tables import case_row


def pile(connection: Connection, actor: Actor, after: After | None, most: int) -> list[Listed]:
    """The cases of the officer's department with something to refund, the one begun first before
    the others, each as often as there are fees. A refund has no date; `due_name` is the fee, by
    which, beside its case, it is told where a page ended."""
    w = waiting_row.c
    theirs = _of(actor, select(case_row, party.c.name.label("party_name"), w.name.label("fee")))
    owed = theirs.join(case_row, w.case_id == case_row.c.case_id)
    named = owed.join(party, party.c.code == case_row.c.party, isouter=True)
    if after is not None:
        last = tuple_(literal(after.case_id), literal(after.value))
        named = named.where(tuple_(w.case_id, w.name) > last)
    found = connection.execute(named.order_by(w.case_id, w.name).limit(most)).mappings()
    return [_listed({str(name): one for name, one in row.items()}) for row in found]


def size(actor: Actor, most: int) -> Count:
    """How many fees the officer's department is to refund, counted up to `most`."""
    return up_to(most, _of(actor, select(waiting_row.c.case_id)))


def _of(actor: Actor, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    return query.select_from(waiting_row).where(scope.refunds(actor))


def _listed(values: dict[str, object]) -> Listed:
    name = str(values.pop("party_name") or values["party"])
    undated = {"due_on": None, "sort_on": "9999-12-31", "warn_on": None}
    no_breach = {"rectifies": False, "put_right_on": None}
    row = {**values, "due_name": values.pop("fee"), **undated, **no_breach}
    return Listed(msgspec.convert(row, CaseRow, strict=False), name)
