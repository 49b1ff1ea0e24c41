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
from permits.definitions.schema import Definition, TrackName
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
    space = Space(starts, fired=walker.fired, restarted=walker.restarted)
    waiting = deque(space.starts)
    seen = set(space.starts)
    while waiting:
        node = waiting.popleft()
        space.edges[node] = tuple(walker.on(node))
        for edge in space.edges[node]:
            if edge.to not in seen:
                seen.add(edge.to)
                waiting.append(edge.to)
        if len(seen) > most:
            space.whole = False
            return space
    return space


Open = tuple[frozenset[str], frozenset[str]]
"""The clocks and the obligations that are open."""

Marks = tuple[Milestone, ...]
"""The milestones of one step, in their order."""

Known = tuple[Leaves, TrackName, frozenset[str], frozenset[str], bool]


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a milestone does to what is open: clocks that stop and start, duties that are voided,
    and duties that open, in the order of the file."""

    stops: frozenset[str]
    starts: frozenset[str]
    voids: frozenset[str]
    opens: tuple[str, ...]


def _effect(definition: Definition, milestone: Milestone) -> _Effect:
    clocks, duties = definition.clocks.items(), definition.obligations.items()
    return _Effect(
        stops=frozenset(n for n, c in clocks if ends(milestone, c.stops)),
        starts=frozenset(n for n, c in clocks if milestone in c.starts),
        voids=frozenset(n for n, o in duties if ends(milestone, o.voided_by)),
        opens=tuple(n for n, o in duties if o.opens is milestone),
    )


class _Walker:
    """What follows from what, each question answered once."""

    def __init__(self, applications: Applications) -> None:
        self.applications = applications
        self.definition = applications.definition
        self.roads = roads_of(self.definition.chart)
        self.fired: set[Step] = set()
        self.restarted: set[tuple[str, str]] = set()
        clocks = self.definition.clocks.items()
        self.supplying = {n for n, c in clocks if Milestone.SUPPLEMENTED in c.stops}
        starting = Milestone.REVOCATION_NOTICED
        self.hearing = {n for n, c in clocks if starting in c.starts}
        self.gates = {
            (gate.shuts, fee.deferral.obligation)
            for fee in self.definition.fees.values()
            for gate in fee.gates
            if fee.deferral is not None and gate.when is None
        }
        self.nodes: dict[Known, Node] = {}
        self.effects = {m: _effect(self.definition, m) for m in Milestone}
        self.clocks: dict[tuple[frozenset[str], Marks], frozenset[str]] = {}
        self.duties: dict[tuple[frozenset[str], TrackName, Marks], tuple[frozenset[str], ...]] = {}
        self.known: dict[tuple[str, TrackName], bool | None] = {}
        self.ways: dict[tuple[Leaves, TrackName, str], tuple[Way, ...]] = {}
        self.payable: dict[frozenset[str], tuple[str, ...]] = {}

    def start(self, track: TrackName) -> Node:
        chart = self.definition.chart
        begun = self._marks((frozenset(), frozenset()), track, (Milestone.RECEIVED,))
        return self._node(leaves_of(chart, chart.initial), track, begun[0], examined=False)

    def on(self, node: Node) -> Iterator[Edge]:
        actions = self.definition.chart.actions
        for action in self.roads.leaving(node.leaves):
            act = actions[action].act
            if self._shut_by_law(node, act):
                continue
            track, examined = _after(node, act)
            for way in self._ways(node.leaves, node.track, action):
                self.fired.update(way.steps)
                for marks in _marks_of(act, node.track):
                    for left in self._marks((node.clocks, node.obligations), track, marks):
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

    def _shut_by_law(self, node: Node, act: Act) -> bool:
        """Whether what is open or still to come shuts the act, whatever the chart says."""
        if act is Act.CONCLUDE:
            return bool(node.clocks or node.obligations)
        to_come = bool(node.clocks & self.supplying)
        return to_come if act is Act.GRANT else act in ENDING_TOLERANCE and not to_come

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
        for left in self._marks((node.clocks, obligations), node.track, marks):
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

    def _marks(self, left: Open, track: TrackName, milestones: Marks) -> list[Open]:
        """What is open after the milestones, for each way it can come out."""
        clocks = self._clocks(left[0], milestones)
        return [(clocks, duties) for duties in self._duties(left[1], track, milestones)]

    def _clocks(self, running: frozenset[str], milestones: Marks) -> frozenset[str]:
        """The clocks that run after the milestones; they stop before they start."""
        key = (running, milestones)
        if key not in self.clocks:
            for milestone in milestones:
                effect = self.effects[milestone]
                running -= effect.stops
                self.restarted |= {("clocks", n) for n in effect.starts & running}
                running |= effect.starts
            self.clocks[key] = running
        return self.clocks[key]

    def _duties(
        self, owed: frozenset[str], track: TrackName, milestones: Marks
    ) -> tuple[frozenset[str], ...]:
        """What may be owed after the milestones: obligations are voided before they open, and one
        that depends on answers opens or does not."""
        key = (owed, track, milestones)
        if key not in self.duties:
            found = [owed]
            for milestone in milestones:
                found = [after for one in found for after in self._owed(one, track, milestone)]
            self.duties[key] = tuple(found)
        return self.duties[key]

    def _owed(
        self, owed: frozenset[str], track: TrackName, milestone: Milestone
    ) -> list[frozenset[str]]:
        effect = self.effects[milestone]
        held = owed - effect.voids
        self.restarted |= {("obligations", n) for n in effect.opens if n in held}
        opened = [held]
        for name in effect.opens:
            opened = [o | extra for o in opened for extra in self._opens(name, track)]
        return opened

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
