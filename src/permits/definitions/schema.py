"""A permit type as it is written in `workflows/`: one strict, frozen model per mapping."""

import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.form import Form
from permits.definitions.parts import Basis, Law, Name, NonBlank, Part, StatePath, Term, Text
from permits.definitions.procedure import Act, Code, Milestone, Phase, Role, SpecialCause

Date = datetime.date


class Measure(StrEnum):
    """What kind of relief the permit type gives."""

    DEFERRED = "deferred"
    COMMITTED = "committed"
    EXEMPTED = "exempted"
    STAGED = "staged"
    FILING = "filing"
    ENTITLEMENT = "entitlement"


class TrackName(StrEnum):
    """The ordinary procedure is the baseline the other tracks are measured against."""

    ORDINARY = "ordinary"
    COMMITMENT = "commitment"
    TOLERANT = "tolerant"


class Treatment(StrEnum):
    """What a track asks of a material."""

    SUPPLIED = "supplied"
    SHARED = "shared"
    COMMITTED = "committed"
    DEFERRED = "deferred"
    EXEMPT = "exempt"


class Authority(Part):
    """The office that decides. `number_prefix` opens the numbers of its cases and documents."""

    id: Name
    title: Text
    department: Name
    number_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")]
    document_word: NonBlank = Field(description="机关代字, as in 郑高规(…)")
    opens: Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]
    closes: Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]


class Shows(Part):
    """Which fields stand for the case in lists: its title and its place."""

    title: Name
    place: Name


class Permit(Part):
    id: Name
    title: Text
    summary: Text
    measure: Measure
    basis: tuple[Basis, ...] = Field(min_length=1)
    effective_from: Date
    effective_until: Date | None = None
    shows: Shows
    guide: tuple[Text, ...] = Field(min_length=1, description="who may apply and what to expect")
    visits: Annotated[int, Field(ge=0, le=9)] = Field(description="到办事现场次数")


class Condition(Part):
    """A named CEL expression over the answers and `case.…`; other parts refer to it by name."""

    when: NonBlank
    says: Text = Field(description="the condition in words, shown when it does not hold")


class Exclusion(Part):
    """Who or what may never use a track other than the ordinary one."""

    when: Name
    says: Text
    basis: Basis


class ListRow(Part):
    """A row of the list (清单): what it admits, and whether it asks for a filing."""

    title: Text
    kind: Literal["with_filing", "outright"] = Field(description="免于 (with filing) or 无需")
    admits: Name
    basis: Basis


class Track(Part):
    title: Text
    says: Text
    promised: Term
    promised_basis: Basis
    statutory: Term
    statutory_basis: Basis
    admits: Name | None = None
    on_the_spot: bool = False
    commitments: tuple[Name, ...] = ()


class Material(Part):
    """A document of the application. A field on the form is not a material."""

    title: Text
    essential: bool
    tracks: dict[TrackName, Treatment]
    when: Name | None = None
    covers: tuple[Text, ...] = Field(
        default=(), description="every document meant, where the law's own wording is open"
    )
    hint: Text | None = None
    basis: Basis


class Commitment(Part):
    """A notice shown whole, and the statement signed under it.

    Kind A says the conditions are met already, kind B that they will be met by a date.
    """

    title: Text
    kind: Literal["A", "B"]
    notice: tuple[Text, ...] = Field(min_length=1)
    statement: tuple[Text, ...] = Field(min_length=1)
    signers: tuple[Name, ...] = Field(min_length=1)
    covers: tuple[Name, ...] = ()
    basis: Basis


class After(Part):
    """A date: a milestone, and how long after it."""

    milestone: Milestone
    plus: Term = "0d"


class Due(Part):
    """The earliest of some dates; a date whose milestone has not come does not count yet."""

    earliest: tuple[After, ...] = Field(min_length=1)
    basis: Basis


class Obligation(Part):
    """A duty that stays open after the decision, with its own small life."""

    title: Text
    says: Text
    debtor: Literal["applicant", "authority"]
    opens: Milestone
    when: Name | None = None
    due: Due
    settled_by: Literal["report", "verification"]
    reports: Milestone | None = Field(default=None, description="milestone the report sets")
    verifiers: Annotated[int, Field(ge=0, le=5)] = 0
    voided_by: tuple[Milestone, ...] = Field(min_length=1)
    rectify_within: Term | None = None
    rectify_basis: Basis | None = None
    warn_days_left: Annotated[int, Field(ge=0, le=60)] = 5
    basis: Basis


