"""Folds the whole log and compares every table made from it, or makes those tables anew."""

import logging
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select

from permits.casework.families import calendar, definitions
from permits.casework.parts import Seal
from permits.casework.seals import opens
from permits.casework.streams import read_event
from permits.services.derived import Entries, Made, Rows
from permits.services.signed_texts import TextAmiss, amiss, keep_missing
from permits.services.unfollowed import WRONG, LeftOut, Unfollowed, Wrong, unfollowed
from permits.store import notes, published_tables, signed_texts, vault
from permits.store import tables as t
from permits.store.database import Database, open_database
from permits.store.event_log import EventLog
from permits.store.signed_text_tables import signed_text
from permits.store.total_keys import summed
from permits.store.total_tables import figure_group, figure_total

log = logging.getLogger(__name__)

_PUBLISHED = (published_tables.version, published_tables.calendar_year)
_FIRST = (t.number_series, *_PUBLISHED, t.stream, t.event)
HELD = (*_FIRST, *(table for table in t.DERIVED if table not in _FIRST))
"""Every table the log is told in, in the order in which others take them, so that nobody waits
for somebody who waits for them: numbers and what is published before the log, rows after it."""


OF_ALL_CASES = (t.number_series, figure_group, figure_total)
"""Tables whose rows are made of all cases together."""

_EVERYTHING = {table.name: select(table) for table in t.DERIVED}


class Difference(msgspec.Struct, frozen=True):
    """A cell of a table that the log does not bear out; `column` is empty for a whole row."""

    table: str
    key: tuple[Any, ...]
    column: str
    stands: Any
    should: Any

    def __str__(self) -> str:
        where = f"{self.table} {'/'.join(map(str, self.key))}"
        if not self.column:
            return f"{where}: " + ("no such row in the log" if self.should is None else "missing")
        return f"{where}: {self.column} is {self.stands!r}, the log says {self.should!r}"


class Unfit(msgspec.Struct, frozen=True):
    """A value beside the log that is not what its seal in the log of `stream` was made of, that
    was erased though no event says so, or that is there though one says it was erased. What it
    says now is not told, for it is personal; nothing can be made anew of it."""

    seal: str
    stream: str
    field: str
    wrong: Literal["not_sealed", "not_told", "came_back"] = "not_sealed"

    def __str__(self) -> str:
        says = {
            "not_sealed": "is not what was sealed",
            "not_told": "was erased, and no event says so",
            "came_back": "is there again after it was erased; `permits retention run` erases it",
        }
        return f"sealed_value {self.seal}: {self.field} of {self.stream} {says[self.wrong]}"


Found = Difference | Unfit | TextAmiss | Unfollowed


def check(database: Database) -> tuple[Found, ...]:
    """Everything that stands otherwise in the tables than in the log, first the streams of which
    nothing can be made: their rows, and those that are made of all cases, are left out.

    BrokenChain or CannotFollow if the calendar or the list of definitions is such a stream,
    Altered if a published definition is not what it was: nothing can be made without them.
    """
    with database.snapshot() as connection:
        log = EventLog(database.dialect)
        made, apart = Made(), list[Unfollowed]()
        for wrong in gather(connection, log, made):
            apart.append(unfollowed(wrong))
        left_out = LeftOut(apart)
        tables = (one for one in t.DERIVED if not (left_out.cases and one in OF_ALL_CASES))
        found = (_compare(connection, table, made.rows[table.name]) for table in tables)
        differ = (one for one in chain.from_iterable(found) if not left_out.row(one.key))
        unfit = _unfit(connection, log, made.erased, left_out)
        texts = amiss(signed_texts.all_contents(connection), made.signed)
        return (*apart, *differ, *unfit, *(one for one in texts if not left_out.text(one)))


def mendable(one: Found) -> bool:
    """Whether it can be made anew of the log, or of what was published."""
    missing = isinstance(one, TextAmiss) and one.wrong == "missing"
    return missing or isinstance(one, Difference)


def rebuild(database: Database) -> tuple[str, ...]:
    """Make every derived table anew from the log, while everybody else waits to write, and keep
    the texts that are missing; the digests of those that no published definition has."""
    with database.alone(*HELD) as connection:
        made = folded(connection, EventLog(database.dialect))
        for table in t.DERIVED:
            _fill(connection, table, made.rows[table.name])
        lost = _keep_texts(connection, database, made)
        notes.take_away(connection, TO_BE_MADE)
        return lost


def _keep_texts(connection: Connection, database: Database, made: Made) -> tuple[str, ...]:
    """Keep the texts that were signed and are not there, as far as a definition says them."""
    published = [one.definition for one in made.editions.values()]
    lost = keep_missing(connection, database.dialect, made.signed, published)
    for digest in lost:
        log.warning("no published definition has the text %s that was signed", digest)
    return lost


def _fill(connection: Connection, table: Table, rows: Rows) -> None:
    connection.execute(delete(table))
    if rows:
        connection.execute(insert(table), list(rows.values()))


TO_BE_MADE = "tables to be made"
"""The note of a migration that added tables: their names, until they were made."""


