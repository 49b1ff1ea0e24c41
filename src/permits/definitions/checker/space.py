"""Every place a case can come to, found by driving the real chart with guards answered both ways.

A node is where the case stands in the chart, on which track, which clocks and obligations are
open, and whether an examiner has given an opinion since acceptance. A condition that comes out
the same for every case on a track is answered so; every other one may be true or false.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from permits.definitions.act_rules import ACT_RULES
from permits.definitions.chart import Guard, Holder, Kernel, Leaves, Step, around, leaves_of
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.openness import certain, needs_from
from permits.definitions.procedure import Act, Milestone, Phase
from permits.definitions.schema import TrackName

MOST_NODES = 20_000


@dataclass(frozen=True, slots=True)
class Node:
    leaves: Leaves
    track: TrackName
    clocks: frozenset[str] = frozenset()
    obligations: frozenset[str] = frozenset()
    examined: bool = False

    @property
    def state(self) -> str:
        return self.leaves[0].split(".")[0]


@dataclass(frozen=True, slots=True)
class Edge:
    """How a case goes on: by an action of the chart, or by settling an obligation.

    `certain` actions are open whatever the case answered; others only for some cases.
    """

    to: Node
    action: str | None
    obligation: str | None = None
    certain: bool = True


@dataclass
class Space:
    """What was found. `whole` is False if the bound was reached, and then nothing is proved."""

    starts: tuple[Node, ...]
    edges: dict[Node, tuple[Edge, ...]] = field(default_factory=dict)
    fired: set[Step] = field(default_factory=set)
    restarted: set[tuple[str, str]] = field(default_factory=set)
    whole: bool = True


def explore(applications: Applications, most: int) -> Space:
    """The reachable nodes and how they hang together, breadth first up to `most` nodes."""
    walker = _Walker(applications)
    space = Space(tuple(walker.start(track) for track in applications.definition.tracks))
    waiting = deque(space.starts)
    seen = set(space.starts)
    while waiting:
        node = waiting.popleft()
        space.edges[node] = tuple(walker.on(node, space))
        for edge in space.edges[node]:
            if edge.to not in seen:
                seen.add(edge.to)
                waiting.append(edge.to)
        if len(seen) > most:
            space.whole = False
            return space
    return space


@dataclass(frozen=True, slots=True)
class _Way:
    """One outcome of one action: where it leads and which moves it fired."""

    leaves: Leaves
    steps: tuple[Step, ...]
    certain: bool


class _Walker:
    def __init__(self, applications: Applications) -> None:
        self.applications = applications
        self.definition = definition = applications.definition
        self.kernel = Kernel(definition.chart, self._guard)
        self.known: dict[tuple[str, TrackName], bool | None] = {}
        self.ways: dict[tuple[Leaves, TrackName | None, str], tuple[_Way, ...]] = {}
        self.conditional = {
            name
            for name, action in definition.chart.actions.items()
            if action.needs or any(move.needs for move in action.moves)
        }
        self.leaving: dict[str, set[str]] = {}
        for name, action in definition.chart.actions.items():
            for source in (s for move in action.moves for s in move.frm):
                self.leaving.setdefault(source, set()).add(name)
        self.answers: dict[str, bool] = {}
        self.open: list[dict[str, bool]] = []
        self.track = TrackName.ORDINARY

    def start(self, track: TrackName) -> Node:
        chart = self.definition.chart
        node = Node(leaves_of(chart, chart.initial), track)
        return next(self._marked(node, (Milestone.RECEIVED,), None))

    def on(self, node: Node, space: Space) -> Iterator[Edge]:
        for action in sorted(self._actions(node.leaves)):
            act = self.definition.chart.actions[action].act
            if act is Act.CONCLUDE and (node.clocks or node.obligations):
                continue
            for way in self._sent(node, action):
                space.fired.update(way.steps)
                after = self._after(node, act, way.leaves)
                for to in self._marked(after, ACT_RULES[act].marks, space):
                    yield Edge(to, action, certain=way.certain)
        yield from self._settled(node, space)

    def _actions(self, leaves: Leaves) -> set[str]:
        return {name for place in around(leaves) for name in self.leaving.get(place, ())}

    def _sent(self, node: Node, action: str) -> tuple[_Way, ...]:
        # Without a condition it is the same on every track.
        key = (node.leaves, node.track if action in self.conditional else None, action)
        if key not in self.ways:
            self.ways[key] = tuple(self._try(node, action))
        return self.ways[key]

    def _try(self, node: Node, action: str) -> Iterator[_Way]:
        """Send the action once for every combination of answers its guards ask for."""
        self.track = node.track
        self.open = [{}]
        needs = needs_from(self.definition.chart.actions[action], around(node.leaves))
        sure = certain(self.applications, needs, node.track)
        found: dict[_Way, None] = {}
        while self.open:
            self.answers = self.open.pop()
            sent = self.kernel.send(node.leaves, action, {}, {})
            if sent is not None:
                found[_Way(*sent, sure)] = None
        yield from found

    def _guard(self, step: Step) -> Guard | None:
        if not step.needs:
            return None

        def asked(_model: Holder) -> bool:
            return all(self._ask(name) for name in step.needs)

        return asked

    def _ask(self, name: str) -> bool:
        known = self._known(name, self.track)
        if known is not None:
            return known
        if name not in self.answers:
            self.open.append({**self.answers, name: True})
            self.answers[name] = False
        return self.answers[name]

    def _after(self, node: Node, act: Act, leaves: Leaves) -> Node:
        node = replace(node, leaves=leaves)
        if act in (Act.ACCEPT, Act.ACCEPT_BY_SILENCE, Act.RETURN):
            return replace(node, examined=False)
        if act is Act.EXAMINE:
            return replace(node, examined=True)
        if act is Act.WITHDRAW_COMMITMENT:
            return replace(node, track=TrackName.ORDINARY, examined=False)
        return node

    def _marked(
        self, node: Node, milestones: tuple[Milestone, ...], space: Space | None
    ) -> Iterator[Node]:
        """The node after its milestones: clocks stop before they start, obligations are voided
        before they open, and an obligation that depends on answers opens or does not."""
        nodes = [node]
        for milestone in milestones:
            nodes = [after for one in nodes for after in self._mark(one, milestone, space)]
        yield from nodes

    def _mark(self, node: Node, milestone: Milestone, space: Space | None) -> Iterator[Node]:
        clocks = self.definition.clocks.items()
        kept = node.clocks - {n for n, c in clocks if milestone in c.stops}
        begun = {n for n, c in clocks if milestone in c.starts}
        duties = self.definition.obligations.items()
        held = node.obligations - {n for n, o in duties if milestone in o.voided_by}
        if space is not None:
            space.restarted |= {("clocks", n) for n in begun & kept}
            space.restarted |= {
                ("obligations", n) for n, o in duties if o.opens is milestone and n in held
            }
        opened = [frozenset(held)]
        for name, duty in duties:
            if duty.opens is milestone:
                opened = [o | extra for o in opened for extra in self._opens(name, node.track)]
        for obligations in opened:
            yield replace(node, clocks=frozenset(kept | begun), obligations=obligations)

    def _opens(self, name: str, track: TrackName) -> tuple[frozenset[str], ...]:
        when = self.definition.obligations[name].when
        if when is None:
            return (frozenset({name}),)
        known = self._known(when, track)
        if known is not None:
            return (frozenset({name} if known else ()),)
        return (frozenset(), frozenset({name}))

    def _known(self, name: str, track: TrackName) -> bool | None:
        """What a condition gives for every case on the track; None if it gives both."""
        key = (name, track)
        if key not in self.known:
            met = self.applications.telling([name], track)
            outcomes = {application.meets([name]) for application in met}
            self.known[key] = outcomes.pop() if len(outcomes) == 1 else None
        return self.known[key]

    def _settled(self, node: Node, space: Space) -> Iterator[Edge]:
        if self.definition.chart.states[node.state].phase is Phase.ENDED:
            return
        for name in sorted(node.obligations):
            after = replace(node, obligations=node.obligations - {name})
            reports = self.definition.obligations[name].reports
            for to in self._marked(after, (reports,) if reports else (), space):
                yield Edge(to, None, name)
