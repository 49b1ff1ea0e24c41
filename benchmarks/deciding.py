"""Decisions alone: no store, no writer."""

import statistics
import time
from collections.abc import Iterator

from benchmarks.cases import NOW, edition, story, years
from benchmarks.measure import ROUNDS, Figure
from permits.casework.case import Case
from permits.casework.decide import Desk, Noted, decide
from permits.casework.working_days import WorkingDays

GOAL = 300.0


def figures() -> Iterator[Figure]:
    """Microseconds for each command of the story, and their median."""
    calendar = WorkingDays(years())
    case, medians = Case(id="case/1"), []
    for name, actor, command in story():
        desk = Desk(edition(), actor, NOW, calendar, name, {})
        medians.append(_microseconds(case, command, desk))
        yield Figure(f"decide: {name}", medians[-1], "µs")
        outcome = decide(case, command, desk)
        assert isinstance(outcome, Noted), outcome  # noqa: S101 - the story is lawful
        case = outcome.case
    median = statistics.median(medians)
    yield Figure(
        "decide: median of the story", median, "µs", goal=f"≤ {GOAL:.0f} µs", met=median <= GOAL
    )


def _microseconds(case: Case, command: object, desk: Desk, times: int = 300) -> float:
    rounds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for _ in range(times):
            decide(case, command, desk)  # type: ignore[arg-type]
        rounds.append((time.perf_counter() - begun) / times * 1e6)
    return statistics.median(rounds)
