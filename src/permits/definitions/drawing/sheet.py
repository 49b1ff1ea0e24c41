"""A chart laid out: boxes with their corners, arrows with their lines, heads and labels."""

from dataclasses import dataclass

from permits.definitions.chart_part import Chart
from permits.definitions.drawing.boxes import Box, box
from permits.definitions.drawing.layers import Bundle, Layers, layered
from permits.definitions.drawing.places import centres
from permits.definitions.drawing.routes import PORT, Net, nets, ports_wanted, sources_of, tracks

Point = tuple[int, int]

MARGIN = 16
TRACK = 12
ABOVE, BELOW = 34, 34
"""Room in a channel before the first track and after the last: for labels and heads."""

LOOP = 40


@dataclass(frozen=True, slots=True)
class Arrow:
    """What is drawn for a bundle. `numbers` are those of its actions, none if it happens by
    itself; `head` is where it points to, and from which side; `labels` are places of numbers."""

    numbers: tuple[str, ...]
    paths: tuple[tuple[Point, ...], ...]
    head: tuple[int, int, str]
    labels: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    width: int
    height: int
    boxes: tuple[tuple[Box, Point], ...]
    arrows: tuple[Arrow, ...]


def laid_out(chart: Chart, language: str) -> Sheet:
    """The whole chart on a sheet as large as it takes."""
    return _Table(chart, language).sheet()


class _Table:
    """Where the sheet is put together: x from left to right, y from layer to layer."""

    def __init__(self, chart: Chart, language: str) -> None:
        self.layers: Layers = layered(chart)
        self.numbers = {name: str(n) for n, name in enumerate(chart.actions, 1)}
        ports = ports_wanted(self.layers)
        self.boxes = {name: box(chart, name, language) for name in chart.states}
        self.width = {
            name: max(one.width, PORT * ports.get(name, 0)) + self._beside(name)
            for name, one in self.boxes.items()
        }
        found = centres(self.layers, self.width)
        left = min(at - self.width.get(name, 0) / 2 for name, at in found.items())
        self.x = {name: at - left + MARGIN for name, at in found.items()}
        drawn = {name: self.width[name] - self._beside(name) for name in self.boxes}
        self.nets = nets(self.layers, self.x, drawn)
        self.row = {name: n for n, row in enumerate(self.layers.rows) for name in row}
        self.tops, self.bottoms = self._rows()

    def _beside(self, name: str) -> int:
        """Room on both sides, so that the box stays in the middle, for arrows back to itself."""
        return 2 * LOOP * sum(loop.to == name for loop in self.layers.loops)

    def _rows(self) -> tuple[list[int], list[int]]:
        tops, bottoms, y = [], [], MARGIN
        for number, row in enumerate(self.layers.rows):
            tops.append(y)
            y += max((self.boxes[name].height for name in row if name in self.boxes), default=0)
            bottoms.append(y)
            if number < len(self.nets):
                y += ABOVE + TRACK * tracks(self.nets[number]) + BELOW
        return tops, bottoms

    def sheet(self) -> Sheet:
        boxes = tuple((self._wide(name), self._corner(name)) for name in self.boxes)
        bundles: dict[int, tuple[Bundle, list[tuple[int, Net]]]] = {}
        for channel, found in enumerate(self.nets):
            for net in found:
                bundles.setdefault(net.bundle.number, (net.bundle, []))[1].append((channel, net))
        arrows = [self._arrow(bundle, parts) for bundle, parts in bundles.values()]
        arrows += [self._loop(loop) for loop in self.layers.loops]
        right = max(at + self.width.get(name, 0) / 2 for name, at in self.x.items())
        return Sheet(round(right) + MARGIN, self.bottoms[-1] + 2 * MARGIN, boxes, tuple(arrows))

    def _wide(self, name: str) -> Box:
        one = self.boxes[name]
        width = self.width[name] - self._beside(name)
        return Box(one.name, one.lines, one.code, one.final, width, one.height, one.regions)

    def _corner(self, name: str) -> Point:
        width = self.width[name] - self._beside(name)
        return round(self.x[name] - width / 2), self.tops[self.row[name]]

    def _arrow(self, bundle: Bundle, parts: list[tuple[int, Net]]) -> Arrow:
        paths: list[tuple[Point, ...]] = []
        labels: list[Point] = []
        head = (0, 0, "down")
        for channel, net in parts:
            across = self.bottoms[channel] + ABOVE + TRACK * max(net.track, 0)
            for name, at in (*net.above, *net.below):
                below = (name, at) in net.below
                edge = self._edge(name, channel, below=below)
                paths.append(((at, edge), (at, across)))
                if name == bundle.to:
                    head = (at, edge, "down" if below else "up")
            left, right = net.span
            paths.append(((left, across), (right, across)))
            for name, at, downward in sources_of(net):
                edge = self._edge(name, channel, below=not downward)
                labels.append((at, edge + (17 if downward else -17)))
        numbers = tuple(self.numbers[name] for name in bundle.actions if name is not None)
        return Arrow(numbers, tuple(paths), head, tuple(labels) if numbers else ())

    def _edge(self, name: str, channel: int, *, below: bool) -> int:
        """Where a line meets a box, or the far side of the layer it passes at a bend."""
        if below:
            return self.tops[channel + 1] if name in self.boxes else self.bottoms[channel + 1]
        if name in self.boxes:
            return self.tops[channel] + self.boxes[name].height
        return self.bottoms[channel]

    def _loop(self, loop: Bundle) -> Arrow:
        left, top = self._corner(loop.to)
        edge = left + self.width[loop.to] - self._beside(loop.to)
        out, low = edge + LOOP // 2, top + self.boxes[loop.to].height - 10
        line = ((edge, top + 10), (out, top + 10), (out, low), (edge, low))
        numbers = tuple(self.numbers[name] for name in loop.actions if name is not None)
        return Arrow(numbers, (line,), (edge, low, "left"), ((out, (top + 10 + low) // 2),))
