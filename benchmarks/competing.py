"""Ten steps of an approval by libraries that others would take, beside whole commands of ours.

Each is a program of `benchmarks/peers`, run by a Python that has them and is ours in no other way:
`make peers` makes it. None is imported here.
"""

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.cases import story
from benchmarks.measure import Figure, interleaved
from benchmarks.places import SQLite
from benchmarks.size import Size
from benchmarks.writing import called
from permits.store.database import sqlite_library

CHECKOUT = Path(__file__).parents[1]
PROGRAMS = Path(__file__).with_name("peers")
PYTHON = CHECKOUT / ".peers" / "bin" / "python"
DURABLE = {"journal": "WAL", "synchronous": "FULL"}
PATIENCE = 900.0
"""Seconds within which a program has taken its steps."""

HOW = """\
Ten steps of an approval as other libraries keep them, each step durable (WAL, synchronous FULL,
asked of the database that was written) with its state and a row of a log. Of rules they have the
order of the steps alone; nobody is asked whether they may, nothing is sent. One caller, ours also
with 32; files in one folder, and everything took turns in one run. *The floor* is what no workflow
can do without, on the driver alone: a case is read, a hash taken, a log row written, the case set,
committed. Ours are the nine whole commands of an exemption through the writer, with their rules,
rights, hashes, lists, figures and letters. What a peer does differently: Viewflow's tasks are its
log; SpiffWorkflow saves the whole instance, and once more reads it anew before each step, as
whoever answers a request must; a DBOS workflow goes on by itself, and once more waits for a
person's message before each step, who waits until it was taken. The peers and the second floor
use the SQLite of their Python, the others ours. Versions are those of
`benchmarks/peers/peers.lock`; all of them could be installed."""

ABSENT = """\
Not measured in this run: the peers have an environment of their own, which `make peers` makes."""

GOALS = {1: 0.23, 32: 0.5}
"""What share of the floor whole commands reach, by the number of callers."""


class Peer(NamedTuple):
    """A program, how it is asked, and what share of the cases it takes through."""

    name: str
    program: str
    way: tuple[str, ...] = ()
    share: float = 1.0


PEERS = (
    Peer("django-fsm-2 with django-fsm-log", "with_django_fsm"),
    Peer("Viewflow", "with_viewflow"),
    Peer("SpiffWorkflow, saved at each step", "with_spiff"),
    Peer("SpiffWorkflow, read anew and saved", "with_spiff", ("reload",)),
    Peer("DBOS, by itself", "with_dbos"),
    Peer("DBOS, told by people", "with_dbos", ("people",), 1 / 8),
)
"""The last is far slower than the others, so that an eighth of the cases must do."""

FLOOR = "The floor"
THEIR_FLOOR = "The floor on the peers' SQLite"


class Failed(SystemExit):
    """A program did not do what it is measured for."""


def run(python: Path, peer: Peer, folder: Path, cases: int) -> float:
    """Seconds of a step, by a program in a new folder. `Failed` if it fails or is not durable."""
    folder.mkdir(parents=True)
    program = PROGRAMS / f"{peer.program}.py"
    count = max(1, int(cases * peer.share))
    done = subprocess.run(  # noqa: S603 - a program of this folder
        [str(python), str(program), str(folder), str(count), *peer.way],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    if done.returncode:
        raise Failed(f"{peer.name} failed:\n{done.stderr.strip()}")
    return _of_a_step(peer, json.loads(done.stdout.splitlines()[-1]))


def _of_a_step(peer: Peer, told: Mapping[str, str | float]) -> float:
    loose = {name: told[name] for name, wanted in DURABLE.items() if told[name] != wanted}
    if loose:
        raise Failed(f"{peer.name} does not keep every commit: {loose}, needed is {DURABLE}")
    return float(told["seconds"]) / float(told["steps"])


def _ours(place: SQLite, cases: int, callers: int) -> float:
    return called(place, cases, callers) / (cases * len(story()))


def _named(callers: int) -> str:
    return f"Whole commands of ours, {callers} {'caller' if callers == 1 else 'callers'}"


def _works(folder: Path, size: Size, python: Path) -> dict[str, Callable[[], float]]:
    """Everything that takes turns, by name: each gives the seconds of one step."""
    folders = (folder / f"turn{n}" for n in itertools.count())

    def program(python: Path, peer: Peer) -> Callable[[], float]:
        return lambda: run(python, peer, next(folders), size.cases)

    ours = Peer(FLOOR, "floor", (sqlite_library().__name__,))
    place = SQLite(folder / "ours")
    works = {
        FLOOR: program(Path(sys.executable), ours),
        THEIR_FLOOR: program(python, Peer(THEIR_FLOOR, "floor")),
    }
    works |= {_named(callers): partial(_ours, place, size.cases, callers) for callers in GOALS}
    return works | {peer.name: program(python, peer) for peer in PEERS}


def figures(folder: Path, size: Size, python: Path = PYTHON) -> Iterator[Figure]:
    """Steps a second, as ratios to the floor; nothing if there is no such Python."""
    if not python.exists():
        return
    taken = interleaved(_works(folder, size, python), size.rounds)
    floor = taken.pop(FLOOR)
    goals = {_named(callers): goal for callers, goal in GOALS.items()}
    yield Figure(FLOOR, 1 / floor, "steps/s")
    for name, seconds in taken.items():
        ratio = floor / seconds
        goal = goals.get(name)
        yield Figure(
            name,
            1 / seconds,
            "steps/s",
            ratio,
            "the floor",
            f"≥ {goal} × the floor" if goal else "",
            ratio >= goal if goal else None,
        )
