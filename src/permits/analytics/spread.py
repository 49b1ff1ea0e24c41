"""How whole numbers are spread, exactly, from how often each of them occurs."""

from collections.abc import Mapping
from fractions import Fraction

import msgspec


class Spread(msgspec.Struct, frozen=True):
    """So many numbers and their sum.

    `median` is the middle one, or halfway between the two in the middle; `p90` the smallest number
    that at least 90 of 100 do not exceed. Both are None if there are no numbers.
    """

    count: int
    total: int
    median: float | None
    p90: int | None

    @property
    def mean(self) -> float | None:
        """To two places, halves to the even digit; None if there are no numbers."""
        return float(round(Fraction(self.total, self.count), 2)) if self.count else None


def spread(often: Mapping[int, int]) -> Spread:
    """The spread of numbers that occur so often."""
    count = sum(often.values())
    total = sum(number * times for number, times in often.items())
    if count == 0:
        return Spread(0, 0, None, None)
    middle = (_place(often, (count + 1) // 2) + _place(often, count // 2 + 1)) / 2
    return Spread(count, total, middle, _place(often, -(-9 * count // 10)))


def _place(often: Mapping[int, int], place: int) -> int:
    """The number in a place, from 1, if all were written down in order."""
    reached, last = 0, 0
    for last in sorted(often):
        reached += often[last]
        if reached >= place:
            break
    return last
