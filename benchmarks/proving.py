"""The evidence: records, chains and places verified, and cases gone through again."""

import os
import time
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.cases import DAY
from benchmarks.lives import Life
from benchmarks.measure import Figure, interleaved
from benchmarks.size import Size
from permits.casework.envelope import Envelope, chained, open_record
from permits.casework.families import calendar, definitions
from permits.casework.streams import read_event
from permits.definitions.edition import edition
from permits.evidence.merkle import Growing
from permits.evidence.notes import new_signer
from permits.services.demonstration.clock import at
from permits.services.evidence.auditing import audit
from permits.services.evidence.going_through import Sources, sources
from permits.services.evidence.going_together import ALONE, Going, Sharing
from permits.services.evidence.reenacting import Books, reenact
from permits.services.evidence.reenacting.books import books_of
from permits.services.evidence.sequencing import Sequencer
from permits.store import evidence_reading, published
from permits.store.database import Database, open_database
from permits.store.evidence_reading import EventRow

HOW = """\
The office whose stories were told for the decisions. Hashes alone: each record is chained to the
one before it and its hash added to the tree, from memory; then the audit as `permits audit log`
does it, reading everything from SQLite; then each case gone through again, on one core; and all of
them again and again by one process and by one a core, in turns; the seconds in which processes
begin count."""

HASHES, REPLAYED = 150_000.0, 4_000.0
AGAIN = 200_000
"""Events that are gone through again by one process and by several."""


class Forgetful:
    """Remembers nothing outside."""

    def last(self) -> str:
        return ""

    def remember(self, _note: str) -> None:
        return


def figures(folder: Path, lives: list[Life], size: Size) -> Iterator[Figure]:
    """Events a second."""
    database = open_database(f"sqlite:///{folder / 'permits.db'}")
    records = _records(database)
    many = records * max(1, size.crowd // len(records))
    taken = _hashed(many)
    yield Figure(
        "Chained and added to the tree",
        len(many) / taken,
        "events/s",
        goal=f"≥ {HASHES:,.0f} a core",
        met=len(many) / taken >= HASHES,
    )
    begun = time.perf_counter()
    Sequencer(database, new_signer("bench/log"), Forgetful(), lambda: at(DAY)).run()
    yield Figure(
        "Given places and signed", len(records) / (time.perf_counter() - begun), "events/s"
    )
    begun = time.perf_counter()
    found = audit(database, replay=None)
    yield Figure("Audited, read from the database", found.events / _since(begun), "events/s")
    books, cases = _books(database), _cases(database)
    entries = sum(map(len, cases.values()))
    begun = time.perf_counter()
    amiss = [one for name, log in cases.items() for one in reenact(name, log, books).findings]
    taken = _since(begun)
    yield Figure(
        f"Gone through again, {len(cases)} cases of {len(lives)} stories",
        entries / taken,
        "events/s",
        goal=f"≥ {REPLAYED:,.0f} a core",
        met=entries / taken >= REPLAYED and not amiss,
    )
    yield from _together(database, size)
    database.close()


def _together(database: Database, size: Size) -> Iterator[Figure]:
    """Whether several processes go through cases faster than one; they are begun within it."""
    with database.read() as connection:
        made_of, rows = sources(connection), list(evidence_reading.all_events(connection))
    many = rows * max(1, min(size.events, AGAIN) // len(rows))
    cores = len(os.sched_getaffinity(0))
    ways = {1: ALONE, cores: Sharing(cores, worth=1 if size.events < AGAIN else ALONE.worth)}
    works = {str(count): partial(_gone, made_of, many, way) for count, way in ways.items()}
    taken = interleaved(works, size.rounds)
    one = taken.pop("1")
    yield Figure("Gone through again by 1 process", len(many) / one, "events/s")
    for count, seconds in taken.items():
        name = f"Gone through again by {count} processes"
        yield Figure(name, len(many) / seconds, "events/s", one / seconds, "1 process")


def _gone(made_of: Sources, rows: list[EventRow], way: Sharing) -> float:
    begun = time.perf_counter()
    with Going(made_of, way) as going:
        for stream, of_it in groupby(rows, key=lambda row: row.stream):
            for row in of_it:
                going.add(row)
            going.ended(stream)
        if going.found():
            raise SystemExit("something is amiss in what was told")
    return _since(begun)


def _since(begun: float) -> float:
    return time.perf_counter() - begun


def _records(database: Database) -> list[bytes]:
    with database.read() as connection:
        return [one.record for one in evidence_reading.all_events(connection)]


def _hashed(records: list[bytes]) -> float:
    begun = time.perf_counter()
    tree, head = Growing(), b"\x00" * 32
    for record in records:
        head = chained(head, record)
        tree.add(head)
    return _since(begun) if tree.root else 0.0


def _books(database: Database) -> Books:
    with database.read() as connection:
        years = [
            _told(one.record) for one in evidence_reading.records(connection, calendar.STREAM)
        ]
        editions = {}
        for one in evidence_reading.records(connection, definitions.STREAM):
            digest = _told(one.record)[1].digest
            editions[digest] = edition(published.content(connection, digest) or b"", digest)
    return books_of(editions, years)


def _cases(database: Database) -> dict[str, list[tuple[Envelope, Any]]]:
    found: dict[str, list[tuple[Envelope, Any]]] = {}
    with database.read() as connection:
        for one in evidence_reading.all_events(connection):
            if one.stream.startswith("case/"):
                found.setdefault(one.stream, []).append(_told(one.record))
    return found


def _told(record: bytes) -> tuple[Envelope, Any]:
    envelope, body = open_record(record)
    return envelope, read_event(envelope, body)
