"""What runs beside the chart: clocks, obligations, and the documents drawn up."""

from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.granted import DutyExtension, Lapsing
from permits.definitions.parts import Basis, Name, NonBlank, Part, Term, Text
from permits.definitions.procedure import Milestone, Role, SpecialCause

MOST_WARN_DAYS = 60
"""Working days before a date at which it may be shown as close, at most."""


class After(Part):
    """A date: a milestone, and how long after it."""

    milestone: Milestone = Field(description="from when it counts")
    plus: Term = Field(default="0d", description="how long after")


class Due(Part):
    """The earliest of some dates; a date whose milestone has not come does not count yet."""

    earliest: tuple[After, ...] = Field(min_length=1, description="the dates to choose from")
    basis: Basis = Field(description="the rule that sets them")


class Sampling(Part):
    """A check that is made in a share of the cases, drawn by lot (双随机)."""

    share: Annotated[int, Field(ge=1, le=99)] = Field(description="of a hundred cases, how many")
    basis: Basis = Field(description="the rule that sets the share")


class InspectorsByLot(Part):
    """Who checks is drawn by lot from the inspectors of the department (双随机)."""

    besides: tuple[Literal["examined", "decided"], ...] = Field(
        default=(), description="who is left out: those who examined the case, who decided it"
    )
    basis: Basis = Field(description="the rule that lets the lot choose")


class Forbids(Part):
    """What may not be done while a duty is open: the report of it is refused."""

    milestone: Milestone = Field(description="the reported milestone that has to wait")
    says: Text = Field(description="what must not be done, and until when")
    basis: Basis = Field(description="the rule that forbids it")


class Obligation(Part):
    """A duty with its own small life. What begins with the decision stays open after it; what
    begins with the acceptance is done before anything is granted, as checks of facts are."""

    title: Text = Field(description="the duty in a few words")
    says: Text = Field(description="what must be done")
    debtor: Literal["applicant", "authority"] = Field(description="who owes it")
    opens: Milestone = Field(
        description="when it begins; what begins with the acceptance holds up the grant"
    )
    when: Name | None = Field(
        default=None, description="the condition under which it begins; else always"
    )
    due: Due = Field(description="by when")
    settled_by: Literal["report", "verification", "payment"] = Field(
        description="a report of the debtor, officers who check, or payment of a fee"
    )
    pays: Name | None = Field(
        default=None, description="the fee that is paid; goes with `settled_by: payment`"
    )
    reports: Milestone | None = Field(default=None, description="milestone the report sets")
    brings: Name | None = Field(
        default=None, description="the deferred material that the report hands in"
    )
    forbids: Forbids | None = Field(
        default=None, description="what may not be done while it is open"
    )
    sample: Sampling | None = Field(
        default=None, description="it begins only in cases that are drawn; else in every case"
    )
    verifiers: Annotated[int, Field(ge=0, le=5)] = Field(
        default=0, description="how many officers check together"
    )
    inspectors: InspectorsByLot | None = Field(
        default=None, description="they are drawn by lot; else whoever records it names them"
    )
    voided_by: tuple[Milestone, ...] = Field(
        min_length=1, description="milestones that end it unfulfilled"
    )
    rectify_within: Term | None = Field(
        default=None,
        description="time to put a breach right after it was found, or to pay once it is ordered",
    )
    rectify_basis: Basis | None = Field(default=None, description="the rule that sets that time")
    warn_days_left: Annotated[int, Field(ge=0, le=MOST_WARN_DAYS)] = Field(
        default=5, description="how many days before the due date its holder is reminded"
    )
    extension: DutyExtension | None = Field(
        default=None, description="whether its date may be put off on request"
    )
    lapse: Lapsing | None = Field(
        default=None, description="the grant that ends by law if it is not met in time"
    )
    shuts: tuple[Name, ...] = Field(
        default=(), description="gates of the project that are shut while it is open"
    )
    basis: Basis = Field(description="the rule that imposes the duty")


class Extension(Part):
    """How often and how far a clock may be extended, and whose approval it takes."""

    times: Annotated[int, Field(ge=1, le=9)] = Field(description="how often at most")
    each: Term = Field(description="by how much at most")
    approver: Role = Field(description="who approves")
    basis: Basis = Field(description="the rule that allows it")


class ClockLength(Part):
    """Exactly one: a fixed term, a limit of the track, what the notice stated, or the least."""

    fixed: Term | None = Field(default=None, description="always this long")
    track: Literal["promised", "statutory"] | None = Field(
        default=None, description="as long as this limit of the case's track"
    )
    stated: Literal[True] | None = Field(
        default=None, description="as long as the notice said that started it"
    )
    least: tuple["ClockLength", ...] = Field(default=(), description="the shortest of several")
    less: Term | None = Field(
        default=None, description="taken off an entry of `least`, as in the promise less 2wd"
    )


class Lapse(Part):
    """What an expired clock brings: an action the law itself takes, or a task for a person."""

    action: Name | None = Field(default=None, description="an action of the chart")
    task: Text | None = Field(default=None, description="what somebody is asked to do")
    drafts: Name | None = Field(
        default=None,
        description="an action that is drafted with the task, for a person to confirm",
    )


class Clock(Part):
    """A time limit: what starts it, what ends it, and what follows if nothing does."""

    title: Text = Field(description="what the limit is for")
    starts: tuple[Milestone, ...] = Field(min_length=1, description="each starts it anew")
    length: ClockLength = Field(description="how long it runs")
    stops: tuple[Milestone, ...] = Field(min_length=1, description="each ends it")
    suspended_by: tuple[SpecialCause, ...] = Field(
        default=(), description="special procedures whose time does not count"
    )
    extension: Extension | None = Field(default=None, description="whether it may be extended")
    lapse: Lapse = Field(description="what happens when it expires")
    warn_days_left: Annotated[int, Field(ge=0, le=MOST_WARN_DAYS)] = Field(
        default=1, description="how many days before it expires it is shown as close"
    )
    warned: tuple[Role, ...] = Field(
        min_length=1, description="who is told when it has expired and somebody has to act"
    )
    public_reason: bool = Field(default=False, description="lateness must be explained in public")
    from_service: bool = Field(
        default=False,
        description="whether it counts from the day on which the document of its milestone was"
        " served, once that is recorded",
    )
    basis: Basis = Field(description="the rule that sets the limit")


class Document(Part):
    """A notice or certificate drawn up at a milestone."""

    title: Text = Field(description="its heading")
    drawn_at: Milestone = Field(description="what it documents")
    when: Name | None = Field(
        default=None, description="the condition under which it is drawn up; else always"
    )
    word: NonBlank = Field(description="the word in its number, as 受 in 郑高规受字〔2022〕1号")
    says: tuple[Text, ...] = Field(min_length=1, description="its paragraphs in order")
    basis: Basis = Field(description="the rule that demands it")


class StillRequired(Part):
    """An approval that this one does not replace; named in the guide and in the decision."""

    title: Text = Field(description="the approval")
    says: Text = Field(description="from whom, and what to mind")
    when: Name | None = Field(
        default=None, description="the condition under which it is needed; else always"
    )
    basis: Basis = Field(description="the law that demands it")
