"""A chart of whole numbers by month: places of bars, lines and labels, drawn by the template.

Places across are shares of the width, so that a chart fits any page; places down are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

PLOT, ABOVE, BELOW, UNDER = 170, 22, 46, 16
"""How high the plot is, the room above and below it, and that for a number under a bar."""

LEFT = 9.0
"""The share of the width that the numbers at the lines take."""

WIDEST = 7.0
MOST_WITH_NUMBERS = 14
MOST_LABELS, MOST_LABELS_NARROW = 12, 6
STRIDES = (1, 2, 3, 6, 12, 24, 60, 120)
"""Every how many months one is named."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's number: a bar up from the zero line, or down; `says` is where its number goes."""

    month: str
    value: int
    x: str
    width: str
    y: float
    height: float
    middle: str
    says: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line across with its number."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """A month named below the plot; on a narrow page only if it is `major`."""

    month: str
    middle: str
    major: bool


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    height: int
    zero: float
    left: str
    numbered: bool

    @property
    def first(self) -> str:
        return self.bars[0].month

    @property
    def last(self) -> str:
        return self.bars[-1].month


def chart(numbers: Sequence[tuple[str, int]]) -> Chart | None:
    """The chart of months such as `2022-06` and their numbers; None if there is nothing to see."""
    if not any(value for _month, value in numbers):
        return None
    values = [value for _month, value in numbers]
    step = _step(max(*values, 0) - min(*values, 0))
    top, bottom = -(-max(*values, 0) // step) * step, min(*values, 0) // step * step
    scale = PLOT / (top - bottom)
    zero = ABOVE + top * scale
    slot = (100 - LEFT) / len(numbers)
    bars = tuple(
        _bar(month, value, (LEFT + slot * (place + 0.5), slot), zero, scale)
        for place, (month, value) in enumerate(numbers)
    )
    return Chart(
        bars=bars,
        lines=tuple(
            Line(value, _px(zero - value * scale)) for value in range(bottom, top + 1, step)
        ),
        labels=_labels(bars),
        height=ABOVE + PLOT + BELOW + (UNDER if bottom < 0 else 0),
        zero=_px(zero),
        left=_share(LEFT),
        numbered=len(numbers) <= MOST_WITH_NUMBERS,
    )


def _step(range_of: int) -> int:
    """The distance of lines: 1, 2 or 5 times a power of ten, so that there are few of them."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if range_of <= 4 * step:
                return step
        power *= 10


def _bar(month: str, value: int, across: tuple[float, float], zero: float, scale: float) -> Bar:
    middle, slot = across
    width = min(slot * 0.72, WIDEST)
    height = abs(value) * scale
    y = zero - height if value > 0 else zero
    return Bar(
        month=month,
        value=value,
        x=_share(middle - width / 2),
        width=_share(width),
        y=_px(y),
        height=_px(height),
        middle=_share(middle),
        says=_px(y - 6 if value >= 0 else y + height + 15),
    )


def _labels(bars: Sequence[Bar]) -> tuple[Label, ...]:
    labelled = bars[:: _stride(len(bars), MOST_LABELS)]
    major = _stride(len(labelled), MOST_LABELS_NARROW)
    return tuple(
        Label(bar.month, bar.middle, place % major == 0) for place, bar in enumerate(labelled)
    )


def _stride(count: int, most: int) -> int:
    return next((stride for stride in STRIDES if count <= stride * most), STRIDES[-1])


def _share(value: float) -> str:
    return f"{value:.3f}%"


def _px(value: float) -> float:
    return round(value, 2)
