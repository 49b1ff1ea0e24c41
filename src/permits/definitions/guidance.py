"""What a guide (办事指南) tells beyond the procedure: kind, place, contact, questions."""

from typing import Annotated, Literal

from pydantic import Field

from permits.definitions.parts import Basis, Name, Part, Term, Text

Category = Literal["licence", "confirmation", "filing", "charge"]
"""The kind of power: 行政许可, 行政确认, 备案, 行政征收."""

Kind = Literal["on_the_spot", "promised"]
"""即办件 or 承诺件."""

Depth = Literal["advice", "filing", "acceptance", "whole"]
"""How far one comes without leaving home (网办深度)."""

Power = Literal["own", "delegated", "entrusted"]
"""Where a power comes from (权力来源): the law, a rule that delegates, another office."""


class Told(Part):
    """Something people are told, and where it comes from."""

    says: Text = Field(description="as people read it")
    basis: Basis = Field(description="where it comes from")


class PowerHeld(Part):
    """Where the office has the power to decide from."""

    source: Power = Field(description="the law itself, a rule that delegates, or another office")
    level: Text = Field(description="the level at which it is used (行使层级)")
    basis: Basis = Field(description="the rule or the deed that gives it")


class Service(Part):
    """What somebody who reads the guide has to know of the item as a whole."""

    need: Text = Field(
        description="what somebody has in mind who needs it: finishes “I want to …”"
    )
    category: Category = Field(description="the kind of power that is used (事项类型)")
    serves: tuple[Literal["organisation", "person"], ...] = Field(
        min_length=1, description="whom it is for (服务对象)"
    )
    kind: Kind = Field(description="on the spot (即办件) or by the promised limit (承诺件)")
    channels: tuple[Literal["online", "counter"], ...] = Field(
        min_length=1, description="how one applies (办理形式)"
    )
    online: Depth = Field(description="how far one comes online (网办深度)")
    visit_reason: Text | None = Field(
        default=None, description="why one must come; given if one must, and only then"
    )
    basic_code: Annotated[str, Field(pattern=r"^[0-9]{12}$")] | None = Field(
        default=None, description="its basic code (基本编码), twelve digits, once it has one"
    )
    implementation_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{31}$")] | None = Field(
        default=None, description="its implementation code (实施编码), once it has one"
    )


class SpecialStep(Part):
    """How long a special procedure takes (特殊环节). Whether its time counts is the clocks' to
    say: it does not for those it suspends."""

    says: Text = Field(description="what is done, and when it comes to that")
    takes: Term = Field(description="how long it takes as a rule")
    basis: Basis = Field(description="the rule, or where the length comes from")


class Answered(Part):
    """A question that is often asked, with its answer (常见问题)."""

    asks: Text = Field(description="the question, as people ask it")
    answers: Text = Field(description="the answer")


__all__ = [
    "Answered", "Category", "Depth", "Kind", "Name", "Power", "PowerHeld", "Service",
    "SpecialStep", "Told",
]  # fmt: skip
