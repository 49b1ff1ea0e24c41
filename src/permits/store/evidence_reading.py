"""What is read of the record to prove or to audit it, as it stands and unjudged."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from permits.casework.envelope import GENESIS
from permits.store.measured_tables import case_facts
from permits.store.tables import case_row, due_row, event, stream


class Shown(NamedTuple):
    """An event with the hash before it in its stream."""

    stream: str
    seq: int
    record: bytes
    previous: bytes


class EventRow(NamedTuple):
    """An event as its row has it."""

    stream: str
    seq: int
    id: str
    type: str
    record: bytes
    hash: bytes


def records(connection: Connection, stream_id: str) -> list[Shown]:
    """The events of a stream, in order."""
    query = select(event.c.seq, event.c.record, event.c.hash).where(event.c.stream == stream_id)
    previous, found = GENESIS, []
    for row in connection.execute(query.order_by(event.c.seq)):
        found.append(Shown(stream_id, row.seq, bytes(row.record), previous))
        previous = bytes(row.hash)
    return found


def first_record(connection: Connection, stream_id: str) -> bytes | None:
    """The record of the first event of a stream; None if there is none."""
    query = select(event.c.record).where(event.c.stream == stream_id, event.c.seq == 1)
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else bytes(found)


def case_of(connection: Connection, named: str) -> str | None:
    """The id of the case of a number, or of that id; None if there is none."""
    either = (case_row.c.number == named) | (case_row.c.case_id == named)
    return connection.execute(select(case_row.c.case_id).where(either)).scalar_one_or_none()


def numbers_of_cases(connection: Connection) -> frozenset[str]:
    """The numbers of all cases."""
    return frozenset(connection.execute(select(case_row.c.number)).scalars())


def figures_of(connection: Connection, case_id: str) -> dict[str, Any]:
    """The figures of a case as its row has them; nothing if it has none."""
    query = select(case_facts).where(case_facts.c.case_id == case_id)
    row = connection.execute(query).mappings().one_or_none()
    return dict(row) if row is not None else {}


def dues_of(connection: Connection, case_id: str) -> tuple[dict[str, Any], ...]:
    """The dates of a case the timer waits for, as their rows have them."""
    query = select(due_row).where(due_row.c.case_id == case_id)
    rows = connection.execute(query.order_by(due_row.c.kind, due_row.c.name)).mappings()
    return tuple(map(dict, rows))


MANY = 5_000


def all_events(connection: Connection) -> Iterator[EventRow]:
    """Every event there is, by stream and in the order of each. Read by the driver itself, many
    at once: an audit reads all there is."""
    order = (event.c.stream, event.c.seq)
    query = select(*order, event.c.id, event.c.type, event.c.record, event.c.hash)
    in_order = query.order_by(*order).execution_options(yield_per=MANY)
    with connection.execute(in_order) as reading:
        for some in reading.partitions():
            for one in some:
                yield EventRow(one[0], one[1], one[2], one[3], bytes(one[4]), bytes(one[5]))


def heads(connection: Connection) -> dict[str, tuple[int, bytes]]:
    """The newest sequence number and hash of every stream, as they are kept."""
    rows = connection.execute(select(stream.c.id, stream.c.version, stream.c.head))
    return {row.id: (row.version, bytes(row.head)) for row in rows}
