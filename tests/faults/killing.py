"""F4: processes are killed while they write, and so is the server of the database.

Processes that write to one office are killed all at once, at any moment, again and again over the
same record; the next ones go on from what they find. On PostgreSQL the server itself is killed
too, with everything that belongs to it, while those who write go on and wait for it.
"""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from msgspec.structs import replace

from permits.services.rebuild import check
from permits.store.database import open_database
from tests.faults import works
from tests.faults.report import Outcome, Sum
from tests.faults.server import postgresql
from tests.faults.works import Ledger, Verdict
from tests.faults.writing import Child, forked, note, writes

PROCESSES = 3
ROUNDS = 20
"""So often the same record is gone on with, before another is begun."""

PATIENCE = 60.0
"""Seconds within which a command must be taken again once the server is back."""

RESTARTED = 5.0
"""Seconds within which a process that is started over what was left is wanted to be ready."""

LONGEST = 0.25
"""Seconds after the first answer by which all are killed."""


def killed(
    folder: Path, base: Path, kills: int, *, mutant: bool = False, seed: int = 1
) -> Outcome:
    """So many times all who write to a SQLite database are killed."""
    named = "the answer before the commit" if mutant else None
    total = Sum("F4", f"{PROCESSES} processes killed, SQLite", named)
    chance, path = random.Random(seed), folder / "killed.db"
    ledger, slowest, found = Ledger(), Start(0.0, 0.0), 0
    for number in range(kills):
        if number % ROUNDS == 0:
            ledger, found = Ledger(), 0
            for file in folder.glob("killed.db*"):
                file.unlink()
            shutil.copy(base, path)
        before = len(ledger.done)
        start = _round(f"sqlite:///{path}", ledger, chance, f"k{number}", early=mutant)
        slowest = max(slowest, start)
        verdict = _found(path, ledger)
        if isinstance(verdict, Verdict):
            verdict, found = replace(verdict, found=verdict.found - found), verdict.found
        total.add(verdict, len(ledger.done) - before, (seed, number))
        if mutant and total.outcome.lost:
            break
        if (number + 1) % ROUNDS == 0 and not mutant:
            _compare(f"sqlite:///{path}", total)
    if slowest.own > RESTARTED:
        total.miss(f"a start over what was left took {slowest.own:.2f} s")
    return total.beside(
        f"slowest start over what was left {slowest.own:.2f} s and {slowest.waited:.2f} s more in"
        " which others had the cores"
    )


class Start(NamedTuple):
    """Seconds from the fork of a process until it is ready: those that are its own, in which it
    worked or waited for a lock or the disk, and those in which others had the machine's cores."""

    own: float
    waited: float


def _round(url: str, ledger: Ledger, chance: random.Random, name: str, *, early: bool) -> Start:
    """Let processes write and kill them; the slowest of their starts."""
    began = time.monotonic()
    children = [
        forked(writes(url, f"{name}.{n}", chance.randrange(10**9), early=early))
        for n in range(PROCESSES)
    ]
    assert children[0].begun.wait(60), "nobody was told anything"
    time.sleep(chance.uniform(0.0, LONGEST))
    for child in children:
        child.kill()
    ready = [note(ledger, child.ended()) for child in children]
    return max(Start(one.at - began - one.waited, one.waited) for one in ready if one is not None)


def _found(path: Path, ledger: Ledger) -> Verdict | str:
    held = works.kept_in_file(path)
    return held if isinstance(held, str) else works.judged(ledger, held)


def _compare(url: str, total: Sum) -> None:
    database = open_database(url)
    if check(database):
        total.miss("the tables are not as the log says")
    database.close()


def server_killed(folder: Path, kills: int, seed: int = 1) -> Outcome:
    """So many times a PostgreSQL server is killed, with all its processes, while others write."""
    total = Sum("F4", f"the PostgreSQL server killed under {PROCESSES} processes")
    chance, ledger, back = random.Random(seed), Ledger(), [Back(0.0, 0.0, 0.0)]
    with postgresql(folder) as server:
        url = server.get_uri()
        works.furnish(url)
        children = [
            forked(writes(url, f"s{n}", chance.randrange(10**9))) for n in range(PROCESSES)
        ]
        for child in children:
            assert child.begun.wait(60), "nobody was told anything"
        for _number in range(kills):
            time.sleep(chance.uniform(0.2, 1.0))
            back.append(_killed_and_back(server, children, chance))
        for child in children:
            child.kill()
            note(ledger, child.ended())
        database = open_database(url)
        total.add(works.judged(ledger, works.kept_in(database)), len(ledger.done), seed)
        database.close()
        _compare(url, total)
    total.outcome = total.outcome._replace(runs=kills)
    gone, up, taken = (max(times) for times in zip(*back, strict=True))
    return total.beside(
        f"slowest until all its processes are gone {gone:.2f} s, until it answers again"
        f" {up:.2f} s, from then until a command is taken {taken:.2f} s"
    )


class Back(NamedTuple):
    """Seconds from the kill until nothing of the server is left, from then until it answers, and
    from then until a command is told as done again."""

    gone: float
    up: float
    taken: float


def _killed_and_back(server: Any, children: Sequence[Child], chance: random.Random) -> Back:
    began = time.monotonic()
    _kill(server.get_pid(), chance)
    gone = time.monotonic()
    server.ensure_postgres_running()
    up = time.monotonic()
    until = up + PATIENCE
    while time.monotonic() < until:
        taken = [at for child in children if (at := _done_after(child, up)) is not None]
        if taken:
            return Back(gone - began, up - gone, min(taken) - up)
        time.sleep(0.005)
    raise AssertionError(f"no command was taken in {PATIENCE:.0f} s")


def _done_after(child: Child, moment: float) -> float | None:
    """When a process was first told after a moment that something was done."""
    for line in child.said[::-1][:20][::-1]:
        if line.get("at", 0.0) > moment and any(one[1] == "done" for one in line.get("told", ())):
            return float(line["at"])
    return None


def _kill(postmaster: int, chance: random.Random) -> None:
    """Kill a server and all its processes, or tell it to stop at once."""
    process = psutil.Process(postmaster)
    children = process.children(recursive=True)
    if chance.random() < 0.3:
        os.kill(postmaster, signal.SIGQUIT)
    else:
        for one in [process, *children]:
            with suppress(psutil.NoSuchProcess):
                one.kill()
    psutil.wait_procs([process, *children], timeout=30)


def experiment(folder: Path, kills: int, of_mutants: int, of_server: int) -> Iterator[Outcome]:
    base = works.furnished(folder / "furnished")
    yield killed(folder, base, kills)
    yield killed(folder, base, of_mutants, mutant=True)
    if of_server:
        yield server_killed(folder, of_server)
