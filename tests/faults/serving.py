"""What an office is asked for, and the office that is asked: `permits serve` as people start it,
or one process that is forked from here and there at once."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import uvicorn
from benchmarks.crowd import EVENTS, Crowd, shorter
from benchmarks.filling import Filled, fill
from benchmarks.lives import Lives

from permits import settings as clock
from permits.casework.dates import day_of
from permits.services.office import Office
from permits.web.app import create_app
from tests.cli.serving import Served, free_port
from tests.faults.network import wait_for
from tests.faults.over_http import ROOT, planted
from tests.faults.writing import Say, forked
from tests.web.housing import Clock, settings_in


class Rate(NamedTuple):
    """How many cases are begun and pages looked at, each second."""

    lives: float
    pages: float

    def times(self, factor: float) -> "Rate":
        return Rate(self.lives * factor, self.pages * factor)


class Goal(NamedTuple):
    """The milliseconds within which 95 and 99 of 100 are wanted to be answered."""

    p95: float
    p99: float


class Before(NamedTuple):
    """How many cases there are before anything is asked, and how many of them have their logs: the
    others are rows of lists alone, and every one of them like one that has."""

    cases: int
    logs: int


class Load(NamedTuple):
    """What is asked: at which rate, for how many seconds, of how many processes that serve (none:
    of one that is forked from here, which is there at once), each of which works on so many
    requests at once; which goal it is held to, none for what only looks whether anything is
    lost; what was there before, none for an office that is empty."""

    rate: Rate
    seconds: float
    processes: int = 2
    at_once: int = 200
    goal: Goal | None = None
    before: Before | None = None


def crowded(folder: Path, url: str, before: Before) -> Filled:
    """Add cases to an office that is closed, every event of theirs in its place in the log."""
    lives = shorter(Lives(folder / "lives").lives, EVENTS)
    crowd = Crowd(lives, before.logs, day_of(clock.now()), before.logs)
    return fill(url, crowd, before.cases // before.logs, placed=True)


@contextmanager
def served(data: Path, url: str, load: Load, mistake: Callable[[], None] | None) -> Iterator[int]:
    """The port at which `permits serve` serves the office."""
    plants = f"from tests.faults.loading import {mistake.__name__} as p\np()\n" if mistake else ""
    paths = [str(ROOT / "src"), str(ROOT), *([planted(data / "plant", plants)] if plants else [])]
    given = {
        "PERMITS_DATABASE": url, "PERMITS_PROCESSES": str(load.processes),
        "PERMITS_MOST_REQUESTS": str(load.at_once), "PERMITS_TRIAL": "true",
        "PERMITS_STAFF_SECOND_FACTOR": "false", "PERMITS_STEP_UP": "false",
        "PYTHONPATH": os.pathsep.join(paths),
    }  # fmt: skip
    with Served(data / "office", settings=given) as server:
        threading.Thread(target=server.process.stderr.read, daemon=True).start()
        server.wait()
        yield server.port
        server.stop()


@contextmanager
def forked_office(
    data: Path, url: str, load: Load, mistake: Callable[[], None] | None
) -> Iterator[int]:
    """The port at which a process that is forked from this one serves the office."""
    port = free_port()

    def work(_say: Say) -> None:
        if mistake is not None:
            mistake()
        settings = replace(settings_in(data / "office", url), most_requests=load.at_once)
        app = create_app(Office(settings, Clock()))
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical")

    child = forked(work)
    try:
        wait_for(port)
        yield port
    finally:
        child.kill()
        child.ended()
