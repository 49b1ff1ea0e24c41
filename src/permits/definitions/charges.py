"""What is charged: dated rates, what they are taken of, who pays less, and until when."""

from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.duties import Due
from permits.definitions.parts import Basis, Date, Name, NonBlank, Part, Text
from permits.definitions.procedure import Milestone
from permits.definitions.tracks import TrackName

PER = 10_000
"""Shares and reliefs are written in parts of so many: 450 is 4.5 %."""


class RateRow(Part):
    """A rate that held from one day to another, in fen for each unit of the quantity."""

    valid_from: Date = Field(description="first day")
    valid_until: Date | None = Field(default=None, description="last day, if it is known")
    fen: Annotated[int, Field(ge=0)] = Field(description="hundredths of a yuan for each unit")
    basis: Basis = Field(description="the notice that set it")


class Rate(Part):
    """A rate over time."""

    title: Text = Field(description="what is charged")
    unit: Text = Field(description="what the quantity counts")
    rows: tuple[RateRow, ...] = Field(min_length=1, description="in order, without overlap")


class ShareRow(Part):
    """A share that held from one day to another."""

    valid_from: Date = Field(description="first day")
    valid_until: Date | None = Field(default=None, description="last day, if it is known")
    per_10000: Annotated[int, Field(ge=0, le=PER)] = Field(
        description="parts of ten thousand; 450 is 4.5 %"
    )
    basis: Basis = Field(description="the rule that set it")


class Share(Part):
    """A share of a quantity over time, as the part of a floor area that must be built."""

    title: Text = Field(description="what the share is of")
    rows: tuple[ShareRow, ...] = Field(min_length=1, description="in order, without overlap")


class Line(Part):
    """One line of a reckoning: the sum of some fields, a share of it, at a rate."""

    title: Text = Field(description="what this line charges")
    fields: tuple[Name, ...] = Field(
        min_length=1, description="numbers of the form that are added up; one not put counts 0"
    )
    share: Name | None = Field(
        default=None, description="an entry of `shares`; without it, all of the sum"
    )
    rate: Name = Field(description="an entry of `rates`")
    when: Name | None = Field(
        default=None, description="the condition under which it counts; else always"
    )
    basis: Basis = Field(description="the rule that says how much is reckoned")


class Rounding(Part):
    """To what the whole amount is rounded, once, at the end."""

    to: Literal["fen", "jiao", "yuan"] = Field(description="the smallest coin of the amount")
    how: Literal["half_up", "half_even", "up", "down"] = Field(
        description="to the nearest, with where a half goes; or always up, always down"
    )
    basis: Basis = Field(description="the rule that says so")


class Relief(Part):
    """Who pays less, or nothing: a rule of law, never a promise of the applicant."""

    title: Text = Field(description="what it is called")
    when: Name = Field(description="the condition under which it is due")
    charged_per_10000: Annotated[int, Field(ge=0, lt=PER)] = Field(
        description="what is still charged, in parts of ten thousand; 0 is an exemption"
    )
    valid_from: Date = Field(description="first day")
    valid_until: Date | None = Field(default=None, description="last day, if it is known")
    material: Name | None = Field(
        default=None, description="the material that shows it, if one is asked for"
    )
    basis: Basis = Field(description="the law that grants it")


class Deferral(Part):
    """Payment put off on a commitment: the debt stays, and an obligation to pay it opens."""

    track: TrackName = Field(description="the track on which payment is put off")
    commitment: Name = Field(description="the commitment to pay that is signed for it")
    obligation: Name = Field(description="the obligation that is settled by paying")
    lost: Due = Field(description="by when it is paid if the deferral falls away")
    basis: Basis = Field(description="the rule that allows it")


class FeeGate(Part):
    """Something that may not be done while the fee is unpaid."""

    shuts: Name = Field(description="an action, or an obligation that may not be reported")
    when: Name | None = Field(
        default=None, description="the condition under which it is shut; else always"
    )
    basis: Basis = Field(description="the rule that makes payment a precondition")


class FeeEnd(Part):
    """What becomes of the debt when the case takes another turn."""

    at: Milestone = Field(description="what happens to the case")
    debt: Literal["cancelled", "stays"] = Field(
        description="`cancelled`: nothing is owed, what was paid is refunded"
    )
    basis: Basis = Field(description="the rule that says so")


class Fee(Part):
    """A charge, frozen at a milestone at the rates of that day.

    It is reckoned from one field (`quantity` at `rate`) or from `lines` that are added up.
    """

    title: Text = Field(description="what the fee is called in the law")
    quantity: Name | None = Field(
        default=None, description="the field of the form it is reckoned from; goes with `rate`"
    )
    rate: Name | None = Field(default=None, description="an entry of `rates`")
    lines: dict[Name, Line] = Field(
        default_factory=dict, description="lines of a reckoning, added up"
    )
    rounding: Rounding = Field(description="how the amount is rounded")
    reliefs: dict[Name, Relief] = Field(
        default_factory=dict, description="reductions and exemptions; the one that helps most"
    )
    frozen_at: Milestone = Field(description="when the amount is fixed")
    due: Due = Field(description="by when it is paid, if payment is not put off")
    deferral: Deferral | None = Field(
        default=None, description="how payment is put off on a commitment"
    )
    gates: tuple[FeeGate, ...] = Field(
        default=(), description="what may not be done before it is paid"
    )
    shuts: tuple[Name, ...] = Field(
        default=(), description="gates of the project that are shut until it is paid"
    )
    ends: tuple[FeeEnd, ...] = Field(
        default=(), description="what becomes of the debt when the case is withdrawn or undone"
    )
    receipt_word: NonBlank = Field(
        description="the word in the numbers of its receipts, as in 郑高规据字〔2022〕1号"
    )
    basis: Basis = Field(description="the law that allows it to be charged")
