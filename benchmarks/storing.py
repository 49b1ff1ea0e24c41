"""The store alone: what was decided earlier is written, by itself and many at once."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.bare import done, played, recorded
from benchmarks.cases import NOW, orders, story
from benchmarks.measure import Figure, interleaved, stopwatch
from benchmarks.places import Place
from benchmarks.size import Size
from permits.casework.working_days import WorkingDays
from permits.outside.webhooks import NOBODY
from permits.services.announcing import Announcing
from permits.services.batch import Batch, Tables
from permits.services.writer import Writer

HOW = """\
Whole lives of an exemption, eight commands each. What was decided before is written without
deciding it again: idempotency keys and heads looked up, events, rows of lists, dues, figures,
intervals, letters, numbers and keys written, committed. With 32 callers, 32 commands share each
transaction, and so they do bare."""

GOAL = 0.5
TOGETHER = 32
AUTHORITY, DAY = "planning_bureau", f"{NOW:%Y%m%d}"


class Gathered(NamedTuple):
    """What a transaction of the writer had gathered when it was written."""

    keys: list[str]
    ids: list[str]
    state: dict[str, Any]

    def write(self, tables: Tables, connection: Any) -> None:
        """Write it again, in an office where it is new."""
        batch = Batch(tables, connection, WorkingDays(()), NOW)
        batch.look_up(self.keys, self.ids)
        tables.numbers.read(connection, AUTHORITY, DAY)
        for name, value in self.state.items():
            setattr(batch, name, value)
        batch.flush()


_STATE = ("vault", "_answers", "_appended", "_corrected", "_rows", "_read", "_taken", "_tasks")


def gathered(place: Place, cases: int, together: int) -> list[Gathered]:
    """What the writer gathers in the whole lives of some cases, a batch for each transaction."""
    found: list[Gathered] = []
    asked: list[tuple[list[str], list[str]]] = []
    real_look, real_flush = Batch.look_up, Batch.flush

    def look_up(this: Batch, keys: Any, ids: Any) -> None:
        asked.append((list(keys), list(ids)))
        real_look(this, keys, ids)

    def flush(this: Batch) -> None:
        found.append(Gathered(*asked[-1], {name: getattr(this, name) for name in _STATE}))
        real_flush(this)

    work = place.office()
    writer = Writer(work.database, work.shelf, lambda: NOW)
    with patch.object(Batch, "look_up", look_up), patch.object(Batch, "flush", flush):
        for round_ in orders(cases):
            for start in range(0, cases, together):
                done(writer.write(round_[start : start + together]))
    work.close()
    return found


def _written(place: Place, batches: list[Gathered]) -> float:
    work = place.office()
    told = Announcing(work.database, NOBODY, lambda: NOW)
    tables = Tables(work.database.dialect, told)
    with stopwatch() as taken:
        for one in batches:
            with work.database.write() as connection:
                work.shelf.refresh(connection)
                one.write(tables, connection)
    work.close()
    return taken[0]


def figures(place: Place, size: Size) -> Iterator[Figure]:
    """Commands a second, as ratios to the bare statements."""
    commands = size.cases * len(story())
    for together, callers in ((1, "1 caller"), (TOGETHER, f"{TOGETHER} callers")):
        statements = recorded(place, size.cases, together)
        batches = gathered(place, size.cases, together)
        taken = interleaved(
            {
                "bare": partial(played, place, statements),
                "store": partial(_written, place, batches),
            },
            size.rounds,
        )
        rate = {name: commands / seconds for name, seconds in taken.items()}
        ratio = rate["store"] / rate["bare"]
        yield Figure(f"The bare statements, {callers}", rate["bare"], "commands/s")
        judged = together == 1 and place.is_sqlite
        yield Figure(
            f"The store, {callers}",
            rate["store"],
            "commands/s",
            ratio,
            "bare",
            f"≥ {GOAL} × bare" if judged else "",
            ratio >= GOAL if judged else None,
        )