class RateRow(Part):
    """A rate that held from one day to another, in fen for each unit of the quantity."""

    valid_from: Date
    valid_until: Date | None = None
    fen: Annotated[int, Field(ge=0)]
    basis: Basis


class Rate(Part):
    title: Text
    unit: Text
    rows: tuple[RateRow, ...] = Field(min_length=1)


class Fee(Part):
    """Quantity times a dated rate row, frozen at a milestone; a commitment only defers it."""

    title: Text
    quantity: Name
    rate: Name
    frozen_at: Milestone
    due: Due
    basis: Basis


class Extension(Part):
    """How often and how far a clock may be extended, and whose approval it takes."""

    times: Annotated[int, Field(ge=1, le=9)]
    each: Term
    approver: Role
    basis: Basis


class ClockLength(Part):
    """Exactly one: a fixed term, a limit of the track, what the notice stated, or the least."""

    fixed: Term | None = None
    track: Literal["promised", "statutory"] | None = None
    stated: Literal[True] | None = None
    least: tuple["ClockLength", ...] = ()
    less: Term | None = None


class Lapse(Part):
    """What an expired clock brings: an action the law itself takes, or a task for a person."""

    action: Name | None = None
    task: Text | None = None


class Clock(Part):
    title: Text
    starts: tuple[Milestone, ...] = Field(min_length=1)
    length: ClockLength
    stops: tuple[Milestone, ...] = Field(min_length=1)
    suspended_by: tuple[SpecialCause, ...] = ()
    extension: Extension | None = None
    lapse: Lapse
    warn_days_left: Annotated[int, Field(ge=0, le=60)] = 1
    warned: tuple[Role, ...] = Field(min_length=1)
    public_reason: bool = Field(default=False, description="lateness must be explained in public")
    basis: Basis


class RegionState(Part):
    title: Text
    final: bool = False


class State(Part):
    title: Text
    phase: Phase
    code: Code
    final: bool = False
    regions: dict[Name, dict[Name, RegionState]] = Field(default_factory=dict)
    done: Name | None = Field(default=None, description="where to go when every region is done")


class Move(Part):
    frm: tuple[StatePath, ...] = Field(alias="from", min_length=1)
    to: StatePath
    needs: tuple[Name, ...] = ()


class Action(Part):
    """Something a person may do. Moves that overlap need `order: first`."""

    title: Text
    act: Act
    by: tuple[Role, ...] = Field(min_length=1)
    moves: tuple[Move, ...] = Field(min_length=1)
    needs: tuple[Name, ...] = ()
    order: Literal["first"] | None = None
    reversible: bool = False


class Chart(Part):
    initial: Name
    states: dict[Name, State]
    actions: dict[Name, Action]


class Document(Part):
    """A notice or certificate drawn up at a milestone."""

    title: Text
    drawn_at: Milestone
    when: Name | None = None
    word: NonBlank = Field(description="the word in its number, as 受 in 郑高规受字〔2022〕1号")
    says: tuple[Text, ...] = Field(min_length=1)
    basis: Basis


class StillRequired(Part):
    """An approval that this one does not replace; named in the guide and in the decision."""

    title: Text
    says: Text
    when: Name | None = None
    basis: Basis


class Definition(Part):
    """One permit type, resolved."""

    vocabulary: Literal[1]
    authority: Authority
    permit: Permit
    laws: dict[Name, Law]
    form: Form
    conditions: dict[Name, Condition] = Field(default_factory=dict)
    exclusions: dict[Name, Exclusion] = Field(default_factory=dict)
    list: dict[Name, ListRow] = Field(default_factory=dict)
    tracks: dict[TrackName, Track]
    materials: dict[Name, Material]
    commitments: dict[Name, Commitment] = Field(default_factory=dict)
    obligations: dict[Name, Obligation] = Field(default_factory=dict)
    rates: dict[Name, Rate] = Field(default_factory=dict)
    fees: dict[Name, Fee] = Field(default_factory=dict)
    clocks: dict[Name, Clock]
    chart: Chart
    documents: dict[Name, Document]
    still_required: dict[Name, StillRequired] = Field(default_factory=dict)
