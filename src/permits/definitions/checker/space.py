"""Every place a case can come to, found by driving the real chart with guards answered both ways.

A node is where the case stands in the chart, on which track, which clocks and obligations are
open, and whether an examiner has given an opinion since acceptance. The conditions of one action
are answered as applications on the track can answer them together; what one action was told does
not bind the next, since corrections may change the answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from permits.definitions.act_rules import ACT_RULES
from permits.definitions.chart_part import decision_in
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.opening import Marks, Opening, Running
from permits.definitions.checker.roads import Way, roads_of
from permits.definitions.checker.rooms import Door, Exit, Node, Room
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

_NOTHING = (frozenset[str](), frozenset[str]())
_MAY_BE_SHUT = {Act.VOID, Act.CONCLUDE, Act.GRANT, *ENDING_TOLERANCE}
"""Acts that what is open or still to come may shut."""


class Edge(NamedTuple):
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
    for node in walker.found:  # it grows meanwhile
        space.edges[node] = walker.on(node)
        walker.annul(node)
        if len(walker.found) > most:
            space.whole = False
            return space
    return space


_Settling = tuple[str, Running, tuple[frozenset[str], ...]]
"""An obligation that is settled, the clocks that run then, and what may be owed then."""


class _Walker:
    """What follows from what, each question answered once. `found` are the nodes, first the
    starts and then in the order in which they were come to."""

    def __init__(self, applications: Applications) -> None:
        self.applications = applications
        self.definition = applications.definition
        self.roads = roads_of(self.definition.chart)
        self.found: list[Node] = []
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
        self.rooms: dict[tuple[Leaves, TrackName, bool], Room] = {}
        self.settling: dict[tuple[TrackName, frozenset[str]], tuple[_Settling, ...]] = {}

    def start(self, track: TrackName) -> Node:
        chart = self.definition.chart
        running, owed = self.opening.after(track, (Milestone.RECEIVED,))
        clocks, obligations = _NOTHING
        room = self._room(leaves_of(chart, chart.initial), track, examined=False)
        return room[running[clocks], owed[obligations][0]]

    def on(self, node: Node) -> tuple[Edge, ...]:
        """How a case goes on from here."""
        room = self._room(node.leaves, node.track, examined=node.examined)
        edges: list[Edge] = []
        for leaving in self._exits(room):
            if leaving.act in _MAY_BE_SHUT and self._shut_by_law(node, leaving):
                continue
            if not leaving.taken:
                leaving.taken = True
                self.fired.update(step for way, _ in leaving.ways for step in way.steps)
            for way, door in leaving.ways:
                beyond = door.beyond(node.clocks, node.obligations)
                edges += [Edge(to, leaving.action, None, way.certain) for to in beyond]
        edges += self._supplied(room, node)
        edges += self._heard(room, node)
        edges += self._settled(room, node)
        return tuple(edges)

    def _room(self, leaves: Leaves, track: TrackName, *, examined: bool) -> Room:
        key = (leaves, track, examined)
        found = self.rooms.get(key)
        if found is None:
            found = self.rooms[key] = Room(leaves, track, self.found, examined=examined)
        return found

    def _exits(self, room: Room) -> tuple[Exit, ...]:
        """The actions that lead out of a room, open or shut."""
        if room.exits is None:
            names = self.roads.leaving(room.leaves)
            room.exits = tuple(self._exit(room, name) for name in names)
        return room.exits

    def _exit(self, room: Room, action: str) -> Exit:
        act = self.definition.chart.actions[action].act
        track, examined = _after(room, act)
        ways = (
            (way, Door(self._room(way.leaves, track, examined=examined), *opened))
            for way in self._ways(room.leaves, room.track, action)
            for opened in (self.opening.after(track, m) for m in _marks_of(act, room.track))
        )
        return Exit(action, act, tuple(ways))

    def annul(self, node: Node) -> None:
        """Find where a case goes on whose decision is annulled. No edge leads there, so that
        nothing is proved to be reached by an annulment alone. What an annulment leaves open is
        told where the case ends with it; examined anew it begins with nothing open."""
        room = self._room(node.leaves, node.track, examined=node.examined)
        if room.annulled is None:
            room.annulled = tuple(self._annulled(room, node.state))
        for door, holds in room.annulled:
            door.beyond(*((node.clocks, node.obligations) if holds else _NOTHING))

    def _annulled(self, room: Room, state: str) -> Iterator[tuple[Door, bool]]:
        """Where an annulment leads from a room, and whether what is open is held until then."""
        rule = self.definition.annulment
        decided = decision_in(self.definition.chart.states[state])
        if rule is None or decided is None:
            return
        ended = rule.grant if decided == "granted" else rule.refusal
        for reached, holds, mark in (
            (ended, True, Milestone.ANNULLED),
            (rule.reopens, False, Milestone.REOPENED),
        ):
            leaves = leaves_of(self.definition.chart, reached)
            to = self._room(leaves, room.track, examined=False)
            yield Door(to, *self.opening.after(room.track, (mark,))), holds

    def _shut_by_law(self, node: Node, leaving: Exit) -> bool:
        """Whether what is open or still to come shuts the act, whatever the chart says."""
        act = leaving.act
        if act is Act.VOID:
            return not any(self._lapse(name) == leaving.action for name in node.obligations)
        if act is Act.CONCLUDE:
            return bool(node.clocks or node.obligations)
        to_come = bool(node.clocks & self.supplying)
        if act is Act.GRANT:
            return to_come or bool(node.obligations & self.before)
        return not to_come

    def _lapse(self, obligation: str) -> str | None:
        lapse = self.definition.obligations[obligation].lapse
        return lapse.action if lapse is not None else None

    def _heard(self, room: Room, node: Node) -> Iterator[Edge]:
        """Wherever a grant stands notice of its revocation may be given; then the holder states
        their case, or it is dropped."""
        phase = self.definition.chart.states[node.state].phase
        if phase in (Phase.IN_EFFECT, Phase.CONCLUDED):
            notice, *answers = BEFORE_REVOKING
            for milestone in answers if node.clocks & self.hearing else (notice,):
                yield from self._beside(room, node, milestone)

    def _supplied(self, room: Room, node: Node) -> Iterable[Edge]:
        """What was still to come has come."""
        if not node.clocks & self.supplying:
            return ()
        return self._beside(room, node, Milestone.SUPPLEMENTED)

    def _beside(self, room: Room, node: Node, milestone: Milestone) -> Iterator[Edge]:
        """What happens beside the chart, and leaves the case where it stands."""
        door = Door(room, *self.opening.after(node.track, (milestone,)))
        for to in door.beyond(node.clocks, node.obligations):
            yield Edge(to, None)

    def _ways(self, leaves: Leaves, track: TrackName, action: str) -> tuple[Way, ...]:
        """The action's outcomes for every application on the track."""
        asked = self.roads.asked(leaves, action)
        met = self.applications.telling(asked, track) if asked else ()
        held = {application.holding for application in met} or {frozenset[str]()}
        return self.roads.ways(leaves, action, held)

    def _settled(self, room: Room, node: Node) -> list[Edge]:
        if self.definition.chart.states[node.state].phase is Phase.ENDED:
            return []
        return [
            Edge(room[running[node.clocks], duties], None, name)
            for name, running, outcomes in self._settling(node.track, node.obligations)
            for duties in outcomes
        ]

    def _settling(self, track: TrackName, owed: frozenset[str]) -> tuple[_Settling, ...]:
        """What settling each of the obligations owed leaves open."""
        key = (track, owed)
        if key not in self.settling:
            self.settling[key] = tuple(self._settle(track, owed))
        return self.settling[key]

    def _settle(self, track: TrackName, owed: frozenset[str]) -> Iterator[_Settling]:
        for name in self._payable(owed):
            reports = self.definition.obligations[name].reports
            running, after = self.opening.after(track, (reports,) if reports else ())
            yield name, running, after[owed - {name}]

    def _payable(self, owed: frozenset[str]) -> tuple[str, ...]:
        """Those of the obligations owed that no other forbids or holds up."""
        return tuple(n for n in sorted(owed) if not self._held_up(n, owed))

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


def _after(room: Room, act: Act) -> tuple[TrackName, bool]:
    """On which track the case is after the act, and whether an opinion still counts."""
    if act is Act.WITHDRAW_COMMITMENT:
        return TrackName.ORDINARY, False
    if act in (Act.ACCEPT, Act.ACCEPT_BY_SILENCE, Act.RETURN):
        return room.track, False
    return room.track, room.examined or act is Act.EXAMINE
