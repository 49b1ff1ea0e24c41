"""The machine under a chart: python-statemachine drives every change of state, and only here.

The machine is used as a pure function. Where a case stands is a tuple of leaves (`examining`, or
`granted.delivery.delivered` inside a region); an instance is set to it, sent one action, and read.
Both safety flags are set, so that an action that does not fit is refused instead of ignored and a
guard that raises is heard. Guards are callables over compiled conditions; there are no other
callbacks but one that notes which move was taken.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from statemachine.exceptions import TransitionNotAllowed
from statemachine.io import create_machine_class_from_definition
from statemachine.orderedset import OrderedSet

from permits.definitions.conditions import Answer, Facts
from permits.definitions.schema import Chart, State
from permits.definitions.steps import Leaves, Step, leaf_paths, steps

Guard = Callable[["Holder"], bool]
GuardFor = Callable[["Step"], Guard | None]

MOST_MOVES = 50
"""A fuse: one action never fires more moves than this."""


class Holder:
    """The machine's model. Slotted and never a domain object: the library looks for callbacks
    among a model's attributes by name."""

    __slots__ = ("__weakref__", "answers", "facts", "state", "taken")

    def __init__(self) -> None:
        self.state: Any = None
        self.answers: Mapping[str, Answer] = {}
        self.facts: Facts = {}
        self.taken: list[Step] = []


class RunAway(RuntimeError):
    """One action fired more moves than the fuse allows."""


class Kernel:
    """The compiled machine class of one chart, with guards given from outside.

    Thread-safe: each thread has an instance of its own, which is dropped after any fault.
    """

    def __init__(self, chart: Chart, guard_for: GuardFor) -> None:
        self.chart = chart
        self._class = create_machine_class_from_definition(
            "Chart",
            states=_states(chart, guard_for),
            catch_errors_as_events=False,
            allow_event_without_transition=False,
            # The checker proves more, and says where; these miss regions or report one at a time.
            validate_disconnected_states=False,
            validate_trap_states=False,
            validate_final_reachability=False,
        )
        # Not State.document_order: it is not unique for states that follow a compound one.
        self._order = {value: n for n, value in enumerate(self._class.states_map)}
        self._leaf = {_id(path): path for path in leaf_paths(chart)}
        self._expanded: dict[Leaves, tuple[str, ...]] = {}
        self._local = threading.local()

    def send(
        self, leaves: Leaves, action: str, answers: Mapping[str, Answer], facts: Facts
    ) -> tuple[Leaves, tuple[Step, ...]] | None:
        """Where the case stands afterwards and the moves taken; None if the action is shut.

        ValueError if `leaves` is not a configuration of this chart.
        """
        if action not in self.chart.actions:
            return None
        machine = self._instance()
        holder: Holder = machine.model
        values = self._expand(leaves)
        holder.state = OrderedSet(values) if len(values) > 1 else values[0]
        holder.answers, holder.facts, holder.taken = answers, facts, []
        try:
            machine.send(f"a__{action}")
        except TransitionNotAllowed:
            return None
        except BaseException:
            self._local.machine = None
            raise
        return self.read(machine), tuple(holder.taken)

    def fresh(self) -> Any:
        """A machine that was never set to anything; the other half of the differential test."""
        return self._class(Holder())

    def read(self, machine: Any) -> Leaves:
        """Where a machine stands."""
        values = sorted(machine.configuration_values, key=self._order.__getitem__)
        return tuple(self._leaf[v] for v in values if v in self._leaf)

    def _instance(self) -> Any:
        machine = getattr(self._local, "machine", None)
        if machine is None:
            holder = Holder()
            holder.state = next(iter(self._order))  # a preset state runs no entry actions
            machine = self._local.machine = self._class(holder)
        return machine

    def _expand(self, leaves: Leaves) -> tuple[str, ...]:
        values = self._expanded.get(leaves)
        if values is None:
            values = self._expanded[leaves] = self._checked(leaves)
        return values

    def _checked(self, leaves: Leaves) -> tuple[str, ...]:
        """The leaves with everything around them, in the chart's order: the library takes a set
        without the surrounding states, or in any order, and then goes wrong in silence."""
        top = leaves[0].split(".")[0] if leaves else ""
        if not self._stands_in(top, leaves):
            raise ValueError(f"no such place in the chart: {leaves!r}")
        regions = (f"{top}.{region}" for region in self.chart.states[top].regions)
        values = {_id(path) for path in (top, *regions, *leaves)}
        return tuple(sorted(values, key=self._order.__getitem__))

    def _stands_in(self, top: str, leaves: Leaves) -> bool:
        """Whether the leaves are one for each region of a state, or the state itself."""
        state = self.chart.states.get(top)
        if state is None or not state.regions:
            return state is not None and leaves == (top,)
        return len(leaves) == len(state.regions) and all(
            any(f"{top}.{region}.{leaf}" in leaves for leaf in inner)
            for region, inner in state.regions.items()
        )


def _id(path: str) -> str:
    """Ids without dots: the library matches `done.state.…` by dotted prefix."""
    return "s__" + path.replace(".", "__")


def _states(chart: Chart, guard_for: GuardFor) -> dict[str, Any]:
    """The library's own dict form, built anew each time because it empties what it is given."""
    leaving: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for step in steps(chart):
        event = f"a__{step.action}" if step.action else f"done.state.{_id(step.source)}"
        moves = leaving.setdefault(step.source, {}).setdefault(event, [])
        moves.append(_transition(step, guard_for(step)))
    built = {}
    for name, state in chart.states.items():
        # An end is not `final` to the library, which would stop the instance there for good;
        # nothing leaves it, and that is all.
        entry: dict[str, Any] = {"on": leaving.get(name, {})}
        entry |= {"initial": True} if name == chart.initial else {}
        if state.regions:
            entry |= {"parallel": True, "states": _regions(name, state, leaving)}
        built[_id(name)] = entry
    return built


def _regions(name: str, state: State, leaving: dict[str, Any]) -> dict[str, Any]:
    built = {}
    for region, inner in state.regions.items():
        leaves = {}
        for n, (leaf, part) in enumerate(inner.items()):
            path = f"{name}.{region}.{leaf}"
            entry: dict[str, Any] = {"on": leaving.get(path, {})}
            entry |= {"final": True} if part.final else {}
            entry |= {"initial": True} if n == 0 else {}
            leaves[_id(path)] = entry
        built[_id(f"{name}.{region}")] = {"states": leaves}
    return built


def _transition(step: Step, guard: Guard | None) -> dict[str, Any]:
    def taken(model: Holder) -> None:
        model.taken.append(step)
        if len(model.taken) > MOST_MOVES:
            raise RunAway(f"{step.source} → {step.to}")

    entry: dict[str, Any] = {"target": _id(step.to), "on": taken}
    if guard is not None:
        # The library keys its signature cache by qualified name: give it the holder by its name.
        def cond(model: Holder) -> bool:
            return guard(model) is True  # a coroutine would be truthy

        entry["cond"] = cond
    return entry
