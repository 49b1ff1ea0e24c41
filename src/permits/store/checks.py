"""The pile of an inspector: checks to make, of those drawn to the officer and of the room's."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Select, literal, select, tuple_

from permits.casework.access import Actor
from permits.casework.rows import CaseRow
from permits.store import scope
from permits.store.counting import Count, up_to
from permits.store.lists import After, Listed
from permits.store.people_tables import account, party
from permits.store.pile_tables import check_row
from permits.store.tables import case_row


class Drawn(msgspec.Struct, frozen=True):
    """A check with whoever makes it: an account and its name, or the room if any inspector may."""

    officer: str
    name: str
    listed: Listed


def _checks() -> Select[Any]:
    k = check_row.c
    return (
        select(
            case_row,
            party.c.name.label("party_name"),
            k.obligation.label("check"),
            k.due_on.label("check_due"),
            k.sort_on.label("check_sort"),
            k.warn_on.label("check_warn"),
            k.rectifies.label("check_rectifies"),
            k.put_right_on.label("check_put_right_on"),
        )
        .join(check_row, k.case_id == case_row.c.case_id)
        .join(party, party.c.code == case_row.c.party, isouter=True)
    )


def of_department(connection: Connection, actor: Actor, most: int) -> list[Drawn]:
    """The checks of the actor's department that are open, by whoever makes them, the most urgent
    of each first."""
    k = check_row.c
    query = (
        _checks()
        .add_columns(k.officer.label("check_officer"), account.c.name.label("officer_name"))
        .join(account, account.c.id == k.officer, isouter=True)
        .where(scope.of_department(actor))
        .order_by(account.c.name, k.officer, k.sort_on, k.case_id, k.obligation)
    )
    found = []
    for row in connection.execute(query.limit(most)).mappings():
        values = {str(name): one for name, one in row.items()}
        officer, name = values.pop("check_officer"), values.pop("officer_name")
        found.append(Drawn(str(officer), str(name or ""), _listed(values)))
    return found


def pile(connection: Connection, actor: Actor, after: After | None, most: int) -> list[Listed]:
    """The cases in which the officer is to make a check, or any inspector of their department, the
    most urgent first, each as often as there are checks. The date of each is that of the check,
    and is called by its name. `place` says where a page ended, for a case may have several
    checks."""
    k = check_row.c
    theirs = _checks().where(scope.checks(actor))
    if after is not None:
        day, _, name = after.value.partition("/")
        last = tuple_(literal(day), literal(after.case_id), literal(name))
        theirs = theirs.where(tuple_(k.sort_on, k.case_id, k.obligation) > last)
    urgent = theirs.order_by(k.sort_on, k.case_id, k.obligation).limit(most)
    found = connection.execute(urgent).mappings()
    return [_listed({str(name): one for name, one in row.items()}) for row in found]


def place(row: CaseRow) -> str:
    """Where a check stands among those of its officer, beside its case."""
    return f"{row.sort_on}/{row.due_name}"


def _listed(values: dict[str, object]) -> Listed:
    name = str(values.pop("party_name") or values["party"])
    values["due_name"] = values.pop("check")
    for column in ("due", "sort", "warn"):
        values[f"{column}_on"] = values.pop(f"check_{column}")
    for column in ("rectifies", "put_right_on"):
        values[column] = values.pop(f"check_{column}")
    return Listed(msgspec.convert(values, CaseRow, strict=False), name)


def size(actor: Actor, most: int) -> Count:
    """How many checks the officer is to make, or any inspector of their department, counted up to
    `most`."""
    k = check_row.c
    theirs = select(k.case_id).join(case_row, case_row.c.case_id == k.case_id)
    return up_to(most, theirs.where(scope.checks(actor)))
