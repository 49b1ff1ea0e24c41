"""The cases behind a figure, one by one."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, or_, select

from permits.analytics.choosing import Chosen, Which, among
from permits.casework.rows import FactsRow
from permits.store.database import Database
from permits.store.lists import After
from permits.store.tables import case_facts, case_row, party

BATCH = 500


class Counted(msgspec.Struct, frozen=True):
    """A case with its figures, its title and the name of its party."""

    facts: FactsRow
    title: str
    party_name: str


_counted = (
    select(case_facts, case_row.c.title.label("title"), party.c.name.label("party_name"))
    .join(case_row, case_row.c.case_id == case_facts.c.case_id)
    .join(party, party.c.code == case_row.c.party, isouter=True)
)


def listed(
    connection: Connection, chosen: Chosen, which: Which, after: After | None, most: int
) -> list[Counted]:
    """The chosen cases, the newest result first; `after` is the day and case of the last row."""
    query: Any = chosen.narrow(_counted)
    condition = among(which)
    if condition is not None:
        query = query.where(condition)
    on, case_id = case_facts.c.result_on, case_facts.c.case_id
    if after is not None:
        query = query.where(
            on <= after.value,
            or_(on < after.value, and_(on == after.value, case_id < after.case_id)),
        )
    newest = query.order_by(on.desc(), case_id.desc()).limit(most)
    return [_row(row) for row in connection.execute(newest)]


def every(database: Database, chosen: Chosen, which: Which) -> Iterator[Counted]:
    """All of the chosen cases, however many, read a batch at a time."""
    after: After | None = None
    while True:
        with database.read() as connection:
            batch = listed(connection, chosen, which, after, BATCH)
        yield from batch
        if len(batch) < BATCH:
            return
        after = where(batch[-1])


def where(last: Counted) -> After:
    """Where a list ended."""
    return After(str(last.facts.result_on), last.facts.case_id)


def _row(row: Any) -> Counted:
    values = {str(name): value for name, value in row._mapping.items()}  # noqa: SLF001 - public
    title, name = values.pop("title"), values.pop("party_name") or ""
    return Counted(msgspec.convert(values, FactsRow, strict=False), title, name)
