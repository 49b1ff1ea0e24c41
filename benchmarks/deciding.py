"""Decisions alone: no store, no writer. What is decided is what was decided in many lives."""

import time
from collections.abc import Iterator

from benchmarks.lives import Asked
from benchmarks.measure import Figure, percentile
from permits.casework.decide import Noted, decide

HOW = """\
What was decided while the stories of the demonstration were told, broken off after each of their
steps, is decided again: filing, intake, corrections, suspensions, decisions, obligations,
breaches, revocations, dates that pass. No store, no writer."""

GOAL = 300.0
TIMES = 20


def figures(asked: list[Asked]) -> Iterator[Figure]:
    """Microseconds of one decision: the middle and the slow ones of all that changed something."""
    lawful = [one for one in asked if isinstance(decide(*one), Noted)]
    taken = [_microseconds(one) for _ in range(TIMES) for one in lawful]
    median, slow = percentile(taken, 0.5), percentile(taken, 0.99)
    name = f"One of {len(lawful)} decisions of {len({one.case.id for one in lawful})} cases"
    goal = f"≤ {GOAL:.0f} µs"
    yield Figure(f"{name}, median", median, "µs", goal=goal, met=median <= GOAL)
    yield Figure(f"{name}, p99", slow, "µs", slow / median, "median")


def _microseconds(one: Asked) -> float:
    begun = time.perf_counter_ns()
    decide(*one)
    return (time.perf_counter_ns() - begun) / 1000
