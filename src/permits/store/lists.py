"""Lists for pages: each in a constant number of queries, paged by where the last page ended."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Subquery,
    literal,
    select,
    tuple_,
    union_all,
)

from permits.casework.access import Actor
from permits.casework.rows import CaseRow, Turn
from permits.casework.waiting_rows import WaitingRow
from permits.definitions.duties import MOST_WARN_DAYS
from permits.store import scope
from permits.store.counting import Count, up_to
from permits.store.people_tables import party
from permits.store.pile_tables import waiting_row
from permits.store.scope import Where
from permits.store.tables import case_row

R = TypeVar("R", bound=msgspec.Struct)


class After(NamedTuple):
    """Where a page ended: the sorting column of its last row as the table writes it, and its
    case."""

    value: str
    case_id: str


class Listed(msgspec.Struct, frozen=True):
    """A case in a list, with the registered name of its party."""

    row: CaseRow
    party_name: str


LISTED = select(case_row, party.c.name.label("party_name")).join(
    party, party.c.code == case_row.c.party, isouter=True
)


def alive(connection: Connection) -> bool:
    """Whether the database answers."""
    return connection.execute(select(literal(1))).scalar_one() == 1


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
    connection: Connection, actor: Actor, after: After | None, most: int, narrow: Narrow = EVERY
) -> list[Listed]:
    """The cases of the actor's party, the one that changed last first."""
    query = _narrowed(LISTED.where(scope.of_party(actor)), narrow)
    if after is not None:
        query = query.where(_changed_before(after))
    newest = query.order_by(case_row.c.updated_at.desc(), case_row.c.case_id.desc())
    return rows_of(connection, newest.limit(most))


def _changed_before(after: After) -> ColumnElement[bool]:
    last = tuple_(literal(after.value), literal(after.case_id))
    return tuple_(case_row.c.updated_at, case_row.c.case_id) < last


def of_everybody(
    connection: Connection, actor: Actor, after: After | None, most: int, narrow: Narrow = EVERY
) -> list[Listed]:
    """Every case that the actor sees, the one begun last first."""
    query = _narrowed(LISTED.where(scope.cases(actor)), narrow)
    if after is not None:
        query = query.where(case_row.c.case_id < after.case_id)
    return rows_of(connection, query.order_by(case_row.c.case_id.desc()).limit(most))


class Waiting(msgspec.Struct, frozen=True):
    """Something that waits for an applicant, with what its case is called."""

    row: WaitingRow
    number: str
    definition: str
    title: str


_waits = select(waiting_row, *(case_row.c[name] for name in ("number", "definition", "title")))


def waiting(connection: Connection, actor: Actor, most: int) -> list[Waiting]:
    """What waits for the actor's party, the most urgent first."""
    row = waiting_row.c
    urgent = (
        _waits.join(case_row, case_row.c.case_id == row.case_id)
        .where(scope.waiting(actor))
        .order_by(row.sort_on, row.case_id, row.kind, row.name)
    )
    return [
        Waiting(_row(WaitingRow, found), found["number"], found["definition"], found["title"])
        for found in connection.execute(urgent.limit(most)).mappings()
    ]


LONGEST_WARNING = timedelta(days=2 * MOST_WARN_DAYS)
"""No date is close for longer: in so many days there are always as many working days as a
definition may warn ahead. Whoever looks for what is close looks no further."""

Urgency = Literal["", "red", "yellow", "green"]


class Pile(NamedTuple):
    """Cases of a department by whose turn it is and by how their next date stands on a day;
    `light` is empty for whatever it is."""

    turns: tuple[Turn, ...]
    light: Urgency
    today: date


def pile(
    connection: Connection, actor: Actor, wanted: Pile, after: After | None, most: int
) -> list[Listed]:
    """The cases of a pile, the most urgent first; those that have ended, the newest first."""
    row, ended = case_row.c, wanted.turns == ("nobody",)
    place = tuple_(row.sort_on, row.case_id)
    last = tuple_(literal(after.value), literal(after.case_id)) if after else None
    onwards = () if last is None else (place < last if ended else place > last,)
    each = [(*in_pile(actor, turn, wanted), *onwards) for turn in wanted.turns]
    if len(each) == 1:
        urgent = LISTED.where(*each[0]).order_by(*_urgency(row, ended=ended))
    else:
        found = _merged(each, ended=ended, most=most)
        named = LISTED.join(found, found.c.case_id == row.case_id)
        urgent = named.order_by(*_urgency(found.c, ended=ended))
    return rows_of(connection, urgent.limit(most))


