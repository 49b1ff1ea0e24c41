"""Where cases can stand: situations, gathered in rooms that share the ways out of them.

A room is a place of the chart on a track, examined or not; what is open tells its nodes apart.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from permits.definitions.checker.opening import Owed, Running
from permits.definitions.checker.roads import Way
from permits.definitions.procedure import Act
from permits.definitions.schema import TrackName
from permits.definitions.steps import Leaves


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A situation. Within one space there is one object for each, so that they are told apart
    by identity."""

    leaves: Leaves
    track: TrackName
    clocks: frozenset[str] = frozenset()
    obligations: frozenset[str] = frozenset()
    examined: bool = False

    state: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", self.leaves[0].split(".")[0])


class Room(dict[tuple[frozenset[str], frozenset[str]], Node]):
    """The nodes of a room by the clocks and the obligations that are open. One that is asked for
    the first time is put behind those that were `found` before."""

    def __init__(
        self, leaves: Leaves, track: TrackName, found: list[Node], *, examined: bool
    ) -> None:
        super().__init__()
        self.leaves, self.track, self.examined = leaves, track, examined
        self._found = found
        self.exits: tuple[Exit, ...] | None = None
        self.annulled: tuple[tuple[Door, bool], ...] | None = None

    def __missing__(self, left: tuple[frozenset[str], frozenset[str]]) -> Node:
        node = self[left] = Node(self.leaves, self.track, *left, self.examined)
        self._found.append(node)
        return node


class Door(NamedTuple):
    """Where one outcome of a step leads from every node of a room, and what is open then."""

    to: Room
    running: Running
    owed: Owed

    def beyond(self, clocks: frozenset[str], obligations: frozenset[str]) -> list[Node]:
        """The nodes that are come to with these open, for each way it can come out."""
        to, running = self.to, self.running[clocks]
        return [to[running, duties] for duties in self.owed[obligations]]


@dataclass(slots=True)
class Exit:
    """An action that leaves a room, with a door for each of its outcomes; whether any case could
    take it yet."""

    action: str
    act: Act
    ways: tuple[tuple[Way, Door], ...]
    taken: bool = False