def all_made(connection: Connection) -> bool:
    """Whether every table is there that the log can fill, so that totals can be relied on."""
    return notes.noted(connection, TO_BE_MADE) is None


def opened_with_all(url: str) -> Database:
    """Open the database of an office, with every table that its log can fill."""
    database = open_database(url)
    try:
        make_added(database)
    except BaseException:
        database.close()
        raise
    return database


def make_added(database: Database) -> None:
    """Make the tables that newer versions of the database brought, if that has not been done, and
    keep the texts that were signed before texts were kept.

    Nothing is made of a log that is not whole: the office opens all the same, to be looked at,
    and figures of these tables are empty. Altered if a published definition is not what it was.
    """
    with database.read() as connection:
        if notes.noted(connection, TO_BE_MADE) is None:
            return
    with database.alone(*HELD) as connection:
        names = notes.noted(connection, TO_BE_MADE)
        if names is None:
            return  # somebody else has done it while this one waited
        try:
            made = folded(connection, EventLog(database.dialect))
        except WRONG as broken:
            log.error("tables of figures cannot be made: %s", broken)  # noqa: TRY400 - no trace
            return
        for table in (one for one in t.DERIVED if one.name in names.split()):
            _fill(connection, table, made.rows[table.name])
        if signed_text.name in names.split():
            _keep_texts(connection, database, made)
        notes.take_away(connection, TO_BE_MADE)


def folded(connection: Connection, log: EventLog) -> Made:
    """What each derived table should hold.

    BrokenChain if the log itself is not whole, CannotFollow if it tells of what cannot have
    happened, Altered if a published definition is not what it was.
    """
    made = Made()
    for wrong in gather(connection, log, made):
        raise wrong
    return made


def gather(connection: Connection, log: EventLog, made: Made) -> Iterator[Wrong]:
    """Gather what the log says, and what is wrong with each stream of which nothing can be made.
    What all others rest on is raised instead."""
    streams = list(log.streams(connection, ""))
    if calendar.STREAM in streams:
        made.years(_read(connection, log, calendar.STREAM))
    if definitions.STREAM in streams:
        made.versions(connection, _read(connection, log, definitions.STREAM))
    for stream in streams:
        if stream not in (calendar.STREAM, definitions.STREAM):
            try:
                made.stream(stream, _read(connection, log, stream))
            except WRONG as wrong:
                yield wrong
    made.documents()
    made.totals()


def _read(connection: Connection, log: EventLog, stream: str) -> Entries:
    log.verify(connection, stream)
    entries = log.read(connection, stream)
    return [(envelope, read_event(envelope, body)) for envelope, body in entries]


def _unfit(
    connection: Connection, log: EventLog, erased: Mapping[Seal, date], left_out: LeftOut
) -> Iterator[Unfit]:
    """Values that do not fit their seal, or whose seal no event of their stream speaks of, and
    those that are there or gone otherwise than `erased` says."""
    streams = select(t.sealed_value.c.stream).distinct().order_by(t.sealed_value.c.stream)
    for stream in list(connection.execute(streams).scalars()):
        if stream in left_out.streams:
            continue
        said = b"".join(body for _envelope, body in log.read(connection, stream))
        for one in vault.kept(connection, stream):
            if one.erased_on is not None:
                if not _told_erased(one, erased):
                    yield Unfit(one.seal, one.stream, one.field, "not_told")
            elif one.seal in erased:
                yield Unfit(one.seal, one.stream, one.field, "came_back")
            elif one.seal.encode() not in said or not opens(one.seal, one.salt, one.value):
                yield Unfit(one.seal, one.stream, one.field)


def _told_erased(one: vault.SealedValue, erased: Mapping[Seal, date]) -> bool:
    """Whether nothing is left of a value, and an event of that day says so."""
    told = erased.get(one.seal)
    return told is not None and one.erased_on == told.isoformat() and not (one.salt or one.value)


def _compare(connection: Connection, table: Table, should: Rows) -> Iterator[Difference]:
    stands = _standing(connection, table, should)
    for key in sorted(stands.keys() | should.keys(), key=str):
        if key not in should:
            yield Difference(table.name, key, "", stands[key], None)
        elif key not in stands:
            yield Difference(table.name, key, "", None, should[key])
        else:
            for column, value in should[key].items():
                if stands[key][column] != value:
                    yield Difference(table.name, key, column, stands[key][column], value)


def _standing(connection: Connection, table: Table, should: Rows) -> Rows:
    """The rows of a table by their key. A total that several wrote to counts as one; a group in
    which nothing is counted any more is nothing."""
    rows = _rows(connection, table)
    if table is figure_total:
        return summed(rows)
    found = {tuple(row[c.name] for c in table.primary_key): row for row in rows}
    if table is figure_group:
        totals = summed(_rows(connection, figure_total)).values()
        counted = {one["group_id"] for one in totals}
        return {key: row for key, row in found.items() if key in should or row["id"] in counted}
    return found


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [
        {k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()}
        for row in connection.execute(_EVERYTHING[table.name]).mappings()
    ]
