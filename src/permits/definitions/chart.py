"""The chart of a permit type: where a case may go, and what keeps a way shut."""

from collections.abc import Mapping
from dataclasses import dataclass

from permits.definitions.conditions import Answer, Condition, Facts
from permits.definitions.kernel import Guard, Holder, Kernel
from permits.definitions.schema import Chart as ChartPart
from permits.definitions.schema import State
from permits.definitions.steps import Leaves, Step, around, leaves_of, steps


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that leaves where the case stands, and which conditions keep it shut."""

    action: str
    unmet: tuple[str, ...]


class Chart:
    """Where cases of a permit type may go: `take` moves one, `offers` says what is open.

    Where an action leads hangs on nothing but where the case stands and which of its conditions
    hold, so the machine is asked once for each and its answer kept: a chart has few of them.
    """

    def __init__(self, chart: ChartPart, conditions: Mapping[str, Condition]) -> None:
        self.part = chart
        self._conditions = conditions
        self._kernel = Kernel(chart, self._guard)
        self._led: dict[tuple[Leaves, str, tuple[bool, ...]], Leaves | None] = {}
        self._from: dict[str, list[Step]] = {}
        for step in steps(chart):
            if step.action is not None:
                self._from.setdefault(step.source, []).append(step)

    @property
    def start(self) -> Leaves:
        """Where a new case stands."""
        return leaves_of(self.part, self.part.initial)

    def take(
        self, leaves: Leaves, action: str, answers: Mapping[str, Answer], facts: Facts
    ) -> Leaves | None:
        """Where the case stands after the action, or None if it is not open."""
        if action not in self.part.actions:
            return None
        key = leaves, action, self._held(leaves, action, answers, facts)
        if key not in self._led:
            sent = self._kernel.send(leaves, action, answers, facts)
            self._led[key] = None if sent is None else sent[0]
        return self._led[key]

    def _held(
        self, leaves: Leaves, action: str, answers: Mapping[str, Answer], facts: Facts
    ) -> tuple[bool, ...]:
        """Which conditions hold of those that the action has here."""
        return tuple(
            self._conditions[name].holds(answers, facts)
            for place in around(leaves)
            for step in self._from.get(place, ())
            if step.action == action
            for name in step.needs
        )

    def offers(
        self, leaves: Leaves, answers: Mapping[str, Answer], facts: Facts
    ) -> tuple[Offer, ...]:
        """Every action that leaves here. Open actions have nothing unmet; of a shut action the
        unmet conditions of the move that lacks fewest are told."""
        found: dict[str, tuple[str, ...]] = {}
        for place in around(leaves):
            for step in self._from.get(place, ()):
                unmet = tuple(
                    n for n in step.needs if not self._conditions[n].holds(answers, facts)
                )
                name = str(step.action)
                if name not in found or len(unmet) < len(found[name]):
                    found[name] = unmet
        return tuple(Offer(name, unmet) for name, unmet in found.items())

    def state(self, leaves: Leaves) -> tuple[str, State]:
        """The name and definition of the top-level state the case stands in."""
        name = leaves[0].split(".")[0]
        return name, self.part.states[name]

    def _guard(self, step: Step) -> Guard | None:
        if not step.needs:
            return None
        needed = tuple(self._conditions[n] for n in step.needs)

        def open_(model: Holder) -> bool:
            return all(c.holds(model.answers, model.facts) for c in needed)

        return open_
