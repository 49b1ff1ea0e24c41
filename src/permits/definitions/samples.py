"""Applications as they might be filed, with what must come of them."""

from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.parts import Date, Name, Part
from permits.definitions.tracks import TrackName


class Sample(Part):
    """An application that is tried whenever the definition is checked.

    It answers every question that decides anything and is put; others may be left out.
    """

    like: Name | None = Field(
        default=None, description="a sample that answers alike, but for what stands here"
    )
    answers: dict[Name, bool | int | str] = Field(
        default_factory=dict, description="what is answered, by field"
    )
    tracks: tuple[TrackName, ...] = Field(min_length=1, description="the tracks that are open")
    kind: Literal["with_filing", "outright"] | None = Field(
        default=None, description="the exemption given on another track, if there is a list"
    )
    day: Date | None = Field(
        default=None, description="the day whose rates are taken; goes with `fees`"
    )
    fees: dict[Name, Annotated[int, Field(ge=0)]] = Field(
        default_factory=dict, description="what each fee comes to on that day, in fen"
    )
    still_required: tuple[Name, ...] = Field(
        default=(), description="the approvals that are needed beside, as far as answers tell"
    )
    asked: tuple[Name, ...] = Field(
        default=(), description="the departments asked for an opinion, as far as answers tell"
    )
