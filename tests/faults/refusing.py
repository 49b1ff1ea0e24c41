"""F2: the disk refuses the n-th thing it is asked, for every n, once or from then on.

While orders are written, one write, cut, write-through or removal after the other fails: as a
broken disk does, or as a full one. Then the program is started again over what is on the disk.
Whatever was told as done must be there, whatever was told as not done must not, and what was told
as unknown is settled by asking again under the same key.
"""

import random
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from permits.services import writer as writing
from permits.services.rebuild import check
from permits.services.writer import Done
from permits.store import condition
from permits.store.database import Database, open_database
from tests.faults import works
from tests.faults.disk import CODES, FULL, OK, Disk, Does
from tests.faults.power import MODES, keeping, trusted_library
from tests.faults.report import Outcome, Sum
from tests.faults.works import Ledger, Verdict

EACH_IS_CHECKED = 25
"""After so many runs every table is compared with the log as well, which takes longer."""

STRIDE = 8
"""The next place lies so many further at most: a scene has hundreds, much alike."""


class Kind(NamedTuple):
    """How the disk refuses: because it is full rather than broken, from then on, and only once it
    has done what was asked."""

    full: bool = False
    goes_on: bool = False
    after: bool = False

    @property
    def name(self) -> str:
        name = "full" if self.full else "broken"
        return f"{name}{' for good' * self.goes_on}{' behind it' * self.after}"


KINDS = (
    Kind(),
    Kind(goes_on=True),
    Kind(after=True),
    Kind(after=True, goes_on=True),
    Kind(full=True),
    Kind(full=True, goes_on=True),
)


class Refusing:
    """Refuses the n-th thing that is asked, and, if it is to go on, everything after it."""

    def __init__(self, place: int, kind: Kind) -> None:
        self.place, self.kind = place, kind
        self.asked = 0
        self.hit = False

    def __call__(self, does: Does, _file: str) -> int:
        self.asked += 1
        if self.asked < self.place or (self.hit and not self.kind.goes_on):
            return OK
        first, self.hit = not self.hit, True
        code = FULL if self.kind.full and does is Does.WRITE else CODES[does]
        return -code if self.kind.after and first else code


class Trial:
    """One scene, tried again and again with the fault at one place after the other."""

    def __init__(self, base: Path, folder: Path, seed: int) -> None:
        self.base, self.path = base, folder / "refused.db"
        self.seed = seed
        self.chance = random.Random(seed)
        self.before = self.chance.randint(0, 3)

    def places(self) -> Iterator[tuple[str, Verdict, int]]:
        """The verdict of each fault at places along the way to its end, and how many were done."""
        for place in self._order():
            for kind in KINDS:
                ledger, disk, refusing = Ledger(), Disk(), Refusing(place, kind)
                with disk.under():
                    self._write(disk, refusing, ledger)
                verdict = self._after(ledger, thorough=place % EACH_IS_CHECKED == 0)
                if refusing.hit:
                    yield f"{self.seed}, {place}, {kind.name}", verdict, len(ledger.done)

    def _order(self) -> list[int]:
        """Places to try: those of the commit first, then some along the whole way."""
        ledger, disk, none = Ledger(), Disk(), Refusing(1_000_000, Kind())
        with disk.under():
            committed = self._write(disk, none, ledger)
        places = list(range(committed, max(committed - 4, 0), -1))
        place = 0
        while (place := place + self.chance.randint(1, STRIDE)) <= none.asked:
            places.append(place)
        return places

    def _write(self, disk: Disk, refusing: Refusing, ledger: Ledger) -> int:
        """Write a few batches, one with the fault; how many things were asked up to its end."""
        for file in self.path.parent.glob(f"{self.path.name}*"):
            file.unlink()
        shutil.copy(self.base, self.path)
        database = open_database(f"sqlite:///{self.path}")
        writer = works.written_by(database)
        coming, asked = works.lives(random.Random(self.seed), f"s{self.seed}", 3), 0
        for number in range(self.before + 2):
            orders = next(coming)
            if number == self.before:
                disk.fault = refusing
            ledger.ask(orders)
            ledger.told(orders, writer.write(orders))
            if number == self.before:
                asked = refusing.asked
        if not refusing.kind.goes_on:
            disk.fault = lambda _does, _file: OK
        database.close()
        return asked

    def _after(self, ledger: Ledger, *, thorough: bool) -> Verdict:
        """Start again, hold the record against what was told, and ask again what is not known."""
        database = open_database(f"sqlite:///{self.path}")
        try:
            verdict = works.judged(ledger, works.kept_in(database))
            wrong = self._asked_again(database, ledger)
            if thorough and check(database):
                wrong.append("the tables are not as the log says")
        finally:
            database.close()
        return Verdict(
            verdict.lost, verdict.doubled, verdict.denied, (*verdict.half, *wrong), verdict.found
        )

    def _asked_again(self, database: Database, ledger: Ledger) -> list[str]:
        """Everything that was not told as done is asked again under its key: it is kept now, once,
        and the answer to what was kept already is the one that stands in the record."""
        held, writer = works.kept_in(database).answers, works.written_by(database)
        wrong: list[str] = []
        for case in dict.fromkeys(ledger.asked.values()):
            for order in works.life(case.removeprefix("case/")):
                if order.key in ledger.asked and order.key not in ledger.done:
                    (answer,) = writer.write([order])
                    if not isinstance(answer, Done) or held.get(order.key, answer) != answer:
                        wrong.append(f"{order.key} asked again: {answer!r}")
                    elif isinstance(answer, Done):
                        ledger.done[order.key] = answer
        wrong += works.judged(Ledger(ledger.asked, ledger.done), works.kept_in(database)).lost
        return wrong


def refused(
    base: Path, folder: Path, journal: str, points: int, *, mutant: bool = False, seed: int = 1
) -> Outcome:
    """So many places at which the disk refuses."""
    named = "a failed commit told as nothing kept" if mutant else None
    total = Sum("F2", f"the disk refuses, SQLite {journal}, {MODES[journal]}", named)
    told_as = condition.Broken if mutant else condition.Unsure
    with (
        keeping(journal, MODES[journal]),
        patch.object(writing, "MOST_TRIES", 1),
        patch.object(writing, "PATIENCE", 0.0),
        patch.object(condition, "Unsure", told_as),
    ):
        for number in count(seed):
            for place, verdict, done in Trial(base, folder, number).places():
                total.add(verdict, done, place)
                if total.outcome.runs == points:
                    return total.outcome
    raise AssertionError


def experiment(folder: Path, points: int, of_mutants: int) -> Iterator[Outcome]:
    base = works.furnished(folder / "furnished")
    for journal in MODES if trusted_library() else ("DELETE",):
        yield refused(base, folder, journal, points)
        yield refused(base, folder, journal, of_mutants, mutant=True)
