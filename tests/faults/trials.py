"""Which experiments there are, and how large each is."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from permits.outside.parsing import pool
from tests.faults import (
    backing_up,
    filling,
    history,
    killing,
    loading,
    network,
    over_http,
    power,
    refusing,
    serving,
    statements,
    tampering,
    waiting,
)
from tests.faults.report import Outcome

Sizes = dict[str, dict[str, Any]]

TRIALS: dict[str, Callable[..., Iterator[Outcome]]] = {
    "F1": statements.experiment,
    "F2": refusing.experiment,
    "F3": power.experiment,
    "F4": killing.experiment,
    "F5": network.experiment,
    "F6": waiting.experiment,
    "F7": filling.experiment,
    "F8": tampering.experiment,
    "F9": backing_up.experiment,
    "H": history.experiment,
    "H2": over_http.experiment,
    "L1": loading.ordinary_hour,
    "L3": loading.too_much,
    "L4": loading.one_process,
}
"""F1 to F9 as they are called in `docs/reliability.md`, and the history of what was answered."""

load, rate, goal = serving.Load, serving.Rate, serving.Goal

BOTH = ("SQLite", "PostgreSQL")

FULL: Sizes = {
    "F1": {"kinds": 0},
    "F2": {"points": 10_000, "of_mutants": 300},
    "F3": {"images": 5_000, "of_mutants": 500},
    "F4": {"kills": 1_000, "of_mutants": 50, "of_server": 100},
    "F5": {"submits": 10_000, "of_mutant": 400},
    "F6": {"cases": 5_000, "of_mutant": 200, "kinds": BOTH[::-1]},
    "F7": {"times": 100, "real": filling.may_mount()},
    "F8": {"rows": 10_000, "files": 1_000},
    "F9": {"cases": 20_000, "times": 10, "damages": 1_000},
    "H": {"each": 2_000, "of_mutants": 300, "kinds": BOTH},
    "H2": {"each": 1_000, "of_mutants": 200, "kinds": BOTH},
    "L1": {
        "load": load(
            rate(3, 150), 1_800, goal=goal(200, 500), before=serving.Before(1_000_000, 1_000_000)
        ),
        "of_mutant": load(rate(3, 10), 30),
    },
    "L3": {
        "load": load(rate(3, 150), 120, goal=goal(200, 500)),
        "of_mutant": load(rate(3, 50), 20, at_once=5),
        "factor": 5,
    },
    "L4": {
        "load": load(rate(5, 50), 600, processes=1, goal=goal(300, 300)),
        "of_mutant": load(rate(3, 10), 30, processes=1),
    },
}

MIDDLE: Sizes = {
    "F1": {"kinds": 0},
    "F2": {"points": 1_000, "of_mutants": 200},
    "F3": {"images": 1_000, "of_mutants": 200},
    "F4": {"kills": 100, "of_mutants": 30, "of_server": 10},
    "F5": {"submits": 1_000, "of_mutant": 200},
    "F6": {"cases": 500, "of_mutant": 100, "kinds": BOTH[::-1]},
    "F7": {"times": 20, "real": filling.may_mount()},
    "F8": {"rows": 1_000, "files": 200},
    "F9": {"cases": 2_000, "times": 3, "damages": 200},
    "H": {"each": 500, "of_mutants": 200, "kinds": BOTH},
    "H2": {"each": 150, "of_mutants": 80, "kinds": BOTH},
    "L1": {
        "load": load(rate(3, 50), 60, before=serving.Before(100_000, 5_000)),
        "of_mutant": load(rate(3, 5), 20),
    },
    "L3": {
        "load": load(rate(2, 30), 20, at_once=20),
        "of_mutant": load(rate(2, 20), 10, at_once=5),
        "factor": 5,
    },
    "L4": {"load": load(rate(3, 30), 60, 1), "of_mutant": load(rate(3, 5), 20, 1)},
}

SHORT: Sizes = {
    "F1": {"kinds": 2},
    "F2": {"points": 24, "of_mutants": 24},
    "F3": {"images": 60, "of_mutants": 60},
    "F4": {"kills": 5, "of_mutants": 20, "of_server": 0},
    "F5": {"submits": 48, "of_mutant": 80},
    "F6": {"cases": 24, "of_mutant": 60, "kinds": ("SQLite",)},
    "F7": {"times": 1, "real": False},
    "F8": {"rows": 10, "files": 10},
    "F9": {"cases": 20, "times": 1, "damages": 20},
    "H": {"each": 40, "of_mutants": 40, "kinds": BOTH},
    "H2": {"each": 12, "of_mutants": 24, "kinds": ("SQLite",)},
    "L1": {
        "load": load(rate(2, 4), 2, 0, before=serving.Before(60, 20)),
        "of_mutant": load(rate(3, 1), 2, 0),
    },
    "L3": {
        "load": load(rate(1, 6), 2, 0, at_once=2),
        "of_mutant": load(rate(1, 6), 1, 0, at_once=1),
        "factor": 8,
    },
    "L4": {"load": load(rate(2, 4), 2, 0), "of_mutant": load(rate(3, 1), 2, 0)},
}

PATIENCE = 300.0
"""Seconds within which a file that is handed in is looked into, on a machine with much to do."""

SIZES = {"full": FULL, "middle": MIDDLE, "short": SHORT}


def outcomes(folder: Path, sizes: Sizes, only: Sequence[str] | None = None) -> Iterator[Outcome]:
    """What comes of each trial."""
    for goal, experiment in TRIALS.items():
        if not only or goal in only:
            place = folder / goal
            place.mkdir()
            place.chmod(0o755)
            with patch.object(pool.shared(), "patience", PATIENCE):
                yield from experiment(place, **sizes[goal])
