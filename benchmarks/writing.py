"""Whole commands: decided, hashed, written and answered by the one writer that callers share."""

import threading
from collections.abc import Iterator
from functools import partial

from benchmarks.bare import done, played, recorded
from benchmarks.cases import NOW, orders, story
from benchmarks.measure import Figure, interleaved, stopwatch
from benchmarks.places import Place
from benchmarks.size import Size
from permits.services.queue import WriterQueue
from permits.services.writer import Order

HOW = """\
The same lives, decided, hashed, written and answered: each caller is a thread that waits for its
answer before it sends its next command. The writer commits whatever waits at once."""

CALLERS = (1, 8, 32)


def figures(place: Place, size: Size) -> Iterator[Figure]:
    """Commands a second of callers that each wait for their answer, as ratios to one caller of
    the bare statements."""
    commands = size.cases * len(story())
    single = recorded(place, size.cases, 1)
    works = {"bare": partial(played, place, single)}
    works |= {_named(callers): partial(_called, place, size.cases, callers) for callers in CALLERS}
    taken = interleaved(works, size.rounds)
    bare = taken.pop("bare")
    yield Figure("The bare statements, 1 caller", commands / bare, "commands/s")
    for name, seconds in taken.items():
        yield Figure(name, commands / seconds, "commands/s", bare / seconds, "bare, 1 caller")


def _named(callers: int) -> str:
    return f"Whole commands, {callers} {'caller' if callers == 1 else 'callers'}"


def _called(place: Place, cases: int, callers: int) -> float:
    work = place.office()
    queue = WriterQueue(work.database, work.shelf, lambda: NOW)
    rounds = list(orders(cases))
    with stopwatch() as taken:
        for round_ in rounds:
            shares = [round_[n::callers] for n in range(callers)]
            threads = [threading.Thread(target=_caller, args=(queue, share)) for share in shares]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    queue.close()
    work.close()
    return taken[0]


def _caller(queue: WriterQueue, share: list[Order]) -> None:
    for one in share:
        done([queue.write(one)])
