"""How lines run: straight down from a box, along a track between two layers, straight down again.

No line ever meets a box that it does not belong to: between layers there are no boxes, and a
layer is passed only at a bend, which has a place of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from permits.definitions.drawing.layers import Bundle, Layers, Link
from permits.definitions.drawing.places import ALMOST, spread

PORT = 30
"""Distance of two lines that leave a box on the same side."""


@dataclass(frozen=True, slots=True)
class Net:
    """What a bundle does between two layers: where it touches the upper and the lower one, and
    the track on which it runs across."""

    bundle: Bundle
    above: tuple[tuple[str, int], ...]
    below: tuple[tuple[str, int], ...]
    track: int

    @property
    def span(self) -> tuple[int, int]:
        every = [x for _, x in (*self.above, *self.below)]
        return min(every), max(every)

    @property
    def straight(self) -> bool:
        left, right = self.span
        return left == right


def ports_wanted(layers: Layers) -> dict[str, int]:
    """How many lines leave or enter each place on the side where there are most."""
    sides: dict[tuple[str, str], set[int]] = {}
    for link in layers.links:
        sides.setdefault((link.upper, "bottom"), set()).add(link.bundle.number)
        sides.setdefault((link.lower, "top"), set()).add(link.bundle.number)
    found: dict[str, int] = {}
    for (name, _), bundles in sides.items():
        found[name] = max(found.get(name, 0), len(bundles))
    return found


def nets(layers: Layers, x: Mapping[str, float], width: Mapping[str, int]) -> list[list[Net]]:
    """The nets below each layer but the last."""
    row = {name: number for number, names in enumerate(layers.rows) for name in names}
    between: list[list[Link]] = [[] for _ in layers.rows[1:]]
    for link in layers.links:
        between[row[link.upper]].append(link)
    return [_tracked(_Channel(links, x, width).nets()) for links in between]


Port = tuple[str, int]
"""A place, and the number of a bundle that touches it."""


class _Channel:
    """What lies between two layers: links, and where they touch the places on both sides."""

    def __init__(
        self, links: list[Link], x: Mapping[str, float], width: Mapping[str, int]
    ) -> None:
        self.links, self.x, self.width = links, x, width
        self.bundles = {link.bundle.number: link.bundle for link in links}
        sides = (
            {(link.upper, link.bundle.number) for link in links},
            {(link.lower, link.bundle.number) for link in links},
        )
        self.at: dict[Port, float] = {port: x[port[0]] for side in sides for port in side}
        self.across: dict[Port, list[Port]] = {port: [] for port in self.at}
        for link in links:
            upper, lower = (link.upper, link.bundle.number), (link.lower, link.bundle.number)
            self.across[upper].append(lower)
            self.across[lower].append(upper)
        for _ in range(3):
            for side in sides:
                self._place(side)
        self._straighten()

    def _place(self, side: set[Port]) -> None:
        """Each port as near to what it is joined to as its box and the other ports let it."""
        for name in sorted({name for name, _ in side} & self.width.keys()):
            wanted = {port: self._wanted(port) for port in side if port[0] == name}
            order = [port for _to, port in sorted((to, port) for port, to in wanted.items())]
            half = (self.width[name] - PORT) / 2
            gap = min(PORT, 2 * half / max(1, len(order) - 1))
            room = half - gap * (len(order) - 1) / 2
            first = self.x[name] - gap * (len(order) - 1) / 2
            near = [
                min(max(wanted[port], first + gap * n - room), first + gap * n + room)
                for n, port in enumerate(order)
            ]
            places = spread(near, [1.0] * len(order), [gap] * (len(order) - 1))
            self.at.update(zip(order, places, strict=True))

    def _wanted(self, port: Port) -> float:
        others = [self.at[other] for other in self.across[port]]
        return sum(others) / len(others)

    def _straighten(self) -> None:
        """A line that is almost straight is made so, if an end of it is on a box."""
        for port, others in self.across.items():
            if len(others) == 1 and len(self.across[others[0]]) == 1 and port[0] in self.width:
                other = self.at[others[0]]
                if abs(self.at[port] - other) < ALMOST / 2:
                    self.at[port] = other

    def nets(self) -> list[Net]:
        found: dict[int, tuple[set[str], set[str]]] = {}
        for link in self.links:
            above, below = found.setdefault(link.bundle.number, (set(), set()))
            above.add(link.upper)
            below.add(link.lower)
        return [
            Net(
                self.bundles[number],
                tuple((name, round(self.at[name, number])) for name in sorted(above)),
                tuple((name, round(self.at[name, number])) for name in sorted(below)),
                0,
            )
            for number, (above, below) in found.items()
        ]


def _tracked(found: list[Net]) -> list[Net]:
    """The nets on tracks, so that no two lie on each other.

    Where one net comes down near the place to which another goes down, it has to turn off above
    it; otherwise the first free track is taken.
    """
    order = _above_first(found)
    taken: list[tuple[Net, int]] = []
    for net in order:
        if net.straight:
            taken.append((net, -1))
            continue
        track = 0
        for other, at in taken:
            if at >= track and (_must_be_above(other, net) or _overlap(other, net)):
                track = at + 1
        taken.append((net, track))
    return [Net(net.bundle, net.above, net.below, track) for net, track in taken]


def _above_first(found: list[Net]) -> list[Net]:
    """Nets that must turn off above others first; where they need each other, the left one."""
    waiting = sorted(found, key=lambda net: (net.span, net.bundle.number))
    order = []
    while waiting:
        free = (n for n in waiting if not any(_must_be_above(o, n) for o in waiting if o is not n))
        chosen = next(free, waiting[0])
        waiting.remove(chosen)
        order.append(chosen)
    return order


def _must_be_above(one: Net, other: Net) -> bool:
    return any(abs(a - b) < ALMOST for _, a in one.above for _, b in other.below)


def _overlap(one: Net, other: Net) -> bool:
    (left, right), (begin, end) = one.span, other.span
    return not one.straight and left < end + ALMOST and begin < right + ALMOST


def tracks(found: list[Net]) -> int:
    """How many tracks the nets of a channel need."""
    return 1 + max((net.track for net in found), default=-1)


def sources_of(net: Net) -> Iterator[tuple[str, int, bool]]:
    """The boxes at which the net begins here, with the place, and whether it leaves downward."""
    for name, at in net.above:
        if name in net.bundle.sources and name != net.bundle.to:
            yield name, at, True
    for name, at in net.below:
        if name in net.bundle.sources and name != net.bundle.to:
            yield name, at, False
