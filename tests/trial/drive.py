"""Real cases driven through every situation and every way on that the checker enumerates.

The chart is not asked: each way is gone by the commands with which people and the timer would go
it, from a case that stands there by such commands itself. What has come so far is kept and gone on
from, so that no prefix is driven twice.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.case import Case
from permits.casework.decide import Desk, Noted, decide
from permits.casework.project import Project
from permits.casework.working_days import WorkingDays
from permits.definitions.checker.rooms import Node
from permits.definitions.checker.space import Edge, Space
from permits.definitions.edition import Edition
from permits.definitions.schema import Treatment
from tests.kit import SEAL, calendar, paper
from tests.trial import kinds
from tests.trial.manners import SEEDS, Driven, Manners, Waited, Way
from tests.trial.people import INSPECTORS, PEOPLE
from tests.trial.shut import INHERITED, explained
from tests.trial.situations import situation, space_of

MOST_THERE = 6
"""How many cases of one application are gone on from in one situation, at most."""


@dataclass
class Drive:
    """All cases of one permit type. `founded` gives the projects in which an application is filed,
    `ways` are those gone, `undone` says why others were not; `annulled` counts the annulments,
    `forced` how often what is said to be shut was tried and led elsewhere."""

    edition: Edition
    begun: datetime
    founded: Callable[[dict[str, Any]], dict[str, Project]] = lambda _answers: {}
    days: WorkingDays = field(default_factory=calendar)
    ways: set[tuple[Node, Edge]] = field(default_factory=set)
    stood: dict[Node, Driven] = field(default_factory=dict)
    ended: list[Case] = field(default_factory=list)
    undone: dict[tuple[Node, Edge], str] = field(default_factory=dict)
    annulled: int = 0
    forced: int = 0
    tried: Counter[str] = field(default_factory=Counter)

    @cached_property
    def space(self) -> Space:
        return space_of(self.edition)

    @cached_property
    def manners(self) -> Manners:
        return Manners(self.edition, self.begun, self.days)

    @cached_property
    def never(self) -> dict[tuple[Node, Edge], str]:
        return explained(self.edition, self.space)

    @cached_property
    def node_of(self) -> dict[Any, Node]:
        nodes = self.space.edges
        return {(n.leaves, n.track, n.clocks, n.obligations, n.examined): n for n in nodes}

    @cached_property
    def back(self) -> dict[Node, list[Node]]:
        found: dict[Node, list[Node]] = {}
        for node, edges in self.space.edges.items():
            for edge in edges:
                found.setdefault(edge.to, []).append(node)
        return found

    def go(self) -> None:
        """Drive cases of every sample on every track, until nothing is left to be gone; then let
        the decision be annulled wherever one stands, and try what is said to be shut."""
        for start in self._starts():
            self._follow(start)
        for driven in tuple(self.stood.values()):
            self._annul(driven)
        for (node, edge), why in self.never.items():
            if why != INHERITED and node in self.stood:
                self._force(self.stood[node], edge)

    def _annul(self, driven: Driven) -> None:
        """A court annuls the decision, and the office has to decide anew or not."""
        for anew in (True, False):
            told = a.RecordAnnulment("court", driven.now.date(), anew, SEAL, SEAL)
            after = self._tell(driven, ("leader", told))
            if not after.because:
                to = self.node_of.get(situation(after.case))
                assert to is not None, f"the checker knows no {situation(after.case)}"
                self.annulled += 1
                self.stood.setdefault(to, after)
                if self._unfinished(to, self.space.edges[to]):
                    self._follow(after)

    def _force(self, driven: Driven, edge: Edge) -> None:
        """Nobody comes to the end of a way that is said to be shut, in whatever manner: it is
        refused, or leads elsewhere."""
        here = situation(driven.case)
        for (*before, way), seed in self.manners.of(driven, edge):
            there = driven
            for told in before:
                there = self._tell(there, told, seed)
            if not there.because and situation(there.case) == here:
                after = self._tell(there, way, seed)
                self.forced += 1
                gone = not after.because and self.node_of[situation(after.case)] is edge.to
                assert not gone, "this way is not shut"

    def unexplained(self) -> list[Node]:
        """The situations in which no case stood, though a way leads there that is not shut."""
        shut = {edge.to for _node, edge in self.never}
        return [node for node in self.space.edges if node not in self.stood and node not in shut]

    def left(self) -> dict[tuple[Node, Edge], str]:
        """The ways that were not gone, with the last word that was refused on each."""
        return {
            (node, edge): self.undone.get((node, edge), "no case stood there")
            for node, edges in self.space.edges.items()
            for edge in edges
            if self._new(node, edge)
        }

    def _starts(self) -> Iterator[Driven]:
        """A case just filed, of each sample and track, with what may follow at hand or not."""
        for track, sample in kinds.openings(self.edition.permit):
            said = kinds.sample(self.edition.permit, sample)
            command = kinds.application(self.edition, track, said)
            for files in self._handed_in(track, command):
                blank = Driven(Case(id="case/new"), self.begun, self.founded(said.answers))
                filed = self._tell(blank, ("applicant", replaced(command, handed_in=files)))
                assert not filed.because, f"{sample} on the {track} track: {filed.because}"
                yield filed

    def _handed_in(self, track: str, command: c.File) -> Iterator[tuple[Any, ...]]:
        yield command.handed_in
        deferred = [
            paper(name)
            for name, material in self.edition.definition.materials.items()
            if track == "tolerant" and material.tracks[track] is Treatment.DEFERRED
        ]
        if deferred:
            yield (*command.handed_in, *deferred)

    def _follow(self, start: Driven) -> None:
        """From one application, along every way that leads to something not gone yet."""
        goals = self._towards()
        waiting = deque([start])
        there: Counter[Node] = Counter()
        while waiting:
            driven = waiting.popleft()
            node = self.node_of[situation(driven.case)]
            if there[node] >= MOST_THERE or node not in goals:
                continue
            there[node] += 1
            self.stood.setdefault(node, driven)
            for edge in self.space.edges[node]:
                if self._new(node, edge) or self._onward(node, edge, goals, there):
                    waiting.extend(self._gone(driven, node, edge))

    def _onward(self, node: Node, edge: Edge, goals: set[Node], there: Counter[Node]) -> bool:
        return edge.to in goals and not there[edge.to] and (node, edge) not in self.never

    def _towards(self) -> set[Node]:
        """Situations from which a way leads on that is not gone, and those at its end."""
        found = {node for node, es in self.space.edges.items() if self._unfinished(node, es)}
        waiting = list(found)
        while waiting:
            for before in self.back.get(waiting.pop(), ()):
                if before not in found:
                    found.add(before)
                    waiting.append(before)
        return found

    def _unfinished(self, node: Node, edges: Iterable[Edge]) -> bool:
        return any(self._new(node, edge) for edge in edges)

    def _new(self, node: Node, edge: Edge) -> bool:
        return (node, edge) not in self.ways and (node, edge) not in self.never

    def _gone(self, driven: Driven, node: Node, edge: Edge) -> Iterator[Driven]:
        """The case at the end of a way, if one of the manners in which it may be gone leads there;
        whatever else comes of them is gone on from as well."""
        for ways, seed in self.manners.of(driven, edge):
            after = driven
            for told in ways:
                after = self._tell(after, told, seed)
                if after.because:
                    self.undone[node, edge] = after.because
                    break
            else:
                to = self.node_of.get(situation(after.case))
                assert to is not None, f"the checker knows no {situation(after.case)}"
                taken = replace_to(edge, to)
                assert (node, taken) not in self.never, (
                    f"this way is shut: {self.never[node, taken]}"
                )
                self.ways.add((node, taken))
                self.stood.setdefault(to, after)
                if not self.space.edges[to]:
                    self.ended.append(after.case)
                yield after
                if taken == edge:
                    return

    def _tell(self, driven: Driven, told: Way, seed: str = SEEDS[0]) -> Driven:
        who, command = told
        now = driven.now + timedelta(seconds=1)
        if isinstance(command, Waited):
            return replace(driven, now=command.until)
        desk = Desk(
            self.edition,
            PEOPLE[who],
            now,
            self.days,
            now.isoformat(),
            {},
            seed,
            driven.projects,
            inspectors=INSPECTORS,
        )
        outcome = decide(driven.case, command, desk)
        self.tried[type(outcome).__name__] += 1
        if not isinstance(outcome, Noted):
            return replace(driven, because=f"{outcome.reason} {' '.join(outcome.about)}".strip())
        projects = {told.project.code: told.project for told in outcome.projects}
        return Driven(outcome.case, now, {**driven.projects, **projects})


def replaced(command: c.File, **changes: Any) -> c.File:
    values = {name: getattr(command, name) for name in command.__struct_fields__}
    return c.File(**{**values, **changes})


def replace_to(edge: Edge, to: Node) -> Edge:
    return edge if edge.to is to else Edge(to, edge.action, edge.obligation, edge.certain)
