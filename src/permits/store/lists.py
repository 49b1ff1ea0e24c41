"""Lists for pages: each in a constant number of queries, paged by where the last page ended."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    literal,
    select,
    text,
    tuple_,
    union_all,
)

from permits.casework.envelope import Envelope, open_record
from permits.casework.rows import CaseRow, Turn
from permits.store.people_tables import party
from permits.store.tables import WAITING, case_row, event


class After(NamedTuple):
    """Where a page ended: the sorting column of its last row, and its case."""

    value: str
    case_id: str


def _instant(after: After) -> After:
    """Where a page ended, the instant written as the table writes it."""
    return after._replace(value=after.value.replace("+00:00", "Z"))


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
    row = case_row.c
    query = _narrowed(_listed.where(row.published_on.is_not(None)), Narrow(number))
    if after is not None:
        last = tuple_(literal(after.value), literal(after.case_id))
        query = query.where(tuple_(row.published_on, row.case_id) < last)
    newest = query.order_by(row.published_on.desc(), row.case_id.desc())
    return _rows(connection, newest.limit(most))


def published_numbered(
    connection: Connection, beginning: str, after: After | None, most: int
) -> list[Listed]:
    """Published cases whose number begins so, the highest number first."""
    query = _numbered(_listed.where(case_row.c.published_on.is_not(None)), beginning, after)
    return _rows(connection, query.limit(most))


class Narrow(NamedTuple):
    """Which of somebody's cases: those whose number begins so, of one party, of one turn; what
    is empty narrows nothing."""

    number: str = ""
    party: str = ""
    turn: Turn | Literal[""] = ""


EVERY = Narrow()


def _narrowed(query: Select[tuple[object, ...]], to: Narrow) -> Select[tuple[object, ...]]:
    row = case_row.c
    if to.number:
        query = query.where(row.number >= to.number, row.number < to.number + "\uffff")
    if to.party:
        query = query.where(row.party == to.party)
    return query.where(row.turn == to.turn) if to.turn else query


def of_party(
    connection: Connection, code: str, after: After | None, most: int, narrow: Narrow = EVERY
) -> list[Listed]:
    """The cases of a party, the one that changed last first."""
    query = _narrowed(_listed.where(case_row.c.party == code), narrow)
    if after is not None:
        query = query.where(_changed_before(_instant(after)))
    newest = query.order_by(case_row.c.updated_at.desc(), case_row.c.case_id.desc())
    return _rows(connection, newest.limit(most))


def _changed_before(after: After) -> ColumnElement[bool]:
    last = tuple_(literal(after.value), literal(after.case_id))
    return tuple_(case_row.c.updated_at, case_row.c.case_id) < last


def of_everybody(
    connection: Connection, after: After | None, most: int, narrow: Narrow = EVERY
) -> list[Listed]:
    """Every case of the office, the one begun last first."""
    query = _narrowed(_listed, narrow)
    if after is not None:
        query = query.where(case_row.c.case_id < after.case_id)
    return _rows(connection, query.order_by(case_row.c.case_id.desc()).limit(most))


def waiting_for_party(connection: Connection, code: str, most: int) -> list[Listed]:
    """The cases in which it is the party's turn, the most urgent first."""
    query = _listed.where(case_row.c.party == code, text(WAITING))
    urgent = query.order_by(case_row.c.sort_on, case_row.c.case_id)
    return _rows(connection, urgent.limit(most))


class Room(NamedTuple):
    """The officers who take a case: those of a department of an authority."""

    authority: str
    department: str


Urgency = Literal["", "red", "yellow", "green"]


class Pile(NamedTuple):
    """Cases of a room by whose turn it is and by how their next date stands on a day; `light`
    is empty for whatever it is."""

    turns: tuple[Turn, ...]
    light: Urgency
    today: date


def pile(
    connection: Connection, room: Room, wanted: Pile, after: After | None, most: int
) -> list[Listed]:
    """The cases of a pile, the most urgent first; those that have ended, the newest first."""
    ended = wanted.turns == ("nobody",)
    place = tuple_(case_row.c.sort_on, case_row.c.case_id)
    order = [c.desc() if ended else c.asc() for c in (case_row.c.sort_on, case_row.c.case_id)]
    one = [_in_pile(room, turn, wanted) for turn in wanted.turns]
    if after is not None:
        last = tuple_(literal(after.value), literal(after.case_id))
        one = [query.where(place < last if ended else place > last) for query in one]
    first = (query.order_by(*order).limit(most).subquery() for query in one)
    found = union_all(*(select(part) for part in first)).subquery()
    query = _listed.join(found, found.c.case_id == case_row.c.case_id)
    return _rows(connection, query.order_by(*order).limit(most))


def sizes(connection: Connection, room: Room, piles: Sequence[Pile], most: int) -> tuple[int, ...]:
    """How many cases are in each pile, counted up to `most`; for piles of one turn each."""
    counts = [
        select(func.count())
        .select_from(_in_pile(room, wanted.turns[0], wanted).limit(most).subquery())
        .scalar_subquery()
        for wanted in piles
    ]
    return tuple(connection.execute(select(*counts)).one())


def _in_pile(room: Room, turn: Turn, wanted: Pile) -> Select[tuple[str]]:
    row, today = case_row.c, wanted.today.isoformat()
    query = select(row.case_id).where(
        row.authority == room.authority, row.department == room.department, row.turn == turn
    )
    match wanted.light:
        case "":
            return query
        case "red":
            return query.where(row.sort_on < today)
        case "yellow":
            return query.where(row.sort_on >= today, row.warn_on <= today)
        case "green":
            return query.where(row.sort_on >= today, row.warn_on > today)


def numbered(
    connection: Connection, room: Room, beginning: str, after: After | None, most: int
) -> list[Listed]:
    """The cases of a room whose number begins so, the highest number first."""
    query = _numbered(_of_room(room), beginning, after)
    return _rows(connection, query.limit(most))


def _numbered(
    query: Select[tuple[object, ...]], beginning: str, after: After | None
) -> Select[tuple[object, ...]]:
    number = case_row.c.number
    found = query.where(number >= beginning, number < beginning + "\uffff")
    if after is not None:
        found = found.where(number < after.value)
    return found.order_by(number.desc())


def of_party_in(
    connection: Connection, room: Room, code: str, after: After | None, most: int
) -> list[Listed]:
    """The cases of a party in a room, the one that changed last first."""
    row = case_row.c
    query = _of_room(room).where(row.party == code)
    if after is not None:
        query = query.where(_changed_before(_instant(after)))
    newest = query.order_by(row.updated_at.desc(), row.case_id.desc())
    return _rows(connection, newest.limit(most))


def _of_room(room: Room) -> Select[tuple[object, ...]]:
    row = case_row.c
    return _listed.where(row.authority == room.authority, row.department == room.department)


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
