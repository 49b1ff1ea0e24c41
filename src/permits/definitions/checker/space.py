"""Every place a case can come to, found by driving the real chart with guards answered both ways.

A node is where the case stands in the chart, on which track, which clocks and obligations are
open, and whether an examiner has given an opinion since acceptance. The conditions of one action
are answered as applications on the track can answer them together; what one action was told does
not bind the next, since corrections may change the answers.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from permits.definitions.act_rules import ACT_RULES
from permits.definitions.chart_part import decision_in
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.opening import Marks, Open, Opening
from permits.definitions.checker.roads import Way, roads_of
from permits.definitions.procedure import (
    BEFORE_A_DECISION,
    BEFORE_REVOKING,
    ENDING_TOLERANCE,
    Act,
    Milestone,
    Phase,
)
from permits.definitions.schema import TrackName
from permits.definitions.steps import Leaves, Step, leaves_of

MOST_NODES = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A situation. Within one space there is one object for each, so that they are told apart
    by identity."""

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
    starts = tuple(walker.start(track) for track in applications.definition.tracks)
    space = Space(starts, fired=walker.fired, restarted=walker.opening.restarted)
    waiting = deque(space.starts)
    seen = set(space.starts)
    while waiting:
        node = waiting.popleft()
        space.edges[node] = tuple(walker.on(node))
        for to in (*(edge.to for edge in space.edges[node]), *walker.annulled(node)):
            if to not in seen:
                seen.add(to)
                waiting.append(to)
        if len(seen) > most:
            space.whole = False
            return space
    return space


Known = tuple[Leaves, TrackName, frozenset[str], frozenset[str], bool]
"""What tells a node from every other."""


