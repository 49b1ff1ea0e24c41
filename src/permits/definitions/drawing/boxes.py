"""How large each box is, and what stands in it: a title, a code, and regions with their states."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from permits.definitions.chart_part import Chart
from permits.definitions.steps import steps

SIZE = 14
LINE = 18
WIDEST = 132
"""Font size, height of a line, and where a title is broken, in pixels."""

PAD = 10
LEAF_GAP = 40
SIDE = 24
"""Space around text, between two states of a region, and for an arrow beside them."""


@dataclass(frozen=True, slots=True)
class Inner:
    """An arrow inside a region, by the numbers of its states; `lane` counts those beside it."""

    source: int
    to: int
    number: str
    lane: int


@dataclass(frozen=True, slots=True)
class Leaf:
    path: str
    lines: tuple[str, ...]
    final: bool
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Region:
    """A column inside a state; its places are counted from the state's upper left corner."""

    left: int
    width: int
    leaves: tuple[Leaf, ...]
    arrows: tuple[Inner, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A state as it is drawn."""

    name: str
    lines: tuple[str, ...]
    code: int
    final: bool
    width: int
    height: int
    regions: tuple[Region, ...]


def text_width(text: str, size: int = SIZE) -> int:
    """About how wide a text is drawn; a Chinese character is as wide as it is high."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return round(size * (wide + 0.58 * (len(text) - wide)))


def wrapped(text: str, widest: int = WIDEST) -> tuple[str, ...]:
    """The text in lines; broken at blanks, or anywhere between Chinese characters."""
    lines = [""]
    for word in _words(text):
        joined = lines[-1] + word
        if lines[-1] and text_width(joined.rstrip()) > widest:
            lines.append(word)
        else:
            lines[-1] = joined
    return tuple(line.strip() for line in lines)


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        word += character
        if character == " " or unicodedata.east_asian_width(character) in "WF":
            yield word
            word = ""
    if word:
        yield word


def box(chart: Chart, name: str, language: str) -> Box:
    """The box of a state, as large as what stands in it."""
    state = chart.states[name]
    lines = wrapped(state.title.in_(language))
    head = LINE * len(lines) + 2 * PAD
    width = max(text_width(line) for line in lines) + 2 * PAD + 22  # the code stands on the right
    regions: list[Region] = []
    left = PAD
    for region in state.regions:
        regions.append(_region(chart, name, region, language, (left, head)))
        left += regions[-1].width + PAD
    if not regions:
        return Box(name, lines, int(state.code), state.final, max(width, 96), head, ())
    bottom = max(leaf.top + leaf.height for one in regions for leaf in one.leaves)
    return Box(
        name, lines, int(state.code), state.final, max(width, left), bottom + 2 * PAD,
        tuple(regions),
    )  # fmt: skip


def _region(
    chart: Chart, name: str, region: str, language: str, corner: tuple[int, int]
) -> Region:
    inner = chart.states[name].regions[region]
    left, top = corner
    titles = {leaf: wrapped(part.title.in_(language), 96) for leaf, part in inner.items()}
    widest = max(text_width(line) for lines in titles.values() for line in lines)
    arrows = tuple(_arrows(chart, name, region))
    leaves = []
    top += PAD
    for leaf, part in inner.items():
        height = LINE * len(titles[leaf]) + PAD
        leaves.append(Leaf(f"{name}.{region}.{leaf}", titles[leaf], part.final, top, height))
        top += height + LEAF_GAP
    lanes = max((arrow.lane for arrow in arrows), default=0)
    return Region(left, widest + 4 * PAD + lanes * SIDE, tuple(leaves), arrows)


def _arrows(chart: Chart, name: str, region: str) -> Iterator[Inner]:
    """Arrows from one state of a region to the next go straight; others have a lane beside."""
    numbers = {f"{name}.{region}.{leaf}": n for n, leaf in enumerate(_leaves(chart, name, region))}
    lane = 0
    for step in steps(chart):
        if step.source in numbers and step.to in numbers and step.action is not None:
            source, to = numbers[step.source], numbers[step.to]
            beside = to != source + 1
            lane += beside
            number = str(1 + list(chart.actions).index(step.action))
            yield Inner(source, to, number, lane if beside else 0)


def _leaves(chart: Chart, name: str, region: str) -> tuple[str, ...]:
    return tuple(chart.states[name].regions[region])
