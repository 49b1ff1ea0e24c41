"""Goes through every case of the log again, stream by stream, as an audit reads them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from permits.casework.envelope import Envelope, Event, open_record
from permits.casework.families import calendar, definitions
from permits.casework.families.definitions import DefinitionPublished
from permits.casework.streams import read_event
from permits.definitions.edition import edition
from permits.evidence.findings import Amiss, Finding
from permits.services.evidence.reenacting import Books, reenact
from permits.services.evidence.reenacting.books import books_of
from permits.store import evidence_reading, published
from permits.store.evidence_reading import EventRow
from permits.store.published import Altered

CASE = "case/"

Told = list[tuple[Envelope, Event]]
BAD = (msgspec.MsgspecError, ValueError)


class Sources(NamedTuple):
    """What the books are made of: the records of the calendar, and definitions by their digests;
    and what is amiss in these. It can be handed to another process."""

    calendar: tuple[bytes, ...]
    definitions: dict[str, bytes]
    findings: tuple[Finding, ...] = ()

    def books(self) -> Books:
        """The calendar and the definitions, which every case is gone through by."""
        editions = {digest: edition(text, digest) for digest, text in self.definitions.items()}
        return books_of(editions, _readable(self.calendar))


def sources(connection: Connection) -> Sources:
    """What the database has of them."""
    contents: dict[str, bytes] = {}
    amiss: list[Finding] = []
    for envelope, event in _readable(_records(connection, definitions.STREAM)):
        if isinstance(event, DefinitionPublished):
            try:
                content = published.content(connection, event.digest)
            except Altered:
                content = None
            if content is None:
                where, said = definitions.STREAM, (event.digest,)
                amiss.append(Finding(Amiss.DEFINITION_ALTERED, where, envelope.seq, said))
            else:
                contents[event.digest] = content
    return Sources(_records(connection, calendar.STREAM), contents, tuple(amiss))


def _records(connection: Connection, stream: str) -> tuple[bytes, ...]:
    return tuple(one.record for one in evidence_reading.records(connection, stream))


def _readable(records: Iterable[bytes]) -> Iterator[tuple[Envelope, Event]]:
    for record in records:
        try:
            envelope, body = open_record(record)
            yield envelope, read_event(envelope, body)
        except BAD:
            continue  # told when the stream itself is looked at


def gone_through(stream: str, rows: Iterable[EventRow], books: Books) -> list[Finding]:
    """What is amiss in the events of a stream, and in the case if it is one."""
    found: list[Finding] = []
    told: Told = []
    for row in rows:
        try:
            envelope, body = open_record(row.record)
            told.append((envelope, read_event(envelope, body)))
        except BAD:
            found.append(Finding(Amiss.UNKNOWN_EVENT, row.stream, row.seq, (row.type,)))
    if stream.startswith(CASE):
        found.extend(reenact(stream, told, books).findings)
    return found
