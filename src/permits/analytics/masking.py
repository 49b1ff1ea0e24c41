"""What may be told of groups of cases: nothing of few, and nothing that few can be reckoned from.

A group is told of if it has as many cases as the office says. If all but one of the groups of a
whole were told, the one could be had by taking them from the whole, so the smallest of the others
is then kept back as well.
"""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")


def told(counts: Mapping[K, int], fewest: int) -> frozenset[K]:
    """The groups of a whole of which something may be told. An empty group is no secret."""
    kept = [name for name, count in counts.items() if 0 < count < fewest]
    others = [name for name, count in counts.items() if count >= fewest]
    if len(kept) == 1 and others:
        kept.append(min(others, key=lambda name: counts[name]))
    return frozenset(name for name in counts if name not in kept)
