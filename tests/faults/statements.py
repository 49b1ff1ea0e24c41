"""F1: each thing that the transaction of a command asks of the driver fails, before it is done or
after it was, the commit among them; for every kind of command there is.

The scenes are those of `tests/services/test_faults.py`, which go through all of it with every run
of the tests; here they are counted, and gone through with a transaction that is none.
"""

import functools
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from permits.definitions.edition import edition
from permits.services import batch, derived
from permits.services import writer as writing
from permits.services.batch import Batch
from permits.store.database import open_database
from tests.casework import lots
from tests.faults.report import Outcome, Sum
from tests.faults.works import Verdict
from tests.services.test_faults import KINDS, House, furnish, snapshot

NOTHING = Verdict()


def quick() -> ExitStack:
    """One try, lots that fall as in the stories, definitions that are compiled once."""
    stack = ExitStack()
    stack.enter_context(patch.object(Batch, "_inspectors", lambda *_edition: lots.THREE))
    chance = SimpleNamespace(token_hex=lambda _bytes: "0")
    stack.enter_context(patch.object(batch, "secrets", chance))
    stack.enter_context(patch.object(writing, "MOST_TRIES", 1))
    stack.enter_context(patch.object(writing, "PATIENCE", 0))
    stack.enter_context(patch.object(derived, "edition", functools.cache(edition)))
    return stack


def failing(folder: Path, kinds: Sequence[str], *, mutant: bool = False) -> Outcome:
    """Each of these kinds of commands, with a fault at each place, before and after."""
    named = "statements that keep themselves" if mutant else None
    total = Sum("F1", f"{len(kinds)} kinds of commands, each statement fails", named)
    folder.mkdir(parents=True)
    base = folder / "furnished.db"
    furnish(f"sqlite:///{base}")
    with quick():
        for kind in kinds:
            path = folder / "faulty.db"
            for file in folder.glob("faulty.db*"):
                file.unlink()
            shutil.copy(base, path)
            database = open_database(f"sqlite:///{path}")
            house = House(database)
            _each_place(house, kind, total, mutant=mutant)
            database.close()
    return total.outcome


def _each_place(house: House, kind: str, total: Sum, *, mutant: bool) -> None:
    order = house.comes_to(kind)
    before = house.everything()
    with snapshot(house) as put_back:
        if mutant:
            faults = house.faults
            dialect = house.database.writing.dialect
            dialect.do_begin = functools.partial(faults.begin, lambda _connection: None)  # type: ignore[method-assign]
        for after in (False, True):
            for place, committed in enumerate(house.failing(order, after=after), 1):
                kept = house.everything() != before
                at = f"{kind}, {place}, {'after' if after else 'before'}"
                verdict = NOTHING if kept == committed else Verdict(half=(at,))
                total.add(verdict, int(committed), at)
                put_back()
                if mutant and kept != committed:
                    return
            put_back()


def experiment(folder: Path, kinds: int) -> Iterator[Outcome]:
    chosen = list(KINDS)[:: max(1, len(KINDS) // kinds)] if kinds else list(KINDS)
    yield failing(folder / "as it is", chosen)
    yield failing(folder / "without", ["file", "accept"], mutant=True)