class _Walker:
    """What follows from what, each question answered once."""

    def __init__(self, applications: Applications) -> None:
        self.applications = applications
        self.definition = applications.definition
        self.roads = roads_of(self.definition.chart)
        self.fired: set[Step] = set()
        self.opening = Opening(applications)
        clocks = self.definition.clocks.items()
        self.supplying = {n for n, c in clocks if Milestone.SUPPLEMENTED in c.stops}
        starting = Milestone.REVOCATION_NOTICED
        self.hearing = {n for n, c in clocks if starting in c.starts}
        duties = self.definition.obligations.items()
        self.before = {n for n, o in duties if o.opens in BEFORE_A_DECISION}
        self.gates = {
            (gate.shuts, fee.deferral.obligation)
            for fee in self.definition.fees.values()
            for gate in fee.gates
            if fee.deferral is not None and gate.when is None
        }
        self.nodes: dict[Known, Node] = {}
        self.ways: dict[tuple[Leaves, TrackName, str], tuple[Way, ...]] = {}
        self.payable: dict[frozenset[str], tuple[str, ...]] = {}

    def start(self, track: TrackName) -> Node:
        chart = self.definition.chart
        begun = self.opening.after((frozenset(), frozenset()), track, (Milestone.RECEIVED,))
        return self._node(leaves_of(chart, chart.initial), track, begun[0], examined=False)

    def on(self, node: Node) -> Iterator[Edge]:
        actions = self.definition.chart.actions
        for action in self.roads.leaving(node.leaves):
            act = actions[action].act
            if self._shut_by_law(node, action, act):
                continue
            track, examined = _after(node, act)
            for way in self._ways(node.leaves, node.track, action):
                self.fired.update(way.steps)
                for marks in _marks_of(act, node.track):
                    for left in self.opening.after((node.clocks, node.obligations), track, marks):
                        to = self._node(way.leaves, track, left, examined=examined)
                        yield Edge(to, action, certain=way.certain)
        yield from self._supplied(node)
        yield from self._heard(node)
        yield from self._settled(node)

    def _node(self, leaves: Leaves, track: TrackName, left: Open, *, examined: bool) -> Node:
        known = (leaves, track, *left, examined)
        found = self.nodes.get(known)
        if found is None:
            found = self.nodes[known] = Node(*known)
        return found

    def annulled(self, node: Node) -> Iterator[Node]:
        """Where a case goes on whose decision is annulled. No edge leads there, so that nothing
        is proved to be reached by an annulment alone. What an annulment leaves open is told where
        the case ends with it; examined anew it begins with nothing open."""
        rule = self.definition.annulment
        decided = decision_in(self.definition.chart.states[node.state])
        if rule is None or decided is None:
            return
        ended = rule.grant if decided == "granted" else rule.refusal
        held, nothing = (node.clocks, node.obligations), (frozenset[str](), frozenset[str]())
        for state, open_, mark in (
            (ended, held, Milestone.ANNULLED),
            (rule.reopens, nothing, Milestone.REOPENED),
        ):
            leaves = leaves_of(self.definition.chart, state)
            for left in self.opening.after(open_, node.track, (mark,)):
                yield self._node(leaves, node.track, left, examined=False)

    def _shut_by_law(self, node: Node, action: str, act: Act) -> bool:
        """Whether what is open or still to come shuts the act, whatever the chart says."""
        if act is Act.VOID:
            return not any(self._lapse(name) == action for name in node.obligations)
        if act is Act.CONCLUDE:
            return bool(node.clocks or node.obligations)
        to_come = bool(node.clocks & self.supplying)
        if act is Act.GRANT:
            return to_come or bool(node.obligations & self.before)
        return act in ENDING_TOLERANCE and not to_come

    def _lapse(self, obligation: str) -> str | None:
        lapse = self.definition.obligations[obligation].lapse
        return lapse.action if lapse is not None else None

    def _heard(self, node: Node) -> Iterator[Edge]:
        """Wherever a grant stands notice of its revocation may be given; then the holder states
        their case, or it is dropped."""
        phase = self.definition.chart.states[node.state].phase
        if phase not in (Phase.IN_EFFECT, Phase.CONCLUDED):
            return
        notice, *answers = BEFORE_REVOKING
        for milestone in answers if node.clocks & self.hearing else (notice,):
            yield from self._beside(node, node.obligations, milestone)

    def _supplied(self, node: Node) -> Iterator[Edge]:
        """What was still to come has come."""
        if node.clocks & self.supplying:
            yield from self._beside(node, node.obligations, Milestone.SUPPLEMENTED)

    def _beside(
        self,
        node: Node,
        obligations: frozenset[str],
        milestone: Milestone | None,
        settled: str | None = None,
    ) -> Iterator[Edge]:
        """What happens beside the chart, and leaves the case where it stands."""
        marks = (milestone,) if milestone else ()
        for left in self.opening.after((node.clocks, obligations), node.track, marks):
            to = self._node(node.leaves, node.track, left, examined=node.examined)
            yield Edge(to, None, settled)

    def _ways(self, leaves: Leaves, track: TrackName, action: str) -> tuple[Way, ...]:
        """The action's outcomes for every application on the track."""
        key = (leaves, track, action)
        if key not in self.ways:
            asked = self.roads.asked(leaves, action)
            met = self.applications.telling(asked, track) if asked else ()
            held = {application.holding for application in met} or {frozenset[str]()}
            self.ways[key] = self.roads.ways(leaves, action, held)
        return self.ways[key]

    def _settled(self, node: Node) -> Iterator[Edge]:
        if self.definition.chart.states[node.state].phase is Phase.ENDED:
            return
        for name in self._payable(node.obligations):
            reports = self.definition.obligations[name].reports
            yield from self._beside(node, node.obligations - {name}, reports, name)

    def _payable(self, owed: frozenset[str]) -> tuple[str, ...]:
        """Those of the obligations owed that no other forbids or holds up."""
        if owed not in self.payable:
            self.payable[owed] = tuple(n for n in sorted(owed) if not self._held_up(n, owed))
        return self.payable[owed]

    def _held_up(self, name: str, owed: frozenset[str]) -> bool:
        duties = self.definition.obligations
        bars = (duties[other].forbids for other in owed - {name})
        if any(bar and bar.milestone is duties[name].reports for bar in bars):
            return True
        return any((name, unpaid) in self.gates for unpaid in owed)


def _marks_of(act: Act, track: TrackName) -> Iterator[Marks]:
    """The milestones of an act; a tolerant case is accepted with or without all materials."""
    marks = ACT_RULES[act].marks
    yield marks
    if track is TrackName.TOLERANT and Milestone.ACCEPTED in marks:
        yield (*marks, Milestone.TOLERATED)


def _after(node: Node, act: Act) -> tuple[TrackName, bool]:
    """On which track the case is after the act, and whether an opinion still counts."""
    if act is Act.WITHDRAW_COMMITMENT:
        return TrackName.ORDINARY, False
    if act in (Act.ACCEPT, Act.ACCEPT_BY_SILENCE, Act.RETURN):
        return node.track, False
    return node.track, node.examined or act is Act.EXAMINE
