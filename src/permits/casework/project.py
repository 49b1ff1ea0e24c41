"""A construction project as its events leave it: its cases, and the gates they hold shut."""

from datetime import date, datetime
from typing import Literal

import msgspec

from permits.definitions.conditions import Answer

Kind = Literal["obligation", "fee"]
Opens = Literal["report", "verification", "payment"]
"""What settles that which holds a gate shut."""


def stream_of(code: str) -> str:
    return f"project/{code}"


class Hold(msgspec.Struct, frozen=True, gc=False):
    """Something owed in a case that holds gates shut. `title` is in both languages, by language:
    whoever is stopped at the gate need not know the permit type of that case."""

    kind: Kind
    name: str
    gates: tuple[str, ...]
    title: dict[str, str]
    opens: Opens
    due: date | None
    provisional: bool

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.name}"


class Member(msgspec.Struct, frozen=True, gc=False):
    """A case of the project as it was last reported: the stages of the works it covers, what it
    answered that later stages must answer alike, what it settles for other cases while it stands,
    its milestones, and what it holds shut.

    `stands` says that it was granted and the grant still stands.
    """

    case: str
    number: str
    permit: str
    stages: tuple[str, ...] = ()
    alike: dict[str, Answer] = {}
    settles: tuple[str, ...] = ()
    milestones: dict[str, date] = {}
    stands: bool = False
    holds: dict[str, Hold] = {}
    attached_on: date | None = None
    detached_on: date | None = None

    @property
    def attached(self) -> bool:
        return self.detached_on is None


class Project(msgspec.Struct, frozen=True, gc=False):
    """Everything the rules ask of a project; `party` is the developer (建设单位) it belongs to."""

    code: str
    name: str = ""
    party: str = ""
    version: int = 0
    recorded_at: datetime | None = None
    opened_on: date | None = None
    members: dict[str, Member] = {}

    @property
    def attached(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members.values() if member.attached)

    def settled(self, what: str, besides: str = "") -> Member | None:
        """The case that settles something and stands; not the one that asks, `besides`."""
        return next(
            (
                member
                for member in self.attached
                if member.case != besides and member.stands and what in member.settles
            ),
            None,
        )

    def shut(self, gate: str, besides: str = "") -> tuple[tuple[Member, Hold], ...]:
        """What holds a gate shut, in the order in which it was reported; `besides` one case."""
        return tuple(
            (member, hold)
            for member in self.attached
            if member.case != besides
            for hold in member.holds.values()
            if gate in hold.gates
        )

    @property
    def critical(self) -> tuple[Member, Hold] | None:
        """What is due first of all that holds a gate shut."""
        dated = [
            (hold.due, member, hold)
            for member in self.attached
            for hold in member.holds.values()
            if hold.due is not None
        ]
        first = min(dated, key=lambda one: (one[0], one[1].case, one[2].key), default=None)
        return first[1:] if first else None
