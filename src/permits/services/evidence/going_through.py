"""Goes through every case of the log again, stream by stream, as an audit reads them."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection

from permits.casework.envelope import Envelope, Event, open_record
from permits.casework.families import calendar, definitions
from permits.casework.families.definitions import DefinitionPublished
from permits.casework.streams import UnknownShape, read_event
from permits.definitions.edition import Edition, edition
from permits.evidence.findings import Amiss, Finding
from permits.services.evidence.reenacting import Books, reenact
from permits.services.evidence.reenacting.books import books_of
from permits.store import evidence_reading, published
from permits.store.evidence_reading import EventRow
from permits.store.published import Altered

CASE = "case/"

Told = list[tuple[Envelope, Event]]
BAD = (KeyError, UnknownShape, msgspec.MsgspecError, ValueError)


class Going:
    """Gathers the events of a stream, and goes through it once it has ended if it is a case."""

    def __init__(self, connection: Connection) -> None:
        self.cases = 0
        self._findings: list[Finding] = []
        self._told: Told = []
        self._books = self._read(connection)

    def _read(self, connection: Connection) -> Books:
        """The calendar and the definitions, which every case is gone through by."""
        years = self._stream(connection, calendar.STREAM)
        editions: dict[str, Edition] = {}
        for envelope, event in self._stream(connection, definitions.STREAM):
            if isinstance(event, DefinitionPublished):
                try:
                    content = published.content(connection, event.digest)
                except Altered:
                    content = None
                if content is None:
                    where = definitions.STREAM
                    self._tell(Amiss.DEFINITION_ALTERED, where, envelope.seq, event.digest)
                else:
                    editions[event.digest] = edition(content, event.digest)
        return books_of(editions, years)

    def _stream(self, connection: Connection, stream: str) -> Iterator[tuple[Envelope, Event]]:
        for one in evidence_reading.records(connection, stream):
            try:
                envelope, body = open_record(one.record)
                yield envelope, read_event(envelope, body)
            except BAD:
                continue  # told when the stream itself is looked at

    def _tell(self, what: Amiss, where: str, seq: int, *says: str) -> None:
        self._findings.append(Finding(what, where, seq, says))

    def add(self, row: EventRow) -> None:
        """The next event."""
        try:
            envelope, body = open_record(row.record)
            self._told.append((envelope, read_event(envelope, body)))
        except BAD:
            self._tell(Amiss.UNKNOWN_EVENT, row.stream, row.seq, row.type)

    def ended(self, stream: str) -> list[Finding]:
        """What is amiss in a stream that has ended."""
        told, self._told = self._told, []
        found, self._findings = self._findings, []
        if stream.startswith(CASE):
            self.cases += 1
            found.extend(reenact(stream, told, self._books).findings)
        return found