def _merged(
    each: Sequence[tuple[ColumnElement[bool], ...]], *, ended: bool, most: int
) -> Subquery:
    """The first cases of several turns together, merged as the index holds them, so that no more
    rows are read than the page shows."""
    row = case_row.c
    every = union_all(*(select(row.sort_on, row.case_id).where(*those) for those in each))
    return every.order_by(*_urgency(every.selected_columns, ended=ended)).limit(most).subquery()


def _urgency(columns: Any, *, ended: bool) -> tuple[ColumnElement[Any], ...]:
    order = (columns.sort_on, columns.case_id)
    return tuple(column.desc() if ended else column for column in order)


def size(actor: Actor, pile: Pile, most: int) -> Count:
    """How many cases are in a pile, counted up to `most`."""
    cases = (select(case_row.c.turn).where(*in_pile(actor, turn, pile)) for turn in pile.turns)
    return up_to(most, union_all(*cases))


def in_pile(actor: Actor, turn: Turn, wanted: Pile) -> tuple[ColumnElement[bool], ...]:
    """What a case of the actor's department fulfils to be in a pile, of one of its turns."""
    row, today = case_row.c, wanted.today.isoformat()
    here = (scope.of_department(actor), row.turn == turn)
    match wanted.light:
        case "":
            return here
        case "red":
            return (*here, row.sort_on < today)
        case "yellow":
            last = (wanted.today + LONGEST_WARNING).isoformat()
            return (*here, row.sort_on >= today, row.sort_on <= last, row.warn_on <= today)
        case "green":
            dated = row.sort_on < date.max.isoformat()
            return (*here, row.sort_on >= today, dated, row.warn_on > today)


def numbered(
    connection: Connection, actor: Actor, beginning: str, after: After | None, most: int
) -> list[Listed]:
    """The cases an officer sees whose number begins so, the highest number first."""
    number = case_row.c.number
    those = [*_begins(beginning), *(() if after is None else (number < after.value,))]
    found = _seen(actor, (number,), those, most)
    named = LISTED.join(found, found.c.case_id == case_row.c.case_id)
    return rows_of(connection, named.order_by(found.c.number.desc()).limit(most))


def _begins(beginning: str) -> tuple[ColumnElement[bool], ...]:
    number = case_row.c.number
    return number >= beginning, number < beginning + "\uffff"


def of_party_in(
    connection: Connection, actor: Actor, code: str, after: After | None, most: int
) -> list[Listed]:
    """The cases of a party that an officer sees, the one that changed last first."""
    row = case_row.c
    those = [row.party == code, *(() if after is None else (_changed_before(after),))]
    found = _seen(actor, (row.updated_at, row.case_id), those, most)
    named = LISTED.join(found, found.c.case_id == row.case_id)
    newest = named.order_by(found.c.updated_at.desc(), found.c.case_id.desc())
    return rows_of(connection, newest.limit(most))


def _seen(
    actor: Actor, order: Sequence[ColumnElement[Any]], those: Sequence[Where], most: int
) -> Subquery:
    """The first cases of those that the actor sees, in falling order: each way of seeing them is
    read by itself, from the index it has, and no further than the page goes."""
    columns = list({column.key: column for column in (*order, case_row.c.case_id)}.values())
    every = union_all(*(select(*columns).where(way, *those) for way in scope.ways(actor)))
    falling = (every.selected_columns[str(column.key)].desc() for column in order)
    return every.order_by(*falling).limit(most).subquery()


def case_of(connection: Connection, number: str) -> str | None:
    """The id of the case with this number."""
    query = select(case_row.c.case_id).where(case_row.c.number == number)
    return connection.execute(query).scalar_one_or_none()


def rows_of(connection: Connection, query: Select[Any]) -> list[Listed]:
    """Cases that a query found, each with the name of its party beside it."""
    found = []
    for row in connection.execute(query).mappings():
        case = _row(CaseRow, row)
        found.append(Listed(case, row["party_name"] or case.party))
    return found


def _row(kind: type[R], found: RowMapping) -> R:
    """A row of a table; what the query found beside it is left out."""
    return msgspec.convert(found, kind, strict=False)
