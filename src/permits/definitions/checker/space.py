"""Every place a case can come to, found by driving the real chart with guards answered both ways.

A node is where the case stands in the chart, on which track, which clocks and obligations are
open, and whether an examiner has given an opinion since acceptance. The conditions of one action
are answered as applications on the track can answer them together; what one action was told does
not bind the next, since corrections may change the answers.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from permits.definitions.act_rules import ACT_RULES
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.roads import Way, roads_of
from permits.definitions.procedure import (
    BEFORE_REVOKING,
    ENDING_TOLERANCE,
    Act,
    Milestone,
    Phase,
    ends,
)
from permits.definitions.schema import TrackName
from permits.definitions.steps import Leaves, Step, leaves_of

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


class _Walker:
    def __init__(self, applications: Applications) -> None:
        self.applications = applications
        self.definition = applications.definition
        self.roads = roads_of(self.definition.chart)
        clocks = self.definition.clocks.items()
        self.supplying = {n for n, c in clocks if Milestone.SUPPLEMENTED in c.stops}
        starting = Milestone.REVOCATION_NOTICED
        self.hearing = {n for n, c in clocks if starting in c.starts}
        self.known: dict[tuple[str, TrackName], bool | None] = {}
        self.ways: dict[tuple[Leaves, TrackName, str], tuple[Way, ...]] = {}
        self.gates = {
            (gate.shuts, fee.deferral.obligation)
            for fee in self.definition.fees.values()
            for gate in fee.gates
            if fee.deferral is not None and gate.when is None
        }

    def start(self, track: TrackName) -> Node:
        chart = self.definition.chart
        node = Node(leaves_of(chart, chart.initial), track)
        return next(self._marked(node, (Milestone.RECEIVED,), None))

    def on(self, node: Node, space: Space) -> Iterator[Edge]:
        for action in self.roads.leaving(node.leaves):
            act = self.definition.chart.actions[action].act
            if self._shut_by_law(node, act):
                continue
            for way in self._ways(node, action):
                space.fired.update(way.steps)
                after = self._after(node, act, way.leaves)
                for marks in self._marks(act, node.track):
                    for to in self._marked(after, marks, space):
                        yield Edge(to, action, certain=way.certain)
        yield from self._supplied(node, space)
        yield from self._heard(node, space)
        yield from self._settled(node, space)

    def _shut_by_law(self, node: Node, act: Act) -> bool:
        """Whether what is open or still to come shuts the act, whatever the chart says."""
        if act is Act.CONCLUDE:
            return bool(node.clocks or node.obligations)
        to_come = bool(node.clocks & self.supplying)
        return to_come if act is Act.GRANT else act in ENDING_TOLERANCE and not to_come

    def _marks(self, act: Act, track: TrackName) -> Iterator[tuple[Milestone, ...]]:
        """The milestones of an act; a tolerant case is accepted with or without all materials."""
        marks = ACT_RULES[act].marks
        yield marks
        if track is TrackName.TOLERANT and Milestone.ACCEPTED in marks:
            yield (*marks, Milestone.TOLERATED)

    def _heard(self, node: Node, space: Space) -> Iterator[Edge]:
        """Wherever a grant stands notice of its revocation may be given; then the holder states
        their case, or it is dropped."""
        phase = self.definition.chart.states[node.state].phase
        if phase not in (Phase.IN_EFFECT, Phase.CONCLUDED):
            return
        notice, *answers = BEFORE_REVOKING
        for milestone in answers if node.clocks & self.hearing else (notice,):
            for to in self._marked(node, (milestone,), space):
                yield Edge(to, None)

    def _supplied(self, node: Node, space: Space) -> Iterator[Edge]:
        """What was still to come has come."""
        if node.clocks & self.supplying:
            for to in self._marked(node, (Milestone.SUPPLEMENTED,), space):
                yield Edge(to, None)

    def _ways(self, node: Node, action: str) -> tuple[Way, ...]:
        """The action's outcomes for every application on the track."""
        key = (node.leaves, node.track, action)
        if key not in self.ways:
            asked = self.roads.asked(node.leaves, action)
            met = self.applications.telling(asked, node.track) if asked else ()
            held = {application.holding for application in met} or {frozenset[str]()}
            self.ways[key] = self.roads.ways(node.leaves, action, held)
        return self.ways[key]

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
        kept = node.clocks - {n for n, c in clocks if ends(milestone, c.stops)}
        begun = {n for n, c in clocks if milestone in c.starts}
        duties = self.definition.obligations.items()
        held = node.obligations - {n for n, o in duties if ends(milestone, o.voided_by)}
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
        rule = self.definition.obligations[name]
        known = self._known(rule.when, track) if rule.when is not None else True
        if known is False:
            return (frozenset(),)
        drawn = known and rule.sample is None
        return (frozenset({name}),) if drawn else (frozenset(), frozenset({name}))

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
        duties = self.definition.obligations
        for name in sorted(node.obligations):
            others = node.obligations - {name}
            after = replace(node, obligations=others)
            reports = duties[name].reports
            if any((bar := duties[n].forbids) and bar.milestone is reports for n in others):
                continue
            if any((name, unpaid) in self.gates for unpaid in node.obligations):
                continue
            for to in self._marked(after, (reports,) if reports else (), space):
                yield Edge(to, None, name)
