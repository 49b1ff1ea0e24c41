"""Lists for pages: each in a constant number of queries, paged by where the last page ended."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Select, and_, literal, or_, select

from permits.casework.envelope import Envelope, open_record
from permits.casework.rows import CaseRow
from permits.store.tables import case_row, event, party


class After(NamedTuple):
    """Where a page ended: the sorting column of its last row, and its case."""

    value: str
    case_id: str


class Listed(msgspec.Struct, frozen=True):
    """A case in a list, with the registered name of its party."""

    row: CaseRow
    party_name: str


_listed = select(case_row, party.c.name.label("party_name")).join(
    party, party.c.code == case_row.c.party, isouter=True
)


def alive(connection: Connection) -> bool:
    """Whether the database answers."""
    return connection.execute(select(literal(1))).scalar_one() == 1


def published(
    connection: Connection, after: After | None, most: int, *, number: str = ""
) -> list[Listed]:
    """Published cases, newest first; with `number` only those whose number begins so."""
    query = _listed.where(case_row.c.published_on.is_not(None))
    if number:
        query = query.where(case_row.c.number >= number, case_row.c.number < number + "\uffff")
    if after is not None:
        earlier = case_row.c.published_on < after.value
        same = case_row.c.published_on == after.value
        query = query.where(or_(earlier, and_(same, case_row.c.case_id < after.case_id)))
    newest = query.order_by(case_row.c.published_on.desc(), case_row.c.case_id.desc())
    return _rows(connection, newest.limit(most))


def of_party(connection: Connection, code: str, after: After | None, most: int) -> list[Listed]:
    """The cases of a party, the one that changed last first."""
    query = _listed.where(case_row.c.party == code)
    if after is not None:
        earlier = case_row.c.updated_at < after.value
        same = case_row.c.updated_at == after.value
        query = query.where(or_(earlier, and_(same, case_row.c.case_id < after.case_id)))
    newest = query.order_by(case_row.c.updated_at.desc(), case_row.c.case_id.desc())
    return _rows(connection, newest.limit(most))


def waiting_for_party(connection: Connection, code: str, most: int) -> list[Listed]:
    """The cases in which it is the party's turn, the most urgent first."""
    query = _listed.where(case_row.c.party == code, case_row.c.turn == "applicant")
    urgent = query.order_by(case_row.c.sort_on, case_row.c.case_id)
    return _rows(connection, urgent.limit(most))


def case_of(connection: Connection, number: str) -> str | None:
    """The id of the case with this number."""
    query = select(case_row.c.case_id).where(case_row.c.number == number)
    return connection.execute(query).scalar_one_or_none()


def logs(
    connection: Connection, case_ids: Sequence[str]
) -> dict[str, list[tuple[Envelope, bytes]]]:
    """The events of several cases at once, each in order."""
    query = select(event.c.stream, event.c.record).where(event.c.stream.in_(list(case_ids)))
    found: dict[str, list[tuple[Envelope, bytes]]] = defaultdict(list)
    for row in connection.execute(query.order_by(event.c.stream, event.c.seq)):
        found[row.stream].append(open_record(bytes(row.record)))
    return found


def _rows(connection: Connection, query: Select[tuple[object, ...]]) -> list[Listed]:
    found = []
    for row in connection.execute(query):
        values = {str(name): value for name, value in row._mapping.items()}  # noqa: SLF001
        name = values.pop("party_name") or values["party"]
        found.append(Listed(msgspec.convert(values, CaseRow, strict=False), name))
    return found
