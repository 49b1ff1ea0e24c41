"""The public register: published decisions by what is known of them.

Every search is one query, read in the order of an index and no further than the page goes; what
else is asked for is looked at on the way.
"""

from datetime import date
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, literal, select, tuple_, union_all

from permits.casework.published import Worth, phases
from permits.definitions.procedure import Code, Phase
from permits.store.document_tables import document_row
from permits.store.lists import After, Listed, rows_of
from permits.store.people_tables import party
from permits.store.project_tables import project_case
from permits.store.tables import case_row


class Sought(msgspec.Struct, frozen=True):
    """What is looked for in the register; what is empty narrows nothing. `number` is how a case
    number begins, `first` and `last` bound the day of publication."""

    number: str = ""
    project: str = ""
    permit: str = ""
    authority: str = ""
    worth: Worth | Literal[""] = ""
    first: date | None = None
    last: date | None = None


EVERYTHING = Sought()


def found(connection: Connection, sought: Sought, after: After | None, most: int) -> list[Listed]:
    """The decisions of a search, published last first; by how their number begins the highest
    number first. `after` says where the last page ended."""
    row = case_row.c
    order = (row.number,) if sought.number else (row.published_on, row.case_id)
    each = [select(*_columns()).where(*part) for part in _parts(sought, after)]
    cut = [one.order_by(*(c.desc() for c in order)).limit(most).subquery() for one in each]
    every = union_all(*(select(one.c.case_id) for one in cut)).subquery()
    query = (
        select(case_row, party.c.name.label("party_name"))
        .join(every, every.c.case_id == row.case_id)
        .join(party, party.c.code == row.party, isouter=True)
        .order_by(*(c.desc() for c in order))
    )
    return rows_of(connection, query.limit(most))


def _columns() -> tuple[ColumnElement[Any], ...]:
    row = case_row.c
    return (row.case_id, row.number, row.published_on)


def _parts(sought: Sought, after: After | None) -> list[tuple[ColumnElement[bool], ...]]:
    """What each part of the search asks: one, or one for each phase, for each is a stretch of an
    index."""
    row = case_row.c
    those = [row.published_on.is_not(None), *_onwards(sought, after), *_narrowed(sought)]
    if not sought.worth:
        return [tuple(those)]
    refused = row.code == int(Code.REFUSED)
    asked = {
        (Worth.REFUSED, Phase.ENDED): (refused,),
        (Worth.ENDED, Phase.ENDED): (~refused,),
    }
    return [
        (*those, row.phase == str(phase), *asked.get((sought.worth, phase), ()))
        for phase in phases(sought.worth)
    ]


def _onwards(sought: Sought, after: After | None) -> tuple[ColumnElement[bool], ...]:
    row = case_row.c
    if after is None:
        return ()
    if sought.number:
        return (row.number < after.value,)
    last = tuple_(literal(after.value), literal(after.case_id))
    return (tuple_(row.published_on, row.case_id) < last,)


def _narrowed(sought: Sought) -> list[ColumnElement[bool]]:
    row = case_row.c
    asked: list[ColumnElement[bool]] = []
    if sought.number:
        asked.append(and_(row.number >= sought.number, row.number < sought.number + "\uffff"))
    if sought.project:
        of_project = select(project_case.c.case_id).where(project_case.c.code == sought.project)
        asked.append(row.case_id.in_(of_project))
    if sought.permit:
        asked.append(row.permit == sought.permit)
    if sought.authority:
        asked.append(row.authority == sought.authority)
    if sought.first is not None:
        asked.append(row.published_on >= sought.first.isoformat())
    if sought.last is not None:
        asked.append(row.published_on <= sought.last.isoformat())
    return asked


def projects_of(connection: Connection, cases: list[str]) -> dict[str, str]:
    """The projects that some cases belong to."""
    query = select(project_case.c.case_id, project_case.c.code).where(
        project_case.c.case_id.in_(cases), project_case.c.detached_on.is_(None)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def cases_of_document(connection: Connection, number: str) -> list[str]:
    """The cases in which a document of this number was drawn up."""
    query: Select[Any] = select(document_row.c.case_id).where(document_row.c.number == number)
    return list(connection.execute(query).scalars())
