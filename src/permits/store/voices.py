"""What was said about cases: rows put with the events, and lists of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, exists, func, select, true, tuple_

from permits.casework.access import Actor
from permits.casework.voices.rows import VoiceRow
from permits.casework.voices.voices import BAD
from permits.store.caseload import plain, upsert
from permits.store.lists import After
from permits.store.measured_tables import case_facts
from permits.store.tables import case_row
from permits.store.voice_tables import voice_row


class Heard(msgspec.Struct, frozen=True):
    """A row with what its case is called."""

    row: VoiceRow
    title: str
    place: str
    definition: str


def put(connection: Connection, rows: Sequence[VoiceRow]) -> None:
    """Put the rows of a case; what stood there before is replaced, none goes away."""
    if rows:
        connection.execute(upsert(voice_row, connection.dialect), [plain(one) for one in rows])


_heard = select(voice_row, *(case_row.c[name] for name in ("title", "place", "definition"))).join(
    case_row, case_row.c.case_id == voice_row.c.case_id
)


def notices(connection: Connection, today: date, after: After | None, most: int) -> list[Heard]:
    """The notices that run, the one that ends first at the head."""
    row = voice_row.c
    query = _heard.where(row.kind == "notice", row.due_on >= today.isoformat())
    if after is not None:
        query = query.where(tuple_(row.due_on, row.case_id) > (after.value, after.case_id))
    return _rows(connection, query.order_by(row.due_on, row.case_id).limit(most))


def _here(actor: Actor) -> ColumnElement[bool]:
    """What is for the actor's department; for auditors all."""
    if actor.audits:
        return true()
    row = voice_row.c
    return (row.authority == actor.office) & (row.department == actor.department)


def waiting(connection: Connection, actor: Actor, most: int) -> list[Heard]:
    """Objections to answer and ratings to follow up, the most urgent first."""
    row = voice_row.c
    query = _heard.where(_here(actor), row.open.is_(True))
    urgent = query.order_by(row.sort_on, row.case_id, row.kind, row.name)
    return _rows(connection, urgent.limit(most))


def told(connection: Connection, most: int) -> list[Heard]:
    """Ratings whose words may be published and that were answered or need no answer, the newest
    first."""
    row = voice_row.c
    query = _heard.where(row.kind == "rating", row.tells.is_(True), row.open.is_(False))
    return _rows(connection, query.order_by(row.on.desc(), row.case_id.desc()).limit(most))


def overdue(connection: Connection, today: date) -> list[tuple[str, str, str]]:
    """Case, kind and name of every answer that is overdue and was not told to be."""
    row, told = voice_row.c, voice_row.alias().c
    known = exists().where(
        told.case_id == row.case_id,
        told.kind == "overdue",
        told.name == row.kind + "/" + row.name,
    )
    query = (
        select(row.case_id, row.kind, row.name)
        .where(row.open.is_(True), row.due_on < today.isoformat(), ~known)
        .order_by(row.due_on, row.case_id, row.kind, row.name)
    )
    return [(one[0], one[1], one[2]) for one in connection.execute(query)]


def unrated(
    connection: Connection, within: tuple[date, date], after: After | None, most: int
) -> list[After]:
    """Cases whose result came within two days, both included, and was neither rated nor asked to
    be, the earliest first: the day of the result and the case."""
    facts, row = case_facts.c, voice_row.c
    known = exists().where(
        row.case_id == facts.case_id,
        row.kind.in_(("rating", "invitation")),
        row.name == "result",
    )
    query = select(facts.result_on, facts.case_id).where(
        facts.result_on >= within[0].isoformat(),
        facts.result_on <= within[1].isoformat(),
        ~known,
    )
    if after is not None:
        place = tuple_(facts.result_on, facts.case_id)
        query = query.where(place > (after.value, after.case_id))
    query = query.order_by(facts.result_on, facts.case_id).limit(most)
    return [After(one[0], one[1]) for one in connection.execute(query)]


class FollowedUp(msgspec.Struct, frozen=True):
    """How many bad ratings of a period there are, how many of them were replied to, and how many
    in time."""

    bad: int
    replied: int
    in_time: int


def followed_up(connection: Connection, first: date | None, last: date | None) -> FollowedUp:
    """How bad ratings of a period were followed up."""
    row = voice_row.c
    query = _within(
        select(row.open, row.outcome, func.count()).where(row.kind == "rating", row.level <= BAD),
        first,
        last,
    )
    found = connection.execute(query.group_by(row.open, row.outcome)).all()
    return FollowedUp(
        bad=sum(int(one[2]) for one in found),
        replied=sum(int(one[2]) for one in found if not one[0]),
        in_time=sum(int(one[2]) for one in found if one[1] == "in_time"),
    )


class Levels(msgspec.Struct, frozen=True):
    """So many ratings of a permit type with a level; the sums and counts of each indicator."""

    permit: str
    level: int
    count: int


def levels(connection: Connection, first: date | None, last: date | None) -> list[Levels]:
    """How often each level was given, by permit type, in a period."""
    row = voice_row.c
    query = _within(
        select(row.permit, row.level, func.count()).where(row.kind == "rating"), first, last
    )
    found = connection.execute(query.group_by(row.permit, row.level))
    return [Levels(one[0], int(one[1]), int(one[2])) for one in found]


def indicators(
    connection: Connection, first: date | None, last: date | None
) -> dict[str, tuple[int, int]]:
    """Of each indicator how often it was rated, and the sum of its levels."""
    found: dict[str, tuple[int, int]] = {}
    for name in ("efficiency", "guide", "convenience", "platform"):
        column = voice_row.c[name]
        query = _within(
            select(func.count(), func.coalesce(func.sum(column), 0)).where(
                voice_row.c.kind == "rating", column > 0
            ),
            first,
            last,
        )
        count, total = connection.execute(query).one()
        found[name] = (int(count), int(total))
    return found


def _within(query: Select[Any], first: date | None, last: date | None) -> Select[Any]:
    row = voice_row.c
    if first is not None:
        query = query.where(row.on >= first.isoformat())
    return query.where(row.on <= last.isoformat()) if last is not None else query


def _rows(connection: Connection, query: Select[Any]) -> list[Heard]:
    return [
        Heard(
            msgspec.convert(
                {name: row[name] for name in VoiceRow.__struct_fields__}, VoiceRow, strict=False
            ),
            row["title"],
            row["place"],
            row["definition"],
        )
        for row in connection.execute(query).mappings()
    ]
