"""Who is heard beside the applicant and the deciding office: departments, a hearing, neighbours.

行政许可法 art. 26 (joint processing), 36 (interested parties), 42(2), 46-48 (hearing).
"""

from typing import Annotated

from pydantic import Field

from permits.definitions.parts import Basis, Name, Part, Term, Text


class AskedDepartment(Part):
    """A department whose opinion is asked for, and on what terms."""

    title: Text = Field(description="the department's name")
    office: Name | None = Field(
        default=None, description="its office, if it belongs to another than the one that decides"
    )
    department: Name = Field(description="whose officers give the opinion")
    asked: Text = Field(description="what the opinion is asked for")
    when: Name | None = Field(
        default=None, description="the condition under which it is asked; else always"
    )
    within: Term = Field(description="time for the opinion, in working days")
    required: bool = Field(
        default=True, description="whether nothing is decided without this opinion"
    )
    paused: bool = Field(
        default=False, description="whether its time stands still while the case is suspended"
    )
    warn_days_left: Annotated[int, Field(ge=0, le=60)] = Field(
        default=1, description="how many days before it is due the department is reminded"
    )
    basis: Basis = Field(description="the rule that sets the time")


class JointReview(Part):
    """Several departments examine together under one that leads (联合审查)."""

    lead: Name = Field(description="the department that asks and joins the opinions into one")
    departments: dict[Name, AskedDepartment] = Field(
        min_length=1, description="who is asked, by name"
    )
    basis: Basis = Field(description="the rule that lets them examine together")


class RequiredHearing(Part):
    """When the law itself asks for a hearing; nothing is decided then without its record."""

    when: Name = Field(description="the condition under which a hearing must be held")
    basis: Basis = Field(description="the law that asks for it")


class Hearing(Part):
    """A hearing before the decision (听证), announced by the office or asked for."""

    required: RequiredHearing | None = Field(
        default=None, description="when a hearing must be held; else it is a right, or a choice"
    )

    ask_within: Term = Field(description="time to ask for it after being told of the right")
    hold_within: Term = Field(description="time to hold it after it was asked for")
    notice: Term = Field(description="how long before it everybody is told when and where")
    basis: Basis = Field(description="the law that gives the right")


class RequiredTelling(Part):
    """When interested parties must be told; nothing is decided then before one was."""

    when: Name = Field(description="the condition under which interested parties must be told")
    basis: Basis = Field(description="the law that asks for it")


class ThirdParties(Part):
    """Interested parties are told and heard before the decision (利害关系人)."""

    required: RequiredTelling | None = Field(
        default=None, description="when one must be told; else it is told if one is found"
    )
    within: Term = Field(description="time they have to make a statement")
    within_basis: Basis = Field(description="the rule that sets the time")
    basis: Basis = Field(description="the law that gives them the right to be heard")
