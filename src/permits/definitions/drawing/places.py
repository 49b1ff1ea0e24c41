"""Where every box and every bend stands: each as near to its neighbours as the others let it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from permits.definitions.drawing.layers import Layers

GAP = 28
ROUNDS = 40
ALMOST = 9
"""Pixels by which a long line may be moved to be straight; less than a third of a gap."""


@dataclass(slots=True)
class _Block:
    """Neighbours that touch and move together."""

    wanted: float
    weight: float
    count: int


def centres(layers: Layers, width: Mapping[str, int]) -> dict[str, float]:
    """The middle of each place from left to right; `width` is 0 for a bend."""
    x: dict[str, float] = {}
    for row in layers.rows:
        left = 0.0
        for name in row:
            x[name] = left + width.get(name, 0) / 2
            left += width.get(name, 0) + GAP
    neighbours: dict[str, list[tuple[str, float]]] = {name: [] for name in x}
    for link in layers.links:
        pull = _pull(sum(end in width for end in (link.upper, link.lower)))
        neighbours[link.upper].append((link.lower, pull))
        neighbours[link.lower].append((link.upper, pull))
    for turn in range(ROUNDS):
        rows = layers.rows if turn % 2 == 0 else layers.rows[::-1]
        for row in rows:
            wanted = [_middle([(x[n], pull) for n, pull in neighbours[m]], x[m]) for m in row]
            weights = [sum(pull for _, pull in neighbours[name]) or 1.0 for name in row]
            apart = [
                (width.get(left, 0) + width.get(right, 0)) / 2 + GAP
                for left, right in pairwise(row)
            ]
            x.update(zip(row, spread(wanted, weights, apart), strict=True))
    for link in layers.links:
        if link.upper not in width and link.lower not in width:
            bend = x[link.upper] - x[link.lower]
            x[link.lower] += bend if abs(bend) < ALMOST else 0
    return x


def _pull(boxes: int) -> float:
    """How strongly two neighbours, some of them boxes, want to stand above each other: a long line
    wants to be straight, and the way from box to box short."""
    return (8.0, 1.0, 4.0)[boxes]


def _middle(found: Sequence[tuple[float, float]], stood: float) -> float:
    total = sum(pull for _, pull in found)
    return sum(place * pull for place, pull in found) / total if total else stood


def spread(
    wanted: Sequence[float], weights: Sequence[float], apart: Sequence[float]
) -> list[float]:
    """The places nearest to those wanted that keep their order and are so far apart.

    Places that would come too near to each other are pooled and stand around what they want on
    average (the pool-adjacent-violators method, exact for squared distances).
    """
    offsets = [0.0, *accumulate(apart)]
    blocks: list[_Block] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        blocks.append(_Block(want - offset, weight, 1))
        while len(blocks) > 1 and blocks[-2].wanted > blocks[-1].wanted:
            last, before = blocks.pop(), blocks[-1]
            total = last.weight + before.weight
            mean = (last.wanted * last.weight + before.wanted * before.weight) / total
            blocks[-1] = _Block(mean, total, last.count + before.count)
    settled = [block.wanted for block in blocks for _ in range(block.count)]
    return [place + offset for place, offset in zip(settled, offsets, strict=True)]
