"""What comes after a grant: duties that are put off or end it, its term, changes, annulment."""

from typing import Annotated

from pydantic import Field

from permits.definitions.parts import Basis, Name, Part, Term
from permits.definitions.procedure import Role

MOST_DAYS_BEFORE = 365


class DutyExtension(Part):
    """How often and how far the date of a duty may be put off, and who decides on a request."""

    times: Annotated[int, Field(ge=1, le=9)] = Field(description="how often at most")
    each: Term = Field(description="by how much at most")
    days_before: Annotated[int, Field(ge=0, le=MOST_DAYS_BEFORE)] = Field(
        default=0, description="how many days before the date it is asked for at the latest"
    )
    approver: Role = Field(description="who decides on the request")
    basis: Basis = Field(description="the rule that allows it")


class Lapsing(Part):
    """The grant that ends by law if a duty is not met by its date."""

    action: Name = Field(description="the action of the timer that ends it")
    basis: Basis = Field(description="the law that ends it")


class Renewal(Part):
    """How a term is renewed (延续): asked for before it ends, and decided on before it ends."""

    each: Term = Field(description="how long each renewal holds")
    times: Annotated[int, Field(ge=1, le=9)] | None = Field(
        default=None, description="how often at most; else without limit"
    )
    days_before: Annotated[int, Field(ge=1, le=MOST_DAYS_BEFORE)] = Field(
        description="how many days before the end it is asked for at the latest"
    )
    late: bool = Field(
        default=False, description="whether a later request is taken; silence renews nothing then"
    )
    approver: Role = Field(description="who decides on the request")
    silence_basis: Basis | None = Field(
        default=None, description="the law by which silence renews; without it it renews nothing"
    )
    basis: Basis = Field(description="the rule that allows it")


class GrantTerm(Part):
    """How long what is granted holds, counted from the grant."""

    length: Term = Field(description="how long")
    expires: Name = Field(description="the action of the timer at its end")
    renewal: Renewal | None = Field(default=None, description="how it is renewed, if it may be")
    warn_days_left: Annotated[int, Field(ge=0, le=60)] = Field(
        default=30, description="how many working days before the end it is shown as close"
    )
    basis: Basis = Field(description="the rule that sets it")


class Annulment(Part):
    """Where a case goes whose decision a reconsideration body or a court annulled."""

    reopens: Name = Field(description="the state in which it is examined anew")
    grant: Name = Field(description="the state after a grant that is not decided on anew")
    refusal: Name = Field(description="the end after a refusal that is not decided on anew")
    reconsideration_basis: Basis = Field(description="the law of administrative reconsideration")
    court_basis: Basis = Field(description="the law of administrative litigation")


class Amendment(Part):
    """Which facts of an application may be changed after the grant (变更)."""

    fields: tuple[Name, ...] = Field(min_length=1, description="the fields that may be changed")
    corrects: tuple[Name, ...] = Field(
        default=(), description="fees that are reckoned anew; the others stay as they were fixed"
    )
    basis: Basis = Field(description="the rule that allows it")
