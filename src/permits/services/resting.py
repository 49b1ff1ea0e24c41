"""What can wait is done a little at a time, with rests between: those at their pages cannot."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

AT_ONCE = 16
"""What is written without anybody waiting for it shares a transaction by so many at most, for
nobody else can write while that lasts."""

T = TypeVar("T")

Rest = Callable[[float], None]
"""Is told how many seconds something took, and takes a rest. Whatever it raises ends the work,
which then counts as not done."""


def on_at_once(_took: float) -> None:
    """No rest: somebody waits for the end of it."""


def paced(parts: Iterable[T], rest: Rest) -> Iterator[T]:
    """The parts one by one; after each a rest, for finding it and for what was done with it."""
    began = time.perf_counter()
    for part in parts:
        yield part
        rest(time.perf_counter() - began)
        began = time.perf_counter()
