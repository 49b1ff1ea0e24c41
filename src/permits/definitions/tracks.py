"""The tracks of a permit type, and what each asks: materials and commitments."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from permits.definitions.parts import Basis, Name, Part, Retention, Term, Text


class TrackName(StrEnum):
    """The ordinary procedure is the baseline the other tracks are measured against."""

    ORDINARY = "ordinary"
    COMMITMENT = "commitment"
    TOLERANT = "tolerant"


RELIEVED = frozenset({TrackName.COMMITMENT})
"""Tracks that spare something: exclusions and the list decide who may use them. A tolerant case
is examined as an ordinary one; only something comes later."""


class Treatment(StrEnum):
    """What a track asks of a material."""

    SUPPLIED = "supplied"
    SHARED = "shared"
    COMMITTED = "committed"
    DEFERRED = "deferred"
    EXEMPT = "exempt"


class Track(Part):
    """One way through the procedure, with its time limits."""

    title: Text = Field(description="what the applicant chooses")
    says: Text = Field(description="what choosing it means")
    promised: Term = Field(description="the limit the office promises, in working days")
    promised_basis: Basis = Field(description="where the promise was made")
    statutory: Term = Field(description="the limit of the law, in working days")
    statutory_basis: Basis = Field(description="the law that sets it")
    admits: Name | None = Field(
        default=None, description="the condition for choosing it; without it, open to everybody"
    )
    on_the_spot: bool = Field(
        default=False, description="decided when accepted, without an examiner's opinion"
    )
    commitments: tuple[Name, ...] = Field(default=(), description="what is signed to use it")


class Held(Part):
    """Why the office has a material already: another case of the project has settled it."""

    when: Name = Field(description="the condition of `project.rests_on` under which it is so")
    basis: Basis = Field(description="the rule by which it is not asked for again")


class Material(Part):
    """A document of the application. A field on the form is not a material."""

    title: Text = Field(description="what it is called in the law")
    essential: bool = Field(description="whether it may never be handed in later (容缺)")
    tracks: dict[TrackName, Treatment] = Field(description="what each track does with it")
    when: Name | None = Field(
        default=None, description="the condition under which it is asked for; else always"
    )
    secondary_basis: Basis | None = Field(
        default=None, description="the rule that lets it be handed in later on the tolerant track"
    )
    settled: Held | None = Field(
        default=None, description="when it is shared on every track, settled in the project before"
    )
    covers: tuple[Text, ...] = Field(
        default=(), description="every document meant, where the law's own wording is open"
    )
    hint: Text | None = Field(default=None, description="help shown beside it")
    basis: Basis = Field(description="the rule that demands it")
    kept: Retention | None = Field(
        default=None, description="how long it is kept, if not as long as the file of the case"
    )


class Signer(Part):
    """A party to the works that signs commitments. The applicant signs with its account; whoever
    signs with it is named in the application, unit and authorised person."""

    title: Text = Field(description="the role in the works, as in 设计单位")
    unit: Name | None = Field(
        default=None, description="the field that holds its credit code; none for the applicant"
    )
    person: Name | None = Field(
        default=None,
        description="the personal field that names who is authorised; none for the applicant",
    )


class Commitment(Part):
    """A notice shown whole, and the statement signed under it.

    Kind A says the conditions are met already, kind B that they will be met by a date.
    """

    title: Text = Field(description="the heading of notice and commitment")
    kind: Literal["A", "B"] = Field(description="A: already complies; B: will comply")
    notice: tuple[Text, ...] = Field(min_length=1, description="告知: the paragraphs in order")
    statement: tuple[Text, ...] = Field(min_length=1, description="承诺: what is signed, in order")
    signers: tuple[Name, ...] = Field(
        min_length=1, description="who signs, by `signers`: the applicant first, then the others"
    )
    covers: tuple[Name, ...] = Field(default=(), description="the materials it stands in for")
    basis: Basis = Field(description="the rule that allows it")


class Undertaking(Part):
    """What is signed to be accepted with secondary materials still to come (容缺受理).

    It promises to supply them in time and says nothing of the facts: it is no commitment.
    """

    title: Text = Field(description="the heading of notice and undertaking")
    notice: tuple[Text, ...] = Field(
        min_length=1, description="where and by when to supply, and what follows, in order"
    )
    statement: tuple[Text, ...] = Field(min_length=1, description="what is signed, in order")
    bars: Term = Field(
        description="how long whoever did not keep it may not use the tolerant track, in months"
    )
    bars_basis: Basis = Field(description="the rule that shuts the track for that time")
    basis: Basis = Field(description="the rule that lets the office accept like this")
