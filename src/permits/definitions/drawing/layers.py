"""Which state stands in which layer, and in what order, so that few lines cross.

Arrows of the same actions into the same state share one line, a bundle: it runs through every
layer between as a bend, to which each source is joined.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from permits.definitions.chart_part import Chart
from permits.definitions.steps import steps

SWEEPS = 24


@dataclass(frozen=True, slots=True)
class Bundle:
    """Arrows into one state that stand for the same actions; None is what happens by itself."""

    number: int
    to: str
    actions: tuple[str | None, ...]
    sources: tuple[str, ...]

    def bend(self, layer: int) -> str:
        """The place where the bundle passes a layer; no state has such a name."""
        return f"{self.number}~{layer}"


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a bundle between two neighbouring layers."""

    bundle: Bundle
    upper: str
    lower: str


@dataclass(slots=True)
class Layers:
    """The places of each layer from left to right: states and bends; and what joins them."""

    rows: list[list[str]]
    links: list[Link]
    loops: list[Bundle] = field(default_factory=list)
    layer: dict[str, int] = field(default_factory=dict)


def layered(chart: Chart) -> Layers:
    """The chart in layers, the initial state on top."""
    bundles = tuple(_bundles(chart))
    layer = _layers(chart, bundles)
    rows: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    for name in _found_in_order(chart, bundles):
        rows[layer[name]].append(name)
    found = Layers(rows, [], [b for b in bundles if b.to in b.sources], layer)
    for bundle in bundles:
        _lay(found, bundle)
    uncross(found)
    return found


def _bundles(chart: Chart) -> Iterator[Bundle]:
    """The arrows between states, gathered; what stays inside a state is drawn inside it."""
    arrows: dict[tuple[str, str], list[str | None]] = {}
    for step in steps(chart):
        source, to = step.source.split(".")[0], step.to.split(".")[0]
        inside = source == to and "." in step.source
        if not inside:
            together = arrows.setdefault((source, to), [])
            together += [step.action] if step.action not in together else []
    gathered: dict[tuple[str, tuple[str | None, ...]], list[str]] = {}
    for (source, to), taken in arrows.items():
        gathered.setdefault((to, tuple(taken)), []).append(source)
    for number, ((to, actions), sources) in enumerate(gathered.items()):
        yield Bundle(number, to, actions, tuple(sources))


def _leaving(bundles: Sequence[Bundle]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for bundle in bundles:
        for source in bundle.sources:
            found.setdefault(source, []).append(bundle.to)
    return found


def _walk(chart: Chart, bundles: Sequence[Bundle]) -> tuple[list[str], set[tuple[str, str]]]:
    """The states in the order a walk finds them, and the arrows that lead back on the way."""
    leaving = _leaving(bundles)
    found: list[str] = []
    back: set[tuple[str, str]] = set()
    on_the_way: set[str] = set()

    def visit(name: str) -> None:
        found.append(name)
        on_the_way.add(name)
        for to in leaving.get(name, ()):
            if to in on_the_way:
                back.add((name, to))
            elif to not in found:
                visit(to)
        on_the_way.discard(name)

    for name in (chart.initial, *chart.states):
        if name not in found:
            visit(name)
    return found, back


def _found_in_order(chart: Chart, bundles: Sequence[Bundle]) -> list[str]:
    return _walk(chart, bundles)[0]


def _layers(chart: Chart, bundles: Sequence[Bundle]) -> dict[str, int]:
    """Each state one layer below the lowest of those that lead to it.

    What no step leads to, such as a decision a court annulled, stands just above what it leads to,
    or at the bottom: only the initial state stands on top.
    """
    found, back = _walk(chart, bundles)
    above: dict[str, set[str]] = {name: set() for name in found}
    for source, targets in _leaving(bundles).items():
        for to in targets:
            if source != to:
                upper, lower = (to, source) if (source, to) in back else (source, to)
                above[lower].add(upper)
    layer: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in layer:
            layer[name] = 1 + max((depth(upper) for upper in above[name]), default=-1)
        return layer[name]

    for name in found:
        depth(name)
    leaving = _leaving(bundles)
    bottom = max(layer.values())
    from_outside = [name for name in found if not above[name] and name != chart.initial]
    return layer | {
        name: min((layer[to] - 1 for to in leaving.get(name, ()) if to != name), default=bottom)
        for name in from_outside
    }


def _lay(layers: Layers, bundle: Bundle) -> None:
    """Put the bundle's bends into the layers between, once from above and once from below."""
    target = layers.layer[bundle.to]
    downward = [s for s in bundle.sources if layers.layer[s] < target]
    upward = [s for s in bundle.sources if layers.layer[s] > target]
    for sources, step in ((downward, 1), (upward, -1)):
        if sources:
            ends = {layers.layer[source] for source in sources}
            first = min(ends) if step == 1 else max(ends)
            between = range(first + step, target, step)
            for number in between:
                layers.rows[number].append(bundle.bend(number))
            stops = {**{number: bundle.bend(number) for number in between}, target: bundle.to}
            joined = [(source, stops[layers.layer[source] + step]) for source in sources]
            joined += [(stops[n], stops[n + step]) for n in between]
            for begin, end in joined:
                upper, lower = (begin, end) if step == 1 else (end, begin)
                layers.links.append(Link(bundle, upper, lower))


def uncross(layers: Layers) -> None:
    """Order each layer by where its neighbours stand, down and up again; keep the best."""
    best = [list(row) for row in layers.rows]
    fewest = crossings(layers)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        numbers = range(1, len(layers.rows)) if down else range(len(layers.rows) - 2, -1, -1)
        for number in numbers:
            _sort(layers, number, number - 1 if down else number + 1)
        crossed = crossings(layers)
        if crossed < fewest:
            fewest, best = crossed, [list(row) for row in layers.rows]
    layers.rows[:] = best


def _sort(layers: Layers, number: int, beside: int) -> None:
    at = {name: float(n) for n, name in enumerate(layers.rows[beside])}
    neighbours: dict[str, list[float]] = {}
    for link in layers.links:
        for one, other in ((link.upper, link.lower), (link.lower, link.upper)):
            if other in at and one not in at:
                neighbours.setdefault(one, []).append(at[other])
    here = {name: float(n) for n, name in enumerate(layers.rows[number])}
    wanted = {
        name: sum(found) / len(found) if (found := neighbours.get(name)) else stood
        for name, stood in here.items()
    }
    layers.rows[number].sort(key=lambda name: (wanted[name], here[name]))


def crossings(layers: Layers) -> int:
    """How many pairs of links cross."""
    at = {name: n for row in layers.rows for n, name in enumerate(row)}
    rows = _row_of(layers.rows)
    between: dict[int, list[tuple[int, int]]] = {}
    for link in layers.links:
        between.setdefault(rows[link.upper], []).append((at[link.upper], at[link.lower]))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for links in between.values()
        for n, one in enumerate(links)
        for other in links[:n]
    )


def _row_of(rows: Sequence[Sequence[str]]) -> Mapping[str, int]:
    return {name: number for number, row in enumerate(rows) for name in row}
