"""Chance from a seed that is on record: whoever has the seed draws the same again.

The numbers are cut from SHAKE-256 of the seed and a running word, so they hang on no version of
Python and on no library of numbers.
"""

import hashlib
import math
import sys
from array import array

_WIDTH = 32
_FULL = 1 << _WIDTH
_ATONCE = 1024


class Draws:
    """Numbers drawn from a seed under a name: another name gives other numbers."""

    def __init__(self, seed: int, name: str) -> None:
        self._of = f"permits\n{seed}\n{name}\n"
        self._block = 0
        self._units: list[int] = []

    def words(self, count: int) -> "array[int]":
        """So many whole numbers, each of 0 … 2³²-1 as likely as the others."""
        self._block += 1
        found = array(
            "I", hashlib.shake_256(f"{self._of}{self._block}".encode()).digest(4 * count)
        )
        if sys.byteorder == "big":
            found.byteswap()
        return found

    def places(self, count: int, below: int) -> list[int]:
        """So many places from 0 to `below`-1, with replacement; none is likelier than another by
        more than `below` in 2³²."""
        return [word * below >> _WIDTH for word in self.words(count)]

    def unit(self) -> float:
        """A number between 0 and 1, neither of them."""
        if not self._units:
            self._units = self.words(_ATONCE).tolist()
        return (self._units.pop() + 0.5) / _FULL

    def hits(self, count: int, chance: float) -> int:
        """How many of so many come true, each with this chance (binomial)."""
        limit = chance * _FULL
        return sum(word < limit for word in self.words(count)) if count else 0

    def beta(self, first: float, second: float) -> float:
        """A share whose density is that of Beta(first, second)."""
        one, other = self._gamma(first), self._gamma(second)
        return one / (one + other)

    def _gamma(self, shape: float) -> float:
        """Gamma of scale 1, by Marsaglia and Tsang (ACM TOMS 26, 2000, pages 363-372)."""
        if shape < 1:
            return float(self._gamma(shape + 1) * self.unit() ** (1 / shape))
        d = shape - 1 / 3
        c = 1 / math.sqrt(9 * d)
        while True:
            x = math.sqrt(-2 * math.log(self.unit())) * math.cos(2 * math.pi * self.unit())
            v = (1 + c * x) ** 3
            if v > 0 and math.log(self.unit()) < x * x / 2 + d - d * v + d * math.log(v):
                return d * v
