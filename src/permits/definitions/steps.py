"""Where a case of a chart can stand, and the arrows from one place to another."""

from collections.abc import Iterator
from dataclasses import dataclass

from permits.definitions.schema import Action, Chart

Leaves = tuple[str, ...]
"""Where a case stands: `examining`, or `granted.delivery.delivered` inside a region."""


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow of the chart, from one place. No action: taken by itself when regions are done."""

    action: str | None
    number: int
    source: str
    to: str
    needs: tuple[str, ...]


def steps(chart: Chart) -> Iterator[Step]:
    """Every arrow, in the order of the file."""
    for name, action in chart.actions.items():
        yield from _steps_of(name, action)
    for name, state in chart.states.items():
        if state.done is not None:
            yield Step(None, 0, name, state.done, ())


def _steps_of(name: str, action: Action) -> Iterator[Step]:
    for n, move in enumerate(action.moves):
        for source in move.frm:
            yield Step(name, n, source, move.to, (*action.needs, *move.needs))


def leaves_of(chart: Chart, state: str) -> Leaves:
    """Where a case stands on entering a top-level state."""
    regions = chart.states[state].regions
    return tuple(f"{state}.{r}.{next(iter(inner))}" for r, inner in regions.items()) or (state,)


def around(leaves: Leaves) -> Leaves:
    """The leaves and the state they are in, from which actions may leave."""
    tops = (leaf.split(".")[0] for leaf in leaves[:1])
    return tuple(dict.fromkeys((*leaves, *tops)))


def leaf_paths(chart: Chart) -> Iterator[str]:
    """The places a case can stand in: plain states, and the states inside regions."""
    for name, state in chart.states.items():
        if not state.regions:
            yield name
        for region, inner in state.regions.items():
            yield from (f"{name}.{region}.{leaf}" for leaf in inner)
