"""Timing: medians of interleaved rounds, percentiles of many requests, ratios within a run."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured quantity and what it is counted in; `ratio` compares it to `against`, measured
    in the same run. With a goal, `met` says whether it was reached, and `why` why it was not."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    against: str = ""
    goal: str = ""
    met: bool | None = None
    why: str = ""


def interleaved(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Seconds that each work says it took: the median of rounds in which all take turns, so that
    a machine that slows down slows all of them."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()
            taken[name].append(work())
    return {name: statistics.median(times) for name, times in taken.items()}


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    """The seconds of a block, in a list of one once it has ended."""
    taken: list[float] = []
    begun = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - begun)


@contextmanager
def processor() -> Iterator[list[float]]:
    """The seconds that all threads of this process worked in a block, in a list of one once it has
    ended. What others do on the machine meanwhile lengthens it little."""
    taken: list[float] = []
    begun = time.process_time()
    yield taken
    taken.append(time.process_time() - begun)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies, by linear interpolation."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
