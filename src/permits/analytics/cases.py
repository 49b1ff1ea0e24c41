"""The cases behind a figure, one by one."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, RowMapping, and_, func, or_, select

from permits.analytics.choosing import Chosen, Which, among
from permits.casework.figures import FactsRow
from permits.store.lists import After
from permits.store.measured_tables import case_facts
from permits.store.people_tables import party
from permits.store.tables import case_row

BATCH = 500


class Readable(Protocol):
    """Where cases are read: a database, or what was known of a past day."""

    def read(self) -> AbstractContextManager[Connection]: ...


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
    query = _among(_counted, chosen, which)
    on, case_id = case_facts.c.result_on, case_facts.c.case_id
    if after is not None:
        query = query.where(
            on <= after.value,
            or_(on < after.value, and_(on == after.value, case_id < after.case_id)),
        )
    newest = query.order_by(on.desc(), case_id.desc()).limit(most)
    return [_row(row) for row in connection.execute(newest).mappings()]


def slowest(connection: Connection, chosen: Chosen, which: Which, most: int) -> list[Counted]:
    """Of the chosen cases those that took the most working days until they were decided, the
    slowest first; those whose days are not reckoned are not among them."""
    used = case_facts.c.used_wd
    query = _among(_counted, chosen, which).where(used.is_not(None))
    found = query.order_by(used.desc(), case_facts.c.case_id.desc()).limit(most)
    return [_row(row) for row in connection.execute(found).mappings()]


def how_many(connection: Connection, chosen: Chosen, which: Which) -> int:
    """How many cases are behind a figure."""
    query = _among(select(func.count()).select_from(case_facts), chosen, which)
    return int(connection.execute(query).scalar_one())


def facts_of(connection: Connection, case_id: str) -> FactsRow | None:
    """The figures of a case as they are counted, whether or not it has a result."""
    found = connection.execute(select(case_facts).where(case_facts.c.case_id == case_id))
    row = found.mappings().first()
    return _facts(row) if row else None


def every(database: Readable, chosen: Chosen, which: Which) -> Iterator[Counted]:
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


def _among(query: Any, chosen: Chosen, which: Which) -> Any:
    condition = among(which)
    found = chosen.narrow(query)
    return found if condition is None else found.where(condition)


def _row(row: RowMapping) -> Counted:
    return Counted(_facts(row), row["title"], row["party_name"] or "")


def _facts(row: RowMapping) -> FactsRow:
    values = {str(column.name): row[column.name] for column in case_facts.c}
    return msgspec.convert(values, FactsRow, strict=False)
