"""Where a case may stand and what may be done there, as it is written in a definition."""

from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.parts import Name, Part, StatePath, Text
from permits.definitions.procedure import Act, Code, Phase, Role


class RegionState(Part):
    """A state inside a region. A region begins in the first one."""

    title: Text = Field(description="what pages call it")
    final: bool = Field(default=False, description="whether the region is done here")


class State(Part):
    """Where a case may stand. With regions it stands in one state of each at once."""

    title: Text = Field(description="what pages call it")
    phase: Phase = Field(description="how far the case has come in law")
    code: Code = Field(
        description="the national status code (办件状态); of a grant 11, from which 12 follows by"
        " itself if materials or fees are put off"
    )
    final: bool = Field(default=False, description="whether the case ends here")
    regions: dict[Name, Annotated[dict[Name, RegionState], Field(min_length=2)]] = Field(
        default_factory=dict, description="what goes on side by side, each with its states"
    )
    done: Name | None = Field(default=None, description="where to go when every region is done")


class Move(Part):
    """Arrows of an action: from each of these states to one."""

    frm: tuple[StatePath, ...] = Field(
        alias="from", min_length=1, description="the states it leaves"
    )
    to: StatePath = Field(description="the state it enters")
    needs: tuple[Name, ...] = Field(default=(), description="conditions that must all hold")


class Action(Part):
    """Something a person may do. Moves that can be open together need `order: first`."""

    title: Text = Field(description="what the button says")
    act: Act = Field(description="what it is in law; the act fixes roles, phases and milestones")
    by: tuple[Role, ...] = Field(min_length=1, description="who may take it")
    moves: tuple[Move, ...] = Field(min_length=1, description="its arrows")
    needs: tuple[Name, ...] = Field(
        default=(), description="conditions that must all hold, whichever move is taken"
    )
    order: Literal["first"] | None = Field(
        default=None, description="take the first open move instead of refusing two"
    )
    reversible: bool = Field(
        default=False, description="a slip may be undone by whoever made it, with a record"
    )


class Chart(Part):
    """The states and actions of the procedure."""

    initial: Name = Field(description="the state a new case stands in")
    states: dict[Name, State] = Field(description="every state by name")
    actions: dict[Name, Action] = Field(description="every action by name")


def decision_in(state: State) -> Literal["granted", "refused"] | None:
    """The decision that stands while a case stands in this state, if one does."""
    if state.phase in (Phase.IN_EFFECT, Phase.CONCLUDED):
        return "granted"
    served = state.phase is Phase.ENDED and state.code is Code.REFUSED
    return "refused" if served or state.phase is Phase.REFUSED else None
