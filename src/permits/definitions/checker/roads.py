"""Where the actions of a chart lead, for each way their conditions can come out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from permits.definitions.kernel import Guard, Holder, Kernel
from permits.definitions.schema import Chart
from permits.definitions.steps import Leaves, Step, around, steps

CHARTS_KEPT = 8

Outcome = tuple[Leaves, tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome of one action: where it leads and which moves it fired.

    It is `certain` if the action is open whatever comes of its conditions.
    """

    leaves: Leaves
    steps: tuple[Step, ...]
    certain: bool


class Roads:
    """The machine of a chart with conditions that hold as they are told to.

    Each question is put to it once: definitions that share a chart share the answers.
    """

    def __init__(self, chart: Chart) -> None:
        self._kernel = Kernel(chart, _told)
        self._from: dict[str, dict[str, list[Step]]] = {}
        self._leaving: dict[Leaves, list[str]] = {}
        self._led: dict[tuple[Leaves, str, frozenset[str]], Outcome | None] = {}
        for step in steps(chart):
            if step.action is not None:
                leaving = self._from.setdefault(step.source, {})
                leaving.setdefault(step.action, []).append(step)

    def leaving(self, leaves: Leaves) -> list[str]:
        """The actions that leave where a case stands, open or shut."""
        if leaves not in self._leaving:
            found = {name for place in around(leaves) for name in self._from.get(place, ())}
            self._leaving[leaves] = sorted(found)
        return self._leaving[leaves]

    def asked(self, leaves: Leaves, action: str) -> frozenset[str]:
        """The conditions of an action that leaves from here."""
        found = (self._from.get(place, {}).get(action, ()) for place in around(leaves))
        return frozenset(name for some in found for step in some for name in step.needs)

    def ways(self, leaves: Leaves, action: str, held: Iterable[frozenset[str]]) -> tuple[Way, ...]:
        """The outcomes, given which conditions hold together in one application or another."""
        found = [self._lead(leaves, action, holding) for holding in held]
        certain = None not in found
        return tuple({Way(*sent, certain): None for sent in found if sent is not None})

    def _lead(self, leaves: Leaves, action: str, holding: frozenset[str]) -> Outcome | None:
        key = (leaves, action, holding)
        if key not in self._led:
            self._led[key] = self._kernel.send(leaves, action, dict.fromkeys(holding, True), {})
        return self._led[key]


def _told(step: Step) -> Guard | None:
    """A guard that takes what it is told for the answers: the conditions that hold, by name."""
    if not step.needs:
        return None

    def open_(model: Holder) -> bool:
        return all(name in model.answers for name in step.needs)

    return open_


def roads_of(chart: Chart) -> Roads:
    """The roads of a chart. Those of the last few are kept for every chart with the same places
    and arrows, whatever else is written about them."""
    places = (
        (name, tuple((region, tuple((leaf, inner[leaf].final) for leaf in inner))
                     for region, inner in state.regions.items()))
        for name, state in chart.states.items()
    )  # fmt: skip
    return _roads(_Plan(chart.initial, tuple(places), tuple(steps(chart)), chart))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What of a chart decides where its actions lead; two charts with one plan are alike."""

    initial: str
    places: tuple[object, ...]
    arrows: tuple[Step, ...]
    chart: Chart = field(compare=False)


@lru_cache(maxsize=CHARTS_KEPT)
def _roads(plan: _Plan) -> Roads:
    return Roads(plan.chart)
