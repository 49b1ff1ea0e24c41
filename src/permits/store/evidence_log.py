"""Places in the one log: taken by whoever leads, in the order in which events came to wait. What
is signed of it stands in `evidence_signed`.

What waits is read from `log_pending`, never by a number beyond the last: transactions are seen in
another order than they began.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeVar

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from permits.casework.dates import as_text
from permits.evidence.merkle import At, Place, looked_up
from permits.store.evidence_tables import (
    log_leaf,
    log_lease,
    log_node,
    log_pending,
)
from permits.store.tables import event

LEASE = timedelta(seconds=30)
"""For so long nobody else gives places, unless whoever leads has said that it is done."""

PLACES = "places"

READ_AT_ONCE = 400

T = TypeVar("T")


class Waiting(NamedTuple):
    """An event that has no place yet."""

    stream: str
    seq: int
    hash: bytes


class Leaf(NamedTuple):
    """An event in its place."""

    idx: int
    stream: str
    seq: int
    hash: bytes


class Gap(Exception):
    """An event waits for a place that is not there."""

    def __init__(self, stream: str, seq: int) -> None:
        super().__init__(f"{stream}, event {seq}: waits for a place and is not there")
        self.stream = stream
        self.seq = seq


def lead(connection: Connection, holder: str, now: datetime) -> bool:
    """Take the lead, or keep it; False if somebody else has it. Whoever asks meanwhile waits."""
    mine = or_(log_lease.c.holder == holder, log_lease.c.until < as_text(now))
    taken = (
        update(log_lease)
        .where(log_lease.c.name == PLACES, mine)
        .values(holder=holder, until=as_text(now + LEASE))
    )
    return connection.execute(taken).rowcount == 1


def let_go(connection: Connection, holder: str) -> None:
    """Leave the lead to others."""
    mine = and_(log_lease.c.name == PLACES, log_lease.c.holder == holder)
    connection.execute(update(log_lease).where(mine).values(holder="", until=""))


class Addition(NamedTuple):
    """Events that were added to a stream and wait: which stream, the first and the last."""

    stream: str
    first: int
    last: int


def waits(connection: Connection) -> bool:
    """Whether any event waits for a place."""
    return connection.execute(select(log_pending.c.stream).limit(1)).first() is not None


def waiting(connection: Connection, most: int) -> tuple[list[Addition], list[Waiting]]:
    """Additions to streams that wait, so many at most, and their events, all in order.

    Raises `Gap` if an event is not there.
    """
    some = (
        select(log_pending)
        .order_by(log_pending.c.stream, log_pending.c.first)
        .limit(most)
        .subquery()
    )
    within = and_(
        event.c.stream == some.c.stream,
        event.c.seq >= some.c.first,
        event.c.seq <= some.c.last,
    )
    query = (
        select(some.c.stream, some.c.first, some.c.last, event.c.seq, event.c.hash)
        .join_from(some, event, within, isouter=True)
        .order_by(some.c.stream, some.c.first, event.c.seq)
    )
    additions: list[Addition] = []
    events: list[Waiting] = []
    for stream, first, last, seq, found in connection.execute(query):
        one = Addition(stream, first, last)
        if not additions or additions[-1] != one:
            additions.append(one)
        if seq is not None:
            events.append(Waiting(stream, seq, bytes(found)))
    _must_be_whole(additions, events)
    return additions, events


def _must_be_whole(additions: Iterable[Addition], events: Iterable[Waiting]) -> None:
    there = iter(events)
    for stream, first, last in additions:
        for seq in range(first, last + 1):
            one = next(there, None)
            if one is None or (one.stream, one.seq) != (stream, seq):
                raise Gap(stream, seq)


def placed(connection: Connection, additions: Sequence[Addition]) -> None:
    """Additions that wait no longer."""
    this = and_(log_pending.c.stream == bindparam("of"), log_pending.c.first == bindparam("since"))
    rows = [{"of": one.stream, "since": one.first} for one in additions]
    if rows:
        connection.execute(delete(log_pending).where(this), rows)


def pending(connection: Connection) -> int:
    """How many events wait for a place."""
    many = func.coalesce(func.sum(log_pending.c.last - log_pending.c.first + 1), 0)
    return int(connection.execute(select(many)).scalar_one())


def size(connection: Connection) -> int:
    """How many events have a place."""
    last = connection.execute(select(func.max(log_leaf.c.idx))).scalar_one()
    return 0 if last is None else int(last) + 1


def put_leaves(connection: Connection, leaves: Sequence[Leaf]) -> None:
    if leaves:
        connection.execute(insert(log_leaf), [leaf._asdict() for leaf in leaves])


def put_nodes(connection: Connection, nodes: Iterable[tuple[Place, bytes]]) -> None:
    rows = [{"level": p.level, "idx": p.number, "hash": found} for p, found in nodes]
    if rows:
        connection.execute(insert(log_node), rows)


def read_nodes(connection: Connection, places: Iterable[Place]) -> At:
    """The hashes of whole subtrees, read at once. Asking for one that is not there raises
    `KeyError`."""
    known: dict[Place, bytes] = {}
    for level, of_level in groupby(sorted(set(places)), key=attrgetter("level")):
        for some in _so_many([place.number for place in of_level], READ_AT_ONCE):
            for index, found in connection.execute(_hashes(level, some)):
                known[Place(level, index)] = bytes(found)
    return looked_up(known)


def _hashes(level: int, indices: Sequence[int]) -> Select[int, bytes]:
    if level == 0:
        return select(log_leaf.c.idx, log_leaf.c.hash).where(log_leaf.c.idx.in_(indices))
    of_level = and_(log_node.c.level == level, log_node.c.idx.in_(indices))
    return select(log_node.c.idx, log_node.c.hash).where(of_level)


def leaves_of(connection: Connection, stream: str) -> dict[int, Leaf]:
    """The places of the events of a stream, by their sequence numbers."""
    query = select(log_leaf).where(log_leaf.c.stream == stream).order_by(log_leaf.c.seq)
    return {row.seq: _leaf(row) for row in connection.execute(query)}


MANY = 5_000
"""Rows that are read at once."""


def all_leaves(connection: Connection) -> Iterator[Leaf]:
    """Every event that has a place, in order."""
    query = select(log_leaf).order_by(log_leaf.c.idx).execution_options(yield_per=MANY)
    with connection.execute(query) as rows:
        yield from map(_leaf, rows)


def all_nodes(connection: Connection) -> Iterator[tuple[Place, bytes]]:
    """Every hash above the places."""
    query = select(log_node.c.level, log_node.c.idx, log_node.c.hash)
    with connection.execute(query.execution_options(yield_per=MANY)) as rows:
        for row in rows:
            yield Place(row[0], row[1]), bytes(row[2])


def all_waiting(connection: Connection) -> list[Addition]:
    """Everything that waits for a place."""
    query = select(log_pending).order_by(log_pending.c.stream, log_pending.c.first)
    return [Addition(row.stream, row.first, row.last) for row in connection.execute(query)]


def _leaf(row: Row[int, str, int, bytes]) -> Leaf:
    return Leaf(row[0], row[1], row[2], bytes(row[3]))


def _so_many(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    for first in range(0, len(items), most):
        yield items[first : first + most]
