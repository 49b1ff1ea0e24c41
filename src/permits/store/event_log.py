"""The log: appended under a version guard, chained by hash, read back, verified."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, text, union, update
from sqlalchemy.engine import Dialect

from permits.casework.envelope import GENESIS, Envelope, chained, open_record
from permits.store.compiled import of_kind
from permits.store.database import Prepared
from permits.store.evidence_tables import log_pending
from permits.store.tables import event, stream


class Head(NamedTuple):
    """The newest event of a stream; version 0 and the genesis hash if there is none."""

    version: int
    hash: bytes


NEW = Head(0, GENESIS)


class Entry(NamedTuple):
    """One record on its way into the log."""

    stream: str
    seq: int
    id: str
    type: str
    record: bytes
    hash: bytes


class Appended(NamedTuple):
    """What one transaction adds to a stream, and the head it was decided upon."""

    stream: str
    before: Head
    after: Head
    entries: tuple[Entry, ...]


class Overtaken(Exception):
    """Somebody else appended to the stream since its head was read; nothing was written."""


class BrokenChain(Exception):
    """A record of the log is not what it was when it was written."""

    def __init__(self, stream_id: str, seq: int, what: str) -> None:
        super().__init__(f"{stream_id}, event {seq}: {what}")
        self.stream = stream_id
        self.seq = seq
        self.what = what


_HEADS = "SELECT id, version, head FROM stream WHERE id = ANY(:ids)"
_HEADS_SQLITE = (
    "SELECT id, version, head FROM stream WHERE id IN (SELECT value FROM json_each(:ids))"
)
_EACH = "SELECT stream, seq, record FROM event WHERE stream = ANY(:ids) ORDER BY stream, seq"
_EACH_SQLITE = (
    "SELECT stream, seq, record FROM event WHERE stream IN (SELECT value FROM json_each(:ids))"
    " ORDER BY stream, seq"
)


class _Statements:
    """What the log asks of a database, put together."""

    def __init__(self, dialect: Dialect) -> None:
        sqlite = dialect.name == "sqlite"
        self.heads = Prepared(text(_HEADS_SQLITE if sqlite else _HEADS), dialect)
        self.each = Prepared(text(_EACH_SQLITE if sqlite else _EACH), dialect)
        self.insert = Prepared(insert(event), dialect)
        self.wait = Prepared(insert(log_pending), dialect)
        self.open = Prepared(insert(stream), dialect)
        self.advance = Prepared(
            update(stream)
            .where(stream.c.id == bindparam("stream"), stream.c.version == bindparam("before"))
            .values(version=bindparam("after"), head=bindparam("hash")),
            dialect,
        )
        self.read = Prepared(
            select(event.c.seq, event.c.record)
            .where(event.c.stream == bindparam("stream"), event.c.seq > bindparam("seq"))
            .order_by(event.c.seq),
            dialect,
        )


class EventLog:
    """The log of one database. Every method works within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        self._asks = of_kind(_Statements, dialect)

    def heads(self, connection: Connection, ids: Sequence[str]) -> dict[str, Head]:
        """The heads of those of the streams that exist."""
        rows = self._asks.heads.all(connection, ids=self._listed(ids))
        return {row[0]: Head(row[1], bytes(row[2])) for row in rows}

    def _listed(self, ids: Sequence[str]) -> Any:
        return json.dumps(ids) if self._sqlite else list(ids)

    def append(self, connection: Connection, appended: Sequence[Appended]) -> None:
        """Add to streams, each at the head it was decided upon; Overtaken if one has moved on.
        What is added waits for its place in the one log over all of them.

        A stream that is new meets another of the same name as an integrity error. Streams are
        taken in the order of their names, so that two writers never wait for each other.
        """
        ordered = sorted(appended, key=lambda one: one.stream)
        new = [one for one in ordered if one.before.version == 0]
        old = [one for one in ordered if one.before.version > 0]
        self._asks.open.many(
            connection,
            [{"id": o.stream, "version": o.after.version, "head": o.after.hash} for o in new],
        )
        moved = self._asks.advance.many(
            connection,
            [
                {
                    "stream": o.stream,
                    "before": o.before.version,
                    "after": o.after.version,
                    "hash": o.after.hash,
                }
                for o in old
            ],
        )
        if moved != len(old):
            raise Overtaken
        self._asks.insert.many(connection, [e._asdict() for o in ordered for e in o.entries])
        self._asks.wait.many(
            connection,
            [
                {"stream": o.stream, "first": o.entries[0].seq, "last": o.entries[-1].seq}
                for o in ordered
                if o.entries
            ],
        )

    def read(
        self, connection: Connection, stream_id: str, after: int = 0
    ) -> list[tuple[Envelope, bytes]]:
        """The envelopes and bodies of a stream after a sequence number, in order. BrokenChain if
        one of them cannot be read."""
        rows = self._asks.read.all(connection, stream=stream_id, seq=after)
        return [_opened(stream_id, *row) for row in rows]

    def read_each(
        self, connection: Connection, ids: Sequence[str]
    ) -> dict[str, list[tuple[Envelope, bytes]]]:
        """The envelopes and bodies of those of the streams that exist, read at once. BrokenChain
        if one of them cannot be read."""
        found: dict[str, list[tuple[Envelope, bytes]]] = {}
        for stream_id, seq, record in self._asks.each.all(connection, ids=self._listed(ids)):
            found.setdefault(stream_id, []).append(_opened(stream_id, seq, record))
        return found

    def streams(self, connection: Connection, prefix: str) -> Iterator[str]:
        """The names of all streams that begin with `prefix`, in order.

        Those of which only the head or only events are left are among them, to be noticed.
        """
        heads = select(stream.c.id).where(stream.c.id.startswith(prefix, autoescape=True))
        events = select(event.c.stream).where(event.c.stream.startswith(prefix, autoescape=True))
        names = union(heads, events).subquery()
        yield from connection.execute(select(names).order_by(names.c[0])).scalars()

    def verify(self, connection: Connection, stream_id: str) -> int:
        """Check every record of a stream against its hash, its neighbours and the head.

        The number of events; BrokenChain with the first place that is wrong.
        """
        query = select(event).where(event.c.stream == stream_id).order_by(event.c.seq)
        records = (
            Record(row.seq, row.id, row.type, bytes(row.record), bytes(row.hash))
            for row in connection.execute(query)
        )
        kept = connection.execute(select(stream).where(stream.c.id == stream_id)).one_or_none()
        head = None if kept is None else Head(kept.version, bytes(kept.head))
        return verify_records(stream_id, records, head)


