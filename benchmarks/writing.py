"""Whole commands: decided, hashed, written and answered by the one writer that callers share."""

import multiprocessing
import threading
from collections.abc import Iterator
from functools import partial
from multiprocessing.synchronize import Barrier

from benchmarks.bare import done, played, recorded
from benchmarks.cases import NOW, furnished, orders, story
from benchmarks.measure import Figure, interleaved, stopwatch
from benchmarks.places import Place
from benchmarks.size import Size
from permits.services.queue import WriterQueue
from permits.services.writer import Order
from permits.settings import Settings

HOW = """\
The same lives, decided, hashed, written and answered: each caller is a thread that waits for its
answer before it sends its next command. The writer commits whatever waits at once. With two
processes each has its own writer and half of the callers and cases, as when two serve."""

CALLERS = (1, 8, 32)
PROCESSES = 2
PATIENCE = 600.0
"""Seconds within which a process has opened its office, or has written everything."""


def figures(place: Place, size: Size) -> Iterator[Figure]:
    """Commands a second of callers that each wait for their answer, as ratios to one caller of
    the bare statements."""
    commands = size.cases * len(story())
    single = recorded(place, size.cases, 1)
    works = {"bare": partial(played, place, single)}
    works |= {_named(callers): partial(called, place, size.cases, callers) for callers in CALLERS}
    several = f"{_named(CALLERS[-1])} in {PROCESSES} processes"
    works[several] = partial(_called_by_processes, place, size.cases, CALLERS[-1])
    taken = interleaved(works, size.rounds)
    bare = taken.pop("bare")
    yield Figure("The bare statements, 1 caller", commands / bare, "commands/s")
    for name, seconds in taken.items():
        yield Figure(name, commands / seconds, "commands/s", bare / seconds, "bare, 1 caller")


def _named(callers: int) -> str:
    return f"Whole commands, {callers} {'caller' if callers == 1 else 'callers'}"


def called(place: Place, cases: int, callers: int) -> float:
    work = place.office()
    queue = WriterQueue(work.database, work.shelf, lambda: NOW)
    rounds = list(orders(cases))
    with stopwatch() as taken:
        _lived(queue, rounds, callers)
    queue.close()
    work.close()
    return taken[0]


def _called_by_processes(place: Place, cases: int, callers: int) -> float:
    """The same by several processes at once, from the moment at which all of them are ready."""
    work = place.office()
    settings = work.settings
    work.close()
    processes = multiprocessing.get_context("fork")
    barrier = processes.Barrier(PROCESSES + 1)
    share, each = max(1, cases // PROCESSES), max(1, callers // PROCESSES)
    started = [
        processes.Process(target=_process, args=(settings, share, each, barrier))
        for _ in range(PROCESSES)
    ]
    for one in started:
        one.start()
    barrier.wait(PATIENCE)
    with stopwatch() as taken:
        barrier.wait(PATIENCE)
    for one in started:
        one.join()
    return taken[0]


def _process(settings: Settings, cases: int, callers: int, barrier: Barrier) -> None:
    work = furnished(settings, lambda: NOW)
    queue = WriterQueue(work.database, work.shelf, lambda: NOW)
    rounds = list(orders(cases))
    barrier.wait(PATIENCE)
    _lived(queue, rounds, callers)
    barrier.wait(PATIENCE)
    queue.close()
    work.close()


def _lived(queue: WriterQueue, rounds: list[list[Order]], callers: int) -> None:
    for round_ in rounds:
        shares = [round_[n::callers] for n in range(callers)]
        threads = [threading.Thread(target=_caller, args=(queue, share)) for share in shares]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _caller(queue: WriterQueue, share: list[Order]) -> None:
    for one in share:
        done([queue.write(one)])
