"""How numbers are spread, as so many bars: each number its own, or ranges of equal width."""

from collections.abc import Mapping

import msgspec

MOST = 16

STEPS = (1, 2, 5)


class Bin(msgspec.Struct, frozen=True):
    """The numbers from `first` to `last` and how often they occur."""

    first: int
    last: int
    times: int


def bins(often: Mapping[int, int]) -> tuple[Bin, ...]:
    """Every number from the least to the greatest is in one bin; none if there are no numbers.
    Ranges are 1, 2 or 5 times a power of ten wide and begin at a multiple of that."""
    if not often:
        return ()
    least, greatest = min(often), max(often)
    width = _width(least, greatest)
    start = least // width * width
    counts = [0] * ((greatest - start) // width + 1)
    for number, times in often.items():
        counts[(number - start) // width] += times
    return tuple(
        Bin(start + place * width, start + (place + 1) * width - 1, times)
        for place, times in enumerate(counts)
    )


def _width(least: int, greatest: int) -> int:
    power = 1
    while True:
        for step in STEPS:
            width = step * power
            if greatest // width - least // width < MOST:
                return width
        power *= 10