def _opened(stream_id: str, seq: int, record: bytes) -> tuple[Envelope, bytes]:
    """The envelope and body of a record as the database has it."""
    try:
        return open_record(bytes(record))
    except (msgspec.MsgspecError, ValueError) as error:
        raise BrokenChain(stream_id, seq, "the record cannot be read") from error


class Record(NamedTuple):
    """A row of the log, beside its stream."""

    seq: int
    id: str
    type: str
    record: bytes
    hash: bytes


def verify_records(stream_id: str, records: Iterable[Record], kept: Head | None) -> int:
    """Check the records of a stream, in order, against each other and the head that is kept.

    The number of events; BrokenChain with the first place that is wrong.
    """
    head, count = GENESIS, 0
    for row in records:
        count += 1
        envelope, _body = _opened(stream_id, row.seq, row.record)
        if row.seq != count or envelope.seq != count or envelope.stream != stream_id:
            raise BrokenChain(stream_id, count, "an event is missing or out of place")
        if (row.id, row.type) != (envelope.id, envelope.type):
            raise BrokenChain(stream_id, count, "the row says something else than the record")
        head = chained(head, row.record)
        if head != row.hash:
            raise BrokenChain(stream_id, count, "the record was changed after it was written")
    if kept != Head(count, head):
        raise BrokenChain(stream_id, count, "events were cut off at the end")
    return count


def verify_every(records: Iterable[tuple[str, Record]], heads: Mapping[str, Head]) -> int:
    """Check the records of all streams, stream by stream and each in its order, and that no stream
    has a head only. How many there are; BrokenChain with the first place that is wrong."""
    count, seen = 0, set[str]()
    for stream_id, those in groupby(records, key=itemgetter(0)):
        kept = heads.get(stream_id)
        count += verify_records(stream_id, (record for _stream, record in those), kept)
        seen.add(stream_id)
    for stream_id in heads:
        if stream_id not in seen:
            raise BrokenChain(stream_id, 0, "events were cut off at the end")
    return count


def verify_log(connection: Connection) -> int:
    """Check every stream in one pass over the log, which a snapshot has to see as it stands at one
    moment; see `verify_every`."""
    rows = connection.execute(select(stream.c.id, stream.c.version, stream.c.head))
    heads = {row.id: Head(row.version, bytes(row.head)) for row in rows}
    query = select(event).order_by(event.c.stream, event.c.seq)
    with connection.execute(query.execution_options(yield_per=1_000)) as found:
        return verify_every(
            (
                (row.stream, Record(row.seq, row.id, row.type, bytes(row.record), bytes(row.hash)))
                for row in found
            ),
            heads,
        )
