"""What a case leaves in the database, table by table."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select

from benchmarks.bare import done
from benchmarks.cases import NOW, orders
from benchmarks.measure import Figure
from benchmarks.places import Place
from benchmarks.proving import Forgetful
from benchmarks.room import Bytes, taken
from benchmarks.size import Size
from permits.evidence.notes import new_signer
from permits.services.evidence.sequencing import Sequencer
from permits.services.office import Office
from permits.services.writer import Writer
from permits.store.tables import event

HOW = """\
Whole lives of an exemption through the writer, and each event given its place in the one log: what
every table takes with its indexes (`dbstat` on SQLite, `pg_total_relation_size` on PostgreSQL)
beyond what it takes in an empty office, by case and by event. Tables that take less than a
hundredth are not told. Everything is there that a case brings with it, also what is tidied away
in time: the keys of commands, letters that wait. Files that people hand in stand elsewhere."""

LEAST = 0.01
TOGETHER = 32


class Grown(NamedTuple):
    """What was added to a database: bytes by table, cases and events."""

    by_table: Bytes
    cases: int
    events: int

    def figures(self) -> Iterator[Figure]:
        """The whole of it, then each table, the largest first."""
        whole = sum(self.by_table.values())
        yield Figure("The database", whole / self.cases, self._unit(whole))
        for name, size in sorted(self.by_table.items(), key=lambda one: (-one[1], one[0])):
            if size >= LEAST * whole:
                share = size / whole
                yield Figure(
                    f"`{name}`", size / self.cases, self._unit(size), share, "the database"
                )

    def _unit(self, size: int) -> str:
        return f"bytes a case, {size / self.events:,.0f} an event"


def figures(place: Place, size: Size) -> Iterator[Figure]:
    """Bytes by table, of cases that were lived through."""
    empty = place.office()
    events = _events(empty)
    before = taken(empty)
    yield Figure("The database of an empty office", sum(before.values()), "bytes")
    work = place.office()
    _live(work, size.grown)
    more = _events(work) - events
    after = taken(work)
    by_table = {name: size - before.get(name, 0) for name, size in after.items()}
    yield Figure(f"Events of {size.grown:,} cases", more, "")
    yield from Grown(by_table, size.grown, more).figures()


def _live(work: Office, cases: int) -> None:
    writer = Writer(work.database, work.shelf, lambda: NOW)
    for round_ in orders(cases):
        for start in range(0, cases, TOGETHER):
            done(writer.write(round_[start : start + TOGETHER]))
    Sequencer(work.database, new_signer("bench/log"), Forgetful(), lambda: NOW).run()


def _events(work: Office) -> int:
    with work.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(event)).scalar_one())
