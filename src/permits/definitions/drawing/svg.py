"""The drawing as SVG: shapes with classes and presentation attributes, nothing that a strict
content security policy would forbid, and every text as text."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from permits.definitions.drawing.boxes import (
    LEAF_GAP,
    LINE,
    PAD,
    SIDE,
    SIZE,
    Box,
    Inner,
    Leaf,
    Region,
    text_width,
)
from permits.definitions.drawing.sheet import Arrow, Sheet

INK, LINE_INK, PALE = "#0b0c0c", "#505a5f", "#f3f2f1"
HERE_INK, HERE_FILL, BEEN_FILL = "#1d70b8", "#d2e2f1", "#e8f3ec"
FONTS = "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
PILL = 9

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing says beside the definition's own words."""

    title: str
    description: str
    by_itself: str
    code: str
    end: str
    here: str
    been: str


def drawn(
    sheet: Sheet, words: Words, legend: Mapping[str, str], here: Collection[str],
    been: Collection[str],
) -> str:  # fmt: skip
    """The whole picture. `legend` maps the numbers of actions to what they are called; `here`
    and `been` are places of the chart."""
    return "\n".join(_Pen(sheet, words, legend, frozenset(here), frozenset(been)).lines())


@dataclass(frozen=True, slots=True)
class _Pen:
    sheet: Sheet
    words: Words
    legend: Mapping[str, str]
    here: frozenset[str]
    been: frozenset[str]

    def lines(self) -> Iterator[str]:
        notes = list(self.notes())
        width, top = self.sheet.width, self.sheet.height
        column = max(text_width(text) for _, text in notes) + 64
        columns = max(1, width // column)
        rows = -(-len(notes) // columns)
        height = top + rows * 24 + 2 * PAD
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img"'
            f' viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f' font-family="{FONTS}" font-size="{SIZE}" fill="{INK}">'
        )
        yield f"<title>{escape(self.words.title)}</title>"
        yield f"<desc>{escape(self.words.description)}</desc>"
        yield f'<rect class="sheet" width="{width}" height="{height}" fill="#ffffff"/>'
        for arrow in self.sheet.arrows:
            yield from self.arrow(arrow)
        for box, (left, y) in self.sheet.boxes:
            yield from self.box(box, left, y)
        for arrow in self.sheet.arrows:
            for x, y in arrow.labels:
                yield from self.pill(x, y, arrow.numbers)
        for n, (sign, text) in enumerate(notes):
            x = PAD + (n // rows) * (width // columns)
            yield from self.note(x, top + (n % rows) * 24, sign, text)
        yield "</svg>"

    def notes(self) -> Iterator[tuple[str, str]]:
        yield from self.legend.items()
        if any(not arrow.numbers for arrow in self.sheet.arrows):
            yield "line", self.words.by_itself
        yield "code", self.words.code
        yield "end", self.words.end
        if self.here:
            yield "here", self.words.here
        if self.been:
            yield "been", self.words.been

    def arrow(self, arrow: Arrow) -> Iterator[str]:
        dashes = "" if arrow.numbers else ' stroke-dasharray="5 4"'
        says = ", ".join(self.legend[n] for n in arrow.numbers) or self.words.by_itself
        yield f'<g class="arrow" fill="none" stroke="{LINE_INK}" stroke-width="1.5"{dashes}>'
        yield f"<title>{escape(says)}</title>"
        for points in arrow.paths:
            yield f'<path d="{path_of(points)}"/>'
        x, y, turn = arrow.head
        yield (
            f'<path class="head" fill="{LINE_INK}" stroke="none" d="M{x},{y}'
            f' {head(x, y, turn)}Z"/></g>'
        )

    def box(self, box: Box, left: int, top: int) -> Iterator[str]:
        inside = [leaf.path for region in box.regions for leaf in region.leaves]
        mark = self.mark(box.name, *inside)
        yield f'<g class="state{mark and " " + mark}">'
        yield rectangle((left, top, box.width, box.height), 6, self.outline(mark))
        if box.final:
            yield rectangle(
                (left + 3, top + 3, box.width - 6, box.height - 6),
                4,
                self.outline(mark, inner=True),
            )
        yield from self.title(box.lines, left + PAD, top + PAD, heavy=mark == "here")
        right = left + box.width - 8
        yield (
            f'<text class="code" x="{right}" y="{top + LINE * len(box.lines) + 10}"'
            f' font-size="12" text-anchor="end" fill="{LINE_INK}">{box.code}</text>'
        )
        if mark:
            sign = "●" if mark == "here" else "✓"
            ink = HERE_INK if mark == "here" else "#00703c"
            yield (
                f'<text class="mark" x="{right}" y="{top + 16}" font-size="12" text-anchor="end"'
                f' fill="{ink}">{sign}</text>'
            )
        for region in box.regions:
            yield from self.region(region, left, top)
        yield "</g>"

    def mark(self, *places: str) -> str:
        if self.here.intersection(places):
            return "here"
        return "been" if self.been.intersection(places) else ""

    def outline(self, mark: str, *, inner: bool = False) -> str:
        ink = HERE_INK if mark == "here" else INK
        fill = {"here": HERE_FILL, "been": BEEN_FILL, "": "#ffffff"}[mark]
        width = "1" if inner else "3" if mark == "here" else "1.5"
        return f'fill="{"none" if inner else fill}" stroke="{ink}" stroke-width="{width}"'

    def title(
        self, lines: tuple[str, ...], x: int, y: int, *, heavy: bool = False
    ) -> Iterator[str]:
        weight = ' font-weight="bold"' if heavy else ""
        for n, line in enumerate(lines):
            base = y + LINE * n + SIZE
            yield f'<text class="title" x="{x}" y="{base}"{weight}>{escape(line)}</text>'

    def region(self, region: Region, left: int, top: int) -> Iterator[str]:
        last = region.leaves[-1]
        height = last.top + last.height - region.leaves[0].top + 2 * PAD
        x, y = left + region.left, top + region.leaves[0].top - PAD
        frame = f'fill="{PALE}" stroke="{LINE_INK}" stroke-dasharray="3 3"'
        yield f'<g class="region">{rectangle((x, y, region.width, height), 4, frame)}'
        lanes = max((arrow.lane for arrow in region.arrows), default=0)
        width = region.width - 2 * PAD - lanes * SIDE
        for leaf in region.leaves:
            yield from self.leaf(leaf, x + PAD, top + leaf.top, width)
        beside = [self.inner(arrow, region, (x + PAD, top), width) for arrow in region.arrows]
        for one in beside:
            yield from self.arrow(one)
        for one in beside:
            yield from self.pill(*one.labels[0], one.numbers)
        yield "</g>"

    def inner(self, arrow: Inner, region: Region, corner: tuple[int, int], width: int) -> Arrow:
        """An arrow between two states of a region: straight down, or beside them on its lane."""
        left, top = corner
        source, to = region.leaves[arrow.source], region.leaves[arrow.to]
        if arrow.lane == 0:
            x, begin, end = left + width // 2, top + source.top + source.height, top + to.top
            label = (x, begin + LEAF_GAP // 2 - 4)
            return Arrow((arrow.number,), (((x, begin), (x, end)),), (x, end, "down"), (label,))
        edge, out = left + width, left + width + SIDE * arrow.lane - SIDE // 2
        begin = top + source.top + source.height // 2
        end = top + to.top + to.height // 2
        # Not in the middle, where the lines of a state between them begin.
        label = (out, begin + (1 if end > begin else -1) * (source.height + LEAF_GAP) // 2)
        line = ((edge, begin), (out, begin), (out, end), (edge, end))
        return Arrow((arrow.number,), (line,), (edge, end, "left"), (label,))

    def leaf(self, leaf: Leaf, x: int, y: int, width: int) -> Iterator[str]:
        mark = self.mark(leaf.path)
        yield f'<g class="leaf{mark and " " + mark}">'
        yield rectangle((x, y, width, leaf.height), 4, self.outline(mark))
        if leaf.final:
            yield rectangle(
                (x + 3, y + 3, width - 6, leaf.height - 6), 2, self.outline(mark, inner=True)
            )
        yield from self.title(leaf.lines, x + PAD, y + PAD // 2, heavy=mark == "here")
        yield "</g>"

    def pill(self, x: int, y: int, numbers: tuple[str, ...]) -> Iterator[str]:
        text = "·".join(numbers)
        half = max(PILL, 5 + len(text) * 3)
        yield '<g class="number">'
        yield rectangle(
            (x - half, y - PILL, 2 * half, 2 * PILL), PILL, f'fill="#ffffff" stroke="{LINE_INK}"'
        )
        yield (f'<text x="{x}" y="{y + 4}" font-size="12" text-anchor="middle">{text}</text></g>')

    def note(self, x: int, y: int, sign: str, text: str) -> Iterator[str]:
        middle = y + PILL
        if sign == "line":
            dashed = f'stroke="{LINE_INK}" stroke-width="1.5" stroke-dasharray="5 4"'
            yield f'<path d="M{x},{middle}H{x + 24}" {dashed}/>'
        elif sign == "code":
            yield f'<text x="{x + 4}" y="{middle + 4}" font-size="12" fill="{LINE_INK}">11</text>'
        elif sign == "end":
            yield rectangle((x, y, 22, 18), 4, self.outline(""))
            yield rectangle((x + 3, y + 3, 16, 12), 2, self.outline("", inner=True))
        elif sign in ("here", "been"):
            yield rectangle((x + 1, y, 20, 18), 4, self.outline(sign))
            mark = "●" if sign == "here" else "✓"
            yield f'<text x="{x + 6}" y="{middle + 4}" font-size="12">{mark}</text>'
        else:
            yield from self.pill(x + 11, middle, (sign,))
        yield f'<text x="{x + 32}" y="{middle + 5}">{escape(text)}</text>'


def rectangle(area: Area, corner: int, paint: str) -> str:
    x, y, width, height = area
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{corner}" {paint}/>'


def path_of(points: tuple[tuple[int, int], ...]) -> str:
    """A line along points that are straight above, below or beside each other."""
    (x, y), *rest = points
    return f"M{x},{y}" + "".join(f"L{a},{b}" for a, b in rest)


def head(x: int, y: int, turn: str) -> str:
    """The two other corners of an arrow's head that points to a place."""
    dx, dy = {"down": (0, -9), "up": (0, 9), "left": (9, 0)}[turn]
    across = (5, 0) if dx == 0 else (0, 5)
    return f"L{x + dx + across[0]},{y + dy + across[1]} L{x + dx - across[0]},{y + dy - across[1]}"
