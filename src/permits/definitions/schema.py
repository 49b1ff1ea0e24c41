"""A permit type as it is written in `workflows/`: one strict, frozen model per mapping."""

from typing import Literal

from pydantic import Field

from permits.definitions.charges import (
    Deferral,
    Fee,
    FeeEnd,
    FeeGate,
    Line,
    Rate,
    RateRow,
    Relief,
    Rounding,
    Share,
    ShareRow,
)
from permits.definitions.chart_part import Action, Chart, Move, RegionState, State
from permits.definitions.duties import (
    After,
    Clock,
    ClockLength,
    Document,
    Due,
    Extension,
    Forbids,
    InspectorsByLot,
    Lapse,
    Obligation,
    Sampling,
    StillRequired,
)
from permits.definitions.form import Form
from permits.definitions.granted import (
    Amendment,
    Annulment,
    DutyExtension,
    GrantTerm,
    Lapsing,
    Renewal,
)
from permits.definitions.guidance import Answered, Service, SpecialStep
from permits.definitions.heard import (
    AskedDepartment,
    Hearing,
    JointReview,
    ThirdParties,
)
from permits.definitions.parts import Basis, Date, Law, Name, Part, Retention, Term, Text
from permits.definitions.permit import (
    Authority,
    Condition,
    Exclusion,
    ListRow,
    Measure,
    Permit,
    Shows,
)
from permits.definitions.procedure import SpecialCause
from permits.definitions.projects import Gate, Project, Stage
from permits.definitions.samples import Sample
from permits.definitions.tracks import (
    RELIEVED,
    Commitment,
    Held,
    Material,
    Signer,
    Track,
    TrackName,
    Treatment,
    Undertaking,
)


class Definition(Part):
    """One permit type, resolved: the fragments it uses are put in."""

    vocabulary: Literal[1] = Field(description="edition of this vocabulary")
    authority: Authority = Field(description="the office that decides")
    permit: Permit = Field(description="what the permit type is")
    service: Service = Field(description="what the guide tells of it as a whole")
    special_steps: dict[SpecialCause, SpecialStep] = Field(
        default_factory=dict, description="how long the special procedures take (特殊环节)"
    )
    common_questions: dict[Name, Answered] = Field(
        min_length=1, description="what is often asked (常见问题), by name"
    )
    laws: dict[Name, Law] = Field(description="what bases refer to, by name")
    form: Form = Field(description="what the application asks")
    records: Retention = Field(description="how long the file of a case is kept")
    project: Project | None = Field(
        default=None, description="how a case is tied to its project, if it is"
    )
    gates: dict[Name, Gate] = Field(
        default_factory=dict, description="steps of a project that wait for what is owed in it"
    )
    conditions: dict[Name, Condition] = Field(
        default_factory=dict, description="named expressions that other parts refer to"
    )
    exclusions: dict[Name, Exclusion] = Field(
        default_factory=dict, description="what may never leave the ordinary track"
    )
    list: dict[Name, ListRow] = Field(
        default_factory=dict, description="the rows (清单) that admit to an exemption"
    )
    tracks: dict[TrackName, Track] = Field(description="the ways through the procedure")
    materials: dict[Name, Material] = Field(description="the documents of the application")
    signers: dict[Name, Signer] = Field(
        default_factory=dict, description="who signs commitments, by their role in the works"
    )
    commitments: dict[Name, Commitment] = Field(
        default_factory=dict, description="notices and the statements signed under them"
    )
    undertaking: Undertaking | None = Field(
        default=None, description="what is signed to use the tolerant track"
    )
    obligations: dict[Name, Obligation] = Field(
        default_factory=dict, description="duties that stay open after the decision"
    )
    rates: dict[Name, Rate] = Field(default_factory=dict, description="rates of fees over time")
    shares: dict[Name, Share] = Field(
        default_factory=dict, description="shares of quantities over time"
    )
    fees: dict[Name, Fee] = Field(default_factory=dict, description="what is charged")
    clocks: dict[Name, Clock] = Field(description="the time limits")
    chart: Chart = Field(description="states and actions")
    joint_review: JointReview | None = Field(
        default=None, description="departments that examine together, if more than one does"
    )
    hearing: Hearing | None = Field(
        default=None, description="the terms of a hearing before the decision"
    )
    third_parties: ThirdParties | None = Field(
        default=None, description="how interested parties are heard before the decision"
    )
    term: GrantTerm | None = Field(
        default=None, description="how long what is granted holds, if it does not hold for good"
    )
    amendment: Amendment | None = Field(
        default=None, description="which facts may be changed after the grant"
    )
    annulment: Annulment | None = Field(
        default=None, description="where a case goes whose decision was annulled"
    )
    documents: dict[Name, Document] = Field(description="notices and certificates drawn up")
    still_required: dict[Name, StillRequired] = Field(
        default_factory=dict, description="approvals that this one does not replace"
    )
    samples: dict[Name, Sample] = Field(
        default_factory=dict, description="applications with what must come of them, to be tried"
    )


__all__ = [
    "RELIEVED",
    "Action",
    "After",
    "Amendment",
    "Annulment",
    "Answered",
    "AskedDepartment",
    "Authority",
    "Basis",
    "Chart",
    "Clock",
    "ClockLength",
    "Commitment",
    "Condition",
    "Date",
    "Deferral",
    "Definition",
    "Document",
    "Due",
    "DutyExtension",
    "Exclusion",
    "Extension",
    "Fee",
    "FeeEnd",
    "FeeGate",
    "Forbids",
    "Form",
    "Gate",
    "GrantTerm",
    "Hearing",
    "Held",
    "InspectorsByLot",
    "JointReview",
    "Lapse",
    "Lapsing",
    "Law",
    "Line",
    "ListRow",
    "Material",
    "Measure",
    "Move",
    "Name",
    "Obligation",
    "Part",
    "Permit",
    "Project",
    "Rate",
    "RateRow",
    "RegionState",
    "Relief",
    "Renewal",
    "Retention",
    "Rounding",
    "Sample",
    "Sampling",
    "Service",
    "Share",
    "ShareRow",
    "Shows",
    "Signer",
    "SpecialStep",
    "Stage",
    "State",
    "StillRequired",
    "Term",
    "Text",
    "ThirdParties",
    "Track",
    "TrackName",
    "Treatment",
    "Undertaking",
]  # fmt: skip
